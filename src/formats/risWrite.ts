import { canonicalFieldName, fieldNamed } from '../data/fields.ts';
import { babelName, languageTag } from '../data/languages.ts';
import { isRisTypeIn, risNoteLabels, risTagOrder, risTagsOfField, risWorkTypes } from '../data/risTags.ts';
import { rowOfRisType, rowOfType, typeKeys } from '../data/types.ts';
import { datePoint, formatEdtf } from '../model/date.ts';
import type { DateValue } from '../model/date.ts';
import { fullName, parseSortedName, sortedName } from '../model/name.ts';
import type { Name } from '../model/name.ts';
import { withoutMarkup } from '../model/markup.ts';
import type { Reference, Value } from '../model/reference.ts';
import { FieldBag } from './fieldBag.ts';
import { formatRisDate, risYear } from './risDate.ts';
import { encodeEntities, isUrl, oneLine, splitPages } from './risValue.ts';
import type { Loss } from './loss.ts';
import type { RisLine } from './risLines.ts';

/** The lines of a record after TY and ID, and what they could not take. */
export interface WrittenRecord {
  readonly type: string;
  readonly lines: readonly RisLine[];
  readonly losses: readonly Loss[];
}

/** Writes a reference as lines; `type` is the RIS type when it is already settled. */
export function writeRisRecord(reference: Reference, type?: string): WrittenRecord {
  return new RecordWriter(reference, type).write();
}

/** Moves what a record could not take into notes (`bib:field: value`), from which the reader takes it back. */
export function withSidecarNotes(record: WrittenRecord, reference: Reference): WrittenRecord {
  const lost = new Set(record.losses.filter(loss => loss.reason === 'no-slot' || loss.reason === 'slot-taken'));
  const notes = [...reference.fields].flatMap(([field, value]) => {
    const losses = [...lost].filter(loss => canonicalFieldName(loss.field) === field || loss.field === field);
    const text = sidecarText(value);
    return losses.length === 0 || losses.some(loss => loss.value === 'and others') || text === undefined
      ? []
      : [{ losses, line: { tag: 'N1', text: `bib:${field}: ${text}` } }];
  });
  const carried = new Set(notes.flatMap(note => note.losses));
  return {
    ...record,
    lines: [...record.lines, ...notes.map(note => note.line)],
    losses: record.losses.filter(loss => !carried.has(loss)),
  };
}

/** A value that one line can hold; undefined for one that it cannot. */
function sidecarText(value: Value): string | undefined {
  const text =
    value.kind === 'names'
      ? value.names.map(sortedName).join('; ')
      : value.kind === 'date'
        ? (formatEdtf(value.date) ?? value.date.literal)
        : value.kind === 'list' || value.kind === 'keywords'
          ? value.items.join('; ')
          : value.text;
  return text === undefined || /[\r\n]/u.test(text) ? undefined : encodeEntities(text.trim());
}

/** Tags that may stand several times in a record. */
const repeatable: ReadonlySet<string> = new Set('AU A2 A3 A4 ED KW N1 SN UR L1'.split(' '));

/** Roles whose names are told in the note, with the kind of editor in the place of the label. */
const editorKinds: Readonly<Record<string, string>> = {
  editor: 'editortype',
  editora: 'editoratype',
  editorb: 'editorbtype',
  editorc: 'editorctype',
};

class RecordWriter {
  readonly #reference: Reference;
  readonly #bag: FieldBag;
  readonly #ris: string;
  readonly #tags = new Map<string, string[]>();
  readonly #narrowed = new Set<string>();

  constructor(reference: Reference, type: string | undefined) {
    this.#reference = reference;
    this.#bag = new FieldBag(reference);
    this.#ris = type ?? this.#chooseType();
  }

