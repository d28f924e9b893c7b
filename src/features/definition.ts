import { citedEntries } from '../library/citedEntries.ts';
import type { Library, LibraryEntry } from '../library/library.ts';
import type { MadeBibliography, ScopeOptions } from '../library/scope.ts';
import { declarationsOf } from '../library/scopeSource.ts';
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
  const citation = document && citationAt(document.scanned, offset);
  if (citation !== undefined) {
    const entries = citedEntries(visibleBibliographies(library, uri, options.scope), citation.key);
    return entries.length === 0 ? undefined : { origin: citation.span, targets: entries.map(entryTarget) };
  }
  const declaration = declarationsOf(library, uri)?.declarations.find(({ span }) => contains(span, offset));
  if (declaration === undefined) return undefined;
  const { bibliographies, made } = scopeIn(library, uri, options.scope);
  const files = bibliographies
    .filter(({ reason }) => reason.kind === 'declared' && reason.declaration.target === declaration.target)
    .map((file): Target => ({ uri: file.uri, span: undefined, selectionSpan: undefined }));
  const stretches = made
    .filter(one => one.declaration.target === declaration.target)
    .map(one => stretchTarget(library, one));
  const targets = [...files, ...stretches];
  return targets.length === 0 ? undefined : { origin: declaration.span, targets };
}

/** The entries in a document that it makes a file of (`filecontents`). */
function stretchTarget(library: Library, { maker, fileName }: MadeBibliography): Target {
  const { embedded = [] } = library.manuscript(maker)?.scanned ?? {};
  const span = embedded.find(one => one.fileName === fileName)?.span;
  return { uri: maker, span, selectionSpan: span && { start: span.start, end: span.start } };
}

const entryTarget = ({ bibliography, entry }: LibraryEntry): Target => ({
  uri: bibliography.uri,
  span: bibliography.entrySpan(entry),
  selectionSpan: bibliography.keySpan(entry),
});
