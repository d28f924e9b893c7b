import { fieldKind } from '../data/fields.ts';
import { isOneItem, readNames, splitAtAnd, splitAtDepthZero, writeNames } from '../model/bibtexName.ts';
import type { DateValue } from '../model/date.ts';
import { datePoint, formatEdtf, parseDate, parseEdtf } from '../model/date.ts';
import { monthMacros } from '../data/months.ts';
import type { Value } from '../model/reference.ts';
import { pieceText, valuePieces } from '../syntax/bibtexFields.ts';
import { decodeTex, encodeTex, plainTex } from '../syntax/tex.ts';

const OPEN_BRACE = 0x7b;

/** What a `@string` name stands for; undefined when nothing defines it. */
export type Macros = (name: string) => string | undefined;

/**
 * The TeX of a value as written: delimiters away, pieces joined, macros put in. A macro nobody defines stands for its own name, as do
 * those that would make too long a text.
 */
export function expandValue(text: string, macros: Macros): string {
  let length = 0;
  return valuePieces(text, 0, text.length)
    .map(piece => {
      const content = pieceText(text, piece);
      const expansion = piece.kind === 'macro' ? macros(content.toLowerCase()) : undefined;
      length += expansion?.length ?? 0;
      return expansion === undefined || length > longestExpansion ? content : expansion;
    })
    .join('');
}

/** What macros may add to one value: strings of which each names the one before twice would fill any memory. */
const longestExpansion = 5000;

/** Whether a value names macros, so that it says nothing without their definitions. Months are defined everywhere. */
export const needsMacros = (text: string): boolean =>
  valuePieces(text, 0, text.length).some(
    piece => piece.kind === 'macro' && !monthMacros.includes(pieceText(text, piece).toLowerCase()),
  );

/** Fields outside the data model that hold addresses or code, not TeX. */
const verbatimName = /^(?:bdsk-|file$|url|uri$|ris-(?:ur|l2|l4|lk)(?:-|$)|.*[-_]?url$|local-url|swhid)/u;

/** Reads a field's TeX as the kind of value its field holds. */
export function readTexValue(field: string, tex: string): Value {
  switch (fieldKind(field)) {
    case 'names':
      return { kind: 'names', ...readNames(tex, plainTex) };
    case 'list':
      return { kind: 'list', items: splitAtAnd(tex).map(decodeTrimmed).filter(isText) };
    case 'keywords':
      return { kind: 'keywords', items: splitAtDepthZero(tex, isKeywordCut).map(decodeTrimmed).filter(isText) };
    case 'date':
      // Here `~` is no tie but says "approximately".
      return { kind: 'date', date: parseEdtf(tex) ?? parseDate(plainTex(tex)) };
    case 'verbatim':
      return { kind: 'verbatim', text: decodeVerbatim(tex) };
    case 'range':
      return { kind: 'text', text: plainTex(tex) };
    case 'key':
      return { kind: 'text', text: plainTex(tex) };
    case 'text':
      return verbatimName.test(field)
        ? { kind: 'verbatim', text: decodeVerbatim(tex) }
        : { kind: 'text', text: ofParagraphs.has(field) ? decodeParagraphs(tex) : decodeTex(tex).trim() };
  }
}

/** Fields of running text, in which a blank line parts paragraphs, as in TeX; RIS has one note in each. */
const ofParagraphs = new Set(['note', 'annotation', 'abstract', 'addendum']);

function decodeParagraphs(tex: string): string {
  const paragraphs = /\n[\t\r ]*\n/u.test(tex) ? tex.split(/\n[\t\r ]*\n/u) : [tex];
  return paragraphs.every(balanced) ? paragraphs.map(decodeTrimmed).filter(isText).join('\n\n') : decodeTex(tex).trim();
}

const isText = (text: string): boolean => text !== '';
const decodeTrimmed = (tex: string): string => decodeTex(tex.trim()).trim();
const isKeywordCut = (char: number): boolean => char === 0x2c || char === 0x3b;

