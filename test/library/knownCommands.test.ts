import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import type { Language } from '../../src/languages/language.ts';
import { Library } from '../../src/library/library.ts';
import { scopeIn } from '../../src/library/visibleBibliographies.ts';
import { parseFixture } from '../support/fixture.ts';

const root = 'file:///project';

function libraryOf(fixture: string): Library {
  const library = new Library({ formats, languages });
  for (const { uri, text } of parseFixture(fixture).files) library.setFile(uri, { text });
  return library;
}

const keys = (library: Library, name: string): string[] | undefined =>
  library.manuscript(`${root}/${name}`)?.scanned.groups.flatMap(group => group.citations.map(({ key }) => key));

describe('commands that other files define', () => {
  const main = '\\documentclass{book}\\usepackage{mine}\\begin{document}\\input{one}';
  const cases: [what: string, fixture: string, expected: string[]][] = [
    [
      'a package of the project',
      `%! one.tex\n\\see{doe}\n%! main.tex\n${main}\n%! mine.sty\n\\newcommand\\see[1]{\\cite{#1}}`,
      ['doe'],
    ],
    [
      'a class of the project',
      '%! main.tex\n\\documentclass{./mine}\\begin{document}\\see[3]{doe}\n%! mine.cls\n\\DeclareCiteCommand{\\see}{}{}{}{}',
      ['doe'],
    ],
    [
      'a style of BibLaTeX',
      '%! main.tex\n\\usepackage[citestyle=mine]{biblatex}\\see{doe}\n%! mine.cbx\n\\DeclareCiteCommand{\\see}{}{}{}{}',
      ['doe'],
    ],
    ['the root', `%! one.tex\n\\see{x}{doe}\n%! main.tex\n\\newcommand\\see[2]{\\cite[#1]{#2}}${main}`, ['doe']],
    ['a sibling', `%! one.tex\n\\see{doe}\n%! two.tex\n\\let\\see\\cites\n%! main.tex\n${main}\\input{two}`, ['doe']],
    [
      'a root that is named',
      '%! one.tex\n% !TeX root = main\n\\see{doe}\n%! main.tex\n\\newcommand\\see[1]{\\cite{#1}}',
      ['doe'],
    ],
    [
      'a file that says it cites nothing',
      `%! one.tex\n\\needcite{no}\n%! main.tex\n\\newcommand\\needcite[1]{#1!}${main}`,
      [],
    ],
    ['jurabib', `%! one.tex\n\\citefield{title}{doe}\n%! main.tex\n\\usepackage{jurabib}${main}`, ['doe']],
    [
      'its own before others',
      `%! one.tex\n\\def\\see#1#2{\\cite{#1}}\\see{doe}{no}\n%! main.tex\n\\def\\see#1#2{\\cite{#2}}${main}`,
      ['doe'],
    ],
    [
      'one level only',
      `%! one.tex\n\\look{no}\\see{doe}\n%! two.tex\n\\newcommand\\look[1]{\\see{#1}}\n%! main.tex\n\\newcommand\\see[1]{\\cite{#1}}${main}\\input{two}`,
      ['doe'],
    ],
    [
      'not another manuscript',
      '%! one.tex\n\\see{no}\n%! main.tex\n\\documentclass{a}\\begin{document}\\newcommand\\see[1]{\\cite{#1}}',
      [],
    ],
  ];
  for (const [what, fixture, expected] of cases) {
    it(`count: ${what}`, () => {
      const first = parseFixture(fixture).files[0]?.name ?? '';
      assert.deepEqual(keys(libraryOf(fixture), first), expected);
    });
  }

  it('follow the edits of those files', () => {
    const library = libraryOf(`%! one.tex\n\\see{doe}\n%! main.tex\n${main}`);
    assert.deepEqual(keys(library, 'one.tex'), []);
    library.setFile(`${root}/mine.sty`, { text: '\\newcommand\\see[1]{\\cite{#1}}' });
    assert.deepEqual(keys(library, 'one.tex'), ['doe']);
    library.openDocument(`${root}/mine.sty`, 'latex', '\\newcommand\\see[1]{#1}');
    assert.deepEqual(keys(library, 'one.tex'), []);
    library.editDocument(`${root}/mine.sty`, [{ span: { start: 19, end: 21 }, newText: '\\citep{#1}' }]);
    assert.deepEqual(keys(library, 'one.tex'), ['doe']);
    library.setFile(`${root}/main.tex`, { text: 'no more' });
    assert.deepEqual(keys(library, 'one.tex'), []);
  });

  it('cost no second reading of a document that is typed into', () => {
    let scans = 0;
    const counting: Language[] = languages.map(language => ({
      ...language,
      scan: (text, commands) => {
        if (text.startsWith('typed')) scans++;
        return language.scan(text, commands);
      },
    }));
    const library = new Library({ formats, languages: counting });
    library.setFile(`${root}/main.tex`, { text: `\\newcommand\\see[1]{\\cite{#1}}${main}` });
    library.openDocument(`${root}/one.tex`, 'latex', 'typed \\see{doe}');
    assert.deepEqual(keys(library, 'one.tex'), ['doe']);
    const before = scans;
    library.editDocument(`${root}/one.tex`, [{ span: { start: 5, end: 5 }, newText: ' more' }]);
    assert.deepEqual(keys(library, 'one.tex'), ['doe']);
    assert.equal(scans, before + 1);
  });
});

