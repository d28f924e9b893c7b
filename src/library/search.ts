import { emptyScores } from './searchChunk.ts';
import type { Matches, SearchIndex } from './searchIndex.ts';
import { queryWords, type QueryWord, type SearchSource } from './searchWords.ts';

/** A bibliography that can be searched. */
export interface Searched extends SearchSource {
  readonly search: SearchIndex;
}

export interface SearchHit<Source> {
  readonly source: Source;
  readonly entry: number;
}

/**
 * The best `limit` entries that match every word of the query, best first: words that begin as typed before words that only contain it,
 * those before words with one letter different; within these key, author, title, year. Of equals the newer one, then the shorter key.
 * An empty query matches all.
 */
export function search<Source extends Searched>(
  sources: readonly Source[],
  query: string,
  limit: number,
): SearchHit<Source>[] {
  const words = queryWords(query);
  const exact = collect(sources, words, limit, false);
  // Whatever a looser look finds more stands behind these.
  if (exact.length === limit || words.length === 0) return exact;
  return collect(sources, words, limit, true);
}

function collect<Source extends Searched>(
  sources: readonly Source[],
  words: readonly QueryWord[],
  limit: number,
  loosely: boolean,
): SearchHit<Source>[] {
  const scores = emptyScores();
  const best: RankedHit<Source>[] = [];
  sources.forEach((source, order) => {
    source.search.forEachMatch(source, words, loosely, scores, new BestHits(limit, source, order, best));
  });
  return best.sort(compare);
}

/** A class, so that the engine keeps what it has learnt of its objects while none is alive. */
class RankedHit<Source> implements SearchHit<Source> {
  readonly source: Source;
  readonly order: number;
  readonly entry: number;
  readonly rank: number;

  constructor(source: Source, order: number, entry: number, rank: number) {
    this.source = source;
    this.order = order;
    this.entry = entry;
    this.rank = rank;
  }
}

/** A heap with the worst of the best hits on top. */
class BestHits<Source> implements Matches {
  readonly #heap: RankedHit<Source>[];
  readonly #limit: number;
  readonly #source: Source;
  readonly #order: number;

  /** For the matches of a source beside those of the ones before it. */
  constructor(limit: number, source: Source, order: number, heap: RankedHit<Source>[]) {
    this.#limit = limit;
    this.#source = source;
    this.#order = order;
    this.#heap = heap;
  }

  add(entry: number, rank: number): void {
    const heap = this.#heap;
    const worst = heap[0];
    if (heap.length < this.#limit) {
      heap.push(new RankedHit(this.#source, this.#order, entry, rank));
      this.#siftUp();
    } else if (worst !== undefined && rank >= worst.rank) {
      const hit = new RankedHit(this.#source, this.#order, entry, rank);
      if (compare(hit, worst) >= 0) return;
      heap[0] = hit;
      this.#siftDown();
    }
  }

  #siftUp(): void {
    const heap = this.#heap;
    let at = heap.length - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (compare(heap[at]!, heap[parent]!) <= 0) return;
      [heap[at], heap[parent]] = [heap[parent]!, heap[at]!];
      at = parent;
    }
  }

  #siftDown(): void {
    const heap = this.#heap;
    for (let at = 0; ;) {
      let child = 2 * at + 1;
      if (child >= heap.length) return;
      if (child + 1 < heap.length && compare(heap[child + 1]!, heap[child]!) > 0) child++;
      if (compare(heap[child]!, heap[at]!) <= 0) return;
      [heap[at], heap[child]] = [heap[child]!, heap[at]!];
      at = child;
    }
  }
}

/** Negative where `a` is the better one; equal ranks stay in the order of files and entries. */
const compare = (a: RankedHit<unknown>, b: RankedHit<unknown>): number =>
  b.rank - a.rank || a.order - b.order || a.entry - b.entry;
