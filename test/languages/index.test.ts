import assert from 'node:assert/strict';
import { languageOf, languages, projectFileOf, usualLanguageId } from '../../src/languages/index.ts';

describe('document languages', () => {
  const cases: [languageId: string | undefined, path: string, expected: string | undefined][] = [
    ['latex', 'untitled:Untitled-1', 'latex'],
    ['tex', '/a/b.txt', 'latex'],
    ['plaintext', '/a/b.tex', 'latex'],
    [undefined, '/a/B.TEX', 'latex'],
    [undefined, '/a/b.Rnw', 'latex'],
    [undefined, '/a/b.sty', 'latex'],
    [undefined, '/a/b.dtx', 'latex'],
    ['doctex', '/a/b', 'latex'],
    ['rsweave', '/a/b.Rtex', 'latex'],
    [undefined, '/a/b.Rtex', 'latex'],
    [undefined, '/a/b.pdf_tex', 'latex'],
    [undefined, '/a/b.tikz', 'latex'],
    ['markdown', '/a/b', 'markdown'],
    ['quarto', '/a/b.qmd', 'markdown'],
    ['rmd', '/a/b', 'markdown'],
    [undefined, '/a/b.Rmd', 'markdown'],
    [undefined, '/a/b.markdown', 'markdown'],
    ['plaintext', '/a/b.txt', undefined],
    ['python', '/a/b.py', 'percent-script'],
    [undefined, '/a/b.py', undefined],
    [undefined, '/a/tex', undefined],
    [undefined, '/a/b.tex/c', undefined],
  ];
  for (const [languageId, path, expected] of cases) {
    it(`${languageId ?? 'no id'}, ${path}`, () => {
      assert.equal(languageOf(languageId, path)?.id, expected);
    });
  }

  it('have a usual id where the editor has none', () => {
    const ids = [
      ['plaintext', '/a/b.typ'],
      ['', '/a/b.dtx'],
      ['rmd', '/a/b.md'],
      ['plaintext', '/a/b.txt'],
    ].map(([languageId = '', path = '']) => usualLanguageId(languageId, path));
    assert.deepEqual(ids, ['typst', 'doctex', 'rmd', 'plaintext']);
  });

  it('claim no id and no extension twice', () => {
    const claims = languages.flatMap(language => [...language.languageIds, ...language.extensions]);
    assert.equal(new Set(claims).size, claims.length);
  });
});