/** Verbatim fields are no TeX (BibLaTeX manual §2.2.1), but many programs escape in them all the same. */
function decodeVerbatim(tex: string): string {
  const lines = tex.trim().split(/[\r\n]+/u);
  const trimmed = lines.length === 1 ? (lines[0] ?? '') : lines.map(line => line.trim()).join(' ');
  const bare = /^(?:\\url\s?)?\{([^{}]*)\}$/u.exec(trimmed)?.[1] ?? trimmed;
  return bare.includes('\\') || bare.includes('{')
    ? bare
        .replace(/\\?\{\\?([_&%#$~])\\?\}/gu, '$1')
        .replace(/\\([_&%#$])/gu, '$1')
        .replace(/\\textbrace(left|right)\{\}/gu, (_, side: string) => (side === 'left' ? '{' : '}'))
        .replace(/\\(?:textasciitilde|~)(?:\s?\{\})?|\{\\textasciitilde\}/gu, '~')
    : bare;
}

/** A name part or other text without markup in TeX. */
const nameCoding = { decode: plainTex, encode: encodeTex };

/** Writes the value of a field as TeX, without delimiters. */
export function writeTexValue(value: Value, field = ''): string {
  switch (value.kind) {
    case 'names':
      return writeNames(value, nameCoding);
    case 'list':
      return value.items.map(protectAnd).join(' and ');
    case 'keywords':
      return value.items.map(protectComma).join(', ');
    case 'date':
      return value.date.literal === undefined ? (formatEdtf(value.date) ?? '') : encodeTex(value.date.literal);
    case 'verbatim':
      return writeVerbatim(value.text);
    case 'text':
      // It is read as what its name says.
      return verbatimName.test(field) ? writeVerbatim(value.text) : encodeTex(value.text);
  }
}

function protectAnd(item: string): string {
  const tex = encodeTex(item);
  return isOneItem(tex) ? tex : `{${tex}}`;
}

function protectComma(item: string): string {
  const tex = encodeTex(item);
  return splitAtDepthZero(tex, isKeywordCut).length > 1 ? `{${tex}}` : tex;
}

/** On one line: a line that begins with `@` would begin an entry. Braces that do not match would end the value, or never. */
function writeVerbatim(text: string): string {
  const line = text.replace(/[\r\n]+/gu, ' ');
  return balanced(line)
    ? line
    : line.replace(/[{}]/gu, brace => (brace === '{' ? '\\textbraceleft{}' : '\\textbraceright{}'));
}

function balanced(text: string): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    depth += char === OPEN_BRACE ? 1 : char === 0x7d ? -1 : 0;
    if (depth < 0) {
      return false;
    }
  }
  return depth === 0;
}

/** A date in BibTeX's fields, as they are to be written with delimiters; `exact` is false when they say less than the date does. */
export function writeYearAndMonth(date: DateValue): {
  readonly year?: string;
  readonly month?: string;
  readonly exact: boolean;
} {
  const start = datePoint(date.start);
  const end = datePoint(date.end);
  if (date.literal !== undefined || start === undefined) {
    return { year: `{${encodeTex(date.literal ?? formatEdtf(date) ?? '')}}`, exact: true };
  }
  const marked = [start, end].some(point => point?.approximate === true || point?.uncertain === true);
  const season = start.season === undefined ? undefined : ['Spring', 'Summer', 'Autumn', 'Winter'][start.season - 21];
  const first = season === undefined ? writeMonth(start.month, start.day) : `{${season}}`;
  if (date.end === undefined) {
    return { year: `{${String(start.year)}}`, ...(first !== undefined && { month: first }), exact: !marked };
  }
  if (end?.year === start.year && first !== undefined && end.month !== undefined) {
    const second = writeMonth(end.month, end.day) ?? '';
    return { year: `{${String(start.year)}}`, month: `${first} # "/" # ${second}`, exact: !marked };
  }
  const years = end === undefined ? `${String(start.year)}--` : `${String(start.year)}--${String(end.year)}`;
  return {
    year: `{${years}}`,
    exact: !marked && end !== undefined && start.month === undefined && end.month === undefined,
  };
}

/** `nov`, or `"10~" # nov`, as BibTeX's documentation puts the day (btxdoc §3.2). */
function writeMonth(month: number | undefined, day: number | undefined): string | undefined {
  const macro = month === undefined ? undefined : monthMacros[month - 1];
  return macro === undefined || day === undefined ? macro : `"${String(day)}~" # ${macro}`;
}
