import { languageTag } from '../data/languages.ts';
import { typeKeys } from '../data/types.ts';
import { datePoint, formatEdtf, type DateValue } from '../model/date.ts';
import { sortedName, startsLowerCase, type Name } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import type { YamlMap, YamlValue } from '../syntax/yaml.ts';
import { markupText } from './fieldBag.ts';
import { chunked, hayagrivaRoles } from './hayagrivaRead.ts';
import { hayagrivaTypes } from './hayagrivaTypes.ts';
import { encodeChunks } from './hayagrivaText.ts';

type Members = Record<string, YamlValue>;

const articles = new Set(['article', 'suppperiodical']);

/** The entry for a reference, as far as Hayagriva can say it; what it lacks is left out. */
export function writeHayagrivaEntry(reference: Reference): YamlMap {
  const subtype = text(reference, 'entrysubtype')?.toLowerCase();
  const types = hayagrivaTypes(reference.type, subtype);
  const isPart = types.parent !== '';
  const isArticle = articles.has(reference.type);
  const own: Members = { type: types.entry };
  const host: Members = {};
  const whole: Members = {};
  const event: Members = {};
  put(own, 'title', titleOf(reference, 'title', 'shorttitle'));
  put(own, 'author', people(reference, 'author'));
  put(isPart ? host : own, 'editor', people(reference, 'editor'));
  put(own, 'affiliated', affiliated(reference));
  put(own, 'date', date(reference, 'date'));
  put(host, 'title', titleOf(reference, isArticle ? 'journaltitle' : 'booktitle', 'shortjournal'));
  put(host, 'author', isPart ? people(reference, 'bookauthor') : undefined);
  put(whole, 'title', titleOf(reference, 'series', '') ?? titleOf(reference, 'maintitle', ''));
  const shared = isPart ? host : own;
  const numbered = isArticle ? host : 'title' in whole && reference.fields.has('series') ? whole : undefined;
  for (const [name, field, where] of [
    ['publisher', 'publisher', shared],
    ['location', 'location', shared],
    ['organization', 'organization', own],
    ['organization', 'institution', own],
    ['volume', 'volume', shared],
    ['issue', 'number', numbered],
    ['edition', 'edition', shared],
    ['volume-total', 'volumes', shared],
    ['chapter', 'chapter', own],
    ['page-range', 'pages', own],
    ['page-total', 'pagetotal', own],
    ['archive', 'archive', own],
    ['archive-location', 'archive_location', own],
    ['call-number', 'library', own],
    ['note', 'note', own],
    ['abstract', 'abstract', own],
    ['annote', 'annotation', own],
    ['title', 'eventtitle', event],
    ['location', 'venue', event],
  ] as const) {
    put(where, name, member(reference, name, field));
  }
  put(event, 'date', date(reference, 'eventdate'));
  const genre = text(reference, 'type');
  put(own, 'genre', genre === undefined ? undefined : encodeChunks(typeKeys[genre] ?? genre));
  const tag = languageTag(text(reference, 'langid') ?? text(reference, 'language') ?? '');
  put(own, 'language', tag);
  put(own, 'url', address(reference));
  put(
    own,
    'serial-number',
    serials(reference, ['doi', 'eprint', 'pmcid', ...(isPart ? [] : ['isbn', 'issn']), 'serial'], numbered),
  );
  put(host, 'serial-number', isPart ? serials(reference, ['isbn', 'issn'], undefined) : undefined);
  return withParents(own, { host, whole, event }, types.parent, reference.fields.has('series') ? 'anthology' : 'book');
}

function withParents(
  own: Members,
  { host, whole, event }: { host: Members; whole: Members; event: Members },
  hostType: string,
  wholeType: string,
): YamlMap {
  const above = Object.keys(whole).length === 0 ? undefined : { type: wholeType, ...whole };
  const parents: YamlMap[] = [];
  if (hostType !== '') {
    parents.push({ type: hostType, ...host, ...(above !== undefined && { parent: above }) });
  } else if (above !== undefined) {
    parents.push(above);
  }
  if (Object.keys(event).length > 0) {
    parents.push({ type: 'conference', ...event });
  }
  const [first] = parents;
  return first === undefined ? own : { ...own, parent: parents.length === 1 ? first : parents };
}

function put(members: Members | undefined, name: string, value: YamlValue | undefined): void {
  if (members !== undefined && value !== undefined && value !== '' && !(name in members)) {
    members[name] = value;
  }
}

