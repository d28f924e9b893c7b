import * as assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { applyEdits } from '../../src/text/edit.ts';
import { LineIndex } from '../../src/text/lineIndex.ts';

describe('line index', () => {
  const text = 'ab\ncd\r\nef\rgh\r\r\n\n😀i';
  const cases: readonly (readonly [offset: number, line: number, character: number])[] = [
    [0, 0, 0],
    [2, 0, 2],
    [3, 1, 0],
    [5, 1, 2],
    [7, 2, 0],
    [9, 2, 2],
    [10, 3, 0],
    [12, 3, 2],
    [13, 4, 0],
    [15, 5, 0],
    [16, 6, 0],
    [18, 6, 2],
    [19, 6, 3],
  ];
  for (const [offset, line, character] of cases) {
    it(`${offset} is ${line}:${character}`, () => {
      const index = new LineIndex(text);
      assert.deepEqual(index.placeAt(offset), { line, character });
      assert.equal(index.offsetAt({ line, character }), offset);
    });
  }

  it('counts lines', () => {
    assert.equal(new LineIndex(text).lineCount, 7);
    assert.equal(new LineIndex('').lineCount, 1);
    assert.equal(new LineIndex('\r\n').lineCount, 2);
  });

  it('takes a place behind the end of its line for that end', () => {
    const index = new LineIndex(text);
    assert.equal(index.offsetAt({ line: 0, character: 99 }), 2);
    assert.equal(index.offsetAt({ line: 1, character: 99 }), 5);
    assert.equal(index.offsetAt({ line: 2, character: 99 }), 9);
    assert.equal(index.offsetAt({ line: 6, character: 99 }), 19);
  });

  it('takes what is outside the text for its nearest end', () => {
    const index = new LineIndex(text);
    assert.equal(index.offsetAt({ line: 99, character: 0 }), 19);
    assert.equal(index.offsetAt({ line: -1, character: 3 }), 0);
    assert.equal(index.offsetAt({ line: 1, character: -3 }), 3);
    assert.deepEqual(index.placeAt(99), { line: 6, character: 3 });
    assert.deepEqual(index.placeAt(-1), { line: 0, character: 0 });
  });

  it('counts as somebody who reads character by character', () => {
    fc.assert(
      fc.property(lineText, sample => {
        const starts = [0];
        for (let i = 0; i < sample.length; i++) {
          if (sample[i] === '\n' || (sample[i] === '\r' && sample[i + 1] !== '\n')) starts.push(i + 1);
        }
        assert.deepEqual(startsOf(new LineIndex(sample)), starts);
      }),
      { seed: 1, numRuns: 1000 },
    );
  });

  it('after an edit is the index of the new text', () => {
    fc.assert(
      fc.property(lineText, fc.nat(40), fc.nat(5), lineText, (before, place, removed, newText) => {
        const start = Math.min(place, before.length);
        const edit = { span: { start, end: Math.min(before.length, start + removed) }, newText };
        const after = applyEdits(before, [edit]);
        const index = new LineIndex(before);
        assert.ok(index.lineCount > 0);
        assert.deepEqual(startsOf(index.edited(after, edit)), startsOf(new LineIndex(after)));
      }),
      { seed: 2, numRuns: 3000 },
    );
  });
});

const lineText = fc
  .array(fc.constantFrom('\n', '\r', 'a', '\r\n', 'b'), { maxLength: 30 })
  .map(parts => parts.join(''));

const startsOf = (index: LineIndex): readonly number[] =>
  Array.from({ length: index.lineCount }, (_, line) => index.offsetAt({ line, character: 0 }));
