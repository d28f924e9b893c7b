import assert from 'node:assert/strict';
import { definition } from '../../src/features/definition.ts';
import { diagnostics, type Diagnostic } from '../../src/features/diagnostics.ts';
import { hover } from '../../src/features/hover.ts';
import { sentenceOf } from '../../src/features/messages.ts';
import type { BibliographyProblem } from '../../src/library/bibliography.ts';
import { scopeIn } from '../../src/library/visibleBibliographies.ts';
import { project, scope, type Project } from './project.ts';

const of = (made: Project, name: string): Diagnostic[] => diagnostics(made.library, made.file(name).uri, { scope });

/** Checks codes and underlined places of the first file. */
function check(source: string, ...codes: string[]): Diagnostic[] {
  const made = project(source);
  const [first] = made.files;
  const found = first === undefined ? [] : of(made, first.name);
  assert.deepEqual(
    found.map(problem => problem.code),
    codes,
  );
  assert.deepEqual(
    found.map(problem => problem.span),
    first?.ranges,
  );
  return found;
}

describe('Diagnostics of documents', () => {
  it('reports a bibliography that does not exist where it is named', () => {
    const [problem] = check(
      `
      %! main.tex
      \\addbibresource{missing.bib}
                      ^^^^^^^^^^^
      \\addbibresource{there.bib}
      \\addbibresource[location=remote]{http://e.example/x.bib}
                                       ^^^^^^^^^^^^^^^^^^^^^^
      %! there.bib
      @book{doe}
    `,
      'missing-bibliography',
      'remote-bibliography',
    );
    assert.equal(problem && sentenceOf(problem.code, problem.values), 'The bibliography “missing.bib” does not exist.');
    check(
      `
      %! main.md
      ---
      bibliography: [there.bib, missing.bib]
                                ^^^^^^^^^^^
      ---
      %! there.bib
      @book{doe}
    `,
      'missing-bibliography',
    );
  });

  const projects: readonly (readonly [name: string, text: string])[] = [
    ['conf.py', "bibtex_bibfiles = ['there.bib', 'missing.bib']\n                                 ^^^^^^^^^^^"],
    ['_quarto.yml', 'bibliography: missing.bib\n              ^^^^^^^^^^^'],
    ['_quarto.yml', 'bibliography:\n  - there.bib\n  - missing.bib\n    ^^^^^^^^^^^'],
    ['_quarto.yml', 'format:\n  html:\n    bibliography: missing.bib\n                  ^^^^^^^^^^^'],
    ['_metadata.yml', 'bibliography: missing.bib\n              ^^^^^^^^^^^'],
    ['_bookdown.yml', 'bibliography: [missing.bib]\n               ^^^^^^^^^^^'],
    ['defaults.yaml', 'bibliography: missing.bib\n              ^^^^^^^^^^^'],
    ['myst.yml', 'project:\n  bibliography:\n    - missing.bib\n      ^^^^^^^^^^^'],
    ['_config.yml', 'bibtex_bibfiles:\n  - missing.bib\n    ^^^^^^^^^^^'],
    ['_config.yml', 'scholar:\n  bibliography: missing.bib\n                ^^^^^^^^^^^'],
    ['mkdocs.yml', 'plugins:\n  - bibtex:\n      bib_file: missing.bib\n                ^^^^^^^^^^^'],
    [
      '.dir-locals.el',
      '((nil . ((citar-bibliography . ("missing.bib")))))\n                                 ^^^^^^^^^^^',
    ],
  ];
  for (const [name, text] of projects) {
    it(`reports in ${name} what it names in vain: ${text.split('\n')[0] ?? ''}`, () => {
      const [problem] = check(`%! ${name}\n${text}\n%! there.bib\n@book{doe}`, 'missing-bibliography');
      assert.match(String(problem?.values[0]), /missing\.bib$/u);
      // Once a document stands beside it, it is told there no second time.
      const document = name === 'conf.py' ? 'a.rst' : name === '.dir-locals.el' ? 'a.org' : 'a.md';
      const made = project(`%! ${name}\n${text}\n%! there.bib\n@book{doe}\n%! ${document}\ntext`);
      assert.deepEqual(of(made, document), []);
      assert.equal(of(made, name).length, 1);
    });
  }

  it('reports a file that is no bibliography in a project file', () => {
    check('%! _quarto.yml\nbibliography: refs.bib\n              ^^^^^^^^\n%! refs.bib\n', 'empty-bibliography');
  });

  const remote: readonly (readonly [name: string, text: string])[] = [
    ['a.tex', '\\addbibresource[location=remote]{URL}'],
    ['a.md', '---\nbibliography: URL\n---'],
    ['a.qmd', '---\nbibliography:\n  - URL\n---'],
    ['a.typ', '#bibliography("URL")'],
    ['a.org', '#+bibliography: URL'],
    ['a.adoc', ':bibliography-database: URL'],
    ['a.myst', '---\nbibliography: [URL]\n---'],
    ['_quarto.yml', 'bibliography: URL'],
    ['myst.yml', 'project:\n  bibliography: [URL]'],
    ['mkdocs.yml', 'plugins:\n  - bibtex:\n      bib_file: URL'],
    ['conf.py', "bibtex_bibfiles = ['URL']"],
    ['.dir-locals.el', '((nil . ((citar-bibliography . ("URL")))))'],
  ];
  for (const [name, text] of remote) {
    it(`shows an address on the network as such in ${name}`, () => {
      const address = 'https://e.example/x.bib';
      const made = project(`%! ${name}\n${text.replace('URL', address)}`);
      const file = made.file(name);
      const start = file.text.indexOf(address);
      const span = { start, end: start + address.length };
      const [problem, ...others] = of(made, name);
      assert.deepEqual([problem?.code, problem?.span, others], ['remote-bibliography', span, []]);
      // The message is shown to whoever points at it: a card would say it a second time.
      assert.equal(hover(made.library, file.uri, start + 3, { scope }), undefined);
      assert.equal(definition(made.library, file.uri, start + 3, { scope }), undefined);
      assert.deepEqual(
        scopeIn(made.library, file.uri, scope).wanted.filter(uri => uri.startsWith('http')),
        [],
      );
    });
  }

  it('reads a project file that is open as a script', () => {
    const made = project(
      "%! conf.py\nbibtex_bibfiles = ['refs.bib', 'missing.bib']\n%! refs.bib\n@book{doe}\n%! sub/a.rst\n:cite:`doe`",
    );
    made.library.openDocument(made.file('conf.py').uri, 'python', made.file('conf.py').text);
    assert.deepEqual(
      of(made, 'conf.py').map(problem => problem.values),
      [['missing.bib']],
    );
    const seen = scopeIn(made.library, made.file('sub/a.rst').uri, scope).bibliographies;
    assert.deepEqual(
      seen.map(one => [one.uri, one.reason.kind]),
      [['file:///project/refs.bib', 'declared']],
    );
  });

  const unusable: readonly (readonly [problem: BibliographyProblem, code: string, sentence: RegExp])[] = [
    [{ code: 'binary' }, 'binary-bibliography', /“refs” is a binary file/u],
    [{ code: 'undecodable' }, 'undecodable-bibliography', /save it as UTF-8/u],
    [{ code: 'unreadable', reason: 'no permission' }, 'unreadable-bibliography', /cannot be read: no permission/u],
  ];
  for (const [problem, code, sentence] of unusable) {
    it(`reports a bibliography that is ${problem.code} where it is named`, () => {
      const made = project('%! main.tex\n\\bibliography{refs}\n%! refs.bib\n');
      made.library.setFile('file:///project/refs.bib', { problem });
      const [found] = of(made, 'main.tex');
      assert.equal(found?.code, code);
      assert.match(sentenceOf(found.code, found.values), sentence);
    });
  }

  it('reports one without entries', () => {
    const codes = (text: string): string[] =>
      of(project(`%! main.tex\n\\bibliography{refs}\n%! refs.bib\n${text}`), 'main.tex').map(problem => problem.code);
    assert.deepEqual(codes(''), ['empty-bibliography']);
    assert.deepEqual(codes('prose'), ['no-entries']);
    assert.deepEqual(codes('@book{doe}'), []);
  });
});

