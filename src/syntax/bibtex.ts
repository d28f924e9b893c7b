import { slice, type Span } from '../text/span.ts';
import { BraceFinder, indexOf } from './braceFinder.ts';
import { findKey, findStringName } from './bibtexKey.ts';
import { findBlockOpener, findNeighbour, isLineEnd, lineEnd, skipName, skipSpace, trimEnd } from './bibtexLexis.ts';
import {
  BlockTableBuilder,
  blockSpan,
  blocksOfKind,
  grown,
  inSteps,
  rescan,
  type BlockTable,
  type Rescan,
} from './blockTable.ts';
import type { Entries } from './entries.ts';
import type { TextEdit } from '../text/edit.ts';

// Constants of this file, not imported ones: they stand in the innermost loops, where a binding of another module can cost a call.
const AT = 64;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const CLOSE_PARENTHESIS = 41;
const QUOTE = 34;
const PERCENT = 37;

/** What a block of a `.bib` file is; `text` is everything between the others, which BibTeX ignores. */
export const BlockKind = { text: 0, entry: 1, string: 2, preamble: 3, comment: 4 } as const;
export type BlockKind = (typeof BlockKind)[keyof typeof BlockKind];

/** Places in `BibtexBlocks.parts`, relative to the start of the block. Text blocks have only `reach`. */
export const Part = { typeStart: 0, typeEnd: 1, opener: 2, keyStart: 3, keyEnd: 4, bodyEnd: 5, reach: 6 } as const;
export const PARTS = 7;

/**
 * The blocks of a BibTeX text, each with the numbers of `Part`. What stands between `opener` and `bodyEnd` is key and fields,
 * or the whole content of `@comment` and `@preamble`. A block is as it is whatever follows behind its `reach`.
 */
export type BibtexBlocks = BlockTable;

/** Finds the blocks of a text in one pass. */
export function scanBibtex(text: string): BibtexBlocks {
  return new BibtexScanner(text).scan(0, () => false);
}

/** The same in steps, so that others can work in between. */
export const scanningBibtex = (text: string): Generator<undefined, BibtexBlocks> =>
  inSteps(new BibtexScanner(text), text.length);

/** Brings the blocks of a text up to date after an edit of it; `text` is the text as it is now. Equals a fresh scan. */
export function rescanBibtex(text: string, blocks: BibtexBlocks, edit: TextEdit): Rescan<BibtexBlocks> {
  return rescan(blocks, edit, Part.reach, (from, isInStep) => new BibtexScanner(text).scan(from, isInStep));
}

/** The blocks of a text seen as a list of its entries; `blockOf` leads back. */
export interface BibtexEntries extends Entries {
  readonly blocks: BibtexBlocks;
  /** The number of the block that is entry number `entry`. */
  blockOf(entry: number): number;
}

export function bibtexEntries(text: string, blocks: BibtexBlocks): BibtexEntries {
  const indexes = blocksOfKind(blocks, BlockKind.entry);
  const blockOf = (entry: number): number => indexes[entry] ?? 0;
  return {
    blocks,
    entryCount: indexes.length,
    blockOf,
    entrySpan: entry => blockSpan(blocks, blockOf(entry)),
    key: entry => slice(text, keySpan(blocks, blockOf(entry))),
    keySpan: entry => keySpan(blocks, blockOf(entry)),
    type: entry => slice(text, typeSpan(blocks, blockOf(entry))),
  };
}

/** The type of a block as written: "InProceedings", "string"; empty for text. */
export const typeSpan = (blocks: BibtexBlocks, block: number): Span =>
  partSpan(blocks, block, Part.typeStart, Part.typeEnd);

/** The key of an entry or the name that a `@string` defines; empty, where it should stand, when missing. */
export const keySpan = (blocks: BibtexBlocks, block: number): Span =>
  partSpan(blocks, block, Part.keyStart, Part.keyEnd);

function partSpan(blocks: BibtexBlocks, block: number, from: number, to: number): Span {
  const start = blocks.starts[block] ?? 0;
  const base = block * PARTS;
  return { start: start + (blocks.parts[base + from] ?? 0), end: start + (blocks.parts[base + to] ?? 0) };
}

/** Scans from the start of any block on. What it finds depends on the text behind that place only. */
class BibtexScanner {
  readonly #text: string;
  readonly #length: number;
  readonly #table = new BlockTableBuilder(PARTS);
  /** How far the text was read for the block at hand. */
  #reach = 0;
  #wasClosed = false;
  readonly #braces: BraceFinder;
  #unmatched: Int32Array | undefined;

