import { fold } from '../text/fold.ts';

/** What search knows of an entry, in plain Unicode. */
export interface SearchableEntry {
  readonly key: string;
  /** Authors, then editors: "Steve Gillard" or "Gillard, Steve". */
  readonly names: readonly string[];
  readonly title: string;
  /** Empty where unknown. */
  readonly year: string;
}

/** Where in an entry a word stands; a word of an entry carries the sum of its places. */
export const place = { key: 1, firstName: 2, name: 4, title: 8, year: 16 } as const;
export const placeBits = 5;

/** How well a word of an entry meets a word of a query; each lists the points by place, key first. 0: does not count as a meeting. */
export const points = {
  whole: pointsByPlaces(116, 88, 84, 64, 62),
  prefix: pointsByPlaces(100, 84, 80, 60, 55),
  infix: pointsByPlaces(30, 23, 22, 20, 0),
  typo: pointsByPlaces(10, 13, 12, 8, 0),
} as const;

/** 2: begins with it, 1: contains it, 0: one letter is different. Entries of a better tier stand before all of a worse one. */
export const tierOf = (score: number): number => (score >= 55 ? 2 : score >= 20 ? 1 : 0);

/** Shorter words have too many neighbours at one letter's distance. */
export const shortestTypo = 5;

const longestWord = 120;
const mostWordsOfQuery = 16;

/** One word of a query, folded; with punctuation inside also its parts, all of which together may stand for it. */
export interface QueryWord {
  readonly text: string;
  readonly parts: readonly string[];
}

export function queryWords(query: string): QueryWord[] {
  const all: QueryWord[] = [];
  for (const written of query.split(/\s/u)) {
    if (all.length === mostWordsOfQuery) break;
    const text = fold(written).slice(0, longestWord);
    const parts: string[] = [];
    forEachPart(text, part => parts.push(part));
    if (text !== '') all.push({ text, parts: parts.slice(0, mostWordsOfQuery) });
  }
  // "Gillard & Peer": the sign in between is no word, unless nothing else was typed.
  const words = all.filter(word => word.parts.length > 0);
  // The longest first: it leaves the fewest entries for the others.
  return (words.length > 0 ? words : all)
    .map(word => (word.parts[0] === word.text ? { ...word, parts: [] } : word))
    .sort((a, b) => b.text.length - a.text.length);
}

/** Every word of an entry with its place. The key is one word as it is, so that `doe:20` finds `doe:2020`. */
export function forEachWord(entry: SearchableEntry, visit: (word: string, place: number) => void): void {
  const key = foldedKey(entry.key);
  if (key !== '') visit(key, place.key);
  let at: number = place.firstName;
  for (const name of entry.names) {
    forEachPart(fold(name), word => {
      visit(word, at);
    });
    at = place.name;
  }
  forEachPart(fold(entry.title), word => {
    visit(word, place.title);
  });
  forEachPart(entry.year, word => {
    visit(word, place.year);
  });
}

/** The key as one searchable word. */
export const foldedKey = (key: string): string => fold(key).slice(0, longestWord).replaceAll('\n', ' ');

/** Whether one edit (a letter more, less, other, or two exchanged) makes `word` a prefix of the text at `start`, which ends at a line feed. */
export function isNearPrefix(word: string, text: string, start: number): boolean {
  let same = 0;
  while (same < word.length && text.charCodeAt(start + same) === word.charCodeAt(same)) same++;
  if (same === word.length) return true;
  const rest = word.length - same - 1;
  return (
    matches(word, same + 1, text, start + same, rest) ||
    matches(word, same + 1, text, start + same + 1, rest) ||
    matches(word, same, text, start + same + 1, rest + 1) ||
    (rest > 0 &&
      text.charCodeAt(start + same) === word.charCodeAt(same + 1) &&
      text.charCodeAt(start + same + 1) === word.charCodeAt(same) &&
      matches(word, same + 2, text, start + same + 2, rest - 1))
  );
}

/** Words hold no line feed, so this cannot run past the end of one. */
function matches(word: string, from: number, text: string, start: number, length: number): boolean {
  for (let index = 0; index < length; index++) {
    if (word.charCodeAt(from + index) !== text.charCodeAt(start + index)) return false;
  }
  return true;
}

function pointsByPlaces(...byPlace: readonly number[]): Uint8Array {
  const table = new Uint8Array(1 << placeBits);
  for (let places = 1; places < table.length; places++) {
    table[places] = Math.max(...byPlace.map((value, bit) => ((places >> bit) & 1) * value));
  }
  return table;
}

/** Runs of letters and digits of folded text. */
function forEachPart(text: string, visit: (word: string) => void): void {
  let start = -1;
  for (let at = 0; at < text.length; at++) {
    if (isWordCharacter(text.charCodeAt(at))) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      visit(text.slice(start, Math.min(at, start + longestWord)));
      start = -1;
    }
  }
  if (start >= 0) visit(text.slice(start, start + longestWord));
}

function isWordCharacter(code: number): boolean {
  if (code < 128) return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || (code >= 65 && code <= 90);
  // Latin-1 signs, general punctuation to miscellaneous symbols, ideographic punctuation, full-width signs.
  return code >= 0xc0
    ? !((code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x3003) || (code >= 0xff01 && code <= 0xff0f))
    : code === 0xaa || code === 0xba;
}
