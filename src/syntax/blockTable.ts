import type { FileText } from '../text/fileText.ts';
import type { Span } from '../text/span.ts';

/** What a syntax keeps of each block. */
export interface BlockLayout {
  /** Numbers kept for each block, relative to its start; what they mean is the syntax's affair. */
  readonly width: number;
  /** Which of them says how far the text was read to know the block: 1 more than the last offset looked at. */
  readonly reach: number;
  /** The kind of the blocks that are entries. */
  readonly entryKind: number;
}

/** How a block ends. One that is `openToEnd` is left open only because nothing in all the text behind it closes it. */
export const BlockEnd = { open: 0, closed: 1, openToEnd: 2 } as const;
export type BlockEnd = (typeof BlockEnd)[keyof typeof BlockEnd];

/** Numbers kept for each field: start and end of its name and of its value, relative to the block. */
export const FIELD_WIDTH = 4;

/** Neighbouring blocks. All places are relative, so that a chunk stays as it is when the text before it changes. */
export interface BlockChunk {
  readonly count: number;
  readonly kinds: Uint8Array;
  /** Each a `BlockEnd`; text between blocks is always closed. */
  readonly ends: Uint8Array;
  /** Relative to the first; one more than there are blocks. */
  readonly starts: Int32Array;
  readonly parts: Int32Array;
  /** By block: the number of fields known up to its end. A block without known fields has to be read. */
  readonly fieldCounts: Int32Array;
  readonly fields: Uint16Array;
  /** Numbers within the chunk of the blocks that are entries. */
  readonly entries: Uint16Array;
  /** How far the text was read to know the blocks, relative to the first. */
  readonly reach: number;
  readonly hasOpenToEnd: boolean;
}

/**
 * The blocks of a text in order, without gaps. Flat arrays, because a library has a hundred thousand of them; in chunks, so that a
 * table after an edit shares with the one before it what did not change.
 */
export class BlockTable {
  readonly text: FileText;
  readonly layout: BlockLayout;
  readonly count: number;
  readonly entryCount: number;
  readonly chunks: readonly BlockChunk[];
  /** By chunk, with one more behind the last: its first block, where in the text that begins, and its first entry. */
  readonly firstBlocks: Int32Array;
  readonly offsets: Int32Array;
  readonly firstEntries: Int32Array;
  /** The chunk asked for last: most ask for one block after the other. */
  #lastChunk = 0;

  constructor(text: FileText, layout: BlockLayout, chunks: readonly BlockChunk[]) {
    this.text = text;
    this.layout = layout;
    this.chunks = chunks;
    this.firstBlocks = new Int32Array(chunks.length + 1);
    this.offsets = new Int32Array(chunks.length + 1);
    this.firstEntries = new Int32Array(chunks.length + 1);
    let block = 0;
    let offset = 0;
    let entry = 0;
    chunks.forEach((chunk, index) => {
      this.firstBlocks[index + 1] = block += chunk.count;
      this.offsets[index + 1] = offset += lengthOf(chunk);
      this.firstEntries[index + 1] = entry += chunk.entries.length;
    });
    this.count = block;
    this.entryCount = entry;
  }

  kind(block: number): number {
    const index = this.chunkOf(block);
    return this.chunks[index]?.kinds[block - at(this.firstBlocks, index)] ?? 0;
  }

  isClosed(block: number): boolean {
    return this.end(block) === BlockEnd.closed;
  }

  end(block: number): number {
    const index = this.chunkOf(block);
    return this.chunks[index]?.ends[block - at(this.firstBlocks, index)] ?? BlockEnd.open;
  }

  /** Where a block begins; the end of the text for the block behind the last. */
  start(block: number): number {
    const index = this.chunkOf(block);
    return at(this.offsets, index) + (this.chunks[index]?.starts[block - at(this.firstBlocks, index)] ?? 0);
  }

  part(block: number, part: number): number {
    const index = this.chunkOf(block);
    return this.chunks[index]?.parts[(block - at(this.firstBlocks, index)) * this.layout.width + part] ?? 0;
  }

  /** The block that is an entry; the number behind the last block for the entry behind the last. */
  blockOf(entry: number): number {
    const index = this.#chunkIn(this.firstEntries, entry);
    const local = this.chunks[index]?.entries[entry - at(this.firstEntries, index)];
    return local === undefined ? this.count : at(this.firstBlocks, index) + local;
  }

