import { fold } from '../text/fold.ts';

/** Where in an entry a word stands; a word of an entry carries the sum of its places. */
export const place = { key: 1, firstName: 2, name: 4, title: 8, year: 16 } as const;
export type Place = (typeof place)[keyof typeof place];
export const placeBits = 5;

/** Is shown a part of an entry, in letters as `letterOf` has them; what is shown holds until the call returns. */
export type VisitPart = (at: Place, letters: Uint16Array, start: number, end: number) => void;

/** The entries of one bibliography as search reads them. */
export interface SearchSource {
  key(entry: number): string;
  /** Shows names, title and year of an entry, where it has them. */
  searched(entry: number, visit: VisitPart): void;
}

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

export const longestWord = 120;
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

/** The key as one searchable word. */
export const foldedKey = (key: string): string => fold(key).slice(0, longestWord).replaceAll('\n', ' ');

/** Whether one edit (a letter more, less, other, or two exchanged) makes `word` a prefix of the text at `start`, which ends at a line feed. */
export function isNearPrefix(word: string, text: Uint8Array | Uint16Array, start: number): boolean {
  let same = 0;
  while (same < word.length && text[start + same] === word.charCodeAt(same)) same++;
  if (same === word.length) return true;
  const rest = word.length - same - 1;
  return (
    matches(word, same + 1, text, start + same, rest) ||
    matches(word, same + 1, text, start + same + 1, rest) ||
    matches(word, same, text, start + same + 1, rest + 1) ||
    (rest > 0 &&
      text[start + same] === word.charCodeAt(same + 1) &&
      text[start + same + 1] === word.charCodeAt(same) &&
      matches(word, same + 2, text, start + same + 2, rest - 1))
  );
}

/** Words hold no line feed, so this cannot run past the end of one. */
function matches(word: string, from: number, text: Uint8Array | Uint16Array, start: number, length: number): boolean {
  for (let index = 0; index < length; index++) {
    if (word.charCodeAt(from + index) !== text[start + index]) return false;
  }
  return true;
}

function pointsByPlaces(...byPlace: readonly number[]): Uint8Array {
  const table = new Uint8Array(1 << placeBits);
  for (let places = 1; places < table.length; places++) {
    table[places] = byPlace.reduce((most, value, bit) => Math.max(most, ((places >> bit) & 1) * value), 0);
  }
  return table;
}

/** Runs of letters and digits of folded text. */
function forEachPart(text: string, visit: (word: string) => void): void {
  let word = '';
  for (let at = 0; at < text.length; at++) {
    const letter = letterOf(text.charCodeAt(at));
    if (letter > lastBetween) {
      word += text.charAt(at);
    } else if (letter > lastReadOver && word !== '') {
      visit(word);
      word = '';
    }
  }
  if (word !== '') visit(word);
}

/** What is no letter to search, in numbers below those of all letters: braces of TeX are read over, all else parts words. */
export const between = { openBrace: 1, closeBrace: 2, sign: 3, space: 4 } as const;
export const lastReadOver = between.closeBrace;
export const lastBetween = between.space;

/** The letter or digit that search takes a character for, of which fold has been there where it is not ASCII, or one of `between`. */
export const letterOf = (code: number): number =>
  code < 128 ? asciiLetters[code]! : isWordCharacter(code) ? code : between.sign;

const asciiLetters = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code <= 32) return between.space;
  if (code === 0x7b) return between.openBrace;
  if (code === 0x7d) return between.closeBrace;
  if (code >= 65 && code <= 90) return code + 32;
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) ? code : between.sign;
});

/** From 128 on. */
function isWordCharacter(code: number): boolean {
  // Latin-1 signs, general punctuation to miscellaneous symbols, ideographic punctuation, full-width signs.
  return code >= 0xc0
    ? !((code >= 0x2000 && code <= 0x206f) || (code >= 0x3000 && code <= 0x3003) || (code >= 0xff01 && code <= 0xff0f))
    : code === 0xaa || code === 0xba;
}
