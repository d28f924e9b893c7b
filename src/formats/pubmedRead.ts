import { babelName } from '../data/languages.ts';
import { fieldOfPubmedTag, pubmedTypes } from '../data/pubmedTags.ts';
import { datePoint, parseDate } from '../model/date.ts';
import type { DateValue } from '../model/date.ts';
import { familyName, parseSortedName, person, splitParticle } from '../model/name.ts';
import type { Name } from '../model/name.ts';
import { RecordDraft, type NumberedTagLine, type RecordReading } from './recordDraft.ts';
import { joinPages, oneLine, risText, splitPages } from './risValue.ts';

/** Reads the lines of a MEDLINE record. */
export function readPubmedLines(lines: readonly NumberedTagLine[]): RecordReading {
  return new PubmedReader(lines).read();
}

/** Tags of full names with those of the short form of the same names ("Gillard, Steve" and "Gillard S"). */
const fullNameTags: Readonly<Record<string, string>> = { AU: 'FAU', ED: 'FED', IR: 'FIR' };

const doiAddress = /^(?:doi:|https?:\/\/(?:dx\.)?doi\.org\/)(10\.\d{4,}\/\S+)$/iu;

class PubmedReader {
  readonly #lines: readonly NumberedTagLine[];
  readonly #draft = new RecordDraft('pubmed');
  readonly #type: string;
  readonly #typeLine: NumberedTagLine | undefined;
  readonly #subtype: string | undefined;
  /** Names in full, as family name and first letter of the given name, by their tag. */
  readonly #initials = new Map<string, ReadonlySet<string>>();
  /** The fields that keep identifiers, by their text. */
  readonly #identifiers = new Map<string, string>();

  constructor(lines: readonly NumberedTagLine[]) {
    this.#lines = lines.filter(line => line.text.trim() !== '');
    const works = this.#lines.filter(line => line.tag === 'PT');
    const row = pubmedTypes.find(([work]) => works.some(line => oneLine(line.text) === work));
    this.#typeLine = works.find(line => oneLine(line.text) === row?.[0]);
    this.#type = row?.[1] ?? this.#guessType();
    this.#subtype = row?.[2];
  }

  read(): RecordReading {
    let above: NumberedTagLine | undefined;
    for (const line of this.#lines) {
      this.#readLine(line, above);
      above = line.tag === 'AD' || line.tag === 'AUID' ? above : line;
    }
    if (this.#subtype !== undefined && this.#typeLine !== undefined) {
      this.#draft.addText('entrysubtype', this.#subtype, this.#typeLine);
    }
    this.#settleJournal();
    this.#settleLanguage();
    return this.#draft.reading(this.#type);
  }

