import { isAscii } from '../text/fold.ts';
import { foldedKey, lastBetween, lastReadOver, longestWord } from './searchWords.ts';
import { wordOrder } from './wordOrder.ts';

const LINE_FEED = 10;
/** Of the hash FNV-1a (Fowler, Noll, Vo). */
const hashPrime = 0x01000193;

/**
 * The distinct words of many texts, numbered as they come. Words stay numbers of characters in one array: a string for each would
 * cost more than all the rest of indexing.
 */
export class WordTable {
  /** The numbers of the words of the text added last, in order; valid as far as `addText` said. */
  found = new Int32Array(1 << 8);
  #codes = new Uint16Array(1 << 14);
  #end = 0;
  /** One more than there are words; a line feed ends each. */
  #starts = new Int32Array(1 << 10);
  #hashes = new Int32Array(1 << 10);
  /** By the low bits of its hash a word's number plus 1 below the high bits; open addressing, never more than three quarters full. */
  #slots = new Int32Array(1 << 11);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** Forgets all words and keeps the room for others. */
  clear(): void {
    this.#end = 0;
    this.#count = 0;
    this.#slots.fill(0);
  }

  /** Adds the words of a stretch of letters; returns how many there are: their numbers stand in `found`. */
  addText(letters: Uint16Array, start: number, end: number): number {
    // Everything at hand: this is the innermost loop of indexing.
    let codes = this.#roomFor(longestWord);
    let word = this.#end;
    let count = 0;
    for (let at = start; at < end; at++) {
      let letter = letters[at]!;
      if (letter <= lastBetween) continue;
      let hash = 0;
      let size = 0;
      do {
        if (letter > lastBetween && size < longestWord) {
          codes[word + size++] = letter;
          hash = Math.imul(hash ^ letter, hashPrime);
        }
        letter = ++at < end ? letters[at]! : lastBetween;
      } while (letter > lastBetween || letter <= lastReadOver);
      const mixed = hash ^ (hash >>> 15);
      let known = this.#known(size, mixed);
      if (known === -1) {
        known = this.#add(size, mixed);
        codes = this.#roomFor(longestWord);
        word = this.#end;
      }
      if (count === this.found.length) this.found = copied(this.found, new Int32Array(count * 2));
      this.found[count++] = known;
    }
    return count;
  }

  /** Adds a key as one word and gives its number; undefined for an empty one. */
  addKey(key: string): number | undefined {
    const word = isAscii(key) ? key : foldedKey(key);
    if (word === '') return undefined;
    const size = Math.min(word.length, longestWord);
    const codes = this.#roomFor(size);
    let hash = 0;
    for (let at = 0; at < size; at++) {
      const code = keyCharacter(word.charCodeAt(at));
      codes[this.#end + at] = code;
      hash = Math.imul(hash ^ code, hashPrime);
    }
    const mixed = hash ^ (hash >>> 15);
    const known = this.#known(size, mixed);
    return known === -1 ? this.#add(size, mixed) : known;
  }

  /** The words in the order of their characters, in steps. */
  *sorting(): Generator<undefined, SortedWords> {
    const count = this.#count;
    const order = yield* wordOrder(this.#codes, this.#starts, count);
    const codes = new Uint16Array(this.#end);
    const starts = new Int32Array(count + 1);
    const rankOf = new Int32Array(count);
    let end = 0;
    for (let rank = 0; rank < count; rank++) {
      const word = order[rank]!;
      rankOf[word] = rank;
      starts[rank] = end;
      const last = this.#starts[word + 1]!;
      for (let at = this.#starts[word]!; at < last; at++) codes[end++] = this.#codes[at]!;
    }
    starts[count] = end;
    yield;
    return { codes, starts, rankOf };
  }

  /** The number of the word that was written behind the others, -1 where it is new. */
  #known(size: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const held = slots[slot]!;
      if (held === 0) return -1;
      if (((held ^ hash) & ~mask) === 0 && this.#isSame((held & mask) - 1, size)) return (held & mask) - 1;
    }
  }

  #isSame(word: number, size: number): boolean {
    const codes = this.#codes;
    const start = this.#starts[word]!;
    const end = this.#end;
    for (let index = 0; index < size; index++) if (codes[start + index] !== codes[end + index]) return false;
    return codes[start + size] === LINE_FEED;
  }

  /** Keeps the word that was written behind the others. */
  #add(size: number, hash: number): number {
    const word = this.#count++;
    this.#codes[this.#end + size] = LINE_FEED;
    this.#end += size + 1;
    if (word + 2 > this.#hashes.length) {
      this.#starts = copied(this.#starts, new Int32Array(this.#starts.length * 2));
      this.#hashes = copied(this.#hashes, new Int32Array(this.#hashes.length * 2));
    }
    this.#starts[word + 1] = this.#end;
    this.#hashes[word] = hash;
    if (4 * this.#count > 3 * this.#slots.length) this.#rehash();
    else fill(this.#slots, word, hash);
    return word;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    for (let word = 0; word < this.#count; word++) fill(slots, word, this.#hashes[word]!);
    this.#slots = slots;
  }

  /** The room for all words, with enough for another one and the line feed behind it. */
  #roomFor(size: number): Uint16Array {
    if (this.#end + size + 1 > this.#codes.length)
      this.#codes = copied(this.#codes, new Uint16Array(this.#codes.length * 2));
    return this.#codes;
  }
}

function fill(slots: Int32Array, word: number, hash: number): void {
  const mask = slots.length - 1;
  let slot = hash & mask;
  while (slots[slot] !== 0) slot = (slot + 1) & mask;
  slots[slot] = (hash & ~mask) | (word + 1);
}

/** No word holds a line feed. */
const keyCharacter = (code: number): number =>
  code >= 65 && code <= 90 ? code + 32 : code === LINE_FEED ? SPACE : code;

const SPACE = 32;

/** Words in order, each ended by a line feed. */
export interface SortedWords {
  readonly codes: Uint16Array;
  /** One more than there are words. */
  readonly starts: Int32Array;
  /** By number of the word. */
  readonly rankOf: Int32Array;
}

function copied<Numbers extends Int32Array | Uint16Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
