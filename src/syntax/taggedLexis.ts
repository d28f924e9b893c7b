/** The lines of RIS-like text: `TY  - JOUR`, with everything that real files make of it. Positions are offsets into the text. */

import type { Span } from '../text/span.ts';
import { trimEnd } from './bibtexLexis.ts';

const HYPHEN = 45;

/** How the `TY` line of a record is written; the record's other lines may be as careless, but no more. */
export interface TagStyle {
  /** One space before the hyphen where the standard has two. */
  readonly isNarrow: boolean;
  readonly isLowerCase: boolean;
}

export const STANDARD_STYLE: TagStyle = { isNarrow: false, isLowerCase: false };

/** Tags of the RIS specifications of 2001 and 2011 and of common exports: they alone may stand narrow in a record that is not. */
const KNOWN_TAGS =
  ' A1 A2 A3 A4 A5 AB AD AN AU AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CR CT CY DA DB DI DO DP ED EP ER ET ID IP IS J1 J2 JA JF JO' +
  ' K1 KW L1 L2 L3 L4 LA LB LK LL M1 M2 M3 N1 N2 NV OP PA PB PM PP PY RI RN RP RT SE SF SL SN SP SR ST SV T1 T2 T3 T4 TA TI TT TY' +
  ' U1 U2 U3 U4 U5 UR VL VO WP WT WV Y1 Y2 YR ';

/** How far one look ahead for a carriage return goes: most texts have none, and after an edit only a little of them is read. */
const WINDOW = 1 << 15;

/** Finds the ends of lines, to be asked from the beginning of a text to its end. Line ends are `\n`, `\r\n` and `\r`. */
export class LineFinder {
  readonly #text: string;
  #nextFeed = -1;
  #nextReturn = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Where the line from `from` ends, its line end not included. */
  end(from: number): number {
    const text = this.#text;
    if (this.#nextFeed < from) {
      const next = text.indexOf('\n', from);
      this.#nextFeed = next === -1 ? text.length : next;
    }
    if (this.#nextReturn < from) this.#nextReturn = this.#findReturn(from);
    while (this.#nextReturn < this.#nextFeed && text.charCodeAt(this.#nextReturn) !== 13) {
      this.#nextReturn = this.#findReturn(this.#nextReturn);
    }
    return Math.min(this.#nextFeed, this.#nextReturn);
  }

  /** The next carriage return, or the end of the window when none is in it. */
  #findReturn(from: number): number {
    const windowEnd = Math.min(from + WINDOW, this.#text.length);
    const at = this.#text.slice(from, windowEnd).indexOf('\r');
    return at === -1 ? windowEnd : from + at;
  }

  /** The start of the line after the one that ends at `end`. */
  after(end: number): number {
    const text = this.#text;
    if (end >= text.length) return text.length;
    return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1;
  }
}

/** Skips blanks and a byte order mark at the beginning of a line. */
export function skipIndent(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && isBlank(text.charCodeAt(i))) i++;
  return i;
}

const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 0xfeff;

/** The hyphen of the tag line whose tag stands at `at`, in a line that ends at `end`; -1 when it is none. */
export function findHyphen(text: string, at: number, end: number, style: TagStyle): number {
  if (end - at < 4) return -1;
  const first = text.charCodeAt(at);
  const second = text.charCodeAt(at + 1);
  const gap = text.charCodeAt(at + 2);
  if ((gap !== 32 && gap !== 9) || !isLetter(first) || !(isLetter(second) || isDigit(second))) return -1;
  let hyphen = at + 3;
  while (hyphen < end && isBlank(text.charCodeAt(hyphen))) hyphen++;
  if (hyphen >= end || text.charCodeAt(hyphen) !== HYPHEN) return -1;
  if (hyphen > at + 3 || gap === 9) return hyphen;
  // One space: "EU - Africa relations" in an abstract looks the same.
  if (hyphen + 1 < end && !isBlank(text.charCodeAt(hyphen + 1)) && !style.isNarrow) return -1;
  const isLowerCase = first > 96;
  if (style.isNarrow && style.isLowerCase === isLowerCase) return hyphen;
  return KNOWN_TAGS.includes(` ${text.slice(at, at + 2)} `) ? hyphen : -1;
}

/** The hyphen of the `TY` line at `at`. A narrow one must name a type: a single word. */
export function findTypeHyphen(text: string, at: number, end: number): number {
  if (!isTag(text, at, 116, 121)) return -1;
  const isLowerCase = text.charCodeAt(at) > 96;
  const hyphen = findHyphen(text, at, end, { isNarrow: true, isLowerCase });
  if (hyphen !== at + 3) return hyphen;
  let i = skipIndent(text, hyphen + 1, end);
  const start = i;
  while (i < end && !isBlank(text.charCodeAt(i))) i++;
  return i > start && skipIndent(text, i, end) === end ? hyphen : -1;
}

/** The value behind `hyphen` without white space around it; empty right behind the hyphen when there is none. */
export function valueSpan(text: string, hyphen: number, end: number): Span {
  let start = hyphen + 1;
  while (start < end && (text.charCodeAt(start) <= 32 || isBlank(text.charCodeAt(start)))) start++;
  return start === end ? { start: hyphen + 1, end: hyphen + 1 } : { start, end: trimEnd(text, start, end) };
}

export const styleOf = (text: string, typeTag: number, hyphen: number): TagStyle => ({
  isNarrow: hyphen === typeTag + 3 && text.charCodeAt(typeTag + 2) !== 9,
  isLowerCase: text.charCodeAt(typeTag) > 96,
});

/** Whether the two letters at `at` are these, given in lower case. */
export const isTag = (text: string, at: number, first: number, second: number): boolean =>
  (text.charCodeAt(at) | 32) === first && (text.charCodeAt(at + 1) | 32) === second;

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
