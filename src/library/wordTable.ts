import { fold } from '../text/fold.ts';
import { foldedKey, foldedLetter, longestWord, readOver } from './searchWords.ts';

const LINE_FEED = 10;
/** Characters put together in one call; more would be too many arguments. */
const mostArguments = 8192;
/** Codes from here on are one letter to the first, quick comparison of words. */
const lastQuickCode = 127;
const fewWords = 1 << 18;

/**
 * The distinct words of many texts, numbered as they come. Words stay numbers of characters in one array: a string for each would
 * cost more than all the rest of indexing.
 */
export class WordTable {
  #codes = new Uint16Array(1 << 14);
  #end = 0;
  /** One more than there are words; a line feed ends each. */
  #starts = new Int32Array(1 << 10);
  #hashes = new Int32Array(1 << 10);
  /** Word numbers plus 1 by hash, open addressing; never more than half full. */
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

  /** Adds the words of a text; `visit` gets the number of each. */
  addText(text: string, visit: (word: number) => void): void {
    let rest = text;
    let isFolded = false;
    let wordStart = 0;
    let hash = 0;
    let size = 0;
    this.#reserve(longestWord);
    for (let at = 0; at < rest.length; at++) {
      const character = rest.charCodeAt(at);
      if (character > 127 && !isFolded) {
        // Seldom: from this word on the text is folded as a whole.
        rest = fold(rest.slice(size > 0 ? wordStart : at));
        isFolded = true;
        at = -1;
        hash = 0;
        size = 0;
        continue;
      }
      const code = foldedLetter(character);
      if (code > readOver) {
        if (size === 0) wordStart = at;
        if (size === longestWord) continue;
        this.#codes[this.#end + size++] = code;
        hash = (Math.imul(hash, 31) + code) | 0;
      } else if (code === 0 && size > 0) {
        visit(this.#number(size, hash));
        this.#reserve(longestWord);
        hash = 0;
        size = 0;
      }
    }
    if (size > 0) visit(this.#number(size, hash));
  }

  /** Adds a key as one word and gives its number; undefined for an empty one. */
  addKey(key: string): number | undefined {
    const word = foldedKey(key);
    if (word === '') return undefined;
    this.#reserve(word.length);
    let hash = 0;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      this.#codes[this.#end + at] = code;
      hash = (Math.imul(hash, 31) + code) | 0;
    }
    return this.#number(word.length, hash);
  }

  /** The words in the order of their characters, in steps. */
  *sorting(): Generator<undefined, SortedWords> {
    const order = yield* this.#ordering();
    const count = this.#count;
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
    return { codes, starts, rankOf, text: textOf(codes) };
  }

  /** Sorts by the first characters, packed into a number above the word's own; then what begins alike one by one. */
  *#ordering(): Generator<undefined, Int32Array> {
    const count = this.#count;
    const [quick, room] = count <= fewWords ? [5, fewWords] : [3, 2 ** 31];
    const packed = new Float64Array(count);
    for (let word = 0; word < count; word++) {
      let key = 0;
      let at = this.#starts[word]!;
      const end = this.#starts[word + 1]! - 1;
      for (let index = 0; index < quick; index++) {
        const code = at < end ? Math.min(this.#codes[at++]!, lastQuickCode) : 0;
        key = key * 128 + code;
        // Behind letters that count as one nothing is told by what follows.
        if (code === lastQuickCode) at = end;
      }
      packed[word] = key * room + word;
    }
    packed.sort();
    yield;
    const order = new Int32Array(count);
    let sorted = 0;
    for (let from = 0; from < count;) {
      const prefix = Math.floor(packed[from]! / room);
      let to = from;
      while (to < count && Math.floor(packed[to]! / room) === prefix) {
        order[to] = packed[to]! - prefix * room;
        to++;
      }
      this.#sortAlike(order, from, to);
      sorted += to - from > 1 ? to - from : 0;
      if (sorted > wordsPerStep) {
        sorted = 0;
        yield;
      }
      from = to;
    }
    yield;
    return order;
  }

  #sortAlike(order: Int32Array, from: number, to: number): void {
    if (to - from > mostInserted) {
      order.subarray(from, to).sort((a, b) => this.#compare(a, b));
      return;
    }
    for (let next = from + 1; next < to; next++) {
      const word = order[next]!;
      let at = next;
      while (at > from && this.#compare(order[at - 1]!, word) > 0) order[at] = order[--at]!;
      order[at] = word;
    }
  }

  #compare(a: number, b: number): number {
    const aStart = this.#starts[a]!;
    const bStart = this.#starts[b]!;
    const aLength = this.#starts[a + 1]! - aStart - 1;
    const bLength = this.#starts[b + 1]! - bStart - 1;
    const shorter = Math.min(aLength, bLength);
    for (let index = 0; index < shorter; index++) {
      const difference = this.#codes[aStart + index]! - this.#codes[bStart + index]!;
      if (difference !== 0) return difference;
    }
    return aLength - bLength;
  }

  /** The number of the word that was written behind the others. */
  #number(size: number, hash: number): number {
    const mask = this.#slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (let known = this.#slots[slot]!; known !== 0; known = this.#slots[slot]!) {
      if (this.#hashes[known - 1] === hash && this.#isSame(known - 1, size)) return known - 1;
      slot = (slot + 1) & mask;
    }
    const word = this.#count++;
    this.#slots[slot] = word + 1;
    this.#hashes[word] = hash;
    this.#codes[this.#end + size] = LINE_FEED;
    this.#end += size + 1;
    if (this.#count + 1 >= this.#starts.length) {
      this.#starts = copied(this.#starts, new Int32Array(this.#starts.length * 2));
      this.#hashes = copied(this.#hashes, new Int32Array(this.#hashes.length * 2));
    }
    this.#starts[this.#count] = this.#end;
    if (this.#count * 2 > this.#slots.length) this.#rehash();
    return word;
  }

  #isSame(word: number, size: number): boolean {
    const start = this.#starts[word]!;
    if (this.#starts[word + 1]! - start - 1 !== size) return false;
    for (let index = 0; index < size; index++) {
      if (this.#codes[start + index] !== this.#codes[this.#end + index]) return false;
    }
    return true;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 2);
    const mask = slots.length - 1;
    for (let word = 0; word < this.#count; word++) {
      const hash = this.#hashes[word]!;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = word + 1;
    }
    this.#slots = slots;
  }

  /** Makes room for a word of some length and the line feed behind it. */
  #reserve(length: number): void {
    if (this.#end + length + 1 > this.#codes.length)
      this.#codes = copied(this.#codes, new Uint16Array(this.#codes.length * 2));
  }
}

/** Words compared one by one between two pauses. */
const wordsPerStep = 2048;
/** More are sorted by the engine, fewer sooner by putting each where it belongs. */
const mostInserted = 12;

/** Words in order, each ended by a line feed. */
export interface SortedWords {
  readonly codes: Uint16Array;
  /** One more than there are words. */
  readonly starts: Int32Array;
  /** The same as `codes`. */
  readonly text: string;
  /** By number of the word. */
  readonly rankOf: Int32Array;
}

function textOf(codes: Uint16Array): string {
  const ascii = new TextDecoder();
  const parts: string[] = [];
  for (let at = 0; at < codes.length; at += mostArguments) {
    const some = codes.subarray(at, at + mostArguments);
    // The decoder is many times faster, but would change a lone surrogate.
    parts.push(isAllAscii(some) ? ascii.decode(new Uint8Array(some)) : String.fromCharCode(...some));
  }
  return parts.join('');
}

function isAllAscii(codes: Uint16Array): boolean {
  let bits = 0;
  for (let at = 0; at < codes.length; at++) bits |= codes[at]!;
  return bits < 128;
}

function copied<Numbers extends Int32Array | Uint16Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
