import type { TextEdit } from './edit.ts';
import type { Place } from './lineIndex.ts';
import type { FileText } from './fileText.ts';

/** Characters between two places that are remembered. */
const STRIDE = 1 << 13;

/** What is known of an offset: the line ends before it, and where its line begins. */
interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly start: number;
}

/**
 * Leads from offsets to places in one text, however large, without a table of all its lines. Lines end with `\n`, `\r\n` or `\r`. What has
 * been counted once is not counted again.
 */
export class LineCounter {
  #text: FileText;
  /** By rising offset. */
  #marks: Mark[] = [{ offset: 0, line: 0, start: 0 }];

  constructor(text: FileText) {
    this.#text = text;
  }

  /** The place of an offset; one outside the text counts as its nearest end. */
  placeAt(offset: number): Place {
    const inside = Math.max(0, Math.min(offset, this.#text.length));
    while (inside - this.#lastMark().offset > STRIDE) this.#countOn();
    const { line, start } = markAt(this.#text, inside, this.#markBefore(inside));
    return { line, character: inside - start };
  }

  /** Counts ahead in small steps. The text may be edited meanwhile. */
  *counting(): Generator<undefined, void> {
    while (this.#text.length - this.#lastMark().offset > STRIDE) {
      this.#countOn();
      yield;
    }
  }

  /** `text` is the text with the edit made. What was counted before and behind it stays known. */
  edit({ span, newText }: TextEdit, text: FileText): void {
    const shift = newText.length - (span.end - span.start);
    // Whether the character before the edit ends a line may depend on what follows it.
    const before = this.#placeOfMark(span.start - 1);
    const known = this.#marks[before] ?? firstMark;
    const old = markAt(this.#text, span.end, known);
    const now = markAt(text, span.end + shift, known);
    const kept = this.#marks.slice(0, before + 1);
    // Behind much new text nothing is kept, so that two marks stay close.
    if (newText.length <= STRIDE) {
      for (let i = before + 1; i < this.#marks.length; i++) {
        const { offset, line, start } = this.#marks[i] ?? firstMark;
        if (offset < span.end) continue;
        // A line that the edit is in may begin elsewhere now.
        const newStart = start > span.end ? start + shift : now.start;
        kept.push({ offset: offset + shift, line: line + now.line - old.line, start: newStart });
      }
    }
    this.#marks = kept;
    this.#text = text;
  }

  #lastMark(): Mark {
    return this.#marks.at(-1) ?? firstMark;
  }

  #markBefore(offset: number): Mark {
    return this.#marks[this.#placeOfMark(offset)] ?? firstMark;
  }

  /** The place in the list of the last mark that is not behind the offset. */
  #placeOfMark(offset: number): number {
    let low = 1;
    let high = this.#marks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#marks[middle]?.offset ?? 0) <= offset) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  #countOn(): void {
    const last = this.#lastMark();
    this.#marks.push(markAt(this.#text, last.offset + STRIDE, last));
  }
}

const firstMark: Mark = { offset: 0, line: 0, start: 0 };

/** Counted from a mark before it. */
function markAt(text: FileText, offset: number, from: Mark): Mark {
  let { line, start } = from;
  // A part of the text, because a search in the whole would run on to its end where nothing is found.
  const part = text.slice(from.offset, offset);
  if (part.includes('\r')) {
    const next = text.slice(offset, offset + 1);
    for (let at = 0; at < part.length; at++) {
      const code = part.charCodeAt(at);
      if (code !== 10 && (code !== 13 || (part[at + 1] ?? next) === '\n')) continue;
      line++;
      start = from.offset + at + 1;
    }
    return { offset, line, start };
  }
  for (let feed = part.indexOf('\n'); feed !== -1; feed = part.indexOf('\n', feed + 1)) {
    line++;
    start = from.offset + feed + 1;
  }
  return { offset, line, start };
}
