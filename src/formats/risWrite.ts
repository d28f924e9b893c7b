import { fieldNamed } from '../data/fields.ts';
import { babelName, languageTag } from '../data/languages.ts';
import { isRisTypeIn, risNoteLabels, risTagsOfField, risWorkTypes } from '../data/risTags.ts';
import { rowOfType, typeKeys } from '../data/types.ts';
import { formatEdtf } from '../model/date.ts';
import { fullName, parseSortedName, sortedName } from '../model/name.ts';
import type { Name } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import { roles } from './cslFields.ts';
import { isFurtherAddress, isKnownAddress } from './facts.ts';
import { FieldBag } from './fieldBag.ts';
import { readRisRecord } from './risRead.ts';
import { encodeEntities, isUrl, splitNumberTexts, splitPages } from './risValue.ts';
import type { Loss } from './loss.ts';
import type { RisLine } from './risLines.ts';
import { chooseRisType } from './risSettle.ts';
import { RisSheet } from './risSheet.ts';
import { writeRisDates } from './risWriteDates.ts';

/** The lines of a record after TY and ID, and what they could not take. */
export interface WrittenRecord {
  readonly type: string;
  readonly lines: readonly RisLine[];
  readonly losses: readonly Loss[];
  /** Those of `losses` that are values of fields, by field. */
  readonly lost: ReadonlyMap<string, readonly Loss[]>;
}

export interface RecordOptions {
  /** The RIS type when it is already settled. */
  readonly type?: string;
  /** Whether notes may say in words what has no tag. */
  readonly hasLabels: boolean;
}

/** Writes a reference as lines. */
export function writeRisRecord(reference: Reference, options: RecordOptions = { hasLabels: true }): WrittenRecord {
  return new RecordWriter(reference, options).write();
}

/** Roles whose names are told in the note, with the kind of editor in the place of the label. */
const editorKinds: Readonly<Record<string, string>> = {
  editor: 'editortype',
  editora: 'editoratype',
  editorb: 'editorbtype',
  editorc: 'editorctype',
};

/** By RIS type and type, a tag that alone tells the type: a note could only tell another one. */
const tellingTags: Readonly<Record<string, string>> = { 'BOOK book': 'AU', 'CONF inproceedings': 'EP' };

class RecordWriter {
  readonly #reference: Reference;
  readonly #bag: FieldBag;
  readonly #ris: string;
  readonly #sheet: RisSheet;

  constructor(reference: Reference, { type, hasLabels }: RecordOptions) {
    this.#reference = reference;
    this.#bag = new FieldBag(reference);
    this.#ris = type ?? chooseRisType(this.#bag);
    this.#sheet = new RisSheet(this.#bag, this.#ris, hasLabels);
  }

