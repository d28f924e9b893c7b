import { fieldNamed, fields } from '../data/fields.ts';
import { babelName, languageTag } from '../data/languages.ts';
import { rowOfCslType, rowOfType, typeKeys } from '../data/types.ts';
import { formatEdtf, parseDate } from '../model/date.ts';
import { bareDoi } from '../model/describe.ts';
import { readNames, writeNames } from '../model/bibtexName.ts';
import type { Reference, Value } from '../model/reference.ts';
import { readCslDate, readCslNames, writeCslDate, writeCslNames } from './cslValue.ts';
import { FieldBag, markupText } from './fieldBag.ts';
import type { Loss } from './loss.ts';

/** One item of CSL-JSON 1.0.2. */
export type CslItem = Record<string, unknown> & { id: string; type: string };

/** A reference as formatting engines want it; what CSL has no variable for is left out. */
export const toCsl = (reference: Reference): CslItem => writeItem(reference, { lossless: false }).item;

/** Fields that become one variable, with what stands before the second and third. Reading gives the first. */
const joins: readonly (readonly [variable: string, title: string, subtitle: string, addon: string])[] = [
  ['title', 'title', 'subtitle', 'titleaddon'],
  ['volume-title', 'issuetitle', 'issuesubtitle', 'issuetitleaddon'],
  ['event-title', 'eventtitle', '', 'eventtitleaddon'],
];

const containers = {
  journal: ['journaltitle', 'journalsubtitle', 'journaltitleaddon'],
  book: ['booktitle', 'booksubtitle', 'booktitleaddon'],
  main: ['maintitle', 'mainsubtitle', 'maintitleaddon'],
} as const;

const articleTypes = new Set(['article', 'suppperiodical', 'periodical', 'review']);
const bookTypes = new Set(
  'book mvbook collection mvcollection reference mvreference proceedings mvproceedings commentary inbook bookinbook suppbook incollection suppcollection inproceedings inreference booklet'.split(
    ' ',
  ),
);

/** `editortype` and its like (BibLaTeX manual §2.3.6) with the CSL role; those of CSL under their own names. */
const roles: Readonly<Record<string, string>> = {
  compiler: 'compiler',
  redactor: 'editorial-director',
  series: 'collection-editor',
  ...Object.fromEntries(
    fields.filter(field => field.kind === 'names' && !field.biblatex).map(field => [field.name, field.name]),
  ),
};

/** Contributors for whom CSL has no role of their own. */
const contributors = [
  'annotator',
  'commentator',
  'introduction',
  'foreword',
  'afterword',
  'editora',
  'editorb',
  'editorc',
];

/** What goes into CSL's one note, tagged with its name, when there is no `custom` to take it. */
const noteFields = new Set(
  'addendum comment rights copyright mrnumber zblnumber reprinttitle translatedtitle caption reprintstatus'.split(' '),
);

/** Further addresses of a RIS record. */
const furtherAddress = /^ris-(?:ur|l2|lk)(?:-\d+)?$/u;

const eprintArchives: Readonly<Record<string, string>> = {
  arxiv: 'arXiv',
  jstor: 'JSTOR',
  hdl: 'HDL',
  googlebooks: 'Google Books',
};

/** Writes one reference. With `lossless`, what does not read back the same travels in `custom`. */
export function writeItem(
  reference: Reference,
  options: { readonly lossless: boolean },
): { item: CslItem; losses: Loss[] } {
  const writer = new ItemWriter(reference);
  const { item, bag } = writer.write(options);
  if (!options.lossless) {
    bag.loseRest();
    return { item, losses: bag.losses };
  }
  addCustom(item, reference);
  return { item, losses: [] };
}

class ItemWriter {
  readonly #bag: FieldBag;
  readonly #type: string;
  readonly #places = new Map<string, number>();
  readonly #variables = new Map<string, { place: number; value: unknown }>();

  constructor(reference: Reference) {
    this.#bag = new FieldBag(reference);
    this.#type = reference.type;
    let place = 0;
    for (const name of reference.fields.keys()) {
      this.#places.set(name, place++);
    }
  }

