import { formatEdtf } from '../model/date.ts';
import { sortedName } from '../model/name.ts';
import type { CarriedEntry, CarriedRecord, Reference, Value } from '../model/reference.ts';
import { carriedName, parseRecord, readCarried, recordNameOf, writeCarried, writeRecord } from './carried.ts';
import type { Loss } from './loss.ts';
import { typeNote, type RisLine } from './risLines.ts';
import { encodeEntities, withoutTagMark } from './risValue.ts';
import type { WrittenRecord } from './risWrite.ts';

/** Moves what a record could not take into notes (`bib:field: value`), from which the reader takes it back. */
export function withSidecarNotes(record: WrittenRecord, reference: Reference): WrittenRecord {
  const notes: { readonly losses: readonly Loss[]; readonly line: RisLine }[] = [];
  for (const [field, value] of record.lost.size === 0 ? [] : reference.fields) {
    const losses =
      record.lost.get(field)?.filter(({ reason }) => reason === 'no-slot' || reason === 'slot-taken') ?? [];
    const text = losses.length === 0 ? undefined : sidecarText(value);
    if (text !== undefined) notes.push({ losses, line: { tag: 'N1', text: `bib:${field}: ${text}` } });
  }
  const typeLosses = record.losses.filter(loss => loss.reason === 'type');
  const typeLines = typeLosses.length === 0 ? [] : [typeNote(reference.type)];
  const told = new Set([...typeLosses, ...notes.flatMap(note => note.losses)]);
  const records = reference.record === undefined ? [] : [recordLine(reference.record)];
  const lines = [...record.lines, ...typeLines, ...notes.map(note => note.line), ...records];
  const { carried } = reference;
  if (carried === undefined) {
    // The record as it was says everything, unless it is of another format and came along before.
    const isWhole = reference.record?.format === reference.source.format;
    return { ...record, lines, losses: isWhole ? [] : record.losses.filter(loss => !told.has(loss)) };
  }
  // The entry as it was says everything.
  const entry = { tag: 'N1', text: `${carriedMark}${jsonLine(writeCarried(carried, noFields))}` };
  return { ...record, lines: [...lines, entry], losses: [] };
}

/** RIS gives few values back exactly as they were: a note holds the whole record. */
const noFields = new Map<string, Value>();

function jsonLine(value: unknown): string {
  const json = JSON.stringify(value);
  return tagMark.test(json) ? json.replaceAll('  -', '\\u0020 -') : json;
}

const tagMark = / {2}-/u;

const recordLine = (record: CarriedRecord): RisLine => ({
  tag: 'N1',
  text: `${recordNameOf(record, ':')}: ${jsonLine(writeRecord(record, noFields))}`,
});

/** The record of another format that a line carries. */
export function recordOfLine({ tag, text }: RisLine): CarriedRecord | undefined {
  const end = tag === 'N1' ? text.indexOf(': {') : -1;
  return end < 0 ? undefined : parseRecord(text.slice(0, end), text.slice(end + 2))?.(noFields);
}

const carriedMark = `${carriedName}: `;

/** Whether a line is no note but a BibTeX entry that is carried along. */
export const isCarriedLine = ({ tag, text }: RisLine): boolean => tag === 'N1' && text.startsWith(carriedMark);

/** The BibTeX entry that a record was. */
export function carriedIn(lines: readonly RisLine[]): CarriedEntry | undefined {
  const line = lines.find(isCarriedLine);
  if (line === undefined) {
    return undefined;
  }
  try {
    return readCarried(JSON.parse(line.text.slice(carriedMark.length)), noFields);
  } catch {
    return undefined; // somebody wrote in it: the other lines say what is left
  }
}

/** A value that one line can hold; undefined for one that it cannot. */
function sidecarText(value: Value): string | undefined {
  const text =
    value.kind === 'names'
      ? value.names.map(sortedName).join('; ')
      : value.kind === 'date'
        ? (formatEdtf(value.date) ?? value.date.literal)
        : value.kind === 'list' || value.kind === 'keywords'
          ? value.items.join('; ')
          : value.text;
  if (text === undefined || /[\r\n]/u.test(text)) {
    return undefined;
  }
  const line = withoutTagMark(text.trim());
  return value.kind === 'verbatim' ? line : encodeEntities(line);
}
