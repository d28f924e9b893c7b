import { TextInPieces, wholeText, type FileText } from './fileText.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface Decoded<Text extends FileText = string> {
  /** Without byte order mark. */
  readonly text: Text;
  readonly encoding: Encoding;
  readonly hasByteOrderMark: boolean;
}

/**
 * The text of a file's bytes: as its byte order mark says, else UTF-16 where every other byte of its beginning is zero, else UTF-8, else, when it
 * is not valid UTF-8, Windows-1252. Undefined for bytes that are no text in any of them (a binary file).
 */
export function decode(bytes: Uint8Array): Decoded | undefined {
  for (const fallback of decodings) {
    const decoded = new FileDecoder(fallback, Infinity).finish(bytes);
    if (decoded !== undefined) return { ...decoded, text: wholeText(decoded.text) };
  }
  return undefined;
}

/** How a file is decoded: as it says itself; when that fails, again from its beginning. */
export const decodings = [undefined, 'windows-1252'] as const;

/** What a decoder is given at once holds at least as many bytes, unless the file ends before. */
export const LEAST_PART = 1 << 15;

/** Bytes in a piece of text: so few that most pieces have no character beyond Latin-1, and take half the memory. */
const PIECE = 1 << 14;

/** Decodes a file of which one part after the other is at hand, into pieces: to put them together would be a long step. */
export class FileDecoder {
  readonly #pieceSize: number;
  readonly #pieces: string[] = [];
  #encoding: Encoding | undefined;
  #hasByteOrderMark = false;
  #decode: Decode = () => undefined;
  #hasFailed = false;

  constructor(encoding: (typeof decodings)[number], pieceSize = PIECE) {
    this.#pieceSize = pieceSize;
    if (encoding !== undefined) this.#setEncoding(encoding);
  }

  /** Whether what came is no text: what follows makes no difference. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Takes the bytes that are next; returns how many of them: the others have to come again, with those that follow. */
  take(bytes: Uint8Array): number {
    let from = this.#begin(bytes);
    while (!this.#hasFailed && from + this.#pieceSize < bytes.length) {
      const to = characterStart(bytes, from + this.#pieceSize, this.#encoding);
      this.#add(bytes.subarray(from, to));
      from = to;
    }
    return this.#hasFailed ? bytes.length : from;
  }

  /** Takes the last bytes; returns what the file holds, undefined where that is no text. */
  finish(bytes: Uint8Array): Decoded<FileText> | undefined {
    const taken = this.take(bytes);
    if (taken < bytes.length) this.#add(bytes.subarray(taken));
    if (this.#hasFailed) return undefined;
    const text = this.#pieces.length < 2 ? (this.#pieces[0] ?? '') : new TextInPieces(this.#pieces);
    const encoding = this.#encoding ?? 'utf-8';
    const hasByteOrderMark = this.#hasByteOrderMark;
    if ((encoding !== 'utf-8' || hasByteOrderMark) && hasManyControls(text.slice(0, SAMPLE))) return undefined;
    return { text, encoding, hasByteOrderMark };
  }

  #add(bytes: Uint8Array): void {
    const piece = this.#decode(bytes);
    if (piece === undefined) this.#hasFailed = true;
    else this.#pieces.push(piece);
  }

  /** Finds out the encoding of a file that begins with these bytes; returns how many of them say it. */
  #begin(bytes: Uint8Array): number {
    if (this.#encoding !== undefined) return 0;
    const marked = markedEncoding(bytes);
    this.#hasByteOrderMark = marked !== undefined;
    this.#setEncoding(marked ?? unmarkedUtf16(bytes) ?? 'utf-8');
    return marked === undefined ? 0 : marked === 'utf-8' ? 3 : 2;
  }

  #setEncoding(encoding: Encoding): void {
    this.#encoding = encoding;
    this.#decode = decoderOf(encoding, this.#hasByteOrderMark);
  }
}

type Decode = (bytes: Uint8Array) => string | undefined;

function decoderOf(encoding: Encoding, isMarked: boolean): Decode {
  // Every byte but zero means something; control characters betray a binary file.
  if (encoding === 'windows-1252') return bytes => (bytes.includes(0) ? undefined : windows1252(bytes));
  const isStrict = encoding === 'utf-8' && !isMarked;
  const decoder = new TextDecoder(encoding, { fatal: isStrict, ignoreBOM: true });
  return bytes => (isStrict ? strictText(decoder, bytes) : decoder.decode(bytes));
}

/** Where the character that holds a byte begins. */
function characterStart(bytes: Uint8Array, at: number, encoding: Encoding | undefined): number {
  if (encoding === 'windows-1252') return at;
  if (encoding === 'utf-8') {
    let start = at;
    while (start > at - 4 && isContinuation(bytes[start])) start--;
    // More of them than a character has belong to none.
    return start > at - 4 ? start : at;
  }
  const even = at & ~1;
  const before = bytes[encoding === 'utf-16le' ? even - 1 : even - 2] ?? 0;
  // The first half of a surrogate pair stays with the second.
  return (before & 0xfc) === 0xd8 ? even - 2 : even;
}

const isContinuation = (byte = 0): boolean => (byte & 0xc0) === 0x80;

function strictText(strict: TextDecoder, part: Uint8Array): string | undefined {
  if (part.includes(0)) return undefined;
  try {
    return strict.decode(part);
  } catch {
    // Said by being undefined.
    return undefined;
  }
}

/** Windows-1252 from 0x80 on; the five places that it leaves open hold themselves. */
const FROM_80 = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
/** Characters put together in one call; more would be too many arguments. */
const CHUNK = 8192;

/** By hand: several versions of Node take Windows-1252 for Latin-1 (nodejs/node#56542). */
function windows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let i = 0; i < bytes.length; i += CHUNK) parts.push(String.fromCharCode(...bytes.subarray(i, i + CHUNK)));
  return parts.join('').replace(/[\x80-\x9f]/g, character => FROM_80.charAt(character.charCodeAt(0) - 0x80));
}

function markedEncoding(bytes: Uint8Array): Encoding | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

/** How much of a file is looked at to tell what it is. */
const SAMPLE = 1024;

function unmarkedUtf16(bytes: Uint8Array): Encoding | undefined {
  const length = Math.min(bytes.length, SAMPLE) & ~1;
  if (length < 4) return undefined;
  let evenZeros = 0;
  let oddZeros = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) evenZeros++;
    if (bytes[i + 1] === 0) oddZeros++;
  }
  // The text of a bibliography is mostly ASCII, also where its names are not.
  const most = length / 2 / 2;
  if (evenZeros === 0 && oddZeros > most) return 'utf-16le';
  if (oddZeros === 0 && evenZeros > most) return 'utf-16be';
  return undefined;
}

/** Text has hardly any control characters; images, archives and programs have them everywhere. */
function hasManyControls(text: string): boolean {
  const { length } = text;
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) controls++;
  }
  return controls * 50 > length;
}
