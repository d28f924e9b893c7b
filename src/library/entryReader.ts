import type { Blocks, Format, FormatProblem } from '../formats/format.ts';
import { BibtexReader } from '../formats/bibtexRead.ts';
import { expandValue, readTexValue } from '../formats/bibtexValue.ts';
import { parseRisDate } from '../formats/risDate.ts';
import { isUsableKey, madeKey } from '../formats/risKey.ts';
import { risLines, type RisLine } from '../formats/risLines.ts';
import { risText } from '../formats/risValue.ts';
import { splitAtAnd } from '../model/bibtexName.ts';
import { dateFromParts } from '../model/date.ts';
import { creatorsOf, shortAuthors, titleOf, yearOf } from '../model/describe.ts';
import { parseSortedName, type Name } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import type { BibtexEntries } from '../syntax/bibtex.ts';
import { BlockKind, bibtexEntries, rescanBibtex, scanBibtex, scanningBibtex } from '../syntax/bibtex.ts';
import { parseEntry, type SyntaxProblemCode } from '../syntax/bibtexEntry.ts';
import { FieldReader } from '../syntax/bibtexFields.ts';
import type { Rescan } from '../syntax/blockRescan.ts';
import type { BlockTable } from '../syntax/blockTable.ts';
import { rescanRis, risEntries, risTypeSpan, scanRis, scanningRis, type RisEntries } from '../syntax/tagged.ts';
import { parseRecord, type RecordProblem } from '../syntax/taggedRecord.ts';
import { plainTex } from '../syntax/tex.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { editedTable, EntryTable, scanningTable } from './entryTable.ts';
import type { SearchableEntry } from './searchWords.ts';

/** What a list shows of an entry; parts that it does not have are empty. */
export interface EntrySummary {
  /** "Gillard & Holley" */
  readonly authors: string;
  readonly year: string;
  readonly title: string;
}

/** An error of notation; the span is relative to the start of the entry. */
export interface EntryProblem {
  readonly code: SyntaxProblemCode | RecordProblem['code'] | FormatProblem['code'];
  readonly span: Span;
}

/** Entries after an edit: of those before it, `removed` from `first` on gave way to `added` others. */
export interface EntryChange {
  readonly entries: Blocks;
  readonly first: number;
  readonly removed: number;
  readonly added: number;
  /** Whether entries that were not touched may read differently now, because a `@string` has changed. */
  readonly mayChangeOthers: boolean;
}

/** Reads the little that lists and search need of an entry, without building its whole reference. */
export interface EntryReader {
  scan(text: string): Blocks;
  /** The same in steps, so that others can work in between. */
  scanning(text: string): Generator<undefined, Blocks>;
  /** Makes a key for an entry that has none; undefined for formats whose entries without a key cannot be cited. */
  readonly makeKey: ((text: string, entries: Blocks, entry: number) => string) | undefined;
  /** Brings entries up to date after an edit; `text` is the text as it is now. Undefined: they have to be scanned anew. */
  update(text: string, entries: Blocks, edit: TextEdit): EntryChange | undefined;
  /** What is wrong with the notation of an entry. */
  problems(text: string, entries: Blocks, entry: number): readonly EntryProblem[];
  /** A reader of one text. */
  open(text: string, entries: Blocks): BriefReader;
}

export interface BriefReader {
  searchable(entry: number, key: string): SearchableEntry;
  summary(entry: number): EntrySummary;
}

/** The fastest reader there is for a format. */
export function entryReaderFor(format: Format): EntryReader {
  if (format.name === 'bibtex' || format.name === 'biblatex') return bibtexEntryReader;
  if (format.name === 'ris') return risEntryReader;
  return plainEntryReader(format);
}

