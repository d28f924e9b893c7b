import type { Span } from '../text/span.ts';
import { BlockKind, kindOf } from './bibtex.ts';
import { FieldReader, valuePieces, type ValuePiece } from './bibtexFields.ts';
import { findKey, findStringName } from './bibtexKey.ts';
import {
  CLOSE_BRACE,
  CLOSE_PARENTHESIS,
  COMMA,
  EQUALS,
  HASH,
  OPEN_PARENTHESIS,
  PERCENT,
  findClosing,
  lineEnd,
  skipName,
  skipSpace,
} from './bibtexLexis.ts';

/** The full tree of one block. All spans are relative to the start of the block. */
export interface EntryTree {
  readonly kind: BlockKind;
  /** Every character of the block in exactly one token, in order. */
  readonly tokens: readonly Token[];
  readonly type: Span;
  /** Empty where a key or the name of a `@string` is missing, and in comments and preambles. */
  readonly key: Span;
  /** The fields in order; a `@string` has one, with its name; a `@preamble` one without. */
  readonly fields: readonly FieldNode[];
  readonly errors: readonly SyntaxProblem[];
}

export interface Token extends Span {
  readonly kind: TokenKind;
}

export type TokenKind =
  | 'at'
  | 'type'
  | 'open'
  | 'close'
  | 'key'
  | 'comma'
  | 'name'
  | 'equals'
  | 'hash'
  | ValuePiece['kind']
  | 'space'
  | 'comment' // from `%` to the end of its line, and the content of `@comment`
  | 'junk';

export interface FieldNode extends Span {
  /** Empty where it is missing. */
  readonly name: Span;
  /** With delimiters; empty where it is missing. */
  readonly value: Span;
  readonly pieces: readonly ValuePiece[];
}

export interface SyntaxProblem {
  readonly code: SyntaxProblemCode;
  /** Where the trouble is; empty where something is missing. */
  readonly span: Span;
}

export type SyntaxProblemCode =
  | 'unclosed-entry' // at the brace or parenthesis that nothing closes
  | 'unclosed-value'
  | 'missing-key'
  | 'missing-comma'
  | 'missing-equals'
  | 'missing-name'
  | 'missing-value'
  | 'missing-piece' // a `#` that joins nothing
  | 'unexpected-text';

/** Reads the whole tree of a block found by `scanBibtex`. Cannot fail. */
export function parseEntry(text: string, span: Span): EntryTree {
  return new EntryParser(text, span).parse();
}

/** Fields whose name an earlier field of the same entry has, letter case aside. BibTeX reads the first, biber the last. */
export function duplicateFields(text: string, entryStart: number, tree: EntryTree): readonly FieldNode[] {
  const seen = new Set<string>();
  return tree.fields.filter(field => {
    const name = text.slice(entryStart + field.name.start, entryStart + field.name.end).toLowerCase();
    const isDuplicate = name !== '' && seen.has(name);
    seen.add(name);
    return isDuplicate;
  });
}

/** More errors in one entry say nothing more. */
const MOST_ERRORS = 1000;

class EntryParser {
  readonly #text: string;
  readonly #start: number;
  readonly #end: number;
  readonly #tokens: Token[] = [];
  readonly #fields: FieldNode[] = [];
  readonly #errors: SyntaxProblem[] = [];
  /** Where the tokens so far end. */
  #position: number;

  constructor(text: string, span: Span) {
    this.#text = text;
    this.#start = span.start;
    this.#end = span.end;
    this.#position = span.start;
  }

