import { detached } from '../text/detached.ts';
import type { LineCounter } from '../text/lineCounter.ts';
import type { Place } from '../text/lineIndex.ts';

/** Where an entry stands; sources count from 0. */
export interface KeyPlace extends Place {
  readonly source: number;
}

/** The keys of all entries that go into one text, among which those are found that several entries have. */
export class RepeatedKeys {
  readonly #firsts = new Map<string, KeyPlace>();
  readonly #found = new Map<string, KeyPlace[]>();

  /** In order. Gives the place of the first entry with the key where there is one already. */
  add(key: string, place: KeyPlace): KeyPlace | undefined {
    if (key === '') return undefined;
    const first = this.#firsts.get(key);
    if (first === undefined) {
      this.#firsts.set(detached(key), place);
      return undefined;
    }
    const places = this.#found.get(key);
    if (places) places.push(place);
    else this.#found.set(detached(key), [first, place]);
    return first;
  }

  /** Those of a whole source, whose places `lines` tells, in steps that are no progress yet. */
  *adding(
    keys: Iterable<{ readonly key: string; readonly offset: number }>,
    source: number,
    lines: LineCounter,
  ): Generator<{ readonly done: 0; readonly total: 0 }, void> {
    for (const { key, offset } of keys) {
      this.add(key, { source, ...lines.placeAt(offset) });
      yield { done: 0, total: 0 };
    }
  }

  /** Every key that several entries have, with where they are. */
  get found(): ReadonlyMap<string, readonly KeyPlace[]> {
    return this.#found;
  }
}