  /** The number of the first entry that is this block or a later one. */
  entryFrom(block: number): number {
    const index = this.chunkOf(block);
    const local = block - at(this.firstBlocks, index);
    const entries = this.chunks[index]?.entries ?? new Uint16Array();
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle] ?? 0) < local) low = middle + 1;
      else high = middle;
    }
    return at(this.firstEntries, index) + low;
  }

  /** The block that begins at an offset; -1 where none does. */
  blockAt(offset: number): number {
    const index = this.#chunkIn(this.offsets, offset);
    const chunk = this.chunks[index];
    if (chunk === undefined) return -1;
    const wanted = offset - at(this.offsets, index);
    let low = 0;
    let high = chunk.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((chunk.starts[middle] ?? 0) < wanted) low = middle + 1;
      else high = middle;
    }
    return low < chunk.count && chunk.starts[low] === wanted ? at(this.firstBlocks, index) + low : -1;
  }

  blocksOfKind(kind: number): number[] {
    const found: number[] = [];
    this.chunks.forEach(({ kinds }, index) => {
      for (let local = kinds.indexOf(kind); local !== -1; local = kinds.indexOf(kind, local + 1))
        found.push(at(this.firstBlocks, index) + local);
    });
    return found;
  }

  /** The number of the chunk that holds a block; one more than the last for the block behind the last. */
  chunkOf(block: number): number {
    return this.#chunkIn(this.firstBlocks, block);
  }

  /** The chunk where `number` lies, `firsts` being where each begins; the number of chunks behind the last. */
  #chunkIn(firsts: Int32Array, number: number): number {
    const last = this.#lastChunk;
    if (number >= at(firsts, last) && number < at(firsts, last + 1)) return last;
    let low = 0;
    let high = this.chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (at(firsts, middle + 1) <= number) low = middle + 1;
      else high = middle;
    }
    if (low < this.chunks.length) this.#lastChunk = low;
    return low;
  }
}

const at = (numbers: Int32Array, index: number): number => numbers[index] ?? 0;

export const lengthOf = (chunk: BlockChunk): number => chunk.starts[chunk.count] ?? 0;

export const blockSpan = (blocks: BlockTable, block: number): Span => ({
  start: blocks.start(block),
  end: blocks.start(block + 1),
});

/** Few enough that an edit, which makes one chunk anew, costs little. */
export const blocksPerChunk = 512;

/** Collects blocks in order and puts them into chunks. */
export class BlockTableBuilder {
  /** Where the parts of the block added last are written. */
  parts: Int32Array;
  /** Where the fields of the next block are written, from `fieldsEnd` on, which is moved behind them. */
  fields: Uint16Array = new Uint16Array(FIELD_WIDTH * 256);
  fieldsEnd = 0;
  /** Where in the text that begins in which the blocks are found. */
  offset = 0;
  readonly #layout: BlockLayout;
  readonly #chunks: BlockChunk[] = [];
  #count = 0;
  #kinds: Uint8Array = new Uint8Array(blocksPerChunk);
  #ends: Uint8Array = new Uint8Array(blocksPerChunk);
  #starts: Int32Array = new Int32Array(blocksPerChunk);
  #fieldCounts: Int32Array = new Int32Array(blocksPerChunk);

  constructor(layout: BlockLayout) {
    this.#layout = layout;
    this.parts = new Int32Array(blocksPerChunk * layout.width);
  }

