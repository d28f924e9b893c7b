import { babelName } from '../data/languages.ts';
import { seasonName } from '../data/months.ts';
import { fieldOfWebOfScienceTag, plainDocumentTypes } from '../data/webOfScienceTags.ts';
import { datePoint, parseDate } from '../model/date.ts';
import type { DateValue } from '../model/date.ts';
import { parseSortedName } from '../model/name.ts';
import type { Name } from '../model/name.ts';
import { RecordDraft, type NumberedTagLine, type RecordReading } from './recordDraft.ts';
import { mergeRisDates } from './risDate.ts';
import { doiIn, joinPages, risText, splitNumbers } from './risValue.ts';

/** Reads the lines of a record. */
export function readWebOfScienceLines(lines: readonly NumberedTagLine[]): RecordReading {
  return new WebOfScienceReader(lines).read();
}

/** Names in full, with the tag of their short form. */
const shortTags: Readonly<Record<string, string>> = { AU: 'AF', BA: 'BF' };

class WebOfScienceReader {
  readonly #lines: readonly NumberedTagLine[];
  /** The first line of each tag. */
  readonly #firstLines = new Map<string, NumberedTagLine>();
  readonly #draft = new RecordDraft('wos');
  readonly #type: string;

  constructor(lines: readonly NumberedTagLine[]) {
    this.#lines = lines.filter(line => line.text.trim() !== '' && line.tag !== 'ER');
    for (const line of this.#lines) {
      if (!this.#firstLines.has(line.tag)) this.#firstLines.set(line.tag, line);
    }
    this.#type = this.#findType();
  }

  read(): RecordReading {
    for (const line of this.#lines) {
      this.#readLine(line);
    }
    return this.#draft.reading(this.#type);
  }

  #line(tag: string): NumberedTagLine | undefined {
    return this.#firstLines.get(tag);
  }

  #text(tag: string): string {
    return risText(this.#line(tag)?.text ?? '');
  }

  /** J journal, B book, S series, C conference, P patent; the document type and the host tell the rest. */
  #findType(): string {
    const kind = this.#text('PT');
    const work = this.#text('DT').toLowerCase();
    if (kind === 'P') {
      return 'patent';
    }
    if (kind === 'J' || (kind === '' && this.#line('JI') !== undefined)) {
      return 'article';
    }
    if (kind === 'C' || work.includes('proceedings paper') || (this.#line('CT') !== undefined && this.#hasHost())) {
      return 'inproceedings';
    }
    if (!this.#hasHost()) {
      return this.#line('AU') === undefined && this.#line('BE') !== undefined ? 'collection' : 'book';
    }
    return 'incollection';
  }

  /** Whether the work stands in another one. */
  #hasHost(): boolean {
    return this.#line('TI') !== undefined && this.#text('SO').toLowerCase() !== this.#text('TI').toLowerCase();
  }

