import { emptyScores } from './searchChunk.ts';
import type { SearchIndex } from './searchIndex.ts';
import { queryWords, type SearchSource } from './searchWords.ts';

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
  const exact = collect(sources, limit, (source, scores, visit) => {
    source.search.forEachMatch(source, words, false, scores, visit);
  });
  // Whatever a looser look finds more stands behind these.
  if (exact.length === limit || words.length === 0) return exact;
  return collect(sources, limit, (source, scores, visit) => {
    source.search.forEachMatch(source, words, true, scores, visit);
  });
}

type Visit = (entry: number, rank: number) => void;

function collect<Source>(
  sources: readonly Source[],
  limit: number,
  run: (source: Source, scores: ReturnType<typeof emptyScores>, visit: Visit) => void,
): SearchHit<Source>[] {
  const scores = emptyScores();
  const best = new BestHits<Source>(limit);
  sources.forEach((source, order) => {
    run(source, scores, (entry, rank) => {
      best.add(source, order, entry, rank);
    });
  });
  return best.sorted();
}

interface RankedHit<Source> extends SearchHit<Source> {
  readonly order: number;
  readonly rank: number;
}

/** A heap with the worst of the best hits on top. */
class BestHits<Source> {
  readonly #heap: RankedHit<Source>[] = [];
  readonly #limit: number;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(source: Source, order: number, entry: number, rank: number): void {
    const heap = this.#heap;
    const worst = heap[0];
    if (heap.length < this.#limit) {
      heap.push({ source, order, entry, rank });
      this.#siftUp();
    } else if (worst !== undefined && rank >= worst.rank) {
      const hit = { source, order, entry, rank };
      if (compare(hit, worst) >= 0) return;
      heap[0] = hit;
      this.#siftDown();
    }
  }

  sorted(): RankedHit<Source>[] {
    return this.#heap.sort(compare);
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
