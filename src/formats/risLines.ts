import { parseRecord } from '../syntax/taggedRecord.ts';
import type { Span } from '../text/span.ts';

/** A line of a record: its tag in upper case and its value as it stands in the file, continuation lines included. */
export interface RisLine {
  readonly tag: string;
  readonly text: string;
}

/** The tag lines of a record in order. */
export const risLines = (text: string, record: Span): RisLine[] =>
  parseRecord(text, record).lines.map(line => ({
    tag: text.slice(record.start + line.tag.start, record.start + line.tag.end).toUpperCase(),
    text: text.slice(record.start + line.value.start, record.start + line.end),
  }));
