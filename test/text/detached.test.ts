import assert from 'node:assert/strict';
import { detached } from '../../src/text/detached.ts';

describe('a detached part of a text', () => {
  for (const text of ['', 'short', 'gillard:2015/peer', 'я\ud800ß'.repeat(5), 'long'.repeat(5000)])
    it(`is the same string of ${text.length} characters`, () => {
      assert.equal(detached(text), text);
    });
});
