import { FIELD_WIDTH, type BlockTableBuilder } from './blockTable.ts';
import { indexOf } from './braceFinder.ts';

// Constants of this file, not imported ones: they stand in the innermost loops, where a binding of another module can cost a call.
const QUOTE = 34;
const HASH = 35;
const COMMA = 44;
const EQUALS = 61;
const AT = 64;
const BACKSLASH = 92;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;
const DELETE = 127;

/** Places of fields are kept in 16 bits. */
const mostRelative = 0xffff;

/**
 * Reads entries as nearly all are: fields `name = value` with commas between them up to a closing brace. It finds what `FieldReader`
 * would find in the same entry, and gives up where anything is unusual. To be asked from the beginning of a text to its end.
 *
 * Its loops need no bound: no code is compared true with the one behind the end of the text, which is not a number.
 */
export class CleanEntryReader {
  readonly #text: string;
  readonly #table: BlockTableBuilder;
  /** The braces found last; the length of the text where there are no more. */
  #open = -1;
  #close = -1;

  /** The places of fields are written to `table`. */
  constructor(text: string, table: BlockTableBuilder) {
    this.#text = text;
    this.#table = table;
  }

  /** The brace that closes the entry at `start`, whose fields begin at `from`; -1 where it is not clean before `end`, or very long. */
  read(start: number, from: number, end: number): number {
    const text = this.#text;
    const table = this.#table;
    let { fields } = table;
    let written = table.fieldsEnd;
    let i = from;
    let code = text.charCodeAt(i);
    for (;;) {
      while (code <= 32 || code === COMMA) code = text.charCodeAt(++i);
      if (code === CLOSE_BRACE) break;
      const nameStart = i;
      while (isPlain(code)) code = text.charCodeAt(++i);
      const nameEnd = i;
      while (code <= 32) code = text.charCodeAt(++i);
      if (code !== EQUALS || nameEnd === nameStart) return -1;
      code = text.charCodeAt(++i);
      while (code <= 32) code = text.charCodeAt(++i);
      const valueStart = i;
      let valueEnd: number;
      for (;;) {
        const pieceStart = i;
        if (code === OPEN_BRACE) i = this.#bracedEnd(i + 1, end);
        else if (code === QUOTE) i = this.#quotedEnd(i + 1, end);
        else while (isPlain(code)) code = text.charCodeAt(++i);
        if (i <= pieceStart) return -1;
        valueEnd = i;
        code = text.charCodeAt(i);
        while (code <= 32) code = text.charCodeAt(++i);
        if (code !== HASH) break;
        code = text.charCodeAt(++i);
        while (code <= 32) code = text.charCodeAt(++i);
      }
      if ((code !== COMMA && code !== CLOSE_BRACE) || valueEnd - start > mostRelative) return -1;
      if (written === fields.length) fields = table.growFields();
      fields[written] = nameStart - start;
      fields[written + 1] = nameEnd - start;
      fields[written + 2] = valueStart - start;
      fields[written + 3] = valueEnd - start;
      written += FIELD_WIDTH;
    }
    table.fieldsEnd = written;
    return i;
  }

  /** Behind the brace that closes the one before `from`; -1 where that is not before `end`. */
  #bracedEnd(from: number, end: number): number {
    const text = this.#text;
    let open = this.#open;
    let close = this.#close;
    if (open < from) open = indexOf(text, '{', from);
    if (close < from) close = indexOf(text, '}', from);
    let depth = 1;
    while (close < end) {
      if (close < open) {
        depth--;
        if (depth === 0) break;
        close = indexOf(text, '}', close + 1);
      } else {
        depth++;
        open = indexOf(text, '{', open + 1);
      }
    }
    this.#open = open;
    this.#close = close;
    return close < end ? close + 1 : -1;
  }

  /** The same for a quote. Braces hide quotes, and one that closes nothing closes the entry. */
  #quotedEnd(from: number, end: number): number {
    const text = this.#text;
    const first = text.indexOf('"', from);
    if (first === -1 || first >= end) return -1;
    if (this.#open < from) this.#open = indexOf(text, '{', from);
    if (this.#close < from) this.#close = indexOf(text, '}', from);
    if (first < this.#open && first < this.#close) return first + 1;
    let depth = 0;
    for (let i = from; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code === QUOTE) {
        if (depth === 0) return i + 1;
      } else if (code === OPEN_BRACE) {
        depth++;
      } else if (code === CLOSE_BRACE && --depth < 0) {
        return -1;
      }
    }
    return -1;
  }
}

/** What names of fields and macros nearly always consist of: `isNameCharacter` holds for more. */
function isPlain(code: number): boolean {
  if (code > 96) return code !== OPEN_BRACE && code !== CLOSE_BRACE && code !== DELETE;
  if (code > 64) return code !== BACKSLASH;
  return code > 41 && code !== COMMA && code !== EQUALS && code !== AT;
}