  /** To be called where a block begins, before its fields are written: makes room for it and for a text before it. */
  begin(start: number): void {
    if (this.#count > blocksPerChunk - 2) this.#seal(this.offset + start);
  }

  /** Adds a block and returns where in `parts` its parts are to be written. */
  add(kind: number, start: number, end: BlockEnd): number {
    const index = this.#count++;
    this.#kinds[index] = kind;
    this.#ends[index] = end;
    this.#starts[index] = this.offset + start;
    this.#fieldCounts[index] = this.fieldsEnd / FIELD_WIDTH;
    return index * this.#layout.width;
  }

  growFields(): Uint16Array {
    const fields = new Uint16Array(this.fields.length * 2);
    fields.set(this.fields);
    this.fields = fields;
    return fields;
  }

  /** The chunks of a text that ends at `end`, or is known up to there. */
  finish(end: number): readonly BlockChunk[] {
    if (this.#count > 0) this.#seal(end);
    return this.#chunks;
  }

  #seal(end: number): void {
    const count = this.#count;
    const first = this.#starts[0] ?? 0;
    const starts = new Int32Array(count + 1);
    for (let i = 0; i < count; i++) starts[i] = (this.#starts[i] ?? 0) - first;
    starts[count] = end - first;
    this.#chunks.push(
      chunkOf(this.#layout, {
        kinds: this.#kinds.slice(0, count),
        ends: this.#ends.slice(0, count),
        starts,
        parts: this.parts.slice(0, count * this.#layout.width),
        fieldCounts: this.#fieldCounts.slice(0, count),
        fields: this.fields.slice(0, this.fieldsEnd),
      }),
    );
    // Texts between entries write no parts.
    this.parts.fill(0, 0, count * this.#layout.width);
    this.#count = 0;
    this.fieldsEnd = 0;
  }
}

type BlockArrays = Pick<BlockChunk, 'kinds' | 'ends' | 'starts' | 'parts' | 'fieldCounts' | 'fields'>;

function chunkOf(layout: BlockLayout, arrays: BlockArrays): BlockChunk {
  const count = arrays.kinds.length;
  const entries = new Uint16Array(count);
  let entryCount = 0;
  let reach = 0;
  for (let i = 0; i < count; i++) {
    if (arrays.kinds[i] === layout.entryKind) entries[entryCount++] = i;
    reach = Math.max(reach, (arrays.starts[i] ?? 0) + (arrays.parts[i * layout.width + layout.reach] ?? 0));
  }
  const hasOpenToEnd = arrays.ends.includes(BlockEnd.openToEnd);
  return { count, ...arrays, entries: entries.slice(0, entryCount), reach, hasOpenToEnd };
}

/** The blocks `from` to `to` of a chunk. */
export function cutChunk(layout: BlockLayout, chunk: BlockChunk, from: number, to: number): BlockChunk {
  const fieldsBefore = from === 0 ? 0 : (chunk.fieldCounts[from - 1] ?? 0);
  const fieldsUntil = to === 0 ? 0 : (chunk.fieldCounts[to - 1] ?? 0);
  const base = chunk.starts[from] ?? 0;
  return chunkOf(layout, {
    kinds: chunk.kinds.slice(from, to),
    ends: chunk.ends.slice(from, to),
    starts: chunk.starts.slice(from, to + 1).map(start => start - base),
    parts: chunk.parts.slice(from * layout.width, to * layout.width),
    fieldCounts: chunk.fieldCounts.slice(from, to).map(count => count - fieldsBefore),
    fields: chunk.fields.slice(fieldsBefore * FIELD_WIDTH, fieldsUntil * FIELD_WIDTH),
  });
}

/** One chunk of several that follow each other. */
export function joinChunks(layout: BlockLayout, chunks: readonly BlockChunk[]): BlockChunk {
  const sum = (size: (chunk: BlockChunk) => number): number => chunks.reduce((total, chunk) => total + size(chunk), 0);
  const count = sum(chunk => chunk.count);
  const arrays = {
    kinds: new Uint8Array(count),
    ends: new Uint8Array(count),
    starts: new Int32Array(count + 1),
    parts: new Int32Array(count * layout.width),
    fieldCounts: new Int32Array(count),
    fields: new Uint16Array(sum(chunk => chunk.fields.length)),
  };
  let block = 0;
  let offset = 0;
  let fields = 0;
  for (const chunk of chunks) {
    arrays.kinds.set(chunk.kinds, block);
    arrays.ends.set(chunk.ends, block);
    arrays.parts.set(chunk.parts, block * layout.width);
    arrays.fields.set(chunk.fields, fields * FIELD_WIDTH);
    for (let i = 0; i < chunk.count; i++) {
      arrays.starts[block + i] = (chunk.starts[i] ?? 0) + offset;
      arrays.fieldCounts[block + i] = (chunk.fieldCounts[i] ?? 0) + fields;
    }
    block += chunk.count;
    offset += lengthOf(chunk);
    fields += chunk.fields.length / FIELD_WIDTH;
  }
  arrays.starts[count] = offset;
  return chunkOf(layout, arrays);
}