describe('Diagnostics of bibliographies', () => {
  it('reports errors of notation where they are', () => {
    check(
      `
      %! a.bib
      @book{fine, title = {T}}
      @book{doe, title = {T} year = 2000}
                            !
      `,
      'missing-comma',
    );
    check('%! a.bib\n@book{, title = {T}}\n      !', 'missing-key');
    check('%! a.ris\nTY  - JOUR\nTI  - One\nER  - \n');
  });

  it('reports the keys that two entries of a file share', () => {
    const [first] = check(
      `
      %! a.bib
      @book{doe}
            ^^^
      @book{roe}
      @misc{doe}
            ^^^
    `,
      'duplicate-key',
      'duplicate-key',
    );
    assert.equal(first && sentenceOf(first.code, first.values), 'The key “doe” is used by 2 entries of this file.');
    assert.equal(first?.related.length, 1);
  });

  it('tells of keys that other files use, too', () => {
    const [first] = check(
      `
      %! a.bib
      @book{doe, title = {Trees}}
            ^^^
      %! sub/b.bib
      @book{doe, title = {Stones}}
      @book{roe}
      %! c.bib
      @book{doe}
    `,
      'duplicate-key-elsewhere',
    );
    assert.equal(first?.severity, 'information');
    assert.deepEqual(first.values, ['doe', 'c.bib, b.bib']);
    assert.deepEqual(
      first.related.map(place => place.uri),
      ['file:///project/c.bib', 'file:///project/sub/b.bib'],
    );
  });

  it('is silent about copies of an entry, in whatever layout or format', () => {
    check(`
      %! a.bib
      @book{same}
      @book{laidOut, title = {Trees}, year = 2001, author = {Doe, Jane}}
      @article{converted, title = {Stones and Sand}, doi = {10.1000/STONES}}
      %! b.bib
      @book{same}
      @Book{laidOut,
        author = "Jane Doe",
        title  = {{Trees}},
        date   = 2001,
      }
      %! c.ris
      TY  - JOUR
      ID  - converted
      TI  - Stones
      DO  - 10.1000/stones
      ER  - 
    `);
  });

  it('tells of a copy that has become another work, and no longer once it is the same again', () => {
    const made = project(
      '%! a.bib\n@string{t = "Trees"}\n@book{doe, title = t}\n%! b.bib\n@book{doe, title = {Trees}}\n',
    );
    const uri = made.file('a.bib').uri;
    const codes = (): string[] => of(made, 'a.bib').map(problem => problem.code);
    made.library.openDocument(uri, 'bibtex', made.file('a.bib').text);
    assert.deepEqual(codes(), []);
    const typed = { start: 17, end: 17 };
    made.library.editDocument(uri, [{ span: typed, newText: 'x' }]);
    assert.deepEqual(codes(), ['duplicate-key-elsewhere']);
    made.library.editDocument(uri, [{ span: { ...typed, end: 18 }, newText: '' }]);
    assert.deepEqual(codes(), []);
  });

  it('gives the same after an edit as for a file opened anew, and reads only what was touched', () => {
    const made = project('%! a.bib\n@book{doe, title = {T}}\n@book{roe title = {T}}\n');
    const uri = made.file('a.bib').uri;
    made.library.openDocument(uri, 'bibtex', made.file('a.bib').text);
    of(made, 'a.bib');
    made.library.editDocument(uri, [{ span: { start: 6, end: 6 }, newText: 'x y ' }]);
    const fresh = project(`%! a.bib\n${made.library.text(uri) ?? ''}`);
    assert.deepEqual(of(made, 'a.bib'), of(fresh, 'a.bib'));
  });
});
