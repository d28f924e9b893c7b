import { atOnce } from '../base/atOnce.ts';
import type { FileText } from '../text/fileText.ts';
import { slice, type Span } from '../text/span.ts';
import type { TextEdit } from '../text/edit.ts';
import { rescan, scanningBlocks, type BlockScanner, type Rescan, type ScannedPart } from './blockRescan.ts';
import { BlockEnd, blockSpan, type BlockLayout, type BlockTable, type BlockTableBuilder } from './blockTable.ts';
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
  valueSpan,
  type TagStyle,
} from './taggedLexis.ts';

/** What a block of an RIS file is; `text` is what stands before, between and behind the records. */
export const RisKind = { text: 0, record: 1 } as const;
export type RisKind = (typeof RisKind)[keyof typeof RisKind];

/** The numbers kept of a block, relative to its start. Text blocks have only `reach`. */
const RisPart = { typeStart: 0, typeEnd: 1, idStart: 2, idEnd: 3, reach: 4 } as const;

/** The blocks of an RIS text, each with the numbers of `RisPart`. A block is as it is whatever follows behind its `reach`. */
export type RisBlocks = BlockTable;

const LAYOUT: BlockLayout = { width: 5, reach: RisPart.reach, entryKind: RisKind.record };

/** Finds the records of an RIS text in one pass. */
export function scanRis(text: FileText): RisBlocks {
  return atOnce(scanningRis(text));
}

/** The same in steps, so that others can work in between. */
export const scanningRis = (text: FileText): Generator<undefined, RisBlocks> =>
  scanningBlocks(text, LAYOUT, part => new RisScanner(part));

/** Brings the blocks of a text up to date after an edit of it; `text` is the text as it is now. Equals a fresh scan. */
export function rescanRis(text: FileText, blocks: RisBlocks, edit: TextEdit): Rescan {
  return rescan(blocks, text, edit, { open: part => new RisScanner(part), mayCloseAll: false });
}

/** The records of a text as a list; `blockOf` leads back. The key of a record is its ID, empty when it has none. */
export interface RisEntries extends Entries {
  readonly blocks: RisBlocks;
  /** The number of the block that is record number `entry`. */
  blockOf(entry: number): number;
}

export function risEntries(text: FileText, blocks: RisBlocks): RisEntries {
  const blockOf = (entry: number): number => blocks.blockOf(entry);
  return {
    blocks,
    entryCount: blocks.entryCount,
    blockOf,
    entrySpan: entry => blockSpan(blocks, blockOf(entry)),
    key: entry => slice(text, risIdSpan(blocks, blockOf(entry))),
    keySpan: entry => {
      const id = risIdSpan(blocks, blockOf(entry));
      return id.end > id.start ? id : risTypeSpan(blocks, blockOf(entry));
    },
    type: entry => slice(text, risTypeSpan(blocks, blockOf(entry))),
  };
}

/** The value of `TY`; empty where a record lost its `TY` line. */
export const risTypeSpan = (blocks: RisBlocks, block: number): Span =>
  partSpan(blocks, block, RisPart.typeStart, RisPart.typeEnd);

/** The value of the first `ID`; empty when there is none. */
export const risIdSpan = (blocks: RisBlocks, block: number): Span =>
  partSpan(blocks, block, RisPart.idStart, RisPart.idEnd);

function partSpan(blocks: RisBlocks, block: number, from: number, to: number): Span {
  const start = blocks.start(block);
  return { start: start + blocks.part(block, from), end: start + blocks.part(block, to) };
}

/** Scans from the start of any block on. What it finds depends on the text behind that place only. */
class RisScanner implements BlockScanner {
  readonly #text: string;
  /** Two, because the search for a record without `TY` goes ahead of the reading. */
  readonly #searched: LineFinder;
  readonly #lines: LineFinder;
  readonly #isCut: boolean;
  readonly #table: BlockTableBuilder;
  /** How far the text was read for the block at hand. */
  #reach = 0;

  constructor({ text, isCut, table }: ScannedPart) {
    this.#text = text;
    this.#isCut = isCut;
    this.#table = table;
    this.#searched = new LineFinder(text);
    this.#lines = new LineFinder(text);
  }

  advance(from: number, isInStep: (offset: number) => boolean): number {
    const length = this.#text.length;
    let start = from;
    while (start < length && !isInStep(start)) {
      this.#table.begin(start);
      const record = this.#findRecord(start);
      if (this.#mayGoOn()) return start;
      if (record > start) {
        const base = this.#table.add(RisKind.text, start, BlockEnd.closed);
        this.#table.parts[base + RisPart.reach] = this.#reach - start;
        start = record;
        if (record === length || isInStep(record)) break;
      }
      start = this.#scanRecord(record);
      if (start === record) return record;
    }
    return start;
  }

  /** Whether the block at hand may be another one, if more of the text is read. */
  #mayGoOn(): boolean {
    return this.#isCut && this.#reach > this.#text.length;
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
      const end = this.#searched.end(line);
      const at = skipIndent(text, line, end);
      const hyphen = findHyphen(text, at, end, STANDARD_STYLE);
      if (hyphen !== -1 && headless === -1 && !isTag(text, at, 101, 114)) headless = at;
      const isEnd = hyphen !== -1 && headless !== -1 && isTag(text, at, 101, 114);
      if (isEnd || findTypeHyphen(text, at, end) !== -1) {
        this.#reach = end + 1;
        return isEnd ? headless : at;
      }
      line = this.#searched.after(end);
    }
    this.#reach = length + 1;
    return length;
  }

  /** Scans the record that begins with the tag at `start` and returns its end; `start`, if what follows the part may change it. */
  #scanRecord(start: number): number {
    const text = this.#text;
    const length = text.length;
    const firstEnd = this.#lines.end(start);
    const typeHyphen = findTypeHyphen(text, start, firstEnd);
    const style: TagStyle = typeHyphen === -1 ? STANDARD_STYLE : styleOf(text, start, typeHyphen);
    const type = typeHyphen === -1 ? { start, end: start } : valueSpan(text, typeHyphen, firstEnd);
    let id = { start, end: start };
    let line = typeHyphen === -1 ? start : this.#lines.after(firstEnd);
    let end = -1;
    let next = length;
    this.#reach = length + 1;
    while (line < length) {
      const lineEnd = this.#lines.end(line);
      const at = skipIndent(text, line, lineEnd);
      const first = text.charCodeAt(at) | 32;
      if (first === 105 && id.start === id.end && isTag(text, at, 105, 100)) {
        const hyphen = findHyphen(text, at, lineEnd, style);
        if (hyphen !== -1) id = valueSpan(text, hyphen, lineEnd);
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
    if (this.#mayGoOn()) return start;
    const isClosed = end !== -1;
    if (!isClosed) end = trimEnd(text, start, next);
    const base = this.#table.add(RisKind.record, start, isClosed ? BlockEnd.closed : BlockEnd.open);
    const { parts } = this.#table;
    parts[base + RisPart.typeStart] = type.start - start;
    parts[base + RisPart.typeEnd] = type.end - start;
    parts[base + RisPart.idStart] = id.start - start;
    parts[base + RisPart.idEnd] = id.end - start;
    parts[base + RisPart.reach] = this.#reach - start;
    return end;
  }
}
