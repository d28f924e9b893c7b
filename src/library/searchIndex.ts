import type { Scores, SearchChunk } from './searchChunk.ts';
import { ChunkBuilder, mostEntriesInChunk, scoreChunk } from './searchChunk.ts';
import type { QueryWord, SearchSource } from './searchWords.ts';
import { foldedKey, place, points, tierOf } from './searchWords.ts';

/** Neighbouring entries: part of a chunk from `first` on, or not indexed yet. */
class Piece {
  readonly chunk: SearchChunk | undefined;
  readonly first: number;
  readonly count: number;
  /** Whether its entries may read differently now: they still answer, until they are indexed again. */
  readonly isOutdated: boolean;

  constructor(chunk: SearchChunk | undefined, first: number, count: number, isOutdated: boolean) {
    this.chunk = chunk;
    this.first = first;
    this.count = count;
    this.isOutdated = isOutdated;
  }

  /** Only `count` of its entries, from its entry number `from` on. */
  part(from: number, count: number): Piece {
    return new Piece(this.chunk, this.first + from, count, this.isOutdated);
  }
}

const gap = (count: number): Piece => new Piece(undefined, 0, count, false);
const whole = (chunk: SearchChunk): Piece => new Piece(chunk, 0, chunk.entryCount, false);

/** Takes the entries that match; a higher rank is better. */
export interface Matches {
  add(entry: number, rank: number): void;
}

/** How many entries are read for the index between two pauses. */
const entriesPerSlice = 64;
/** As many fresh entries are indexed by the search itself, so that an edit is found at once. */
const entriesPerSearch = 64;
/** More pieces than chunks need are joined again. */
const morePieces = 16;

/**
 * The search index of one bibliography: its entries in order, in pieces. An edit cuts pieces and leaves a gap, the gap is indexed
 * alone; so an edit costs the entries that it touches.
 */
export class SearchIndex {
  #pieces: Piece[];
  #building: { start: number; end: number; cancelled: boolean } | undefined;

  constructor(entryCount: number) {
    this.#pieces = entryCount > 0 ? [gap(entryCount)] : [];
  }

  /** Whether some entries answer to their key only until `indexing` has run. */
  get complete(): boolean {
    return this.#pieces.every(isCurrent);
  }

  /** Entries `first` to `first + removed` were replaced by `added` others. */
  edit(first: number, removed: number, added: number): void {
    const pieces: Piece[] = [];
    let base = 0;
    let inserted = added === 0;
    const insert = (): void => {
      if (!inserted) pieces.push(gap(added));
      inserted = true;
    };
    for (const piece of this.#pieces) {
      const before = Math.min(Math.max(first - base, 0), piece.count);
      const after = Math.min(Math.max(base + piece.count - first - removed, 0), piece.count);
      if (before > 0) pieces.push(piece.part(0, before));
      if (base + piece.count > first) insert();
      if (after > 0 && before < piece.count) pieces.push(piece.part(piece.count - after, after));
      base += piece.count;
    }
    insert();
    this.#pieces = withGapsJoined(pieces);
    const building = this.#building;
    if (building === undefined || first >= building.end) return;
    if (first + removed <= building.start) {
      building.start += added - removed;
      building.end += added - removed;
    } else {
      building.cancelled = true;
    }
  }