  constructor(text: string) {
    this.#text = text;
    this.#length = text.length;
    this.#braces = new BraceFinder(text);
  }

  scan(from: number, isInStep: (offset: number) => boolean): BlockTable {
    return this.#table.build(this.advance(from, isInStep));
  }

  build(textLength: number): BlockTable {
    return this.#table.build(textLength);
  }

  /** Returns where it stopped: there a block begins, or the text ends. */
  advance(from: number, isInStep: (offset: number) => boolean): number {
    let start = from;
    while (start < this.#length && !isInStep(start)) {
      this.#reach = start;
      const at = this.#findBlock(start);
      if (at > start) {
        const base = this.#table.add(BlockKind.text, start, true);
        this.#table.parts[base + Part.reach] = this.#reach - start;
        start = at;
        if (at === this.#length || isInStep(at)) break;
      }
      start = this.#scanBlock(at);
    }
    return start;
  }

  /** The `@` of the next block, or the end of the text. */
  #findBlock(from: number): number {
    const text = this.#text;
    let at = text.indexOf('@', from);
    while (at !== -1) {
      const opener = findBlockOpener(text, at, from);
      this.#read(opener.reach);
      if (opener.at === -1) {
        at = text.indexOf('@', at + 1);
      } else if (isCommentedOut(text, at, from)) {
        at = text.indexOf('@', lineEnd(text, at, this.#length));
      } else {
        return at;
      }
    }
    this.#reach = this.#length + 1;
    return this.#length;
  }

  /** Scans the block at `at` and returns its end. */
  #scanBlock(at: number): number {
    const text = this.#text;
    const typeStart = skipSpace(text, at + 1, this.#length);
    const typeEnd = skipName(text, typeStart, this.#length);
    const opener = skipSpace(text, typeEnd, this.#length);
    const kind = kindOf(text, typeStart, typeEnd);
    let keyStart = opener + 1;
    let keyEnd = keyStart;
    if (kind === BlockKind.entry || kind === BlockKind.string) {
      const key =
        kind === BlockKind.entry ? findKey(text, opener, this.#length) : findStringName(text, opener, this.#length);
      keyStart = key.start;
      keyEnd = key.end;
    }
    this.#reach = keyEnd;
    const inBraces = text.charCodeAt(opener) === OPEN_BRACE;
    const bodyEnd =
      kind === BlockKind.comment && inBraces
        ? this.#skipComment(keyEnd)
        : inBraces
          ? this.#skipBraces(keyEnd)
          : this.#skipParentheses(keyEnd);
    const closed = this.#wasClosed;
    const base = this.#table.add(kind, at, closed);
    const { parts } = this.#table;
    parts[base + Part.typeStart] = typeStart - at;
    parts[base + Part.typeEnd] = typeEnd - at;
    parts[base + Part.opener] = opener - at;
    parts[base + Part.keyStart] = keyStart - at;
    parts[base + Part.keyEnd] = keyEnd - at;
    parts[base + Part.bodyEnd] = bodyEnd - at;
    const end = closed ? bodyEnd + 1 : bodyEnd;
    parts[base + Part.reach] = Math.max(this.#reach, end) - at;
    return end;
  }

  /** Returns the closing brace of a block, or where a block left open ends. */
  #skipBraces(from: number): number {
    const text = this.#text;
    const length = this.#length;
    const braces = this.#braces;
    braces.moveTo(from);
    let { open, close } = braces;
    let at = indexOf(text, '@', from);
    let depth = 1;
    let neighbour = -1;
    for (;;) {
      if (close < open && close < at) {
        if (--depth === 0) break;
        close = indexOf(text, '}', close + 1);
      } else if (open < at) {
        depth++;
        open = indexOf(text, '{', open + 1);
      } else if (at < length) {
        if (this.#isNeighbour(at, from)) {
          // Directly among the fields no `@entry{` can stand. Inside a value it can: there the first one counts as text
          // if the block closes before a second one comes. If not, reading goes on from the first.
          if (neighbour !== -1) return this.#leaveOpen(from, neighbour);
          if (depth === 1 && !isInQuotes(text, from, at)) return this.#leaveOpen(from, at);
          neighbour = at;
          braces.open = open;
          braces.close = close;
        }
        at = indexOf(text, '@', at + 1);
      } else {
        this.#reach = length + 1;
        return this.#leaveOpen(from, neighbour === -1 ? length : neighbour);
      }
    }
    braces.open = open;
    braces.close = close;
    return this.#close(close);
  }

  /** The same for a block in parentheses: quoted text and braces hide its closing parenthesis. */
  #skipParentheses(from: number): number {
    const text = this.#text;
    const length = this.#length;
    let depth = 0;
    let inQuotes = false;
    let neighbour = -1;
    for (let i = from; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code === CLOSE_PARENTHESIS) {
        if (depth === 0 && !inQuotes) return this.#close(i);
      } else if (code === QUOTE) {
        if (depth === 0) inQuotes = !inQuotes;
      } else if (code === CLOSE_BRACE) {
        if (depth > 0) depth--;
      } else if (code === OPEN_BRACE) {
        depth++;
      } else if (code === AT && this.#isNeighbour(i, from)) {
        if ((depth === 0 && !inQuotes) || neighbour !== -1)
          return this.#leaveOpen(from, neighbour === -1 ? i : neighbour);
        neighbour = i;
      }
    }
    this.#reach = length + 1;
    return this.#leaveOpen(from, neighbour === -1 ? length : neighbour);
  }

  /** A comment whose braces close holds whatever stands in it, entries too; one left open ends at the next entry. */
  #skipComment(from: number): number {
    const text = this.#text;
    const opener = from - 1;
    if (this.#unmatched === undefined || !includes(this.#unmatched, opener)) {
      const close = this.#braces.findClosing(from, this.#length);
      if (close !== -1) return this.#close(close);
      // Kept, so that a million comments left open do not each read to the end of the text.
      this.#unmatched ??= unmatchedBraces(text, opener);
    }
    this.#reach = this.#length + 1;
    let at = text.indexOf('@', from);
    while (at !== -1 && findNeighbour(text, at, from).at === -1) at = text.indexOf('@', at + 1);
    return this.#leaveOpen(from, at === -1 ? this.#length : at);
  }

  #close(at: number): number {
    this.#wasClosed = true;
    this.#read(at + 1);
    return at;
  }

  /** A block left open does not take along the white space before what follows. */
  #leaveOpen(from: number, end: number): number {
    this.#wasClosed = false;
    return trimEnd(this.#text, from, end);
  }

  #isNeighbour(at: number, from: number): boolean {
    const opener = findNeighbour(this.#text, at, from);
    this.#read(opener.reach);
    return opener.at !== -1;
  }

  #read(reach: number): void {
    if (reach > this.#reach) this.#reach = reach;
  }
}

/** Whether the line of `at` begins with `%`, as biber reads it; `from` is where the text between blocks begins. */
function isCommentedOut(text: string, at: number, from: number): boolean {
  let lineStart = at;
  while (lineStart > from && !isLineEnd(text.charCodeAt(lineStart - 1))) lineStart--;
  return text.charCodeAt(skipSpace(text, lineStart, at)) === PERCENT;
}

/** The kind of a block with a type between `start` and `end`. */
export function kindOf(text: string, start: number, end: number): BlockKind {
  const length = end - start;
  if (length < 6 || length > 8) return BlockKind.entry;
  const type = text.slice(start, end).toLowerCase();
  if (type === 'string') return BlockKind.string;
  if (type === 'comment') return BlockKind.comment;
  return type === 'preamble' ? BlockKind.preamble : BlockKind.entry;
}

/** Whether a quoted value is open at `at`, among fields that begin at `from`. Braces hide quotes. */
function isInQuotes(text: string, from: number, at: number): boolean {
  let depth = 0;
  let isQuoted = false;
  for (let i = from; i < at; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE && depth === 0) isQuoted = !isQuoted;
    else if (code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACE) depth--;
  }
  return isQuoted;
}

/** The opening braces from `from` on that nothing closes, in order. */
function unmatchedBraces(text: string, from: number): Int32Array {
  let stack: Int32Array = new Int32Array(64);
  let depth = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACE) {
      if (depth === stack.length) stack = grown(stack, depth * 2);
      stack[depth++] = i;
    } else if (code === CLOSE_BRACE && depth > 0) {
      depth--;
    }
  }
  return stack.slice(0, depth);
}

function includes(sorted: Int32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}