  write(): WrittenRecord {
    this.#writeTitles();
    this.#writeContainers();
    this.#writePlaces();
    writeRisDates(this.#bag, this.#sheet, this.#ris);
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
    const lines = this.#sheet.lines();
    if (!this.#isTypeRead(lines)) {
      this.#loseType();
    }
    return { type: this.#ris, lines, losses: this.#bag.losses, lost: this.#bag.lost };
  }

  /** Whether the record is read as the type it was: a book with editors alone is a collection. */
  #isTypeRead(lines: readonly RisLine[]): boolean {
    const { type } = this.#reference;
    const isPlainArticle = type === 'article' && this.#ris === 'JOUR' && !this.#sheet.has('RI');
    const telling = tellingTags[`${this.#ris} ${type}`];
    const isTold = telling !== undefined && this.#sheet.has(telling) && !this.#sheet.has('N1');
    return isPlainArticle || isTold || readRisRecord(this.#ris, lines).type === type;
  }

  #has(name: string): boolean {
    return this.#bag.has(name);
  }

  #writeTitles(): void {
    const parts = [this.#sheet.take('title'), this.#sheet.take('subtitle')];
    const title = parts.filter(part => part !== undefined).join(': ');
    if (title !== '') {
      this.#sheet.put('TI', title);
    }
  }

  #writeContainers(): void {
    if (isRisTypeIn(this.#ris, 'PARTS')) {
      this.#writeContainer('booktitle', 'booksubtitle', 'booktitleaddon');
    }
    this.#writeContainer('journaltitle', 'journalsubtitle', 'journaltitleaddon');
    this.#writeContainer('booktitle', 'booksubtitle', 'booktitleaddon');
    if (isRisTypeIn(this.#ris, 'WHOLES') && this.#has('series')) {
      this.#sheet.putOrLose('series', this.#sheet.take('series') ?? '');
    }
    this.#writeContainer('maintitle', 'mainsubtitle', 'maintitleaddon');
  }

  #writeContainer(field: string, subfield: string, addon: string): void {
    const title = [this.#sheet.take(field), this.#sheet.take(subfield)].filter(part => part !== undefined).join(': ');
    const whole = [title, this.#sheet.take(addon) ?? ''].filter(part => part !== '').join('. ');
    if (whole === '') {
      return;
    }
    if (!this.#sheet.putOrLose(field, whole)) {
      this.#bag.lose(subfield, 'slot-taken');
      this.#bag.lose(addon, 'slot-taken');
    }
    // Readers of the specification of 2001 know a journal by JF only.
    if (field === 'journaltitle' && isRisTypeIn(this.#ris, 'ARTICLES')) {
      this.#sheet.put('JF', whole);
    }
  }

  /** A paper's CY is the place of the conference; only where there is none it is that of the publisher. */
  #writePlaces(): void {
    const venue = this.#sheet.take('venue');
    const place = this.#sheet.take('location');
    if (venue !== undefined) {
      this.#sheet.putOrLose('venue', venue);
    }
    if (place !== undefined) {
      this.#putPlace(place);
    }
  }

  #putPlace(place: string): void {
    if (this.#sheet.has('CY')) {
      this.#sheet.putOrLose('location', place);
    } else {
      this.#sheet.put('CY', place);
    }
  }

  #writePages(): void {
    const pages = this.#sheet.take('pages')?.replace(/-{2,3}|[–—]/gu, '-');
    const isWhole = isRisTypeIn(this.#ris, 'WHOLES') || this.#ris === 'THES';
    if (pages !== undefined) {
      const [first, last] = splitPages(pages);
      this.#sheet.put('SP', first);
      // A single page of a whole book would be read as its number of pages.
      this.#sheet.put('EP', last ?? (isWhole && /\d$/u.test(first) && !/[-,]/u.test(first) ? first : ''));
    }
    const total = this.#sheet.take('pagetotal');
    if (total === undefined) {
      return;
    }
    if (isWhole && pages === undefined) {
      this.#sheet.put('SP', total);
    } else {
      this.#sheet.putOrLose('pagetotal', total);
    }
  }

  #writeNumbers(): void {
    for (const field of ['isbn', 'issn']) {
      for (const number of splitNumberTexts(this.#sheet.take(field) ?? '')) {
        this.#sheet.put('SN', number);
      }
    }
  }

  /** A local path stays on this machine; an address of a file may go. */
  #writeLinks(): void {
    const file = this.#bag.peekText('file');
    if (file !== undefined && isUrl(file)) {
      this.#bag.take('file');
      this.#sheet.put('L1', file);
    } else if (file !== undefined) {
      this.#bag.lose('file', 'no-slot');
    }
    const archive = this.#bag.peekText('eprinttype');
    if (archive !== undefined) {
      this.#bag.take('eprinttype');
      this.#sheet.put(
        'DB',
        Object.hasOwn(archiveNames, archive) ? (archiveNames[archive] ?? '') : this.#sheet.plain('eprinttype', archive),
      );
    }
  }

