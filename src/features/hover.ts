import type { Bibliography } from '../library/bibliography.ts';
import { entriesWithKey, type Library, type LibraryEntry } from '../library/library.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { visibleBibliographies } from '../library/visibleBibliographies.ts';
import { contains, type Span } from '../text/span.ts';
import { entryCard, type CardOptions } from './card.ts';
import { citationAt } from './citationAt.ts';

export interface HoverOptions extends CardOptions {
  readonly scope: ScopeOptions;
}

export interface Hover {
  /** What the card is about. */
  readonly span: Span;
  readonly markdown: string;
}

/** The card of the reference that is cited or stands at `offset`. */
export function hover(library: Library, uri: string, offset: number, options: HoverOptions): Hover | undefined {
  const bibliography = library.bibliography(uri);
  if (bibliography !== undefined) return hoverEntry(library, bibliography, offset, options);
  const document = library.manuscript(uri);
  const citation = document && citationAt(document.scanned, offset);
  if (citation === undefined) return undefined;
  const [first, ...others] = entriesWithKey(visibleBibliographies(library, uri, options.scope), citation.key);
  return first && { span: citation.span, markdown: entryCard(first, others, options) };
}

/** On the key of an entry; in a record, whose ID may be missing, on its type. */
function hoverEntry(
  library: Library,
  bibliography: Bibliography,
  offset: number,
  options: HoverOptions,
): Hover | undefined {
  const entry = bibliography.entryAt(offset);
  const span = entry === undefined ? undefined : bibliography.keySpan(entry);
  if (entry === undefined || span === undefined || !contains(span, offset)) return undefined;
  const key = bibliography.key(entry);
  const others =
    key === ''
      ? []
      : entriesWithKey(library.bibliographies(), key).filter(other => !isSame(other, { bibliography, entry }));
  return { span, markdown: entryCard({ bibliography, entry }, others, options) };
}

const isSame = (a: LibraryEntry, b: LibraryEntry): boolean => a.bibliography === b.bibliography && a.entry === b.entry;
