import { citedEntries } from '../library/citedEntries.ts';
import type { Library, LibraryEntry } from '../library/library.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { scopeIn, visibleBibliographies } from '../library/visibleBibliographies.ts';
import { contains, type Span } from '../text/span.ts';
import { citationAt } from './citationAt.ts';

/** A place that something leads to. */
export interface Target {
  readonly uri: string;
  /** What is shown: the whole entry; undefined for a whole file. */
  readonly span: Span | undefined;
  /** Where the cursor goes: the key. */
  readonly selectionSpan: Span | undefined;
}

export interface Definition {
  /** The text that leads there. */
  readonly origin: Span;
  readonly targets: readonly Target[];
}

/** Where the entries of a citation stand, or the file that a declaration names. */
export function definition(
  library: Library,
  uri: string,
  offset: number,
  options: { readonly scope: ScopeOptions },
): Definition | undefined {
  const document = library.manuscript(uri);
  if (document === undefined) return undefined;
  const citation = citationAt(document.scanned, offset);
  if (citation !== undefined) {
    const entries = citedEntries(visibleBibliographies(library, uri, options.scope), citation.key);
    return entries.length === 0 ? undefined : { origin: citation.span, targets: entries.map(entryTarget) };
  }
  const declaration = document.scanned.declarations.find(({ span }) => contains(span, offset));
  if (declaration === undefined) return undefined;
  const targets = scopeIn(library, uri, options.scope)
    .bibliographies.filter(
      ({ reason }) => reason.kind === 'declared' && reason.declaration.target === declaration.target,
    )
    .map(file => ({ uri: file.uri, span: undefined, selectionSpan: undefined }));
  return targets.length === 0 ? undefined : { origin: declaration.span, targets };
}

const entryTarget = ({ bibliography, entry }: LibraryEntry): Target => ({
  uri: bibliography.uri,
  span: bibliography.entrySpan(entry),
  selectionSpan: bibliography.keySpan(entry),
});
