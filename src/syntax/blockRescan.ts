import { append } from '../base/append.ts';
import type { TextEdit } from '../text/edit.ts';
import {
  BlockEnd,
  BlockTable,
  blocksPerChunk,
  cutChunk,
  joinChunks,
  lengthOf,
  type BlockChunk,
  type BlockLayout,
} from './blockTable.ts';

/** Finds blocks one after the other; goes on from any place where one begins. */
export interface BlockScanner {
  /** Returns where it stopped: at the end, or where `isInStep` holds for the beginning of a block. */
  advance(from: number, isInStep: (offset: number) => boolean): number;
  /** The blocks found; the text, or the part that was read, ends at `end`. */
  finish(end: number): readonly BlockChunk[];
}

/** How many characters are read between two pauses. */
const charactersPerStep = 1 << 19;

export function* inSteps(scanner: BlockScanner, text: string, layout: BlockLayout): Generator<undefined, BlockTable> {
  let from = 0;
  while (from < text.length) {
    const limit = from + charactersPerStep;
    from = scanner.advance(from, offset => offset >= limit);
    yield;
  }
  return new BlockTable(text, layout, scanner.finish(from));
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
  text: string,
  edit: TextEdit,
  { scanner, mayCloseAll }: { readonly scanner: BlockScanner; readonly mayCloseAll: boolean },
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
  const end = scanner.advance(blocks.start(first), isInStep);
  const fresh = scanner.finish(end);
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
