import { atOnce } from '../base/atOnce.ts';
import type { Blocks, Format, FormatProblem } from '../formats/format.ts';
import { BibtexReader } from '../formats/bibtexRead.ts';
import { readRis } from '../formats/ris.ts';
import { parseRisDate } from '../formats/risDate.ts';
import { isUsableKey, madeKey } from '../formats/risKey.ts';
import { risLines, type RisLine } from '../formats/risLines.ts';
import { risText } from '../formats/risValue.ts';
import { creatorsOf, shortAuthors, titleOf, yearOf } from '../model/describe.ts';
import { parseSortedName, type Name } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import type { BibtexEntries } from '../syntax/bibtex.ts';
import { BlockKind, bibtexEntries, rescanBibtex, scanBibtex, scanningBibtex } from '../syntax/bibtex.ts';
import { parseEntry, type SyntaxProblemCode } from '../syntax/bibtexEntry.ts';
import type { Rescan } from '../syntax/blockRescan.ts';
import type { BlockTable } from '../syntax/blockTable.ts';
import { rescanRis, risEntries, risTypeSpan, scanRis, scanningRis, type RisEntries } from '../syntax/tagged.ts';
import { parseRecord, type RecordProblem } from '../syntax/taggedRecord.ts';
import type { TextEdit } from '../text/edit.ts';
import { wholeText, type FileText } from '../text/fileText.ts';
import { slice, type Span } from '../text/span.ts';
import { BibtexBriefFields } from './bibtexBrief.ts';
import { editedTable, EntryTable, scanningTable } from './entryTable.ts';
import { SearchedParts } from './searchedParts.ts';
import type { VisitPart } from './searchWords.ts';

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
  /** Whether it takes texts in pieces. */
  readonly takesPieces: boolean;
  scan(text: FileText): Blocks;
  /** The same in steps, so that others can work in between. */
  scanning(text: FileText): Generator<undefined, Blocks>;
  /** Makes a key for an entry that has none; undefined for formats whose entries without a key cannot be cited. */
  readonly makeKey: ((text: FileText, entries: Blocks, entry: number) => string) | undefined;
  /** Brings entries up to date after an edit; `text` is the text as it is now. Undefined: they have to be scanned anew. */
  update(text: FileText, entries: Blocks, edit: TextEdit): EntryChange | undefined;
  read(text: FileText, entries: Blocks, entry: number): Reference;
  /** What is wrong with the notation of an entry. */
  problems(text: FileText, entries: Blocks, entry: number): readonly EntryProblem[];
  /** A reader of one text. */
  open(text: FileText, entries: Blocks): BriefReader;
}

export interface BriefReader {
  /** Shows names, title and year of an entry, where it has them. */
  searched(entry: number, visit: VisitPart): void;
  summary(entry: number): EntrySummary;
}

/** A text as the reader of a format takes it: whole, unless it takes pieces. */
export const asTaken = (format: Format | undefined, text: FileText): FileText =>
  format !== undefined && entryReaderFor(format).takesPieces ? text : wholeText(text);

/** The fastest reader there is for a format. */
export function entryReaderFor(format: Format): EntryReader {
  if (format.name === 'bibtex' || format.name === 'biblatex') return bibtexEntryReader(format.name);
  if (format.name === 'ris') return risEntryReader;
  return plainEntryReader(format);
}

/** For formats whose entries are found and read one by one, which is quick enough for lists and search. */
const plainEntryReader = (format: Format): EntryReader => ({
  takesPieces: false,
  scan: text => atOnce(scanningTable(format, wholeText(text))),
  scanning: text => scanningTable(format, wholeText(text)),
  makeKey:
    format.makeKey && ((text, entries, entry) => format.makeKey?.(wholeText(text), entries.entrySpan(entry)) ?? ''),
  update(text, entries, edit) {
    const change = entries instanceof EntryTable ? editedTable(format, wholeText(text), entries, edit) : undefined;
    return change && { ...change, mayChangeOthers: false };
  },
  read: (text, entries, entry) => format.read(wholeText(text), entries, entry),
  problems: (text, entries, entry) => [
    ...(format.makeKey === undefined ? missingKey(entries, entry) : []),
    ...(format.problems?.(wholeText(text), entries.entrySpan(entry)) ?? []),
  ],
  open: (text, entries) => new WholeReader(format, wholeText(text), entries),
});

function missingKey(entries: Blocks, entry: number): EntryProblem[] {
  if (entries.key(entry) !== '') return [];
  const { start } = entries.entrySpan(entry);
  const span = entries.keySpan(entry);
  return [{ code: 'missing-key', span: { start: span.start - start, end: span.end - start } }];
}

/** Entries with the reader that the format uses for all of one text. */
interface ReadEntries extends BibtexEntries {
  readonly reader: BibtexReader;
}

const bibtexEntryReader = (format: 'bibtex' | 'biblatex'): EntryReader => ({
  takesPieces: true,
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
  read: (_, entries, entry) => (entries as ReadEntries).reader.read(entry, format),
  problems(text, entries, entry) {
    const own = slice(text, entries.entrySpan(entry));
    return parseEntry(own, { start: 0, end: own.length }).errors;
  },
  open: (text, entries) => new BibtexBriefReader(text, entries as ReadEntries),
});

const withReader = (text: FileText, entries: BibtexEntries): ReadEntries => ({
  ...entries,
  reader: new BibtexReader(text, entries),
});

function holdsString(blocks: BibtexEntries['blocks'], first: number, count: number): boolean {
  for (let block = first; block < first + count; block++) if (blocks.kind(block) === BlockKind.string) return true;
  return false;
}

const risEntryReader: EntryReader = {
  takesPieces: true,
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
  read: readRis,
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

class BibtexBriefReader implements BriefReader {
  readonly #fields: BibtexBriefFields;

  constructor(text: FileText, entries: ReadEntries) {
    this.#fields = new BibtexBriefFields(text, entries);
  }

  searched(entry: number, visit: VisitPart): void {
    this.#fields.searched(entry, visit);
  }

  summary(entry: number): EntrySummary {
    return summaryOf({ fields: this.#fields.listed(entry) });
  }
}

/** Characters of one value that are searched, and that are put together for a list: no title is longer. */
const mostSearched = 200_000;
const mostShown = 5000;

class RisBriefReader implements BriefReader {
  readonly #text: FileText;
  readonly #entries: Blocks;
  readonly #parts = new SearchedParts();

  constructor(text: FileText, entries: Blocks) {
    this.#text = text;
    this.#entries = entries;
  }

  searched(entry: number, visit: VisitPart): void {
    const lines = this.#lines(entry);
    const names = lines.filter(line => risPeople.includes(line.tag)).map(line => risText(line.text));
    const year = firstOf(lines, risDates, mostShown);
    this.#parts.show({ names, title: firstOf(lines, risTitles, mostSearched), year }, visit);
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
  readonly #parts = new SearchedParts();

  constructor(format: Format, text: string, entries: Blocks) {
    this.#format = format;
    this.#text = text;
    this.#entries = entries;
  }

  searched(entry: number, visit: VisitPart): void {
    const reference = this.#format.read(this.#text, this.#entries, entry);
    const names = creatorsOf(reference).names.map(nameText);
    this.#parts.show({ names, title: titleOf(reference) ?? '', year: yearOf(reference) ?? '' }, visit);
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
