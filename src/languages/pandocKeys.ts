/**
 * End of the citation key at `start`, or `start` where none begins. A key begins with a letter, digit or `_` and goes on with
 * these and single punctuation inside (Pandoc manual, "Citation syntax"); `://` is allowed for addresses.
 */
export function keyEnd(text: string, start: number, limit: number): number {
  let at = wordStep(text, start, limit);
  if (at === start) return start;
  for (;;) {
    const next = wordStep(text, at, limit);
    if (next > at) {
      at = next;
      continue;
    }
    const mark = text[at];
    if (mark === undefined || at >= limit || !innerMarks.includes(mark)) return at;
    const isAddress = (mark === ':' || mark === '/') && text[at + 1] === '/' && isAddressMark(text, at);
    if (!isAddress && wordStep(text, at + 1, limit) === at + 1) return at;
    at++;
  }
}

/** Whether a key can stand without braces. */
const isPlainKey = (key: string): boolean => key !== '' && keyEnd(key, 0, key.length) === key.length;

/** A key behind an `@`: in braces where it cannot stand without. */
export const writeMarkdownKey = (key: string): string => (isPlainKey(key) ? key : `{${key}}`);

const innerMarks = ':.#$%&-+?<>~/';

/** Whether the mark belongs to a `://`. */
const isAddressMark = (text: string, at: number): boolean =>
  text.startsWith('://', at) || text.startsWith('://', at - 1);

/** Behind the letter, digit, accent or `_` at `at`; `at` itself for anything else. */
function wordStep(text: string, at: number, limit: number): number {
  if (at >= limit) return at;
  const code = text.charCodeAt(at);
  if (code < 128) return isAsciiWord(code) ? at + 1 : at;
  const point = text.codePointAt(at) ?? code;
  return /[\p{L}\p{M}\p{N}]/u.test(String.fromCodePoint(point)) ? at + (point > 0xffff ? 2 : 1) : at;
}

const isAsciiWord = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;

/** Whether the character before `at` is a letter or digit: then an `@` there is part of an e-mail address. */
export function followsWord(text: string, at: number): boolean {
  if (at === 0) return false;
  const code = text.charCodeAt(at - 1);
  if (code < 128) return isAsciiWord(code) && code !== 95;
  const isLow = code >= 0xdc00 && code <= 0xdfff;
  return /[\p{L}\p{M}\p{N}]/u.test(isLow ? text.slice(at - 2, at) : (text[at - 1] ?? ''));
}

/** Whether `@key` refers to a figure, section or theorem of the document; `next` is the character behind the key. */
export function isCrossReference(key: string, next: string | undefined): boolean {
  const mark = /[-:]/.exec(key);
  const separator = mark?.[0] ?? next;
  const prefix = mark === null ? key : key.slice(0, mark.index);
  const word = prefix.slice(0, 1).toLowerCase() + prefix.slice(1);
  return separator === '-' ? quartoPrefixes.has(word) : separator === ':' && crossrefPrefixes.has(word);
}

/** Quarto's figures, tables, listings, callouts, theorems, equations and sections. */
const quartoPrefixes: ReadonlySet<string> = new Set(
  'fig tbl lst nte wrn cau tip imp prf rem sol thm lem cor prp cnj def exm exr alg eq sec'.split(' '),
);

/** Those of the filter pandoc-crossref. */
const crossrefPrefixes: ReadonlySet<string> = new Set('fig tbl lst eq sec'.split(' '));
