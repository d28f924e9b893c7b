import { atOnce } from '../base/atOnce.ts';
import type { FileText } from '../text/fileText.ts';
import { slice, type Span } from '../text/span.ts';
import { includes, mayCloseBraces, unmatchedBraces } from './braceDepths.ts';
import { BraceFinder, indexOf } from './braceFinder.ts';
import { findKey, findStringName } from './bibtexKey.ts';
import { CleanEntryReader } from './bibtexCleanEntry.ts';
import {
  continuesWord,
  findBlockOpener,
  findNeighbour,
  isDigit,
  isLineEnd,
  lineEnd,
  skipName,
  skipSpace,
  trimEnd,
} from './bibtexLexis.ts';
import { rescan, scanningBlocks, type BlockScanner, type Rescan, type ScannedPart } from './blockRescan.ts';
import { BlockEnd, blockSpan, type BlockLayout, type BlockTable, type BlockTableBuilder } from './blockTable.ts';
import type { Entries } from './entries.ts';
import type { TextEdit } from '../text/edit.ts';

// Constants of this file, not imported ones: they stand in the innermost loops, where a binding of another module can cost a call.
const AT = 64;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const CLOSE_PARENTHESIS = 41;
const QUOTE = 34;
const PERCENT = 37;
const COMMA = 44;
const OPEN_PARENTHESIS = 40;
const SMALL_C = 99;
const SMALL_P = 112;
const SMALL_S = 115;

/** What a block of a `.bib` file is; `text` is everything between the others, which BibTeX ignores. */
export const BlockKind = { text: 0, entry: 1, string: 2, preamble: 3, comment: 4 } as const;
export type BlockKind = (typeof BlockKind)[keyof typeof BlockKind];

/** The numbers kept of a block, relative to its start. Text blocks have only `reach`. */
export const Part = { typeStart: 0, typeEnd: 1, opener: 2, keyStart: 3, keyEnd: 4, bodyEnd: 5, reach: 6 } as const;

/**
 * The blocks of a BibTeX text, each with the numbers of `Part`. What stands between `opener` and `bodyEnd` is key and fields,
 * or the whole content of `@comment` and `@preamble`. A block is as it is whatever follows behind its `reach`, but for comments that
 * are open to the end.
 */
export type BibtexBlocks = BlockTable;

const LAYOUT: BlockLayout = { width: 7, reach: Part.reach, entryKind: BlockKind.entry };

/** Finds the blocks of a text in one pass. */
export function scanBibtex(text: FileText): BibtexBlocks {
  return atOnce(scanningBibtex(text));
}

/** The same in steps, so that others can work in between. */
export const scanningBibtex = (text: FileText): Generator<undefined, BibtexBlocks> =>
  scanningBlocks(text, LAYOUT, part => new BibtexScanner(part, neverOpen));

/** Brings the blocks of a text up to date after an edit of it; `text` is the text as it is now. Equals a fresh scan. */
export function rescanBibtex(text: FileText, blocks: BibtexBlocks, edit: TextEdit): Rescan {
  const { start, end } = edit.span;
  const mayCloseAll = mayCloseBraces(blocks.text.slice(start, end), edit.newText);
  const shift = text.length - blocks.text.length;
  const wasOpenToEnd = (block: number): boolean => block !== -1 && blocks.end(block) === BlockEnd.openToEnd;
  const isOpenToEnd = (at: number): boolean => {
    if (at - shift >= end && wasOpenToEnd(blocks.blockAt(at - shift))) return true;
    const block = at < start ? blocks.blockAt(at) : -1;
    return !mayCloseAll && wasOpenToEnd(block) && at + blocks.part(block, Part.opener) < start;
  };
  return rescan(blocks, text, edit, { open: part => new BibtexScanner(part, isOpenToEnd), mayCloseAll });
}

/** The blocks of a text seen as a list of its entries; `blockOf` leads back. */
export interface BibtexEntries extends Entries {
  readonly blocks: BibtexBlocks;
  /** The number of the block that is entry number `entry`. */
  blockOf(entry: number): number;
}

export function bibtexEntries(text: FileText, blocks: BibtexBlocks): BibtexEntries {
  return {
    blocks,
    entryCount: blocks.entryCount,
    blockOf: entry => blocks.blockOf(entry),
    entrySpan: entry => blockSpan(blocks, blocks.blockOf(entry)),
    key: entry => slice(text, keySpan(blocks, blocks.blockOf(entry))),
    keySpan: entry => keySpan(blocks, blocks.blockOf(entry)),
    type: entry => slice(text, typeSpan(blocks, blocks.blockOf(entry))),
  };
}