/** For formats whose entries are found and read one by one, which is quick enough for lists and search. */
const plainEntryReader = (format: Format): EntryReader => ({
  scan: text => atOnce(scanningTable(format, text)),
  scanning: text => scanningTable(format, text),
  makeKey: format.makeKey && ((text, entries, entry) => format.makeKey?.(text, entries.entrySpan(entry)) ?? ''),
  update(text, entries, edit) {
    const change = entries instanceof EntryTable ? editedTable(format, text, entries, edit) : undefined;
    return change && { ...change, mayChangeOthers: false };
  },
  problems: (text, entries, entry) => [
    ...(format.makeKey === undefined ? missingKey(entries, entry) : []),
    ...(format.problems?.(text, entries.entrySpan(entry)) ?? []),
  ],
  open: (text, entries) => new WholeReader(format, text, entries),
});

function missingKey(entries: Blocks, entry: number): EntryProblem[] {
  if (entries.key(entry) !== '') return [];
  const { start } = entries.entrySpan(entry);
  const span = entries.keySpan(entry);
  return [{ code: 'missing-key', span: { start: span.start - start, end: span.end - start } }];
}

function atOnce<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** Entries with the reader that the format uses for all of one text. */
interface ReadEntries extends BibtexEntries {
  readonly reader: BibtexReader;
}

const bibtexEntryReader: EntryReader = {
  scan: text => withReader(text, bibtexEntries(text, scanBibtex(text))),
  *scanning(text) {
    return withReader(text, bibtexEntries(text, yield* scanningBibtex(text)));
  },
  makeKey: undefined,
  update(text, entries, edit) {
    const before = entries as ReadEntries;
    const change = rescanBibtex(text, before.blocks, edit);
    const after = bibtexEntries(text, change.blocks);
    const mayChangeOthers =
      holdsString(before.blocks, change.first, change.removed) || holdsString(after.blocks, change.first, change.added);
    const reader = mayChangeOthers ? new BibtexReader(text, after) : before.reader.following(text, after);
    const entriesAfter: ReadEntries = { ...after, reader };
    return { ...entryChange(before, entriesAfter, change), mayChangeOthers };
  },
  problems: (text, entries, entry) => parseEntry(text, entries.entrySpan(entry)).errors,
  open: (text, entries) => new BibtexBriefReader(text, entries as ReadEntries),
};

const withReader = (text: string, entries: BibtexEntries): ReadEntries => ({
  ...entries,
  reader: new BibtexReader(text, entries),
});

function holdsString(blocks: BibtexEntries['blocks'], first: number, count: number): boolean {
  for (let block = first; block < first + count; block++) if (blocks.kind(block) === BlockKind.string) return true;
  return false;
}

const risEntryReader: EntryReader = {
  scan: text => withUsableKeys(risEntries(text, scanRis(text))),
  *scanning(text) {
    return withUsableKeys(risEntries(text, yield* scanningRis(text)));
  },
  makeKey: (text, entries, entry) => madeKey(risLines(text, entries.entrySpan(entry))),
  update(text, entries, edit) {
    const before = entries as RisEntries;
    const change = rescanRis(text, before.blocks, edit);
    const after = withUsableKeys(risEntries(text, change.blocks));
    return { ...entryChange(before, after, change), mayChangeOthers: false };
  },
  problems: (text, entries, entry) => parseRecord(text, entries.entrySpan(entry)).errors,
  open: (text, entries) => new RisBriefReader(text, entries),
};

/** An ID that cannot be cited is none. */
const withUsableKeys = (entries: RisEntries): RisEntries => ({
  ...entries,
  key(entry) {
    const id = entries.key(entry);
    return isUsableKey(id) ? id : '';
  },
  keySpan: entry =>
    isUsableKey(entries.key(entry)) ? entries.keySpan(entry) : risTypeSpan(entries.blocks, entries.blockOf(entry)),
});

type BlockList = Blocks & { readonly blocks: BlockTable };

function entryChange(before: BlockList, after: BlockList, change: Rescan): Omit<EntryChange, 'mayChangeOthers'> {
  const first = before.blocks.entryFrom(change.first);
  return {
    entries: after,
    first,
    removed: before.blocks.entryFrom(change.first + change.removed) - first,
    added: after.blocks.entryFrom(change.first + change.added) - first,
  };
}

