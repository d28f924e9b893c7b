import type { Blocks, Format } from '../formats/format.ts';
import { detached } from '../text/detached.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/** The entries of one text, whatever its format, held apart from the text. Keys are as written, empty where an entry has none. */
export class EntryTable implements Blocks {
  readonly entryCount: number;
  /** Whether stretches of the text could be read on their own. */
  readonly isInParts: boolean;
  readonly #places: Int32Array;
  readonly #keys: readonly string[];
  readonly #types: readonly string[];

  constructor(isInParts: boolean, places: Int32Array, keys: readonly string[], types: readonly string[]) {
    this.isInParts = isInParts;
    this.entryCount = keys.length;
    this.#places = places;
    this.#keys = keys;
    this.#types = types;
  }

  entrySpan(entry: number): Span {
    return { start: this.start(entry), end: this.end(entry) };
  }

  keySpan(entry: number): Span {
    return { start: this.#places[entry * WIDTH + 2] ?? 0, end: this.#places[entry * WIDTH + 3] ?? 0 };
  }

  key(entry: number): string {
    return this.#keys[entry] ?? '';
  }

  type(entry: number): string {
    return this.#types[entry] ?? '';
  }

  start(entry: number): number {
    return this.#places[entry * WIDTH] ?? 0;
  }

  end(entry: number): number {
    return this.#places[entry * WIDTH + 1] ?? 0;
  }

  /** The number of entries that end before an offset. */
  countBefore(offset: number): number {
    return firstWhere(this.entryCount, entry => this.end(entry) >= offset);
  }

  /** The first entry that starts behind an offset. */
  firstBehind(offset: number): number {
    return firstWhere(this.entryCount, entry => this.start(entry) > offset);
  }

  /** The table with `other` in place of the entries from `first` to `last`; those behind have moved by `shift`. */
  spliced(first: number, last: number, other: EntryTable, shift: number): EntryTable {
    const behind = this.#places.slice(last * WIDTH);
    for (let at = 0; at < behind.length; at++) behind[at] = (behind[at] ?? 0) + shift;
    const places = new Int32Array(first * WIDTH + other.#places.length + behind.length);
    places.set(this.#places.subarray(0, first * WIDTH));
    places.set(other.#places, first * WIDTH);
    places.set(behind, first * WIDTH + other.#places.length);
    return new EntryTable(
      this.isInParts,
      places,
      [...this.#keys.slice(0, first), ...other.#keys, ...this.#keys.slice(last)],
      [...this.#types.slice(0, first), ...other.#types, ...this.#types.slice(last)],
    );
  }
}

/** Numbers for each entry: its start and end, those of its key. */
const WIDTH = 4;

class TableBuilder {
  readonly #places: number[] = [];
  readonly #keys: string[] = [];
  readonly #types: string[] = [];
  readonly #knownTypes = new Map<string, string>();

  /** Entries `from` to `to` of a stretch of text that begins at `offset`. */
  add(blocks: Blocks, from: number, to: number, offset: number): void {
    for (let entry = from; entry < to; entry++) {
      const span = blocks.entrySpan(entry);
      const keySpan = blocks.keySpan(entry);
      this.#places.push(span.start + offset, span.end + offset, keySpan.start + offset, keySpan.end + offset);
      this.#keys.push(detached(blocks.writtenKey?.(entry) ?? blocks.key(entry)));
      this.#types.push(this.#typeOf(blocks.type(entry)));
    }
  }

  build(isInParts: boolean): EntryTable {
    return new EntryTable(isInParts, Int32Array.from(this.#places), this.#keys, this.#types);
  }

  #typeOf(type: string): string {
    const known = this.#knownTypes.get(type);
    if (known !== undefined) return known;
    const own = detached(type);
    this.#knownTypes.set(own, own);
    return own;
  }
}

const tableOf = (blocks: Blocks, from: number, to: number, offset: number): EntryTable => {
  const builder = new TableBuilder();
  builder.add(blocks, from, to, offset);
  return builder.build(true);
};

/** Characters of a part that is read at once, and entries of it whose keys are looked up. */
const partLength = 1 << 17;
const entriesPerStep = 256;

/** Finds the entries of a text, in parts where the format allows it, so that others can work in between. */
export function* scanningTable(format: Format, text: string): Generator<undefined, EntryTable> {
  const builder = new TableBuilder();
  const isInParts = format.readsInParts?.(text) === true;
  let length = isInParts && format.scanning === undefined ? partLength : text.length;
  for (let from = 0; ;) {
    const lineEnd = text.indexOf('\n', from + length);
    const to = lineEnd < 0 ? text.length : lineEnd + 1;
    const isLast = to === text.length;
    const part = from === 0 && isLast ? text : text.slice(from, to);
    const blocks = format.scanning === undefined ? format.scan(part) : yield* format.scanning(part);
    // The last one may go on behind the part: it begins the next.
    const count = isLast ? blocks.entryCount : blocks.entryCount - 1;
    for (let entry = 0; entry < count; entry += entriesPerStep) {
      builder.add(blocks, entry, Math.min(count, entry + entriesPerStep), from);
      yield;
    }
    if (isLast) return builder.build(isInParts && blocks.isBroken !== true);
    if (count > 0) {
      from += lineStart(part, blocks.entrySpan(count).start);
      length = partLength;
    } else length *= 2;
    yield;
  }
}

/** An edit of the table: entries `first` to `first + removed` gave way to `added` others. */
export interface TableChange {
  readonly entries: EntryTable;
  readonly first: number;
  readonly removed: number;
  readonly added: number;
}

/**
 * The table after an edit, `text` being the text as it is now: only the entries around the edit are read. Undefined where they do not fit
 * between the others any more, as when a brace opens that nothing closes.
 */
export function editedTable(
  format: Format,
  text: string,
  before: EntryTable,
  { span, newText }: TextEdit,
): TableChange | undefined {
  if (!before.isInParts || format.readsInParts?.(text) !== true) return undefined;
  const shift = newText.length - (span.end - span.start);
  const first = before.countBefore(span.start);
  const last = Math.max(first, before.firstBehind(span.end));
  // The entries on both sides tell whether the reading is in step with the rest.
  const start = first === 0 ? 0 : lineStart(text, before.start(first - 1));
  const end = last === before.entryCount ? text.length : before.end(last) + shift;
  const blocks = format.scan(text.slice(start, end));
  if (blocks.isBroken === true) return undefined;
  const from = first === 0 ? 0 : 1;
  const to = last === before.entryCount ? blocks.entryCount : blocks.entryCount - 1;
  if (to < from) return undefined;
  const isInStep =
    (from === 0 || isSame(before, first - 1, start, blocks, 0)) &&
    (to === blocks.entryCount || isSame(before, last, start - shift, blocks, to));
  if (!isInStep) return undefined;
  const entries = before.spliced(first, last, tableOf(blocks, from, to, start), shift);
  return { entries, first, removed: last - first, added: to - from };
}

function isSame(before: EntryTable, entry: number, offset: number, blocks: Blocks, other: number): boolean {
  const { start, end } = blocks.entrySpan(other);
  return before.start(entry) === start + offset && before.end(entry) === end + offset;
}

/** The start of an entry, or of the blanks before it on its line: indentation is part of some notations. */
function lineStart(text: string, start: number): number {
  let at = start;
  while (at > 0 && (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9)) at--;
  return at;
}

/** The first number for which a condition holds that holds for all behind it. */
function firstWhere(count: number, isIt: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isIt(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