  write(options: { readonly lossless: boolean }): { item: CslItem; bag: FieldBag } {
    const type = this.#writeType();
    this.#writeTitles();
    this.#writeContainer();
    this.#writeEprint();
    this.#writeNumbers();
    this.#writePublisher();
    this.#writePeople();
    this.#writeLanguage();
    this.#writeOdd();
    this.#writeSimple();
    if (!options.lossless) {
      this.#writeNotes();
    }
    const sorted = [...this.#variables]
      .sort(([, a], [, b]) => a.place - b.place)
      .map(([name, { value }]) => [name, value]);
    return { item: { id: this.#bag.reference.key, type, ...(Object.fromEntries(sorted) as object) }, bag: this.#bag };
  }

  #set(variable: string, value: unknown, field: string): void {
    this.#variables.set(variable, { place: this.#places.get(field) ?? this.#places.size, value });
  }

  /** Takes a field into a variable when the field is there and the variable free. */
  #move(field: string, variable: string): boolean {
    if (this.#variables.has(variable)) {
      return false;
    }
    const text = this.#bag.takeText(field);
    if (text !== undefined) {
      this.#set(variable, text, field);
    }
    return text !== undefined;
  }

  #writeType(): string {
    const bag = this.#bag;
    const subtype = bag.peekText('entrysubtype')?.toLowerCase();
    const type = bag.peekText('type')?.toLowerCase();
    const article =
      this.#type === 'article' && !bag.has('journaltitle') && !bag.has('shortjournal') && bag.has('eprint');
    if (article) {
      return 'article';
    }
    const row = rowOfType(this.#type, this.#type === 'legislation' && type === 'bill' ? 'bill' : subtype);
    if (row === undefined) {
      bag.losses.push({ key: bag.reference.key, field: 'type', value: bag.reference.source.type, reason: 'type' });
      return 'document';
    }
    if (row.subtype !== undefined && row.subtype === subtype) {
      bag.take('entrysubtype');
    }
    if (this.#type === 'unpublished' && (bag.has('eventtitle') || bag.has('eventdate') || bag.has('venue'))) {
      return 'speech';
    }
    return row.csl;
  }

  #joined(title: string, subtitle: string, addon: string): string | undefined {
    const bag = this.#bag;
    const first = bag.takeText(title);
    const second = bag.takeText(subtitle);
    const third = bag.takeText(addon);
    const head = first !== undefined && second !== undefined ? `${first}: ${second}` : (first ?? second);
    return head !== undefined && third !== undefined ? `${head}. ${third}` : (head ?? third);
  }