  #readLine(line: NumberedTagLine): void {
    const draft = this.#draft;
    const text = risText(line.text);
    switch (line.tag) {
      case 'PT':
        if (!/^[JBSCP]$/u.test(text)) {
          draft.keep(line);
        }
        return;
      case 'DT':
        if (plainDocumentTypes[text.toLowerCase()] !== this.#type) {
          draft.keep(line);
        }
        return;
      case 'AU':
      case 'AF':
      case 'BA':
      case 'BF':
      case 'BE':
      case 'ED':
      case 'CA':
      case 'GP':
        this.#readNames(line);
        return;
      case 'DE':
      case 'ID':
        draft.addItems('keywords', 'keywords', parts(text, /;\s*/u), line);
        return;
      case 'C1':
        draft.addPart('affiliation', rowsOf(line.text).join('; '), '; ', line);
        return;
      case 'CR':
        draft.addPart('references', rowsOf(line.text).join('; '), '; ', line);
        return;
      case 'SN':
      case 'EI':
      case 'BN':
        this.#readNumbers(line, text);
        return;
      case 'PY':
      case 'PD':
        this.#readDate();
        return;
      case 'CY':
      case 'EA':
        this.#readOtherDate(line, text);
        return;
      case 'BP':
      case 'EP':
        this.#readPages();
        return;
      case 'DI':
        draft.addOnce('doi', { kind: 'verbatim', text: doiIn(text) ?? text }, line);
        return;
      case 'DL':
        this.#readLink(line, text);
        return;
      case 'PM':
        draft.addOnce('eprint', { kind: 'verbatim', text }, line);
        draft.addOnce('eprinttype', { kind: 'text', text: 'pubmed' }, line);
        return;
      case 'LA':
        this.#readLanguage(line, text);
        return;
      default:
        this.#readField(line, text);
    }
  }

  #readField(line: NumberedTagLine, text: string): void {
    const field = fieldOfWebOfScienceTag(line.tag, this.#type);
    if (field === undefined) {
      this.#draft.keep(line);
    } else {
      this.#draft.addText(field, text, line);
    }
  }

  /** Names one a line; the short forms say nothing where the same names stand in full. */
  #readNames(line: NumberedTagLine): void {
    const draft = this.#draft;
    const field = fieldOfWebOfScienceTag(line.tag, this.#type) ?? 'author';
    const full = this.#line(shortTags[line.tag] ?? '');
    const names = rowsOf(line.text);
    if (full !== undefined && isSameNames(names, rowsOf(full.text))) {
      draft.addOrigin(field, line);
    } else if (full !== undefined) {
      draft.keep(line);
    } else {
      const isGroup = line.tag === 'CA' || line.tag === 'GP';
      const list = names
        .filter(name => !isOthers(name))
        .map((name): Name => (isGroup ? { literal: name } : parseSortedName(name)));
      draft.addNames(field, { names: list, others: names.some(isOthers) }, line);
    }
  }

  #readNumbers(line: NumberedTagLine, text: string): void {
    const { isbn, issn, other } = splitNumbers(text);
    for (const number of issn) {
      this.#draft.addPart('issn', number, ' ', line);
    }
    for (const number of isbn) {
      this.#draft.addPart('isbn', number, ' ', line);
    }
    if (other !== '') {
      this.#draft.keep({ ...line, text: other });
    }
  }

  /** PY and PD together, at the first of them. */
  #readDate(): void {
    if (this.#draft.has('date')) {
      return;
    }
    const lines = [this.#line('PY'), this.#line('PD')].filter(line => line !== undefined);
    const merged = mergeRisDates(lines.map(line => longSeason(risText(line.text))));
    if (merged !== undefined) {
      lines.forEach((line, i) => {
        if (merged.left.includes(i)) {
          this.#draft.keep(line);
        } else {
          this.#draft.set('date', { kind: 'date', date: merged.date }, line);
        }
      });
    }
  }

  /** "JUL 10-12, 2013", "NOV 2019". */
  #readOtherDate(line: NumberedTagLine, text: string): void {
    const field = fieldOfWebOfScienceTag(line.tag, this.#type) ?? 'eventdate';
    this.#draft.addOnce(field, { kind: 'date', date: parseEventDate(text) }, line);
  }

  #readPages(): void {
    const lines = [this.#line('BP'), this.#line('EP')].filter(line => line !== undefined);
    const text = joinPages(this.#text('BP'), this.#text('EP'));
    for (const line of lines) {
      this.#draft.set('pages', { kind: 'text', text }, line);
    }
  }

  /** The address of the DOI says nothing that DI does not. */
  #readLink(line: NumberedTagLine, text: string): void {
    const doi = doiIn(text);
    if (doi !== undefined && doi.toLowerCase() === (doiIn(this.#text('DI')) ?? doi).toLowerCase()) {
      this.#draft.addOrigin('doi', line);
      if (!this.#draft.has('doi')) {
        this.#draft.set('doi', { kind: 'verbatim', text: doiIn(this.#text('DI')) ?? doi }, line);
      }
    } else {
      this.#draft.keep(line);
    }
  }

  #readLanguage(line: NumberedTagLine, text: string): void {
    const languages = parts(text, /;\s*/u);
    const known = languages.length === 1 ? babelName(text) : undefined;
    if (known === undefined) {
      this.#draft.addItems('language', 'list', languages, line);
    } else {
      this.#draft.addOnce('langid', { kind: 'text', text: known }, line);
    }
  }
}

/** Each line of a value. */
const rowsOf = (text: string): string[] =>
  text
    .split(/[\r\n]+/u)
    .map(risText)
    .filter(row => row !== '');

const parts = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map(part => part.trim())
    .filter(part => part !== '');

const isOthers = (name: string): boolean => /^(?:\[?anonymous\]?, )?et\.? al\.?$/iu.test(name);

/** Whether the names are as many and have the same beginnings. */
function isSameNames(short: readonly string[], full: readonly string[]): boolean {
  const family = (name: string): string =>
    (name.split(',', 1)[0] ?? '')
      .normalize('NFKD')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toLowerCase();
  return short.length === full.length && short.every((name, i) => family(name) === family(full[i] ?? ''));
}

const seasons: Readonly<Record<string, 21 | 22 | 23 | 24>> = { spr: 21, sum: 22, fal: 23, win: 24 };

function longSeason(text: string): string {
  const season = Object.hasOwn(seasons, text.toLowerCase()) ? seasons[text.toLowerCase()] : undefined;
  return season === undefined ? text : seasonName(season);
}

/** "JUL 10-12, 2013", "SEP 30-OCT 02, 2009"; days over two years stay text. */
function parseEventDate(text: string): DateValue {
  const date = parseDate(text);
  return datePoint(date.start) === undefined && date.literal === undefined ? { literal: text } : date;
}
