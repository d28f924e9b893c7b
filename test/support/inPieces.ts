import { TextInPieces } from '../../src/text/fileText.ts';

/** A text in pieces of so many characters each, but for the last. */
export function inPieces(text: string, length: number): TextInPieces {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += length) pieces.push(text.slice(at, at + length));
  return new TextInPieces(pieces);
}
