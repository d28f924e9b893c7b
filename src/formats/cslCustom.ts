import { fieldNamed } from '../data/fields.ts';
import { formatEdtf, isSameDate } from '../model/date.ts';
import { isSameName, type Name } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import { carriedName, isRecordName, recordNameOf, writeCarried, writeRecord } from './carried.ts';
import type { CslItem } from './cslFields.ts';
import { readPlain, textValue } from './cslRead.ts';
import { readCslNames, writeCslNames } from './cslValue.ts';
import { ItemWriter } from './cslWrite.ts';

/** Puts into `custom` what the item alone would not give back: fields under `bib:` and `ris:`, the type, and what is to be removed. */
export function addCustom(item: CslItem, reference: Reference): void {
  const back = readPlain(item);
  const custom: Record<string, unknown> = {};
  if (back.type !== reference.type) {
    custom['bib:type='] = reference.type;
  }
  const exact = new Map(reference.fields);
  for (const [name, value] of reference.fields) {
    if (sameValue(back.fields.get(name), value)) continue;
    const written = customValue(value);
    custom[customName(name)] = written;
    if (!sameValue(readCustomValue(name, written), value)) exact.delete(name);
  }
  const spelling = risSpelling(reference);
  if (spelling !== undefined) {
    custom['ris:LA'] = spelling;
  }
  const removed = [...back.fields.keys()].filter(name => !reference.fields.has(name));
  if (removed.length > 0) {
    custom['bib:without'] = removed;
  }
  if (reference.carried !== undefined) {
    custom[carriedName] = writeCarried(reference.carried, exact);
  }
  if (reference.record !== undefined) {
    custom[recordNameOf(reference.record, ':')] = writeRecord(reference.record, exact);
  }
  if (Object.keys(custom).length > 0) {
    item['custom'] = custom;
  }
}

/** How a RIS record spells the language that we know by its name in babel. */
function risSpelling({ source, fields }: Reference): string | undefined {
  const isKnown = source.format === 'ris' && fields.has('langid') && !fields.has('ris-la');
  return isKnown
    ? source.fields.find(field => field.name === 'LA' && field.field === 'langid')?.text.trim()
    : undefined;
}

const customName = (name: string): string =>
  name.startsWith('csl:')
    ? name.slice(4)
    : name.startsWith('ris-')
      ? `ris:${name.slice(4).toUpperCase()}`
      : `bib:${name}`;

/** Text, a list of texts, or a date in EDTF: readable, and enough to read it back by the kind of the field. */
function customValue(value: Value): unknown {
  switch (value.kind) {
    case 'text':
    case 'verbatim':
      return value.text;
    case 'list':
    case 'keywords':
      return value.items;
    case 'names':
      return writeCslNames(value);
    case 'date':
      return value.date.literal ?? formatEdtf(value.date) ?? '';
  }
}

/**
 * Fields of `custom` win over what the variables say, but only as long as the variables still say what they said when `custom` was
 * written: a title that was edited since stays as edited.
 */
export function applyCustom(
  plain: Omit<Reference, 'source'>,
  item: Readonly<Record<string, unknown>>,
  custom: Readonly<Record<string, unknown>>,
): Omit<Reference, 'source'> {
  const carried = new Map<string, Value>();
  for (const [name, value] of Object.entries(custom)) {
    if (name !== 'bib:type=' && name !== 'bib:without' && name !== carriedName && !isRecordName(name)) {
      const field = name.startsWith('bib:')
        ? name.slice(4)
        : name.startsWith('ris:')
          ? `ris-${name.slice(4).toLowerCase()}`
          : `csl:${name}`;
      carried.set(field, readCustomValue(field, value));
    }
  }
  const removed = new Set(Array.isArray(custom['bib:without']) ? custom['bib:without'].map(String) : []);
  const type = typeof custom['bib:type='] === 'string' ? custom['bib:type='] : plain.type;
  const all = new Map<string, Value>();
  for (const [name, value] of plain.fields) {
    if (!removed.has(name)) {
      all.set(name, carried.get(name) ?? value);
    }
  }
  for (const [name, value] of carried) {
    all.set(name, value);
  }
  const restored = { key: plain.key, type, fields: all };
  const again = new ItemWriter({ ...restored, source: { format: 'csl-json', type, fields: [] } }).write({
    notes: 'addresses',
  }).item;
  if (sameItem(again, item)) {
    return restored;
  }
  const kept = new Map(plain.fields);
  for (const [name, value] of carried) {
    if (!kept.has(name)) {
      kept.set(name, value);
    }
  }
  return { ...plain, fields: kept };
}

function sameItem(again: CslItem, item: Readonly<Record<string, unknown>>): boolean {
  const names = new Set([...Object.keys(again), ...Object.keys(item)]);
  names.delete('custom');
  return [...names].every(name => JSON.stringify(again[name]) === JSON.stringify(item[name]));
}

function readCustomValue(field: string, value: unknown): Value {
  const kind = fieldNamed(field)?.kind;
  if (kind === 'names') {
    const names = readCslNames(value);
    return names === undefined ? { kind: 'text', text: JSON.stringify(value) } : { kind: 'names', ...names };
  }
  if ((kind === 'list' || kind === 'keywords') && Array.isArray(value)) {
    return { kind, items: value.map(String) };
  }
  return textValue(field, typeof value === 'string' ? value : JSON.stringify(value));
}

/** Whether two values of a field are the same; dates by what they say. */
export function sameValue(a: Value | undefined, b: Value | undefined): boolean {
  if (a === undefined || b === undefined || a.kind !== b.kind) {
    return a === b;
  }
  if ((a.kind === 'text' || a.kind === 'verbatim') && a.kind === b.kind) {
    return a.text === b.text;
  }
  if (a.kind === 'names' && b.kind === 'names') {
    const { names } = b;
    return (
      a.others === b.others && a.names.length === names.length && a.names.every((name, i) => isSame(name, names[i]))
    );
  }
  if ((a.kind === 'list' || a.kind === 'keywords') && a.kind === b.kind) {
    const { items } = b;
    return a.items.length === items.length && a.items.every((item, i) => item === items[i]);
  }
  return a.kind === 'date' && b.kind === 'date' && isSameDate(a.date, b.date);
}

const isSame = (one: Name, other: Name | undefined): boolean => other !== undefined && isSameName(one, other);
