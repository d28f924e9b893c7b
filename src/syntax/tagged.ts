import { slice, type Span } from '../text/span.ts';
import type { Entries } from './entries.ts';
import { trimEnd } from './bibtexLexis.ts';
import {
  LineFinder,
  STANDARD_STYLE,
  findHyphen,
  findTypeHyphen,
  isTag,
  skipIndent,
  styleOf,
  type TagStyle,
} from './taggedLexis.ts';

/** What a block of an RIS file is; `text` is what stands before, between and behind the records. */
export const RisKind = { text: 0, record: 1 } as const;
export type RisKind = (typeof RisKind)[keyof typeof RisKind];

/** Places in `RisBlocks.parts`, relative to the start of the block. Text blocks have only `reach`. */
export const RisPart = { typeStart: 0, typeEnd: 1, idStart: 2, idEnd: 3, reach: 4 } as const;
export const RIS_PARTS = 5;

/** The blocks of a text, without gaps: block `i` stands from `starts[i]` to `starts[i + 1]`. */
export interface RisBlocks {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** 1 where the record has its `ER` line; text is always closed. */
  readonly closed: Uint8Array;
  /** One more than there are blocks; the last one is the length of the text. */
  readonly starts: Int32Array;
  /** `RIS_PARTS` numbers for each block, see `RisPart`. The block is as it is whatever follows behind `reach`. */
  readonly parts: Int32Array;
}

/** Finds the records of an RIS text in one pass. */
export function scanRis(text: string): RisBlocks {
  const scanner = new RisScanner(text);
  scanner.scan(0, () => false);
  return scanner.blocks();
}

/** The records of a text as a list; `blockOf` leads back. The key of a record is its ID, empty when it has none. */
export interface RisEntries extends Entries {
  readonly blocks: RisBlocks;
  /** The number of the block that is record number `entry`. */
  blockOf(entry: number): number;
}

export function risEntries(text: string, blocks: RisBlocks): RisEntries {
  const indexes = new Int32Array(blocks.count);
  let entryCount = 0;
  for (let i = 0; i < blocks.count; i++) if (blocks.kinds[i] === RisKind.record) indexes[entryCount++] = i;
  const blockOf = (entry: number): number => indexes[entry] ?? 0;
  return {
    blocks,
    entryCount,
    blockOf,
    entrySpan: entry => recordSpan(blocks, blockOf(entry)),
    key: entry => slice(text, risIdSpan(blocks, blockOf(entry))),
    keySpan: entry => {
      const id = risIdSpan(blocks, blockOf(entry));
      return id.end > id.start ? id : risTypeSpan(blocks, blockOf(entry));
    },
    type: entry => slice(text, risTypeSpan(blocks, blockOf(entry))),
  };
}

export const recordSpan = (blocks: RisBlocks, block: number): Span => ({
  start: blocks.starts[block] ?? 0,
  end: blocks.starts[block + 1] ?? 0,
});

/** The value of `TY`; empty where a record lost its `TY` line. */
export const risTypeSpan = (blocks: RisBlocks, block: number): Span =>
  partSpan(blocks, block, RisPart.typeStart, RisPart.typeEnd);

/** The value of the first `ID`; empty when there is none. */
export const risIdSpan = (blocks: RisBlocks, block: number): Span =>
  partSpan(blocks, block, RisPart.idStart, RisPart.idEnd);

function partSpan(blocks: RisBlocks, block: number, from: number, to: number): Span {
  const start = blocks.starts[block] ?? 0;
  const base = block * RIS_PARTS;
  return { start: start + (blocks.parts[base + from] ?? 0), end: start + (blocks.parts[base + to] ?? 0) };
}

/** Scans from the start of any block on. What it finds depends on the text behind that place only. */
export class RisScanner {
  readonly #text: string;
  readonly #lines: LineFinder;
  #count = 0;
  #kinds: Uint8Array = new Uint8Array(64);
  #closed: Uint8Array = new Uint8Array(64);
  #starts: Int32Array = new Int32Array(64);
  #parts: Int32Array = new Int32Array(64 * RIS_PARTS);
  /** Of the record found last: where its type line, or its first line, begins; and how far the text was read to find it. */
  #reach = 0;

  constructor(text: string) {
    this.#text = text;
    this.#lines = new LineFinder(text);
  }

  /** Scans until the end, or until a block begins at an offset for which `isInStep` holds. Returns where it stopped. */
  scan(from: number, isInStep: (offset: number) => boolean): number {
    const length = this.#text.length;
    let start = from;
    while (start < length && !isInStep(start)) {
      const record = this.#findRecord(start);
      if (record > start) {
        const base = this.#add(RisKind.text, start, true);
        this.#parts[base + RisPart.reach] = this.#reach - start;
        start = record;
      } else {
        start = this.#scanRecord(start);
      }
    }
    return start;
  }

