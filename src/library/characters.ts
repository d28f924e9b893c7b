import { fold } from '../text/fold.ts';
import { letterOf } from './searchWords.ts';
import { letterCommand } from './texLetters.ts';

/**
 * A stretch of text in letters as `letterOf` has them. Search reads each several times, which costs a fraction of what it costs in a string
 * of many megabytes.
 */
export class Characters {
  /** Valid up to `length`. */
  letters = new Uint16Array(1 << 10);
  length = 0;
  /** The letters of characters met that fold alike whatever stands beside them. */
  readonly #folded = new Map<number, string>();

  /** Takes in a stretch in place of the last one; tells what stands in it besides words, in bits of `among`. */
  load(text: string, start = 0, end = text.length): number {
    this.#clear(end - start);
    const bits = this.#append(text, start, end);
    return bits === notAlone ? this.#loadFolded(fold(text.slice(start, end))) : bits;
  }

  /**
   * Takes in what TeX says where its commands are letters and accents only, as nearly all in names are; false, and nothing of use, where there
   * is more. Its braces stay.
   */
  loadTex(tex: string): boolean {
    this.#clear(tex.length);
    for (let at = 0; at < tex.length;) {
      const backslash = tex.indexOf('\\', at);
      const end = backslash === -1 ? tex.length : backslash;
      if ((this.#append(tex, at, end) & (among.tex | notAlone)) !== 0) return false;
      if (backslash === -1) break;
      const command = letterCommand(tex, backslash);
      if (command === undefined) return false;
      this.#append(command.letters, 0, command.letters.length);
      at = command.end;
    }
    return true;
  }

  #clear(size: number): void {
    this.length = 0;
    const room = size * longestFold;
    if (this.letters.length < room) this.letters = new Uint16Array(room);
  }

  #append(text: string, start: number, end: number): number {
    const letters = this.letters;
    let length = this.length;
    let bits = 0;
    for (let from = start; from < end; from++) {
      const code = text.charCodeAt(from);
      if (code < 128) {
        const letter = asciiLetters[code]!;
        bits |= letter;
        letters[length++] = letter & 0xff;
      } else if (foldsAlone(code)) {
        const folded = this.#folded.get(code) ?? this.#learn(code);
        for (let at = 0; at < folded.length; at++) letters[length++] = folded.charCodeAt(at);
      } else {
        return notAlone;
      }
    }
    this.length = length;
    return bits >> 8;
  }

  #loadFolded(text: string): number {
    if (this.letters.length < text.length) this.letters = new Uint16Array(text.length);
    let bits = 0;
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code < 128) bits |= asciiLetters[code]!;
      this.letters[at] = letterOf(code);
    }
    this.length = text.length;
    return bits >> 8;
  }

  #learn(code: number): string {
    const folded = fold(String.fromCharCode(code)).slice(0, longestFold);
    const letters = String.fromCharCode(...Array.from(folded, character => letterOf(character.charCodeAt(0))));
    this.#folded.set(code, letters);
    return letters;
  }
}

/** Latin letters, marks on letters, general punctuation. Of the characters behind them some fold by what stands beside them, as sigma does. */
const foldsAlone = (code: number): boolean =>
  code < 0x370 || (code >= 0x1e00 && code < 0x1f00) || (code >= 0x2000 && code < 0x2070);

/** None of them folds to more. */
const longestFold = 4;

/** Signs of TeX that search cannot read over, and `#`. */
export const among = { tex: 1, hash: 2 } as const;
/** A bit beside them: a character has to be folded with its neighbours. */
const notAlone = 4;

/** The letter of each character, and above eight bits what it is among. */
const asciiLetters = Uint16Array.from({ length: 128 }, (_, code) => {
  const bits = '\\$^'.includes(String.fromCharCode(code)) ? among.tex : code === 0x23 ? among.hash : 0;
  return letterOf(code) | (bits << 8);
});

/** Where the first four digits stand: "c. 1650--1655", "2015-11-05"; -1 where there are none. */
export function yearAt({ letters, length }: Characters): number {
  let digits = 0;
  for (let at = 0; at < length; at++) {
    const letter = letters[at]!;
    digits = letter >= 48 && letter <= 57 ? digits + 1 : 0;
    if (digits === 4) return at - 3;
  }
  return -1;
}
