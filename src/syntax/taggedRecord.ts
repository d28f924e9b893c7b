import type { FileText } from '../text/fileText.ts';
import type { Span } from '../text/span.ts';
import {
  LineFinder,
  STANDARD_STYLE,
  findHyphen,
  findTypeHyphen,
  isTag,
  skipIndent,
  styleOf,
  valueSpan,
} from './taggedLexis.ts';

/** The full tree of one record. All spans are relative to the start of the record. */
export interface RecordTree {
  /** Every character of the record in exactly one token, in order. */
  readonly tokens: readonly RecordToken[];
  /** The tag lines in order, `TY` and `ER` among them. */
  readonly lines: readonly TagLine[];
  readonly errors: readonly RecordProblem[];
}

export interface RecordToken extends Span {
  /** `separator` is the hyphen with the blanks around it; `space` ends lines and fills empty ones. */
  readonly kind: 'tag' | 'separator' | 'value' | 'continuation' | 'space';
}

/** One tag with its value and the lines below it that have no tag of their own. */
export interface TagLine extends Span {
  readonly tag: Span;
  /** Without white space around it; empty behind the separator when there is none. */
  readonly value: Span;
  readonly continuations: readonly Span[];
}

export interface RecordProblem {
  readonly code: 'missing-type' | 'unclosed-record';
  /** Where something is missing: at the beginning or at the end. */
  readonly span: Span;
}

/** Reads the whole tree of a record found by `scanRis`. Cannot fail. */
export function parseRecord(text: FileText, span: Span): RecordTree {
  const record = text.slice(span.start, span.end);
  const finder = new LineFinder(record);
  const tokens: RecordToken[] = [];
  const lines: { start: number; end: number; tag: Span; value: Span; continuations: Span[] }[] = [];
  const typeHyphen = findTypeHyphen(record, 0, finder.end(0));
  const style = typeHyphen === -1 ? STANDARD_STYLE : styleOf(record, 0, typeHyphen);
  let position = 0;
  const add = (kind: RecordToken['kind'], end: number): void => {
    if (end > position) tokens.push({ kind, start: position, end });
    position = Math.max(position, end);
  };
  let start = 0;
  while (start < record.length) {
    const end = finder.end(start);
    const at = skipIndent(record, start, end);
    const hyphen = start === 0 && typeHyphen !== -1 ? typeHyphen : findHyphen(record, at, end, style);
    const value = valueSpan(record, hyphen === -1 ? start - 1 : hyphen, end);
    if (hyphen === -1) {
      add('space', value.start);
      add('continuation', value.end);
      const above = lines.at(-1);
      if (above !== undefined && value.end > value.start) {
        above.continuations.push(value);
        above.end = value.end;
      }
    } else {
      add('space', at);
      add('tag', at + 2);
      add('separator', value.start);
      add('value', value.end);
      lines.push({ start: at, end: value.end, tag: { start: at, end: at + 2 }, value, continuations: [] });
    }
    start = finder.after(end);
    add('space', start);
  }
  return { tokens, lines, errors: findProblems(record, typeHyphen !== -1, lines.at(-1)) };
}

function findProblems(record: string, hasType: boolean, last: TagLine | undefined): readonly RecordProblem[] {
  const errors: RecordProblem[] = [];
  if (!hasType) errors.push({ code: 'missing-type', span: { start: 0, end: 0 } });
  if (last === undefined || !isTag(record, last.tag.start, 101, 114)) {
    errors.push({ code: 'unclosed-record', span: { start: record.length, end: record.length } });
  }
  return errors;
}
