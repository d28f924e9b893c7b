import assert from 'node:assert/strict';
import { additionSentence } from '../../src/protocol/citingTexts.ts';

describe('what was added to a bibliography', () => {
  const plain = { file: 'refs.bib', keys: ['a'], isNew: false, renamed: [], lostFields: [], undeclaredIn: [] };
  const cases: readonly (readonly [string, Parameters<typeof additionSentence>[0]])[] = [
    ['a was added to refs.bib.', plain],
    ['a, b were added to refs.bib.', { ...plain, keys: ['a', 'b'] }],
    ['a, b, c, d, e … were added to refs.bib.', { ...plain, keys: ['a', 'b', 'c', 'd', 'e', 'f'] }],
    ['a was added to the new refs.bib.', { ...plain, isNew: true }],
    [
      'b was added to refs.bib. a became b: this key was taken.',
      { ...plain, keys: ['b'], renamed: [{ from: 'a', to: 'b' }] },
    ],
    [
      'a was added to refs.bib. Not carried over unchanged: file, month.',
      { ...plain, lostFields: ['file', 'month', 'file'] },
    ],
    [
      'a was added to the new refs.bib. conf.py does not name refs.bib yet.',
      { ...plain, isNew: true, undeclaredIn: ['conf.py'] },
    ],
    [
      'b was added to refs.bib. The key is b; the citation has a and could not be changed.',
      { ...plain, keys: ['b'], uncorrected: { from: 'a', to: 'b' } },
    ],
  ];
  for (const [sentence, addition] of cases) {
    it(sentence, () => {
      assert.equal(additionSentence(addition), sentence);
    });
  }
});
