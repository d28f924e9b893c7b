import { lastBetween, lastReadOver, place, type SearchSource } from '../../src/library/searchWords.ts';

/** What search reads of an entry besides its key: the words of each part. */
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
  source.searched(entry, (at, letters, start, end) => {
    const part = searchedWords(letters, start, end).join(' ');
    if (at === place.title) titles.push(part);
    else if (at === place.year) year = part;
    else names.push(part);
  });
  return { key: source.key(entry), names, title: titles.filter(title => title !== '').join(' '), year };
}

/** The words in a stretch of letters. */
export function searchedWords(letters: Uint16Array, start: number, end: number): string[] {
  const read = [...letters.subarray(start, end)].filter(letter => letter > lastReadOver);
  return String.fromCharCode(...read.map(letter => (letter > lastBetween ? letter : SPACE)))
    .split(' ')
    .filter(word => word !== '');
}

const SPACE = 0x20;
