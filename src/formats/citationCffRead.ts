import { datePoint, parseDate } from '../model/date.ts';
import { person, type Name } from '../model/name.ts';
import type { Reference } from '../model/reference.ts';
import type { YamlMap, YamlValue } from '../syntax/yaml.ts';
import { isCopyMark, keyDescription, nobody, noTitle } from './citationCffWords.ts';
import { DocumentDraft } from './documentDraft.ts';

/** Types of references (schema 1.2.0) with BibLaTeX type and subtype. */
export const cffTypes: Readonly<Record<string, readonly [type: string, subtype?: string]>> = {
  article: ['article'],
  'magazine-article': ['article', 'magazine'],
  'newspaper-article': ['article', 'newspaper'],
  book: ['book'],
  'edited-work': ['collection'],
  'conference-paper': ['inproceedings'],
  proceedings: ['proceedings'],
  conference: ['misc', 'event'],
  thesis: ['thesis'],
  report: ['report'],
  'government-document': ['report', 'government'],
  website: ['online'],
  blog: ['online', 'blog'],
  multimedia: ['online', 'multimedia'],
  data: ['dataset'],
  dataset: ['dataset'],
  database: ['dataset', 'database'],
  software: ['software'],
  'software-code': ['software', 'code'],
  'software-container': ['software', 'container'],
  'software-executable': ['software', 'executable'],
  'software-virtual-machine': ['software', 'virtual-machine'],
  generic: ['misc'],
  unpublished: ['unpublished'],
  slides: ['unpublished', 'speech'],
  manual: ['manual'],
  pamphlet: ['booklet'],
  patent: ['patent'],
  standard: ['standard'],
  serial: ['periodical'],
  'personal-communication': ['letter'],
  art: ['artwork'],
  video: ['video'],
  audiovisual: ['video', 'audiovisual'],
  'film-broadcast': ['movie'],
  'sound-recording': ['audio'],
  music: ['music'],
  'legal-case': ['jurisdiction'],
  hearing: ['jurisdiction', 'hearing'],
  statute: ['legislation'],
  bill: ['legislation', 'bill'],
  'legal-rule': ['legislation', 'regulation'],
  dictionary: ['inreference', 'dictionary'],
  encyclopedia: ['inreference'],
  catalogue: ['book', 'catalog'],
  'historical-work': ['book', 'classical'],
  map: ['misc', 'map'],
  grant: ['misc', 'grant'],
};

/** Members that hold one text each, with their fields. */
export const cffFields: Readonly<Record<string, string>> = {
  title: 'title',
  abbreviation: 'shorttitle',
  abstract: 'abstract',
  copyright: 'copyright',
  database: 'source',
  doi: 'doi',
  edition: 'edition',
  isbn: 'isbn',
  issn: 'issn',
  'issue-title': 'issuetitle',
  journal: 'journaltitle',
  medium: 'howpublished',
  notes: 'note',
  number: 'number',
  'number-volumes': 'volumes',
  pages: 'pagetotal',
  pmcid: 'pmcid',
  section: 'section',
  'thesis-type': 'type',
  url: 'url',
  version: 'version',
  volume: 'volume',
  'collection-title': 'booktitle',
  'volume-title': 'volume-title',
};

/** Members that hold lists of persons. */
export const cffPeople: Readonly<Record<string, string>> = {
  authors: 'author',
  editors: 'editor',
  'editors-series': 'collection-editor',
  translators: 'translator',
  recipients: 'recipient',
};

export const cffStates: Readonly<Record<string, string>> = {
  'in-press': 'inpress',
  'in-preparation': 'inpreparation',
  submitted: 'submitted',
  preprint: 'preprint',
};

const institutional = new Set(['thesis', 'report']);
const hosted = new Set(['inproceedings', 'inreference', 'incollection', 'inbook']);

/** The field of a collection's title: what a part is part of, else the series. */
export const collectionField = (type: string): string => (hosted.has(type) ? 'booktitle' : 'series');

