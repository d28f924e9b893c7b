import type { Blocks, Format } from '../formats/format.ts';
import { identityOf, type WorkIdentity } from '../model/duplicates.ts';
import type { Reference } from '../model/reference.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Place } from '../text/lineIndex.ts';
import { LineCounter } from '../text/lineCounter.ts';
import type { MakeKey } from './entryKeys.ts';
import { EntryKeys } from './entryKeys.ts';
import { editBetween } from './editBetween.ts';
import type { BriefReader, EntryChange, EntryProblem, EntryReader, EntrySummary } from './entryReader.ts';
import { entryReaderFor } from './entryReader.ts';
import { SearchIndex } from './searchIndex.ts';
import type { Searched } from './search.ts';
import type { VisitPart } from './searchWords.ts';
import type { FileText } from '../text/fileText.ts';
import { slice, type Span } from '../text/span.ts';

/** Why a file gives no references. */
export type BibliographyProblem =
  | { readonly code: 'undecodable' } // its bytes are no text
  | { readonly code: 'binary' }
  | { readonly code: 'unreadable'; readonly reason: string } // the file system refused
  | { readonly code: 'empty' }
  | { readonly code: 'no-entries'; readonly format: string };

const entriesPerStep = 8;
/** Summaries that are kept: of a good many lists. */
const mostSummaries = 2000;

/** One bibliography file and its entries. All numbers of entries hold until the next change. */
export class Bibliography implements Searched {
  readonly uri: string;
  readonly format: Format;
  readonly #reader: EntryReader;
  readonly #given: BibliographyProblem | undefined;
  readonly #makeKey: MakeKey;
  readonly #lines: LineCounter;
  #host: Host | undefined;
  #text: FileText;
  #entries: Blocks;
  #search: SearchIndex;
  #version = 0;
  #keys: EntryKeys | undefined;
  #references = new Map<number, Reference>();
  #brief: BriefReader | undefined;
  /** Most of a list were in the list of the keystroke before. */
  #summaries = new Map<number, EntrySummary>();
  /** By entry; undefined where it has not been looked at. */
  readonly #problems: (readonly EntryProblem[] | undefined)[] = [];
  readonly #identities: (WorkIdentity | undefined)[] = [];

  /** Reads a text in steps, so that others can work in between. */
  static *reading(uri: string, format: Format, text: FileText): Generator<undefined, Bibliography> {
    return new Bibliography(uri, format, text, { entries: yield* entryReaderFor(format).scanning(text) });
  }

  /** `problem` tells why `text` is empty although the file is not; `entries` are those of the text, where they are known. */
  constructor(
    uri: string,
    format: Format,
    text: FileText,
    known: { readonly problem?: BibliographyProblem | undefined; readonly entries?: Blocks } = {},
  ) {
    this.uri = uri;
    this.format = format;
    this.#given = known.problem;
    this.#reader = entryReaderFor(format);
    const { makeKey } = this.#reader;
    this.#makeKey = makeKey && (entry => makeKey(this.#text, this.#entries, entry));
    this.#text = text;
    this.#lines = new LineCounter(text);
    this.#entries = known.entries ?? this.#reader.scan(text);
    this.#search = new SearchIndex(this.#entries.entryCount);
  }

  /** The text in which its spans count: that of the document in which it stands, if it has no file of its own. */
  get text(): FileText {
    return this.#host?.text ?? this.#text;
  }

  /** Whether it stands in a document. */
  get isEmbedded(): boolean {
    return this.#host !== undefined;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  get search(): SearchIndex {
    return this.#search;
  }

  get entries(): Blocks {
    return this.#host === undefined ? this.#entries : movedBlocks(this.#entries, this.#host.start);
  }

  get entryCount(): number {
    return this.#entries.entryCount;
  }

  /** Whether the file could not be read, so that nothing is known of its text. */
  get isUnreadable(): boolean {
    return this.#given !== undefined;
  }

