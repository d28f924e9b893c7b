/** The languages, by the ids of editors, whose documents Colophon serves: those that cite, and bibliographies. */
export const LANGUAGE_IDS: readonly string[] = [
  'latex',
  'tex',
  'latex-expl3',
  'rsweave',
  'markdown',
  'quarto',
  'rmd',
  'typst',
  'restructuredtext',
  'org',
  'asciidoc',
  'myst',
  'bibtex',
  'ris',
];

/** Documents that count by their name, where no extension of the editor claims them. */
export const DOCUMENT_EXTENSIONS: readonly string[] = [
  '.tex',
  '.ltx',
  '.qmd',
  '.rmd',
  '.Rmd',
  '.Rnw',
  '.myst',
  '.adoc',
  '.asciidoc',
  '.org',
  '.rst',
  '.rest',
  '.typ',
];

/** Files that are bibliographies of the workspace. */
export const BIBLIOGRAPHY_EXTENSIONS: readonly string[] = ['.bib', '.bibtex', '.biblatex', '.ris'];

/** A glob that matches the ending in small and capital letters, because globs care and file systems may not. */
export const anyCase = (extension: string): string =>
  `*${extension.replace(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`)}`;

export const BIBLIOGRAPHY_GLOB = `**/{${BIBLIOGRAPHY_EXTENSIONS.map(anyCase).join(',')}}`;