function text(reference: Reference, field: string): string | undefined {
  const value = reference.fields.get(field);
  return value === undefined ? undefined : markupText(value);
}

/** Members whose value has to be a whole number. */
const whole = new Set(['page-total', 'volume-total']);

function member(reference: Reference, name: string, field: string): YamlValue | undefined {
  const plain = text(reference, field);
  if (plain === undefined || (whole.has(name) && !/^\d{1,9}$/u.test(plain))) {
    return undefined;
  }
  if (name === 'page-range') {
    return plain.replace(/(?<=[\p{L}\d])–(?=[\p{L}\d])/gu, '-');
  }
  return /^[1-9]\d{0,8}$/u.test(plain) && !chunked.has(name)
    ? Number(plain)
    : chunked.has(name)
      ? encodeChunks(plain)
      : plain;
}

function titleOf(reference: Reference, field: string, short: string): YamlValue | undefined {
  const title = text(reference, field);
  const shortened = text(reference, short);
  if (title === undefined) {
    return undefined;
  }
  return shortened === undefined ? encodeChunks(title) : { value: encodeChunks(title), short: encodeChunks(shortened) };
}

function people(reference: Reference, field: string): YamlValue | undefined {
  const value = reference.fields.get(field);
  const names = value?.kind === 'names' ? value.names.map(writePerson) : [];
  return names.length === 0 ? undefined : names.length === 1 ? names[0] : names;
}

/** In one string where it reads back the same, else in parts. */
function writePerson(name: Name): YamlValue {
  if ('literal' in name) {
    return name.literal.includes(',') ? { name: name.literal } : name.literal;
  }
  const isPlain =
    name.given !== undefined &&
    ![name.family, name.given, name.prefix ?? ''].some(part => part.includes(',')) &&
    !startsLowerCase(name.family) &&
    (name.prefix === undefined || name.prefix.split(' ').every(startsLowerCase));
  return isPlain
    ? sortedName(name)
    : {
        name: name.family,
        ...(name.given !== undefined && { 'given-name': name.given }),
        ...(name.prefix !== undefined && { prefix: name.prefix }),
        ...(name.suffix !== undefined && { suffix: name.suffix }),
      };
}

function affiliated(reference: Reference): YamlValue | undefined {
  const groups = Object.entries(hayagrivaRoles).flatMap(([role, field]) => {
    const names = people(reference, field);
    return names === undefined ? [] : [{ role, names }];
  });
  return groups.length === 0 ? undefined : groups;
}

/** A day, month or year, perhaps approximate; of a range its start. */
function date(reference: Reference, field: string): string | undefined {
  const value: Value | undefined = reference.fields.get(field);
  return value?.kind === 'date' ? isoDate(value.date) : undefined;
}

function isoDate(date: DateValue): string | undefined {
  const point = datePoint(date.start) ?? datePoint(date.end);
  if (point === undefined || Math.abs(point.year) > 9999) {
    return undefined;
  }
  const { season, approximate, uncertain, ...exact } = point;
  const iso = formatEdtf({ start: exact });
  return iso === undefined || (season !== undefined && uncertain === true)
    ? iso
    : `${approximate === true ? '~' : ''}${iso}`;
}

function address(reference: Reference): YamlValue | undefined {
  const url = text(reference, 'url');
  const accessed = date(reference, 'urldate')?.replace('~', '');
  if (url === undefined || !/^[a-z][a-z\d+.-]{0,30}:\/\/[^\s/]\S*$/iu.test(url)) {
    return undefined;
  }
  return accessed === undefined ? url : { value: url, date: accessed };
}

function serials(reference: Reference, names: readonly string[], numbered: Members | undefined): YamlValue | undefined {
  const found: Members = {};
  const archive = text(reference, 'eprinttype')?.toLowerCase();
  for (const name of names) {
    if (name === 'eprint') {
      put(
        found,
        archive === 'arxiv' ? 'arxiv' : 'pmid',
        archive === 'arxiv' || archive === 'pubmed' ? text(reference, 'eprint') : undefined,
      );
    } else if (name === 'serial') {
      put(
        found,
        'serial',
        text(reference, 'eid') ??
          (numbered === undefined ? text(reference, 'number') : undefined) ??
          text(reference, 'version'),
      );
    } else {
      put(found, name, text(reference, name));
    }
  }
  return Object.keys(found).length === 0 ? undefined : found;
}
