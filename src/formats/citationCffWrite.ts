import { languageTag } from '../data/languages.ts';
import { typeKeys } from '../data/types.ts';
import { datePoint, formatEdtf } from '../model/date.ts';
import { bareDoi } from '../model/describe.ts';
import { withoutMarkup } from '../model/markup.ts';
import type { Name } from '../model/name.ts';
import type { Reference } from '../model/reference.ts';
import type { YamlMap, YamlValue } from '../syntax/yaml.ts';
import { cffFields, cffPeople, cffStates, cffTypes, collectionField } from './citationCffRead.ts';
import { copyMark, keyDescription, nobody, noTitle } from './citationCffWords.ts';
import { markupText } from './fieldBag.ts';

/** What the schema demands of a value (CFF 1.2.0); others would make the file invalid. */
const demands: Readonly<Record<string, RegExp>> = {
  doi: /^10\.\d{4,9}(?:\.\d+)?\/[A-Za-z0-9:/_;\-.()[\]\\]+$/u,
  isbn: /^[0-9\- ]{10,17}X?$/u,
  issn: /^\d{4}-\d{3}[\dxX]$/u,
  pmcid: /^PMC\d{7}$/u,
  url: /^(?:https|http|ftp|sftp):\/\/\S+$/u,
};

const whole = new Set(['volume', 'pages', 'number-volumes']);

interface Options {
  readonly lossless: boolean;
  /** How many references written like this one the file has with it. */
  readonly copy: number;
}

/** A reference as the schema allows it. */
export function writeCffReference(reference: Reference, { lossless, copy }: Options): YamlMap {
  const entry: Record<string, YamlValue> = {
    type: typeOf(reference),
    title: textOf(reference, 'title') ?? noTitle,
    authors: [{ name: nobody }],
  };
  for (const [member, field] of Object.entries(cffPeople)) {
    const value = reference.fields.get(field);
    if (value?.kind === 'names' && value.names.length > 0) {
      const people = value.names.map(writeName).filter(person => Object.keys(person).length > 0);
      if (people.length > 0) {
        entry[member] = distinct(people);
      }
    }
  }
  for (const [member, field] of Object.entries(cffFields)) {
    const text = textOf(reference, member === 'collection-title' ? collectionField(reference.type) : field);
    const value = text === undefined ? undefined : scalarFor(member, text);
    if (value !== undefined && member !== 'volume-title' && !(member === 'number' && reference.type === 'article')) {
      entry[member] = value;
    }
  }
  writeNumbers(reference, entry);
  writeDates(reference, entry);
  writeEntities(reference, entry);
  const keywords = reference.fields.get('keywords');
  if (keywords?.kind === 'keywords' && keywords.items.length > 0) {
    entry['keywords'] = distinct(keywords.items.map(withoutMarkup));
  }
  const language = languageTag(textOf(reference, 'langid') ?? textOf(reference, 'language') ?? '');
  if (language !== undefined && /^[a-z]{2,3}$/u.test(language)) {
    entry['languages'] = [language];
  }
  const identifiers = [
    ...(lossless && reference.key !== '' ? [{ type: 'other', value: reference.key, description: keyDescription }] : []),
    ...(copy > 1 ? [{ type: 'other', value: copyMark(copy) }] : []),
  ];
  if (identifiers.length > 0) {
    entry['identifiers'] = identifiers;
  }
  return entry;
}

/** The schema wants every item of a list once. */
function distinct(values: readonly YamlValue[]): YamlValue[] {
  const seen = new Set<string>();
  return values.filter(value => {
    const text = JSON.stringify(value);
    const isNew = !seen.has(text);
    seen.add(text);
    return isNew;
  });
}

function typeOf(reference: Reference): string {
  const subtype = textOf(reference, 'entrysubtype')?.toLowerCase();
  const fits = Object.entries(cffTypes).filter(([name, [type]]) => type === reference.type && name !== 'dataset');
  const found = fits.find(([, [, own]]) => own === subtype) ?? fits.find(([, [, own]]) => own === undefined);
  return found?.[0] ?? 'generic';
}

function textOf(reference: Reference, field: string): string | undefined {
  const value = reference.fields.get(field);
  const text = value === undefined ? '' : withoutMarkup(markupText(value)).trim();
  return text === '' ? undefined : text;
}

