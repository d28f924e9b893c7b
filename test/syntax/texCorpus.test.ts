import * as assert from 'node:assert/strict';
import { fieldKind } from '../../src/data/fields.ts';
import { bibtexEntries, scanBibtex } from '../../src/syntax/bibtex.ts';
import { forEachField, pieceText, valuePieces } from '../../src/syntax/bibtexFields.ts';
import { decodeTex, encodeTex, plainTex } from '../../src/syntax/tex.ts';
import { sharedLibrary } from './expected.ts';

const asText = new Set(['text', 'names', 'list', 'keywords']);

/** Braced and quoted values of the fields that hold TeX. */
function valuesOf(text: string): string[] {
  const entries = bibtexEntries(text, scanBibtex(text));
  const values: string[] = [];
  for (let entry = 0; entry < entries.entryCount; entry++) {
    forEachField(text, entries.blocks, entries.blockOf(entry), (nameStart, nameEnd, start, end) => {
      const name = text.slice(nameStart, nameEnd).toLowerCase();
      if (!asText.has(fieldKind(name)) || /url|file|bdsk|code/u.test(name)) return;
      const pieces = valuePieces(text, start, end).filter(({ kind }) => kind === 'braced' || kind === 'quoted');
      values.push(...pieces.map(piece => pieceText(text, piece)));
    });
  }
  return values;
}

describe('syntax/tex: real entries', () => {
  const values = (context: Mocha.Context): readonly string[] => {
    const found = sharedLibrary(context, 'conversion/bibtex-entries.jsonl')
      .trim()
      .split('\n')
      .flatMap(line => valuesOf((JSON.parse(line) as { text: string }).text));
    assert.ok(found.length > 5000);
    return found;
  };

  it('are written so that they read the same', function () {
    for (const value of values(this)) {
      const text = decodeTex(value);
      assert.equal(decodeTex(encodeTex(text)), text);
      assert.equal(decodeTex(encodeTex(text, { ascii: true })).normalize('NFC'), text.normalize('NFC'));
    }
  });

  it('leave hardly a command outside mathematics undecoded', function () {
    const left = values(this).flatMap(value => withoutMathematics(plainTex(value)).match(/\\[A-Za-z]+/gu) ?? []);
    assert.deepEqual([...new Set(left)].sort(), ['\\unknown']);
  });
});

const withoutMathematics = (text: string): string => text.replace(/\$[^$]*\$/gu, '');
