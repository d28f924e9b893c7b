import assert from 'node:assert/strict';
import { TakenKeys, makeKeysFresh } from '../../src/features/pasteKeys.ts';
import { bibtex } from '../../src/formats/bibtex.ts';
import { cslJson } from '../../src/formats/cslJson.ts';
import { ris } from '../../src/formats/ris.ts';

describe('keys of what is pasted', () => {
  it('stay where they are free, byte for byte', () => {
    const text = '% mine\n@book{ a , title={A}}\n';
    assert.deepEqual(makeKeysFresh(text, bibtex, new TakenKeys(['b'])), { text, changes: [] });
  });

  it('change where the document has them, letter case aside', () => {
    const { text, changes } = makeKeysFresh(
      '@book{Smith,}\n@book{other,}\n',
      bibtex,
      new TakenKeys(['smith', 'smitha']),
    );
    assert.equal(text, '@book{Smithb,}\n@book{other,}\n');
    assert.deepEqual(changes, [{ from: 'Smith', to: 'Smithb' }]);
  });

  it('change where two of the pasted entries share one', () => {
    const { text } = makeKeysFresh('@book{a,}\n@misc{a,}\n@misc{a,}\n', bibtex, new TakenKeys([]));
    assert.equal(text, '@book{a,}\n@misc{aa,}\n@misc{ab,}\n');
  });

  it('change in what names the entry', () => {
    const pasted = '@book{p,}\n@inbook{c, crossref = {p}, related = "x, p,q"}\n@misc{d, note = {p}, xref = p}\n';
    const { text } = makeKeysFresh(pasted, bibtex, new TakenKeys(['p']));
    assert.equal(
      text,
      '@book{pa,}\n@inbook{c, crossref = {pa}, related = "x, pa,q"}\n@misc{d, note = {p}, xref = p}\n',
    );
  });

  it('are those of the document for a parent that was left out', () => {
    const { text, changes } = makeKeysFresh('@inbook{c, crossref = {p}}', bibtex, new TakenKeys(['mine']), [
      { from: 'p', to: 'mine' },
    ]);
    assert.equal(text, '@inbook{c, crossref = {mine}}');
    assert.deepEqual(changes, []);
  });

  it('change in RIS and CSL-JSON', () => {
    const taken = () => new TakenKeys(['a', '1']);
    assert.equal(makeKeysFresh('TY  - BOOK\nID  - a\nER  - \n', ris, taken()).text, 'TY  - BOOK\nID  - aa\nER  - \n');
    const json = '[{"id":"a","type":"book"},{"id":1,"type":"book"}]';
    assert.equal(makeKeysFresh(json, cslJson, taken()).text, '[{"id":"aa","type":"book"},{"id":"1a","type":"book"}]');
  });

  it('take linear time where thousands share one', () => {
    const count = 20_000;
    const { changes } = makeKeysFresh('@misc{k,}\n'.repeat(count), bibtex, new TakenKeys(['k']));
    assert.equal(new Set(changes.map(({ to }) => to)).size, count);
  });
});