/** Characters of one value that are searched, and that are put together for a list: no title is longer. */
const mostSearched = 200_000;
const mostShown = 5000;

class BibtexBriefReader implements BriefReader {
  readonly #text: string;
  readonly #entries: BibtexEntries;
  readonly #fields: FieldReader;
  readonly #macros: (name: string) => string | undefined;
  /** Start and end of the value of each brief field of the entry at hand; both 0 where it has none. */
  readonly #places = new Int32Array(2 * briefNames.length);

  constructor(text: string, entries: ReadEntries) {
    this.#text = text;
    this.#entries = entries;
    this.#fields = new FieldReader(text);
    this.#macros = name => entries.reader.macro(name);
  }

  searchable(entry: number, key: string): SearchableEntry {
    this.#find(entry);
    const names: string[] = [];
    addNames(this.#value(brief.author), names);
    addNames(this.#value(brief.editor), names);
    const title = this.#value(brief.title) || this.#value(brief.booktitle);
    const subtitle = this.#value(brief.subtitle);
    return {
      key,
      names,
      title: searchText(subtitle === '' ? title : `${title} ${subtitle}`),
      year: yearIn(this.#value(brief.year) || this.#value(brief.date)),
    };
  }

  summary(entry: number): EntrySummary {
    this.#find(entry);
    const fields = new Map<string, Value>();
    for (const name of ['author', 'editor', 'title', 'subtitle', 'booktitle', 'date'] as const) {
      const value = this.#value(brief[name]).slice(0, mostShown);
      if (value !== '') fields.set(name, readTexValue(name, value));
    }
    const year = this.#value(brief.year).slice(0, mostShown);
    if (!fields.has('date') && year !== '') fields.set('date', { kind: 'date', date: dateFromParts(plainTex(year)) });
    return summaryOf({ fields });
  }

  /** Notes where the fields that matter are; the first of two with one name counts, unless it is empty. */
  #find(entry: number): void {
    const fields = this.#fields;
    this.#places.fill(0);
    fields.enterBlock(this.#entries.blocks, this.#entries.blockOf(entry));
    while (fields.next()) {
      const { valueStart, valueEnd } = fields;
      const field = briefField(this.#text, fields.nameStart, fields.nameEnd);
      if (field === -1 || valueEnd === valueStart || this.#value(field) !== '') continue;
      this.#places[2 * field] = valueStart;
      this.#places[2 * field + 1] = valueEnd;
    }
  }

  /** The TeX of a field, empty where there is none. Most values are one piece in braces or quotes. */
  #value(field: number): string {
    const start = this.#places[2 * field] ?? 0;
    const end = this.#places[2 * field + 1] ?? 0;
    if (start === end) return '';
    const first = this.#text.charCodeAt(start);
    const last = this.#text.charCodeAt(end - 1);
    const isPiece = (first === OPEN_BRACE && last === CLOSE_BRACE) || (first === QUOTE && last === QUOTE);
    if (isPiece && end - start > 1) {
      const inside = this.#text.slice(start + 1, Math.min(end - 1, start + 1 + mostSearched));
      if (!inside.includes('#')) return inside;
    }
    return expandValue(this.#text.slice(start, end), this.#macros);
  }
}

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const QUOTE = 0x22;

const brief = { author: 0, editor: 1, title: 2, subtitle: 3, booktitle: 4, year: 5, date: 6 } as const;
const briefNames = Object.keys(brief);

/** The number of a field by its name, without making a string of it; -1 for others. */
function briefField(text: string, start: number, end: number): number {
  const length = end - start;
  if (length < 4 || length > 9) return -1;
  const first = text.charCodeAt(start) | 0x20;
  for (let field = 0; field < briefNames.length; field++) {
    const name = briefNames[field] ?? '';
    if (name.length !== length || name.charCodeAt(0) !== first) continue;
    let at = 1;
    while (at < length && (text.charCodeAt(start + at) | 0x20) === name.charCodeAt(at)) at++;
    if (at === length) return field;
  }
  return -1;
}

/** Adds the names of a list. */
function addNames(people: string, names: string[]): void {
  if (people === '') return;
  if (people.includes('and') || people.includes('AND') || people.includes('And'))
    for (const name of splitAtAnd(people)) names.push(searchText(name));
  else names.push(searchText(people));
}

/** Search reads over braces, and whatever else stands in a value without commands or mathematics parts words as it is. */
const searchText = (tex: string): string =>
  tex.includes('\\') || tex.includes('$') || tex.includes('^^') ? plainTex(tex) : tex;

class RisBriefReader implements BriefReader {
  readonly #text: string;
  readonly #entries: Blocks;

  constructor(text: string, entries: Blocks) {
    this.#text = text;
    this.#entries = entries;
  }

  searchable(entry: number, key: string): SearchableEntry {
    const lines = this.#lines(entry);
    return {
      key,
      names: lines.filter(line => risPeople.includes(line.tag)).map(line => risText(line.text)),
      title: firstOf(lines, risTitles, mostSearched),
      year: yearIn(firstOf(lines, risDates, mostShown)),
    };
  }

  summary(entry: number): EntrySummary {
    const lines = this.#lines(entry);
    const tag = risPeople.find(people => lines.some(line => line.tag === people));
    const names = lines.filter(line => line.tag === tag).map(line => parseSortedName(risText(line.text)));
    const date = parseRisDate(firstOf(lines, risDates, mostShown));
    const fields = new Map<string, Value>([
      ['author', { kind: 'names', names, others: false }],
      ['title', { kind: 'text', text: firstOf(lines, risTitles, mostShown) }],
    ]);
    fields.set('date', { kind: 'date', date });
    return summaryOf({ fields });
  }

  #lines(entry: number): RisLine[] {
    return risLines(this.#text, this.#entries.entrySpan(entry)).filter(line => line.text.trim() !== '');
  }
}

/** Each list: the usual tag first. */
const risPeople = ['AU', 'A1', 'ED', 'A2', 'A3', 'A4'];
const risTitles = ['TI', 'T1', 'CT', 'BT', 'T2', 'JF', 'JO'];
const risDates = ['PY', 'Y1', 'DA'];

function firstOf(lines: readonly RisLine[], tags: readonly string[], length: number): string {
  for (const tag of tags) {
    const line = lines.find(candidate => candidate.tag === tag);
    if (line !== undefined) return risText(line.text.slice(0, length));
  }
  return '';
}

/** Reads whole references, for formats where that costs little. */
class WholeReader implements BriefReader {
  readonly #format: Format;
  readonly #text: string;
  readonly #entries: Blocks;

  constructor(format: Format, text: string, entries: Blocks) {
    this.#format = format;
    this.#text = text;
    this.#entries = entries;
  }

  searchable(entry: number, key: string): SearchableEntry {
    const reference = this.#format.read(this.#text, this.#entries, entry);
    return {
      key,
      names: creatorsOf(reference).names.map(nameText),
      title: titleOf(reference) ?? '',
      year: yearIn(yearOf(reference) ?? ''),
    };
  }

  summary(entry: number): EntrySummary {
    return summaryOf(this.#format.read(this.#text, this.#entries, entry));
  }
}

/** The summary of what is known of a reference. */
function summaryOf(known: Pick<Reference, 'fields'>): EntrySummary {
  const reference: Reference = {
    key: '',
    type: '',
    fields: known.fields,
    source: { format: '', type: '', fields: [] },
  };
  return {
    authors: shortAuthors(reference) ?? '',
    year: yearOf(reference) ?? '',
    title: titleOf(reference) ?? '',
  };
}

const nameText = (name: Name): string =>
  'literal' in name
    ? name.literal
    : [name.given, name.prefix, name.family, name.suffix].filter(part => part !== undefined).join(' ');

/** The first four digits: "c. 1650--1655", "2015-11-05". */
function yearIn(text: string): string {
  let digits = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    digits = code >= 48 && code <= 57 ? digits + 1 : 0;
    if (digits === 4) return text.slice(at - 3, at + 1);
  }
  return '';
}
