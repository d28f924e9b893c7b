/**
 * Finds the braces of a text by hopping from one to the next, which engines do faster than any loop over characters.
 * Asked from the beginning of the text to its end, it looks at every stretch once; asked elsewhere, it begins anew.
 */
export class BraceFinder {
  /** The next opening and closing brace from the place moved to, the length of the text when there is none. */
  open = -1;
  close = -1;
  readonly #text: string;
  #from = 0;

  constructor(text: string) {
    this.#text = text;
  }

  moveTo(from: number): void {
    const isBack = from < this.#from;
    this.#from = from;
    if (isBack || this.open < from) this.open = indexOf(this.#text, '{', from);
    if (isBack || this.close < from) this.close = indexOf(this.#text, '}', from);
  }

  /** The brace that closes one opened right before `from`; -1 when there is none before `end`. */
  findClosing(from: number, end: number): number {
    this.moveTo(from);
    let { open, close } = this;
    let depth = 1;
    for (;;) {
      if (close < open) {
        if (close >= end) return -1;
        if (--depth === 0) {
          this.open = open;
          this.close = close;
          return close;
        }
        close = indexOf(this.#text, '}', close + 1);
      } else {
        if (open >= end) return -1;
        depth++;
        open = indexOf(this.#text, '{', open + 1);
      }
    }
  }
}

/** The next `character`, the length of the text when there is none. */
export function indexOf(text: string, character: string, from: number): number {
  const at = text.indexOf(character, from);
  return at === -1 ? text.length : at;
}
