import { isAscii } from '../text/fold.ts';

/** Characters of words, in one byte each where there are few kinds of them. */
export interface Narrowed {
  readonly words: Uint8Array | Uint16Array;
  /** Those behind ASCII, in order: 128 stands for the first. Undefined where `words` holds their own numbers. */
  readonly letters: string | undefined;
}

const ASCII = 128;
const mostLetters = 256 - ASCII;

/** Keeps the order of words. */
export function narrowed(codes: Uint16Array): Narrowed {
  const words = new Uint8Array(codes.length);
  const wide = new Set<number>();
  const places: number[] = [];
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at]!;
    words[at] = code;
    if (code < ASCII) continue;
    wide.add(code);
    if (wide.size > mostLetters) return { words: codes, letters: undefined };
    places.push(at);
  }
  const letters = [...wide].sort((a, b) => a - b);
  const bytes = new Map(letters.map((code, index) => [code, ASCII + index]));
  for (const at of places) words[at] = bytes.get(codes[at]!)!;
  return { words, letters: String.fromCharCode(...letters) };
}

/** A text in the numbers that such words are in; a letter that none of them has is one that no byte is. */
export function narrowedText({ letters }: Narrowed, text: string): string {
  if (letters === undefined || isAscii(text)) return text;
  let narrow = '';
  for (let at = 0; at < text.length; at++) {
    const letter = text.charAt(at);
    if (letter.charCodeAt(0) < ASCII) {
      narrow += letter;
    } else {
      const index = letters.indexOf(letter);
      narrow += index === -1 ? NO_LETTER : String.fromCharCode(ASCII + index);
    }
  }
  return narrow;
}

const NO_LETTER = '\u0100';
