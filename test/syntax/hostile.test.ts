import * as assert from 'node:assert/strict';
import { BlockKind, scanBibtex } from '../../src/syntax/bibtex.ts';
import { blockSpan } from '../../src/syntax/blockTable.ts';
import { parseEntry } from '../../src/syntax/bibtexEntry.ts';
import { forEachField } from '../../src/syntax/bibtexFields.ts';
import { scanRis } from '../../src/syntax/tagged.ts';
import { parseRecord } from '../../src/syntax/taggedRecord.ts';
import { inPieces } from '../support/inPieces.ts';

const SIZE = 1 << 19;
const fill = (piece: string): string => piece.repeat(SIZE / piece.length);

/** Anything but linear time would make these tests run for hours. */
describe('hostile BibTeX', () => {
  const texts: readonly (readonly [name: string, text: string, entries: number, fields: number])[] = [
    ['opening braces', fill('{'), 0, 0],
    ['quotes', fill('"'), 0, 0],
    ['at signs', fill('@'), 0, 0],
    ['at signs and words', fill('@a '), 0, 0],
    ['entries opened in one line', fill('@a{'), 1, 0],
    ['entries opened in parentheses', fill('@a('), 1, 0],
    ['signs of concatenation', fill('#'), 0, 0],
    ['backslashes', fill('\\'), 0, 0],
    ['comments opened in one line', fill('@comment{'), 0, 0],
    ['comments opened line by line', fill('\n@comment{'), 0, 0],
    ['entries commented out', fill('\n% @a{'), 0, 0],
    ['one long line commented out', `% ${fill('@a{')}`, 0, 0],
    ['values opened line by line', fill('\n@a{b,c={'), 58254, 58254],
    ['quoted values opened line by line', fill('\n@a(b,c="'), 58254, 58254],
    ['empty entries', fill('@a{}\n'), 104857, 0],
    ['one long value', `@a{b,c={${fill('x ')}}}`, 1, 1],
    ['deep braces', `@a{b,c=${fill('{')}${fill('}')}}`, 1, 1],
    ['quotes and braces opened in every field', `@a{b${fill(',\nc="{')}}`, 1, 87381],
    ['quotes opened in every field', `@a{b${fill(',\nc="x')}}`, 1, 87381],
    ['pieces of a value', `@a{b,c=${fill('{}#')}}`, 1, 1],
    ['names without values', `@a{b,${fill('c ')}}`, 1, 0],
    ['signs without names', `@a{b,${fill('=')}}`, 1, 0],
    ['commas', `@a{b${fill(',')}}`, 1, 0],
    ['commented lines before the key', `@a{${fill('%\n')}`, 1, 0],
    ['entries in a comment', `@comment{${fill('\n@a{b}')}}`, 0, 0],
  ];
  for (const [name, text, entries, fields] of texts) {
    it(name, () => {
      const blocks = scanBibtex(text);
      assert.equal(blocks.entryCount, entries);
      assert.equal(scanBibtex(inPieces(text, 1 << 14)).count, blocks.count);
      let found = 0;
      for (let i = 0; i < blocks.count; i++) {
        forEachField(text, blocks, i, () => {
          found++;
        });
        if (i < 1000 && blocks.kind(i) !== BlockKind.text) {
          const span = blockSpan(blocks, i);
          assert.equal(parseEntry(text, span).tokens.at(-1)?.end, span.end - span.start);
        }
      }
      assert.equal(found, fields);
    });
  }
});

describe('hostile RIS', () => {
  const texts: readonly (readonly [name: string, text: string, records: number])[] = [
    ['types', fill('TY  - JOUR\n'), 47662],
    ['one tag', `TY  - JOUR\n${fill('AU  - x\n')}`, 1],
    ['one tag, lone carriage returns', `TY  - JOUR\r${fill('AU  - x\r')}`, 1],
    ['records without a type', fill('AU  - x\rER  -\r'), 37449],
    ['tags without a record', fill('AU  - x\n'), 0],
    ['continuation lines', `TY  - JOUR\n${fill('x\n')}`, 1],
    ['spaces', fill(' '), 0],
    ['carriage returns', fill('\r'), 0],
    ['one long line', fill('TY  - '), 1],
  ];
  for (const [name, text, records] of texts) {
    it(name, () => {
      const blocks = scanRis(text);
      assert.equal(blocks.entryCount, records);
      assert.equal(scanRis(inPieces(text, 1 << 14)).count, blocks.count);
      for (let i = 0; i < Math.min(1000, blocks.count); i++) {
        const span = blockSpan(blocks, i);
        if (blocks.kind(i) === 1) assert.equal(parseRecord(text, span).tokens.at(-1)?.end, span.end - span.start);
      }
    });
  }
});
