/** A command of TeX that says no more than letters do; `letters` are folded. */
export interface LetterCommand {
  readonly letters: string;
  /** Where what follows it begins. */
  readonly end: number;
}

/**
 * The command whose backslash stands at `at`, if it is a letter, an escaped sign, or an accent on the letter that follows, which fold would
 * take off again. Undefined for all others, and where white space counts or nothing bears the accent.
 */
export function letterCommand(tex: string, at: number): LetterCommand | undefined {
  const start = at + 1;
  const sign = tex.charAt(start);
  if (sign === '') return undefined;
  if (ESCAPED.includes(sign)) return { letters: '', end: start };
  if (SILENT.includes(sign)) return { letters: '', end: start + 1 };
  if (ACCENTS.includes(sign)) return isLetterNext(tex, start + 1) ? { letters: '', end: start + 1 } : undefined;
  let end = start;
  while (isLetter(tex.charCodeAt(end))) end++;
  if (end === start + 1 && tex.charCodeAt(end) === OPEN_BRACE && NAMED_ACCENTS.includes(sign))
    return isLetterNext(tex, end) ? { letters: '', end } : undefined;
  const letters = LETTERS.get(tex.slice(start, end));
  // The white space behind a command is part of it.
  return letters === undefined || tex.charCodeAt(end) <= SPACE ? undefined : { letters, end };
}

/** Whether a letter that takes an accent follows, or `\i`. Braces may stand around it. */
function isLetterNext(tex: string, from: number): boolean {
  let at = from;
  while (tex.charCodeAt(at) === OPEN_BRACE) at++;
  return isLetter(tex.charCodeAt(at)) || (tex.startsWith('\\i', at) && !isLetter(tex.charCodeAt(at + 2)));
}

const isLetter = (code: number): boolean => (code | 0x20) >= 0x61 && (code | 0x20) <= 0x7a;

const SPACE = 0x20;
const OPEN_BRACE = 0x7b;

/** They stand for themselves behind a backslash. */
const ESCAPED = '&%#_';
/** Behind a backslash they print nothing. */
const SILENT = '-/';
const ACCENTS = '"\'`^~=.';
const NAMED_ACCENTS = 'uvHrckdbt';
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ss', 'ss'],
  ['i', 'i'],
  ['o', 'o'],
  ['O', 'o'],
  ['l', 'l'],
  ['L', 'l'],
  ['ae', 'ae'],
  ['AE', 'ae'],
  ['oe', 'oe'],
  ['OE', 'oe'],
  ['aa', 'a'],
  ['AA', 'a'],
]);
