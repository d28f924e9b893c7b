export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

export interface Decoded {
  /** Without byte order mark. */
  readonly text: string;
  readonly encoding: Encoding;
  readonly hasByteOrderMark: boolean;
}

/**
 * The text of a file's bytes: as its byte order mark says, else UTF-16 where every other byte of its beginning is zero, else UTF-8, else, when it
 * is not valid UTF-8, Windows-1252. Undefined for bytes that are no text in any of them (a binary file).
 */
export function decode(bytes: Uint8Array): Decoded | undefined {
  const marked = markedEncoding(bytes);
  if (marked) return textual(decodeAs(bytes.subarray(marked === 'utf-8' ? 3 : 2), marked), marked, true);
  const wide = unmarkedUtf16(bytes);
  if (wide) return textual(decodeAs(bytes, wide), wide, false);
  if (bytes.includes(0)) return undefined;
  try {
    return { text: strictUtf8(bytes), encoding: 'utf-8', hasByteOrderMark: false };
  } catch {
    // Not UTF-8. Every byte means something in Windows-1252, so this cannot fail; control characters betray a binary file.
    return textual(decodeAs(bytes, 'windows-1252'), 'windows-1252', false);
  }
}

const strictUtf8 = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

const decodeAs = (bytes: Uint8Array, encoding: Encoding): string =>
  encoding === 'windows-1252' ? windows1252(bytes) : new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);

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

function textual(text: string, encoding: Encoding, hasByteOrderMark: boolean): Decoded | undefined {
  return hasManyControls(text) ? undefined : { text, encoding, hasByteOrderMark };
}

/** Text has hardly any control characters; images, archives and programs have them everywhere. */
function hasManyControls(text: string): boolean {
  const length = Math.min(text.length, SAMPLE);
  let controls = 0;
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 && code !== 9 && code !== 10 && code !== 12 && code !== 13) controls++;
  }
  return controls * 50 > length;
}
