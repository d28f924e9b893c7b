import type { Blocks } from '../formats/format.ts';
import { allDetached, detached } from '../text/detached.ts';
import { uniqueKeys } from '../model/citationKey.ts';

/** Makes a key for an entry that has none; undefined for formats whose entries without a key cannot be cited. */
export type MakeKey = ((entry: number) => string) | undefined;

/** The keys of the entries of one text and how often each occurs; follows edits at the cost of what they touch. */
export class EntryKeys {
  #entries: Blocks;
  /** How often a key is written. */
  readonly #counts = new Map<string, number>();
  /** Those written more than once. */
  readonly #repeated = new Set<string>();
  /** By repeated key the entries that have it, in order; undefined until somebody asks. */
  #places: Map<string, number[]> | undefined;
  /** By entry: the key it would have if others did not have it too; empty where it has its own. Undefined where all have one. */
  #wished: string[] | undefined;
  #made: readonly string[] = [];
  #madeSet: ReadonlySet<string> = new Set();

  constructor(entries: Blocks, makeKey: MakeKey) {
    this.#entries = entries;
    for (const steps = this.#reading(makeKey); steps.next().done !== true;);
  }

  /** The same in steps, so that others can work in between. */
  static *reading(entries: Blocks, makeKey: MakeKey): Generator<undefined, EntryKeys> {
    const keys = new EntryKeys(noEntries, undefined);
    keys.#entries = entries;
    yield* keys.#reading(makeKey);
    return keys;
  }

  *#reading(makeKey: MakeKey): Generator<undefined, void> {
    const entries = this.#entries;
    for (let first = 0; first < entries.entryCount; first += entriesPerStep) {
      const count = Math.min(entriesPerStep, entries.entryCount - first);
      for (const key of allDetached(Array.from({ length: count }, (_, index) => entries.key(first + index))))
        this.#count(key, 1);
      yield;
    }
    if (makeKey === undefined || !this.#counts.has('')) return;
    const wished: string[] = [];
    for (let entry = 0; entry < entries.entryCount; entry++) {
      wished.push(wish(entries, entry, makeKey));
      if (entry % entriesPerStep === 0) yield;
    }
    this.#wished = wished;
    this.#make();
  }

  /** Empty where there is none. */
  key(entry: number): string {
    const made = this.#made[entry];
    return made === undefined || made === '' ? this.#entries.key(entry) : made;
  }

  countOf(key: string): number {
    return key === '' ? 0 : (this.#counts.get(key) ?? 0) + (this.#madeSet.has(key) ? 1 : 0);
  }

  /** Keys that more than one entry has; keys made here are none of them. */
  duplicates(): string[] {
    return [...this.#repeated];
  }

  /** The entries of each key that more than one entry has, in order; holds until the next change. */
  repeatedEntries(): ReadonlyMap<string, readonly number[]> {
    if (this.#places !== undefined) return this.#places;
    const places = new Map<string, number[]>();
    const count = this.#repeated.size > 0 ? this.#entries.entryCount : 0;
    for (let entry = 0; entry < count; entry++) {
      const key = this.#entries.key(entry);
      if (!this.#repeated.has(key)) continue;
      const entries = places.get(key);
      if (entries === undefined) places.set(detached(key), [entry]);
      else entries.push(entry);
    }
    return (this.#places = places);
  }

  /** Every key that stands in the text, once. */
  written(): string[] {
    return [...this.#counts.keys()].filter(key => key !== '');
  }

  /** Follows an edit; returns the entries outside of it whose made key is another one now. */
  update(before: Blocks, after: Blocks, change: Change, makeKey: MakeKey): number[] {
    const { first, removed, added } = change;
    if (!hasSameKeys(before, after, change)) {
      this.#movePlaces(before, after, change);
      for (let entry = first; entry < first + removed; entry++) this.#count(before.key(entry), -1);
      for (let entry = first; entry < first + added; entry++) this.#count(detached(after.key(entry)), 1);
    }
    this.#entries = after;
    if (makeKey === undefined || (this.#wished === undefined && !this.#counts.has(''))) return [];
    this.#wished ??= Array.from({ length: before.entryCount }, () => '');
    const fresh = Array.from({ length: added }, (_, index) => wish(after, first + index, makeKey));
    this.#wished = [...this.#wished.slice(0, first), ...fresh, ...this.#wished.slice(first + removed)];
    const old = this.#made;
    this.#make();
    const moved = (entry: number): number => (entry < first ? entry : entry - added + removed);
    const changed: number[] = [];
    this.#made.forEach((key, entry) => {
      if ((entry < first || entry >= first + added) && key !== (old[moved(entry)] ?? '')) changed.push(entry);
    });
    return changed;
  }

  /** Entries behind an edit have other numbers; where repeated keys come or go, all are looked for again. */
  #movePlaces(before: Blocks, after: Blocks, { first, removed, added }: Change): void {
    const isCounted = (entries: Blocks, entry: number): boolean => this.#counts.has(entries.key(entry));
    let mayRepeat = false;
    for (let entry = first; entry < first + removed; entry++) mayRepeat ||= this.#repeated.has(before.key(entry));
    for (let entry = first; entry < first + added; entry++) mayRepeat ||= isCounted(after, entry);
    if (mayRepeat || added > 1) this.#places = undefined;
    if (this.#places === undefined || added === removed) return;
    for (const entries of this.#places.values())
      entries.forEach((entry, index) => {
        if (entry >= first + removed) entries[index] = entry + added - removed;
      });
  }

  /** A key that is not known yet is kept: it has to be a copy. */
  #count(key: string, by: number): void {
    const before = this.#counts.get(key) ?? 0;
    const count = before + by;
    if (count > 0) this.#counts.set(key, count);
    else this.#counts.delete(key);
    if (count > 1 && key !== '') this.#repeated.add(key);
    else if (before > 1) this.#repeated.delete(key);
  }

  /** Written keys come first: a made one gives way to them, wherever it stands. */
  #make(): void {
    const wished = this.#wished ?? [];
    const written = this.written();
    const unique = uniqueKeys([...written, ...wished.filter(key => key !== '')]);
    let next = written.length;
    this.#made = wished.map(key => (key === '' ? '' : (unique[next++] ?? '')));
    this.#madeSet = new Set(unique.slice(written.length));
  }
}

/** Of the entries before an edit `removed` from `first` on gave way to `added` others. */
interface Change {
  readonly first: number;
  readonly removed: number;
  readonly added: number;
}

function hasSameKeys(before: Blocks, after: Blocks, { first, removed, added }: Change): boolean {
  if (removed !== added) return false;
  for (let entry = first; entry < first + added; entry++) if (before.key(entry) !== after.key(entry)) return false;
  return true;
}

const wish = (entries: Blocks, entry: number, makeKey: (entry: number) => string): string =>
  entries.key(entry) === '' ? makeKey(entry) : '';

const entriesPerStep = 256;

const noEntries: Blocks = {
  entryCount: 0,
  entrySpan: () => ({ start: 0, end: 0 }),
  key: () => '',
  keySpan: () => ({ start: 0, end: 0 }),
  type: () => '',
};