  #writeTitles(): void {
    for (const [variable, title, subtitle, addon] of joins) {
      const text = this.#joined(title, subtitle, addon);
      if (text !== undefined) {
        this.#set(variable, text, title);
      }
    }
  }

  #writeContainer(): void {
    const { journal, book, main } = containers;
    const order = articleTypes.has(this.#type) ? [journal, main, book] : [main, book, journal];
    for (const [title, subtitle, addon] of order) {
      const variable = !this.#variables.has('container-title')
        ? 'container-title'
        : title === 'booktitle'
          ? 'volume-title'
          : '';
      if (variable === '' || this.#variables.has(variable)) {
        continue;
      }
      const text = this.#joined(title, subtitle, addon);
      if (text !== undefined) {
        this.#set(variable, text, title);
      }
    }
    const short = this.#bag.takeText('shortjournal');
    if (short !== undefined) {
      this.#set('container-title-short', short, 'shortjournal');
      this.#set('journalAbbreviation', short, 'shortjournal');
    }
  }

  #writeEprint(): void {
    const bag = this.#bag;
    const kind = bag.peekText('eprinttype');
    const eprint = bag.peekText('eprint');
    if (eprint !== undefined && kind?.toLowerCase() === 'pubmed') {
      bag.take('eprinttype');
      this.#move('eprint', 'PMID');
      return;
    }
    if (kind !== undefined && !bag.has('archive')) {
      bag.take('eprinttype');
      this.#set(
        'archive',
        Object.hasOwn(eprintArchives, kind.toLowerCase()) ? eprintArchives[kind.toLowerCase()] : kind,
        'eprinttype',
      );
    }
    if (eprint !== undefined) {
      const free = kind !== undefined && !bag.has('eid') && (articleTypes.has(this.#type) || !bag.has('number'));
      this.#move('eprint', free || bag.has('archive_location') ? 'number' : 'archive_location');
    }
  }

  #writeNumbers(): void {
    const bag = this.#bag;
    if (articleTypes.has(this.#type)) {
      this.#move('number', 'issue');
    } else if (bookTypes.has(this.#type) && bag.has('series')) {
      this.#move('number', 'collection-number');
    }
    for (const field of ['number', 'eid', 'isrn', 'isan', 'ismn', 'iswc']) {
      this.#move(field, 'number');
    }
    this.#move('issue', 'issue');
    const pages = bag.takeText('pages');
    if (pages !== undefined) {
      this.#set('page', pages.replace(/\s?(?:-{2,3}|[–—])\s?/gu, '-'), 'pages');
    } else if (this.#variables.has('number')) {
      this.#move('eid', 'page');
    }
  }

  #writePublisher(): void {
    const bag = this.#bag;
    if (this.#type === 'jurisdiction') {
      this.#move('institution', 'authority');
    }
    for (const field of ['publisher', 'institution', 'organization']) {
      this.#move(field, 'publisher');
    }
    const holder = bag.peek('holder');
    if (this.#type === 'patent' && holder?.kind === 'names' && !this.#variables.has('publisher')) {
      bag.take('holder');
      this.#set('publisher', writeNames(holder, plainCoding).replaceAll(' and ', '; ').replace(/[{}]/gu, ''), 'holder');
    }
    // A second body has its place where CSL names who stands behind a document.
    for (const field of ['organization', 'institution']) {
      this.#move(field, 'authority');
    }
    const talk =
      this.#type === 'unpublished' && (bag.has('eventdate') || this.#variables.has('event-title')) && !bag.has('venue');
    const place = this.#type === 'patent' ? 'jurisdiction' : talk ? 'event-place' : 'publisher-place';
    this.#move('location', bag.has(place) ? 'publisher-place' : place);
  }

  #writePeople(): void {
    const bag = this.#bag;
    for (const field of ['editor', 'editora', 'editorb', 'editorc']) {
      const kind = bag.peekText(`${field}type`)?.toLowerCase() ?? '';
      const role = Object.hasOwn(roles, kind) ? roles[kind] : undefined;
      if (role !== undefined && bag.has(field)) {
        bag.take(`${field}type`);
        this.#addNames(field, role);
      }
    }
    for (const field of contributors) {
      if (bag.has(`${field}type`) && bag.peekText(`${field}type`)?.toLowerCase() === 'collaborator') {
        bag.take(`${field}type`);
      }
      this.#addNames(field, 'contributor');
    }
  }

  /** Names of several fields may share a role: they stand one after the other. */
  #addNames(field: string, role: string): void {
    const value = this.#bag.peek(field);
    if (value?.kind === 'names') {
      this.#bag.take(field);
      const own = this.#bag.take(role);
      const before = this.#variables.get(role)?.value ?? (own?.kind === 'names' ? writeCslNames(own) : []);
      this.#set(role, [...(before as unknown[]), ...writeCslNames(value)], field);
    }
  }

  #writeLanguage(): void {
    const bag = this.#bag;
    const langid = bag.takeText('langid');
    const language = bag.peekText('language');
    if (langid !== undefined) {
      // "variant=british" says which English it is.
      const variant = /^variant=([a-z]+)$/u.exec(bag.peekText('langidopts') ?? '')?.[1];
      const exact = variant === undefined ? undefined : languageTag(variant);
      if (exact !== undefined) {
        bag.take('langidopts');
      }
      this.#set('language', exact ?? languageTag(langid) ?? langid, 'langid');
      if (
        language === langid ||
        (language !== undefined && (languageTag(language) ?? language) === languageTag(langid))
      ) {
        bag.take('language');
      }
    } else if (language !== undefined) {
      bag.take('language');
      this.#set('language', languageTag(language) ?? language, 'language');
    }
  }

  #writeOdd(): void {
    const bag = this.#bag;
    const genre = bag.takeText('type');
    if (genre !== undefined && !(this.#type === 'legislation' && genre.toLowerCase() === 'bill')) {
      this.#set('genre', Object.hasOwn(typeKeys, genre) ? typeKeys[genre] : genre, 'type');
    }
    this.#move('entrysubtype', 'genre');
    const doi = bag.takeText('doi');
    if (doi !== undefined) {
      this.#set('DOI', bareDoi(doi), 'doi');
    }
    const published = bag.peekText('howpublished');
    if (published !== undefined && /^https?:\/\/\S+$/u.test(published) && !bag.has('url')) {
      this.#move('howpublished', 'URL');
    }
    const short = bag.takeText('shorttitle');
    if (short !== undefined) {
      this.#set('title-short', short, 'shorttitle');
      this.#set('shortTitle', short, 'shorttitle');
    }
    this.#move('shorthand', 'citation-label');
    const keywords = bag.peek('keywords');
    if (keywords?.kind === 'keywords') {
      bag.take('keywords');
      const separator = keywords.items.some(word => word.includes(',')) ? '; ' : ', ';
      this.#set('keyword', keywords.items.join(separator), 'keywords');
    }
  }

  /** Everything whose variable depends on nothing but the field. */
  #writeSimple(): void {
    for (const [name, value] of [...this.#bag.left()]) {
      const variable = variableOf(name);
      if (variable === undefined || this.#variables.has(variable)) {
        continue;
      }
      this.#bag.take(name);
      if (value.kind === 'names') {
        this.#set(variable, writeCslNames(value), name);
      } else if (value.kind === 'date') {
        const { value: date, exact } = writeCslDate(value.date);
        this.#set(variable, date, name);
        if (!exact) {
          this.#bag.lose(name, 'narrowed');
        }
      } else {
        this.#set(variable, markupText(value), name);
      }
    }
  }

  #writeNotes(): void {
    const lines: string[] = [];
    let place = '';
    for (const [name, value] of [...this.#bag.left()]) {
      if (noteFields.has(name) || furtherAddress.test(name)) {
        this.#bag.take(name);
        lines.push(`${furtherAddress.test(name) ? 'url' : name}: ${markupText(value)}`);
        place ||= name;
      }
    }
    if (lines.length > 0) {
      const note = this.#variables.get('note')?.value;
      this.#set(
        'note',
        (typeof note === 'string' ? [note, ...lines] : lines).join('\n'),
        typeof note === 'string' ? 'note' : place,
      );
    }
  }
}

