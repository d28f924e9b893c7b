import { gramLength, indexGrams, isTwoDigits, rarestGram, type Grams } from './searchGrams.ts';
import { narrowed, narrowedText, type Narrowed } from './searchLetters.ts';
import type { QueryWord, SearchSource } from './searchWords.ts';
import { isNearPrefix, place, type Place, placeBits, points, shortestTypo, tierOf } from './searchWords.ts';
import { WordTable } from './wordTable.ts';

/** More entries at once would keep requests waiting while the chunk is sorted. */
export const mostEntriesInChunk = 4096;

/**
 * The words of some neighbouring entries, sorted, each with the entries that hold it. `words` is their characters, each ended by a
 * line feed; a posting is the entry's number within the chunk above the bits of its places.
 */
export interface SearchChunk extends Grams, Narrowed {
  readonly entryCount: number;
  readonly wordStarts: Int32Array;
  readonly postingStarts: Int32Array;
  readonly postings: Int32Array;
  readonly years: Uint16Array;
  readonly keyLengths: Uint8Array;
  readonly titleLengths: Uint8Array;
}

const placeMask = (1 << placeBits) - 1;

/** Collects entries one by one, so that others can work in between. */
export class ChunkBuilder {
  readonly #words = new WordTable();
  /** Per word: 1 more than the position of its posting for the entry that has it last. */
  #latest = new Int32Array(1024);
  #postingWords = new Int32Array(1024);
  #postings = new Int32Array(1024);
  #postingCount = 0;
  #entryCount = 0;
  /** The first posting of the entry at hand. */
  #entryStart = 0;
  readonly #years = new Uint16Array(mostEntriesInChunk);
  readonly #keyLengths = new Uint8Array(mostEntriesInChunk);
  readonly #titleLengths = new Uint8Array(mostEntriesInChunk);

  /** Begins a chunk of other entries, in the room of the last one. */
  clear(): void {
    this.#words.clear();
    this.#latest.fill(0);
    this.#postingCount = 0;
    this.#entryCount = 0;
  }

  get entryCount(): number {
    return this.#entryCount;
  }

  add(source: SearchSource, entry: number): void {
    this.#entryStart = this.#postingCount;
    const key = source.key(entry);
    const keyWord = this.#words.addKey(key);
    if (keyWord !== undefined) this.#addWord(keyWord, place.key);
    this.#keyLengths[this.#entryCount] = Math.min(key.length, 255);
    this.#titleLengths[this.#entryCount] = 0;
    this.#years[this.#entryCount] = 0;
    source.searched(entry, this.#addPart);
    this.#entryCount++;
  }

  readonly #addPart = (at: Place, text: Uint16Array, start: number, end: number): void => {
    const count = this.#words.addText(text, start, end);
    const words = this.#words.found;
    for (let index = 0; index < count; index++) this.#addWord(words[index]!, at);
    if (at === place.title) {
      this.#titleLengths[this.#entryCount] = Math.min(this.#titleLengths[this.#entryCount]! + count, 255);
    } else if (at === place.year) {
      this.#years[this.#entryCount] = Math.min(numberOf(text, start, end), 4095);
    }
  };

  build(): SearchChunk {
    const steps = this.building();
    for (let step = steps.next(); ; step = steps.next()) if (step.done === true) return step.value;
  }

  /** The same in steps, so that others can work in between. */
  *building(): Generator<undefined, SearchChunk> {
    const { codes, starts, rankOf } = yield* this.#words.sorting();
    yield;
    const postings = this.#sortPostings(rankOf);
    yield;
    const narrow = narrowed(codes);
    yield;
    return {
      entryCount: this.#entryCount,
      ...narrow,
      wordStarts: starts,
      ...postings,
      ...indexGrams(narrow.words, starts),
      years: this.#years.slice(0, this.#entryCount),
      keyLengths: this.#keyLengths.slice(0, this.#entryCount),
      titleLengths: this.#titleLengths.slice(0, this.#entryCount),
    };
  }

  /** A counting sort: by word, and within a word by entry, as they came. */
  #sortPostings(rankOf: Int32Array): Pick<SearchChunk, 'postings' | 'postingStarts'> {
    const postingStarts = new Int32Array(rankOf.length + 1);
    const ranks = this.#postingWords;
    for (let index = 0; index < this.#postingCount; index++) {
      const rank = rankOf[ranks[index]!]!;
      ranks[index] = rank;
      postingStarts[rank + 1]!++;
    }
    for (let rank = 0; rank < rankOf.length; rank++) postingStarts[rank + 1]! += postingStarts[rank]!;
    const next = postingStarts.slice();
    const postings = new Int32Array(this.#postingCount);
    for (let index = 0; index < this.#postingCount; index++) {
      postings[next[ranks[index]!]!++] = this.#postings[index]!;
    }
    return { postingStarts, postings };
  }

