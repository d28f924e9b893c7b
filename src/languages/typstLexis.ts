/** Whether a label may have the character: those of identifiers, `-`, `_`, `:` and `.` (Typst reference, "label"). */
export function labelStep(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return isAsciiLabel(code) ? at + 1 : at;
  const char = String.fromCodePoint(text.codePointAt(at) ?? 0);
  return at < text.length && /\p{XID_Continue}/u.test(char) ? at + char.length : at;
}

export function labelEnd(text: string, start: number): number {
  let at = start;
  for (let next = labelStep(text, at); next > at; next = labelStep(text, at)) at = next;
  return at;
}

/** End of the key behind an `@`: a `.` or `:` behind it belongs to the sentence. */
export function referenceEnd(text: string, start: number): number {
  let end = labelEnd(text, start);
  while (end > start && '.:'.includes(text[end - 1] ?? '')) end--;
  return end;
}

/** Whether a key can be written `<key>`. */
export const isLabel = (key: string): boolean => key !== '' && labelEnd(key, 0) === key.length;

/** Whether a key can be written `@key`. */
export const isReference = (key: string): boolean => key !== '' && referenceEnd(key, 0) === key.length;

/** End of the word at `start` in code. */
export function identifierEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && isWordCode(text.charCodeAt(at))) at++;
  return at;
}

const isWordCode = (code: number): boolean => isAsciiLabel(code) && code !== COLON && code !== DOT;

export const isLetterCode = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;

function isAsciiLabel(code: number): boolean {
  return isLetterCode(code) || (code >= 48 && code <= 58) || code === 45 || code === DOT;
}

/**
 * Whether the character before an `@` makes it part of an e-mail address. Chinese, Japanese and Korean write no space between
 * words, so a reference may follow their characters.
 */
export function followsLatinWord(text: string, at: number): boolean {
  if (at === 0) return false;
  const before = text[at - 1] ?? '';
  return /[\p{L}\p{N}]/u.test(before) && !/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u.test(before);
}

/** Searches for ends that failed are kept, so that none is made twice. */
export interface TypstSource {
  readonly text: string;
  readonly missing: Set<string>;
}

/** Behind the comment at `start` (comments in `/*` are nested), or undefined where none begins. */
export function commentEnd(source: TypstSource, start: number): number | undefined {
  const { text } = source;
  if (text[start + 1] === '/') return lineEnd(text, start);
  if (text[start + 1] !== '*') return undefined;
  let depth = 1;
  for (let at = start + 2; at < text.length; at++) {
    if (text.startsWith('*/', at)) {
      depth--;
      at++;
      if (depth === 0) return at + 1;
    } else if (text.startsWith('/*', at)) {
      depth++;
      at++;
    }
  }
  return text.length;
}

/** Behind the raw text at `start`; only the marks where it has no end. */
export function rawEnd(source: TypstSource, start: number): number {
  const { text, missing } = source;
  let first = start;
  while (text[first] === '`') first++;
  const count = first - start;
  if (count === 2) return first;
  const marks = count === 1 ? '`' : '```';
  if (missing.has(marks)) return first;
  let run = 0;
  for (let at = first; at < text.length; at++) {
    run = text.charCodeAt(at) === BACKTICK ? run + 1 : 0;
    if (run === count) return at + 1;
  }
  missing.add(marks);
  return first;
}

/** Offset of the quote that ends the string at `start`, or that of the line's end where the string is not finished. */
export function stringEnd(source: TypstSource, start: number): number {
  const { text, missing } = source;
  if (missing.has('"')) return lineEnd(text, start);
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  missing.add('"');
  return lineEnd(text, start);
}

/** The same for a short string, which ends on its line. */
export function shortStringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text[at] ?? '';
    if (char === '\\') at++;
    else if ('"\r\n'.includes(char)) return at;
  }
  return text.length;
}

/** Behind the address whose `//` is at `start`; undefined where these begin a comment. */
export function addressEnd(text: string, start: number): number | undefined {
  if (!/https?:$/.test(text.slice(Math.max(0, start - 6), start))) return undefined;
  let at = start + 2;
  while (at < text.length && !' \t\r\n[](){}<>"`'.includes(text[at] ?? '')) at++;
  return at;
}

function lineEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** Whether the line behind the line break at `at` is empty. */
export function beforeEmptyLine(text: string, at: number): boolean {
  let next = text.startsWith('\r\n', at) ? at + 2 : at + 1;
  while (text[next] === ' ' || text[next] === '\t') next++;
  return text[next] === '\n' || text[next] === '\r';
}

const QUOTE = 34;
const DOT = 46;
const COLON = 58;
const BACKSLASH = 92;
const BACKTICK = 96;