const plainCoding = { decode: (text: string): string => text, encode: (text: string): string => text };

/** The variable of a field whatever the type; fields read from CSL that have no name with us are `csl:variable`. */
function variableOf(name: string): string | undefined {
  const variable = name.startsWith('csl:') ? name.slice(4) : fieldNamed(name)?.csl;
  return variable !== undefined && kindOfVariable.has(variable) ? variable : undefined;
}

/** Every variable with the field it is read into. */
const fieldOfVariable: ReadonlyMap<string, string> = new Map(
  fields.flatMap(field => (field.csl === undefined ? [] : [[field.csl, field.name] as const])),
);

/** Variables that need a decision when they are read, beside those of the table. */
const decided =
  'number issue collection-number container-title PMID event journalAbbreviation shortTitle call-number chapter-number citation-key'.split(
    ' ',
  );

const kindOfVariable: ReadonlySet<string> = new Set([...fieldOfVariable.keys(), ...decided]);

/** Reads one item. `custom` as this module writes it gives back what CSL could not say. */
export function readItem(item: Readonly<Record<string, unknown>>): Omit<Reference, 'source'> {
  const plain = readPlain(item);
  const custom = item['custom'];
  return typeof custom === 'object' && custom !== null && !Array.isArray(custom)
    ? applyCustom(plain, item, custom as Record<string, unknown>)
    : plain;
}

function readPlain(item: Readonly<Record<string, unknown>>): Omit<Reference, 'source'> {
  const id = item['id'] ?? item['citation-key'];
  const key = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  const { type, subtype } = readType(item);
  const found = new Map<string, Value>();
  const put = (field: string, value: Value, variable: string): void => {
    if (isEmpty(value)) {
      return;
    }
    const before = found.get(field);
    if (before === undefined) {
      found.set(field, value);
    } else if (markupText(before) !== markupText(value)) {
      found.set(`csl:${variable}`, { kind: 'text', text: markupText(value) });
    }
  };
  for (const [variable, value] of Object.entries(item)) {
    if (variable === 'id' || variable === 'type' || variable === 'custom' || value === null || value === undefined) {
      continue;
    }
    if (variable === 'citation-key' && value === key) {
      continue;
    }
    readVariable(variable, value, { item, type, put });
  }
  if (subtype !== undefined && !found.has('entrysubtype')) {
    found.set('entrysubtype', { kind: 'text', text: subtype });
  }
  return { key, type, fields: found };
}

