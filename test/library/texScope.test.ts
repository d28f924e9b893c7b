import assert from 'node:assert/strict';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import type { Scope, ScopeOptions } from '../../src/library/scope.ts';
import { filesByName, placeCandidates } from '../../src/library/searchPlaces.ts';
import { scopeIn } from '../../src/library/visibleBibliographies.ts';
import { parseFixture } from '../support/fixture.ts';

const root = 'file:///project';

function libraryOf(fixture: string): Library {
  const library = new Library({ formats, languages });
  for (const { uri, text } of parseFixture(fixture).files) library.setFile(uri, { text });
  return library;
}

/** The scope of the first file of a fixture. */
function scopeOfFirst(fixture: string, options: Partial<ScopeOptions> = {}): Scope {
  const first = parseFixture(fixture).files[0]?.uri ?? '';
  return scopeIn(libraryOf(fixture), first, { globalBibliographies: [], folders: [root], ...options });
}

const short = (uri: string): string => decodeURIComponent(uri).replace(`${root}/`, '');

/** "refs.bib < main.tex" for a bibliography that main.tex declares, else the reason in its place. */
const seen = (scope: Scope): string[] =>
  scope.bibliographies.map(
    ({ uri, reason }) => `${short(uri)} < ${reason.kind === 'declared' ? short(reason.by) : reason.kind}`,
  );

const bib = (...names: string[]): string => names.map(name => `%! ${name}\n@book{x}\n`).join('');
const book = '\\documentclass{book}\\begin{document}';

