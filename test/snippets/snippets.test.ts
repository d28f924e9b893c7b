import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { bibtexSnippets, type Snippet } from '../../scripts/generateSnippets.ts';
import { BIBLATEX_TYPES } from '../../src/data/biblatexTypes.ts';
import { BIBTEX_TYPES } from '../../src/data/bibtexTypes.ts';
import { bibtexEntries, scanBibtex } from '../../src/syntax/bibtex.ts';
import { parseEntry } from '../../src/syntax/bibtexEntry.ts';
import { risEntries, scanRis } from '../../src/syntax/tagged.ts';
import { slice } from '../../src/text/span.ts';

const read = (name: string): Record<string, Snippet> =>
  JSON.parse(readFileSync(`snippets/${name}.json`, 'utf8')) as Record<string, Snippet>;

/** What stands in the editor when the user has typed nothing over the placeholders. */
const inserted = (snippet: Snippet): string =>
  snippet.body
    .join('\n')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\{\d+\|([^,|]*)(?:,[^|]*)?\|\}/g, '$1')
    .replace(/\$\d+/g, '');

describe('snippets', () => {
  const bibtex = read('bibtex');
  const ris = read('ris');

  it('for .bib are what the table of entry types gives', () => {
    assert.deepEqual(bibtex, bibtexSnippets());
  });

  for (const type of [...BIBLATEX_TYPES.filter(candidate => candidate.aliasOf === undefined), ...BIBTEX_TYPES]) {
    const isBibtex = BIBTEX_TYPES.includes(type);
    it(`write an @${type.name} of ${isBibtex ? 'BibTeX' : 'BibLaTeX'} with what it requires`, () => {
      const snippet = bibtex[isBibtex ? `@${type.name} (BibTeX)` : `@${type.name}`];
      assert.ok(snippet);
      const text = inserted(snippet);
      const entries = bibtexEntries(text, scanBibtex(text));
      assert.equal(entries.entryCount, 1);
      assert.equal(entries.type(0), type.name);
      assert.equal(entries.key(0), 'key');
      const tree = parseEntry(text, entries.entrySpan(0));
      assert.deepEqual(tree.errors, []);
      const fields = tree.fields.map(field => slice(text, field.name));
      for (const group of type.required)
        assert.ok(
          group.some(field => fields.includes(field)),
          group.join('/'),
        );
    });
  }

  for (const [name, snippet] of Object.entries(ris)) {
    it(`write a record of RIS with ${name}`, () => {
      const text = inserted(snippet);
      const records = risEntries(text, scanRis(text));
      assert.equal(records.entryCount, 1);
      assert.equal(`TY  - ${records.type(0)}`, name);
      assert.equal(records.key(0), 'key');
      assert.match(text, /\nER {2}- \n$/);
    });
  }

  it('have each prefix once', () => {
    for (const snippets of [bibtex, ris]) {
      const prefixes = Object.values(snippets).flatMap(snippet => snippet.prefix);
      assert.deepEqual(prefixes, [...new Set(prefixes)]);
    }
  });
});
