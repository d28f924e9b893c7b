import type { LossReason } from '../protocol/conversion.ts';
import { slice, type Span } from '../text/span.ts';

export type { LossReason } from '../protocol/conversion.ts';

/** One value of a source that the target of a conversion could not take. */
export interface Loss {
  /** The citation key of the reference. */
  readonly key: string;
  /** The field or tag as the source names it. */
  readonly field: string;
  /** The value as the source has it. */
  readonly value: string;
  readonly reason: LossReason;
  /** Where the entry starts in the source text, so that a report can link to it. */
  readonly offset?: number;
}

/** The loss of text that belongs to no reference. */
export const gapLoss = (field: string, value: string, offset: number): Loss => ({
  key: '',
  field,
  value,
  reason: 'no-slot',
  offset,
});

/** Where the text of a stretch begins, behind white space. */
export const startOfText = (text: string, { start, end }: Span): number =>
  start + Math.max(0, slice(text, { start, end }).search(/[^\s\uFEFF]/u));

/**
 * The losses of a conversion, of which there may be hundreds of thousands: each is one small object, and the names of fields, which come
 * again and again, are kept once.
 */
export class LossList {
  #found: Loss[] = [];
  readonly #names = new Map<string, string>();

  /** Adds a loss of the entry that starts at `start`, unless it says another place itself. */
  add({ key, field, value, reason, offset }: Loss, start: number): void {
    const name = this.#names.get(field);
    if (name === undefined) this.#names.set(field, field);
    // A copy by spreading takes three times the memory.
    this.#found.push({ key, field: name ?? field, value, reason, offset: offset ?? start });
  }

  /** Those that were added since they were last taken. */
  taken(): readonly Loss[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }
}
