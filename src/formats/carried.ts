import type { CarriedEntry, CarriedRecord, Value } from '../model/reference.ts';
import { foldRecord, unfoldRecord } from './carriedLayout.ts';

/** The values that stand beside a carried record, so that it need not repeat them. */
type Fields = ReadonlyMap<string, Value>;

/** What stands between two entries unless something else is said. */
export const usualGap = '\n\n';

/** A carried entry as JSON takes it along, for `custom` of CSL-JSON and notes of RIS. */
export function writeCarried(entry: CarriedEntry, fields: Fields): Record<string, unknown> {
  const { text, before, after, strings, inherited } = entry;
  return {
    layout: foldRecord(text, 'bibtex', fields),
    ...(before !== usualGap && { before }),
    ...(after !== '' && { after }),
    ...(Object.keys(strings).length > 0 && { strings }),
    ...(inherited.length > 0 && { inherited }),
  };
}

/** Undefined when it is nothing that `writeCarried` wrote. */
export function readCarried(value: unknown, fields: Fields): CarriedEntry | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { layout, before = usualGap, after = '', strings, inherited } = value as Readonly<Record<string, unknown>>;
  if (typeof layout !== 'string' || typeof before !== 'string' || typeof after !== 'string') {
    return undefined;
  }
  return {
    text: unfoldRecord(layout, 'bibtex', fields),
    before,
    after,
    strings:
      typeof strings === 'object' && strings !== null
        ? Object.fromEntries(Object.entries(strings).map(([name, meaning]) => [name, String(meaning)]))
        : {},
    inherited: Array.isArray(inherited) ? inherited.map(String) : [],
  };
}

/** The name of the sidecar that holds it. */
export const carriedName = 'bib:entry';

/** Formats whose records are carried as they stand; BibTeX has `bib:entry`. */
const recordFormats: ReadonlySet<string> = new Set(['ris', 'csl-json', 'pubmed', 'refer', 'endnote-xml']);

export const canCarry = (format: string): boolean => recordFormats.has(format);

/** The names of the sidecars that hold a record: `ris:record` in CSL and RIS, `ris-record` as a field of BibTeX. */
const recordName = /^([a-z]+(?:-[a-z]+)?)[:-]record$/u;

export const recordNameOf = ({ format }: CarriedRecord, mark: ':' | '-'): string => `${format}${mark}record`;

/** Whether a name is that of a carried record. */
export function isRecordName(name: string): boolean {
  const format = name.endsWith('record') ? recordName.exec(name)?.[1] : undefined;
  return format !== undefined && canCarry(format);
}

/** A carried record as JSON takes it along, beside the fields that it is to be read with. */
export const writeRecord = (
  { format, text, before, after }: CarriedRecord,
  fields: Fields,
): Record<string, unknown> => ({
  layout: foldRecord(text, format, fields),
  ...(before !== usualGap && { before }),
  ...(after !== '' && { after }),
});

/** A carried record that has yet to be put together with the fields beside it. */
export type FoldedRecord = (fields: Fields) => CarriedRecord;

/** Undefined when it is nothing that `writeRecord` wrote. */
function readRecord(name: string, value: unknown): FoldedRecord | undefined {
  const format = isRecordName(name) ? recordName.exec(name)?.[1] : undefined;
  if (format === undefined || typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { layout, before = usualGap, after = '' } = value as Readonly<Record<string, unknown>>;
  return typeof layout === 'string' && typeof before === 'string' && typeof after === 'string'
    ? fields => ({ format, text: unfoldRecord(layout, format, fields), before, after })
    : undefined;
}

/** The record that members of `custom` carry. */
export function recordIn(members: Readonly<Record<string, unknown>>): FoldedRecord | undefined {
  const name = Object.keys(members).find(isRecordName);
  return name === undefined ? undefined : readRecord(name, members[name]);
}

/** A carried record in a text of JSON. */
export function parseRecord(name: string, json: string): FoldedRecord | undefined {
  try {
    return readRecord(name, JSON.parse(json));
  } catch {
    return undefined; // somebody wrote in it: the fields say what is left
  }
}