function readType(item: Readonly<Record<string, unknown>>): { type: string; subtype?: string } {
  const csl = typeof item['type'] === 'string' ? item['type'] : 'document';
  const row = rowOfCslType(csl);
  const genre = [item['genre'], item['medium']]
    .map(text => (typeof text === 'string' ? text.toLowerCase() : ''))
    .join(' ');
  if (csl === 'book') {
    const type =
      item['event-title'] !== undefined || item['event'] !== undefined
        ? 'proceedings'
        : item['author'] === undefined && item['editor'] !== undefined
          ? 'collection'
          : 'book';
    return { type };
  }
  if (csl === 'chapter') {
    return { type: item['container-author'] !== undefined ? 'inbook' : 'incollection' };
  }
  if (
    csl === 'article' &&
    item['number'] !== undefined &&
    item['archive'] !== undefined &&
    item['container-title'] === undefined
  ) {
    return { type: 'article' };
  }
  if (csl === 'broadcast' && /video|tele|tv|film/u.test(genre)) {
    return { type: 'video', subtype: 'broadcast' };
  }
  if (csl === 'song' && genre.includes('music')) {
    return { type: 'music' };
  }
  if (csl === 'report' && genre.trim() === 'manual') {
    return { type: 'manual' };
  }
  if (
    csl === 'speech' &&
    (item['event-title'] !== undefined || item['event-place'] !== undefined || item['event-date'] !== undefined)
  ) {
    return { type: 'unpublished' };
  }
  return row === undefined
    ? { type: 'misc', ...(csl !== 'document' && { subtype: csl }) }
    : row.subtype === undefined
      ? { type: row.biblatex }
      : { type: row.biblatex, subtype: row.subtype };
}

interface VariableContext {
  readonly item: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly put: (field: string, value: Value, variable: string) => void;
}

function readVariable(variable: string, value: unknown, context: VariableContext): void {
  const { item, type, put } = context;
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined;
  const field = fieldFor(variable, item, type);
  const kind = field === undefined ? undefined : (fieldNamed(field)?.kind ?? 'text');
  if (field === undefined) {
    // Structured values of unknown members are kept as JSON.
    put(`csl:${variable}`, { kind: 'text', text: text ?? JSON.stringify(value) }, variable);
  } else if (kind === 'names') {
    const names = readCslNames(value);
    put(
      field,
      names === undefined ? { kind: 'text', text: text ?? JSON.stringify(value) } : { kind: 'names', ...names },
      variable,
    );
  } else if (kind === 'date') {
    const date = readCslDate(value);
    put(field, date === undefined ? { kind: 'text', text: JSON.stringify(value) } : { kind: 'date', date }, variable);
  } else if (text === undefined) {
    const items = Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
    const joined = items.length > 0 ? items.join(' ') : JSON.stringify(value);
    put(
      field,
      kind === 'keywords' && items.length > 0 ? { kind: 'keywords', items } : { kind: 'text', text: joined },
      variable,
    );
  } else if (variable === 'language') {
    const babel = babelName(text);
    const exact = babel !== undefined && languageTag(babel) === languageTag(text);
    put(
      exact ? 'langid' : 'language',
      exact ? { kind: 'text', text: babel } : { kind: 'list', items: [text] },
      variable,
    );
  } else if (variable === 'PMID') {
    put('eprinttype', { kind: 'text', text: 'pubmed' }, variable);
    put('eprint', { kind: 'verbatim', text }, variable);
  } else if (variable === 'archive' && field === 'eprinttype') {
    const known = Object.entries(eprintArchives).find(([, name]) => name === text);
    put(field, { kind: 'text', text: known?.[0] ?? text }, variable);
  } else if (variable === 'genre') {
    const key = Object.entries(typeKeys).find(([, name]) => name.toLowerCase() === text.toLowerCase());
    put(field, { kind: 'text', text: key?.[0] ?? text }, variable);
  } else {
    put(
      field,
      textValue(field, variable === 'page' ? text.replace(/(?<=[\d\p{L}])-{1,2}(?=[\d\p{L}])/gu, '–') : text),
      variable,
    );
  }
}

/** A text as the kind of value its field holds. */
function textValue(field: string, text: string): Value {
  switch (fieldNamed(field)?.kind) {
    case 'verbatim':
      return { kind: 'verbatim', text };
    case 'list':
      return { kind: 'list', items: splitText(text, /;\s+/u) };
    case 'keywords':
      return { kind: 'keywords', items: splitText(text, text.includes(';') ? /;\s*/u : /,\s*/u) };
    case 'names':
      return { kind: 'names', ...readNames(text, part => part) };
    case 'date':
      return { kind: 'date', date: parseDate(text) };
    default:
      return { kind: 'text', text };
  }
}

