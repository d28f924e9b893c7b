import { canonicalFieldName } from '../data/fields.ts';
import { formatEdtf } from '../model/date.ts';
import { sortedName } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import { encodeEntities } from './risValue.ts';
import type { WrittenRecord } from './risWrite.ts';

/** Moves what a record could not take into notes (`bib:field: value`), from which the reader takes it back. */
export function withSidecarNotes(record: WrittenRecord, reference: Reference): WrittenRecord {
  const lost = new Set(record.losses.filter(loss => loss.reason === 'no-slot' || loss.reason === 'slot-taken'));
  const notes = [...reference.fields].flatMap(([field, value]) => {
    const losses = [...lost].filter(loss => canonicalFieldName(loss.field) === field || loss.field === field);
    const text = sidecarText(value);
    return losses.length === 0 || losses.some(loss => loss.value === 'and others') || text === undefined
      ? []
      : [{ losses, line: { tag: 'N1', text: `bib:${field}: ${text}` } }];
  });
  const carried = new Set(notes.flatMap(note => note.losses));
  return {
    ...record,
    lines: [...record.lines, ...notes.map(note => note.line)],
    losses: record.losses.filter(loss => !carried.has(loss)),
  };
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
  return value.kind === 'verbatim' ? text.trim() : encodeEntities(text.trim());
}
