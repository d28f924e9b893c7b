import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';

/**
 * The blocks of a text, without gaps: block `i` stands from `starts[i]` to `starts[i + 1]`. Flat arrays, because a library
 * has a hundred thousand of them.
 */
export interface BlockTable {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** 1 where the block has its end mark; text between blocks is always closed. */
  readonly closed: Uint8Array;
  /** One more than there are blocks; the last one is the length of the text. */
  readonly starts: Int32Array;
  /** The same number of values for each block, relative to its start; what they mean is the syntax's affair. */
  readonly parts: Int32Array;
}

export const blockSpan = (blocks: BlockTable, block: number): Span => ({
  start: blocks.starts[block] ?? 0,
  end: blocks.starts[block + 1] ?? 0,
});

/** The blocks of one kind, in order. */
export function blocksOfKind(blocks: BlockTable, kind: number): Int32Array {
  const indexes = new Int32Array(blocks.count);
  let count = 0;
  for (let i = 0; i < blocks.count; i++) if (blocks.kinds[i] === kind) indexes[count++] = i;
  return indexes.slice(0, count);
}

/** A table that grows block by block. */
export class BlockTableBuilder {
  parts: Int32Array;
  readonly #width: number;
  #count = 0;
  #kinds: Uint8Array = new Uint8Array(64);
  #closed: Uint8Array = new Uint8Array(64);
  #starts: Int32Array = new Int32Array(64);

  /** `width` is the number of parts of a block. */
  constructor(width: number) {
    this.#width = width;
    this.parts = new Int32Array(64 * width);
  }

  /** Adds a block and returns where in `parts` its parts are to be written. */
  add(kind: number, start: number, isClosed: boolean): number {
    const index = this.#count++;
    if (this.#count > this.#kinds.length) this.#grow();
    this.#kinds[index] = kind;
    this.#closed[index] = isClosed ? 1 : 0;
    this.#starts[index] = start;
    return index * this.#width;
  }

  build(textLength: number): BlockTable {
    const count = this.#count;
    const starts = new Int32Array(count + 1);
    starts.set(this.#starts.subarray(0, count));
    starts[count] = textLength;
    return {
      count,
      kinds: this.#kinds.slice(0, count),
      closed: this.#closed.slice(0, count),
      starts,
      parts: this.parts.slice(0, count * this.#width),
    };
  }

  #grow(): void {
    const size = this.#kinds.length * 2;
    const kinds = new Uint8Array(size);
    const closed = new Uint8Array(size);
    kinds.set(this.#kinds);
    closed.set(this.#closed);
    this.#kinds = kinds;
    this.#closed = closed;
    this.#starts = grown(this.#starts, size);
    this.parts = grown(this.parts, size * this.#width);
  }
}

/** A longer copy of an array. */
export function grown(array: Int32Array, size: number): Int32Array {
  const copy = new Int32Array(size);
  copy.set(array);
  return copy;
}

/** Finds blocks one after the other; goes on from any place where one begins. */
interface Scanner {
  advance(from: number, isInStep: (offset: number) => boolean): number;
  build(textLength: number): BlockTable;
}

/** How many characters are read between two pauses. */
const charactersPerStep = 1 << 19;

export function* inSteps(scanner: Scanner, textLength: number): Generator<undefined, BlockTable> {
  let from = 0;
  while (from < textLength) {
    const limit = from + charactersPerStep;
    from = scanner.advance(from, offset => offset >= limit);
    yield;
  }
  return scanner.build(from);
}

/** What an edit did to the blocks: from number `first` on, `removed` old ones gave way to `added` new ones; all others only moved. */
export interface Rescan<Blocks extends BlockTable> {
  readonly blocks: Blocks;
  readonly first: number;
  readonly removed: number;
  readonly added: number;
}

/** Reads the blocks of a text from the start of one of them on, until the end or until `isInStep` holds where another begins. */
type ScanFrom = (from: number, isInStep: (offset: number) => boolean) => BlockTable;

/**
 * Brings blocks up to date after an edit: reads again what depends on the edited place, until a block begins where one began
 * before. `reachPart` is the part that says how far the text was read to know a block: 1 more than the last offset looked at.
 */
export function rescan(blocks: BlockTable, edit: TextEdit, reachPart: number, scanFrom: ScanFrom): Rescan<BlockTable> {
  const { start: editStart, end: editEnd } = edit.span;
  const width = blocks.count === 0 ? 0 : blocks.parts.length / blocks.count;
  const shift = edit.newText.length - (editEnd - editStart);
  const first = firstTouched(blocks, editStart, width, reachPart);
  let next = first;
  const isInStep = (offset: number): boolean => {
    while (next < blocks.count && (startOf(blocks, next) < editEnd || startOf(blocks, next) + shift < offset)) next++;
    return next < blocks.count && startOf(blocks, next) + shift === offset;
  };
  const fresh = scanFrom(startOf(blocks, first), isInStep);
  if (fresh.starts[fresh.count] === startOf(blocks, blocks.count) + shift) next = blocks.count;
  return {
    blocks: splice(blocks, first, next, fresh, shift, width),
    first,
    removed: next - first,
    added: fresh.count,
  };
}

const startOf = (blocks: BlockTable, block: number): number => blocks.starts[block] ?? 0;

function firstTouched(blocks: BlockTable, editStart: number, width: number, reachPart: number): number {
  for (let i = 0; i < blocks.count; i++) {
    if (startOf(blocks, i) + (blocks.parts[i * width + reachPart] ?? 0) > editStart) return i;
  }
  return blocks.count;
}

function splice(
  old: BlockTable,
  first: number,
  next: number,
  fresh: BlockTable,
  shift: number,
  oldWidth: number,
): BlockTable {
  const added = fresh.count;
  const rest = old.count - next;
  const count = first + added + rest;
  const width = oldWidth === 0 ? fresh.parts.length / Math.max(1, added) : oldWidth;
  const kinds = new Uint8Array(count);
  const closed = new Uint8Array(count);
  const starts = new Int32Array(count + 1);
  const parts = new Int32Array(count * width);
  kinds.set(old.kinds.subarray(0, first));
  kinds.set(fresh.kinds, first);
  kinds.set(old.kinds.subarray(next), first + added);
  closed.set(old.closed.subarray(0, first));
  closed.set(fresh.closed, first);
  closed.set(old.closed.subarray(next), first + added);
  starts.set(old.starts.subarray(0, first));
  starts.set(fresh.starts.subarray(0, added), first);
  for (let i = 0; i <= rest; i++) starts[first + added + i] = startOf(old, next + i) + shift;
  parts.set(old.parts.subarray(0, first * width));
  parts.set(fresh.parts, first * width);
  parts.set(old.parts.subarray(next * width), (first + added) * width);
  return { count, kinds, closed, starts, parts };
}
