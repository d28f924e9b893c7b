import { TextWindow, type FileText } from '../text/fileText.ts';
import { BlockKind, Part, type BibtexBlocks } from './bibtex.ts';
import { BlockEnd, FIELD_WIDTH } from './blockTable.ts';
import { BraceFinder } from './braceFinder.ts';
import { isDigit, isLineEnd, isNameCharacter, lineEnd, skipName, skipSpace, trimEnd } from './bibtexLexis.ts';

const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const QUOTE = 34;
const COMMA = 44;
const EQUALS = 61;
const HASH = 35;
const PERCENT = 37;
const BACKSLASH = 92;

/** Calls `visit` for each field of a block with absolute offsets: its name, and its value with delimiters. A `@string` has one field. */
export function forEachField(
  text: string,
  blocks: BibtexBlocks,
  block: number,
  visit: (nameStart: number, nameEnd: number, valueStart: number, valueEnd: number) => void,
): void {
  const fields = new FieldReader(text);
  fields.enterBlock(blocks, block);
  while (fields.next()) visit(fields.nameStart, fields.nameEnd, fields.valueStart, fields.valueEnd);
}

/**
 * Steps through the fields of entries without building anything; one reader serves any number of entries of a text.
 * A closed entry is trusted until a value in it turns out to be left open. From there on, and in an entry left open from its
 * beginning, a value ends at the latest where the next line looks like a field.
 */
export class FieldReader {
  nameStart = 0;
  nameEnd = 0;
  valueStart = 0;
  valueEnd = 0;
  /** Whether there is `=` or a value. */
  hasValue = false;
  /** What the offsets count in: all of the text, or what stands around the entry. */
  text: string;
  readonly #window: TextWindow;
  #braces: BraceFinder;
  #position = 0;
  #end = 0;
  #isTrusted = true;
  /** Fields that the scan has found: those between two places of an array, relative to the block. */
  #known = noFields;
  #knownFrom = 0;
  #knownEnd = 0;
  #knownBase = 0;

  constructor(text: FileText) {
    this.#window = new TextWindow(text);
    this.text = this.#window.text;
    this.#braces = new BraceFinder(this.text);
  }

