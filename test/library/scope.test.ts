import assert from 'node:assert/strict';
import { languageOf, projectFileOf } from '../../src/languages/index.ts';
import { scanMetadata } from '../../src/languages/quartoProject.ts';
import type { Scope, ScopeOptions } from '../../src/library/scope.ts';
import { scopeOf } from '../../src/library/scope.ts';
import type { ScopeSource } from '../../src/library/scopeSource.ts';
import { parseFixture } from '../support/fixture.ts';

const root = 'file:///project';

function sourceOf(files: ReadonlyMap<string, string>): ScopeSource {
  const uris = [...files.keys()];
  const languageAt = (uri: string) => languageOf(undefined, uri);
  return {
    document: uri => {
      const language = languageAt(uri);
      const text = files.get(uri);
      return language === undefined || text === undefined ? undefined : { language, scanned: language.scan(text) };
    },
    documentUris: () => uris.filter(uri => languageAt(uri) !== undefined),
    bibliographyUris: () => uris.filter(uri => /\.(?:bib|ris|json)$/.test(uri)),
    has: uri => files.has(uri),
    metadata: uri => {
      const text = files.get(uri);
      if (text === undefined) return undefined;
      const reader = projectFileOf(uri) ?? (/\.ya?ml$/.test(uri) ? { scan: scanMetadata } : undefined);
      return reader?.scan(text);
    },
  };
}

/** The scope of the first file of a fixture. */
function scopeIn(fixture: string, options: Partial<ScopeOptions> = {}): Scope {
  const { files } = parseFixture(fixture);
  const source = sourceOf(new Map(files.map(file => [file.uri, file.text])));
  return scopeOf(source, files[0]?.uri ?? '', { globalBibliographies: [], folders: [root], ...options });
}

const short = (uri: string): string => decodeURIComponent(uri).replace(`${root}/`, '');

/** "refs.bib < main.tex" for a bibliography that main.tex declares, else the reason in its place. */
const seen = (scope: Scope): string[] =>
  scope.bibliographies.map(
    ({ uri, reason }) => `${short(uri)} < ${reason.kind === 'declared' ? short(reason.by) : reason.kind}`,
  );

const bib = (...names: string[]): string => names.map(name => `%! ${name}\n@book{x}\n`).join('');