  /** A record without a publication type that tells it. */
  #guessType(): string {
    const has = (tag: string): boolean => this.#lines.some(line => line.tag === tag);
    if (has('BTI')) {
      return has('TI') ? 'incollection' : 'book';
    }
    return has('JT') || has('TA') ? 'article' : has('ISBN') ? 'book' : 'misc';
  }

  #readLine(line: NumberedTagLine, above: NumberedTagLine | undefined): void {
    const draft = this.#draft;
    const text = risText(line.text);
    switch (line.tag) {
      case 'PMID':
        if (draft.has('eprint')) {
          draft.keep(line);
        } else {
          draft.set('eprint', { kind: 'verbatim', text }, line);
          draft.set('eprinttype', { kind: 'text', text: 'pubmed' }, line);
        }
        return;
      case 'PT':
        if (line !== this.#typeLine) {
          draft.keep(line);
        }
        return;
      case 'FAU':
      case 'FED':
      case 'FIR':
      case 'AU':
      case 'ED':
      case 'IR':
      case 'CN':
        this.#readName(line, text, above);
        return;
      case 'AD':
        draft.addPart('affiliation', text, '; ', line);
        return;
      case 'IS':
      case 'ISBN':
        this.#readNumber(line, text);
        return;
      case 'LID':
      case 'AID':
        this.#readIdentifier(line, text);
        return;
      case 'DP':
        draft.addOnce('date', { kind: 'date', date: parsePubmedDate(text) }, line);
        return;
      case 'DEP':
        draft.addOnce('available-date', { kind: 'date', date: parsePubmedDate(text) }, line);
        return;
      case 'PG':
        this.#readPages(line, text);
        return;
      case 'TA':
        draft.addOnce('shortjournal', { kind: 'text', text }, line);
        return;
      default:
        this.#readField(line, text);
    }
  }

  #readField(line: NumberedTagLine, text: string): void {
    const field = fieldOfPubmedTag(line.tag, this.#type);
    if (field === undefined) {
      this.#draft.keep(line);
    } else {
      this.#draft.addText(field, text, line);
    }
  }

  /** A name in full, its short form behind it, or a name that has only one of the two. */
  #readName(line: NumberedTagLine, text: string, above: NumberedTagLine | undefined): void {
    const draft = this.#draft;
    const field = fieldOfPubmedTag(line.tag, this.#type) ?? 'author';
    const full = fullNameTags[line.tag];
    if (full !== undefined && this.#isShort(text, full)) {
      draft.addOrigin(field, line);
    } else if (full !== undefined && above?.tag === full) {
      draft.keep(line);
    } else if (/^(?:et\.? al\.?|and others)$/iu.test(text)) {
      draft.addNames(field, { names: [], others: true }, line);
    } else {
      const name =
        line.tag === 'CN' ? { literal: text } : full === undefined ? parseFullName(text) : parseShortName(text);
      draft.addNames(field, { names: [name], others: false }, line);
    }
  }

  /** Whether "Gillard S" says no more than one of the names in full: "Gillard, Steve". */
  #isShort(text: string, tag: string): boolean {
    let initials = this.#initials.get(tag);
    if (initials === undefined) {
      const names = this.#lines.filter(line => line.tag === tag).map(line => parseFullName(risText(line.text)));
      initials = new Set(names.flatMap(namesWithInitial));
      this.#initials.set(tag, initials);
    }
    return namesWithInitial(parseShortName(text)).some(name => initials.has(name));
  }

  /** "1573-3289 (Electronic)"; a number that is none is kept. */
  #readNumber(line: NumberedTagLine, text: string): void {
    const number = /^([\dXx][\dXx -]*[\dXx])\s*(?:\(.*\))?$/u.exec(text)?.[1]?.trim();
    const digits = number?.replace(/[\s-]/gu, '').length;
    const field = digits === 8 ? 'issn' : digits === 10 || digits === 13 ? 'isbn' : undefined;
    if (number === undefined || field === undefined) {
      this.#draft.keep(line);
    } else {
      this.#draft.addPart(field, number.replaceAll(' ', '-'), ' ', line);
    }
  }

  /** "10.1007/s10488-014-0603-z [doi]", or the address of one as ERIC has it; other kinds of identifiers are kept, each once. */
  #readIdentifier(line: NumberedTagLine, text: string): void {
    const draft = this.#draft;
    const doi = /^(\S+)\s*\[doi\]$/u.exec(text)?.[1] ?? doiAddress.exec(text)?.[1];
    if (doi !== undefined) {
      draft.addOnce('doi', { kind: 'verbatim', text: doi }, line);
      return;
    }
    const known = this.#identifiers.get(text);
    if (known === undefined) {
      this.#identifiers.set(text, draft.keep(line));
    } else {
      draft.addOrigin(known, line);
    }
  }

  /** "682-94", or the number of an article: "e0190551". */
  #readPages(line: NumberedTagLine, text: string): void {
    if (this.#type === 'article' && /^e\d{3,}$/iu.test(text)) {
      this.#draft.addOnce('eid', { kind: 'text', text }, line);
    } else {
      const [first, last] = splitPages(text);
      this.#draft.addOnce('pages', { kind: 'text', text: joinPages(first, last ?? '') }, line);
    }
  }

  /** The short title alone is the title; one that is no shorter says nothing. */
  #settleJournal(): void {
    const { fields, origins } = this.#draft;
    const short = fields.get('shortjournal');
    const title = fields.get('journaltitle');
    const isSame =
      short?.kind === 'text' && title?.kind === 'text' && short.text.toLowerCase() === title.text.toLowerCase();
    if (short !== undefined && (title === undefined || isSame)) {
      const lines = [...(origins.get('journaltitle') ?? []), ...(origins.get('shortjournal') ?? [])];
      fields.delete('shortjournal');
      origins.delete('shortjournal');
      fields.set('journaltitle', title ?? short);
      origins.set('journaltitle', lines);
    }
  }

  /** One known language is babel's name of it; anything else stays as it is. */
  #settleLanguage(): void {
    const { fields, origins } = this.#draft;
    const language = fields.get('language');
    const [only] = language?.kind === 'list' && language.items.length === 1 ? language.items : [];
    const known = only === undefined ? undefined : babelName(only);
    if (only !== undefined && known !== undefined) {
      // A name of babel's own stays: "ngerman" is more than "German".
      fields.set('langid', { kind: 'text', text: /^[a-z]{5,}$/u.test(only) ? only : known });
      origins.set('langid', origins.get('language') ?? []);
      fields.delete('language');
      origins.delete('language');
    }
  }
}