function scalarFor(member: string, text: string): YamlValue | undefined {
  if (whole.has(member)) {
    return /^\d{1,9}$/u.test(text) && String(Number(text)) === text ? Number(text) : undefined;
  }
  const value = member === 'doi' ? bareDoi(text) : member === 'thesis-type' ? (typeKeys[text] ?? text) : text;
  return Object.hasOwn(demands, member) && demands[member]?.test(value) !== true ? undefined : value;
}

function writeNumbers(reference: Reference, entry: Record<string, YamlValue>): void {
  const number = textOf(reference, 'number');
  const eid = textOf(reference, 'eid');
  if (reference.type === 'article' && number !== undefined) {
    entry['issue'] = number;
  }
  if (eid !== undefined && 'issue' in entry) {
    entry['number'] = eid;
  }
  const pages = /^(\d{1,9})(?:\s?[–-]{1,2}\s?(\d{1,9}))?$/u.exec(textOf(reference, 'pages') ?? '');
  if (pages?.[1] !== undefined) {
    entry['start'] = Number(pages[1]);
    if (pages[2] !== undefined) {
      entry['end'] = Number(pages[2]);
    }
  }
  const state = textOf(reference, 'pubstate');
  const status = Object.entries(cffStates).find(([, own]) => own === state)?.[0];
  if (status !== undefined) {
    entry['status'] = status;
  }
}

const day = /^\d{4}-\d{2}-\d{2}$/u;

function writeDates(reference: Reference, entry: Record<string, YamlValue>): void {
  const date = reference.fields.get('date');
  const point = date?.kind === 'date' ? datePoint(date.date.start) : undefined;
  if (point !== undefined) {
    const iso = formatEdtf({
      start: {
        year: point.year,
        ...(point.month !== undefined && { month: point.month }),
        ...(point.day !== undefined && { day: point.day }),
      },
    });
    if (iso !== undefined && day.test(iso)) {
      entry['date-published'] = iso;
    }
    entry['year'] = point.year;
    if (point.month !== undefined) {
      entry['month'] = point.month;
    }
  }
  const accessed = dayOf(reference, 'urldate');
  if (accessed !== undefined) {
    entry['date-accessed'] = accessed;
  }
  const original = reference.fields.get('origdate');
  const year = original?.kind === 'date' ? datePoint(original.date.start)?.year : undefined;
  if (year !== undefined) {
    entry['year-original'] = year;
  }
}

function dayOf(reference: Reference, field: string): string | undefined {
  const value = reference.fields.get(field);
  const iso = value?.kind === 'date' ? formatEdtf(value.date) : undefined;
  return iso !== undefined && day.test(iso) ? iso : undefined;
}

function writeEntities(reference: Reference, entry: Record<string, YamlValue>): void {
  const place = textOf(reference, 'location');
  const publisher = textOf(reference, 'publisher');
  const institution = textOf(reference, 'institution');
  const event = textOf(reference, 'eventtitle');
  if (publisher !== undefined) {
    entry['publisher'] = { name: publisher, ...(place !== undefined && { address: place }) };
  }
  if (institution !== undefined) {
    entry['institution'] = {
      name: institution,
      ...(place !== undefined && publisher === undefined && { address: place }),
    };
  }
  if (place !== undefined && publisher === undefined && institution === undefined) {
    entry['location'] = { name: place };
  }
  if (event !== undefined) {
    const venue = textOf(reference, 'venue');
    const date = reference.fields.get('eventdate');
    const [start, end] = date?.kind === 'date' ? (formatEdtf(date.date) ?? '').split('/') : [];
    entry['conference'] = {
      name: event,
      ...(venue !== undefined && { location: venue }),
      ...(start !== undefined && day.test(start) && { 'date-start': start }),
      ...(end !== undefined && day.test(end) && { 'date-end': end }),
    };
  }
}

/** The schema wants no empty parts. */
const writeName = (name: Name): YamlMap =>
  'literal' in name
    ? { ...(name.literal !== '' && { name: name.literal }) }
    : {
        ...(name.family !== '' && { 'family-names': name.family }),
        ...(name.given !== undefined && { 'given-names': name.given }),
        ...(name.prefix !== undefined && { 'name-particle': name.prefix }),
        ...(name.suffix !== undefined && { 'name-suffix': name.suffix }),
      };
