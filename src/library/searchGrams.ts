/** By hash of three letters the words that hold them, for a look inside words. */
export interface Grams {
  readonly gramStarts: Int32Array;
  readonly gramWords: Uint16Array | Int32Array;
}

export const gramLength = 3;
const mostGramHashes = 8192;
const fewestGramHashes = 64;
const LINE_FEED = 10;
const NINE = 57;

/** Two digits are looked for inside words, too, as if a line feed followed them: "dijkstra 68" means `dijkstra68`. */
export const isTwoDigits = (text: string): boolean => /^\d\d$/.test(text);

/** `codes` are words, each ended by a line feed; `wordStarts` tells where they begin, with one more behind the last. */
export function indexGrams(codes: Uint8Array | Uint16Array, wordStarts: Int32Array): Grams {
  const wordCount = wordStarts.length - 1;
  // An edit makes a chunk of one entry.
  let gramHashes = fewestGramHashes;
  while (gramHashes < mostGramHashes && gramHashes < codes.length) gramHashes *= 2;
  const mask = gramHashes - 1;
  const gramStarts = new Int32Array(gramHashes + 1);
  for (let rank = 0; rank < wordCount; rank++) {
    const last = wordStarts[rank + 1]! - gramLength;
    for (let at = wordStarts[rank]!; at <= last; at++) {
      const first = codes[at]!;
      const second = codes[at + 1]!;
      if (at < last) gramStarts[(hashOf(first, second, codes[at + 2]!) & mask) + 1]!++;
      if (first <= NINE && second <= NINE) gramStarts[(hashOf(first, second, LINE_FEED) & mask) + 1]!++;
    }
  }
  for (let hash = 0; hash < gramHashes; hash++) gramStarts[hash + 1]! += gramStarts[hash]!;
  const gramCount = gramStarts[gramHashes]!;
  const gramWords = wordCount > 0xffff ? new Int32Array(gramCount) : new Uint16Array(gramCount);
  const next = gramStarts.slice();
  for (let rank = 0; rank < wordCount; rank++) {
    const last = wordStarts[rank + 1]! - gramLength;
    for (let at = wordStarts[rank]!; at <= last; at++) {
      const first = codes[at]!;
      const second = codes[at + 1]!;
      if (at < last) gramWords[next[hashOf(first, second, codes[at + 2]!) & mask]!++] = rank;
      if (first <= NINE && second <= NINE) gramWords[next[hashOf(first, second, LINE_FEED) & mask]!++] = rank;
    }
  }
  return { gramStarts, gramWords };
}

/** The rarest three letters of `text` from `from` on, or its two digits, hashed: every word that contains that part of it is among theirs. */
export function rarestGram({ gramStarts }: Grams, text: string, from: number): number {
  const mask = gramStarts.length - 2;
  let rarest = gramHash(text, from, mask);
  for (let at = from + 1; at <= text.length - gramLength; at++) {
    const hash = gramHash(text, at, mask);
    if (gramStarts[hash + 1]! - gramStarts[hash]! < gramStarts[rarest + 1]! - gramStarts[rarest]!) rarest = hash;
  }
  return rarest;
}

const gramHash = (text: string, at: number, mask: number): number =>
  hashOf(text.charCodeAt(at), text.charCodeAt(at + 1), at + 2 < text.length ? text.charCodeAt(at + 2) : LINE_FEED) &
  mask;

const hashOf = (first: number, second: number, third: number): number => first * 961 + second * 31 + third;
