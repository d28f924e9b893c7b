import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode, decoding, type Encoding } from '../../src/text/decode.ts';
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

  it('law: in however small parts it reads the same', () => {
    fc.assert(
      fc.property(anyBytes, fc.integer({ min: 4, max: 12 }), (some, partSize) => {
        const bytes = Uint8Array.from(some);
        const steps = decoding(bytes, partSize);
        let step = steps.next();
        let count = 1;
        for (; step.done !== true; step = steps.next()) count++;
        const decoded = step.value && { ...step.value, text: wholeText(step.value.text) };
        assert.deepEqual(decoded, decode(bytes));
        if (step.value !== undefined) assert.ok(count >= Math.floor(bytes.length / (partSize + 4)));
      }),
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
