import { languageTag } from '../data/languages.ts';
import { rowOfCslType, rowOfType, typeKeys } from '../data/types.ts';
import { writeNames } from '../model/bibtexName.ts';
import { bareDoi } from '../model/describe.ts';
import { fullName } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import type { CslItem } from './cslFields.ts';
import {
  articleTypes,
  bookTypes,
  containers,
  contributors,
  eprintArchives,
  joins,
  roles,
  variableOf,
} from './cslFields.ts';
import { writeCslDate, writeCslNames } from './cslValue.ts';
import { firstNote, isFact, isFurtherAddress, isKnownAddress } from './facts.ts';
import { FieldBag, markupText } from './fieldBag.ts';

export interface ItemOptions {
  /** What the note may take: every fact without a variable, only addresses, or nothing that is not a note. */
  readonly notes: 'facts' | 'addresses' | 'none';
}

export class ItemWriter {
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

  write(options: ItemOptions): { item: CslItem; bag: FieldBag } {
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
    if (options.notes === 'facts') {
      this.#splitNotes();
      this.#writeNotes(isFact);
    } else if (options.notes === 'addresses') {
      this.#writeNotes(isFurtherAddress);
    }
    const item: CslItem = { id: this.#bag.reference.key, type };
    const sorted = [...this.#variables].sort(([, a], [, b]) => a.place - b.place);
    for (const [name, { value }] of sorted) item[name] = value;
    return { item, bag: this.#bag };
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
    // The type alone tells the subtype only where reading it finds the same: a message is a letter in CSL too.
    if (row.subtype !== undefined && row.subtype === subtype && rowOfCslType(row.csl)?.subtype === subtype) {
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
      const isContributor = bag.peekText(`${field}type`)?.toLowerCase() === 'collaborator';
      if (isContributor) {
        bag.take(`${field}type`);
      }
      if (this.#addNames(field, 'contributor') && !isContributor) {
        bag.lose(field, 'narrowed');
      }
    }
  }

  /** Names of several fields may share a role: they stand one after the other. False when the field has none. */
  #addNames(field: string, role: string): boolean {
    const value = this.#bag.peek(field);
    if (value?.kind === 'names') {
      this.#bag.take(field);
      const own = this.#bag.take(role);
      const before = this.#variables.get(role)?.value ?? (own?.kind === 'names' ? writeCslNames(own) : []);
      this.#set(role, [...(before as unknown[]), ...writeCslNames(value)], field);
    }
    return value?.kind === 'names';
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
    if (this.#type === 'manual' && !this.#variables.has('genre')) {
      this.#set('genre', 'manual', 'type');
    }
    this.#writeEdition();
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

  /** Styles make "2nd ed." of 2, but print "2nd" as it is. */
  #writeEdition(): void {
    const edition = this.#bag.takeText('edition');
    if (edition !== undefined) {
      const number = editionNumber(edition);
      this.#set('edition', number ?? edition, 'edition');
      if (number !== undefined && number !== edition) {
        this.#bag.lose('edition', 'narrowed');
      }
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

  /** Further notes of a RIS record: CSL's one note is the first of them. */
  #splitNotes(): void {
    const note = this.#variables.get('note')?.value;
    const [first, rest] = typeof note === 'string' ? firstNote(this.#bag.reference, note) : [];
    if (rest !== undefined && !this.#variables.has('annote')) {
      this.#set('note', first, 'note');
      this.#set('annote', rest, 'note');
    }
  }

  /** Facts without a variable stand in the note behind the name of their field, each on a line of its own. */
  #writeNotes(isTaken: (name: string, value: Value) => boolean): void {
    const lines: string[] = [];
    let place = '';
    for (const [name, value] of [...this.#bag.left()]) {
      if (isTaken(name, value)) {
        this.#bag.take(name);
        const label = isFurtherAddress(name, value) ? 'url' : labelOf(name);
        const text = isFurtherAddress(name, value) && isKnownAddress(this.#bag.reference, name) ? '' : spoken(value);
        if (text !== '') {
          lines.push(`${label}: ${text}`);
          place ||= name;
        }
      }
    }
    if (lines.length > 0) {
      // A note of the source stays as it is while there is another place.
      const variable = this.#variables.has('note') && !this.#variables.has('annote') ? 'annote' : 'note';
      const note = this.#variables.get(variable);
      const before = typeof note?.value === 'string' ? [note.value] : [];
      this.#set(variable, [...before, ...lines].join('\n'), place);
    }
  }
}

const ordinals = 'first second third fourth fifth sixth seventh eighth ninth tenth'.split(' ');

/** The number of an edition that is said as an ordinal: "2nd", "Second edition"; undefined for one that is said otherwise. */
function editionNumber(text: string): string | undefined {
  const ordinal = /^(?:(\d+)(?:st|nd|rd|th)?|(\p{L}+))(?: (?:ed\.?|edn\.?|edition))?$/iu.exec(text.trim());
  const place = ordinals.indexOf(ordinal?.[2]?.toLowerCase() ?? '');
  return ordinal?.[1] ?? (place < 0 ? undefined : String(place + 1));
}

/** The name of a field as its source has it: "C1", "x" of "csl:x". */
const labelOf = (name: string): string =>
  /^ris-([a-z]\w)(?:-\d+)?$/u.exec(name)?.[1]?.toUpperCase() ?? name.replace(/^csl:|\+\d+$/gu, '');

/** A value in one line; names in full. */
const spoken = (value: Value): string =>
  (value.kind === 'names'
    ? [...value.names.map(fullName), ...(value.others ? ['et al.'] : [])].join('; ')
    : markupText(value)
  ).replace(/\s+/gu, ' ');

const plainCoding = { decode: (text: string): string => text, encode: (text: string): string => text };
