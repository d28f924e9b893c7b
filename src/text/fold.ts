/**
 * Folds text for search: lower case, accents away, ligatures and letters of their own (ß, ø, æ, œ, ł, đ, ı, þ …) in ASCII, where ASCII
 * has something to say. What is not Latin keeps its letters: Greek, Cyrillic and Chinese are found by themselves.
 */
export function fold(text: string): string {
  if (isAscii(text)) return text.toLowerCase();
  // NFKD takes accents off as marks of their own, and ligatures (ﬁ), wide letters and raised figures apart.
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(LETTERS, letter => ASCII_OF.get(letter) ?? letter);
}

export function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}

/** Combining marks; `İ` in lower case leaves one, too. */
const MARKS = /\p{Mn}/gu;

/** Letters that Unicode does not decompose, in lower case. */
const ASCII_OF: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ı', 'i'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['ŋ', 'n'],
  ['ə', 'e'],
  ['ƒ', 'f'],
  ['ɓ', 'b'],
  ['ɗ', 'd'],
  ['ɖ', 'd'],
  ['ɠ', 'g'],
  ['ɨ', 'i'],
  ['ʉ', 'u'],
  ['ƙ', 'k'],
  ['ƴ', 'y'],
  ['ʻ', "'"],
  ['ʼ', "'"],
  ['‘', "'"],
  ['’', "'"],
  ['‐', '-'],
  ['‑', '-'],
  ['–', '-'],
  ['—', '-'],
]);

// A single class of characters cannot backtrack.
// eslint-disable-next-line no-restricted-syntax
const LETTERS = new RegExp(`[${[...ASCII_OF.keys()].join('')}]`, 'gu');
