import assert from 'node:assert/strict';
import { projectFileOf } from '../../src/languages/index.ts';
import { readSearchPath } from '../../src/languages/texSearchPath.ts';

describe('settings of latexmk', () => {
  const scan = (text: string) => projectFileOf('/a/.latexmkrc')?.scan(text);
  const roots: [text: string, roots: string[]][] = [
    ['@default_files = (\'main.tex\', "b");', ['main.tex', 'b']],
    ['@default_files=qw(a.tex\n  b.tex);', ['a.tex', 'b.tex']],
    ['@default_files = qw/a b/;', ['a', 'b']],
    ["# @default_files = ('no.tex');\n@default_files = ('*.tex');", []],
    ["$pdf_mode = 1; # @default_files = ('no.tex');", []],
    ["@default_files = ('a.tex'", ['a.tex']],
    ["@default_excluded_files = ('no.tex');", []],
  ];
  for (const [text, expected] of roots) {
    it(`${JSON.stringify(text)} names ${expected.join(', ') || 'no root'}`, () => {
      assert.deepEqual(
        scan(text)?.roots?.map(({ target }) => target),
        expected,
      );
    });
  }

  const folders: [text: string, folders: string[]][] = [
    ["ensure_path('BIBINPUTS', './bib//');", ['./bib//']],
    ["ensure_path( 'BIBINPUTS', 'a', \"../b/\" );", ['a', '../b']],
    ["ensure_path('TEXINPUTS', './lane:./demo:');", ['documents ./lane', 'documents ./demo']],
    ["ensure_path('BSTINPUTS', 'no');", []],
    ["$ENV{'BIBINPUTS'} = './res//:' . $ENV{'BIBINPUTS'};", ['./res//']],
    ['$ENV{BIBINPUTS}=".:..:$ENV{BIBINPUTS}";', ['.', '..']],
    ["$ENV{\"BIBINPUTS\"} .= ':./a' . ($ENV{'BIBINPUTS'} || '');", ['./a']],
    ['$ENV{BIBINPUTS} = "$ENV{HOME}/bib:$other/bib:";', ['~/bib']],
    ["if ($ENV{'BIBINPUTS'} eq 'no') { ensure_path('BIBINPUTS', \"biblio\", \"$ENV{BIBINPUTS}\") }", ['biblio']],
    ["@BIBINPUTS = ('src', 'bib');", ['src', 'bib']],
    ["# ensure_path('BIBINPUTS', 'no');", []],
    ["ensure_path('BIBINPUTS', cwd());", []],
    ['$ENV{BIBINPUTS} = "C:/bib;D:\\\\more//";', ['C:/bib', 'D:/more//']],
  ];
  for (const [text, expected] of folders) {
    it(`${text} looks in ${expected.join(', ') || 'no folder'}`, () => {
      assert.deepEqual(
        scan(text)?.searchFolders?.map(
          ({ path, isTree, holds }) => `${holds === 'documents' ? 'documents ' : ''}${path}${isTree ? '//' : ''}`,
        ),
        expected,
      );
    });
  }

  for (const unit of ['@default_files=(', "ensure_path('BIBINPUTS',", '$ENV{BIBINPUTS}="', '#', 'qw(', "'"]) {
    it(`comes to an end with many of ${unit}`, () => {
      assert.ok(scan(unit.repeat(5_000)));
    });
  }
});

describe('Tectonic.toml', () => {
  const scan = (text: string) => projectFileOf('/a/Tectonic.toml')?.scan(text);
  const inputs: [text: string, roots: string[]][] = [
    ['', ['src/_preamble.tex', 'src/index.tex', 'src/_postamble.tex']],
    ['[[output]]\nname = "x"\ntype = "pdf"', ['src/_preamble.tex', 'src/index.tex', 'src/_postamble.tex']],
    ['[[output]]\ninputs = "main.tex"', ['src/main.tex']],
    [
      '[[output]]\r\ninputs = [\r\n  "a.tex", # "no"\r\n  { inline = "\\\\x" },\r\n  \'b.tex\'\r\n]\r\n',
      ['src/a.tex', 'src/b.tex'],
    ],
    ['[[output]]\nindex = "main.tex"\npreamble = "p.tex"', ['src/main.tex', 'src/p.tex']],
    ['[doc]\ninputs = "no.tex"', ['src/_preamble.tex', 'src/index.tex', 'src/_postamble.tex']],
  ];
  for (const [text, expected] of inputs) {
    it(`${JSON.stringify(text)} reads ${expected.join(', ')}`, () => {
      assert.deepEqual(
        scan(text)?.roots?.map(({ target }) => target),
        expected,
      );
    });
  }

  it('names further folders', () => {
    assert.deepEqual(
      scan('[doc]\nname = "x"\nextra_paths = ["../shared"]\n')?.searchFolders?.map(({ path, holds }) => [path, holds]),
      [
        ['../shared', 'documents'],
        ['../shared', 'bibliographies'],
      ],
    );
  });

  for (const unit of ['[[output]]\ninputs=[', 'inputs="', '[doc]\nextra_paths=[{']) {
    it(`comes to an end with many of ${JSON.stringify(unit)}`, () => {
      assert.ok(scan(unit.repeat(5_000)));
    });
  }
});

describe('search paths of TeX', () => {
  const cases: [path: string, folders: string[]][] = [
    ['.:/usr/share/bib//:', ['.', '/usr/share/bib//']],
    ['::~/bib::', ['~/bib']],
    ['!!/texmf/bib//', ['/texmf/bib//']],
    ['a//b', ['a//']],
    ['C:\\bib;D:/x//;e', ['C:/bib', 'D:/x//', 'e']],
    ['a:b;c', ['a', 'b', 'c']],
    ['$TEXMF/bib:{a,b}/c:ok', ['ok']],
    ['/', ['/']],
    ['', []],
  ];
  for (const [path, expected] of cases) {
    it(JSON.stringify(path), () => {
      assert.deepEqual(
        readSearchPath(path).map(({ path: folder, isTree }) => `${folder}${isTree ? '//' : ''}`),
        expected,
      );
    });
  }
});
