import { parseDate } from '../model/date.ts';
import { parseSortedName, person, type Name } from '../model/name.ts';
import type { Reference } from '../model/reference.ts';
import type { YamlMap, YamlValue } from '../syntax/yaml.ts';
import { DocumentDraft } from './documentDraft.ts';
import { decodeChunks } from './hayagrivaText.ts';
import { parentTypes, typeOfHayagriva } from './hayagrivaTypes.ts';

/** The type and fields of an entry. */
export function readHayagrivaEntry(entry: YamlMap): Pick<Reference, 'type' | 'fields'> {
  const kind = typeOf(entry, 'misc');
  const parents = parentsOf(entry, kind);
  const events = parents.filter(parent => parent.kind === 'conference');
  const host = parents.find(parent => parent.kind !== 'conference') ?? (kind === 'article' ? events[0] : undefined);
  const isBookSeries = kind === 'book' && host?.kind === 'book' && !('page-range' in entry);
  const row = typeOfHayagriva(kind, isBookSeries ? '' : (host?.kind ?? ''));
  const type = row?.type ?? 'misc';
  const draft = new DocumentDraft('hayagriva');
  if (row === undefined || row.subtype !== undefined) {
    draft.put('entrysubtype', row?.subtype ?? kind);
  }
  readMembers(entry, { draft, type, level: 'own' });
  const isPart = periodicals.has(type) || parts.has(type) || type === 'online';
  for (const parent of parents) {
    if (parent === host) {
      readHost(parent, draft, type, isPart);
    } else if (parent.kind === 'conference' && parent === events[0]) {
      readEvent(parent.entry, draft);
    } else {
      draft.keep('parent', JSON.stringify(parent.entry));
    }
  }
  return { type, fields: draft.fields };
}

/** Fields of `affiliated`, by role. */
export const hayagrivaRoles: Readonly<Record<string, string>> = {
  translator: 'translator',
  afterword: 'afterword',
  foreword: 'foreword',
  introduction: 'introduction',
  annotator: 'annotator',
  commentator: 'commentator',
  holder: 'holder',
  compiler: 'compiler',
  collaborator: 'contributor',
  organizer: 'organizer',
  'cast-member': 'performer',
  composer: 'composer',
  producer: 'producer',
  'executive-producer': 'executive-producer',
  writer: 'script-writer',
  director: 'director',
  illustrator: 'illustrator',
  narrator: 'narrator',
};

/** Members whose value goes into one field whatever the type. */
const simple: Readonly<Record<string, string>> = {
  abstract: 'abstract',
  annote: 'annotation',
  archive: 'archive',
  'archive-location': 'archive_location',
  'call-number': 'library',
  chapter: 'chapter',
  doi: 'doi',
  edition: 'edition',
  genre: 'type',
  isbn: 'isbn',
  issn: 'issn',
  issue: 'number',
  location: 'location',
  note: 'note',
  organization: 'organization',
  'page-range': 'pages',
  'page-total': 'pagetotal',
  publisher: 'publisher',
  volume: 'volume',
  'volume-total': 'volumes',
};

const versioned = new Set(['software', 'online', 'dataset']);
const institutional = new Set(['thesis', 'report']);
const periodicals = new Set(['article', 'suppperiodical']);
const parts = new Set('inbook bookinbook suppbook incollection suppcollection inproceedings inreference'.split(' '));

interface Parent {
  readonly kind: string;
  readonly entry: YamlMap;
}

function parentsOf(entry: YamlMap, kind: string): Parent[] {
  const value = entry['parent'];
  const all = Array.isArray(value) ? (value as readonly YamlValue[]) : [value];
  return all.filter(isMap).map(parent => ({ kind: typeOf(parent, parentTypes[kind] ?? ''), entry: parent }));
}

const typeOf = (entry: YamlMap, usual: string): string =>
  typeof entry['type'] === 'string' ? entry['type'].toLowerCase() : usual === '' ? 'misc' : usual;

const isMap = (value: unknown): value is YamlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface Context {
  readonly draft: DocumentDraft;
  readonly type: string;
  readonly level: 'own' | 'host';
}

