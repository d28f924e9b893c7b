import assert from 'node:assert/strict';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { reachOf } from '../../src/library/reach.ts';

const root = 'file:///project';

/** One entry in each format. */
const files: ReadonlyMap<string, string> = new Map([
  ['f.bib', '@book{k, title = {Forest}}'],
  ['f.ris', 'TY  - BOOK\nID  - k\nTI  - Forest\nER  - \n'],
  ['f.json', '[{ "id": "k", "type": "book", "title": "Forest" }]'],
  ['f.yaml', 'references:\n- id: k\n  type: book\n  title: Forest\n'],
  ['f.yml', 'k:\n  type: book\n  title: Forest\n'],
  ['f.nbib', 'PMID- 1\nTI  - Forest\nOID - Key: k\n'],
  ['f.enw', '%0 Book\n%T Forest\n%F k\n'],
  [
    'f.xml',
    '<xml><records><record><ref-type name="Book">6</ref-type><titles><title>Forest</title></titles><label>k</label></record></records></xml>',
  ],
  ['f.ciw', 'FN Clarivate\nVR 1.0\nPT B\nTI Forest\nUT WOS:1\nER\nEF\n'],
]);

/** Whether a document can cite at once from a file that it names or that lies beside it. */
function canCite(document: string, text: string, file: string): boolean {
  const library = new Library({ formats, languages });
  const uri = `${root}/${document}`;
  library.setFile(uri, { text });
  library.setFile(`${root}/${file}`, { text: files.get(file) ?? '' });
  library.openDocument(uri, '', text);
  Array.from(library.indexing());
  const opened = library.manuscript(uri);
  assert.ok(opened);
  const { usable, outside } = reachOf(library, opened, { globalBibliographies: [], folders: [root] });
  // Whatever it is, it is offered.
  assert.equal(usable.length + outside.length, 1, file);
  return usable.length === 1;
}

describe('What a document can cite at once', () => {
  const documents: readonly (readonly [name: string, declaration: string, read: readonly string[]])[] = [
    ['a.tex', '\\addbibresource{FILE}\n', ['f.bib']],
    ['a.md', '---\nbibliography: FILE\n---\n', ['f.bib', 'f.ris', 'f.json', 'f.yaml']],
    ['a.qmd', '---\nbibliography: FILE\n---\n', ['f.bib', 'f.ris', 'f.json', 'f.yaml']],
    ['a.Rmd', '---\nbibliography: FILE\n---\n', ['f.bib', 'f.ris', 'f.json', 'f.yaml']],
    ['a.myst', '---\nbibliography: FILE\n---\n', ['f.bib']],
    ['a.rst', '.. bibliography:: FILE\n', ['f.bib']],
    ['a.typ', '#bibliography("FILE")\n', ['f.bib', 'f.yml']],
    ['a.adoc', ':bibtex-file: FILE\n', ['f.bib']],
    ['a.org', '#+bibliography: FILE\n', ['f.bib', 'f.json']],
    // A processor of CSL, in LaTeX.
    [
      'b.tex',
      '\\usepackage{citation-style-language}\n\\cslsetup{bib-resource={FILE}}\n',
      ['f.bib', 'f.json', 'f.yaml'],
    ],
  ];
  for (const [name, declaration, read] of documents) {
    it(`${name} ${JSON.stringify(declaration)}: ${read.join(', ')}`, () => {
      const found = [...files.keys()].filter(file => canCite(name, declaration.replace('FILE', file), file));
      assert.deepEqual(found, read);
    });
  }

  it('is what the processor reads of the files beside it, too', () => {
    assert.equal(canCite('a.tex', 'text', 'f.bib'), true);
    assert.equal(canCite('a.tex', 'text', 'f.ris'), false);
    assert.equal(canCite('a.md', 'text', 'f.ris'), true);
    assert.equal(canCite('b.tex', '\\usepackage{citation-style-language}', 'f.json'), false);
  });
});
