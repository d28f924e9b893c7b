import type { CitationSite } from '../languages/language.ts';
import type { Library } from '../library/library.ts';
import { reachOf } from '../library/reach.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { sectionBibliographies } from '../library/sections.ts';
import type { Span } from '../text/span.ts';
import { entryCard, type CardOptions } from './card.ts';
import { findReferences, knowsKey, type ReferenceData } from './findReferences.ts';
import { cardTexts } from './messages.ts';

export interface CompletionOptions {
  readonly scope: ScopeOptions;
}

/** Always incomplete: the next keystroke asks again. */
export interface CompletionList {
  readonly items: readonly CompletionItem[];
  readonly incomplete: true;
}

export interface CompletionItem {
  /** The key. */
  readonly label: string;
  /** Authors and year, behind the key. */
  readonly detail: string;
  /** The title. */
  readonly description: string;
  readonly insertText: string;
  readonly replace: Span;
  /** What was typed: editors filter once more, by this, and would hide what was found by author or title. */
  readonly filterText: string;
  /** Carries the rank. */
  readonly sortText: string;
  readonly data: CompletionData;
}

/** What finds an item again when its documentation is wanted. */
export interface CompletionData extends ReferenceData {
  /** Its bibliography is none that the document can cite from: accepting it adds it to one, most likely under this key. */
  readonly keyForCopy?: string;
}

/** References for the place of a citation at `offset`, best first; undefined where no citation can be. */
export function completions(
  library: Library,
  uri: string,
  offset: number,
  options: CompletionOptions,
): CompletionList | undefined {
  const document = library.manuscript(uri);
  const site = document?.language.citationSite(document.text, document.scanned, offset);
  if (document === undefined || site === undefined) return undefined;
  const reach = reachOf(library, document, options.scope);
  if (site.maybeProse && isProse(site, key => knowsKey(reach, key))) return undefined;
  const section = sectionBibliographies(library, { uri, offset }, reach.scope, library.includeGraph());
  const taken = new Set(site.taken);
  const found = findReferences(reach, site.query, { taken, ...(section && { first: section }) }).filter(
    ({ key }) => site.isLabelLike !== true || key.startsWith(site.query),
  );
  if (found.length === 0 && (site.maybeProse || site.isLabelLike === true)) return undefined;
  const filterText = document.text.slice(site.replace.start, offset);
  const items = found.map(({ key, detail, title, data, from, keyForCopy }, rank): CompletionItem => ({
    label: key,
    detail: from === undefined ? detail : `${detail} · ${from}`,
    description: title,
    insertText: document.language.writeKey(keyForCopy ?? key, site),
    replace: site.replace,
    filterText,
    sortText: String(rank).padStart(3, '0'),
    data: from === undefined ? data : { ...data, keyForCopy: keyForCopy ?? key },
  }));
  return { items, incomplete: true };
}

/** The card of one item; undefined when its entry is gone meanwhile. */
export function completionDocumentation(
  library: Library,
  data: CompletionData,
  options: CardOptions,
): string | undefined {
  const bibliography = library.bibliographiesAt(data.uri).find(one => one.countOf(data.key) > 0);
  const entry = bibliography?.entriesWithKey(data.key)[data.index];
  if (bibliography === undefined || entry === undefined) return undefined;
  const card = entryCard({ bibliography, entry }, [], options);
  // In front, because editors show the beginning of what is long.
  return data.keyForCopy !== undefined ? `*${cardTexts.outside}*\n\n${card}` : card;
}

/** "@smith said": the first word is a key, so the sentence goes on. */
function isProse({ query }: CitationSite, isKey: (key: string) => boolean): boolean {
  const [first = '', ...others] = query.split(/\s/u);
  return others.length > 0 && isKey(first);
}