  #addWord(word: number, at: number): void {
    if (word >= this.#latest.length) this.#latest = grown(this.#latest);
    const latest = this.#latest[word]! - 1;
    if (latest >= this.#entryStart) {
      this.#postings[latest]! |= at;
      return;
    }
    if (this.#postingCount === this.#postings.length) {
      this.#postings = grown(this.#postings);
      this.#postingWords = grown(this.#postingWords);
    }
    this.#postingWords[this.#postingCount] = word;
    this.#postings[this.#postingCount++] = (this.#entryCount << placeBits) | at;
    this.#latest[word] = this.#postingCount;
  }
}

/** What `scoreChunk` finds, by entry of the chunk; one is used for all chunks of a search. */
export interface Scores {
  /** Points of all words; 0: the entry does not match. */
  readonly totals: Uint16Array;
  readonly tiers: Uint8Array;
  readonly titleHits: Uint8Array;
  readonly word: Uint8Array;
  readonly part: Uint8Array;
  readonly title: Uint8Array;
}

export const emptyScores = (): Scores => ({
  totals: new Uint16Array(mostEntriesInChunk),
  tiers: new Uint8Array(mostEntriesInChunk),
  titleHits: new Uint8Array(mostEntriesInChunk),
  word: new Uint8Array(mostEntriesInChunk),
  part: new Uint8Array(mostEntriesInChunk),
  title: new Uint8Array(mostEntriesInChunk),
});

/** Scores all entries of a chunk; false, and no scores, where none matches. Only `loosely` looks inside words and for typing errors. */
export function scoreChunk(chunk: SearchChunk, query: readonly QueryWord[], loosely: boolean, scores: Scores): boolean {
  const { entryCount } = chunk;
  const { totals, tiers, titleHits, word, title } = scores;
  totals.fill(1, 0, entryCount);
  tiers.fill(2, 0, entryCount);
  titleHits.fill(0, 0, entryCount);
  let isFirst = true;
  for (const queryWord of query) {
    word.fill(0, 0, entryCount);
    title.fill(0, 0, entryCount);
    const mayMatch = scoreText(chunk, queryWord.text, loosely, scores, word);
    if (queryWord.parts.length > 0) scoreParts(chunk, queryWord.parts, loosely, scores);
    else if (!mayMatch) return false;
    let anyLeft = false;
    for (let entry = 0; entry < entryCount; entry++) {
      const score = word[entry]!;
      const before = totals[entry]!;
      if (score === 0 || before === 0) {
        totals[entry] = 0;
        continue;
      }
      anyLeft = true;
      totals[entry] = isFirst ? score : before + score;
      titleHits[entry]! += title[entry]!;
      const tier = tierOf(score);
      if (tier < tiers[entry]!) tiers[entry] = tier;
    }
    if (!anyLeft) return false;
    isFirst = false;
  }
  return true;
}

/** The parts of a word with punctuation count as their weakest. */
function scoreParts(chunk: SearchChunk, parts: readonly string[], loosely: boolean, scores: Scores): void {
  const { word, part } = scores;
  const weakest = new Uint8Array(chunk.entryCount).fill(255);
  for (const text of parts) {
    part.fill(0, 0, chunk.entryCount);
    scoreText(chunk, text, loosely, scores, part);
    for (let entry = 0; entry < chunk.entryCount; entry++) weakest[entry] = Math.min(weakest[entry]!, part[entry]!);
  }
  for (let entry = 0; entry < chunk.entryCount; entry++) word[entry] = Math.max(word[entry]!, weakest[entry]!);
}

/** Notes in `best` how well entries meet a text, those that do not meet the words before it left out or not; false where none does. */
function scoreText(chunk: SearchChunk, typed: string, loosely: boolean, scores: Scores, best: Uint8Array): boolean {
  const { title, totals } = scores;
  const text = narrowedText(chunk, typed);
  const from = lowerBound(chunk, text);
  const to = upperBound(chunk, text, from);
  for (let rank = from; rank < to; rank++) {
    const table = wordLength(chunk, rank) === text.length ? points.whole : points.prefix;
    const end = chunk.postingStarts[rank + 1]!;
    for (let index = chunk.postingStarts[rank]!; index < end; index++) {
      const posting = chunk.postings[index]!;
      const entry = posting >> placeBits;
      const score = table[posting & placeMask]!;
      if (score > best[entry]!) best[entry] = score;
      if ((posting & place.title) !== 0) title[entry] = 1;
    }
  }
  if (!loosely) return from < to;
  if (text.length >= gramLength || isTwoDigits(text)) scoreInfixes(chunk, text, totals, best);
  else if (ideographs.test(typed)) scoreShortInfixes(chunk, text, best);
  if (text.length >= shortestTypo) scoreTypos(chunk, text, from, to, best);
  return true;
}

/** Ideographs are words by themselves, no space parts them. */
const ideographs = /^[^\0-\u2e80]/u;

function scoreInfixes(chunk: SearchChunk, text: string, totals: Uint16Array, best: Uint8Array): void {
  const gram = rarestGram(chunk, text, 0);
  const end = chunk.gramStarts[gram + 1]!;
  for (let index = chunk.gramStarts[gram]!; index < end; index++) {
    const rank = chunk.gramWords[index]!;
    if (mayCount(chunk, rank, totals) && contains(chunk, rank, text)) scoreLoosely(chunk, rank, points.infix, best);
  }
}