  write(): WrittenRecord {
    this.#writeTitles();
    this.#writeContainers();
    this.#writePlaces();
    this.#writeDates();
    this.#writePages();
    this.#writeNumbers();
    this.#writeLinks();
    this.#writeDatabase();
    this.#writeLanguage();
    this.#writeWork();
    this.#writeEditors();
    // Tags that were kept as such come last: the others have the first claim on their tags.
    const left = [...this.#bag.left()];
    const isKept = ([field]: [string, Value]): boolean => ownTag(field) !== undefined;
    for (const [field, value] of [...left.filter(entry => !isKept(entry)), ...left.filter(isKept)]) {
      this.#writeField(field, value);
    }
    this.#bag.loseRest();
    return { type: this.#ris, lines: this.#lines(), losses: this.#bag.losses };
  }

  #lines(): RisLine[] {
    const known = risTagOrder.filter(tag => this.#tags.has(tag));
    const others = [...this.#tags.keys()].filter(tag => !risTagOrder.includes(tag));
    return [...known, ...others].flatMap(tag => (this.#tags.get(tag) ?? []).map(text => ({ tag, text })));
  }

  #has(name: string): boolean {
    return this.#bag.has(name);
  }

  #chooseType(): string {
    const { type } = this.#reference;
    const subtype = this.#bag.peekText('entrysubtype');
    const archive = this.#bag.peekText('eprinttype') ?? 'arxiv';
    const isPreprint = this.#has('eprint') && /rxiv|ssrn|osf|preprint/iu.test(archive) && !this.#has('journaltitle');
    if (type === 'article' && isPreprint && subtype === undefined) {
      return 'UNPB';
    }
    if (type === 'article' && subtype === undefined && this.#bag.peekText('pubstate') === 'inpress') {
      this.#bag.take('pubstate');
      return 'INPR';
    }
    return rowOfType(type, subtype)?.ris ?? 'GEN';
  }

  /** The text of a field in one line and without markup that RIS does not have; reports what that costs. */
  #plain(field: string, text: string): string {
    const bare = this.#reference.source.format === 'ris' ? text : withoutMarkup(text);
    const line = oneLine(bare);
    if (bare !== text || /[\r\n]/u.test(bare.trim())) {
      this.#narrow(field);
    }
    return encodeEntities(line);
  }

  /** Reports once that a field is carried less exactly. */
  #narrow(field: string): void {
    if (!this.#narrowed.has(field)) {
      this.#narrowed.add(field);
      this.#bag.lose(field, 'narrowed');
    }
  }

  /** Takes a field as text on one line; undefined when it is missing, empty or already written. */
  #take(field: string): string | undefined {
    const text = this.#bag.takeText(field);
    return text === undefined || text.trim() === '' ? undefined : this.#plain(field, text);
  }

