import { fold } from '../text/fold.ts';

/**
 * A stretch of folded text as the numbers of its characters, capitals of ASCII left as they are. Search reads each several times, which
 * costs a fraction of what it costs in a string of many megabytes.
 */
export class Characters {
  /** Valid up to `length`. */
  codes = new Uint16Array(1 << 10);
  length = 0;
  /** Characters met that fold alike whatever stands beside them. */
  readonly #folded = new Map<number, string>();

  /** Takes in a stretch in place of the last one; tells what stands in it besides words, in bits of `among`. */
  load(text: string, start = 0, end = text.length): number {
    const room = (end - start) * longestFold;
    if (this.codes.length < room) this.codes = new Uint16Array(room);
    const codes = this.codes;
    let length = 0;
    let bits = 0;
    for (let from = start; from < end; from++) {
      const code = text.charCodeAt(from);
      if (code < 128) {
        bits |= asciiBits[code]!;
        codes[length++] = code;
      } else if (foldsAlone(code)) {
        const folded = this.#folded.get(code) ?? this.#learn(code);
        for (let at = 0; at < folded.length; at++) codes[length++] = folded.charCodeAt(at);
      } else {
        return this.#loadFolded(fold(text.slice(start, end)));
      }
    }
    this.length = length;
    return bits;
  }

  #loadFolded(text: string): number {
    if (this.codes.length < text.length) this.codes = new Uint16Array(text.length);
    let bits = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 128) bits |= asciiBits[code]!;
      this.codes[at] = code;
    }
    this.length = text.length;
    return bits;
  }

  #learn(code: number): string {
    const folded = fold(String.fromCharCode(code)).slice(0, longestFold);
    this.#folded.set(code, folded);
    return folded;
  }
}

/** Latin letters, marks on letters, general punctuation. Of the characters behind them some fold by what stands beside them, as sigma does. */
const foldsAlone = (code: number): boolean =>
  code < 0x370 || (code >= 0x1e00 && code < 0x1f00) || (code >= 0x2000 && code < 0x2070);

/** None of them folds to more. */
const longestFold = 4;

/** Signs of TeX that search cannot read over, and `#`. */
export const among = { tex: 1, hash: 2 } as const;

const asciiBits = Uint8Array.from({ length: 128 }, (_, code) =>
  '\\$^'.includes(String.fromCharCode(code)) ? among.tex : code === 0x23 ? among.hash : 0,
);

/** Where the first four digits stand: "c. 1650--1655", "2015-11-05"; -1 where there are none. */
export function yearAt({ codes, length }: Characters): number {
  let digits = 0;
  for (let at = 0; at < length; at++) {
    const code = codes[at]!;
    digits = code >= 48 && code <= 57 ? digits + 1 : 0;
    if (digits === 4) return at - 3;
  }
  return -1;
}
