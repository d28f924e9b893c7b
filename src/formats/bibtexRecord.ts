import type { CarriedRecord } from '../model/reference.ts';
import type { WrittenField } from './bibtexDialect.ts';
import { isRecordName, parseRecord, recordNameOf, writeRecord } from './carried.ts';

/** A record of another format as a field that no style knows: JSON whose strings have no brace and no `@`. */
export function recordField(record: CarriedRecord): WrittenField {
  const json = JSON.stringify(writeRecord(record)).slice(1, -1);
  const text = json.replace(/[{}@]/gu, char => `\\u00${char.charCodeAt(0).toString(16)}`);
  return { name: recordNameOf(record, '-'), text: `{{${text}}}` };
}

/** The record that a field with such a name carries; undefined for any other field. */
export const recordInField = (name: string, text: string): CarriedRecord | undefined =>
  isRecordName(name) && text.startsWith('{{')
    ? parseRecord(name.replace(/-record$/u, ':record'), text.slice(1, -1))
    : undefined;