/** The type of a block as written: "InProceedings", "string"; empty for text. */
export const typeSpan = (blocks: BibtexBlocks, block: number): Span =>
  partSpan(blocks, block, Part.typeStart, Part.typeEnd);

/** The key of an entry or the name that a `@string` defines; empty, where it should stand, when missing. */
export const keySpan = (blocks: BibtexBlocks, block: number): Span =>
  partSpan(blocks, block, Part.keyStart, Part.keyEnd);

function partSpan(blocks: BibtexBlocks, block: number, from: number, to: number): Span {
  const start = blocks.start(block);
  return { start: start + blocks.part(block, from), end: start + blocks.part(block, to) };
}

const neverOpen = (): boolean => false;

/** Scans from the start of any block on. What it finds depends on the text behind that place only. */
class BibtexScanner implements BlockScanner {
  readonly #text: string;
  readonly #length: number;
  /** Tells of the `@` of some comments that nothing closes them, so that not all of the text has to be searched. */
  readonly #isOpenToEnd: (at: number) => boolean;
  readonly #isCut: boolean;
  readonly #table: BlockTableBuilder;
  readonly #clean: CleanEntryReader;
  readonly #braces: BraceFinder;
  /** The `@` found last, at or behind the place at hand. */
  #at = -1;
  /** How far the text was read for the block at hand. */
  #reach = 0;
  #end: BlockEnd = BlockEnd.closed;
  /** Type, opener and key of the block at hand. */
  #typeStart = 0;
  #typeEnd = 0;
  #opener = 0;
  #keyStart = 0;
  #keyEnd = 0;
  #unmatched: Int32Array | undefined;

  constructor({ text, isCut, table }: ScannedPart, isOpenToEnd: (at: number) => boolean) {
    this.#text = text;
    this.#isCut = isCut;
    this.#table = table;
    this.#length = text.length;
    this.#isOpenToEnd = isOpenToEnd;
    this.#clean = new CleanEntryReader(text, table);
    this.#braces = new BraceFinder(text);
  }

  advance(from: number, isInStep: (offset: number) => boolean): number {
    let start = from;
    while (start < this.#length && !isInStep(start)) {
      this.#table.begin(start);
      this.#reach = start;
      const at = this.#findBlock(start);
      if (this.#mayGoOn()) return start;
      if (at > start) {
        const base = this.#table.add(BlockKind.text, start, BlockEnd.closed);
        this.#table.parts[base + Part.reach] = this.#reach - start;
        start = at;
        if (at === this.#length || isInStep(at)) break;
      }
      start = this.#scanBlock(at);
      if (start === at) return at;
    }
    return start;
  }

  /** Whether the block at hand may be another one, if more of the text is read. */
  #mayGoOn(): boolean {
    return this.#isCut && this.#reach > this.#length;
  }

  /** The next `@` from a place on, the length of the text when there is none. */
  #nextAt(from: number): number {
    if (this.#at < from) this.#at = indexOf(this.#text, '@', from);
    return this.#at;
  }

  /** The `@` of the next block, or the end of the text. */
  #findBlock(from: number): number {
    const text = this.#text;
    let at = this.#nextAt(from);
    while (at < this.#length) {
      let isBlock = this.#readHead(at) && !continuesWord(text, at, from);
      if (isBlock) {
        this.#read(this.#opener + 1);
      } else {
        const opener = findBlockOpener(text, at, from);
        this.#read(opener.reach);
        isBlock = opener.at !== -1;
      }
      if (isBlock && !isCommentedOut(text, at, from)) return at;
      at = this.#nextAt(isBlock ? lineEnd(text, at, this.#length) : at + 1);
    }
    this.#reach = this.#length + 1;
    return this.#length;
  }

  /** Notes type and opener of the block that begins with the `@` at `at`; false when none does. */
  #readHead(at: number): boolean {
    const text = this.#text;
    const length = this.#length;
    this.#typeStart = skipSpace(text, at + 1, length);
    this.#typeEnd = skipName(text, this.#typeStart, length);
    this.#opener = skipSpace(text, this.#typeEnd, length);
    if (this.#typeEnd === this.#typeStart || isDigit(text.charCodeAt(this.#typeStart))) return false;
    const code = this.#opener < length ? text.charCodeAt(this.#opener) : 0;
    return code === OPEN_BRACE || code === OPEN_PARENTHESIS;
  }