  /** What entries say has changed although their text has not. */
  outdate(): void {
    this.#pieces = this.#pieces.map(({ chunk, first, count }) => new Piece(chunk, first, count, chunk !== undefined));
    if (this.#building !== undefined) this.#building.cancelled = true;
  }

  /** Indexes what is not indexed yet, some entries per step. The source may be edited between two steps. */
  *indexing(source: SearchSource): Generator<undefined, void> {
    const builder = new ChunkBuilder();
    for (let range = this.#nextRange(); range !== undefined; range = this.#nextRange()) {
      const building = { ...range, cancelled: false };
      this.#building = building;
      builder.clear();
      const isWanted = (): boolean => !building.cancelled && this.#building === building;
      while (isWanted() && builder.entryCount < building.end - building.start) {
        builder.add(source, building.start + builder.entryCount);
        if (builder.entryCount % entriesPerSlice === 0) yield;
      }
      if (isWanted()) {
        const chunk = yield* builder.building();
        // An edit may have come in between.
        if (isWanted()) this.#replace(building.start, chunk);
      }
      if (this.#building === building) this.#building = undefined;
      yield;
    }
  }

  /** Adds every entry that matches all words, in no order. */
  forEachMatch(
    source: SearchSource,
    query: readonly QueryWord[],
    loosely: boolean,
    scores: Scores,
    matches: Matches,
  ): void {
    this.#indexSmallGaps(source);
    const parts = new Map<SearchChunk, { base: number; piece: Piece }[]>();
    let base = 0;
    for (const piece of this.#pieces) {
      if (piece.chunk === undefined) {
        matchKeys(source, base, piece.count, query, loosely, matches);
      } else {
        const known = parts.get(piece.chunk);
        if (known === undefined) parts.set(piece.chunk, [{ base, piece }]);
        else known.push({ base, piece });
      }
      base += piece.count;
    }
    for (const [chunk, chunkParts] of parts) {
      if (!scoreChunk(chunk, query, loosely, scores)) continue;
      for (const part of chunkParts) addMatches(chunk, part.piece, part.base, scores, matches);
    }
  }

  #indexSmallGaps(source: SearchSource): void {
    let budget = entriesPerSearch;
    let base = 0;
    let builder: ChunkBuilder | undefined;
    this.#pieces.forEach((piece, index) => {
      if (piece.chunk === undefined && piece.count <= budget) {
        budget -= piece.count;
        if (builder === undefined) builder = new ChunkBuilder();
        else builder.clear();
        for (let entry = base; entry < base + piece.count; entry++) builder.add(source, entry);
        this.#pieces[index] = whole(builder.build());
      }
      base += piece.count;
    });
  }

  /** The entries to index next: a gap, else pieces that are better joined. */
  #nextRange(): { start: number; end: number } | undefined {
    let base = 0;
    for (const piece of this.#pieces) {
      if (!isCurrent(piece)) return { start: base, end: base + Math.min(piece.count, mostEntriesInChunk) };
      base += piece.count;
    }
    if (this.#pieces.length <= 2 * Math.ceil(base / mostEntriesInChunk) + morePieces) return undefined;
    return mostSplit(this.#pieces);
  }

  #replace(start: number, chunk: SearchChunk): void {
    this.#building = undefined;
    this.edit(start, chunk.entryCount, chunk.entryCount);
    let base = 0;
    const pieces: Piece[] = [];
    for (const piece of this.#pieces) {
      const end = base + piece.count;
      if (piece.chunk !== undefined || end <= start || base > start) {
        pieces.push(piece);
      } else {
        const rest = end - start - chunk.entryCount;
        if (start > base) pieces.push(gap(start - base));
        pieces.push(whole(chunk));
        if (rest > 0) pieces.push(gap(rest));
      }
      base = end;
    }
    this.#pieces = pieces;
  }
}

const isCurrent = (piece: Piece): boolean => piece.chunk !== undefined && !piece.isOutdated;

/** Better tiers first, then more points, newer, shorter keys. Below 2^34. */
function rankOf(tier: number, total: number, year: number, keyLength: number): number {
  return ((tier * 4096 + total) * 4096 + year) * 256 + 255 - keyLength;
}

function addMatches(chunk: SearchChunk, piece: Piece, base: number, scores: Scores, matches: Matches): void {
  const end = piece.first + piece.count;
  for (let entry = piece.first; entry < end; entry++) {
    const total = scores.totals[entry]!;
    if (total === 0) continue;
    const titleHits = scores.titleHits[entry]!;
    const share = titleHits === 0 ? 0 : Math.round((8 * titleHits) / Math.max(chunk.titleLengths[entry]!, titleHits));
    matches.add(
      base + entry - piece.first,
      rankOf(scores.tiers[entry]!, total + share, chunk.years[entry]!, chunk.keyLengths[entry]!),
    );
  }
}

/** Until they are indexed entries answer to their keys. */
function matchKeys(
  source: SearchSource,
  base: number,
  count: number,
  query: readonly QueryWord[],
  loosely: boolean,
  matches: Matches,
): void {
  const isEmpty = query.length === 0;
  // Where nothing has been typed all are alike: the first list of a large library need not look at each of them.
  const end = base + (isEmpty ? Math.min(count, mostEntriesInChunk) : count);
  for (let entry = base; entry < end; entry++) {
    const key = foldedKey(source.key(entry));
    let total = isEmpty ? 1 : 0;
    let tier = 2;
    for (const { text } of query) {
      const at = key.indexOf(text);
      const table = at === 0 ? (key.length === text.length ? points.whole : points.prefix) : points.infix;
      const score = at === 0 || (at > 0 && loosely) ? (table[place.key] ?? 0) : 0;
      total = score === 0 ? 0 : total + score;
      tier = Math.min(tier, tierOf(score));
      if (score === 0) break;
    }
    if (total > 0) matches.add(entry, rankOf(tier, total, 0, Math.min(key.length, 255)));
  }
}

/** Neighbouring gaps are one gap. */
function withGapsJoined(pieces: readonly Piece[]): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const last = joined.at(-1);
    if (last !== undefined && last.chunk === undefined && piece.chunk === undefined)
      joined[joined.length - 1] = gap(last.count + piece.count);
    else joined.push(piece);
  }
  return joined;
}

/** Of the ranges that one chunk can hold the one with most pieces; undefined where none has two. */
function mostSplit(pieces: readonly Piece[]): { start: number; end: number } | undefined {
  let best: { start: number; end: number } | undefined;
  let bestPieces = 1;
  let start = 0;
  let end = 0;
  let held = 0;
  for (const piece of pieces) {
    if (end + piece.count - start > mostEntriesInChunk) {
      start = end;
      held = 0;
    }
    end += piece.count;
    held++;
    if (held > bestPieces) {
      best = { start, end };
      bestPieces = held;
    }
  }
  return best;
}
