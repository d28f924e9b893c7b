import assert from 'node:assert/strict';
import { expandBraces } from '../../src/text/braces.ts';

describe('braces of patterns', () => {
  const cases: [pattern: string, expanded: string[]][] = [
    ['a.bib', ['a.bib']],
    ['{a,b}.bib', ['a.bib', 'b.bib']],
    ['x/{a,b}{1,2}', ['x/a1', 'x/a2', 'x/b1', 'x/b2']],
    ['*.bib{,tex}', ['*.bib', '*.bibtex']],
    ['{a,b/{c,d}}/e', ['a/e', 'b/c/e', 'b/d/e']],
    ['{a}', ['a']],
    ['{a,b', ['{a,b']],
    ['a}{b,c}', ['a}b', 'a}c']],
    ['', ['']],
  ];
  for (const [pattern, expanded] of cases) {
    it(pattern, () => {
      assert.deepEqual(expandBraces(pattern), expanded);
    });
  }

  it('come to an end', () => {
    assert.equal(expandBraces('{a,b}'.repeat(5000)).length, 100);
    assert.equal(expandBraces('{'.repeat(5000)).length, 1);
    assert.equal(expandBraces(`${'{'.repeat(200)}${'}'.repeat(200)}`).length, 1);
  });
});
