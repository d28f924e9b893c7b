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

/**
 * Tells of texts, asked for in their order, whether they stand in what was written, whatever the notation made of its punctuation. Where a
 * thousand do not stand there in this order, no further one is looked for: it is rather told as lost.
 */
export function toldIn(written: string): (text: string) => boolean {
  let words: string | undefined;
  let from = 0;
  let missed = 0;
  return text => {
    if (missed >= mostMissed) return false;
    const own = bare(text);
    if (own === '') return written.includes(text);
    words ??= bare(written);
    const behind = words.indexOf(own, from);
    if (behind >= 0) {
      from = behind + own.length;
      return true;
    }
    missed++;
    return words.includes(own);
  };
}

const mostMissed = 1000;

const bare = (text: string): string => text.replace(/\\u[0-9a-f]{4}|\\[nrt]/gu, '').replace(/[^\p{L}\p{N}]/gu, '');

/** What begins a comment in formats in which brackets and names stand between the entries as well. */
const commentOpeners: Partial<Record<FormatName, RegExp>> = {
  'csl-json': /\/[/*]/gu,
  'csl-yaml': /^[\t ]*#/gmu,
  hayagriva: /^[\t ]*#/gmu,
  cff: /^[\t ]*#/gmu,
  'endnote-xml': /<!--/gu,
  mods: /<!--/gu,
};

const commentClosers: ReadonlyMap<string, string> = new Map([
  ['//', '\n'],
  ['/*', '*/'],
  ['#', '\n'],
  ['<!--', '-->'],
]);

/** Comments with the places where they begin; one that is left open reaches to the end. */
function* commentsIn(text: string, opener: RegExp): Generator<readonly [comment: string, start: number]> {
  let done = 0;
  for (const { 0: open, index } of text.matchAll(opener)) {
    if (index < done) continue;
    const closer = commentClosers.get(open.trimStart()) ?? '\n';
    const close = text.indexOf(closer, index + open.length);
    done = close < 0 ? text.length : close + closer.length;
    yield [text.slice(index, done).trim(), index];
  }
}

/** Begin and end of an export, which say nothing of what is in it. */
const frameLines = /^\uFEFF?(?:FN|VR|EF)\b.*$/gm;

function lossesIn(text: string, gap: Span, format: FormatName): Loss[] {
  const between = slice(text, gap);
  const opener = commentOpeners[format];
  if (opener !== undefined) {
    return Array.from(commentsIn(between, opener), ([comment, start]) =>
      gapLoss('comment', comment, gap.start + start),
    );
  }
  const value = (format === 'wos' ? between.replace(frameLines, '') : between).replace(/^\uFEFF/u, '').trim();
  return value === '' ? [] : [gapLoss('text between records', value, startOfText(text, gap))];
}
