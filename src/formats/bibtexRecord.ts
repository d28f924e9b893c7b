import { canonicalFieldName } from '../data/fields.ts';
import type { CarriedRecord, Reference, Value } from '../model/reference.ts';
import type { WrittenField } from './bibtexDialect.ts';
import { readTexValue } from './bibtexValue.ts';
import { isRecordName, parseRecord, recordNameOf, writeRecord, type FoldedRecord } from './carried.ts';
import { isLong } from './carriedLayout.ts';
import { sameValue } from './cslCustom.ts';

/** The record that a reference was, as a field that no style knows: JSON whose strings have no brace and no `@`. */
export function recordField(
  record: CarriedRecord,
  reference: Reference,
  written: readonly WrittenField[],
): WrittenField {
  const json = JSON.stringify(writeRecord(record, exactValues(reference, written))).slice(1, -1);
  const text = json.replace(/[{}@]/gu, char => `\\u00${char.charCodeAt(0).toString(16)}`);
  return { name: recordNameOf(record, '-'), text: `{{${text}}}` };
}

/** The values that the fields of the entry give back as they were: the record need not say them again. */
function exactValues({ fields }: Reference, written: readonly WrittenField[]): Map<string, Value> {
  const exact = new Map<string, Value>();
  for (const { name, text } of written) {
    const field = canonicalFieldName(name);
    const value = fields.get(field);
    if (value !== undefined && isLong(value) && isExact(field, value, text.slice(1, -1))) {
      exact.set(field, value);
    }
  }
  return exact;
}

const isExact = (field: string, value: Value, tex: string): boolean =>
  (value.kind === 'names' && !/[\\{=]/u.test(tex)) || sameValue(readTexValue(field, tex), value);

/** The record that a field with such a name carries; undefined for any other field. */
export const recordInField = (name: string, text: string): FoldedRecord | undefined =>
  isRecordName(name) && text.startsWith('{{')
    ? parseRecord(name.replace(/-record$/u, ':record'), text.slice(1, -1))
    : undefined;
