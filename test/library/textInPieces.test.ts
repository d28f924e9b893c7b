import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { atOnce } from '../../src/base/atOnce.ts';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import type { Bibliography } from '../../src/library/bibliography.ts';
import { citedEntries } from '../../src/library/citedEntries.ts';
import { Library } from '../../src/library/library.ts';
import { search } from '../../src/library/search.ts';
import type { FileText } from '../../src/text/fileText.ts';
import { inPieces } from '../support/inPieces.ts';

const BIBTEX = `@string{acm = "Communications of the " # press}
@string(press = {ACM})
Text between, with “quotes”.
@article{knuth84, author = {Donald E. Knuth}, title = {Literate {P}rogramming}, journal = acm, year = 1984,
  doi = {10.1093/comjnl/27.2.97}}
@proceedings{all, editor = "Müller, Jörg", title = {All of It}, date = {2001-05}}
@inproceedings{part, crossref = {all}, title = {A Part “of” It}, pages = {1--2},}
@comment{ @book{none, title = {No}} }
@book{open, title = {Never Closed, year = 1990
@book{next, title = {The Next One}, author = "A and B", year = {1991}}
`;
const RIS = `A line before
TY  - JOUR
ID  - knuth84
AU  - Knuth, Donald E.
TI  - Literate “Programming”
PY  - 1984
ER  - 
TY  - BOOK
AU  - Müller, Jörg
TI  - Without Key
ER  - 
TY  - BOOK
TI  - Never closed
`;

function libraryOf(uri: string, text: FileText): Library {
  const library = new Library({ formats, languages });
  atOnce(library.settingFile(uri, text));
  return library;
}

function bibliographyOf(uri: string, text: FileText): Bibliography {
  const bibliography = libraryOf(uri, text).bibliography(uri);
  assert.ok(bibliography);
  return bibliography;
}

/** All that anybody may ask of an entry. */
function entryPicture(bibliography: Bibliography, entry: number): unknown {
  const words: unknown[] = [];
  bibliography.searched(entry, (place, codes, start, end) => words.push(place, [...codes.subarray(start, end)]));
  const { start, end } = bibliography.entrySpan(entry);
  return {
    key: bibliography.key(entry),
    keySpan: bibliography.keySpan(entry),
    type: bibliography.entries.type(entry),
    text: bibliography.text.slice(start, end),
    places: [bibliography.placeAt(start), bibliography.placeAt(end)],
    reference: bibliography.reference(entry),
    summary: bibliography.summary(entry),
    identity: bibliography.identity(entry),
    problems: bibliography.syntaxProblems(entry),
    words,
  };
}

const picture = (bibliography: Bibliography): unknown[] =>
  Array.from({ length: bibliography.entryCount }, (_, entry) => entryPicture(bibliography, entry));

describe('A bibliography whose text is in pieces', () => {
  const cases = [
    ['file:///a.bib', BIBTEX],
    ['file:///a.ris', RIS],
  ] as const;
  for (const [uri, text] of cases) {
    it(`${uri}: law: however it is cut, everything is as in one string`, () => {
      const whole = picture(bibliographyOf(uri, text));
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 200 }), length => {
          assert.deepEqual(picture(bibliographyOf(uri, inPieces(text, length))), whole);
        }),
        { seed: 1, numRuns: 60 },
      );
    });

    it(`${uri}: is handed to an editor and taken back, edited, as one string is`, () => {
      const edited = `${text.slice(0, 80)}@x${text.slice(80, 200)}${text.slice(230)}`;
      const [inOne, pieces] = [libraryOf(uri, text), libraryOf(uri, inPieces(text, 50))];
      const before = pieces.bibliography(uri);
      for (const [library, disk] of [[inOne, edited] as const, [pieces, inPieces(edited, 70)] as const]) {
        library.openDocument(uri, '', text);
        library.editDocument(uri, [{ span: { start: 80, end: 80 }, newText: '@x' }]);
        library.editDocument(uri, [{ span: { start: 202, end: 232 }, newText: '' }]);
        library.setFile(uri, { text: disk });
        library.closeDocument(uri);
      }
      const [one, other] = [inOne.bibliography(uri), pieces.bibliography(uri)];
      assert.ok(one && other);
      assert.equal(other, before);
      assert.deepEqual(picture(other), picture(one));
      assert.deepEqual(picture(one), picture(bibliographyOf(uri, edited)));
    });
  }

  it('changes on disk', () => {
    const bibliography = bibliographyOf('file:///a.bib', inPieces(BIBTEX, 64));
    const changed = BIBTEX.replace('1984', '1985').replace('@book{open', '@book{opened');
    bibliography.replaceText(inPieces(changed, 64));
    assert.deepEqual(picture(bibliography), picture(bibliographyOf('file:///a.bib', changed)));
  });

  it('finds the entry of a DOI that a cut divides', () => {
    for (let length = 1; length < 60; length++) {
      const bibliography = bibliographyOf('file:///a.bib', inPieces(BIBTEX, length));
      const [found, ...more] = citedEntries([bibliography], '10.1093/comjnl/27.2.97');
      assert.equal(found && bibliography.key(found.entry), 'knuth84');
      assert.equal(more.length, 0);
    }
  });

  it('tells an empty text from one without entries', () => {
    assert.deepEqual(bibliographyOf('file:///a.bib', inPieces(' \n'.repeat(9000), 100)).problem, { code: 'empty' });
    const words = inPieces(`${' \n'.repeat(9000)}words`, 100);
    assert.equal(bibliographyOf('file:///a.bib', words).problem?.code, 'no-entries');
  });

  it('is put together where the format needs it whole', () => {
    const json = '[{"id": "one", "type": "book", "title": "First"}, {"id": "two", "type": "book"}]';
    const bibliography = bibliographyOf('file:///a.json', inPieces(json, 7));
    assert.equal(bibliography.text, json);
    assert.deepEqual(bibliography.distinctKeys(), ['one', 'two']);
  });

  for (const name of ['clean-10M.bib', 'raw-10M.bib'])
    it(`${name} is read as in one string`, function () {
      const file = join(import.meta.dirname, '../../../shared/data/libraries', name);
      if (!existsSync(file)) {
        console.log('      skipped: the real library is not beside the checkout');
        this.skip();
      }
      const text = readFileSync(file, 'utf8');
      const whole = bibliographyOf('file:///a.bib', text);
      const pieces = bibliographyOf('file:///a.bib', inPieces(text, 1 << 14));
      assert.equal(pieces.entryCount, whole.entryCount);
      for (let entry = 0; entry < whole.entryCount; entry += 7)
        assert.deepEqual(entryPicture(pieces, entry), entryPicture(whole, entry));
      assert.deepEqual(pieces.distinctKeys(), whole.distinctKeys());
      const hits = (bibliography: Bibliography): unknown[] =>
        search([bibliography], 'knuth programming', 50).map(({ entry }) => entry);
      assert.deepEqual(hits(pieces), hits(whole));
    });
});