  blocks(): RisBlocks {
    const count = this.#count;
    const starts = this.#starts.slice(0, count + 1);
    starts[count] = this.#text.length;
    return {
      count,
      kinds: this.#kinds.slice(0, count),
      closed: this.#closed.slice(0, count),
      starts,
      parts: this.#parts.slice(0, count * RIS_PARTS),
    };
  }

  /**
   * The tag that begins the next record, or the end of the text: a `TY` line, or, where that one is missing, the first of some
   * tag lines that reach an `ER` line before any `TY`.
   */
  #findRecord(from: number): number {
    const text = this.#text;
    const length = text.length;
    let headless = -1;
    let line = from;
    while (line < length) {
      const end = this.#lines.end(line);
      const at = skipIndent(text, line, end);
      const hyphen = findHyphen(text, at, end, STANDARD_STYLE);
      if (hyphen !== -1 && headless === -1 && !isTag(text, at, 101, 114)) headless = at;
      const isEnd = hyphen !== -1 && headless !== -1 && isTag(text, at, 101, 114);
      if (isEnd || findTypeHyphen(text, at, end) !== -1) {
        this.#reach = end + 1;
        return isEnd ? headless : at;
      }
      line = this.#lines.after(end);
    }
    this.#reach = length + 1;
    return length;
  }

  /** Scans the record that begins with the tag at `start` and returns its end. */
  #scanRecord(start: number): number {
    const text = this.#text;
    const length = text.length;
    const firstEnd = this.#lines.end(start);
    const typeHyphen = findTypeHyphen(text, start, firstEnd);
    const style: TagStyle = typeHyphen === -1 ? STANDARD_STYLE : styleOf(text, start, typeHyphen);
    let typeStart = start;
    let typeEnd = start;
    if (typeHyphen !== -1) {
      typeStart = skipIndent(text, typeHyphen + 1, firstEnd);
      typeEnd = trimEnd(text, typeStart, firstEnd);
    }
    let idStart = typeEnd;
    let idEnd = typeEnd;
    let line = typeHyphen === -1 ? start : this.#lines.after(firstEnd);
    let end = -1;
    let next = length;
    this.#reach = length + 1;
    while (line < length) {
      const lineEnd = this.#lines.end(line);
      const at = skipIndent(text, line, lineEnd);
      const first = text.charCodeAt(at) | 32;
      if (first === 105 && idStart === idEnd && isTag(text, at, 105, 100)) {
        const hyphen = findHyphen(text, at, lineEnd, style);
        if (hyphen !== -1) {
          idStart = skipIndent(text, hyphen + 1, lineEnd);
          idEnd = trimEnd(text, idStart, lineEnd);
        }
      } else if (first === 101 && isTag(text, at, 101, 114) && findHyphen(text, at, lineEnd, style) !== -1) {
        end = lineEnd;
        this.#reach = lineEnd + 1;
        break;
      } else if (first === 116 && findTypeHyphen(text, at, lineEnd) !== -1) {
        next = at;
        this.#reach = lineEnd + 1;
        break;
      }
      line = this.#lines.after(lineEnd);
    }
    const isClosed = end !== -1;
    if (!isClosed) end = trimEnd(text, start, next);
    const base = this.#add(RisKind.record, start, isClosed);
    this.#parts[base + RisPart.typeStart] = typeStart - start;
    this.#parts[base + RisPart.typeEnd] = typeEnd - start;
    this.#parts[base + RisPart.idStart] = idStart - start;
    this.#parts[base + RisPart.idEnd] = idEnd - start;
    this.#parts[base + RisPart.reach] = this.#reach - start;
    return end;
  }

  /** Adds a block and returns where its parts are to be written. */
  #add(kind: RisKind, start: number, closed: boolean): number {
    const index = this.#count++;
    if (this.#count >= this.#kinds.length) this.#grow();
    this.#kinds[index] = kind;
    this.#closed[index] = closed ? 1 : 0;
    this.#starts[index] = start;
    return index * RIS_PARTS;
  }

  #grow(): void {
    const size = this.#kinds.length * 2;
    this.#kinds = grown(Uint8Array, this.#kinds, size);
    this.#closed = grown(Uint8Array, this.#closed, size);
    this.#starts = grown(Int32Array, this.#starts, size);
    this.#parts = grown(Int32Array, this.#parts, size * RIS_PARTS);
  }
}

function grown<A extends Uint8Array | Int32Array>(type: new (size: number) => A, array: A, size: number): A {
  const copy = new type(size);
  copy.set(array);
  return copy;
}
