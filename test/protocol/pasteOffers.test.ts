import assert from 'node:assert/strict';
import type { ConversionFormat, Recognition } from '../../src/protocol/conversion.ts';
import { isOfLanguage, mayBeBibliography, mayHoldReferences, pasteOffers } from '../../src/protocol/pasteOffers.ts';

const holds = (...parts: readonly [ConversionFormat, number][]): Recognition => ({
  parts: parts.map(([format, count]) => ({ format, count })),
  sameWorks: false,
});

describe('text that is pasted', () => {
  const worthAsking: [name: string, text: string][] = [
    ['an entry', '@book{a,\n title = {T}}'],
    ['a record', 'TY  - JOUR\nER  - '],
    ['a record of a page, spaced by the browser', 'Cite this\n\nTY - JOUR\n\nER -'],
    ['a page with an entry in its middle', `${'Prose.\n'.repeat(1000)}@article{a,\n}`],
    ['PubMed', 'PMID- 12345678\nTI  - T'],
    ['EndNote', '%0 Journal Article\n%T T'],
    ['Web of Science', 'FN Clarivate\nVR 1.0\nPT J\nAU A'],
    ['CSL-JSON', '[\n  {"id": "a", "type": "book"}\n]'],
  ];
  for (const [name, text] of worthAsking) {
    it(`is worth asking for: ${name}`, () => {
      assert.ok(mayHoldReferences(text));
    });
  }

  const ordinary: [name: string, text: string][] = [
    ['nothing', ''],
    ['a word', 'Gillard'],
    ['an address', 'https://doi.org/10.1000/182'],
    ['somebody’s address', 'write to peer@example.org (or call)'],
    ['a field', '  title = {The Title},\n'],
    ['prose', 'Some prose, with a comma.\n'.repeat(2000)],
    ['more than one waits for', '@book{a}\n'.repeat(1_000_000)],
  ];
  for (const [name, text] of ordinary) {
    it(`is an ordinary paste: ${name}`, () => {
      assert.ok(!mayHoldReferences(text));
    });
  }

  it('is of the document’s language when it is nothing but entries of it', () => {
    assert.ok(isOfLanguage('bibtex', '\n@book{a,\n}\n\n@book{b,\n}\n'));
    assert.ok(isOfLanguage('bibtex', '% mine\n@book(a,\n)'));
    assert.ok(!isOfLanguage('bibtex', 'Cite as:\n@book{a,\n}\nCopy'));
    assert.ok(!isOfLanguage('bibtex', 'TY  - JOUR\nER  - '));
    assert.ok(isOfLanguage('ris', 'TY  - JOUR\r\nTI  - T\r\nER  - \r\n'));
    assert.ok(!isOfLanguage('ris', 'Download\nTY  - JOUR\nER  - '));
    assert.ok(!isOfLanguage('ris', '@book{a,\n}'));
  });
});

describe('what is offered for references that are pasted', () => {
  const names = (...given: Parameters<typeof pasteOffers>): string[] => pasteOffers(...given).map(({ name }) => name);

  it('is the dialect of the document first', () => {
    assert.deepEqual(names('bibtex', 'bibtex', [holds(['ris', 1])]), ['BibTeX Entry', 'BibLaTeX Entry']);
    assert.deepEqual(names('bibtex', undefined, [holds(['ris', 1])]), ['BibLaTeX Entry', 'BibTeX Entry']);
    assert.deepEqual(names('ris', 'ris', [holds(['bibtex', 1])]), ['RIS Record']);
  });

  it('counts over formats and sources', () => {
    assert.deepEqual(names('ris', undefined, [holds(['bibtex', 2], ['csl-json', 1]), holds(['bibtex', 1])]), [
      '4 RIS Records',
    ]);
    assert.deepEqual(names('bibtex', 'biblatex', [holds(['ris', 3])]), ['3 BibLaTeX Entries', '3 BibTeX Entries']);
  });

  it('is one entry for a work that a page holds in two formats', () => {
    const page = { ...holds(['bibtex', 1], ['ris', 1]), sameWorks: true };
    assert.deepEqual(names('ris', undefined, [page]), ['RIS Record']);
    const pages = { ...holds(['bibtex', 2], ['ris', 1]), sameWorks: true };
    assert.deepEqual(names('ris', undefined, [pages]), ['RIS Records']);
  });

  it('is nothing where no reference was found', () => {
    assert.deepEqual(names('bibtex', 'bibtex', [{ ...holds(), problem: 'no-bibliography' }]), []);
  });
});

describe('files that are dropped', () => {
  it('may be bibliographies by their names', () => {
    for (const name of ['a.bib', 'A.RIS', 'x.y.nbib', 'c.enw', 'd.json', 'savedrecs.txt', 'e.ciw']) {
      assert.ok(mayBeBibliography(name), name);
    }
    for (const name of ['a.tex', 'bib', 'picture.png', 'ris.', '']) assert.ok(!mayBeBibliography(name), name);
  });
});