describe('scope of LaTeX', () => {
  const cases: [what: string, fixture: string, expected: string[]][] = [
    // Root documents.
    [
      'the root that Emacs keeps',
      `%! ch/one.tex\nText\n%%% TeX-master: "../main"\n%! main.tex\n\\bibliography{a}\n${bib('a.bib', 'ch/b.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'the root that includes before the one that Emacs keeps',
      `%! one.tex\n%%% TeX-master: "other"\n%! main.tex\n${book}\\input{one}\\bibliography{a}\n%! other.tex\n\\bibliography{b}\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'the magic comment before all',
      `%! one.tex\n% !TeX root = other\n%%% TeX-master: "main"\n%! main.tex\n${book}\\input{one}\\bibliography{a}\n%! other.tex\n\\bibliography{b}\n${bib('a.bib', 'b.bib')}`,
      ['b.bib < other.tex'],
    ],
    [
      'the default file of latexmk',
      `%! ch/one.tex\nText\n%! .latexmkrc\n@default_files = ('main.tex');\n%! main.tex\n${book}\\bibliography{a}\n${bib('a.bib', 'ch/b.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'inputs of Tectonic',
      `%! src/index.tex\n\\input{one}\n%! src/_preamble.tex\n${book}\\addbibresource{a.bib}\n%! Tectonic.toml\n[[output]]\ntype = "pdf"\n${bib('src/a.bib', 'b.bib')}`,
      ['src/a.bib < src/_preamble.tex'],
    ],
    [
      'what the inputs of Tectonic include',
      `%! src/ch/one.tex\nText\n%! src/main.tex\n\\input{ch/one}\n%! src/pre.tex\n\\addbibresource{a.bib}\n%! Tectonic.toml\n[[output]]\ninputs = ["pre.tex", "main.tex"]\n${bib('src/a.bib', 'b.bib')}`,
      ['src/a.bib < src/pre.tex'],
    ],
    [
      'the parent of a child of knitr',
      `%! ch/one.Rnw\n<<>>=\nset_parent("../main.Rnw")\n@\n%! main.Rnw\n\\bibliography{a}\n${bib('a.bib', 'ch/b.bib')}`,
      ['a.bib < main.Rnw'],
    ],
    [
      'the document that has a child of knitr',
      `%! one.Rnw\nText\n%! main.Rnw\n${book}\\bibliography{a}\n<<child='one.Rnw'>>=\n@\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < main.Rnw'],
    ],
    [
      'a local class',
      `%! main.tex\n\\documentclass{./thesis}\\begin{document}\n%! thesis.cls\n\\AtEndPreamble{\\addbibresource{refs.bib}}\n${bib('refs.bib', 'b.bib')}`,
      ['refs.bib < thesis.cls'],
    ],
    [
      'a package in a folder, of a package',
      `%! main.tex\n\\documentclass{book}\\usepackage{./sty/mine}\n%! sty/mine.sty\n\\RequirePackage{sty/more}\n%! sty/more.sty\n\\addbibresource{bib/a.bib}\n${bib('bib/a.bib', 'b.bib')}`,
      ['bib/a.bib < sty/more.sty'],
    ],
    [
      'a documented source',
      `%! x.dtx\n% \\cite{x}\n%<*driver>\n\\documentclass{ltxdoc}\\bibliography{a}\n%</driver>\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < x.dtx'],
    ],
    [
      'a suffix that another file defines',
      `%! one.tex\n\\bibliographysec{a}\\bibliographyother{b}\n%! main.tex\n\\newcites{sec}{Second}${book}\\input{one}\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < one.tex'],
    ],
    [
      'a root with the extension of knitr',
      `%! ch/one.tex\n% !TeX root = ../main\n%! main.Rnw\n\\bibliography{a}\n${bib('a.bib', 'ch/b.bib')}`,
      ['a.bib < main.Rnw'],
    ],
    // Macros in paths.
    [
      'the name of the job',
      `%! main.tex\n\\addbibresource{\\jobname.bib}\n${bib('main.bib', 'b.bib')}`,
      ['main.bib < main.tex'],
    ],
    [
      'the name of the job of the root',
      `%! one.tex\n\\bibliography{\\jobname}\n%! main.tex\n${book}\\input{one}\n${bib('main.bib', 'one.bib')}`,
      ['main.bib < one.tex'],
    ],
    [
      'a macro of another file',
      `%! ch/one.tex\n\\bibliography{\\main/refs}\n%! main.tex\n\\newcommand\\main{bib}${book}\\input{ch/one}\n${bib('bib/refs.bib', 'b.bib')}`,
      ['bib/refs.bib < ch/one.tex'],
    ],
    [
      'a macro of another file for a list',
      `%! one.tex\n\\bibliography{\\bibs}\n%! main.tex\n\\newcommand\\bibs{a, b}${book}\\input{one}\n${bib('a.bib', 'b.bib', 'c.bib')}`,
      ['a.bib < one.tex', 'b.bib < one.tex'],
    ],
    [
      'an inclusion by a macro of the root',
      `%! sub/one.tex\nText\n%! main.tex\n${book}\\newcommand\\parts{sub}\\input{two}\\bibliography{a}\n%! two.tex\n\\input{\\parts/one}\n${bib('a.bib', 'b.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'nothing in the place of a macro that nobody knows',
      `%! main.tex\n\\bibliography{\\unknown}\n${bib('a.bib')}`,
      ['a.bib < folder'],
    ],
    [
      'the folder of the file itself',
      `%! ch/one.tex\n\\addbibresource{\\currfiledir a.bib}\n%! main.tex\n${book}\\input{ch/one}\n${bib('ch/a.bib', 'b.bib')}`,
      ['ch/a.bib < ch/one.tex'],
    ],
    // Places that latexmk sets.
    [
      'a folder that latexmk adds',
      `%! main.tex\n\\bibliography{a}\n%! latexmkrc\nensure_path('BIBINPUTS', './shared/bib');\n${bib('shared/bib/a.bib', 'shared/a.bib')}`,
      ['shared/bib/a.bib < main.tex'],
    ],
    [
      'a tree that latexmk adds',
      `%! ch/main.tex\n\\addbibresource{my refs.bib}\n%! .latexmkrc\n$ENV{'BIBINPUTS'} = './shared//:';\n${bib('shared/x/y/my refs.bib', 'z/my refs.bib')}`,
      ['shared/x/y/my refs.bib < ch/main.tex'],
    ],
    [
      'documents in a tree that latexmk adds',
      `%! parts/x/one.tex\nText\n%! main.tex\n${book}\\input{one}\\bibliography{a}\n%! .latexmkrc\nensure_path('TEXINPUTS', './parts//');\n${bib('a.bib', 'parts/x/b.bib')}`,
      ['a.bib < main.tex'],
    ],
    [
      'its own folder before such a one',
      `%! main.tex\n\\bibliography{a}\n%! latexmkrc\nensure_path('BIBINPUTS', './bib//');\n${bib('a.bib', 'bib/a.bib')}`,
      ['a.bib < main.tex'],
    ],
  ];
  for (const [what, fixture, expected] of cases) {
    it(`sees ${what}`, () => {
      const scope = scopeOfFirst(fixture);
      assert.deepEqual(seen(scope), expected);
      assert.deepEqual(scope.unresolved, []);
    });
  }

  describe('with a root document that the user chose', () => {
    const chosen = (fixture: string, ...roots: string[]): string[] => {
      const library = libraryOf(fixture);
      library.chosenRoots = roots.map(name => `${root}/${name}`);
      const first = parseFixture(fixture).files[0]?.uri ?? '';
      return seen(scopeIn(library, first, { globalBibliographies: [], folders: [root] }));
    };
    const main = '%! main.tex\n\\bibliography{a}\n';
    const other = `%! other.tex\n${book}\\bibliography{b}\n`;
    const bibs = bib('a.bib', 'b.bib');

    it('sees its bibliographies, also where another document includes this one', () => {
      const fixture = `%! ch/one.tex\nText\n${main}%! other.tex\n${book}\\input{ch/one}\\bibliography{b}\n${bibs}`;
      assert.deepEqual(chosen(fixture), ['b.bib < other.tex']);
      assert.deepEqual(chosen(fixture, 'main.tex'), ['a.bib < main.tex']);
      assert.deepEqual(chosen(fixture, 'absent.tex', 'main.tex'), ['a.bib < main.tex']);
    });

    it('keeps to a magic comment, and alone what can stand alone', () => {
      const commented = `%! one.tex\n% !TeX root = other\n${main}${other}${bibs}`;
      assert.deepEqual(chosen(commented, 'main.tex'), ['b.bib < other.tex']);
      assert.deepEqual(chosen(`${other}${main}${bibs}`, 'main.tex'), ['b.bib < other.tex']);
    });

    it('does so in LaTeX only', () => {
      const fixture = `%! notes.md\n[@x]\n${main}${bibs}`;
      assert.deepEqual(chosen(fixture, 'main.tex'), chosen(fixture));
    });
  });

  it('says what is missing where macros stand in a path', () => {
    const scope = scopeOfFirst(`%! main.tex\n\\bibliography{\\jobname}\n${bib('a.bib')}`);
    assert.deepEqual(
      scope.unresolved.map(one => [one.declaration.target, ...one.candidates.map(short)]),
      [['\\jobname', 'main', 'main.bib']],
    );
  });

  it('looks where the machine is set up to', () => {
    const fixture = `%! main.tex\n\\bibliography{a,b,./c}\n`;
    const tree = [
      'file:///texmf/bibtex/bib/x/b.bib',
      'file:///texmf/bibtex/bib/b.bib',
      'file:///texmf/bibtex/bib/c.bib',
    ];
    const options: Partial<ScopeOptions> = {
      tex: {
        bibliographies: [
          { folder: 'file:///home/bib' },
          { folder: 'file:///texmf/bibtex/bib', below: filesByName(tree) },
        ],
        documents: [],
      },
    };
    const { wanted } = scopeOfFirst(fixture, options);
    assert.ok(wanted.includes('file:///home/bib/a.bib'));
    assert.ok(wanted.includes(tree[0] ?? '') && wanted.includes(tree[1] ?? ''));
    assert.ok(!wanted.some(one => one.endsWith('bibtex/bib/c.bib') || one.endsWith('home/bib/c.bib')));
    const library = libraryOf(fixture);
    library.setFile('file:///home/bib/a.bib', { text: '@book{x}' });
    library.setFile(tree[1] ?? '', { text: '@book{x}' });
    const scope = scopeIn(library, `${root}/main.tex`, { globalBibliographies: [], folders: [root], ...options });
    assert.deepEqual(seen(scope), ['file:///home/bib/a.bib < main.tex', 'file:///texmf/bibtex/bib/b.bib < main.tex']);
  });

  it("looks where the user's own settings of latexmk say", () => {
    const library = libraryOf('%! main.tex\n\\bibliography{a}\n');
    const options = { globalBibliographies: [], folders: [root], home: 'file:///home/me' };
    const uri = `${root}/main.tex`;
    assert.ok(scopeIn(library, uri, options).wanted.includes('file:///home/me/.latexmkrc'));
    library.setFile('file:///home/me/.latexmkrc', { text: "ensure_path('BIBINPUTS', '~/bib//');" });
    assert.ok(scopeIn(library, uri, options).wanted.includes('file:///home/me/bib/a.bib'));
    library.setFile('file:///home/me/bib/a.bib', { text: '@book{x}' });
    assert.deepEqual(seen(scopeIn(library, uri, options)), ['file:///home/me/bib/a.bib < main.tex']);
  });

  it('looks there for documents of LaTeX only', () => {
    const options: Partial<ScopeOptions> = {
      tex: { bibliographies: [{ folder: 'file:///home/bib' }], documents: [] },
    };
    const { wanted } = scopeOfFirst('%! main.md\n---\nbibliography: a.bib\n---\n', options);
    assert.ok(!wanted.includes('file:///home/bib/a.bib'));
  });

  it('finds packages where the machine is set up to', () => {
    const library = libraryOf(`%! main.tex\n\\documentclass{book}\\usepackage{mine,other}\n${bib('a.bib', 'b.bib')}`);
    library.documentPlaces = [{ folder: 'file:///home/tex', below: filesByName(['file:///home/tex/x/mine.sty']) }];
    const options = { globalBibliographies: [], folders: [root] };
    const { wanted } = scopeIn(library, `${root}/main.tex`, options);
    assert.deepEqual(wanted, ['file:///home/tex/x/mine.sty']);
    library.setFile('file:///home/tex/x/mine.sty', { text: '\\addbibresource{a.bib}' });
    assert.deepEqual(seen(scopeIn(library, `${root}/main.tex`, options)), ['a.bib < file:///home/tex/x/mine.sty']);
  });
});

describe('places of TeX', () => {
  const below = filesByName(['file:///t/a/my%20refs.bib', 'file:///t/b/my%20refs.bib', 'file:///u/my%20refs.bib']);
  const cases: [target: string, found: string[]][] = [
    ['my refs', ['file:///t/a/my%20refs.bib', 'file:///t/b/my%20refs.bib']],
    ['my refs.bib', ['file:///t/a/my%20refs.bib', 'file:///t/b/my%20refs.bib']],
    ['b/my refs', ['file:///t/b/my%20refs.bib']],
    ['./my refs', []],
    ['../my refs', []],
    ['/my refs', []],
    ['~/my refs', []],
    ['refs', []],
  ];
  for (const [target, found] of cases) {
    it(`${target} in a tree`, () => {
      assert.deepEqual(placeCandidates(target, ['.bib'], { folder: 'file:///t', below }), found);
    });
  }
});
