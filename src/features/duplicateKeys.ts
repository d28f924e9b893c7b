import type { Bibliography } from '../library/bibliography.ts';
import type { Library } from '../library/library.ts';
import { sameWork } from '../model/duplicates.ts';
import { slice, type Span } from '../text/span.ts';

/** A key of a bibliography under which other files have another work. */
export interface AmbiguousKey {
  readonly key: string;
  /** Where the bibliography has it. */
  readonly spans: readonly Span[];
  readonly others: readonly { readonly uri: string; readonly spans: readonly Span[] }[];
}

/** Found in steps. Copies of an entry in several files are as they should be: each document cites from its own. */
export function* ambiguousKeys(library: Library, bibliography: Bibliography): Generator<undefined, AmbiguousKey[]> {
  const found = new Map<string, { readonly spans: Span[]; readonly others: AmbiguousKey['others'][number][] }>();
  for (const other of library.bibliographies()) {
    const keys = other === bibliography ? new Set<string>() : yield* keysInBoth(bibliography, other);
    if (keys.size === 0) continue;
    const own = yield* entriesWith(keys, bibliography);
    const theirs = yield* entriesWith(keys, other);
    for (const key of keys) {
      const here = own.get(key) ?? [];
      const there = theirs.get(key) ?? [];
      let isCopied = true;
      for (const entry of there) {
        isCopied &&= here.some(one => isSameWork(bibliography, one, other, entry));
        yield;
      }
      if (isCopied) continue;
      const shared = found.get(key) ?? { spans: here.map(entry => bibliography.keySpan(entry)), others: [] };
      shared.others.push({ uri: other.uri, spans: there.map(entry => other.keySpan(entry)) });
      found.set(key, shared);
    }
  }
  return [...found].map(([key, { spans, others }]) => ({ key, spans, others }));
}

/** Looks through the keys of the smaller one. */
function* keysInBoth(a: Bibliography, b: Bibliography): Generator<undefined, Set<string>> {
  const [smaller, larger] = a.entryCount < b.entryCount ? [a, b] : [b, a];
  const found = new Set<string>();
  let looked = 0;
  for (const key of smaller.distinctKeys()) {
    if (larger.countOf(key) > 0) found.add(key);
    if (++looked % keysPerStep === 0) yield;
  }
  return found;
}

const keysPerStep = 256;

/** Entries of a file with one key; more of them are a problem of their own. */
const mostCompared = 20;

function* entriesWith(
  keys: ReadonlySet<string>,
  bibliography: Bibliography,
): Generator<undefined, ReadonlyMap<string, readonly number[]>> {
  const found = new Map<string, number[]>();
  for (let entry = 0; entry < bibliography.entryCount; entry++) {
    const key = bibliography.key(entry);
    if (keys.has(key)) {
      const entries = found.get(key);
      if (entries === undefined) found.set(key, [entry]);
      else if (entries.length < mostCompared) entries.push(entry);
    }
    if (entry % keysPerStep === 0) yield;
  }
  return found;
}

const isSameWork = (a: Bibliography, entry: number, b: Bibliography, other: number): boolean =>
  slice(a.text, a.entrySpan(entry)) === slice(b.text, b.entrySpan(other)) ||
  sameWork(a.identity(entry), b.identity(other));