  get problem(): BibliographyProblem | undefined {
    if (this.#given !== undefined || this.entryCount > 0) return this.#given;
    return isBlank(this.#text) ? { code: 'empty' } : { code: 'no-entries', format: this.format.title };
  }

  /** As written; for a record without one a readable one, made of author, year and title. Empty for a BibTeX entry without a key. */
  key(entry: number): string {
    const written = this.#entries.key(entry);
    return written !== '' || this.#makeKey === undefined ? written : this.#knownKeys().key(entry);
  }

  entrySpan(entry: number): Span {
    return this.#moved(this.#entries.entrySpan(entry));
  }

  keySpan(entry: number): Span {
    return this.#moved(this.#entries.keySpan(entry));
  }

  /** How many entries have the key. */
  countOf(key: string): number {
    return this.#knownKeys().countOf(key);
  }

  /** The entries with a key, in order. */
  entriesWithKey(key: string): number[] {
    const found: number[] = [];
    const count = this.countOf(key);
    for (let entry = 0; found.length < count && entry < this.entryCount; entry++) {
      if (this.key(entry) === key) found.push(entry);
    }
    return found;
  }

  /** The entries with each of some keys, in order. */
  entriesWithKeys(keys: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
    if (keys.size === 0) return new Map();
    // Those that are repeated are asked for after every edit, and are known.
    const repeated = this.#knownKeys().repeatedEntries();
    if ([...keys].every(key => repeated.has(key)))
      return keys.size === repeated.size ? repeated : new Map(Array.from(keys, key => [key, repeated.get(key) ?? []]));
    return this.#entriesLookedFor(keys);
  }

  /** The entries of those keys among some that several entries have; does not count all keys for it. */
  entriesWithRepeated(keys: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
    if (this.#keys !== undefined) return this.entriesWithKeys(new Set([...keys].filter(key => this.countOf(key) > 1)));
    return new Map([...this.#entriesLookedFor(keys)].filter(([, entries]) => entries.length > 1));
  }

  #entriesLookedFor(keys: ReadonlySet<string>): Map<string, number[]> {
    const found = new Map<string, number[]>();
    for (let entry = 0; entry < this.entryCount; entry++) {
      const key = this.key(entry);
      if (!keys.has(key)) continue;
      const entries = found.get(key);
      if (entries === undefined) found.set(key, [entry]);
      else entries.push(entry);
    }
    return found;
  }

  /** Keys that more than one entry has. */
  duplicateKeys(): string[] {
    return this.#knownKeys().duplicates();
  }

  /** Every key once; keys that were made because an entry has none are left out. */
  distinctKeys(): string[] {
    return this.#knownKeys().written();
  }

  /** The entry that stands at an offset; its end belongs to it. */
  entryAt(offset: number): number | undefined {
    let low = 0;
    let high = this.entryCount;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.entrySpan(middle).start <= offset) low = middle + 1;
      else high = middle;
    }
    return low > 0 && offset <= this.entrySpan(low - 1).end ? low - 1 : undefined;
  }

  /** The line of an offset and the character in it, both from 0; found without reading the text up to there. */
  placeAt(offset: number): Place {
    if (this.#host === undefined) return this.#lines.placeAt(offset);
    this.#host.lines ??= new LineCounter(this.#host.text);
    return this.#host.lines.placeAt(offset);
  }

  reference(entry: number): Reference {
    let reference = this.#references.get(entry);
    if (reference === undefined) {
      reference = { ...this.#reader.read(this.#text, this.#entries, entry), key: this.key(entry) };
      this.#references.set(entry, reference);
    }
    return reference;
  }

  /** What tells whether another entry describes the same work. Many are asked for: the references are not kept. */
  identity(entry: number): WorkIdentity {
    return (this.#identities[entry] ??= identityOf(
      this.#references.get(entry) ?? this.#reader.read(this.#text, this.#entries, entry),
    ));
  }

  summary(entry: number): EntrySummary {
    let summary = this.#summaries.get(entry);
    if (summary === undefined) {
      summary = this.#briefReader().summary(entry);
      if (this.#summaries.size === mostSummaries) this.#summaries = new Map();
      this.#summaries.set(entry, summary);
    }
    return summary;
  }

  /** Shows names, title and year of an entry, where it has them. */
  searched(entry: number, visit: VisitPart): void {
    this.#briefReader().searched(entry, visit);
  }

  /** What is wrong with the notation of an entry; spans are relative to its start. */
  syntaxProblems(entry: number): readonly EntryProblem[] {
    return (this.#problems[entry] ??= this.#reader.problems(this.#text, this.#entries, entry));
  }

  /** Looks for problems of notation, some entries per step, so that `syntaxProblems` answers at once. May be edited meanwhile. */
  *checking(): Generator<undefined, void> {
    for (let entry = 0; entry < this.entryCount; entry++) {
      if (this.#problems[entry] !== undefined) continue;
      this.syntaxProblems(entry);
      if (entry % entriesPerStep === 0) yield;
    }
  }

  /** Counts keys and lines and makes everything searchable, in small steps. May be edited meanwhile, which leaves some for another time. */
  *indexing(): Generator<undefined, void> {
    while (this.#keys === undefined) {
      const version = this.#version;
      const keys = yield* EntryKeys.reading(this.#entries, this.#makeKey);
      if (version === this.#version) this.#keys = keys;
    }
    yield* this.#search.indexing(this);
    yield* this.#lines.counting();
  }

  /** Its text is a stretch of a document, whatever it was before; only what differs is read. */
  settle(text: string, span: Span): void {
    this.#host = { text, start: span.start, lines: undefined };
    this.#version++;
    this.replaceText(slice(text, span));
  }

  #moved(span: Span): Span {
    return this.#host === undefined ? span : moved(span, this.#host.start);
  }

  /** Another text, of which only the part that differs is read. */
  replaceText(text: FileText): void {
    const edit = editBetween(this.#text, text);
    if (edit !== undefined) this.edit(edit, text);
  }

  /** `text` is the text with the edit made. */
  edit(edit: TextEdit, text: FileText): void {
    const change = this.#reader.update(text, this.#entries, edit);
    const before = this.#entries;
    this.#lines.edit(edit, text);
    this.#text = text;
    this.#entries = change?.entries ?? this.#reader.scan(text);
    this.#version++;
    this.#references = new Map();
    this.#brief = undefined;
    this.#summaries = new Map();
    if (change === undefined) {
      this.#search = new SearchIndex(this.entryCount);
      this.#keys = undefined;
      this.#problems.length = 0;
      this.#identities.length = 0;
      return;
    }
    this.#search.edit(change.first, change.removed, change.added);
    forget(this.#problems, change);
    forget(this.#identities, change);
    if (change.mayChangeOthers) {
      this.#search.outdate();
      this.#identities.length = 0;
    }
    const renamed = this.#keys?.update(before, this.#entries, change, this.#makeKey) ?? [];
    for (const entry of renamed) this.#search.edit(entry, 1, 1);
  }

  #briefReader(): BriefReader {
    return (this.#brief ??= this.#reader.open(this.#text, this.#entries));
  }

  #knownKeys(): EntryKeys {
    return (this.#keys ??= new EntryKeys(this.#entries, this.#makeKey));
  }
}

/** How much of a text is looked at in one go: hardly any begins with so much white space. */
const stretch = 4096;

function isBlank(text: FileText): boolean {
  let at = 0;
  while (at < text.length && text.slice(at, at + stretch).trim() === '') at += stretch;
  return at >= text.length;
}

/** The document in which a bibliography stands. */
interface Host {
  readonly text: string;
  readonly start: number;
  lines: LineCounter | undefined;
}

const moved = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

const movedBlocks = (blocks: Blocks, by: number): Blocks => ({
  entryCount: blocks.entryCount,
  entrySpan: entry => moved(blocks.entrySpan(entry), by),
  key: entry => blocks.key(entry),
  keySpan: entry => moved(blocks.keySpan(entry), by),
  type: entry => blocks.type(entry),
});

/** Brings what is kept by entry up to date after an edit. In place: most edits touch one entry of very many. */
function forget(kept: unknown[], { first, removed, added }: EntryChange): void {
  if (kept.length <= first) return;
  if (removed === added) kept.fill(undefined, first, Math.min(first + added, kept.length));
  else if (added < mostArguments) kept.splice(first, removed, ...new Array<undefined>(added).fill(undefined));
  else kept.length = first;
}

/** More cannot be given to one call. */
const mostArguments = 10_000;