function readMembers(entry: YamlMap, context: Context): void {
  for (const [name, value] of Object.entries(entry)) {
    if (name !== 'type' && name !== 'parent' && value !== null) {
      readMember(name, value, context);
    }
  }
}

/** Members that are text with marks of Hayagriva's own. */
export const chunked = new Set([
  'title',
  'publisher',
  'location',
  'archive',
  'archive-location',
  'note',
  'abstract',
  'annote',
  'genre',
]);

function readMember(name: string, value: YamlValue, context: Context): void {
  const { draft, type, level } = context;
  const label = level === 'host' ? `parent-${name}` : name;
  const text = chunked.has(name) ? formatted(value) : scalar(value);
  if (name === 'title') {
    readTitle(value, context);
  } else if (name === 'author' || name === 'editor') {
    const field = level === 'host' ? (name === 'author' ? 'bookauthor' : 'editor') : name;
    readPeople(value, field, draft);
  } else if (name === 'affiliated') {
    readAffiliated(value, draft);
  } else if (name === 'date' && text !== undefined) {
    draft.set('date', { kind: 'date', date: parseDate(text.startsWith('~') ? `${text.slice(1)}~` : text) }, label);
  } else if (name === 'url') {
    draft.put('url', (isMap(value) ? scalar(value['value']) : text) ?? '', label);
    const accessed = isMap(value) ? scalar(value['date']) : undefined;
    if (accessed !== undefined) {
      draft.put('urldate', accessed, `${label}-date`);
    }
  } else if (name === 'serial-number') {
    readSerial(value, context);
  } else if (name === 'publisher' && isMap(value) && 'name' in value) {
    draft.put('publisher', formatted(value['name']) ?? '', label);
    draft.put('location', formatted(value['location']) ?? '', 'location');
  } else if (name === 'language' && text !== undefined) {
    draft.putLanguage(text);
  } else if (name === 'page-range' && text !== undefined) {
    draft.putPages(text, label);
  } else if (name === 'organization' && text !== undefined && institutional.has(type)) {
    draft.put('institution', text, label);
  } else if (name === 'genre' && text !== undefined) {
    draft.putType(text, label);
  } else if (text !== undefined && Object.hasOwn(simple, name)) {
    draft.put(simple[name] ?? name, text, label);
  } else {
    draft.keep(label, text ?? JSON.stringify(value));
  }
}

function readTitle(value: YamlValue, { draft, type, level }: Context): void {
  const field =
    level === 'own' ? 'title' : periodicals.has(type) ? 'journaltitle' : type === 'online' ? 'maintitle' : 'booktitle';
  draft.put(field, formatted(value) ?? '', 'title');
  if (isMap(value)) {
    const short = formatted(value['short'] ?? value['shorthand'] ?? null);
    if (short !== undefined) {
      draft.put(level === 'own' ? 'shorttitle' : field === 'journaltitle' ? 'shortjournal' : 'hayagriva-short', short);
    }
    for (const name of ['translation', 'title-case', 'sentence-case']) {
      const text = formatted(value[name] ?? null);
      if (text !== undefined) {
        draft.keep(`${level === 'own' ? '' : 'parent-'}title-${name}`, text);
      }
    }
  }
}

function readSerial(value: YamlValue, { draft, type }: Context): void {
  const numbers = isMap(value) ? value : { serial: value };
  for (const [name, number] of Object.entries(numbers)) {
    const text = scalar(number);
    if (text === undefined) {
      continue;
    }
    if (name === 'arxiv' || name === 'pmid') {
      draft.put('eprinttype', name === 'arxiv' ? 'arxiv' : 'pubmed');
      draft.put('eprint', text, `serial-number-${name}`);
    } else if (name === 'doi' || name === 'isbn' || name === 'issn' || name === 'pmcid') {
      draft.put(name, text, `serial-number-${name}`);
    } else if (name === 'serial') {
      const field = periodicals.has(type) ? 'eid' : versioned.has(type) ? 'version' : 'number';
      draft.put(field, text, 'serial-number');
    } else {
      draft.keep(`serial-number-${name}`, text);
    }
  }
}

