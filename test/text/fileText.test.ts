import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findIn, TextInPieces, TextWindow, wholeText } from '../../src/text/fileText.ts';

/** Few letters, so that what is sought is found, and found across pieces. */
const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '“'), maxLength: 6 });
const pieces = fc.array(letters, { maxLength: 12 });

describe('text in pieces', () => {
  it('law: it is sliced as one string is', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.tuple(fc.nat(80), fc.nat(80))), (parts, places) => {
        const whole = parts.join('');
        const text = new TextInPieces(parts);
        assert.equal(text.length, whole.length);
        assert.equal(wholeText(text), whole);
        for (const [start, end] of places) {
          assert.equal(text.slice(start), whole.slice(start));
          assert.equal(text.slice(start, end), whole.slice(start, end));
        }
      }),
      { seed: 1, numRuns: 2000 },
    );
  });

  it('law: a window holds what it is moved to, and says where that is', () => {
    fc.assert(
      fc.property(pieces, fc.array(fc.tuple(fc.nat(60), fc.nat(20))), (parts, places) => {
        const whole = parts.join('');
        const window = new TextWindow(new TextInPieces(parts));
        for (const [start, length] of places) {
          const end = Math.min(whole.length, start + length);
          if (start >= whole.length) continue;
          const before = window.text;
          const hasMoved = window.show(start, end);
          if (!hasMoved) assert.equal(window.text, before);
          assert.equal(window.text, whole.slice(window.start, window.end));
          assert.ok(window.start <= start && start < window.end && end <= window.end);
        }
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('law: what is sought is found where it is in one string', () => {
    fc.assert(
      fc.property(
        pieces,
        fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 5 }),
        fc.nat(40),
        (parts, sought, from) => {
          const whole = parts.join('');
          assert.equal(findIn(new TextInPieces(parts), sought, from), whole.indexOf(sought, from));
          assert.equal(findIn(whole, sought, from), whole.indexOf(sought, from));
        },
      ),
      { seed: 3, numRuns: 5000 },
    );
  });
});
