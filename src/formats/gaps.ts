import type { Reference } from '../model/reference.ts';
import { slice, type Span } from '../text/span.ts';
import { BibtexGaps } from './bibtexGaps.ts';
import type { Blocks, Format, FormatName } from './format.ts';
import { gapLoss, startOfText, type Loss } from './loss.ts';

/**
 * What stands before, between and behind the references of a text and is none: comments, prose, strings that no entry uses. It goes
 * along with the reference behind it, or is lost.
 */
export class Gaps {
  readonly #text: string;
  readonly #blocks: Blocks;
  readonly #format: FormatName;
  readonly #bibtex: BibtexGaps | undefined;

  constructor(text: string, { name }: Format, blocks: Blocks) {
    this.#text = text;
    this.#blocks = blocks;
    this.#format = name;
    this.#bibtex = name === 'bibtex' || name === 'biblatex' ? new BibtexGaps(text, blocks) : undefined;
  }

  /** As losses: the text before an entry, and behind the last one. To be asked for every entry, in order. */
  around(entry: number, reference: Reference): readonly Loss[] {
    this.#bibtex?.useStrings(reference);
    const { start, end } = this.#blocks.entrySpan(entry);
    const before = this.#found({ start: entry === 0 ? 0 : this.#blocks.entrySpan(entry - 1).end, end: start });
    if (entry < this.#blocks.entryCount - 1) return before;
    const behind = this.#found({ start: end, end: this.#text.length });
    return [...before, ...behind, ...(this.#bibtex?.unusedStrings() ?? [])];
  }

  #found(gap: Span): readonly Loss[] {
    // Most gaps are a line end or two.
    if (gap.end - gap.start < 2 || slice(this.#text, gap).trim() === '') return none;
    return this.#bibtex?.lossesIn(gap) ?? lossesIn(this.#text, gap, this.#format);
  }
}

const none: readonly Loss[] = [];

/** Whether a text stands in what was written, whatever the notation made of its punctuation. */
export function isTold(text: string, written: string): boolean {
  const words = bare(text);
  return words === '' ? written.includes(text) : bare(written).includes(words);
}

const bare = (text: string): string => text.replace(/\\u[0-9a-f]{4}|\\[nrt]/gu, '').replace(/[^\p{L}\p{N}]/gu, '');

/** Comments of formats in which brackets and names stand between the entries as well. */
const commentPatterns: Partial<Record<FormatName, RegExp>> = {
  'csl-json': /\/\/[^\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//gu,
  'csl-yaml': /^[\t ]*#.*$/gmu,
  hayagriva: /^[\t ]*#.*$/gmu,
  cff: /^[\t ]*#.*$/gmu,
  'endnote-xml': /<!--(?:[^-]|-(?!->))*-->/gu,
  mods: /<!--(?:[^-]|-(?!->))*-->/gu,
};

/** Begin and end of an export, which say nothing of what is in it. */
const frameLines = /^\uFEFF?(?:FN|VR|EF)\b.*$/gmu;

function lossesIn(text: string, gap: Span, format: FormatName): Loss[] {
  const between = slice(text, gap);
  const pattern = commentPatterns[format];
  if (pattern !== undefined) {
    return Array.from(between.matchAll(pattern), ({ 0: comment, index }) =>
      gapLoss('comment', comment.trim(), gap.start + index),
    );
  }
  const value = (format === 'wos' ? between.replace(frameLines, '') : between).replace(/^\uFEFF/u, '').trim();
  return value === '' ? [] : [gapLoss('text between records', value, startOfText(text, gap))];
}
