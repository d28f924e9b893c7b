import assert from 'node:assert/strict';
import { OTHER_EXTENSIONS, completionSetting, offersReferences } from '../../src/protocol/otherExtensions.ts';
import type { CompletionChoice } from '../../src/protocol/otherExtensions.ts';

describe('other extensions that offer references', () => {
  const cases: [choice: CompletionChoice, languageId: string, ids: string[], offers: boolean][] = [
    ['auto', 'latex', [], true],
    ['auto', 'latex', ['james-yu.latex-workshop'], false],
    ['auto', 'rsweave', ['james-yu.latex-workshop'], false],
    ['auto', 'markdown', ['james-yu.latex-workshop', 'quarto.quarto', 'myriad-dreamin.tinymist'], true],
    ['auto', 'quarto', ['quarto.quarto'], false],
    ['auto', 'markdown', ['notzaki.pandocciter'], false],
    ['auto', 'typst', ['myriad-dreamin.tinymist'], false],
    ['auto', 'quarto', ['notzaki.pandocciter'], false],
    ['auto', 'pandoc', ['notzaki.pandocciter'], true],
    ['on', 'latex', ['james-yu.latex-workshop'], true],
    ['off', 'latex', [], false],
  ];
  for (const [choice, languageId, ids, offers] of cases) {
    it(`${choice}, ${languageId}, beside ${ids.join(', ') || 'none'}: ${offers ? 'offered' : 'not offered'}`, () => {
      const others = OTHER_EXTENSIONS.filter(one => ids.includes(one.id));
      assert.equal(others.length, ids.length);
      assert.equal(offersReferences(choice, { uri: 'file:///a', languageId }, others), offers);
    });
  }

  it('may do so only in documents of some schemes', () => {
    const offers = ['file:///a.typ', 'untitled:a', 'vscode-remote://ssh/a.typ', 'vscode-vfs://github/o/r/a.typ'].map(
      uri => offersReferences('auto', { uri, languageId: 'typst' }, OTHER_EXTENSIONS),
    );
    assert.deepEqual(offers, [false, false, false, true]);
  });

  it('do not do so in the cells of notebooks', () => {
    const cell = { uri: 'vscode-notebook-cell:/a.ipynb#W0sZmlsZQ', languageId: 'markdown' };
    assert.equal(offersReferences('auto', cell, OTHER_EXTENSIONS), true);
    assert.equal(offersReferences('off', cell, []), false);
  });

  it('have a setting for each language', () => {
    assert.equal(completionSetting('rmd'), 'colophon.completion.markdown');
    assert.equal(completionSetting('plaintext'), undefined);
  });

  it('can be chosen over, in each of their languages', () => {
    for (const { languageIds } of OTHER_EXTENSIONS)
      assert.deepEqual(
        languageIds.filter(id => completionSetting(id) === undefined),
        [],
      );
  });
});
