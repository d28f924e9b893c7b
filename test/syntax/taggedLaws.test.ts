import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../src/text/edit.ts';
import { slice } from '../../src/text/span.ts';
import { RisKind, risTypeSpan, rescanRis, scanRis } from '../../src/syntax/tagged.ts';
import { blockSpan } from '../../src/syntax/blockTable.ts';
import { parseRecord } from '../../src/syntax/taggedRecord.ts';
import { blockRows } from '../support/blockRows.ts';
import { inPieces } from '../support/inPieces.ts';
import { lines, placed, plannedEdits } from './generators.ts';

const FRAGMENTS = [
  'TY  - JOUR\n',
  'ER  - \n',
  'ER  -',
  'TY - BOOK\r\n',
  'ty - x\r',
  'er -\r',
  '\n',
  '\r\n',
  '\r',
  'AU  - Doe\n',
  'AU - Doe\n',
  'US - no\n',
  'ID  - key\n',
  'ID  -',
  'TY',
  '  - ',
  ' ',
  '-',
  '\t',
  '\ufeff',
  'text\n',
  'A',
  '\0',
  '\ud800',
  'TI  - title\r\n',
];

const risText = fc.oneof(lines(FRAGMENTS), fc.string({ unit: 'binary', maxLength: 60 }));

describe('RIS laws', () => {
  it('blocks cover the text without gaps', () => {
    fc.assert(
      fc.property(risText, text => {
        const blocks = scanRis(text);
        assert.equal(blocks.start(0), 0);
        assert.equal(blocks.start(blocks.count), text.length);
        for (let i = 0; i < blocks.count; i++) {
          const { start, end } = blockSpan(blocks, i);
          assert.ok(start < end);
          const type = risTypeSpan(blocks, i);
          assert.ok(start <= type.start && type.start <= type.end && type.end <= end);
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('the tokens of a record joined are the record, and its lines do not overlap', () => {
    fc.assert(
      fc.property(risText, text => {
        const blocks = scanRis(text);
        for (let i = 0; i < blocks.count; i++) {
          if (blocks.kind(i) === RisKind.text) continue;
          const record = slice(text, blockSpan(blocks, i));
          const tree = parseRecord(text, blockSpan(blocks, i));
          assert.equal(tree.tokens.map(token => slice(record, token)).join(''), record);
          let last = 0;
          for (const { tag, value, continuations, start, end } of tree.lines) {
            for (const span of [{ start, end: start }, tag, value, ...continuations, { start: end, end }]) {
              assert.ok(last <= span.start && span.start <= span.end);
              last = span.end;
            }
          }
          assert.equal(
            tree.errors.some(error => error.code === 'unclosed-record'),
            !blocks.isClosed(i),
          );
        }
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('after any edits, the incremental scan is the fresh one', () => {
    fc.assert(
      fc.property(risText, plannedEdits(fc.oneof(fc.constantFrom(...FRAGMENTS), risText)), (start, changes) => {
        let text = start;
        let blocks = scanRis(text);
        for (const change of changes) {
          const edit = placed(change, text);
          text = applyEdits(text, [edit]);
          blocks = rescanRis(text, blocks, edit).blocks;
          assert.deepEqual(blockRows(blocks), blockRows(scanRis(text)));
        }
      }),
      { seed: 3, numRuns: 3000 },
    );
  });

  it('in pieces of any length, a text has the blocks that it has as one string, before and after an edit', () => {
    fc.assert(
      fc.property(risText, fc.integer({ min: 1, max: 40 }), plannedEdits(risText), (text, length, [change]) => {
        const blocks = scanRis(inPieces(text, length));
        assert.deepEqual(blockRows(blocks), blockRows(scanRis(text)));
        if (change === undefined) return;
        const edit = placed(change, text);
        const after = applyEdits(text, [edit]);
        assert.deepEqual(blockRows(rescanRis(after, blocks, edit).blocks), blockRows(scanRis(after)));
        assert.deepEqual(blockRows(rescanRis(inPieces(after, length), blocks, edit).blocks), blockRows(scanRis(after)));
      }),
      { seed: 4, numRuns: 5000 },
    );
  });
});
