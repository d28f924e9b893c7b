import type { TextEdit } from './edit.ts';

/** A place as the Language Server Protocol counts: both from 0, characters in UTF-16 units. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/** Leads between offsets and lines of one text. Lines end with `\n`, `\r\n` or `\r`, as the protocol has it. Counts when first asked. */
export class LineIndex {
  readonly #text: string;
  #known: Int32Array | undefined;

  constructor(text: string, starts?: Int32Array) {
    this.#text = text;
    this.#known = starts;
  }

  get lineCount(): number {
    return this.#starts().length;
  }

  /** The place of an offset; one outside the text counts as its nearest end. */
  placeAt(offset: number): Place {
    const inside = Math.max(0, Math.min(offset, this.#text.length));
    const starts = this.#starts();
    const line = countUpTo(starts, inside) - 1;
    return { line, character: inside - (starts[line] ?? 0) };
  }

  /** The offset of a place; a character behind the end of its line counts as that end. */
  offsetAt({ line, character }: Place): number {
    if (line < 0) return 0;
    const starts = this.#starts();
    const start = starts[line];
    return start === undefined ? this.#text.length : Math.min(start + Math.max(0, character), this.#lineEnd(line));
  }

  /** The index of the text after an edit of it. Reads only the lines that the edit touches. */
  edited(text: string, edit: TextEdit): LineIndex {
    const old = this.#known;
    if (old === undefined) return new LineIndex(text);
    const { start, end } = edit.span;
    const newEnd = start + edit.newText.length;
    // A line that starts right at the edit may lose its start: `\r` before, `\n` inserted.
    const kept = Math.max(1, countUpTo(old, start - 1));
    const rest = countUpTo(old, end);
    const from = old[kept - 1] ?? 0;
    // One character more: a `\r` at the end of the edit and a `\n` behind it are one line end.
    const fresh = lineStarts(text.slice(from, newEnd + 1), newEnd - from);
    const starts = new Int32Array(kept + fresh.length + old.length - rest);
    starts.set(old.subarray(0, kept));
    for (let i = 0; i < fresh.length; i++) starts[kept + i] = (fresh[i] ?? 0) + from;
    const shift = newEnd - end;
    for (let i = rest, to = kept + fresh.length; i < old.length; i++, to++) {
      starts[to] = (old[i] ?? 0) + shift;
    }
    return new LineIndex(text, starts);
  }

  #starts(): Int32Array {
    if (this.#known === undefined) {
      const found = lineStarts(this.#text, this.#text.length);
      this.#known = new Int32Array(found.length + 1);
      this.#known.set(found, 1);
    }
    return this.#known;
  }

  #lineEnd(line: number): number {
    const next = this.#starts()[line + 1];
    if (next === undefined) return this.#text.length;
    return this.#text.charCodeAt(next - 1) === 10 && this.#text.charCodeAt(next - 2) === 13 ? next - 2 : next - 1;
  }
}

/** How many of the sorted values are not above `limit`. */
function countUpTo(sorted: Int32Array, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The starts of all lines but the first; none above `to`. */
function lineStarts(text: string, to: number): Int32Array {
  let starts = new Int32Array(64);
  let count = 0;
  let feed = text.indexOf('\n');
  let carriageReturn = text.indexOf('\r');
  while (feed !== -1 || carriageReturn !== -1) {
    const isReturn = carriageReturn !== -1 && (feed === -1 || carriageReturn < feed);
    const start = isReturn && carriageReturn + 1 !== feed ? carriageReturn + 1 : feed + 1;
    if (start > to) break;
    if (count === starts.length) {
      const longer = new Int32Array(count * 2);
      longer.set(starts);
      starts = longer;
    }
    starts[count++] = start;
    if (isReturn) carriageReturn = text.indexOf('\r', carriageReturn + 1);
    if (feed !== -1 && feed < start) feed = text.indexOf('\n', start);
  }
  return starts.subarray(0, count);
}
