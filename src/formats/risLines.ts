import { parseRecord } from '../syntax/taggedRecord.ts';
import type { FileText } from '../text/fileText.ts';
import type { Span } from '../text/span.ts';

/** A line of a record: its tag in upper case and its value as it stands in the file, continuation lines included. */
export interface RisLine {
  readonly tag: string;
  readonly text: string;
}

/** The tag lines of a record in order. */
export const risLines = (text: FileText, record: Span): RisLine[] =>
  parseRecord(text, record).lines.map(line => ({
    tag: text.slice(record.start + line.tag.start, record.start + line.tag.end).toUpperCase(),
    text: text.slice(record.start + line.value.start, record.start + line.end),
  }));

const typeMark = 'bib:type=: ';

/** The note in which a lossless conversion tells a type that RIS does not have. */
export const typeNote = (type: string): RisLine => ({ tag: 'N1', text: typeMark + type });

/** The type that a note tells; undefined for any other line. */
export const typeInNote = ({ tag, text }: RisLine): string | undefined =>
  tag === 'N1' && text.startsWith(typeMark) ? text.slice(typeMark.length).trim().toLowerCase() : undefined;
