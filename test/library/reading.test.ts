import assert from 'node:assert/strict';
import { biblatex } from '../../src/formats/biblatex.ts';
import { formats } from '../../src/formats/index.ts';
import { ris } from '../../src/formats/ris.ts';
import { languages } from '../../src/languages/index.ts';
import { editBetween } from '../../src/library/editBetween.ts';
import { Library } from '../../src/library/library.ts';
import { scanBibtex, scanningBibtex } from '../../src/syntax/bibtex.ts';
import { scanningRis, scanRis } from '../../src/syntax/tagged.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { inPieces } from '../support/inPieces.ts';
import { blockRows } from '../support/blockRows.ts';

/** Long enough for several steps, with everything that a step may end at. */
const pieces = [
  '@article{a1, title={A}}\n',
  'text between\n',
  '@comment{x @article{no,}}',
  '@string{s="v"} a@b.org ',
  '@book{open,\n',
];
const bibtexText = Array.from({ length: 100_000 }, (_, i) => pieces[(i * 7 + (i >> 3)) % pieces.length]).join('');
const risText = Array.from(
  { length: 60_000 },
  (_, i) => `TY  - JOUR\nID  - k${i}\nTI  - Title\n${i % 9 === 0 ? '' : 'ER  - \n'}`,
).join('');

function finish<Result>(steps: Generator<undefined, Result>): { steps: number; result: Result } {
  for (let count = 0; ; count++) {
    const step = steps.next();
    if (step.done === true) return { steps: count, result: step.value };
  }
}

describe('reading in steps', () => {
  it('finds the blocks that one go finds', () => {
    const bibtex = finish(scanningBibtex(bibtexText));
    assert.ok(bibtex.steps > 2);
    assert.deepEqual(blockRows(bibtex.result), blockRows(scanBibtex(bibtexText)));
    const records = finish(scanningRis(risText));
    assert.ok(records.steps > 2);
    assert.deepEqual(blockRows(records.result), blockRows(scanRis(risText)));
  });

  it('puts a file into the library at its last step', () => {
    const library = new Library({ formats, languages });
    const steps = library.settingFile('file:///a.bib', bibtexText);
    steps.next();
    assert.equal(library.has('file:///a.bib'), false);
    finish(steps);
    assert.equal(library.bibliography('file:///a.bib')?.entryCount, biblatex.scan(bibtexText).entryCount);
  });

  it('gives way to an editor that opens the file meanwhile', () => {
    const library = new Library({ formats, languages });
    const steps = library.settingFile('file:///a.ris', risText);
    steps.next();
    library.openDocument('file:///a.ris', 'ris', 'TY  - BOOK\nID  - mine\nER  - \n');
    finish(steps);
    const open = library.bibliography('file:///a.ris');
    assert.deepEqual(open?.distinctKeys(), ['mine']);
    library.closeDocument('file:///a.ris');
    assert.equal(library.bibliography('file:///a.ris')?.entryCount, ris.scan(risText).entryCount);
  });

  it('leaves what an editor holds, whatever it is, in front of what the disk says', () => {
    const library = new Library({ formats, languages });
    library.openDocument('file:///a.json', 'json', '{}');
    finish(library.settingFile('file:///a.json', '[{"id": "one", "type": "book", "title": "T"}]'));
    assert.equal(library.text('file:///a.json'), '{}');
    assert.equal(library.bibliography('file:///a.json'), undefined);
  });

  it('keeps what is known of the entries that a new text still has', () => {
    const library = new Library({ formats, languages });
    finish(library.settingFile('file:///a.bib', '@book{one, title={First}}\n@book{two, title={Second}}'));
    const before = library.bibliography('file:///a.bib');
    finish(library.settingFile('file:///a.bib', '@book{one, title={First}}\n@book{three, title={Second}}'));
    assert.equal(library.bibliography('file:///a.bib'), before);
    assert.deepEqual(before?.distinctKeys(), ['one', 'three']);
  });
});

describe('the edit between two texts', () => {
  it('is none between two that are equal', () => {
    assert.equal(editBetween('abc', 'abc'), undefined);
    assert.equal(editBetween(inPieces('abc', 1), inPieces('abc', 2)), undefined);
    assert.equal(editBetween('', inPieces('', 2)), undefined);
  });

  const long = 'abcdefghi'.repeat(3000);
  const cases: readonly (readonly [before: string, after: string])[] = [
    ['', 'a'],
    ['aa', 'aaa'],
    [long, `${long}${long}`],
    [long, `${long.slice(0, 9000)}X${long.slice(9000)}`],
    [`${long}X${long}`, `${long}${long}`],
    [`A${long}`, `B${long}`],
    [`${long}A`, `${long}B`],
  ];
  for (const [before, after] of cases)
    it(`leads from ${before.length} to ${after.length} characters, and is small`, () => {
      const edit = editBetween(before, after);
      assert.ok(edit);
      assert.equal(applyEdits(before, [edit]), after);
      assert.deepEqual(editBetween(inPieces(before, 1000), inPieces(after, 999)), edit);
      const least = Math.max(Math.abs(before.length - after.length), 1);
      assert.equal(Math.max(edit.newText.length, edit.span.end - edit.span.start), least);
    });
});