  /** Scans the block at `at`, whose head has been read, and returns its end; `at` itself, if what follows the part may change it. */
  #scanBlock(at: number): number {
    const text = this.#text;
    const opener = this.#opener;
    const kind = kindOf(text, this.#typeStart, this.#typeEnd);
    this.#findKey(kind, opener);
    const keyEnd = this.#keyEnd;
    this.#reach = keyEnd;
    const bodyEnd = this.#findBodyEnd(kind, at, opener, keyEnd);
    if (this.#mayGoOn() || (this.#isCut && this.#end === BlockEnd.openToEnd)) return at;
    const base = this.#table.add(kind, at, this.#end);
    const { parts } = this.#table;
    parts[base + Part.typeStart] = this.#typeStart - at;
    parts[base + Part.typeEnd] = this.#typeEnd - at;
    parts[base + Part.opener] = opener - at;
    parts[base + Part.keyStart] = this.#keyStart - at;
    parts[base + Part.keyEnd] = keyEnd - at;
    parts[base + Part.bodyEnd] = bodyEnd - at;
    const end = this.#end === BlockEnd.closed ? bodyEnd + 1 : bodyEnd;
    parts[base + Part.reach] = Math.max(this.#reach, end) - at;
    return end;
  }

  /** Notes the key of an entry or the name of a string. Nearly all keys are words with a comma behind them. */
  #findKey(kind: BlockKind, opener: number): void {
    const text = this.#text;
    const length = this.#length;
    this.#keyStart = opener + 1;
    this.#keyEnd = opener + 1;
    if (kind === BlockKind.entry) {
      const start = skipSpace(text, opener + 1, length);
      const end = skipName(text, start, length);
      const isPlain = end > start && text.charCodeAt(end) === COMMA;
      const key = isPlain ? undefined : findKey(text, opener, length);
      this.#keyStart = key?.start ?? start;
      this.#keyEnd = key?.end ?? end;
    } else if (kind === BlockKind.string) {
      const name = findStringName(text, opener, length);
      this.#keyStart = name.start;
      this.#keyEnd = name.end;
    }
  }

  /** The delimiter that closes a block, or where one that is left open ends. */
  #findBodyEnd(kind: BlockKind, at: number, opener: number, from: number): number {
    if (this.#text.charCodeAt(opener) !== OPEN_BRACE) return this.#skipParentheses(from);
    if (kind === BlockKind.comment) return this.#skipComment(at, from);
    if (kind === BlockKind.entry) {
      if (this.#isCut && this.#nextAt(from) === this.#length) return this.#readOn();
      const close = this.#clean.read(at, from, this.#nextAt(from));
      if (close !== -1) return this.#close(close);
    }
    return this.#skipBraces(from);
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
  #skipComment(start: number, from: number): number {
    const text = this.#text;
    const opener = from - 1;
    const isKnown = this.#unmatched !== undefined && includes(this.#unmatched, opener);
    if (!isKnown && !this.#isOpenToEnd(this.#table.offset + start)) {
      const close = this.#braces.findClosing(from, this.#length);
      if (close !== -1) return this.#close(close);
      // Kept, so that a million comments left open do not each read to the end of the text.
      this.#unmatched ??= unmatchedBraces(text, opener);
    }
    let at = this.#nextAt(from);
    while (at < this.#length && !this.#isNeighbour(at, from)) at = this.#nextAt(at + 1);
    if (at === this.#length) this.#reach = this.#length + 1;
    this.#end = BlockEnd.openToEnd;
    return trimEnd(text, from, at);
  }

  /** What follows the part has to be read, too. */
  #readOn(): number {
    this.#reach = this.#length + 1;
    return this.#length;
  }

  #close(at: number): number {
    this.#end = BlockEnd.closed;
    this.#read(at + 1);
    return at;
  }

  /** A block left open does not take along the white space before what follows. */
  #leaveOpen(from: number, end: number): number {
    this.#end = BlockEnd.open;
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
  const first = text.charCodeAt(start) | 32;
  if (first !== SMALL_S && first !== SMALL_C && first !== SMALL_P) return BlockKind.entry;
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