function scoreShortInfixes(chunk: SearchChunk, text: string, best: Uint8Array): void {
  const first = text.charCodeAt(0);
  for (let at = chunk.words.indexOf(first); at >= 0;) {
    if (!beginsAt(chunk.words, at, text)) {
      at = chunk.words.indexOf(first, at + 1);
      continue;
    }
    const rank = wordAt(chunk, at);
    scoreLoosely(chunk, rank, points.infix, best);
    at = chunk.words.indexOf(first, chunk.wordStarts[rank + 1]);
  }
}

/** Words whose beginning is one letter away; those between `from` and `to` begin with the text itself. */
function scoreTypos(chunk: SearchChunk, text: string, from: number, to: number, best: Uint8Array): void {
  const first = text.charAt(0);
  const sameStart = lowerBound(chunk, first);
  const sameEnd = upperBound(chunk, first, sameStart);
  for (let rank = sameStart; rank < sameEnd; rank++) if (rank < from || rank >= to) scoreTypo(chunk, rank, text, best);
  // Where the first letter is wrong the others follow, where it has changed places with the second the others but that.
  const gram = rarestGram(chunk, text, 1);
  const end = chunk.gramStarts[gram + 1]!;
  for (let index = chunk.gramStarts[gram]!; index < end; index++) {
    const rank = chunk.gramWords[index]!;
    if (rank < sameStart || rank >= sameEnd) scoreTypo(chunk, rank, text, best);
  }
  const exchanged = text.charAt(1) + first + text.slice(2);
  const exchangedFrom = lowerBound(chunk, exchanged);
  const exchangedTo = upperBound(chunk, exchanged, exchangedFrom);
  for (let rank = exchangedFrom; rank < exchangedTo; rank++)
    if (rank < from || rank >= to) scoreTypo(chunk, rank, text, best);
}

function scoreTypo(chunk: SearchChunk, rank: number, text: string, best: Uint8Array): void {
  if (isNearPrefix(text, chunk.words, chunk.wordStarts[rank]!)) scoreLoosely(chunk, rank, points.typo, best);
}

/** Whether the word may stand in an entry that is still in question: nearly all words stand in few. */
function mayCount({ postingStarts, postings }: SearchChunk, rank: number, totals: Uint16Array): boolean {
  const start = postingStarts[rank]!;
  const end = postingStarts[rank + 1]!;
  if (end - start > fewPostings) return true;
  for (let index = start; index < end; index++) if (totals[postings[index]! >> placeBits] !== 0) return true;
  return false;
}

const fewPostings = 4;

function scoreLoosely(chunk: SearchChunk, rank: number, table: Uint8Array, best: Uint8Array): void {
  const end = chunk.postingStarts[rank + 1]!;
  for (let index = chunk.postingStarts[rank]!; index < end; index++) {
    const posting = chunk.postings[index]!;
    const score = table[posting & placeMask]!;
    if (score > best[posting >> placeBits]!) best[posting >> placeBits] = score;
  }
}

function contains(chunk: SearchChunk, rank: number, text: string): boolean {
  const last = chunk.wordStarts[rank + 1]! - 1 - text.length;
  for (let at = chunk.wordStarts[rank]!; at <= last; at++) {
    if (beginsAt(chunk.words, at, text)) return true;
  }
  return false;
}

function beginsAt(words: Uint8Array | Uint16Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (words[at + index] !== text.charCodeAt(index)) return false;
  return true;
}

const wordLength = (chunk: SearchChunk, rank: number): number =>
  chunk.wordStarts[rank + 1]! - chunk.wordStarts[rank]! - 1;

/** The first word that is not before `text`. */
function lowerBound(chunk: SearchChunk, text: string): number {
  let low = 0;
  let high = chunk.wordStarts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareAt(chunk, middle, text) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The first word from `low` on that does not begin with `text`. */
function upperBound(chunk: SearchChunk, text: string, low: number): number {
  let high = chunk.wordStarts.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareAt(chunk, middle, text) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Compares the beginning of a word with `text`; 0 when it begins with it. The line feed at its end is before every letter. */
function compareAt(chunk: SearchChunk, rank: number, text: string): number {
  const start = chunk.wordStarts[rank]!;
  for (let index = 0; index < text.length; index++) {
    const difference = chunk.words[start + index]! - text.charCodeAt(index);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The word that stands at an offset of `words`. */
function wordAt(chunk: SearchChunk, offset: number): number {
  let low = 0;
  let high = chunk.wordStarts.length - 1;
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (chunk.wordStarts[middle]! <= offset) low = middle;
    else high = middle;
  }
  return low;
}

function numberOf(digits: Uint16Array, start: number, end: number): number {
  let number = 0;
  for (let at = start; at < end; at++) number = number * 10 + digits[at]! - 48;
  return number;
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