describe('project files', () => {
  const read = (path: string, text: string): string[] | undefined =>
    projectFileOf(path)
      ?.scan(text)
      .declarations.map(one => one.target);

  it('are known by name', () => {
    assert.deepEqual(read('file:///a/_metadata.yml', 'bibliography: a.bib'), ['a.bib']);
    assert.equal(read('file:///a/quarto.yml', 'bibliography: a.bib'), undefined);
    assert.equal(projectFileOf('/a/_quarto.yml')?.isRoot, true);
    assert.equal(projectFileOf('/a/_metadata.yml')?.isRoot, false);
  });

  it('name bibliographies at the root, below a format and in a book', () => {
    const text = [
      'project:',
      '  type: book',
      'bibliography: [a.bib] # all',
      'book:',
      '  title: x',
      '  bibliography:',
      '    - b.bib',
      'format:',
      '  html:',
      '    theme: cosmo',
      '    bibliography: c.bib',
      '  pdf: default',
    ].join('\r\n');
    assert.deepEqual(read('_quarto.yml', text), ['a.bib', 'b.bib', 'c.bib']);
  });

  it('name the profiles of a project', () => {
    const text = 'profile:\n  default: draft\n  group:\n    - [basic, advanced]\n    - [a/b]\n';
    const includes = projectFileOf('_quarto.yml')?.scan(text).includes ?? [];
    assert.deepEqual(
      includes.map(one => one.target),
      ['_quarto-draft.yml', '_quarto-basic.yml', '_quarto-advanced.yml'],
    );
    assert.deepEqual(
      includes.map(({ span }) => text.slice(span.start, span.end)),
      ['draft', 'basic', 'advanced'],
    );
  });

  it('of Pandoc name paths from their own folder and from the home folder', () => {
    const text =
      'bibliography:\n- ${.}/a.bib\n- ${HOME}/b.bib\n- ${USERDATA}/c.bib\nmetadata:\n  bibliography: d.bib\n';
    assert.deepEqual(read('defaults.yaml', text), ['./a.bib', '~/b.bib', 'd.bib']);
  });

  it('of commands name what they hand to Pandoc', () => {
    const makefile = [
      'BIB := refs/all.bib',
      '# pandoc --bibliography=old.bib',
      'a.pdf: a.md $(BIB)',
      "\tpandoc --citeproc --bibliography=$(BIB) --bibliography 'my refs.bib' -M bibliography=c.bib \\",
      '\t  --bibliography=$(shell ls *.bib) --bibliography=*.bib -d print --metadata-file=m.yml $< -o $@',
    ].join('\n');
    assert.deepEqual(read('Makefile', makefile), ['refs/all.bib', 'my refs.bib', 'c.bib']);
    const { declarations = [], includes = [] } = projectFileOf('Makefile')?.scan(makefile) ?? {};
    assert.deepEqual(
      declarations.map(({ span }) => makefile.slice(span.start, span.end)),
      ['$(BIB)', 'my refs.bib', 'c.bib'],
    );
    assert.deepEqual(
      includes.map(({ target, impliedExtensions }) => [target, ...impliedExtensions]),
      [['print', '.yaml', '.yml'], ['m.yml']],
    );
    const justfile = 'bib := "refs.bib"\npdf:\n  pandoc --bibliography={{bib}} --bibliography {{ other }} a.md\n';
    assert.deepEqual(read('justfile', justfile), ['refs.bib']);
    assert.deepEqual(read('Makefile', 'a:\n\tcut -d x --bibliography=a.bib'), []);
    assert.deepEqual(read('Makefile', 'a:\n\tpandoc my--bibliography=a.bib --bibliography=\n'), []);
  });

  it('of sites name files, folders and patterns', () => {
    const plugin = (options: string): string => `plugins:\n  - search\n  - bibtex:\n${options}`;
    assert.deepEqual(read('mkdocs.yml', plugin('      bib_file: refs.bib\n')), ['refs.bib']);
    assert.deepEqual(read('mkdocs.yml', plugin('      bib_file: https://a.org/b.bib\n')), ['https://a.org/b.bib']);
    assert.deepEqual(read('mkdocs.yml', plugin('      bib_dir: "bibs/"\n')), ['bibs/**/*.bib']);
    assert.deepEqual(read('mkdocs.yml', 'plugins:\n  bibtex:\n    bib_dir: bibs\n'), ['bibs/**/*.bib']);
    assert.deepEqual(read('mkdocs.yml', 'plugins: [search]\n'), []);
    assert.deepEqual(read('_config.yml', 'scholar:\n  style: apa\n'), ['./_bibliography/references.bib']);
    assert.deepEqual(read('_config.yml', 'scholar:\n  source: ./bib\n  bibliography: "*.bib{,tex}"\n'), [
      './bib/*.bib',
      './bib/*.bibtex',
    ]);
    assert.deepEqual(read('_config.yml', 'title: x\n'), []);
  });

  it('of Emacs are read as data', () => {
    const text =
      '((nil . ((fill-column . 80)\n         (citar-bibliography . ("a.bib" "~/b.bib")) ; "no.bib"\n' +
      '         (org-cite-global-bibliography "c.bib" ; (\n  "d.bib")))\n (org-mode . ((title . "no.bib"))))';
    assert.deepEqual(read('/a/.dir-locals.el', text), ['a.bib', '~/b.bib', 'c.bib', 'd.bib']);
    assert.deepEqual(read('/a/.dir-locals.el', '(citar-bibliography . "a.bib'), ['a.bib']);
    assert.deepEqual(read('/a/.dir-locals.el', '(my-citar-bibliography . "a.bib")'), []);
  });

  it('are read as far as they can be', () => {
    assert.deepEqual(read('_quarto.yml', ''), []);
    assert.deepEqual(read('_quarto.yml', 'a: [\nbibliography: a.bib\nb: "'), ['a.bib']);
    assert.deepEqual(read('_quarto.yml', '\tbibliography: a.bib'), []);
    assert.deepEqual(read('_quarto.yml', '- a\n- b'), []);
  });
});
