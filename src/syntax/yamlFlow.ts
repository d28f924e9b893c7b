import type { Span } from '../text/span.ts';

/** A member of a flow mapping: `{name: value}`. */
export interface FlowMember {
  readonly name: Span;
  /** From behind the colon. */
  readonly value: Span;
}

/** The pieces between the commas of the flow collection that begins at `start`, without white space around them. */
export function flowPieces(text: string, { start, end }: Span): Span[] {
  const pieces: Span[] = [];
  const scanner = new FlowScanner(text, start + 1, end);
  let from = start + 1;
  for (;;) {
    const stop = scanner.next(false);
    const piece = trimmed(text, from, stop);
    if (piece.end > piece.start) {
      pieces.push(piece);
    }
    if (text[stop] !== ',') {
      return pieces;
    }
    from = stop + 1;
  }
}

/** The members of the flow mapping that begins at `start`. */
export const flowMembers = (text: string, inside: Span): FlowMember[] =>
  flowPieces(text, inside).flatMap(piece => {
    const colon = new FlowScanner(text, piece.start, piece.end).next(true);
    return colon >= piece.end
      ? []
      : [{ name: trimmed(text, piece.start, colon), value: { start: colon + 1, end: piece.end } }];
  });

/** Finds commas, colons and closing brackets that belong to one collection, not to one within it, a quoted text or a comment. */
class FlowScanner {
  readonly #text: string;
  readonly #end: number;
  #at: number;

  constructor(text: string, at: number, end: number) {
    this.#text = text;
    this.#at = at;
    this.#end = end;
  }

  /** The next comma, or colon behind a name, or the bracket that closes the collection; the end where nothing does. */
  next(wantsColon: boolean): number {
    let depth = 0;
    // Quotation marks are such only where a text begins.
    let isFresh = true;
    for (; this.#at < this.#end; this.#at++) {
      const char = this.#text.charAt(this.#at);
      if ((char === '"' || char === "'") && isFresh) {
        this.#skipQuoted(char);
        isFresh = false;
      } else if (char === '#' && isBlank(this.#text[this.#at - 1])) {
        this.#skipLine();
      } else if (char === '[' || char === '{') {
        depth++;
        isFresh = true;
      } else if (char === ']' || char === '}') {
        if (depth === 0) {
          return this.#at++;
        }
        depth--;
        isFresh = false;
      } else if (char === ',') {
        if (depth === 0 && !wantsColon) {
          return this.#at++;
        }
        isFresh = true;
      } else if (char === ':' && this.#isColon()) {
        if (depth === 0 && wantsColon) {
          return this.#at++;
        }
        isFresh = true;
      } else if (!isBlank(char)) {
        isFresh = false;
      }
    }
    return this.#end;
  }

  /** A colon ends a name when white space, a quoted name or a bracket says so. */
  #isColon(): boolean {
    const [before, after] = [this.#text[this.#at - 1], this.#text[this.#at + 1]];
    return isBlank(after) || before === '"' || before === "'" || after === '[' || after === '{' || after === ',';
  }

  #skipQuoted(quote: string): void {
    for (this.#at++; this.#at < this.#end && this.#text[this.#at] !== quote; this.#at++) {
      if (quote === '"' && this.#text[this.#at] === '\\') {
        this.#at++;
      }
    }
  }

  #skipLine(): void {
    const feed = this.#text.indexOf('\n', this.#at);
    this.#at = feed < 0 ? this.#end : feed;
  }
}

const isBlank = (char: string | undefined): boolean => char === undefined || /\s/u.test(char);

function trimmed(text: string, from: number, to: number): Span {
  let [start, end] = [from, to];
  for (; start < end && (isBlank(text[start]) || text[start] === '#'); start++) {
    const feed = text[start] === '#' ? text.indexOf('\n', start) : start;
    start = feed < 0 ? end - 1 : feed;
  }
  while (end > start && isBlank(text[end - 1])) end--;
  return { start, end };
}