const splitText = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map(item => item.trim())
    .filter(item => item !== '');

/** The field a variable is read into, which may depend on the type; undefined for what is no variable of CSL. */
function fieldFor(variable: string, item: Readonly<Record<string, unknown>>, type: string): string | undefined {
  const isArticle = articleTypes.has(type);
  switch (variable) {
    case 'container-title':
      return isArticle
        ? 'journaltitle'
        : item['volume-title'] !== undefined || type === 'book' || type === 'bookinbook'
          ? 'maintitle'
          : 'booktitle';
    case 'volume-title':
      return !isArticle && item['container-title'] !== undefined ? 'booktitle' : 'issuetitle';
    case 'journalAbbreviation':
      return 'shortjournal';
    case 'shortTitle':
      return 'shorttitle';
    case 'event':
      return 'eventtitle';
    case 'issue':
      return isArticle ? 'number' : 'issue';
    case 'number':
      return isEprint(item) ? 'eprint' : isArticle ? 'eid' : 'number';
    case 'archive_location':
      return item['archive'] === undefined || (isEprint(item) && item['number'] === undefined)
        ? 'eprint'
        : 'archive_location';
    case 'archive':
      return isEprint(item) ? 'eprinttype' : 'archive';
    case 'collection-number':
      return item['number'] === undefined && item['issue'] === undefined ? 'number' : undefined;
    case 'publisher':
      return type === 'thesis' || type === 'report'
        ? 'institution'
        : type === 'manual' || type === 'online'
          ? 'organization'
          : 'publisher';
    case 'authority':
      return type === 'jurisdiction' ? 'institution' : 'authority';
    case 'publisher-place':
      return 'location';
    case 'jurisdiction':
      return type === 'patent' && item['publisher-place'] === undefined ? 'location' : 'jurisdiction';
    case 'PMID':
      return 'eprint';
    default:
      return fieldOfVariable.get(variable);
  }
}

/** An archive that is one word ("arXiv", "HAL") names a kind of eprint; an archive of paper has more to its name. */
const isEprint = (item: Readonly<Record<string, unknown>>): boolean =>
  typeof item['archive'] === 'string' &&
  /^(?:\S+|Google Books)$/u.test(item['archive']) &&
  (item['number'] !== undefined || item['archive_location'] !== undefined) &&
  item['PMID'] === undefined;

const isEmpty = (value: Value): boolean =>
  value.kind === 'names'
    ? value.names.length === 0 && !value.others
    : value.kind === 'date'
      ? value.date.start === undefined && value.date.literal === undefined
      : markupText(value) === '';

/** Puts into `custom` what the item alone would not give back: fields under `bib:` and `ris:`, the type, and what is to be removed. */
function addCustom(item: CslItem, reference: Reference): void {
  const back = readPlain(item);
  const custom: Record<string, unknown> = {};
  if (back.type !== reference.type) {
    custom['bib:type='] = reference.type;
  }
  for (const [name, value] of reference.fields) {
    if (!sameValue(back.fields.get(name), value)) {
      custom[customName(name)] = customValue(value);
    }
  }
  const removed = [...back.fields.keys()].filter(name => !reference.fields.has(name));
  if (removed.length > 0) {
    custom['bib:without'] = removed;
  }
  if (Object.keys(custom).length > 0) {
    item['custom'] = custom;
  }
}

const customName = (name: string): string =>
  name.startsWith('csl:')
    ? name.slice(4)
    : name.startsWith('ris:')
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
function applyCustom(
  plain: Omit<Reference, 'source'>,
  item: Readonly<Record<string, unknown>>,
  custom: Readonly<Record<string, unknown>>,
): Omit<Reference, 'source'> {
  const carried = new Map<string, Value>();
  for (const [name, value] of Object.entries(custom)) {
    if (name !== 'bib:type=' && name !== 'bib:without') {
      const field = name.startsWith('bib:')
        ? name.slice(4)
        : name.startsWith('ris:')
          ? name.toLowerCase()
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
    lossless: true,
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
export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  a === b || JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));

/** Members in a fixed order, so that two ways of building one value compare equal. */
const sorted = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value ?? null, (_, inner: unknown) =>
      typeof inner === 'object' && inner !== null && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ),
  );
