import type { Blocks, Format } from '../formats/format.ts';
import { makeCitationKey } from '../model/citationKey.ts';
import type { Reference } from '../model/reference.ts';
import type { TextEdit } from '../text/edit.ts';
import type { MakeKey } from './entryKeys.ts';
import { EntryKeys } from './entryKeys.ts';
import { editBetween } from './editBetween.ts';
import type { BriefReader, EntryReader, EntrySummary } from './entryReader.ts';
import { entryReaderFor } from './entryReader.ts';
import { SearchIndex } from './searchIndex.ts';
import type { Searched } from './search.ts';
import type { SearchableEntry } from './searchWords.ts';
import type { Span } from '../text/span.ts';

/** Why a file gives no references. */
export type BibliographyProblem =
  | { readonly code: 'undecodable' } // its bytes are no text
  | { readonly code: 'binary' }
  | { readonly code: 'unreadable'; readonly reason: string } // the file system refused
  | { readonly code: 'empty' }
  | { readonly code: 'no-entries'; readonly format: string };

/** One bibliography file and its entries. All numbers of entries hold until the next change. */
export class Bibliography implements Searched {
  readonly uri: string;
  readonly format: Format;
  readonly #reader: EntryReader;
  readonly #given: BibliographyProblem | undefined;
  readonly #makeKey: MakeKey;
  #text: string;
  #entries: Blocks;
  #search: SearchIndex;
  #version = 0;
  #keys: EntryKeys | undefined;
  #references = new Map<number, Reference>();
  #brief: BriefReader | undefined;

  /** `problem` tells why `text` is empty although the file is not. */
  constructor(uri: string, format: Format, text: string, problem?: BibliographyProblem) {
    this.uri = uri;
    this.format = format;
    this.#given = problem;
    this.#reader = entryReaderFor(format);
    this.#makeKey =
      format.name === 'ris' ? entry => makeCitationKey(format.read(this.#text, this.#entries, entry)) : undefined;
    this.#text = text;
    this.#entries = format.scan(text);
    this.#search = new SearchIndex(this.#entries.entryCount);
  }

  get text(): string {
    return this.#text;
  }

  /** Grows with every change. */
  get version(): number {
    return this.#version;
  }

  get search(): SearchIndex {
    return this.#search;
  }

  get entries(): Blocks {
    return this.#entries;
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
    return this.#text.trim() === '' ? { code: 'empty' } : { code: 'no-entries', format: this.format.title };
  }

  /** As written; for a record without one a readable one, made of author, year and title. Empty for a BibTeX entry without a key. */
  key(entry: number): string {
    const written = this.#entries.key(entry);
    return written !== '' || this.#makeKey === undefined ? written : this.#knownKeys().key(entry);
  }

  entrySpan(entry: number): Span {
    return this.#entries.entrySpan(entry);
  }

  keySpan(entry: number): Span {
    return this.#entries.keySpan(entry);
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

  /** Keys that more than one entry has. */
  duplicateKeys(): string[] {
    return this.#knownKeys().duplicates();
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

  reference(entry: number): Reference {
    let reference = this.#references.get(entry);
    if (reference === undefined) {
      reference = { ...this.format.read(this.#text, this.#entries, entry), key: this.key(entry) };
      this.#references.set(entry, reference);
    }
    return reference;
  }

  summary(entry: number): EntrySummary {
    return this.#briefReader().summary(entry);
  }

  searchable(entry: number): SearchableEntry {
    return this.#briefReader().searchable(entry, this.key(entry));
  }

  /** Another text, of which only the part that differs is read. */
  replaceText(text: string): void {
    const edit = editBetween(this.#text, text);
    if (edit !== undefined) this.edit(edit, text);
  }

  /** `text` is the text with the edit made. */
  edit(edit: TextEdit, text: string): void {
    const change = this.#reader.update(text, this.#entries, edit);
    const before = this.#entries;
    this.#text = text;
    this.#entries = change?.entries ?? this.format.scan(text);
    this.#version++;
    this.#references = new Map();
    this.#brief = undefined;
    if (change === undefined) {
      this.#search = new SearchIndex(this.entryCount);
      this.#keys = undefined;
      return;
    }
    this.#search.edit(change.first, change.removed, change.added);
    if (change.mayChangeOthers) this.#search.outdate();
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
