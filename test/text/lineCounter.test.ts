import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../src/text/edit.ts';
import { LineCounter } from '../../src/text/lineCounter.ts';
import { inPieces } from '../support/inPieces.ts';
import { LineIndex } from '../../src/text/lineIndex.ts';

/** Long enough for the counter to remember several places. */
const longText = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '\r\r', 'x\ny'), { minLength: 1, maxLength: 40 })
  .map(parts => parts.join(''))
  .map(part => part.repeat(Math.ceil(60_000 / part.length)));

const share = fc.double({ min: 0, max: 1, noNaN: true });

function assertSame(counter: LineCounter, text: string, shares: readonly number[]): void {
  const index = new LineIndex(text);
  for (const one of [0, ...shares, 1]) {
    const offset = Math.round(one * text.length);
    assert.deepEqual(counter.placeAt(offset), index.placeAt(offset));
  }
}

describe('line counter', () => {
  it('counts as the line index does, in any order of questions', () => {
    fc.assert(
      fc.property(longText, fc.array(share, { maxLength: 12 }), (text, shares) => {
        assertSame(new LineCounter(text), text, shares);
        assertSame(new LineCounter(inPieces(text, 999)), text, shares);
      }),
      { numRuns: 30 },
    );
  });

  it('counts ahead', () => {
    const text = 'ab\r\nc\rd\n'.repeat(50_000);
    const counter = new LineCounter(text);
    assert.equal([...counter.counting()].length, 48);
    assert.equal([...counter.counting()].length, 0);
    assert.deepEqual(counter.placeAt(text.length), { line: 150_000, character: 0 });
  });

  it('follows edits', () => {
    const edit = fc.tuple(
      share,
      fc.oneof(fc.nat(3), fc.nat(40_000)),
      fc.constantFrom('', '\n', '\r', 'x', '\r\n\r', 'y\n'.repeat(9000)),
    );
    fc.assert(
      fc.property(longText, fc.array(edit, { minLength: 1, maxLength: 6 }), share, (first, edits, asked) => {
        let text = first;
        const counter = new LineCounter(text);
        counter.placeAt(Math.round(asked * text.length));
        for (const [at, length, newText] of edits) {
          const start = Math.round(at * text.length);
          const change = { span: { start, end: Math.min(text.length, start + length) }, newText };
          text = applyEdits(text, [change]);
          counter.edit(change, text);
          assertSame(counter, text, [at, asked]);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('takes what is outside the text for its nearest end', () => {
    const counter = new LineCounter('a\nb');
    assert.deepEqual(counter.placeAt(-1), { line: 0, character: 0 });
    assert.deepEqual(counter.placeAt(99), { line: 1, character: 1 });
  });
});
