import type { CitationSite } from '../languages/language.ts';
import type { Bibliography } from '../library/bibliography.ts';
import type { Library, LibraryEntry } from '../library/library.ts';
import { search } from '../library/search.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { visibleBibliographies } from '../library/visibleBibliographies.ts';
import type { Span } from '../text/span.ts';
import { entryCard, fileName, type CardOptions } from './card.ts';

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
export interface CompletionData {
  readonly uri: string;
  readonly key: string;
  /** Which of the entries with that key in that file. */
  readonly index: number;
}

const mostItems = 100;

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
  const bibliographies = visibleBibliographies(library, uri, options.scope);
  const isKey = (key: string): boolean => bibliographies.some(bibliography => bibliography.countOf(key) > 0);
  if (site.maybeProse && isProse(site, isKey)) return undefined;
  const taken = new Set(site.taken);
  const found = search(bibliographies, site.query, mostItems + taken.size)
    .map(({ source, entry }) => ({ bibliography: source, entry, key: source.key(entry) }))
    .filter(({ key }) => key !== '' && !taken.has(key))
    .slice(0, mostItems);
  if (found.length === 0 && site.maybeProse) return undefined;
  const filterText = document.text.slice(site.replace.start, offset);
  const times = countKeys(found);
  const twins = twinsOf(found);
  const items = found.map(({ bibliography, entry, key }, rank) => {
    const { authors, year, title } = bibliography.summary(entry);
    const place = (times.get(key) ?? 0) > 1 ? [fileName(bibliography.uri)] : [];
    return {
      label: key,
      detail: [authors, year, ...place].filter(part => part !== '').join(' '),
      description: title,
      insertText: document.language.writeKey(key, site),
      replace: site.replace,
      filterText,
      sortText: String(rank).padStart(3, '0'),
      data: {
        uri: bibliography.uri,
        key,
        index: Math.max(0, twins.get(bibliography)?.get(key)?.indexOf(entry) ?? 0),
      },
    };
  });
  return { items, incomplete: true };
}

/** The card of one item; undefined when its entry is gone meanwhile. */
export function completionDocumentation(
  library: Library,
  data: CompletionData,
  options: CardOptions,
): string | undefined {
  const bibliography = library.bibliography(data.uri);
  const entry = bibliography?.entriesWithKey(data.key)[data.index];
  return bibliography && entry !== undefined ? entryCard({ bibliography, entry }, [], options) : undefined;
}

/** "@smith said": the first word is a key, so the sentence goes on. */
function isProse({ query }: CitationSite, isKey: (key: string) => boolean): boolean {
  const [first = '', ...others] = query.split(/\s/u);
  return others.length > 0 && isKey(first);
}

/** By file the entries of each key that several entries of the file have. */
function twinsOf(
  found: readonly (LibraryEntry & { readonly key: string })[],
): Map<Bibliography, Map<string, number[]>> {
  const keys = new Map<Bibliography, Set<string>>();
  for (const { bibliography, key } of found) {
    if (bibliography.countOf(key) > 1) keys.set(bibliography, (keys.get(bibliography) ?? new Set()).add(key));
  }
  return new Map([...keys].map(([bibliography, several]) => [bibliography, bibliography.entriesWithKeys(several)]));
}

function countKeys(found: readonly (LibraryEntry & { readonly key: string })[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { key } of found) times.set(key, (times.get(key) ?? 0) + 1);
  return times;
}
