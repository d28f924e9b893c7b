/** The smallest words of BibTeX: what scan, field reader and tree agree on. All positions are offsets into the text. */

export const AT = 64;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const OPEN_PARENTHESIS = 40;
export const CLOSE_PARENTHESIS = 41;
export const QUOTE = 34;
export const COMMA = 44;
export const EQUALS = 61;
export const HASH = 35;
export const PERCENT = 37;
const BACKSLASH = 92;
const BYTE_ORDER_MARK = 0xfeff;

/** White space and control characters; NUL among them, which editors of the eighties left behind. */
export const isSpace = (code: number): boolean => code <= 32;

export const isLineEnd = (code: number): boolean => code === 10 || code === 13;

/** BibTeX's identifier characters (bibtex.web §§ 47, 48): all but white space and `"#%'(),={}`. Here `@` and `\` end one too. */
export function isNameCharacter(code: number): boolean {
  if (code > 96) return code !== OPEN_BRACE && code !== CLOSE_BRACE && code !== 127;
  if (code > 64) return code !== BACKSLASH;
  if (code <= 41) return code === 33 || code === 36 || code === 38;
  return code !== COMMA && code !== EQUALS && code !== AT;
}

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export function skipSpace(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && text.charCodeAt(i) <= 32) i++;
  return i;
}

export function skipName(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && isNameCharacter(text.charCodeAt(i))) i++;
  return i;
}

/** The end of `text` between `start` and `end` without its white space. */
export function trimEnd(text: string, start: number, end: number): number {
  let i = end;
  while (i > start && text.charCodeAt(i - 1) <= 32) i--;
  return i;
}

/** The end of the line that `from` stands in, its line end not included. */
export function lineEnd(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && !isLineEnd(text.charCodeAt(i))) i++;
  return i;
}

/** The brace or parenthesis that closes a block whose content goes on at `from`; -1 when none does. Quotes and braces hide parentheses. */
export function findClosing(text: string, from: number, end: number, isParenthesis: boolean): number {
  let depth = 0;
  let isQuoted = false;
  for (let i = from; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACE) {
      depth++;
    } else if (code === CLOSE_BRACE) {
      if (depth > 0) depth--;
      else if (!isParenthesis) return i;
    } else if (isParenthesis && depth === 0) {
      if (code === QUOTE) isQuoted = !isQuoted;
      else if (code === CLOSE_PARENTHESIS && !isQuoted) return i;
    }
  }
  return -1;
}

/** What was found, and how far the text was read to know it: an answer holds as long as nothing before `reach` changes. */
interface Found {
  /** The offset asked for, or -1. */
  readonly at: number;
  readonly reach: number;
}

/** The `{` or `(` that belongs to the `@` at `at`: a word between, white space allowed around it. */
function findOpener(text: string, at: number): Found {
  const length = text.length;
  const start = skipSpace(text, at + 1, length);
  const end = skipName(text, start, length);
  if (end === start || isDigit(text.charCodeAt(start))) return { at: -1, reach: start + 1 };
  const opener = skipSpace(text, end, length);
  const code = opener < length ? text.charCodeAt(opener) : 0;
  return { at: code === OPEN_BRACE || code === OPEN_PARENTHESIS ? opener : -1, reach: opener + 1 };
}

/** Whether `key, name =` follows an opener: nothing but an entry looks like this. */
function isFollowedByKeyAndField(text: string, opener: number): Found {
  const length = text.length;
  const keyStart = skipSpace(text, opener + 1, length);
  const keyEnd = skipName(text, keyStart, length);
  if (keyEnd === keyStart || text.charCodeAt(keyEnd) !== COMMA) return { at: -1, reach: keyEnd + 1 };
  const nameStart = skipSpace(text, keyEnd + 1, length);
  const nameEnd = skipName(text, nameStart, length);
  const equals = skipSpace(text, nameEnd, length);
  const found = nameEnd > nameStart && equals < length && text.charCodeAt(equals) === EQUALS;
  return { at: found ? equals : -1, reach: equals + 1 };
}

/** Whether `@` at `at` continues a word (an e-mail address) or a TeX command (`\@ifundefined`). `from` is where the past begins. */
export function continuesWord(text: string, at: number, from: number): boolean {
  if (at === from) return false;
  const code = text.charCodeAt(at - 1);
  return (
    code === BACKSLASH ||
    (isNameCharacter(code) &&
      (code > 64 || isDigit(code) || code === 46 || code === 45 || code === 43) &&
      code !== BYTE_ORDER_MARK)
  );
}

/** Finds the opener of the block that begins with the `@` at `at` in text between blocks, which starts at `from`. */
export function findBlockOpener(text: string, at: number, from: number): Found {
  const opener = findOpener(text, at);
  if (opener.at === -1 || !continuesWord(text, at, from)) return opener;
  const strong = isFollowedByKeyAndField(text, opener.at);
  return strong.at === -1 ? strong : { at: opener.at, reach: strong.reach };
}

/**
 * Whether an entry seems to begin at the `@` at `at`, seen from inside another block whose content starts at `from`:
 * `@word{` as the first thing of a line, or `@word{key, name =` anywhere.
 */
export function findNeighbour(text: string, at: number, from: number): Found {
  const opener = findOpener(text, at);
  if (opener.at === -1 || startsLine(text, at, from)) return opener;
  const strong = isFollowedByKeyAndField(text, opener.at);
  return strong.at === -1 ? strong : { at: opener.at, reach: strong.reach };
}

function startsLine(text: string, at: number, from: number): boolean {
  let i = at - 1;
  while (i >= from) {
    const code = text.charCodeAt(i);
    if (isLineEnd(code)) return true;
    if (code !== 32 && code !== 9 && code !== BYTE_ORDER_MARK) return false;
    i--;
  }
  return false;
}