  parse(): EntryTree {
    const text = this.#text;
    const typeStart = skipSpace(text, this.#start + 1, this.#end);
    const typeEnd = skipName(text, typeStart, this.#end);
    const kind = kindOf(text, typeStart, typeEnd);
    this.#token('at', Math.min(this.#start + 1, this.#end));
    this.#space(typeStart);
    this.#token('type', typeEnd);
    this.#space(skipSpace(text, typeEnd, this.#end));
    const opener = this.#position;
    this.#token('open', Math.min(opener + 1, this.#end));
    const key = this.#findKey(kind, opener);
    const bodyEnd = this.#findBodyEnd(kind, opener, key.end);
    this.#content(kind, key, bodyEnd, bodyEnd < this.#end);
    const isClosed = this.#closesAtEnd(opener);
    if (!isClosed) this.#error('unclosed-entry', opener, opener + 1);
    this.#gap(isClosed ? this.#end - 1 : this.#end);
    this.#token('close', this.#end);
    return {
      kind,
      tokens: this.#tokens,
      type: this.#relative(typeStart, typeEnd),
      key: this.#relative(key.start, key.end),
      fields: this.#fields,
      errors: this.#errors,
    };
  }

  #findKey(kind: BlockKind, opener: number): Span {
    if (opener < this.#end && kind === BlockKind.entry) return findKey(this.#text, opener, this.#end);
    if (opener < this.#end && kind === BlockKind.string) return findStringName(this.#text, opener, this.#end);
    return { start: this.#position, end: this.#position };
  }

  /** The closing delimiter, or the end of the block when it has none. */
  #findBodyEnd(kind: BlockKind, opener: number, from: number): number {
    const isParenthesis = this.#text.charCodeAt(opener) === OPEN_PARENTHESIS;
    const last = this.#end - 1;
    if (last < from || this.#text.charCodeAt(last) !== (isParenthesis ? CLOSE_PARENTHESIS : CLOSE_BRACE))
      return this.#end;
    return findClosing(this.#text, from, this.#end, isParenthesis) === last ? last : this.#end;
  }

  #content(kind: BlockKind, key: Span, bodyEnd: number, isClosed: boolean): void {
    if (kind === BlockKind.comment) {
      this.#token('comment', bodyEnd);
      return;
    }
    if (kind === BlockKind.entry) {
      this.#gap(key.start);
      this.#token('key', key.end);
      if (key.end === key.start) this.#error('missing-key', key.start, key.start);
    }
    this.#readFields(kind, bodyEnd, isClosed);
  }

  /**
   * Whether the last character is the closing delimiter and no part of a value. The block can be left open all the same: the
   * brace that is missing is then that of a value.
   */
  #closesAtEnd(opener: number): boolean {
    const close = this.#text.charCodeAt(opener) === OPEN_PARENTHESIS ? CLOSE_PARENTHESIS : CLOSE_BRACE;
    return this.#position < this.#end && this.#text.charCodeAt(this.#end - 1) === close;
  }

  #readFields(kind: BlockKind, bodyEnd: number, isClosed: boolean): void {
    const reader = new FieldReader(this.#text);
    reader.enter(this.#position, bodyEnd, isClosed);
    let isCommaDue = this.#tokens.at(-1)?.kind === 'key';
    while (reader.step()) {
      const before = this.#position;
      const hasComma = this.#gap(reader.nameStart);
      if (isCommaDue && !hasComma) this.#error('missing-comma', before, before);
      this.#field(reader, kind);
      isCommaDue = true;
    }
  }

  #field(reader: FieldReader, kind: BlockKind): void {
    const { nameStart, nameEnd, valueStart, valueEnd } = reader;
    const text = this.#text;
    this.#token('name', nameEnd);
    if (nameEnd === nameStart && reader.hasValue && kind !== BlockKind.preamble)
      this.#error('missing-name', nameStart, nameStart);
    const sign = skipSpace(text, nameEnd, valueStart);
    if (reader.hasValue && sign < valueStart && text.charCodeAt(sign) === EQUALS) {
      this.#space(sign);
      this.#token('equals', sign + 1);
    } else if (nameEnd > nameStart) {
      this.#error('missing-equals', nameEnd, nameEnd);
    }
    this.#space(valueStart);
    const pieces = valuePieces(text, valueStart, valueEnd);
    this.#value(pieces, valueEnd);
    if (reader.hasValue && pieces.length === 0) this.#error('missing-value', valueStart, valueStart);
    const base = this.#start;
    this.#fields.push({
      start: nameStart - base,
      end: valueEnd - base,
      name: this.#relative(nameStart, nameEnd),
      value: this.#relative(valueStart, valueEnd),
      pieces: pieces.map(({ kind: pieceKind, start, end, isClosed }) => ({
        kind: pieceKind,
        start: start - base,
        end: end - base,
        isClosed,
      })),
    });
  }

  #value(pieces: readonly ValuePiece[], end: number): void {
    for (const piece of pieces) {
      this.#joint(piece.start);
      this.#token(piece.kind, piece.end);
      if (!piece.isClosed) this.#error('unclosed-value', piece.start, piece.end);
    }
    const isDangling = this.#position < end;
    this.#joint(end);
    if (isDangling) this.#error('missing-piece', end, end);
  }

  /** White space and the `#` between pieces. */
  #joint(end: number): void {
    while (this.#position < end) {
      this.#space(skipSpace(this.#text, this.#position, end));
      if (this.#position < end) {
        const isHash = this.#text.charCodeAt(this.#position) === HASH;
        this.#token(isHash ? 'hash' : 'junk', this.#position + 1);
      }
    }
  }

  /** What stands between fields. Returns whether a comma was among it. */
  #gap(end: number): boolean {
    const text = this.#text;
    let hasComma = false;
    while (this.#position < end) {
      const from = this.#position;
      const code = text.charCodeAt(from);
      if (code <= 32) {
        this.#space(skipSpace(text, from, end));
      } else if (code === COMMA) {
        this.#token('comma', from + 1);
        hasComma = true;
      } else if (code === PERCENT) {
        this.#token('comment', lineEnd(text, from, end));
      } else {
        this.#junk(end);
      }
    }
    return hasComma;
  }

  #junk(end: number): void {
    const from = this.#position;
    let i = from + 1;
    while (i < end) {
      const code = this.#text.charCodeAt(i);
      if (code <= 32 || code === COMMA || code === PERCENT) break;
      i++;
    }
    this.#token('junk', i);
    this.#error('unexpected-text', from, i);
  }

  #space(end: number): void {
    this.#token('space', end);
  }

  /** Adds a token from where the last one ended; none when nothing is left. */
  #token(kind: TokenKind, end: number): void {
    if (end <= this.#position) return;
    this.#tokens.push({ kind, start: this.#position - this.#start, end: end - this.#start });
    this.#position = end;
  }

  #error(code: SyntaxProblemCode, start: number, end: number): void {
    if (this.#errors.length === MOST_ERRORS) return;
    this.#errors.push({ code, span: this.#relative(start, end) });
  }

  #relative(start: number, end: number): Span {
    return { start: start - this.#start, end: end - this.#start };
  }
}
