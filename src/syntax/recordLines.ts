import type { Span } from '../text/span.ts';
import { trimEnd } from './bibtexLexis.ts';
import { LineFinder } from './taggedLexis.ts';

/** A family of tagged formats: what a line with a tag looks like, and how records begin and end. */
export interface TagFamily {
  /** The tag at the beginning of the line that stands from `start` to `end`; undefined for a line without one. */
  tagOf(text: string, start: number, end: number): TagPlace | undefined;
  /** `outside`: a line of the file, not of a record. */
  role(tag: string, value: string): 'begin' | 'end' | 'outside' | 'field';
  /** Whether a tag behind an empty line begins a new record; `seen` are the tags that the open one has. */
  restarts(tag: string, seen: ReadonlySet<string>): boolean;
  /** Whether a record may begin with any tag. */
  mayBegin(tag: string): boolean;
  /** Whether text behind an empty line still belongs to the value above. */
  isParagraph(text: string, start: number, lastTag: string): boolean;
}

export interface TagPlace {
  readonly tag: Span;
  /** Where the value begins, the blanks before it not included. */
  readonly value: number;
}

/** Finds the records of a text in one pass, in order; what is between them is text. Cannot fail. */
export function scanRecords(text: string, family: TagFamily): Span[] {
  const records: Span[] = [];
  const lines = new LineFinder(text);
  let open: { start: number; end: number; seen: Set<string>; last: string } | undefined;
  let isBehindBlank = false;
  const close = (): void => {
    if (open !== undefined) records.push({ start: open.start, end: open.end });
    open = undefined;
  };
  let start = skipMark(text);
  while (start < text.length) {
    const end = lines.end(start);
    const place = family.tagOf(text, start, end);
    const content = trimEnd(text, start, end);
    if (place !== undefined) {
      const tag = text.slice(place.tag.start, place.tag.end);
      const role = family.role(tag, text.slice(place.value, Math.max(place.value, content)));
      const isNew = role === 'begin' || (isBehindBlank && open !== undefined && family.restarts(tag, open.seen));
      if (isNew || role === 'outside') close();
      if (role !== 'outside' && open === undefined && (role === 'begin' || family.mayBegin(tag))) {
        open = { start, end: content, seen: new Set(), last: tag };
      }
      if (open !== undefined) {
        open.end = content;
        open.last = tag;
        open.seen.add(tag);
      }
      if (role === 'end') close();
      isBehindBlank = false;
    } else if (content === start) {
      isBehindBlank = true;
    } else if (open !== undefined && (!isBehindBlank || family.isParagraph(text, start, open.last))) {
      open.end = content;
    }
    start = lines.after(end);
  }
  close();
  return records;
}

/** A byte order mark is in no record. */
const skipMark = (text: string): number => (text.charCodeAt(0) === 0xfeff ? 1 : 0);

/** The full tree of one record. All spans are relative to the start of the record. */
export interface RecordLines {
  /** Every character of the record in exactly one token, in order. */
  readonly tokens: readonly LineToken[];
  readonly lines: readonly RecordLine[];
}

export interface LineToken extends Span {
  /** `separator` stands between tag and value; `space` ends lines and fills empty ones. */
  readonly kind: 'tag' | 'separator' | 'value' | 'continuation' | 'space';
}

/** A tag with its value; the value reaches to the end of the last line that belongs to it. */
export interface RecordLine {
  readonly tag: Span;
  readonly value: Span;
}

/** Reads the whole tree of a record that `scanRecords` found. Cannot fail. */
export function parseRecordLines(text: string, span: Span, family: TagFamily): RecordLines {
  const record = text.slice(span.start, span.end);
  const finder = new LineFinder(record);
  const tokens: LineToken[] = [];
  const lines: { tag: Span; value: { start: number; end: number } }[] = [];
  let position = 0;
  const add = (kind: LineToken['kind'], end: number): void => {
    if (end > position) tokens.push({ kind, start: position, end });
    position = Math.max(position, end);
  };
  let start = 0;
  while (start < record.length) {
    const end = finder.end(start);
    const place = family.tagOf(record, start, end);
    const content = trimEnd(record, start, end);
    const above = lines.at(-1);
    if (place !== undefined) {
      const valueEnd = Math.max(place.value, content);
      add('tag', place.tag.end);
      add('separator', place.value);
      add('value', valueEnd);
      lines.push({ tag: place.tag, value: { start: place.value, end: valueEnd } });
    } else if (content > start && above !== undefined) {
      add('space', skipBlanks(record, start, content));
      add('continuation', content);
      above.value.end = content;
    }
    start = finder.after(end);
    add('space', start);
  }
  return { tokens, lines };
}

/** The first place from `start` on, before `end`, that is no blank. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

export const isBlank = (code: number): boolean => code === 32 || code === 9;

export const isCapital = (code: number): boolean => code >= 65 && code <= 90;

export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
