# %% [raw]
# ---
# bibliography: ../references.bib
# ---

# %% [markdown]
# As @mueller2019 shows.
#
# Later [@bruecken].
