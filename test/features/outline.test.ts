import assert from 'node:assert/strict';
import { foldings } from '../../src/features/folding.ts';
import { symbols } from '../../src/features/symbols.ts';
import { underline } from '../support/fixture.ts';
import { project } from './project.ts';

describe('Outline', () => {
  it('lists entries by key with authors, year and title', () => {
    const { library, file } = project(`
      %! a.bib
      @article{doe, author = {Jane Doe and Richard Roe}, year = 2001, title = {One}}
               ^^^
      @misc{, title = {Two}}
            !
      %! b.ris
      TY  - JOUR
      AU  - Doe, Jane
      PY  - 2003
      TI  - Three
      ER  -
      %! c.tex
      x
    `);
    const shown = (name: string): (readonly string[])[] | undefined =>
      symbols(library, file(name).uri)?.map(symbol => [symbol.name, symbol.detail]);
    assert.deepEqual(shown('a.bib'), [
      ['doe', 'Doe & Roe 2001 One'],
      ['misc', 'Two'],
    ]);
    assert.deepEqual(shown('b.ris'), [['doe2003three', 'Doe 2003 Three']]);
    assert.equal(shown('c.tex'), undefined);
    assert.deepEqual(
      symbols(library, file('a.bib').uri)?.map(symbol => symbol.selectionSpan),
      file('a.bib').ranges,
    );
  });
});

describe('Folding', () => {
  it('folds entries of several lines', () => {
    const { library, file } = project(`
      %! a.bib
      @book{one}

      @book{two,
        title = {T},
      }

      text
      @book{three, title = {never
      closed
      %! b.ris
      TY  - JOUR
      TI  - One
      ER  -

      TY  - JOUR
      TI  - Two
      ER  -
    `);
    const texts = (name: string): string[] | undefined =>
      foldings(library, file(name).uri)?.map(({ start, end }) => file(name).text.slice(start, end));
    assert.deepEqual(
      texts('a.bib'),
      ['@book{two,\n  title = {T},\n}', '@book{three, title = {never\nclosed'],
      underline(file('a.bib').text, foldings(library, file('a.bib').uri) ?? []),
    );
    assert.deepEqual(texts('b.ris'), ['TY  - JOUR\nTI  - One\nER  -', 'TY  - JOUR\nTI  - Two\nER  -']);
    assert.equal(foldings(library, 'file:///project/none.tex'), undefined);
  });
});