const suffix = /^(?:Jr|Sr|\d+(?:st|nd|rd|th)|I{2,3}|IV)\.?$/u;

/** "Gillard, Steve", "Smith, John A Jr": the generation stands last, without a comma. */
function parseFullName(text: string): Name {
  const name = parseSortedName(text);
  if ('literal' in name || name.given === undefined || name.suffix !== undefined) {
    return name;
  }
  const words = name.given.split(' ');
  const last = words.at(-1) ?? '';
  const isSuffix = words.length > 1 && suffix.test(last);
  return isSuffix ? { ...name, given: words.slice(0, -1).join(' '), suffix: last } : name;
}

/** "Gillard S", "van der Berg JP Jr": family name, initials, generation. What has another shape is taken as a whole. */
function parseShortName(text: string): Name {
  if (text.includes(',')) {
    return parseFullName(text);
  }
  const words = text.split(/\s+/u);
  const end = words.length > 2 && suffix.test(words.at(-1) ?? '') ? words.pop() : undefined;
  const initials = words.at(-1) ?? '';
  if (words.length < 2 || !/^\p{Lu}[\p{Lu}-]{0,5}$/u.test(initials)) {
    return { literal: text };
  }
  const family = splitParticle(words.slice(0, -1).join(' '));
  return person({ ...family, given: initials, ...(end !== undefined && { suffix: end }) });
}

/** "berg j" for Jan van der Berg; the particle may belong to the family name too. */
function namesWithInitial(name: Name): string[] {
  const fold = (text: string): string =>
    text
      .normalize('NFKD')
      .replace(/[^\p{L}\p{N}]/gu, '')
      .toLowerCase();
  return 'literal' in name ? [fold(name.literal)] : [`${fold(familyName(name))} ${fold(name.given ?? '').slice(0, 1)}`];
}

/** "2015 Nov 2", "2015 Nov-Dec", "1998 Dec-1999 Jan", "20150124". */
function parsePubmedDate(text: string): DateValue {
  const compact = /^(\d{4})(\d{2})(\d{2})$/u.exec(text);
  if (compact !== null) {
    return parseDate(compact.slice(1).join('-'));
  }
  const range = /^(\d{4}\b[^-]*)-(\d{4}\b[^-]*)$/u.exec(text);
  const [start, end] = [parseDate(range?.[1] ?? ''), parseDate(range?.[2] ?? '')];
  const [from, to] = [datePoint(start.start), datePoint(end.start)];
  const isRange =
    from !== undefined && to !== undefined && (start.literal ?? end.literal ?? start.end ?? end.end) === undefined;
  return isRange ? { start: from, end: to } : parseDate(text);
}
