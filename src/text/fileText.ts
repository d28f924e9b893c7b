/**
 * The text of a file. A string is one; that of a file on disk comes in pieces, because one string of a hundred megabytes takes long to put
 * together, and two bytes for each character where one of them all is beyond Latin-1.
 */
export interface FileText {
  readonly length: number;
  slice(start: number, end?: number): string;
}

/** In one string. Costs time and memory where it was in pieces: for what a user does with a whole file. */
export const wholeText = (text: FileText): string => (typeof text === 'string' ? text : text.slice(0));

/** The text that pieces are together. */
export class TextInPieces implements FileText {
  readonly length: number;
  readonly #pieces: readonly string[];
  /** By piece, with one more behind the last: where it begins. */
  readonly #starts: Int32Array;
  /** The piece asked for last: most ask for one place after the other. */
  #last = 0;

  constructor(pieces: readonly string[]) {
    this.#pieces = pieces;
    this.#starts = new Int32Array(pieces.length + 1);
    pieces.forEach((piece, index) => {
      this.#starts[index + 1] = this.#startOf(index) + piece.length;
    });
    this.length = this.#startOf(pieces.length);
  }

  slice(start: number, end = this.length): string {
    const to = Math.min(end, this.length);
    if (start >= to) return '';
    const { piece, start: first } = this.pieceAt(start);
    if (to <= first + piece.length) return piece.slice(start - first, to - first);
    const parts = [piece.slice(start - first)];
    for (let index = this.#last + 1; this.#startOf(index) < to; index++)
      parts.push((this.#pieces[index] ?? '').slice(0, to - this.#startOf(index)));
    return parts.join('');
  }

  /** The piece in which an offset lies, and where in the text it begins. */
  pieceAt(offset: number): { readonly piece: string; readonly start: number } {
    if (offset < this.#startOf(this.#last) || offset >= this.#startOf(this.#last + 1)) this.#last = this.#find(offset);
    return { piece: this.#pieces[this.#last] ?? '', start: this.#startOf(this.#last) };
  }

  #startOf(index: number): number {
    return this.#starts[index] ?? 0;
  }

  /** The number of the piece that holds an offset. */
  #find(offset: number): number {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#startOf(middle + 1) <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** A string that holds a stretch of a text: the whole text, or a piece of it, or a copy of what stands in several. */
export class TextWindow {
  text = '';
  /** Where in the text it begins. */
  start = 0;
  readonly #source: FileText;

  constructor(source: FileText) {
    this.#source = source;
    if (typeof source === 'string') this.text = source;
  }

  /** Where in the text it ends. */
  get end(): number {
    return this.start + this.text.length;
  }

  /** Moves to a stretch; tells whether `text` is another one now. */
  show(start: number, end: number): boolean {
    if (!(this.#source instanceof TextInPieces)) return false;
    if (start >= this.start && start < this.end && end <= this.end) return false;
    const { piece, start: pieceStart } = this.#source.pieceAt(start);
    const isInside = end <= pieceStart + piece.length;
    this.text = isInside ? piece : this.#source.slice(start, end);
    this.start = isInside ? pieceStart : start;
    return true;
  }
}

/** Where something stands in a text first, from a place on; -1 where it does not. */
export function findIn(text: FileText, sought: string, from = 0): number {
  const window = new TextWindow(text);
  for (let at = from; at + sought.length <= text.length; at = window.end - sought.length + 1) {
    window.show(at, at + 2 * sought.length);
    const found = window.text.indexOf(sought, at - window.start);
    if (found !== -1) return window.start + found;
  }
  return -1;
}
