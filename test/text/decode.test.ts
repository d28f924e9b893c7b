import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode, decodings, FileDecoder, type Decoded, type Encoding } from '../../src/text/decode.ts';
import { wholeText } from '../../src/text/fileText.ts';

const ENTRY = '@book{müller, title = {Über “Größe”}}\n';
const bigEndian = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('decoding of files', () => {
  const cases: [string, Uint8Array, Encoding, boolean][] = [
    ['UTF-8', Buffer.from(ENTRY), 'utf-8', false],
    ['UTF-8 with mark', Buffer.from('\ufeff' + ENTRY), 'utf-8', true],
    ['UTF-16 little endian with mark', Buffer.from('\ufeff' + ENTRY, 'utf16le'), 'utf-16le', true],
    ['UTF-16 big endian with mark', bigEndian('\ufeff' + ENTRY), 'utf-16be', true],
    ['UTF-16 little endian without mark', Buffer.from(ENTRY, 'utf16le'), 'utf-16le', false],
    ['UTF-16 big endian without mark', bigEndian(ENTRY), 'utf-16be', false],
  ];
  for (const [name, bytes, encoding, hasByteOrderMark] of cases) {
    it(name, () => {
      assert.deepEqual(decode(bytes), { text: ENTRY, encoding, hasByteOrderMark });
    });
  }

  it('Windows-1252 where it is no UTF-8, typographic quotes included', () => {
    const bytes = Uint8Array.from([0x40, 0x93, 0x47, 0x72, 0xf6, 0xdf, 0x65, 0x94, 0x80]);
    assert.deepEqual(decode(bytes), { text: '@“Größe”€', encoding: 'windows-1252', hasByteOrderMark: false });
  });

  it('an empty file is empty text', () => {
    assert.deepEqual(decode(new Uint8Array()), { text: '', encoding: 'utf-8', hasByteOrderMark: false });
  });

  const binaries: [string, Uint8Array][] = [
    ['a PNG', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, 0x49, 0x48, 0x44, 0x52])],
    ['a program', Uint8Array.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3e, 0])],
    ['control characters without a zero', Uint8Array.from([0x81, 1, 2, 3, 4, 5, 6, 7, 0xff, 0xfd])],
  ];
  for (const [name, bytes] of binaries) {
    it(`${name} is no text`, () => {
      assert.equal(decode(bytes), undefined);
    });
  }

  it('gives back any text written as UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text => {
        fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
        assert.equal(decode(Buffer.from('@' + text))?.text, '@' + text);
      }),
      { seed: 7 },
    );
  });

  const anyBytes = fc.oneof(
    fc.uint8Array({ maxLength: 40 }),
    fc.array(fc.constantFrom(0x41, 0x20, 0x80, 0xbf, 0xc3, 0xe2, 0xf0, 0x93, 0xff, 0x00), { maxLength: 40 }),
    fc
      .tuple(
        fc.string({ unit: 'grapheme', minLength: 4 }),
        fc.constantFrom('', '\ufeff'),
        fc.constantFrom('utf8', 'utf16le'),
      )
      .map(([text, mark, encoding]) => Buffer.from(`${mark}@book${text}`, encoding as BufferEncoding)),
    fc.string({ unit: 'grapheme', minLength: 4 }).map(text => bigEndian(`\ufeff${text}`)),
  );

  /** As a reader does that has room for some bytes. */
  function decodedInParts(bytes: Uint8Array, room: number, pieceSize: number): Decoded | undefined {
    for (const encoding of decodings) {
      const decoder = new FileDecoder(encoding, pieceSize);
      let from = 0;
      while (from + room < bytes.length) from += decoder.take(bytes.subarray(from, from + room));
      const decoded = decoder.finish(bytes.subarray(from));
      if (decoded !== undefined) return { ...decoded, text: wholeText(decoded.text) };
    }
    return undefined;
  }

  it('law: in however small pieces, from however small parts, it reads the same', () => {
    const longBytes = fc
      .tuple(fc.array(anyBytes, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 80 }))
      .map(([some, times]) => Buffer.concat(Array.from({ length: times }, () => some.map(one => Buffer.from(one))).flat()));
    fc.assert(
      fc.property(
        longBytes,
        fc.integer({ min: 1024, max: 3000 }),
        fc.integer({ min: 4, max: 900 }),
        (bytes, room, pieceSize) => {
          assert.deepEqual(decodedInParts(bytes, room, pieceSize), decode(bytes));
        },
      ),
      { seed: 8, numRuns: 3000 },
    );
  });

  it('throws for no bytes at all', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), bytes => {
        assert.doesNotThrow(() => decode(bytes));
      }),
      { seed: 7 },
    );
  });
});
