import { append } from '../base/append.ts';
import { atOnce } from '../base/atOnce.ts';
import type { TextEdit } from '../text/edit.ts';
import { TextWindow, type FileText } from '../text/fileText.ts';
import {
  BlockEnd,
  BlockTable,
  BlockTableBuilder,
  blocksPerChunk,
  cutChunk,
  joinChunks,
  lengthOf,
  type BlockChunk,
  type BlockLayout,
} from './blockTable.ts';

/** Finds blocks one after the other; goes on from any place where one begins. */
export interface BlockScanner {
  /**
   * Returns where it stopped: at the end, where `isInStep` holds for the beginning of a block, or at a block that what follows a part may
   * change.
   */
  advance(from: number, isInStep: (offset: number) => boolean): number;
}

/** What a scanner reads. */
export interface ScannedPart {
  readonly text: string;
  /** Whether the text goes on behind it. */
  readonly isCut: boolean;
  /** Where blocks are added. */
  readonly table: BlockTableBuilder;
}

/** Opens a scanner of a part of a text, which adds the blocks that it finds to a table. */
export type OpenScanner = (part: ScannedPart) => BlockScanner;

/** The blocks of a text, in steps. */
export function* scanningBlocks(
  text: FileText,
  layout: BlockLayout,
  open: OpenScanner,
): Generator<undefined, BlockTable> {
  const table = new BlockTableBuilder(layout);
  const end = yield* scanningFrom(0, { text, table, open, isInStep: () => false });
  return new BlockTable(text, layout, table.finish(end));
}

interface Scan {
  readonly text: FileText;
  readonly table: BlockTableBuilder;
  readonly open: OpenScanner;
  readonly isInStep: (offset: number) => boolean;
}

/** How many characters are read between two pauses. */
const charactersPerStep = 1 << 19;

/** Returns where it stopped. A block that goes on behind a piece of the text is read once more, with what follows. */
function* scanningFrom(from: number, { text, table, open, isInStep }: Scan): Generator<undefined, number> {
  const window = new TextWindow(text);
  let start = from;
  for (let length = 0; start < text.length && !isInStep(start);) {
    window.show(start, start + length);
    const offset = window.start;
    table.offset = offset;
    const scanner = open({ text: window.text, isCut: window.end < text.length, table });
    let limit = start;
    const isPause = (at: number): boolean => offset + at >= limit || isInStep(offset + at);
    const before = start;
    while (start >= limit && start < window.end && !isInStep(start)) {
      limit = start + charactersPerStep;
      start = offset + scanner.advance(start - offset, isPause);
      yield;
    }
    length = start > before ? 0 : Math.max(2 * length, (window.text.length >> 2) + 1);
  }
  return start;
}

/** What an edit did to the blocks: from number `first` on, `removed` old ones gave way to `added` new ones; all others only moved. */
export interface Rescan {
  readonly blocks: BlockTable;
  readonly first: number;
  readonly removed: number;
  readonly added: number;
}

/**
 * Brings blocks up to date after an edit: reads again what depends on the edited place, until a block begins where one began
 * before. `mayCloseAll` says whether the edit may close what is open to the end of the text.
 */
export function rescan(
  blocks: BlockTable,
  text: FileText,
  edit: TextEdit,
  { open, mayCloseAll }: { readonly open: OpenScanner; readonly mayCloseAll: boolean },
): Rescan {
  const { start: editStart, end: editEnd } = edit.span;
  const shift = text.length - blocks.text.length;
  const touched = firstTouched(blocks, editStart);
  const first = mayCloseAll ? Math.min(touched, firstOpenToEnd(blocks)) : touched;
  let next = first;
  const isInStep = (offset: number): boolean => {
    while (next < blocks.count && (blocks.start(next) < editEnd || blocks.start(next) + shift < offset)) next++;
    return next < blocks.count && blocks.start(next) + shift === offset;
  };
  const table = new BlockTableBuilder(blocks.layout);
  const end = atOnce(scanningFrom(blocks.start(first), { text, table, open, isInStep }));
  const fresh = table.finish(end);
  if (end === text.length) next = blocks.count;
  return {
    blocks: new BlockTable(text, blocks.layout, splice(blocks, first, next, fresh)),
    first,
    removed: next - first,
    added: fresh.reduce((sum, chunk) => sum + chunk.count, 0),
  };
}

function firstTouched(blocks: BlockTable, editStart: number): number {
  const { chunks, layout } = blocks;
  for (let index = 0; index < chunks.length; index++) {
    const offset = blocks.offsets[index] ?? 0;
    const chunk = chunks[index];
    if (chunk === undefined || offset + chunk.reach <= editStart) continue;
    for (let i = 0; i < chunk.count; i++) {
      const reach = chunk.parts[i * layout.width + layout.reach] ?? 0;
      if (offset + (chunk.starts[i] ?? 0) + reach > editStart) return (blocks.firstBlocks[index] ?? 0) + i;
    }
  }
  return blocks.count;
}

function firstOpenToEnd(blocks: BlockTable): number {
  const index = blocks.chunks.findIndex(chunk => chunk.hasOpenToEnd);
  const first = blocks.chunks[index]?.ends.indexOf(BlockEnd.openToEnd);
  return first === undefined ? blocks.count : (blocks.firstBlocks[index] ?? 0) + first;
}

/** The chunks of a table whose blocks from `first` up to `next` give way to those of other chunks. */
function splice(blocks: BlockTable, first: number, next: number, fresh: readonly BlockChunk[]): BlockChunk[] {
  const { layout, chunks, firstBlocks } = blocks;
  const from = blocks.chunkOf(first);
  let to = blocks.chunkOf(next);
  const changed: BlockChunk[] = [];
  const before = chunks[from];
  if (before !== undefined) changed.push(cutChunk(layout, before, 0, first - (firstBlocks[from] ?? 0)));
  append(changed, fresh);
  const after = chunks[to];
  if (after !== undefined) changed.push(cutChunk(layout, after, next - (firstBlocks[to] ?? 0), after.count));
  to++;
  const neighbour = chunks[to];
  if (neighbour !== undefined && changed.reduce((sum, chunk) => sum + chunk.count, 0) < fewBlocks) {
    changed.push(neighbour);
    to++;
  }
  return [...chunks.slice(0, from), ...regrouped(layout, changed), ...chunks.slice(to)];
}

/** A smaller chunk is joined with its neighbour. */
const fewBlocks = blocksPerChunk / 4;

/** The same blocks in fewer chunks. */
function regrouped(layout: BlockLayout, chunks: readonly BlockChunk[]): BlockChunk[] {
  const groups: BlockChunk[][] = [];
  let size = 0;
  for (const chunk of chunks) {
    if (lengthOf(chunk) === 0) continue;
    const group = groups.at(-1);
    if (group === undefined || size + chunk.count > 2 * blocksPerChunk) {
      groups.push([chunk]);
      size = chunk.count;
    } else {
      group.push(chunk);
      size += chunk.count;
    }
  }
  return groups.map(group => (group.length === 1 && group[0] !== undefined ? group[0] : joinChunks(layout, group)));
}
