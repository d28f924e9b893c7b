import assert from 'node:assert/strict';
import { additionSentence, affixPrompt, formText } from '../../src/protocol/citingTexts.ts';

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

describe('what is asked about a citation', () => {
  it('tells what a form makes, and whose it is where that is not sure', () => {
    const form = { name: '\\citet', effect: 'textual', takes: { prefix: true, locator: true } } as const;
    assert.equal(formText(form), 'in the sentence: Gillard (2015)');
    assert.equal(formText({ ...form, of: 'natbib' }), 'in the sentence: Gillard (2015) · natbib');
  });

  it('tells which of several references has what stands beside it', () => {
    assert.match(affixPrompt('prefix', 1), /^What stands before the citation, such as “see”\./);
    assert.match(affixPrompt('locator', 1), /^What stands behind it, such as “p\. 7”\./);
    assert.match(affixPrompt('prefix', 2), /^What stands before the first reference,/);
    assert.match(affixPrompt('locator', 2), /^What stands behind the last reference,/);
  });
});
