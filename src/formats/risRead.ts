import { fieldKind } from '../data/fields.ts';
import { fieldOfRisTag, isRisTypeIn, risTypeWords } from '../data/risTags.ts';
import { rowOfRisType } from '../data/types.ts';
import type { Value } from '../model/reference.ts';
import { mergeRisDates } from './risDate.ts';
import { RisDraft, type NumberedLine } from './risDraft.ts';
import { isUsableKey } from './risKey.ts';
import { typeInNote, type RisLine } from './risLines.ts';
import { settleRisDraft } from './risSettle.ts';
import { doiIn, isUrl, joinPages, risText, splitNumbers, splitUrls } from './risValue.ts';

/** What a record says. */
export interface RisReading {
  readonly type: string;
  readonly fields: ReadonlyMap<string, Value>;
  /** For each field the numbers of the lines it came from. */
  readonly origins: ReadonlyMap<string, readonly number[]>;
}

/** Reads the lines of a record (without TY and ER) of the type that stands in its TY line. */
export function readRisRecord(writtenType: string, lines: readonly RisLine[]): RisReading {
  const reader = new RecordReader(writtenType, lines);
  return reader.read();
}

/** Tags that yield to others for the same field, the weakest last. */
const weakRanks: ReadonlyMap<string, number> = new Map(
  'T1 CT BT A1 ED N2 CP VO PU PP DI T3 JO JA J2 J1 RN M2 M1 C1 C2 C3 M3 DP H1 H2 L3 L2 LK L1 U1 U2 U3 U4 U5'
    .split(' ')
    .map((tag, index) => [tag, index + 1]),
);

class RecordReader {
  readonly #writtenType: string;
  readonly #ris: string;
  readonly #lines: readonly NumberedLine[];
  readonly #firstId: NumberedLine | undefined;
  #areDatesRead = false;
  /** The tags that have a value. */
  readonly #tags: ReadonlySet<string>;
  readonly #draft: RisDraft;
  /** ISBN and ISSN so far. */
  readonly #numbers = new Map<string, Set<string>>();
  /** The type that a lossless conversion put there. */
  #typeInNote: string | undefined;

  constructor(writtenType: string, lines: readonly RisLine[]) {
    const numbered: NumberedLine[] = [];
    const tags = new Set<string>();
    for (const [index, { tag, text }] of lines.entries()) {
      if (text.trim() === '') continue;
      numbered.push({ tag, text, index });
      tags.add(tag);
    }
    this.#writtenType = writtenType.trim();
    this.#lines = numbered;
    this.#firstId = numbered.find(line => line.tag === 'ID');
    this.#tags = tags;
    this.#draft = new RisDraft();
    const known = risType(writtenType);
    this.#ris = known === undefined || known === 'GEN' ? this.#guessGeneric() : known;
  }