  /** The database, when DB is not needed to say whose the number in AN is. */
  #writeDatabase(): void {
    if (!this.#sheet.has('DB') && !this.#has('eprint')) {
      this.#sheet.put('DB', this.#sheet.take('source') ?? '');
    }
  }

  #writeLanguage(): void {
    const id = this.#sheet.take('langid');
    const spelling = this.#bag.peekText('ris-la');
    if (id !== undefined && spelling !== undefined && babelName(spelling) === babelName(id)) {
      this.#bag.take('ris-la');
      this.#sheet.put('LA', encodeEntities(spelling));
    } else if (id !== undefined) {
      const tag = languageTag(id);
      this.#sheet.put('LA', tag !== undefined && babelName(tag) === id ? tag : id);
    }
    const language = this.#sheet.take('language');
    if (language === undefined) {
      return;
    }
    const isSame = language === id || (id !== undefined && (languageTag(language) ?? language) === languageTag(id));
    if (!isSame) {
      this.#sheet.putOrLose('language', language);
    }
  }

  /** M3: what kind of work it is. */
  #writeWork(): void {
    const { type } = this.#reference;
    const subtype = this.#sheet.take('entrysubtype');
    const work = this.#sheet.take('type');
    if (work !== undefined) {
      this.#sheet.put('M3', Object.hasOwn(typeKeys, work) ? (typeKeys[work] ?? work) : work);
    }
    const special = risWorkTypes.find(
      other => other.ris === this.#ris && other.type === type && other.subtype === subtype,
    );
    const isPreprint = this.#ris === 'UNPB' && type === 'article';
    if (work === undefined && (special !== undefined || isPreprint)) {
      this.#sheet.put('M3', special?.work ?? 'Preprint');
    } else if (subtype !== undefined && rowOfType(type, subtype)?.subtype !== subtype.toLowerCase()) {
      this.#writeSubtype(subtype);
    }
    if ((this.#ris === 'GEN' || this.#ris === 'ELEC') && !this.#sheet.has('M3')) {
      this.#sheet.put('M3', this.#sheet.take('howpublished') ?? '');
    }
  }

  #writeSubtype(subtype: string): void {
    if (this.#sheet.has('M3')) {
      this.#bag.lose('entrysubtype', 'slot-taken');
    } else {
      this.#sheet.put('M3', subtype);
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
          this.#sheet.put('ED', this.#nameText('editor', name));
        }
      }
    }
    for (const [field, typeField] of Object.entries(editorKinds)) {
      const names = this.#bag.peek(field);
      const type = this.#bag.peekText(typeField);
      if (names?.kind === 'names' && type !== undefined) {
        this.#bag.take(field);
        this.#bag.take(typeField);
        const role = Object.hasOwn(roles, type) ? (roles[type] ?? type) : type;
        if (risTagsOfField(role, this.#ris).some(row => row.use !== 'narrow') && !this.#has(role)) {
          this.#writeNames(role, names.names, names.others);
          continue;
        }
        this.#sheet.put(
          'N1',
          `${type.slice(0, 1).toUpperCase()}${type.slice(1)}: ${names.names.map(fullName).join('; ')}`,
        );
      }
    }
  }

  #writeField(field: string, value: Value): void {
    const own = ownTag(field);
    if (isFurtherAddress(field, value) && (own === undefined || isKnownAddress(this.#reference, field))) {
      const address = this.#sheet.take(field) ?? '';
      this.#sheet.put('UR', isKnownAddress(this.#reference, field) ? '' : address);
    } else if (own !== undefined) {
      this.#sheet.put(own, this.#sheet.take(field) ?? '');
    } else if (value.kind === 'names') {
      this.#writeNames(field, value.names, value.others);
    } else if (value.kind === 'keywords') {
      this.#bag.take(field);
      value.items.forEach(item => {
        this.#sheet.put('KW', this.#sheet.plain(field, item));
      });
    } else if (value.kind === 'date') {
      this.#bag.take(field);
      this.#sheet.putOrLose(field, formatEdtf(value.date) ?? value.date.literal ?? '');
    } else if (field === 'note' || field === 'annotation') {
      this.#writeParagraphs(field);
    } else if (isWorthWriting(field)) {
      const text = this.#sheet.take(field);
      if (text !== undefined) {
        this.#sheet.putOrLose(field, text);
      }
    }
  }

  /** Each paragraph is a note of its own. */
  #writeParagraphs(field: string): void {
    const paragraphs = this.#bag.takeText(field)?.split(/\n\s*\n/u) ?? [];
    for (const paragraph of paragraphs) {
      const text = this.#sheet.plain(field, paragraph);
      this.#sheet.put(field === 'note' ? 'N1' : 'RN', text);
    }
  }

  #writeNames(field: string, names: readonly Name[], others: boolean): void {
    const row = risTagsOfField(field, this.#ris).find(
      candidate => candidate.use !== 'narrow' || !this.#sheet.has(candidate.tag),
    );
    this.#bag.take(field);
    if (row === undefined) {
      if (!this.#sheet.putNote(field, [...names.map(fullName), ...(others ? ['et al.'] : [])].join('; '))) {
        this.#bag.lose(field, 'no-slot');
      }
    } else {
      for (const name of names) {
        this.#sheet.put(row.tag, this.#nameText(field, name));
      }
      this.#sheet.put(row.tag, others ? 'et al.' : '');
      if (row.use === 'narrow') {
        this.#sheet.narrow(field);
      }
    }
  }

  /** The name as RIS has it. A body with a comma in its name would be read as a person: that is reported. */
  #nameText(field: string, name: Name): string {
    const text = sortedName(name);
    if ('literal' in name && !('literal' in parseSortedName(text))) {
      this.#bag.losses.push({ key: this.#reference.key, field, value: text, reason: 'narrowed' });
    }
    // RIS sorts a name under its particle.
    if ('family' in name && name.useprefix === false && name.prefix !== undefined) this.#sheet.narrow(field);
    return this.#sheet.plain(field, text);
  }
}

/** Whether a field is a fact about the work, not an instruction to BibLaTeX or a program's own note. */
const isWorthWriting = (field: string): boolean =>
  fieldNamed(field) !== undefined || Object.hasOwn(risNoteLabels, field);

/** The tag of a field that keeps one: `ris-c1`, `ris-c1-2`. What frames a record cannot stand in it. */
const ownTag = (field: string): string | undefined =>
  /^ris-(?!er|ty)([a-z][a-z0-9])(?:-\d+)?$/u.exec(field)?.[1]?.toUpperCase();

/** Spellings of archives. */
const archiveNames: Readonly<Record<string, string>> = { arxiv: 'arXiv', pubmed: 'PubMed', jstor: 'JSTOR' };
