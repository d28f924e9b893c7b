import type { Bibliography } from '../library/bibliography.ts';
import { citedEntries } from '../library/citedEntries.ts';
import { entriesWithKey, type Library, type LibraryEntry } from '../library/library.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { declarationsOf } from '../library/scopeSource.ts';
import { scopeIn, visibleBibliographies } from '../library/visibleBibliographies.ts';
import { contains, type Span } from '../text/span.ts';
import { entryCard, fileName, type CardOptions } from './card.ts';
import { citationAt } from './citationAt.ts';
import { fileLink } from './markdown.ts';
import { bibliographyTexts } from './messages.ts';

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
  if (citation === undefined)
    return hoverEmbedded(library, uri, offset, options) ?? hoverDeclaration(library, uri, offset, options);
  const [first, ...others] = citedEntries(visibleBibliographies(library, uri, options.scope), citation.key);
  return first && { span: citation.span, markdown: entryCard(first, others, options) };
}

/** On the key of an entry that stands in the document. */
function hoverEmbedded(library: Library, uri: string, offset: number, options: HoverOptions): Hover | undefined {
  for (const { bibliography } of library.embeddedIn(uri)) {
    const found = hoverEntry(library, bibliography, offset, options);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** On a bibliography that is named: what there is of it. What is missing or on the network has a message of its own. */
function hoverDeclaration(library: Library, uri: string, offset: number, options: HoverOptions): Hover | undefined {
  const declaration = declarationsOf(library, uri)?.declarations.find(({ span }) => contains(span, offset));
  if (declaration === undefined) return undefined;
  const { span } = declaration;
  const { bibliographies, made } = scopeIn(library, uri, options.scope);
  const files = bibliographies.flatMap(({ uri: address, reason }) => {
    const isMeant = reason.kind === 'declared' && reason.declaration.target === declaration.target;
    return (isMeant ? library.bibliography(address) : undefined) ?? [];
  });
  const stretches = made
    .filter(one => one.declaration.target === declaration.target)
    .flatMap(
      one => library.embeddedIn(one.maker).find(({ fileName: name }) => name === one.fileName)?.bibliography ?? [],
    );
  const found = [...files.map(file => [file, 1] as const), ...stretches.map(one => [one, firstLine(one)] as const)];
  const lines = found.map(
    ([one, line]) => `${fileLink(fileName(one.uri), one.uri, line)} · ${bibliographyTexts.holds(one)}`,
  );
  return found.length === 0 ? undefined : { span, markdown: lines.join('\n\n') };
}

/** Where the entries begin, counted from 1. */
const firstLine = (bibliography: Bibliography): number =>
  bibliography.entryCount === 0 ? 1 : bibliography.placeAt(bibliography.entrySpan(0).start).line + 1;

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
