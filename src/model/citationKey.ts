import { shortAuthors, authorsOf, titleOf, yearOf } from './describe.ts';
import { familyName } from './name.ts';
import type { Reference } from './reference.ts';

/** Words that say nothing at the front of a title. */
const emptyWords = new Set(
  'a an the on of in for and to from with at by der die das ein eine le la les un une el los las il lo gli'.split(' '),
);

const letters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
};

/** A readable key: first author's family name, year, first telling word of the title, in lower-case ASCII ("gillard2015introducing"). */
export function makeCitationKey(reference: Reference): string {
  const [first] = authorsOf(reference);
  const author = first === undefined ? (shortAuthors(reference) ?? '') : familyName(first);
  const titleWords = keyWords(titleOf(reference) ?? '');
  const word = titleWords.find(candidate => !emptyWords.has(candidate)) ?? titleWords[0] ?? '';
  const year = keyWords(yearOf(reference) ?? '').join('');
  const key = `${keyWords(author).join('').slice(0, 40)}${year.slice(0, 12)}${word.slice(0, 40)}`;
  return key === '' ? 'reference' : key;
}

/** Whether a key has the letters of one that is made. */
export const mayBeMade = (key: string): boolean => /^[a-z0-9]+$/u.test(key);

/** Makes every key of a list unique: the second to have one gets `a` behind it, the next `b`, … `z`, `aa`. The list is in file order. */
export function uniqueKeys(keys: Iterable<string>): string[] {
  const wanted = [...keys];
  const reserved = new Set(wanted);
  const seen = new Set<string>();
  const next = new Map<string, number>();
  return wanted.map(key => {
    if (!seen.has(key)) {
      seen.add(key);
      return key;
    }
    let count = next.get(key) ?? 0;
    let candidate = key + keySuffix(count);
    while (seen.has(candidate) || reserved.has(candidate)) {
      candidate = key + keySuffix(++count);
    }
    next.set(key, count + 1);
    seen.add(candidate);
    return candidate;
  });
}

/** Whether a key is one that was made, perhaps with the letter that made it unique. */
export const isKeyMadeFrom = (key: string, made: string): boolean =>
  key.startsWith(made) && /^[a-z]{0,2}$/u.test(key.slice(made.length));

/** `a`, `b`, … `z`, `aa`, … for 0, 1, …: what a key gets behind it when others have it already. */
export function keySuffix(count: number): string {
  const letter = String.fromCharCode(97 + (count % 26));
  return count < 26 ? letter : keySuffix(Math.floor(count / 26) - 1) + letter;
}

const keyWords = (text: string): string[] => asciiFold(text).match(/[a-z0-9]+/gu) ?? [];

/** Lower case without accents; letters that have no ASCII form are kept by their usual spelling or dropped later. */
function asciiFold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}|['’]/gu, '')
    .toLowerCase()
    .replace(/[ßæœøđðþłıħ]/gu, letter => letters[letter] ?? letter);
}
