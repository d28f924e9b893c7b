import type { CancellationToken } from 'vscode-languageserver';
import type { SourceStep } from '../features/convert.ts';
import type { LossReport } from '../features/lossReport.ts';
import type { ConversionEnd } from '../formats/convert.ts';
import type { ConvertedPart, RangeEdit } from '../protocol/conversion.ts';
import type { TextEdit } from '../text/edit.ts';
import type { LineCounter } from '../text/lineCounter.ts';

/** Characters of one message: reading it takes the editor a millisecond or two. */
const LONGEST_PART = 1 << 18;
const MOST_EDITS = 500;

/** What a conversion of one source gives, handed on in parts where somebody takes them. */
export class ConvertedParts {
  readonly #source: number;
  readonly #lines: LineCounter;
  readonly #send: ((part: ConvertedPart) => Promise<void>) | undefined;
  #texts: string[] = [];
  #edits: RangeEdit[] = [];

  constructor(source: number, lines: LineCounter, send: ((part: ConvertedPart) => Promise<void>) | undefined) {
    this.#source = source;
    this.#lines = lines;
    this.#send = send;
  }

  /** The steps again; what they bring is kept here until it is handed on, and losses go into the report. */
  *collecting(steps: Generator<SourceStep, ConversionEnd>, report: LossReport): Generator<SourceStep, ConversionEnd> {
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      const { part, edits = [], losses } = step.value;
      if (part !== '') this.#texts.push(part);
      for (const edit of edits) this.#edits.push(this.#rangeEdit(edit));
      for (const loss of losses) report.add(loss, this.#lines.placeAt(loss.offset ?? 0));
      yield step.value;
    }
    return step.value;
  }

  #rangeEdit({ span, newText }: TextEdit): RangeEdit {
    return { range: { start: this.#lines.placeAt(span.start), end: this.#lines.placeAt(span.end) }, newText };
  }

  /** Hands on what is there; waits until the editor has taken it, so that nothing piles up. */
  async flush(token: CancellationToken): Promise<void> {
    if (this.#send === undefined) return;
    const text = this.#texts.join('');
    const edits = this.#edits;
    this.#texts = [];
    this.#edits = [];
    let from = 0;
    for (let edit = 0; from < text.length || edit < edits.length; edit += MOST_EDITS) {
      if (token.isCancellationRequested) return;
      const to = characterStart(text, from + LONGEST_PART);
      await this.#send({
        source: this.#source,
        text: text.slice(from, to),
        edits: edits.slice(edit, edit + MOST_EDITS),
      });
      from = to;
    }
  }

  /** What was not handed on. */
  rest(): { readonly text: string; readonly edits: readonly RangeEdit[] } {
    return { text: this.#texts.join(''), edits: this.#edits };
  }
}

/** The same place, or the one before it where that is in the middle of a character. */
const characterStart = (text: string, at: number): number =>
  at < text.length && /[\uD800-\uDBFF]/u.test(text.charAt(at - 1)) ? at - 1 : Math.min(at, text.length);