  read(): RisReading {
    const weak: { readonly line: NumberedLine; readonly rank: number }[] = [];
    for (const line of this.#lines) {
      const rank = this.#rank(line.tag);
      if (rank === 0) this.#readLine(line);
      else weak.push({ line, rank });
    }
    // Lines of one rank stay in their order.
    for (const { line } of weak.sort((a, b) => a.rank - b.rank)) {
      this.#readLine(line);
    }
    this.#readPages();
    const isUnknown = risType(this.#writtenType) === undefined && this.#ris === 'GEN';
    const settled = settleRisDraft(this.#ris, this.#draft, isUnknown ? this.#writtenType : '');
    const type = this.#typeInNote ?? settled;
    const { fields, origins } = this.#draft;
    for (const indexes of origins.values()) {
      if (indexes.length > 1) indexes.sort((a, b) => a - b);
    }
    const first = (field: string): number => origins.get(field)?.[0] ?? -1;
    let last = -1;
    let isSorted = true;
    for (const field of fields.keys()) {
      isSorted &&= first(field) >= last;
      last = first(field);
    }
    return { type, fields: isSorted ? fields : new Map([...fields].sort(([a], [b]) => first(a) - first(b))), origins };
  }

  #rank(tag: string): number {
    const isOtherJournal = isRisTypeIn(this.#ris, 'ARTICLES') ? tag === 'T2' : tag === 'JF';
    return isOtherJournal ? 3.5 : (weakRanks.get(tag) ?? 0);
  }

  /** GEN, or a type nobody knows, is an article where it has a journal. */
  #guessGeneric(): string {
    const isArticle =
      ['JF', 'JO', 'JA'].some(tag => this.#tags.has(tag)) || (this.#tags.has('T2') && this.#tags.has('VL'));
    return isArticle ? 'JOUR' : 'GEN';
  }

  #readLine(line: NumberedLine): void {
    switch (line.tag) {
      case 'PY':
      case 'Y1':
      case 'DA':
        this.#readDates();
        return;
      case 'SP':
      case 'EP':
        return;
      case 'JF':
      case 'JO':
      case 'JA':
      case 'J1':
      case 'J2':
        this.#addJournal(line);
        return;
      case 'SN':
        this.#addNumbers(line);
        return;
      case 'UR':
      case 'LK':
      case 'L2':
      case 'L3':
        this.#addLink(line);
        return;
      case 'M3':
      case 'U1':
      case 'U2':
      case 'U3':
      case 'U4':
      case 'U5':
        this.#addDoiOr(line);
        return;
      case 'N1':
        this.#addNote(line);
        return;
      case 'ID':
        if (!isUsableKey(line.text) || line !== this.#firstId) {
          this.#draft.keep(line);
        }
        return;
      default:
        this.#draft.add(this.#fieldOf(line), line);
    }
  }

  /** The field for a line, where its value and the other tags of the record have a say. */
  #fieldOf({ tag, text }: RisLine): string | undefined {
    const field = fieldOfRisTag(tag, this.#ris);
    const isPaper = isRisTypeIn(this.#ris, 'PAPERS');
    switch (tag) {
      case 'A2':
        return field === 'collection-editor' && this.#isEditorInA2() ? 'editor' : field;
      case 'T2':
        return isPaper && this.#tags.has('C3')
          ? 'eventtitle'
          : this.#hasSeriesInT3() && this.#tags.has('T3')
            ? 'maintitle'
            : field;
      case 'T3':
        return isRisTypeIn(this.#ris, 'WHOLES') && !this.#hasSeriesInT3() && this.#tags.has('T2') ? 'maintitle' : field;
      case 'CY':
        return field === 'venue' && !(isPaper && this.#tags.has('C1')) ? 'location' : field;
      case 'C1':
        return isPaper ? 'location' : field;
      case 'C2':
        return field === 'pmcid' && !/^PMC\d+$/iu.test(text.trim()) ? undefined : field;
      case 'ET':
        return isRisTypeIn(this.#ris, 'ARTICLES') && /^\d{4}[-/]\d/u.test(text.trim()) ? 'available-date' : field;
      case 'DB':
        return this.#tags.has('AN') ? field : 'source';
      case 'M1':
        return this.#isNoteInM1(text) ? 'note' : field;
      default:
        return field;
    }
  }

  /** The series stands in T2 of a book, but in T3 of an electronic or ancient one or a serial (2011). */
  #hasSeriesInT3(): boolean {
    return this.#ris === 'EBOOK' || this.#ris === 'ANCIENT' || this.#ris === 'SER';
  }

  /** A2 of a whole book: its editor in the tables of 2001, of its series in those of 2011. */
  #isEditorInA2(): boolean {
    return !this.#tags.has('A3') && !this.#tags.has('ED') && !this.#tags.has('AU') && !this.#tags.has('A1');
  }

  /** M1 of an article is its issue only where IS is missing and it looks like one. */
  #isNoteInM1(text: string): boolean {
    const isIssue = !this.#tags.has('IS') && !this.#tags.has('CP') && /^[\w./–-]{1,12}$/u.test(text.trim());
    return isRisTypeIn(this.#ris, 'ARTICLES') && !isIssue;
  }

  #linesOf(...tags: string[]): NumberedLine[] {
    const found: NumberedLine[] = [];
    for (const tag of tags) {
      if (!this.#tags.has(tag)) continue;
      for (const line of this.#lines) if (line.tag === tag) found.push(line);
    }
    return found;
  }

  /** A note, or a field that a lossless conversion put there ("bib:field: value"). */
  #addNote(line: NumberedLine): void {
    this.#typeInNote ??= typeInNote(line);
    if (typeInNote(line) !== undefined) {
      return;
    }
    const sidecar = /^bib:([a-z][\w.-]*): /u.exec(line.text);
    const field = sidecar?.[1];
    if (sidecar === null || field === undefined || this.#draft.has(field)) {
      this.#draft.add('note', line);
    } else {
      const text = line.text.slice(sidecar[0].length);
      for (const item of fieldKind(field) === 'names' ? text.split('; ') : [text]) {
        this.#draft.add(field, { ...line, text: item });
      }
    }
  }

  /** PY, Y1 and DA together, at the first of them. */
  #readDates(): void {
    const draft = this.#draft;
    if (this.#areDatesRead) {
      return;
    }
    this.#areDatesRead = true;
    const lines = this.#linesOf('PY', 'Y1', 'DA').filter(line => /[^/\s]/u.test(line.text));
    const merged = mergeRisDates(lines.map(line => risText(line.text)));
    if (merged === undefined) {
      return;
    }
    draft.set('date', { kind: 'date', date: merged.date });
    lines.forEach((line, i) => {
      if (merged.left.includes(i)) {
        draft.keep(line);
      } else {
        draft.addOrigin('date', line);
      }
    });
  }

  #readPages(): void {
    const [start, ...starts] = this.#linesOf('SP');
    const [end, ...ends] = this.#linesOf('EP');
    const first = risText(start?.text ?? '');
    const last = risText(end?.text ?? '');
    if (first === '' && last === '') {
      return;
    }
    const isWhole = isRisTypeIn(this.#ris, 'WHOLES') || this.#ris === 'THES';
    const isTotal = isWhole && last === '' && pageTotal.test(first);
    const field = this.#ris === 'MPCT' ? 'dimensions' : isTotal ? 'pagetotal' : 'pages';
    this.#draft.set(field, { kind: 'text', text: field === 'pages' ? joinPages(first, last) : first });
    for (const line of [start, end]) {
      if (line !== undefined) {
        this.#draft.addOrigin(field, line);
      }
    }
    for (const line of [...starts, ...ends]) {
      this.#draft.keep(line);
    }
  }

  /** JF, JO, JA, J1, J2: the full title or its short form, decided by comparison. */
  #addJournal(line: NumberedLine): void {
    const draft = this.#draft;
    const title = risText(line.text);
    const field = ['booktitle', 'journaltitle'].find(name => draft.has(name));
    const known = field === undefined ? undefined : draft.text(field);
    if (field === undefined || known === undefined) {
      const isFull = line.tag === 'JF' || line.tag === 'JO' || isRisTypeIn(this.#ris, 'ARTICLES');
      draft.add(isFull ? fieldOfRisTag('JF', this.#ris) : 'shortjournal', line);
    } else if (known.toLowerCase() === title.toLowerCase()) {
      draft.addOrigin(field, line);
    } else if (line.tag === 'JF' || (line.tag === 'JO' && title.length >= known.length && !title.includes('.'))) {
      draft.add('journaltitle', line);
    } else {
      draft.add('shortjournal', line);
    }
  }

  #addNumbers(line: NumberedLine): void {
    const draft = this.#draft;
    const numbers = splitNumbers(risText(line.text));
    for (const field of ['isbn', 'issn'] as const) {
      for (const number of numbers[field]) {
        const before = draft.text(field);
        const known = this.#numbers.get(field) ?? new Set(before?.split(' '));
        this.#numbers.set(field, known);
        const text = known.has(number) || before === undefined ? (before ?? number) : `${before} ${number}`;
        known.add(number);
        draft.set(field, { kind: 'text', text }, line);
      }
    }
    if (numbers.other !== '') {
      const isNumber = !isRisTypeIn(this.#ris, 'ARTICLES') && !this.#tags.has('M1') && !this.#tags.has('IS');
      draft.add(isNumber ? 'number' : undefined, { ...line, text: numbers.other });
    }
  }

  /** Addresses: the first is the URL; that of a DOI says the DOI too, where no tag does. */
  #addLink(line: NumberedLine): void {
    const draft = this.#draft;
    const doi = doiIn(line.text);
    if (line.tag === 'L3' && doi !== undefined) {
      draft.addOnce('doi', { kind: 'verbatim', text: doi }, line);
      return;
    }
    if (line.tag === 'L3' && !isUrl(line.text.trim())) {
      draft.keep(line);
      return;
    }
    for (const url of splitUrls(line.text)) {
      draft.addOnce('url', { kind: 'verbatim', text: url }, { ...line, text: url });
    }
    if (doi !== undefined && line.tag === 'UR' && !this.#hasDoi()) {
      draft.set('doi', { kind: 'verbatim', text: doi }, line);
    }
  }

  #hasDoi(): boolean {
    return this.#draft.has('doi') || this.#linesOf('DO', 'DI', 'M3', 'L3', 'U1', 'U2').some(line => doiIn(line.text));
  }

  /** M3 and the user fields hold the DOI in the exports of some publishers and portals. */
  #addDoiOr(line: NumberedLine): void {
    const doi = doiIn(risText(line.text));
    if (doi === undefined) {
      this.#draft.add(this.#fieldOf(line), line);
    } else {
      this.#draft.addOnce('doi', { kind: 'verbatim', text: doi }, line);
    }
  }
}

/** The RIS type in upper case, words turned into it; undefined when nobody knows it. */
function risType(written: string): string | undefined {
  const trimmed = written.trim();
  const lower = trimmed.toLowerCase();
  const type = Object.hasOwn(risTypeWords, lower) ? (risTypeWords[lower] ?? '') : trimmed.toUpperCase();
  return rowOfRisType(type) === undefined ? undefined : type;
}

/** "350", "350 p.", "xii, 350 pages". */
const pageTotal = /^(?:[ivxlcm]+[,+]\s?)?\d+\s?(?:pp?|pages?|leaves|[lsS])?\.?$/iu;