/** What an entry is part of. A whole work is part of a larger work, or of a series. */
function readHost({ entry, kind }: Parent, draft: DocumentDraft, type: string, isPart: boolean): void {
  if (!isPart) {
    readWhole({ entry, kind }, draft);
    return;
  }
  readMembers(entry, { draft, type, level: 'host' });
  for (const above of parentsOf(entry, kind)) {
    readWhole(above, draft);
  }
}

/** The larger work in volumes (`book`), or a series. */
function readWhole({ entry, kind }: Parent, draft: DocumentDraft): void {
  for (const [name, value] of Object.entries(entry)) {
    const text = chunked.has(name) ? formatted(value) : scalar(value);
    if (name === 'title' && text !== undefined) {
      draft.put(
        kind === 'book' || kind === 'repository' || kind === 'web' ? 'maintitle' : 'series',
        text,
        'parent-title',
      );
    } else if (name === 'issue' && text !== undefined && kind !== 'book') {
      draft.put('number', text, 'parent-issue');
    } else if (name === 'volume-total' && text !== undefined) {
      draft.put('volumes', text, 'parent-volume-total');
    } else if (name === 'parent') {
      draft.keep('parent', JSON.stringify(value));
    } else if (name !== 'type') {
      draft.keep(`parent-${name}`, text ?? JSON.stringify(value));
    }
  }
}

function readEvent(entry: YamlMap, draft: DocumentDraft): void {
  for (const [name, value] of Object.entries(entry)) {
    const text = chunked.has(name) ? formatted(value) : scalar(value);
    const field = { title: 'eventtitle', location: 'venue', date: 'eventdate', organization: 'organization' }[name];
    if (field !== undefined && text !== undefined) {
      draft.put(field, text, `event-${name}`);
    } else if (name !== 'type') {
      draft.keep(`event-${name}`, text ?? JSON.stringify(value));
    }
  }
}

function readAffiliated(value: YamlValue, draft: DocumentDraft): void {
  for (const group of Array.isArray(value) ? (value as readonly YamlValue[]) : [value]) {
    const role = isMap(group) ? scalar(group['role'])?.toLowerCase().replaceAll('_', '-') : undefined;
    const field = role !== undefined && Object.hasOwn(hayagrivaRoles, role) ? hayagrivaRoles[role] : undefined;
    if (isMap(group) && field !== undefined) {
      readPeople(group['names'] ?? null, field, draft);
    } else {
      draft.keep(`affiliated-${role ?? ''}`, JSON.stringify(group));
    }
  }
}

function readPeople(value: YamlValue, field: string, draft: DocumentDraft): void {
  const all = Array.isArray(value) ? (value as readonly YamlValue[]) : [value];
  const names = all.map(one => readPerson(one, draft)).filter(name => name !== undefined);
  if (names.length > 0) {
    draft.set(field, { kind: 'names', names, others: false });
  }
}

/** "Prefix Family, Given, Suffix", or a map; a name without comma is a body, a map with nothing but a name one person. */
function readPerson(value: YamlValue, draft: DocumentDraft): Name | undefined {
  if (!isMap(value)) {
    const text = scalar(value)?.trim() ?? '';
    return text === '' ? undefined : parseSortedName(text);
  }
  const part = (name: string): string => scalar(value[name] ?? null) ?? '';
  const alias = part('alias');
  if (alias !== '') {
    draft.put('nameaddon', alias);
  }
  const name = person({
    family: part('name'),
    given: part('given-name'),
    prefix: part('prefix'),
    suffix: part('suffix'),
  });
  const isBody =
    'family' in name && name.given === undefined && /[,\s]/u.test(name.family) && name.prefix === undefined;
  return part('name') === '' ? undefined : isBody ? { literal: part('name') } : name;
}

const scalar = (value: YamlValue | undefined): string | undefined =>
  value === null || value === undefined || typeof value === 'object' ? undefined : String(value);

/** A text, or a map of which `value` is the text; `verbatim` keeps its case. */
function formatted(value: YamlValue | undefined): string | undefined {
  if (!isMap(value)) {
    const text = scalar(value);
    return text === undefined ? undefined : decodeChunks(text);
  }
  const text = scalar(value['value']);
  if (text === undefined) {
    return undefined;
  }
  const decoded = decodeChunks(text);
  return value['verbatim'] === true && !decoded.includes('<span') ? `<span class="nocase">${decoded}</span>` : decoded;
}