describe('commands that the user names', () => {
  it('cite, with and without backslash', () => {
    const library = libraryOf('%! one.tex\n\\see[3]{doe} \\lookup{a}{roe} \\allcites{b}{c} \\other{no}');
    library.namedCommands = ['\\see', 'lookup*', ' allcites '];
    assert.deepEqual(keys(library, 'one.tex'), ['doe', 'roe', 'b', 'c']);
    library.namedCommands = [];
    assert.deepEqual(keys(library, 'one.tex'), ['b', 'c']);
  });

  for (const name of ['one.md', 'one.qmd', 'one.myst', 'one.org'])
    it(`cite in raw LaTeX, too: ${name}`, () => {
      const library = libraryOf(`%! ${name}\nAs \\see[3]{doe} said, \\other{no}.`);
      library.namedCommands = ['see'];
      assert.deepEqual(keys(library, name), ['doe']);
    });

  it('give way to what a document defines', () => {
    const library = libraryOf('%! one.tex\n\\newcommand\\see[2]{\\cite{#1}} \\see{doe}{no}');
    library.namedCommands = ['see'];
    assert.deepEqual(keys(library, 'one.tex'), ['doe']);
  });
});

describe('a manuscript of several files', () => {
  const names = ['main.tex', 'one.tex', 'two.tex', 'mine.sty', 'sub/one.tex', '.latexmkrc', 'a.bib', 'sub/b.bib'];
  const pieces = [
    '\\documentclass{book}',
    '\\begin{document}',
    '\\usepackage{mine}',
    '\\input{one}',
    '\\input{\\where/one}',
    '\\input{two}',
    '\\newcommand\\where{sub}',
    '\\newcommand\\see[1]{\\cite{#1}}',
    '\\newcommand\\see[2]{\\cite{#2}}',
    '\\newcommand\\look[1]{\\see{#1}}',
    '\\see{a}{b}',
    '\\look{c}',
    '\\bibliography{a,\\where/b}',
    '\\bibliographysec{a}',
    '\\newcites{sec}{x}',
    '% !TeX root = main\n',
    '%%% TeX-master: "two"\n',
    "@default_files = ('main.tex');",
    "ensure_path('BIBINPUTS', 'sub//');",
    '@book{x}',
    '}',
  ];
  const text = fc.array(fc.constantFrom(...pieces), { maxLength: 6 }).map(parts => parts.join(''));
  const uri = fc.constantFrom(...names.map(name => `${root}/${name}`));
  const change = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), uri, text: fc.option(text, { nil: undefined }) }),
    fc.record({ kind: fc.constant('open' as const), uri, text }),
    fc.record({ kind: fc.constant('look' as const), uri }),
  );
  const options = { globalBibliographies: [], folders: [root], home: 'file:///home' };
  const picture = (library: Library): unknown =>
    library.manuscripts().map(({ uri: address, scanned }) => [address, scanned, scopeIn(library, address, options)]);

  it('law: after any script of changes it is as if read from scratch', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), script => {
        const library = new Library({ formats, languages });
        const disk = new Map<string, string>();
        const open = new Map<string, string>();
        for (const step of script) {
          if (step.kind === 'look') scopeIn(library, step.uri, options);
          else if (step.kind === 'set') {
            library.setFile(step.uri, step.text === undefined ? undefined : { text: step.text });
            if (step.text === undefined) disk.delete(step.uri);
            else disk.set(step.uri, step.text);
          } else if (open.has(step.uri)) {
            const before = open.get(step.uri) ?? '';
            library.editDocument(step.uri, [{ span: { start: 0, end: before.length }, newText: step.text }]);
            open.set(step.uri, step.text);
          } else {
            library.openDocument(step.uri, '', step.text);
            open.set(step.uri, step.text);
          }
        }
        const fresh = new Library({ formats, languages });
        for (const [address, content] of disk) fresh.setFile(address, { text: content });
        for (const [address, content] of open) fresh.openDocument(address, '', content);
        assert.deepEqual(picture(library), picture(fresh));
      }),
      { seed: 20, numRuns: 500 },
    );
  });
});
