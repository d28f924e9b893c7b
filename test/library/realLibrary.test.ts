import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { biblatex } from '../../src/formats/biblatex.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { Characters } from '../../src/library/characters.ts';
import { search } from '../../src/library/search.ts';
import { scanBibtex } from '../../src/syntax/bibtex.ts';
import { forEachField } from '../../src/syntax/bibtexFields.ts';
import { plainTex } from '../../src/syntax/tex.ts';
import { wholeText } from '../../src/text/fileText.ts';
import { searchedWords } from '../support/searchedEntry.ts';

const REAL = join(import.meta.dirname, '../../../shared/data/libraries/clean-10M.bib');

describe('Search in a real library', () => {
  let bibliography: Bibliography | undefined;

  before(function () {
    if (!existsSync(REAL)) {
      console.log('      skipped: the real library is not beside the checkout');
      this.skip();
    }
    bibliography = new Bibliography('file:///real.bib', biblatex, readFileSync(REAL, 'utf8'));
    Array.from(bibliography.search.indexing(bibliography));
  });

  const first: readonly (readonly [query: string, key: string])[] = [
    ['knuth 1984 literate', 'Knuth:1984'],
    ['literate knuth', 'Knuth:1984'],
    ['dijkstra', 'dijkstra-discipline'],
    ['dijkstra discipline', 'dijkstra-discipline'],
    ['dikjstra discip', 'dijkstra-discipline'],
    ['companion latex', 'MittelbachLaTeXCompanion2006'],
    ['goossens companion', 'companion1'],
    ['shannon communication', 'Shannon1948'],
    ['shannon secrecy', 'Sh49'],
    ['hoare', 'hoare'],
    ['hoare 1978', 'Hoare78:CSP'],
    ['cooley tukey', 'Cooley:1965:AMC'],
    ['coley tukey', 'Cooley:1965:AMC'],
    ['hopfield collective', 'hopfield:collective'],
    ['dantzig primal', 'Dantzig56'],
    ['ousterhout faster', 'ouster:os'],
    ['rivest signatures', 'rivest-et-al-cacm1978'],
    ['schrodinger life', 'Schrodinger:1962:WLP'],
    ['kernighan awk', 'Awk88'],
    ['stroustrup c++', 'stroustrup:1997'],
    ['patashnik designing', 'IEEEexample:bibtexdesign'],
    ['priest liar godel', 'chih:prie84'],
  ];
  for (const [query, key] of first) {
    it(`finds ${key} first by ${query}`, () => {
      assert.ok(bibliography);
      const [hit] = search([bibliography], query, 100);
      assert.equal(hit && bibliography.key(hit.entry), key);
    });
  }

  it('has the same words where TeX is read at once', () => {
    const characters = new Characters();
    const words = (): string[] => searchedWords(characters.letters, 0, characters.length);
    const text = wholeText(bibliography?.text ?? '');
    const blocks = scanBibtex(text);
    let atOnce = 0;
    for (let block = 0; block < blocks.count; block++) {
      forEachField(text, blocks, block, (_nameStart, _nameEnd, valueStart, valueEnd) => {
        const value = text.slice(valueStart, valueEnd);
        if (!value.includes('\\') || !characters.loadTex(value)) return;
        const found = words();
        characters.load(plainTex(value));
        assert.deepEqual(found, words(), value);
        atOnce++;
      });
    }
    assert.ok(atOnce > 3000, String(atOnce));
  });
});
