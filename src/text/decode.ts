import { atOnce } from '../base/atOnce.ts';
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
  const decoded = atOnce(decoding(bytes, Infinity));
  return decoded && { ...decoded, text: wholeText(decoded.text) };
}

/** The same in steps, so that others can work in between, and in pieces, because to put them together would be a long step. */
export function* decoding(bytes: Uint8Array, partSize = PART): Generator<undefined, Decoded<FileText> | undefined> {
  const marked = markedEncoding(bytes);
  const encoding = marked ?? unmarkedUtf16(bytes);
  if (encoding !== undefined) {
    const rest = bytes.subarray(marked === undefined ? 0 : marked === 'utf-8' ? 3 : 2);
    const decoder = new TextDecoder(encoding, { ignoreBOM: true });
    const text = yield* inParts(rest, { encoding, partSize }, part => decoder.decode(part));
    return text === undefined ? undefined : textual(text, encoding, marked !== undefined);
  }
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const utf8 = yield* inParts(bytes, { encoding: 'utf-8', partSize }, part => strictText(strict, part));
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8', hasByteOrderMark: false };
  // Not UTF-8. Every byte but zero means something in Windows-1252; control characters betray a binary file.
  const text = yield* inParts(bytes, { encoding: 'windows-1252', partSize }, part =>
    part.includes(0) ? undefined : windows1252(part),
  );
  return text === undefined ? undefined : textual(text, 'windows-1252', false);
}

/** Bytes decoded in one step: so few that most pieces have no character beyond Latin-1, and take half the memory. */
const PART = 1 << 14;

/** The parts decoded one after the other; undefined when one cannot be. */
function* inParts(
  bytes: Uint8Array,
  { encoding, partSize }: { readonly encoding: Encoding; readonly partSize: number },
  decodePart: (part: Uint8Array) => string | undefined,
): Generator<undefined, FileText | undefined> {
  const parts: string[] = [];
  for (let from = 0; from < bytes.length;) {
    if (from > 0) yield;
    const to = from + partSize < bytes.length ? characterStart(bytes, from + partSize, encoding) : bytes.length;
    const part = decodePart(bytes.subarray(from, to));
    if (part === undefined) return undefined;
    parts.push(part);
    from = to;
  }
  return parts.length < 2 ? (parts[0] ?? '') : new TextInPieces(parts);
}

/** Where the character that holds a byte begins. */
function characterStart(bytes: Uint8Array, at: number, encoding: Encoding): number {
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

function textual(text: FileText, encoding: Encoding, hasByteOrderMark: boolean): Decoded<FileText> | undefined {
  return hasManyControls(text.slice(0, SAMPLE)) ? undefined : { text, encoding, hasByteOrderMark };
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
