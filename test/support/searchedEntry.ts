import { place, type SearchSource } from '../../src/library/searchWords.ts';

/** What search reads of an entry, as strings, folded but for the capitals of ASCII. */
export interface SearchedEntry {
  readonly key: string;
  readonly names: readonly string[];
  readonly title: string;
  readonly year: string;
}

export function searchedEntry(source: SearchSource, entry: number): SearchedEntry {
  const names: string[] = [];
  const titles: string[] = [];
  let year = '';
  source.searched(entry, (at, text, start, end) => {
    const part = String.fromCharCode(...text.subarray(start, end));
    if (at === place.title) titles.push(part);
    else if (at === place.year) year = part;
    else names.push(part);
  });
  return { key: source.key(entry), names, title: titles.filter(title => title !== '').join(' '), year };
}