describe('scope', () => {
  const cases: [what: string, fixture: string, expected: string[]][] = [
    [
      'all of a MyST project that names none',
      `%! docs/a.md\n@x\n%! myst.yml\nversion: 1\nproject:\n  title: T\n${bib('b.bib', 'docs/a.bib', 'sub/c.bib', 'c.ris')}`,
      ['b.bib < project', 'docs/a.bib < project', 'sub/c.bib < project'],
    ],
    [
      'all of a MyST project beside what a page names',
      `%! docs/a.md\n---\nbibliography: ../x/d.json\n---\n%! docs/myst.yml\nproject: {}\n${bib('b.bib', 'docs/a.bib', 'x/d.json')}`,
      ['x/d.json < docs/a.md', 'docs/a.bib < project'],
    ],
    [
      'what a MyST project names, and no more',
      `%! a.md\n@x\n%! myst.yml\nproject:\n  bibliography: [b.bib]\n${bib('a.bib', 'b.bib')}`,
      ['b.bib < myst.yml'],
    ],
    [
      'the folder, where a MyST file describes only a site',
      `%! docs/a.md\n@x\n%! myst.yml\nsite:\n  title: T\n${bib('b.bib', 'docs/a.bib')}`,
      ['docs/a.bib < folder'],
    ],
    [
      'a path from the workspace, or from a folder below it, in Typst',
      `%! papers/one/main.typ\n#bibliography(("/refs.bib", "/own.bib"))\n${bib('refs.bib', 'papers/one/own.bib')}`,
      ['refs.bib < papers/one/main.typ', 'papers/one/own.bib < papers/one/main.typ'],
    ],
    [
      'a path from the folder of a package in Typst',
      `%! pkg/src/lib.typ\n#bibliography("/refs.bib")\n%! pkg/typst.toml\n\n${bib('refs.bib', 'pkg/refs.bib')}`,
      ['pkg/refs.bib < pkg/src/lib.typ'],
    ],
    [
      'what a Makefile hands to Pandoc',
      `%! docs/a.md\n@x\n%! Makefile\nall:\n\tpandoc --bibliography=bib/b.bib -d print a.md\n%! print.yaml\nbibliography: c.bib\n${bib('bib/b.bib', 'c.bib', 'docs/a.bib')}`,
      ['bib/b.bib < Makefile', 'c.bib < print.yaml'],
    ],
    ['a declared file', `%! main.tex\n\\bibliography{a}\n${bib('a.bib', 'b.bib')}`, ['a.bib < main.tex']],
    ['an extension that is written', `%! main.tex\n\\bibliography{a.bib}\n${bib('a.bib')}`, ['a.bib < main.tex']],
    ['a name with a dot', `%! main.tex\n\\bibliography{refs.v2}\n${bib('refs.v2.bib')}`, ['refs.v2.bib < main.tex']],
    [
      'several, in their order',
      `%! main.tex\n\\bibliography{b,sub/a}\n${bib('sub/a.bib', 'b.bib')}`,
      ['b.bib < main.tex', 'sub/a.bib < main.tex'],
    ],
    ['a folder above', `%! doc/main.tex\n\\addbibresource{../a.bib}\n${bib('a.bib')}`, ['a.bib < doc/main.tex']],
    [
      'spaces and signs in a path',
      `%! main.tex\n\\addbibresource{my refs/ä #a 50\\%.bib}\n${bib('my refs/ä #a 50%.bib')}`,
      ['my refs/ä #a 50%.bib < main.tex'],
    ],
    [
      'an escaped path',
      `%! main.md\n---\nbibliography: my%20refs.bib\n---\n${bib('my refs.bib')}`,
      ['my refs.bib < main.md'],
    ],
    [
      'a path that only looks escaped',
      `%! main.md\n---\nbibliography: my%20refs.bib\n---\n${bib('my%20refs.bib', 'my refs.bib')}`,
      ['my%20refs.bib < main.md'],
    ],
    [
      'backslashes',
      `%! doc/main.md\n---\nbibliography: '..\\bib\\a.bib'\n---\n${bib('bib/a.bib')}`,
      ['bib/a.bib < doc/main.md'],
    ],
    [
      'an absolute path',
      `%! main.md\n---\nbibliography: /project/bib/a.bib\n---\n${bib('bib/a.bib')}`,
      ['bib/a.bib < main.md'],
    ],
    [
      'an address of a file',
      `%! main.md\n---\nbibliography: file:///project/a%20b.bib\n---\n${bib('a b.bib')}`,
      ['a b.bib < main.md'],
    ],
    [
      'a pattern',
      `%! main.tex\n\\addbibresource[glob]{bib/*-[ab].bib}\n${bib('bib/x-a.bib', 'bib/y-c.bib', 'bib/sub/z-a.bib')}`,
      ['bib/x-a.bib < main.tex'],
    ],
    [
      'a pattern with alternatives',
      `%! ch/main.tex\n\\addbibresource[glob]{../bib/{x,y/{a,b}}[1-3].bib}\n${bib('bib/x1.bib', 'bib/x4.bib', 'bib/y/b3.bib', 'bib/y/c1.bib')}`,
      ['bib/x1.bib < ch/main.tex', 'bib/y/b3.bib < ch/main.tex'],
    ],
    [
      'the root that includes',
      `%! ch/one.tex\nText\n%! main.tex\n\\documentclass{book}\\begin{document}\\include{ch/one}\\bibliography{a}\n${bib('a.bib', 'ch/b.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'two levels of inclusion',
      `%! ch/sec/two.tex\nText\n%! ch/one.tex\n\\input{ch/sec/two}\n%! main.tex\n\\documentclass{book}\\begin{document}\\input{ch/one}\\bibliography{a}\n${bib('a.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'what is included',
      `%! main.tex\n\\documentclass{book}\\begin{document}\\input{pre/amble}\n%! pre/amble.tex\n\\addbibresource{bib/a.bib}\n${bib('bib/a.bib', 'z.bib')}`,
      ['bib/a.bib < pre/amble.tex'],
    ],
    [
      'a sibling of the root',
      `%! one.tex\nText\n%! two.tex\n\\addbibresource{a.bib}\n%! main.tex\n\\documentclass{book}\\begin{document}\\input one \\input two\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < two.tex'],
    ],
    [
      'a local package',
      `%! main.tex\n\\documentclass{book}\\usepackage{natbib,mine}\\begin{document}\n%! mine.sty\n\\RequirePackage{biblatex}\\addbibresource{a.bib}\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < mine.sty'],
    ],
    [
      'a magic comment',
      `%! ch/one.tex\n% !TEX root = ../main.tex\n%! main.tex\n\\bibliography{a}\n${bib('a.bib', 'ch/b.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'a chain of magic comments',
      `%! a/b/one.tex\n% !TEX root = ../two.tex\n%! a/two.tex\n% !TEX root = ../main\n%! main.tex\n\\bibliography{a}\n${bib('a.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'subfiles',
      `%! ch/one.tex\n\\documentclass[../main]{subfiles}\n\\begin{document}\n%! main.tex\n\\bibliography{bib/a}\n${bib('bib/a.bib')}`,
      ['bib/a.bib < main.tex'],
    ],
    [
      'both directions',
      `%! main.tex\n\\documentclass{book}\\begin{document}\\subfile{one}\\bibliography{a}\n%! one.tex\n\\documentclass[main]{subfiles}\\begin{document}\\bibliography{b}\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < main.tex', 'b.bib < one.tex'],
    ],
    [
      'import with a folder',
      `%! ch/one.tex\nText\n%! main.tex\n\\documentclass{book}\\begin{document}\\import{ch/}{one}\\bibliography{a}\n${bib('a.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'a part that declares nothing and no root',
      `%! ch/one.tex\n\\input{two}\n%! ch/two.tex\n\\bibliography{../a}\n${bib('a.bib')}`,
      ['a.bib < ch/two.tex'],
    ],
    [
      'the same file named twice',
      `%! main.tex\n\\bibliography{a,./a.bib,x/../a}\n${bib('a.bib')}`,
      ['a.bib < main.tex'],
    ],
    ['a cycle', `%! a.tex\n\\input{b}\n%! b.tex\n\\input{a}\\bibliography{a}\n${bib('a.bib')}`, ['a.bib < b.tex']],
    [
      'a cycle of roots',
      `%! a.tex\n% !TEX root = b.tex\n%! b.tex\n% !TEX root = a.tex\n\\bibliography{a}\n${bib('a.bib')}`,
      ['a.bib < b.tex'],
    ],
    [
      'the folder, when nothing is named',
      `%! doc/main.tex\nText\n${bib('a.bib', 'doc/b.bib', 'doc/sub/c.bib')}`,
      ['doc/b.bib < folder'],
    ],
    [
      'the folder of the root',
      `%! ch/one.tex\nText\n%! main.tex\n\\documentclass{book}\\begin{document}\\input{ch/one}\n${bib('a.bib', 'x/b.bib')}`,
      ['a.bib < folder'],
    ],
    [
      'the workspace, when the folder has none',
      `%! doc/main.tex\nText\n${bib('a.bib', 'x/b.bib')}`,
      ['a.bib < workspace', 'x/b.bib < workspace'],
    ],
    [
      'front matter',
      `%! main.md\n---\nbibliography: [a.bib, sub/b.ris]\n---\n${bib('a.bib', 'sub/b.ris', 'c.bib')}`,
      ['a.bib < main.md', 'sub/b.ris < main.md'],
    ],
    [
      'a path from the workspace',
      `%! doc/main.md\n---\nbibliography: bib/a.bib\n---\n${bib('bib/a.bib')}`,
      ['bib/a.bib < doc/main.md'],
    ],
    [
      'metadata files',
      `%! main.md\n---\nmetadata-files: [meta/common.yml]\n---\n%! meta/common.yml\nbibliography: a.bib\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < meta/common.yml'],
    ],
    [
      'a Quarto project',
      `%! ch/one.qmd\nText\n%! _quarto.yml\nproject:\n  type: book\nbibliography: bib/a.bib\n${bib('bib/a.bib', 'ch/b.bib')}`,
      ['bib/a.bib < _quarto.yml'],
    ],
    [
      'a Quarto book',
      `%! one.qmd\nText\n%! _quarto.yml\nbook:\n  bibliography: [a.bib]\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < _quarto.yml'],
    ],
    [
      'a root of the project in a path',
      `%! ch/one.qmd\n---\nbibliography: /bib/a.bib\n---\n%! _quarto.yml\nproject: x\n${bib('bib/a.bib')}`,
      ['bib/a.bib < ch/one.qmd'],
    ],
    [
      'folders of a project',
      `%! ch/sub/one.qmd\n---\nbibliography: c.bib\n---\n%! _quarto.yml\nbibliography: a.bib\n%! ch/_metadata.yml\nbibliography: b.bib\n${bib('a.bib', 'ch/b.bib', 'ch/sub/c.bib')}`,
      ['ch/sub/c.bib < ch/sub/one.qmd', 'ch/b.bib < ch/_metadata.yml', 'a.bib < _quarto.yml'],
    ],
    [
      'metadata files of a project',
      `%! one.qmd\nText\n%! _quarto.yml\nmetadata-files: [x.yml]\n%! x.yml\nbibliography: a.bib\n${bib('a.bib')}`,
      ['a.bib < x.yml'],
    ],
    [
      'a profile of a project',
      `%! one.qmd\nText\n%! _quarto.yml\nprofile:\n  default: draft\n%! _quarto-draft.yml\nbibliography: x/a.bib\n${bib('x/a.bib', 'b.bib')}`,
      ['x/a.bib < _quarto-draft.yml'],
    ],
    [
      'the first chapter of a bookdown book',
      `%! 02-two.Rmd\nText\n%! _bookdown.yml\nbook_filename: x\n%! index.Rmd\n---\nbibliography: x/a.bib\n---\n${bib('x/a.bib', 'b.bib')}`,
      ['x/a.bib < index.Rmd'],
    ],
    [
      'the output options of bookdown',
      `%! 02-two.Rmd\nText\n%! _output.yml\nbookdown::gitbook:\n  css: x.css\nbibliography: x/a.bib\n${bib('x/a.bib', 'b.bib')}`,
      ['x/a.bib < _output.yml'],
    ],
    [
      'a folder of a site',
      `%! docs/one.md\nText\n%! mkdocs.yml\nplugins:\n  - bibtex:\n      bib_dir: bib\n${bib('bib/a.bib', 'bib/c/d.bib', 'docs/b.bib')}`,
      ['bib/a.bib < mkdocs.yml', 'bib/c/d.bib < mkdocs.yml'],
    ],
    [
      'nothing above the root of a project',
      `%! in/one.qmd\nText\n%! in/_quarto.yml\nproject: x\n%! _metadata.yml\nbibliography: a.bib\n${bib('a.bib', 'in/b.bib')}`,
      ['in/b.bib < folder'],
    ],
    [
      'no project for LaTeX',
      `%! one.tex\nText\n%! _quarto.yml\nbibliography: x/a.bib\n${bib('x/a.bib', 'b.bib')}`,
      ['b.bib < folder'],
    ],
    [
      'an included part of a Quarto document',
      `%! _part.qmd\nText\n%! main.qmd\n---\nbibliography: a.bib\n---\n{{< include _part.qmd >}}\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < main.qmd'],
    ],
  ];
  for (const [what, fixture, expected] of cases) {
    it(`sees ${what}`, () => {
      const scope = scopeIn(fixture);
      assert.deepEqual(seen(scope), expected);
      assert.deepEqual(scope.unresolved, []);
    });
  }

  it('adds global bibliographies, once', () => {
    const options = { globalBibliographies: ['file:///home/all.bib', `${root}/a.bib`] };
    assert.deepEqual(seen(scopeIn(`%! main.tex\n\\bibliography{a}\n${bib('a.bib')}`, options)), [
      'a.bib < main.tex',
      'file:///home/all.bib < global',
    ]);
    assert.deepEqual(
      seen(scopeIn(`%! main.tex\nText\n${bib('b.bib')}`, { globalBibliographies: ['file:///home/all.bib'] })),
      ['b.bib < folder', 'file:///home/all.bib < global'],
    );
  });

  it('tells what is named in vain, and where it was looked for', () => {
    const scope = scopeIn(
      `%! ch/one.tex\nText\n%! main.tex\n\\documentclass{book}\\begin{document}\\input{ch/one}\\bibliography{a,none}\n${bib('a.bib')}`,
    );
    assert.deepEqual(seen(scope), ['a.bib < main.tex']);
    assert.deepEqual(
      scope.unresolved.map(one => [short(one.by), one.declaration.target, one.candidates.map(short)]),
      [['main.tex', 'none', ['none', 'none.bib']]],
    );
    assert.ok(scope.wanted.includes(`${root}/none.bib`));
  });

  it('names nothing in the place of a file that is missing', () => {
    const scope = scopeIn(`%! main.tex\n\\bibliography{none}\n${bib('a.bib')}`);
    assert.deepEqual(seen(scope), []);
    assert.equal(scope.unresolved.length, 1);
  });

  it('does not report what commands name in vain, and looks for it', () => {
    const scope = scopeIn(
      `%! docs/a.md\n@x\n%! Makefile\nall:\n\tpandoc --bibliography=b.bib -d print a.md\n${bib('docs/a.bib')}`,
    );
    assert.deepEqual(seen(scope), ['docs/a.bib < folder']);
    assert.deepEqual(scope.unresolved, []);
    for (const name of ['b.bib', 'print.yaml'])
      assert.ok(scope.wanted.includes(`${root}/${name}`), name);
  });

  it('reports addresses on the network and reads none', () => {
    const scope = scopeIn(`%! main.md\n---\nbibliography: [https://a.org/x.bib, a.bib]\n---\n${bib('a.bib')}`);
    assert.deepEqual(seen(scope), ['a.bib < main.md']);
    assert.deepEqual(
      scope.remote.map(one => one.declaration.target),
      ['https://a.org/x.bib'],
    );
    assert.deepEqual(scope.unresolved, []);
  });

  it('wants what a file opened alone might belong to', () => {
    const { wanted } = scopeIn('%! a/main.qmd\n---\nbibliography: x.bib\n---\n', { folders: [] });
    for (const name of ['a/x.bib', 'a/_quarto.yml', '_quarto.yml', '_metadata.yml'])
      assert.ok(wanted.includes(`${root}/${name}`), name);
    assert.ok(scopeIn('%! a/main.tex\n\\input{two}% !TEX root = ../main').wanted.includes(`${root}/a/two.tex`));
    assert.deepEqual(scopeIn('%! main.tex\n\\usepackage{natbib}').wanted, []);
  });

  it('serves a document that was never saved', () => {
    const source = sourceOf(
      new Map([
        ['untitled:Untitled-1', ''],
        [`${root}/a.bib`, ''],
        [`${root}/b.bib`, ''],
      ]),
    );
    const latex = languageOf('latex', '');
    assert.ok(latex);
    const written: ScopeSource = {
      ...source,
      document: uri =>
        uri.startsWith('untitled') ? { language: latex, scanned: latex.scan('\\bibliography{a}') } : undefined,
    };
    const options = { globalBibliographies: [], folders: [root] };
    assert.deepEqual(seen(scopeOf(written, 'untitled:Untitled-1', options)), ['a.bib < untitled:Untitled-1']);
    assert.deepEqual(seen(scopeOf(source, 'untitled:Untitled-1', options)), ['a.bib < workspace', 'b.bib < workspace']);
  });

  it('takes the cells of a notebook for one manuscript', () => {
    const cell = (name: string, number: number): string =>
      `vscode-notebook-cell:/project/in/${name}.ipynb#W${number}sZmlsZQ%3D%3D`;
    const texts = new Map([
      [cell('a', 2), 'Text @doe'],
      [cell('a', 10), '---\nbibliography: a.bib\n---\n'],
      [cell('b', 0), '---\nbibliography: b.bib\n---\n'],
      [cell('c', 0), 'Text'],
      [`${root}/in/a.bib`, ''],
      [`${root}/in/b.bib`, ''],
    ]);
    const source = sourceOf(texts);
    const cells = [...texts.keys()].filter(uri => uri.startsWith('vscode'));
    const written: ScopeSource = {
      ...source,
      documentUris: () => cells,
      document: uri => {
        const language = languageOf('markdown', uri);
        const text = texts.get(uri);
        return cells.includes(uri) && language && text !== undefined
          ? { language, scanned: language.scan(text) }
          : undefined;
      },
    };
    const options = { globalBibliographies: [], folders: [root] };
    const inCell = (uri: string): string[] =>
      scopeOf(written, uri, options).bibliographies.map(one => `${short(one.uri)} ${one.reason.kind}`);
    assert.deepEqual(inCell(cell('a', 2)), ['in/a.bib declared']);
    assert.deepEqual(inCell(cell('a', 10)), ['in/a.bib declared']);
    assert.deepEqual(inCell(cell('b', 0)), ['in/b.bib declared']);
    assert.deepEqual(inCell(cell('c', 0)), ['in/a.bib folder', 'in/b.bib folder']);
  });
});
