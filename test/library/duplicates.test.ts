import assert from 'node:assert/strict';
import fc from 'fast-check';
import { biblatex } from '../../src/formats/biblatex.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { applyEdits } from '../../src/text/edit.ts';

const bibliographyOf = (text: string): Bibliography => new Bibliography('file:///a.bib', biblatex, text);

const duplicates = (bibliography: Bibliography): unknown => [
  ...bibliography.entriesWithKeys(new Set(bibliography.duplicateKeys())),
];

describe('entries with repeated keys', () => {
  const text = '@misc{a}\n@misc{b}\n@misc{a}\n@misc{c}\n@misc{b}\n';
  const cases: readonly { readonly name: string; readonly at: string; readonly by: string; readonly found: unknown }[] =
    [
      { name: 'as they are', at: '', by: '', found: [['a', [0, 2]], ['b', [1, 4]]] }, // prettier-ignore
      { name: 'an entry before them', at: '', by: '@misc{d}\n', found: [['a', [1, 3]], ['b', [2, 5]]] }, // prettier-ignore
      { name: 'an entry between them', at: '@misc{c', by: '@misc{d}\n', found: [['a', [0, 2]], ['b', [1, 5]]] }, // prettier-ignore
      { name: 'a third one', at: '@misc{c', by: '@misc{a}\n', found: [['a', [0, 2, 3]], ['b', [1, 5]]] }, // prettier-ignore
      { name: 'another key', at: 'c}', by: 'x', found: [['a', [0, 2]], ['b', [1, 4]]] }, // prettier-ignore
      { name: 'one of them is no more', at: 'a}', by: 'x', found: [['b', [1, 4]]] },
      { name: 'a field', at: '}\n@misc{b', by: ', title = {T}', found: [['a', [0, 2]], ['b', [1, 4]]] }, // prettier-ignore
    ];
  for (const { name, at, by, found } of cases)
    it(`are known after an edit: ${name}`, () => {
      const bibliography = bibliographyOf(text);
      duplicates(bibliography);
      const start = text.indexOf(at);
      const edit = { span: { start, end: start }, newText: by };
      bibliography.edit(edit, applyEdits(text, [edit]));
      assert.deepEqual(duplicates(bibliography), found);
    });

  it('are told apart before all keys are counted as they are afterwards', () => {
    const asked = new Set(['a', 'c', 'd']);
    const bibliography = bibliographyOf(text);
    assert.deepEqual([...bibliography.entriesWithRepeated(asked)], [['a', [0, 2]]]);
    for (const steps = bibliography.indexing(); steps.next().done !== true;);
    assert.deepEqual([...bibliography.entriesWithRepeated(asked)], [['a', [0, 2]]]);
  });

  it('law: they are as in a bibliography read anew', () => {
    const piece = fc.constantFrom('@misc{a}\n', '@misc{b}\n', '@misc{c}\n', '@misc{}\n', 'a', 'b', '{', '}', '@');
    const pieces = fc.array(piece, { maxLength: 12 }).map(parts => parts.join(''));
    const edit = fc.record({ at: fc.nat(), length: fc.nat({ max: 12 }), newText: pieces });
    fc.assert(
      fc.property(pieces, fc.array(edit, { maxLength: 6 }), (begun, edits) => {
        let now = begun;
        const bibliography = bibliographyOf(now);
        for (const { at, length, newText } of edits) {
          duplicates(bibliography);
          const start = at % (now.length + 1);
          const made = { span: { start, end: Math.min(now.length, start + length) }, newText };
          now = applyEdits(now, [made]);
          bibliography.edit(made, now);
          assert.deepEqual(duplicates(bibliography), duplicates(bibliographyOf(now)));
        }
      }),
      { seed: 1, numRuns: 1000 },
    );
  });
});
