import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { convert } from '../../src/formats/convert.ts';

const file = `\uFEFF% A library
@string{jacm = "Journal of the ACM"}
@comment{jabref-meta: x}

@Article{Knuth:76,
  AUTHOR  = "Knuth, Donald E. and others",
  title= {{The} {\\TeX}book: a \\emph{study}},
  journal = jacm,
  month   = nov # "~10",
  year = 1976,
  Odd-Field = {kept, \\& as it is}
}
between
@InBook ( second,
title = {Z}, bookauthor = {A B}, pages = {1--2},
)
% the end`;

describe('BibTeX through another format and back', () => {
  for (const via of ['csl-json', 'ris'] as const) {
    const there = convert(file, { from: 'bibtex', to: via, lossless: true });
    const back = (text: string): string => convert(text, { from: via, to: 'biblatex' }).text;

    it(`is the same file, byte for byte, through ${via}`, () => {
      assert.deepEqual(there.losses, []);
      assert.equal(back(there.text), file);
      assert.equal(convert(there.text, { from: via, to: 'bibtex' }).text, file);
    });
  }

  it('writes macros out where their definitions are gone', () => {
    const { text } = convert(file, { from: 'bibtex', to: 'csl-json' });
    const [first] = JSON.parse(text) as { custom: { 'bib:entry': { before?: string } } }[];
    assert.ok(first);
    first.custom['bib:entry'].before = '';
    const { text: back } = convert(JSON.stringify([first]), { from: 'csl-json', to: 'biblatex' });
    assert.match(back, /journal = \{Journal of the ACM\}/u);
  });

  it('writes a changed title anew and keeps the notation of all others', () => {
    const items = JSON.parse(convert(file, { from: 'bibtex', to: 'csl-json' }).text) as Record<string, unknown>[];
    const changed = items.map((item, at) => (at === 0 ? { ...item, title: 'New', id: 'k' } : item));
    const { text } = convert(JSON.stringify(changed), { from: 'csl-json', to: 'biblatex' });
    assert.match(
      text,
      /@Article\{k,\n {2}AUTHOR = "Knuth, Donald E\. and others",\n {2}title = \{New\},\n {2}journal = jacm,/u,
    );
    assert.ok(text.endsWith(file.slice(file.indexOf('between'))));
  });

  it('leaves out what was deleted and adds what is new', () => {
    const items = JSON.parse(convert(file, { from: 'bibtex', to: 'csl-json' }).text) as Record<string, unknown>[];
    const changed = items.map(item => ({
      ...Object.fromEntries(Object.entries(item).filter(([name]) => name !== 'author')),
      publisher: 'P',
    }));
    const { text } = convert(JSON.stringify(changed), { from: 'csl-json', to: 'biblatex' });
    assert.doesNotMatch(text, /AUTHOR/u);
    assert.match(text, /publisher = \{P\}/u);
    assert.match(text, /Odd-Field = \{kept, \\& as it is\}/u);
  });

  it('takes nothing from what somebody else wrote in its place', () => {
    for (const entry of [null, 'x', { layout: 3 }, { layout: 'no entry' }, { layout: '@a{b,}@c{d,}' }]) {
      const json = JSON.stringify([{ id: 'k', type: 'book', title: 'T', custom: { 'bib:entry': entry } }]);
      const { text } = convert(json, { from: 'csl-json', to: 'biblatex', lossless: false });
      assert.match(text, /@book\{k,\n {2}title = \{T\},\n\}/u);
    }
    const ris = 'TY  - BOOK\nID  - k\nTI  - T\nN1  - bib:entry: {broken\nER  - \n';
    assert.match(convert(ris, { from: 'ris', to: 'biblatex' }).text, /title = \{T\}/u);
  });

  it('takes nothing along where that is not wanted', () => {
    assert.doesNotMatch(convert(file, { from: 'bibtex', to: 'csl-json', lossless: false }).text, /bib:entry/u);
    assert.doesNotMatch(convert(file, { from: 'bibtex', to: 'ris' }).text, /bib:entry/u);
  });

  it('keeps every real entry', function () {
    const data = '../shared/data/conversion/bibtex-entries.jsonl';
    if (!existsSync(data)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    const units = readFileSync(data, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { id: string; text: string });
    const through = (text: string, via: 'csl-json' | 'ris'): string => {
      const there = convert(text, { from: 'biblatex', to: via, lossless: true });
      return convert(there.text, { from: via, to: 'biblatex' }).text;
    };
    assert.deepEqual(
      units.filter(({ text }) => through(text, 'csl-json') !== text).map(unit => unit.id),
      [],
    );
    // What a parent gives cannot always be told in RIS from what the entry has.
    assert.ok(units.filter(({ text }) => through(text, 'ris') !== text).length <= 3);
  });
});
