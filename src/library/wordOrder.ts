/** Characters packed into one number, of seven bits each. */
const packed = 4;
/** Codes from here on are one letter to the packed comparison. */
const lastPacked = 127;
const digitBits = 14;
/** More words than these are sorted by the engine, fewer sooner by putting each where it belongs. */
const mostInserted = 12;
/** Words compared one by one between two pauses. */
const wordsPerStep = 2048;

/**
 * The numbers of words in the order of their characters, in steps: sorted by their first eight characters digit by digit, then what
 * begins alike one by one. Word `n` stands from `starts[n]` up to a line feed before `starts[n + 1]`.
 */
export function* wordOrder(codes: Uint16Array, starts: Int32Array, count: number): Generator<undefined, Int32Array> {
  const first = new Int32Array(count);
  const second = new Int32Array(count);
  for (let word = 0; word < count; word++) {
    const at = starts[word]!;
    const end = starts[word + 1]! - 1;
    const key = packedAt(codes, at, end);
    first[word] = key;
    // Behind letters that count as one nothing is told by what follows.
    second[word] = (key & lastPacked) === 0 || hasOther(key) ? 0 : packedAt(codes, at + packed, end);
  }
  yield;
  let order = new Int32Array(count);
  let other = new Int32Array(count);
  for (let word = 0; word < count; word++) order[word] = word;
  const places = new Int32Array(1 << digitBits);
  for (const keys of [second, first]) {
    for (const shift of [0, digitBits]) {
      sortByDigit(order, other, keys, shift, places);
      [order, other] = [other, order];
    }
    yield;
  }
  let compared = 0;
  for (let from = 0; from < count;) {
    const word = order[from]!;
    let to = from + 1;
    while (to < count && first[order[to]!] === first[word] && second[order[to]!] === second[word]) to++;
    if (to - from > 1) {
      sortAlike(codes, starts, order, from, to);
      compared += to - from;
      if (compared > wordsPerStep) {
        compared = 0;
        yield;
      }
    }
    from = to;
  }
  return order;
}

function packedAt(codes: Uint16Array, start: number, end: number): number {
  let key = 0;
  let at = start;
  for (let index = 0; index < packed; index++) {
    const code = at < end ? Math.min(codes[at++]!, lastPacked) : 0;
    key = (key << 7) | code;
    if (code === lastPacked) at = end;
  }
  return key;
}

const hasOther = (key: number): boolean =>
  (key & 127) === lastPacked ||
  ((key >> 7) & 127) === lastPacked ||
  ((key >> 14) & 127) === lastPacked ||
  key >> 21 === lastPacked;

/** One step of a sort from the last digit to the first: words of equal digits stay in their order. */
function sortByDigit(from: Int32Array, to: Int32Array, keys: Int32Array, shift: number, places: Int32Array): void {
  const mask = places.length - 1;
  places.fill(0);
  for (let at = 0; at < from.length; at++) places[(keys[at]! >> shift) & mask]!++;
  let sum = 0;
  for (let digit = 0; digit < places.length; digit++) {
    const size = places[digit]!;
    places[digit] = sum;
    sum += size;
  }
  for (let at = 0; at < from.length; at++) {
    const word = from[at]!;
    to[places[(keys[word]! >> shift) & mask]!++] = word;
  }
}

function sortAlike(codes: Uint16Array, starts: Int32Array, order: Int32Array, from: number, to: number): void {
  if (to - from > mostInserted) {
    order.subarray(from, to).sort((a, b) => compare(codes, starts, a, b));
    return;
  }
  for (let next = from + 1; next < to; next++) {
    const word = order[next]!;
    let at = next;
    while (at > from && compare(codes, starts, order[at - 1]!, word) > 0) order[at] = order[--at]!;
    order[at] = word;
  }
}

function compare(codes: Uint16Array, starts: Int32Array, a: number, b: number): number {
  const aStart = starts[a]!;
  const bStart = starts[b]!;
  const aLength = starts[a + 1]! - aStart - 1;
  const bLength = starts[b + 1]! - bStart - 1;
  const shorter = Math.min(aLength, bLength);
  for (let index = 0; index < shorter; index++) {
    const difference = codes[aStart + index]! - codes[bStart + index]!;
    if (difference !== 0) return difference;
  }
  return aLength - bLength;
}