  #put(tag: string, text: string): void {
    if (text === '') {
      return;
    }
    const texts = this.#tags.get(tag);
    if (texts === undefined) {
      this.#tags.set(tag, [text]);
    } else {
      texts.push(text);
    }
  }

  /** Writes one value into the best tag that is free; false when there is none. */
  #putField(field: string, text: string): boolean {
    for (const row of risTagsOfField(field, this.#ris)) {
      if (repeatable.has(row.tag) || !this.#tags.has(row.tag)) {
        this.#put(row.tag, text);
        if (row.use === 'narrow') {
          this.#narrow(field);
        }
        return true;
      }
    }
    return false;
  }

  /** A note behind the name of what it tells; false when the field has no place in the notes. */
  #putNote(field: string, text: string): boolean {
    const label = Object.hasOwn(risNoteLabels, field) ? risNoteLabels[field] : undefined;
    if (label === undefined) {
      return false;
    }
    this.#put('N1', `${label}: ${text}`);
    return true;
  }

  #putOrLose(field: string, text: string): void {
    if (!this.#putField(field, text) && !this.#putNote(field, text)) {
      this.#bag.lose(field, risTagsOfField(field, this.#ris).length > 0 ? 'slot-taken' : 'no-slot');
    }
  }

  #writeTitles(): void {
    const parts = [this.#take('title'), this.#take('subtitle')];
    const title = parts.filter(part => part !== undefined).join(': ');
    if (title !== '') {
      this.#put('TI', title);
    }
  }

  #writeContainers(): void {
    if (isRisTypeIn(this.#ris, 'PARTS')) {
      this.#writeContainer('booktitle', 'booksubtitle', 'booktitleaddon');
    }
    this.#writeContainer('journaltitle', 'journalsubtitle', 'journaltitleaddon');
    this.#writeContainer('booktitle', 'booksubtitle', 'booktitleaddon');
    if (isRisTypeIn(this.#ris, 'WHOLES') && this.#has('series')) {
      this.#putOrLose('series', this.#take('series') ?? '');
    }
    this.#writeContainer('maintitle', 'mainsubtitle', 'maintitleaddon');
  }

  #writeContainer(field: string, subfield: string, addon: string): void {
    const title = [this.#take(field), this.#take(subfield)].filter(part => part !== undefined).join(': ');
    const whole = [title, this.#take(addon) ?? ''].filter(part => part !== '').join('. ');
    if (whole === '') {
      return;
    }
    this.#putOrLose(field, whole);
    // Readers of the specification of 2001 know a journal by JF only.
    if (field === 'journaltitle' && isRisTypeIn(this.#ris, 'ARTICLES')) {
      this.#put('JF', whole);
    }
  }

  /** A paper's CY is the place of the conference; only where there is none it is that of the publisher. */
  #writePlaces(): void {
    const venue = this.#take('venue');
    const place = this.#take('location');
    if (venue !== undefined) {
      this.#putOrLose('venue', venue);
    }
    if (place !== undefined) {
      this.#putPlace(place);
    }
  }

  #putPlace(place: string): void {
    if (this.#tags.has('CY')) {
      this.#putOrLose('location', place);
    } else {
      this.#put('CY', place);
    }
  }

  #writeDates(): void {
    const issued = this.#bag.take('date');
    if (issued?.kind === 'date') {
      this.#writeIssued(issued.date);
    }
    const accessed = this.#bag.take('urldate');
    if (accessed?.kind === 'date') {
      this.#put('Y2', formatRisDate(accessed.date) ?? encodeEntities(accessed.date.literal ?? ''));
    }
    const available = this.#bag.peek('available-date');
    if (available?.kind === 'date' && isRisTypeIn(this.#ris, 'ARTICLES') && !this.#has('edition')) {
      this.#bag.take('available-date');
      this.#put('ET', formatEdtf(available.date)?.replaceAll('-', '/') ?? available.date.literal ?? '');
    }
    this.#writeOriginal();
  }

  #writeIssued(date: DateValue): void {
    const point = datePoint(date.start);
    if (point === undefined) {
      const text = date.literal ?? formatEdtf(date) ?? '';
      this.#put('PY', encodeEntities(text.replace(/\s+/gu, ' ').trim()));
      return;
    }
    this.#put('PY', risYear(point));
    const full = formatRisDate(date) ?? '';
    if (full !== `${risYear(point)}///`) {
      this.#put('DA', full);
    }
  }

  /** Everything about the first publication goes into OP. */
  #writeOriginal(): void {
    const date = this.#bag.peek('origdate');
    const year = date?.kind === 'date' ? (formatEdtf(date.date) ?? date.date.literal ?? '') : '';
    const original = [this.#take('origtitle'), this.#take('origpublisher'), this.#take('origlocation'), year];
    this.#bag.take('origdate');
    this.#put('OP', original.filter(part => part !== undefined && part !== '').join('; '));
  }

  #writePages(): void {
    const pages = this.#take('pages')?.replace(/-{2,3}|[–—]/gu, '-');
    const isWhole = isRisTypeIn(this.#ris, 'WHOLES') || this.#ris === 'THES';
    if (pages !== undefined) {
      const [first, last] = splitPages(pages);
      this.#put('SP', first);
      // A single page of a whole book would be read as its number of pages.
      this.#put('EP', last ?? (isWhole && /\d$/u.test(first) && !/[-,]/u.test(first) ? first : ''));
    }
    const total = this.#take('pagetotal');
    if (total === undefined) {
      return;
    }
    if (isWhole && pages === undefined) {
      this.#put('SP', total);
    } else {
      this.#putNote('pagetotal', total);
    }
  }

  #writeNumbers(): void {
    for (const field of ['isbn', 'issn']) {
      const numbers = this.#take(field);
      for (const number of numbers?.split(/[,;\s]+/u) ?? []) {
        this.#put('SN', number);
      }
    }
  }

  /** A local path stays on this machine; an address of a file may go. */
  #writeLinks(): void {
    const file = this.#bag.peekText('file');
    if (file !== undefined && isUrl(file)) {
      this.#bag.take('file');
      this.#put('L1', file);
    } else if (file !== undefined) {
      this.#bag.lose('file', 'no-slot');
    }
    const archive = this.#bag.peekText('eprinttype');
    if (archive !== undefined) {
      this.#bag.take('eprinttype');
      this.#put(
        'DB',
        Object.hasOwn(archiveNames, archive) ? (archiveNames[archive] ?? '') : this.#plain('eprinttype', archive),
      );
    }
  }

  /** The database, when DB is not needed to say whose the number in AN is. */
  #writeDatabase(): void {
    if (!this.#tags.has('DB') && !this.#has('eprint')) {
      this.#put('DB', this.#take('source') ?? '');
    }
  }

  #writeLanguage(): void {
    const id = this.#take('langid');
    if (id !== undefined) {
      const tag = languageTag(id);
      this.#put('LA', tag !== undefined && babelName(tag) === id ? tag : id);
    }
    const language = this.#take('language');
    if (language === undefined) {
      return;
    }
    const isSame = language === id || (id !== undefined && (languageTag(language) ?? language) === languageTag(id));
    if (!isSame) {
      this.#putOrLose('language', language);
    }
  }

  /** M3: what kind of work it is. */
  #writeWork(): void {
    const { type } = this.#reference;
    const subtype = this.#take('entrysubtype');
    const work = this.#take('type');
    if (work !== undefined) {
      this.#put('M3', Object.hasOwn(typeKeys, work) ? (typeKeys[work] ?? work) : work);
    }
    const row = rowOfRisType(this.#ris);
    const special = risWorkTypes.find(
      other => other.ris === this.#ris && other.type === type && other.subtype === subtype,
    );
    const isPreprint = this.#ris === 'UNPB' && type === 'article';
    if (work === undefined && (special !== undefined || isPreprint)) {
      this.#put('M3', special?.work ?? 'Preprint');
    } else if (subtype !== undefined && rowOfType(type, subtype)?.subtype !== subtype.toLowerCase()) {
      this.#writeSubtype(subtype);
    }
    const isKept =
      special !== undefined ||
      (row?.biblatex === type && this.#ris !== 'UNPB') ||
      keptTypes.has(`${type} ${this.#ris}`);
    if (!isKept) {
      this.#loseType();
    }
    if ((this.#ris === 'GEN' || this.#ris === 'ELEC') && !this.#tags.has('M3')) {
      this.#put('M3', this.#take('howpublished') ?? '');
    }
  }

  #writeSubtype(subtype: string): void {
    if (this.#tags.has('M3')) {
      this.#bag.lose('entrysubtype', 'slot-taken');
    } else {
      this.#put('M3', subtype);
    }
  }

  #loseType(): void {
    const { key, type, source } = this.#reference;
    this.#bag.losses.push({ key, field: 'type', value: source.type === '' ? type : source.type, reason: 'type' });
  }

  /** Editors stand in A2 or A3 by type, and in ED for those who know no other tag; other kinds of editors in the note. */
  #writeEditors(): void {
    const kind = this.#bag.peekText('editortype');
    const value = this.#bag.peek('editor');
    if (value?.kind === 'names' && (kind === undefined || kind === 'editor')) {
      this.#bag.take('editortype');
      if (isRisTypeIn(this.#ris, 'WHOLES')) {
        for (const name of value.names) {
          this.#put('ED', this.#nameText('editor', name));
        }
      }
    }
    for (const [field, typeField] of Object.entries(editorKinds)) {
      const names = this.#bag.peek(field);
      const type = this.#bag.peekText(typeField);
      if (names?.kind === 'names' && type !== undefined) {
        this.#bag.take(field);
        this.#bag.take(typeField);
        this.#put('N1', `${type.slice(0, 1).toUpperCase()}${type.slice(1)}: ${names.names.map(fullName).join('; ')}`);
      }
    }
  }

  #writeField(field: string, value: Value): void {
    const own = ownTag(field);
    if (own !== undefined) {
      this.#put(own, this.#take(field) ?? '');
    } else if (value.kind === 'names') {
      this.#writeNames(field, value.names, value.others);
    } else if (value.kind === 'keywords') {
      this.#bag.take(field);
      value.items.forEach(item => {
        this.#put('KW', this.#plain(field, item));
      });
    } else if (value.kind === 'date') {
      this.#bag.take(field);
      this.#putOrLose(field, formatEdtf(value.date) ?? value.date.literal ?? '');
    } else if (field === 'note' || field === 'annotation') {
      this.#writeParagraphs(field);
    } else if (isWorthWriting(field)) {
      const text = this.#take(field);
      if (text !== undefined) {
        this.#putOrLose(field, text);
      }
    }
  }

  /** Each paragraph is a note of its own. */
  #writeParagraphs(field: string): void {
    const paragraphs = this.#bag.takeText(field)?.split(/\n\s*\n/u) ?? [];
    for (const paragraph of paragraphs) {
      const text = this.#plain(field, paragraph);
      this.#put(field === 'note' ? 'N1' : 'RN', text);
    }
  }

  #writeNames(field: string, names: readonly Name[], others: boolean): void {
    const row = risTagsOfField(field, this.#ris).find(
      candidate => candidate.use !== 'narrow' || !this.#tags.has(candidate.tag),
    );
    this.#bag.take(field);
    if (row === undefined) {
      if (!this.#putNote(field, names.map(fullName).join('; '))) {
        this.#bag.lose(field, 'no-slot');
      }
    } else {
      for (const name of names) {
        this.#put(row.tag, this.#nameText(field, name));
      }
      if (row.use === 'narrow') {
        this.#narrow(field);
      }
    }
    if (others) {
      this.#bag.losses.push({ key: this.#reference.key, field, value: 'and others', reason: 'no-slot' });
    }
  }

  /** The name as RIS has it. A body with a comma in its name would be read as a person: that is reported. */
  #nameText(field: string, name: Name): string {
    const text = sortedName(name);
    if ('literal' in name && !('literal' in parseSortedName(text))) {
      this.#bag.losses.push({ key: this.#reference.key, field, value: text, reason: 'narrowed' });
    }
    return this.#plain(field, text);
  }
}

/** Whether a field is a fact about the work, not an instruction to BibLaTeX or a program's own note. */
const isWorthWriting = (field: string): boolean =>
  fieldNamed(field) !== undefined || Object.hasOwn(risNoteLabels, field);

/** The tag of a field that keeps one: `ris-c1`, `ris-c1-2`. */
const ownTag = (field: string): string | undefined => /^ris-([a-z][a-z0-9])(?:-\d+)?$/u.exec(field)?.[1]?.toUpperCase();

/** Spellings of archives. */
const archiveNames: Readonly<Record<string, string>> = { arxiv: 'arXiv', pubmed: 'PubMed', jstor: 'JSTOR' };

/** Types that the reader knows again by the other fields of the record. */
const keptTypes: ReadonlySet<string> = new Set([
  'inbook CHAP',
  'incollection CHAP',
  'proceedings CONF',
  'unpublished UNPB',
  'review JOUR',
  'online ICOMM',
  'letter ICOMM',
  'collection EDBOOK',
]);