export function readCffReference(entry: YamlMap): Pick<Reference, 'key' | 'type' | 'fields'> {
  const named = typeof entry['type'] === 'string' ? entry['type'] : 'generic';
  const row = Object.hasOwn(cffTypes, named) ? cffTypes[named] : undefined;
  const [plain, subtype] = row ?? (['misc', named] as const);
  // A part of a collection has no type of its own.
  const type = named === 'generic' && 'collection-title' in entry && 'editors' in entry ? 'incollection' : plain;
  const draft = new DocumentDraft('cff');
  draft.put('entrysubtype', subtype ?? '');
  let key = '';
  for (const [name, value] of Object.entries(entry)) {
    if (name === 'identifiers') {
      key = readIdentifiers(value, draft);
    } else if (name !== 'type' && value !== null) {
      readMember(name, value, entry, { draft, type });
    }
  }
  return { key, type, fields: draft.fields };
}

interface Context {
  readonly draft: DocumentDraft;
  readonly type: string;
}

const dates = new Set(['date-published', 'date-released', 'year', 'month']);

function readMember(name: string, value: YamlValue, entry: YamlMap, { draft, type }: Context): void {
  const text = scalar(value);
  if (Object.hasOwn(cffPeople, name)) {
    readPeople(value, cffPeople[name] ?? name, draft);
  } else if (dates.has(name)) {
    readDate(name, entry, draft);
  } else if (name === 'start' || name === 'end') {
    if (name === 'start' || !('start' in entry)) {
      draft.putPages([scalar(entry['start']), scalar(entry['end'])].filter(page => page !== undefined).join('–'));
    }
  } else if (name === 'keywords' && Array.isArray(value)) {
    draft.set('keywords', {
      kind: 'keywords',
      items: (value as readonly YamlValue[]).map(word => scalar(word) ?? JSON.stringify(word)),
    });
  } else if (name === 'languages' && Array.isArray(value)) {
    (value as readonly YamlValue[]).forEach(language => {
      draft.putLanguage(scalar(language) ?? '');
    });
  } else if (name === 'publisher' || name === 'institution' || name === 'conference' || name === 'location') {
    readEntity(name, value, draft, type);
  } else if (text === undefined) {
    draft.keep(name, JSON.stringify(value));
  } else if (name === 'date-accessed') {
    draft.put('urldate', text, name);
  } else if (name === 'issue') {
    draft.put('number', text, name);
  } else if (name === 'number') {
    draft.put('issue' in entry ? 'eid' : 'number', text, name);
  } else if (name === 'status') {
    draft.put('pubstate', cffStates[text] ?? text, name);
  } else if (name === 'thesis-type') {
    draft.putType(text, name);
  } else if (name === 'collection-title') {
    draft.put(collectionField(type), text, name);
  } else if (name === 'year-original') {
    draft.put('origdate', text, name);
  } else if (name === 'title' && text === noTitle) {
    return;
  } else if (name !== 'volume-title' && Object.hasOwn(cffFields, name)) {
    draft.put(cffFields[name] ?? name, text, name);
  } else {
    draft.keep(name, text);
  }
}

/** Year and month may stand beside a full date of the same year; another one is kept. */
function readDate(name: string, entry: YamlMap, draft: DocumentDraft): void {
  const full = scalar(entry['date-published']) ?? scalar(entry['date-released']);
  const [year, month] = [scalar(entry['year']), scalar(entry['month'])];
  const parts =
    year === undefined ? undefined : month === undefined ? year : `${year.padStart(4, '0')}-${month.padStart(2, '0')}`;
  const own = scalar(entry[name]);
  if (full === undefined && parts === undefined) {
    draft.keep(name, own ?? '');
    return;
  }
  const date = parseDate(full ?? parts ?? '');
  const point = datePoint(date.start);
  const isSaid =
    name === 'year' ? point?.year === Number(own) : name === 'month' ? point?.month === Number(own) : own === full;
  draft.set('date', { kind: 'date', date });
  if (!isSaid) {
    draft.keep(name, own ?? '');
  }
}

