import assert from 'node:assert/strict';
import { allDetached, detached } from '../../src/text/detached.ts';

describe('a detached part of a text', () => {
  for (const text of ['', 'short', 'gillard:2015/peer', 'я\ud800ß'.repeat(5), 'long'.repeat(5000)])
    it(`is the same string of ${text.length} characters`, () => {
      assert.equal(detached(text), text);
    });
});

describe('parts of a text detached together', () => {
  const cases: readonly (readonly string[])[] = [
    [],
    [''],
    ['gillard:2015/peer'],
    ['a', '', 'gillard:2015/peer', 'я\ud800', '\udc00ß'],
  ];
  for (const parts of cases)
    it(`are the same ${parts.length} strings`, () => {
      assert.deepEqual(allDetached(parts), parts);
    });
});
