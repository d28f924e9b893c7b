import type { Reference } from '../model/reference.ts';
import { BlockKind, keySpan, typeSpan, type BibtexBlocks } from '../syntax/bibtex.ts';
import { blockSpan } from '../syntax/blockTable.ts';
import { slice, type Span } from '../text/span.ts';
import { bibtexIn } from './bibtex.ts';
import { macrosOf } from './bibtexRestore.ts';
import type { Blocks } from './format.ts';
import { gapLoss, startOfText, type Loss } from './loss.ts';

/** What is no entry in a BibTeX file: comments, text, preambles, and strings that no entry uses. */
export class BibtexGaps {
  readonly #text: string;
  readonly #blocks: BibtexBlocks;
  readonly #used = new Set<string>();

  constructor(text: string, blocks: Blocks) {
    this.#text = text;
    this.#blocks = bibtexIn(text, blocks).blocks;
  }

  /** Remembers which strings an entry uses: they are told in its values. */
  useStrings({ source }: Reference): void {
    for (const { expanded, text } of source.fields) if (expanded !== undefined) this.#use(text);
  }

  #use(value: string): void {
    for (const name of macrosOf(value)) this.#used.add(name);
  }

  lossesIn(gap: Span): Loss[] {
    const losses: Loss[] = [];
    for (let at = gap.start; at < gap.end;) {
      const block = this.#blocks.blockAt(at);
      const kind = this.#blocks.kind(block);
      const span = blockSpan(this.#blocks, block);
      const value = slice(this.#text, span)
        .replace(/^\uFEFF/u, '')
        .trim();
      const type = slice(this.#text, typeSpan(this.#blocks, block)).toLowerCase();
      const field = kind === BlockKind.text ? 'text between entries' : `@${type}`;
      if (kind !== BlockKind.string && value !== '') losses.push(gapLoss(field, value, startOfText(this.#text, span)));
      at = Math.max(span.end, at + 1);
    }
    return losses;
  }

  /** From the last to the first, because a string may be used by one behind it. To be asked behind all entries. */
  unusedStrings(): Loss[] {
    const losses: Loss[] = [];
    for (const block of this.#blocks.blocksOfKind(BlockKind.string).reverse()) {
      const span = blockSpan(this.#blocks, block);
      const key = keySpan(this.#blocks, block);
      const name = slice(this.#text, key);
      const value = this.#text
        .slice(key.end, span.end)
        .replace(/^\s*=/u, '')
        .replace(/[)}]\s*$/u, '')
        .trim();
      if (this.#used.has(name.toLowerCase())) this.#use(value);
      else losses.push(gapLoss('@string', `${name} = ${value}`, span.start));
    }
    return losses.reverse();
  }
}
