import assert from 'node:assert/strict';
import type { ConvertResult } from '../../src/protocol/conversion.ts';
import {
  contentSentence,
  knownSentence,
  leftOutSentence,
  problemSentence,
  renamedSentence,
  summarySentence,
} from '../../src/protocol/conversionTexts.ts';

const result = (counts: readonly number[], values = 0, capitals = 0): ConvertResult => ({
  outputs: counts.map(count => ({ text: '', edits: [], count })),
  losses: { values, capitals },
  known: [],
});

describe('sentences about a conversion', () => {
  it('counts references and what was not carried over', () => {
    assert.equal(summarySentence(result([1]), 'ris'), '1 reference converted to RIS.');
    assert.equal(
      summarySentence(result([2, 3], 1), 'bibtex'),
      '5 references converted to BibTeX. 1 value could not be carried over unchanged.',
    );
  });

  it('tells how many values have only lost protected capitals', () => {
    assert.equal(
      summarySentence(result([2], 3, 2), 'ris'),
      '2 references converted to RIS. 3 values could not be carried over unchanged, 2 of them only in protected capitals.',
    );
  });

  it('names keys that several entries have', () => {
    const withKeys = (count: number, ...keys: string[]) =>
      summarySentence({ ...result([2]), repeated: { count, first: keys.map(key => ({ key, entries: 2 })) } }, 'ris');
    assert.equal(withKeys(1, 'a'), '2 references converted to RIS. The key a is used by 2 entries.');
    assert.match(withKeys(2, 'a', 'b'), / 2 keys are used by several entries each: a, b\.$/);
    assert.match(
      withKeys(1200, 'a', 'b', 'c', 'd', 'e'),
      / 1,200 keys are used by several entries each: a, b, c, d, e …\.$/,
    );
    assert.doesNotMatch(withKeys(1, '[x](command:y)'), /\]\(/);
  });

  it('tells what travels along beside the fields', () => {
    const along = (carried: number, to: 'ris' | 'csl-json') =>
      summarySentence({ ...result([]), outputs: [{ text: '', edits: [], count: 1, carried }] }, to);
    assert.equal(along(2, 'ris'), '1 reference converted to RIS. 2 values without a field travel along in notes.');
    assert.match(along(1, 'csl-json'), / 1 value without a field travels along in “custom”\.$/);
  });

  it('names what a source holds', () => {
    const recognition = {
      parts: [
        { format: 'bibtex', count: 1 },
        { format: 'ris', count: 2 },
      ] as const,
      sameWorks: true,
    };
    assert.equal(contentSentence(recognition), 'BibTeX (1 reference) and RIS (2 references)');
  });

  it('says what is wrong with a source, by its name', () => {
    assert.equal(problemSentence('empty', 'the clipboard'), 'The clipboard is empty.');
    assert.match(problemSentence('not-text', 'refs.bib'), /^refs\.bib cannot be read as text/);
  });

  it('tells which references the document has already', () => {
    const known = [
      { source: 0, place: 0, key: 'a', knownAs: 'a' },
      { source: 0, place: 1, key: 'b', knownAs: 'c' },
    ];
    assert.equal(knownSentence(known, 3), '2 of the 3 references are in the document already: a, b (as c).');
    assert.equal(knownSentence(known.slice(0, 1), 1), 'This reference is in the document already: a.');
    assert.equal(
      leftOutSentence(known.slice(0, 1), 1),
      'This reference is in the document already: a. It was left out.',
    );
    assert.match(leftOutSentence(known, 3), /They were left out\.$/);
  });

  it('tells which keys were changed', () => {
    assert.equal(renamedSentence([{ from: 'a', to: 'aa' }]), 'a became aa: this key was taken.');
    const six = 'abcdef'.split('').map(from => ({ from, to: `${from}1` }));
    assert.match(renamedSentence(six), /^a became a1, .*e became e1 …: these keys were taken\.$/);
  });
});
