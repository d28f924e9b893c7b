import { slice, type Span } from '../text/span.ts';

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

export type LossReason =
  | 'no-slot' // the target has no field for it
  | 'slot-taken' // the target has one slot and another value took it
  | 'case' // carried, but not that capitals in it are to stay such
  | 'narrowed' // carried, but less exactly: a range as its first date, markup as plain text
  | 'type' // the entry type has no equal in the target
  | 'unreadable' // the source itself could not be read here
  | 'differs'; // another record of the same work says so, and the one that was kept says something else