function readEntity(name: string, value: YamlValue, draft: DocumentDraft, type: string): void {
  if (!isMap(value)) {
    draft.keep(name, scalar(value) ?? JSON.stringify(value));
    return;
  }
  const nameField =
    name === 'conference'
      ? 'eventtitle'
      : name === 'location'
        ? 'location'
        : name === 'institution' || institutional.has(type)
          ? 'institution'
          : 'publisher';
  const placeField = name === 'conference' ? 'venue' : 'location';
  const place = ['address', 'city', 'location', 'region', 'country'].filter(part => part in value);
  draft.put(nameField, scalar(value['name']) ?? '', name);
  draft.put(placeField, place.map(part => scalar(value[part]) ?? '').join(', '), `${name}-place`);
  const days = [scalar(value['date-start']), scalar(value['date-end'])].filter(day => day !== undefined);
  if (name === 'conference' && days.length > 0) {
    draft.put('eventdate', days.join('/'));
  }
  for (const [part, own] of Object.entries(value)) {
    const isRead = part === 'name' || place.includes(part) || (name === 'conference' && part.startsWith('date-'));
    if (!isRead) {
      draft.keep(`${name}-${part}`, scalar(own) ?? JSON.stringify(own));
    }
  }
}

function readIdentifiers(value: YamlValue, draft: DocumentDraft): string {
  let key = '';
  for (const one of Array.isArray(value) ? (value as readonly YamlValue[]) : []) {
    const map = isMap(one) ? one : {};
    const text = scalar(map['value']);
    const type = scalar(map['type']);
    if (text !== undefined && map['description'] === keyDescription) {
      key = text;
    } else if (text !== undefined && (type === 'doi' || type === 'url')) {
      draft.put(type, text, 'identifier');
      if (map['description'] !== undefined) {
        draft.keep('identifier-description', scalar(map['description']) ?? '');
      }
    } else if (text === undefined || !isCopyMark(text)) {
      draft.keep('identifier', JSON.stringify(one));
    }
  }
  return key;
}

function readPeople(value: YamlValue, field: string, draft: DocumentDraft): void {
  const all = Array.isArray(value) ? (value as readonly YamlValue[]) : [value];
  const names: Name[] = [];
  for (const one of all) {
    const part = (name: string): string => (isMap(one) ? (scalar(one[name]) ?? '') : '');
    if (!isMap(one)) {
      names.push({ literal: scalar(one) ?? JSON.stringify(one) });
      continue;
    }
    const family = part('family-names') || part('given-names');
    const name: Name | undefined =
      part('name') !== ''
        ? { literal: part('name') }
        : family === ''
          ? part('alias') === ''
            ? undefined
            : { literal: part('alias') }
          : person({
              family,
              given: part('family-names') === '' ? '' : part('given-names'),
              prefix: part('name-particle'),
              suffix: part('name-suffix'),
            });
    if (name !== undefined && !('literal' in name && name.literal === nobody)) {
      names.push(name);
    }
    for (const [member, own] of Object.entries(one)) {
      const isNamed = /^(?:name|family-names|given-names|name-particle|name-suffix)$/u.test(member);
      if (!isNamed && !(member === 'alias' && name !== undefined && 'literal' in name)) {
        draft.keep(`${field}-${member}`, scalar(own) ?? JSON.stringify(own));
      }
    }
  }
  if (names.length > 0) {
    draft.set(field, { kind: 'names', names, others: false });
  }
}

const scalar = (value: YamlValue | undefined): string | undefined =>
  value === null || value === undefined || typeof value === 'object' ? undefined : String(value);

const isMap = (value: YamlValue | undefined): value is YamlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