  enterBlock(blocks: BibtexBlocks, block: number): void {
    const index = blocks.chunkOf(block);
    const chunk = blocks.chunks[index];
    if (chunk === undefined) return;
    const local = block - (blocks.firstBlocks[index] ?? 0);
    const parts = local * blocks.layout.width;
    const kind = chunk.kinds[local];
    const start = this.#show(
      (blocks.offsets[index] ?? 0) + (chunk.starts[local] ?? 0),
      chunk.parts[parts + Part.bodyEnd] ?? 0,
    );
    const end = start + (chunk.parts[parts + Part.bodyEnd] ?? 0);
    let from = end;
    if (kind === BlockKind.entry) from = start + (chunk.parts[parts + Part.keyEnd] ?? 0);
    else if (kind === BlockKind.string) from = start + (chunk.parts[parts + Part.keyStart] ?? 0);
    this.enter(from, end, chunk.ends[local] === BlockEnd.closed);
    this.#known = chunk.fields;
    this.#knownBase = start;
    this.#knownFrom = local === 0 ? 0 : (chunk.fieldCounts[local - 1] ?? 0) * FIELD_WIDTH;
    this.#knownEnd = (chunk.fieldCounts[local] ?? 0) * FIELD_WIDTH;
  }

  /** Moves `text` to where a block stands; returns where in it that is. */
  #show(start: number, length: number): number {
    const window = this.#window;
    if (window.show(start, start + length)) {
      this.text = window.text;
      this.#braces = new BraceFinder(window.text);
    }
    return start - window.start;
  }

  /** Begins with the fields between `from` and `end`. */
  enter(from: number, end: number, isClosed: boolean): void {
    this.#position = from;
    this.#end = end;
    this.#isTrusted = isClosed;
    this.#knownFrom = 0;
    this.#knownEnd = 0;
  }

  /** Moves to the next field that has a name, and `=` or a value. */
  next(): boolean {
    while (this.step()) if (this.hasValue && this.nameEnd > this.nameStart) return true;
    return false;
  }

  /** Moves to the next field or what is left of one: a value without a name, a word without a value. */
  step(): boolean {
    if (this.#knownFrom < this.#knownEnd) {
      this.#takeKnown();
      return true;
    }
    const { text } = this;
    const end = this.#end;
    let i = this.#position;
    while (i < end) {
      const code = text.charCodeAt(i);
      if (code <= 32 || code === COMMA) {
        i++;
      } else if (code === PERCENT) {
        i = lineEnd(text, i, end);
      } else if (isNameCharacter(code)) {
        this.#readField(i);
        return true;
      } else if (code === EQUALS || code === OPEN_BRACE || code === QUOTE) {
        this.nameStart = i;
        this.nameEnd = i;
        this.#readValue(code === EQUALS ? i + 1 : i);
        return true;
      } else {
        i++;
      }
    }
    this.#position = end;
    return false;
  }

  #takeKnown(): void {
    const known = this.#known;
    const from = this.#knownFrom;
    const base = this.#knownBase;
    this.nameStart = base + (known[from] ?? 0);
    this.nameEnd = base + (known[from + 1] ?? 0);
    this.valueStart = base + (known[from + 2] ?? 0);
    this.valueEnd = base + (known[from + 3] ?? 0);
    this.hasValue = true;
    this.#knownFrom = from + FIELD_WIDTH;
    this.#position = this.valueEnd;
  }

  #readField(start: number): void {
    const { text } = this;
    this.nameStart = start;
    this.nameEnd = skipName(text, start, this.#end);
    const next = skipSpace(text, this.nameEnd, this.#end);
    const code = next < this.#end ? text.charCodeAt(next) : COMMA;
    if (code === EQUALS) {
      this.#readValue(next + 1);
    } else if (code === OPEN_BRACE || code === QUOTE) {
      this.#readValue(next);
    } else {
      this.hasValue = false;
      this.valueStart = this.nameEnd;
      this.valueEnd = this.nameEnd;
      this.#position = this.nameEnd;
    }
  }

  #readValue(from: number): void {
    const { text } = this;
    const start = skipSpace(text, from, this.#end);
    let end = findValueEnd(text, start, this.#end, this.#isTrusted ? this.#braces : undefined);
    if (end === -1) {
      this.#isTrusted = false;
      end = findValueEnd(text, start, this.#end, undefined);
    }
    this.hasValue = true;
    // An empty value stands right behind its `=`, not behind the white space that follows.
    this.valueStart = end > start ? start : from;
    this.valueEnd = end > start ? end : from;
    this.#position = this.valueEnd;
  }
}

const noFields: Uint16Array = new Uint16Array();

/** The end of the value at `start`: pieces joined by `#`. -1 when it is trusted to be well formed, by giving `trusted`, and is not. */
function findValueEnd(text: string, start: number, end: number, trusted: BraceFinder | undefined): number {
  let last = start;
  let i = start;
  while (i < end) {
    const pieceEnd = skipPiece(text, i, end, trusted);
    if (pieceEnd === -1 || pieceEnd === i) return pieceEnd === -1 ? -1 : last;
    last = pieceEnd;
    const next = skipSpace(text, pieceEnd, end);
    if (next >= end || text.charCodeAt(next) !== HASH) return last;
    last = next + 1;
    i = skipSpace(text, last, end);
  }
  return last;
}

/** A piece of a value: `braced` and `quoted` with their delimiters, which `isClosed` says are both there. Offsets are absolute. */
export interface ValuePiece {
  readonly kind: 'braced' | 'quoted' | 'number' | 'macro';
  readonly start: number;
  readonly end: number;
  readonly isClosed: boolean;
}

/** The pieces that `#` joins in the value between `start` and `end`. */
export function valuePieces(text: string, start: number, end: number): readonly ValuePiece[] {
  if (start === end) return [];
  // A text of its own, so that no search for a brace goes beyond it.
  const value = text.slice(start, end);
  const braces = new BraceFinder(value);
  const pieces: ValuePiece[] = [];
  let i = 0;
  while (i < value.length) {
    const trusted = skipPiece(value, i, value.length, braces);
    const pieceEnd = trusted === -1 ? skipPiece(value, i, value.length, undefined) : trusted;
    if (pieceEnd > i) pieces.push(pieceOf(text, start + i, start + pieceEnd));
    i = skipSpace(value, pieceEnd > i ? pieceEnd : i + 1, value.length);
    if (value.charCodeAt(i) === HASH) i = skipSpace(value, i + 1, value.length);
  }
  return pieces;
}

/** A piece without its delimiters. */
export const pieceText = (text: string, piece: ValuePiece): string =>
  piece.kind === 'braced' || piece.kind === 'quoted'
    ? text.slice(piece.start + 1, piece.isClosed ? piece.end - 1 : piece.end)
    : text.slice(piece.start, piece.end);

function pieceOf(text: string, start: number, end: number): ValuePiece {
  const code = text.charCodeAt(start);
  if (code === OPEN_BRACE || code === QUOTE) {
    const kind = code === QUOTE ? 'quoted' : 'braced';
    return { kind, start, end, isClosed: isClosedPiece(text, start, end) };
  }
  let i = start;
  while (i < end && isDigit(text.charCodeAt(i))) i++;
  return { kind: i === end ? 'number' : 'macro', start, end, isClosed: true };
}

/** Whether the delimiter at the end of a piece is the one that closes it: `{a {b}` ends with a brace and does not. */
function isClosedPiece(text: string, start: number, end: number): boolean {
  const close = text.charCodeAt(start) === QUOTE ? QUOTE : CLOSE_BRACE;
  if (end - start < 2 || text.charCodeAt(end - 1) !== close) return false;
  let depth = 0;
  for (let i = start + 1; i < end - 1; i++) {
    const code = text.charCodeAt(i);
    if (code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACE && depth > 0) depth--;
  }
  return depth === 0;
}

/** The end of a piece of a value: braced, quoted, number or macro; `from` when none stands there, -1 when it cannot be trusted. */
function skipPiece(text: string, from: number, end: number, trusted: BraceFinder | undefined): number {
  const code = text.charCodeAt(from);
  if (code === OPEN_BRACE || code === QUOTE) {
    if (trusted === undefined) return skipDoubtfully(text, from, end);
    return code === QUOTE ? skipQuotes(text, from, end, trusted) : skipBraces(from, end, trusted);
  }
  const nameEnd = skipName(text, from, end);
  const next = skipSpace(text, nameEnd, end);
  // "title = year = 2000": the value is missing and the next field begins.
  return next < end && text.charCodeAt(next) === EQUALS ? from : nameEnd;
}

function skipBraces(from: number, end: number, braces: BraceFinder): number {
  const close = braces.findClosing(from + 1, end);
  return close === -1 ? -1 : close + 1;
}

function skipQuotes(text: string, from: number, end: number, braces: BraceFinder): number {
  const close = findQuote(text, from, end, braces);
  if (close === -1) return -1;
  // What follows must fit, else the quote that closes this value is missing and this one opens the next.
  const next = skipSpace(text, close + 1, end);
  const after = next < end ? text.charCodeAt(next) : COMMA;
  return after === COMMA || after === HASH ? close + 1 : -1;
}

/** The quote that closes the one at `from`; -1 when there is none before `end`. Braces hide quotes: `"a {"} b"`. */
function findQuote(text: string, from: number, end: number, braces: BraceFinder): number {
  const first = text.indexOf('"', from + 1);
  if (first === -1 || first >= end) return -1;
  braces.moveTo(from);
  if (braces.open > first) return first;
  let depth = 0;
  for (let i = from + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE && depth === 0) return i;
    if (code === OPEN_BRACE) depth++;
    else if (code === CLOSE_BRACE && depth > 0) depth--;
  }
  return -1;
}

/** The end of a braced or quoted piece that may never be closed: then it ends before a line that looks like a field. */
function skipDoubtfully(text: string, from: number, end: number): number {
  const isQuoted = text.charCodeAt(from) === QUOTE;
  let depth = isQuoted ? 0 : 1;
  for (let i = from + 1; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === QUOTE) {
      if (isQuoted && depth === 0) return i + 1;
    } else if (code === CLOSE_BRACE) {
      if (depth > 0 && --depth === 0 && !isQuoted) return i + 1;
    } else if (code === OPEN_BRACE) {
      depth++;
    } else if (isLineEnd(code) && beginsField(text, i + 1, end)) {
      return endOfOpenPiece(text, from, i);
    }
  }
  return endOfOpenPiece(text, from, end);
}

/** The comma that ends the line is the field's, not the value's. */
function endOfOpenPiece(text: string, from: number, end: number): number {
  const last = trimEnd(text, from + 1, end);
  return last > from + 1 && text.charCodeAt(last - 1) === COMMA ? trimEnd(text, from + 1, last - 1) : last;
}

/** Whether a line reads `name = ` and a value. Looks at that line only. */
function beginsField(text: string, from: number, end: number): boolean {
  const nameStart = skipBlanks(text, from, end);
  const nameEnd = skipName(text, nameStart, end);
  const equals = skipBlanks(text, nameEnd, end);
  if (nameEnd === nameStart || equals >= end || text.charCodeAt(equals) !== EQUALS) return false;
  const value = skipBlanks(text, equals + 1, end);
  if (value >= end) return false;
  const code = text.charCodeAt(value);
  return code === OPEN_BRACE || code === QUOTE || (code !== BACKSLASH && isNameCharacter(code));
}

function skipBlanks(text: string, from: number, end: number): number {
  let i = from;
  while (i < end && (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9)) i++;
  return i;
}
