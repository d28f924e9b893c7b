import assert from 'node:assert/strict';
import { latex } from '../../src/languages/latex.ts';
import type { Span } from '../../src/text/span.ts';
import { parseCursor, parseFixture, underline } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

/** Asserts that what `spansOf` finds is what the fixture underlines. */
function assertMarked(fixture: string, spansOf: (text: string) => readonly Span[]): void {
  for (const { text, ranges } of parseFixture(fixture).files) {
    assert.equal(underline(text, spansOf(text)), underline(text, ranges));
  }
}

const citations = (text: string): Span[] =>
  latex.scan(text).groups.flatMap(group => group.citations.map(({ span }) => span));
const keys = (text: string): string[] =>
  latex.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));
const targets = (text: string): string[] => latex.scan(text).declarations.map(one => one.target);
const included = (text: string): string[] => latex.scan(text).includes.map(one => one.target);

describe('latex citations', () => {
  const commands: [text: string, keys: string[]][] = [
    ['\\cite{doe}', ['doe']],
    ['\\cite[p.~3]{doe,roe}', ['doe', 'roe']],
    ['\\nocite{*}', ['*']],
    ['\\citep[see][p. 3]{doe}', ['doe']],
    [
      '\\citet*{doe} \\Citet{roe} \\citealp{a} \\citeauthor{b} \\citefullauthor{c} \\citeyearpar{d} \\citenum{e}',
      ['doe', 'roe', 'a', 'b', 'c', 'd', 'e'],
    ],
    ['\\defcitealias{doe}{Paper I} \\citetalias{doe} \\citepalias[p. 1]{doe}', ['doe', 'doe', 'doe']],
    ['\\citetext{see \\citealp{doe}, or not}', ['doe']],
    ['\\shortcites{a,b}', ['a', 'b']],
    [
      '\\parencite*[a][b]{doe} \\Parencite{a} \\footcitetext{b} \\smartcite{c} \\autocite*{d} \\fullcite{e} \\footfullcite{f}',
      ['doe', 'a', 'b', 'c', 'd', 'e', 'f'],
    ],
    ['\\pnotecite{a} \\fnotecite{b} \\citedate{c} \\citeurl{d} \\supercite{e}', ['a', 'b', 'c', 'd', 'e']],
    ['\\citename{doe}[family]{author}', ['doe']],
    ['\\citelist{doe}{publisher}', ['doe']],
    ['\\citefield{doe}[fmt]{title}', ['doe']],
    ['\\volcite[see]{2}[p. 3]{doe}', ['doe']],
    ['\\pvolcite{2}{doe} \\Tvolcite{1}[3]{roe}', ['doe', 'roe']],
    ['\\cites(see)(end)[a][b]{doe}[c]{roe}{poe,qoe}', ['doe', 'roe', 'poe', 'qoe']],
    ['\\textcites{a}{b} {\\em no}', ['a', 'b']],
    ['\\parencites{a}{b} [sic] text {no}', ['a', 'b']],
    ['\\volcites{1}[2]{doe}{3}{roe}', ['doe', 'roe']],
    ['\\headlesscite{a}\\shortcite{b}\\gentextcite{c}\\citejournal{d}\\surnamecite{e}', ['a', 'b', 'c', 'd', 'e']],
    ['\\textcquote[see][3]{doe}[.]{text}[!]', ['doe']],
    ['\\blockcquote{doe}{text}', ['doe']],
    ['\\foreigntextcquote{ngerman}[see][3]{doe}{text} \\hyphentextcquote{french}{roe}{text}', ['doe', 'roe']],
    [
      '\\foreignblockcquote{german}[3]{a}{t}\\hyphenblockcquote{german}{b}{t}\\hybridblockcquote{german}{c}{t}',
      ['a', 'b', 'c'],
    ],
    ['\\begin{displaycquote}[see][3]{doe} text \\end{displaycquote}', ['doe']],
    ['\\begin{foreigndisplaycquote}{german}[3]{doe}\\begin{hyphendisplaycquote}{german}{roe}', ['doe', 'roe']],
    ['\\textquote[doe]{text} \\textquote[\\cite{roe}]{text}', ['roe']],
    [
      '\\cite<see>[p. 3]{doe} \\citeA{a} \\citeNP{b} \\citeauthorNP{c} \\shortciteA{d} \\fullcite{e} \\maskcite{f} \\nocitemeta{g}',
      ['doe', 'a', 'b', 'c', 'd', 'e', 'f', 'g'],
    ],
    [
      '\\cite{doe}*{p. 3} \\cites{a,b} \\ycite{c} \\ocite{d} \\citelist{\\cite{e}\\cite{f}}',
      ['doe', 'a', 'b', 'c', 'd', 'e', 'f'],
    ],
    [
      '\\citeasnoun{a} \\possessivecite{b} \\citeaffixed{c}{see} \\citename{d} \\citeyear{e}',
      ['a', 'b', 'c', 'd', 'e'],
    ],
    ['\\citeN{a} \\citeNN{b} \\citeANP{c}', ['a', 'b', 'c']],
    ['\\citeonline{a} \\apud{b}{c} \\apudonline[3]{d}{e} \\cfcite{f}', ['a', 'b', 'c', 'd', 'e', 'f']],
    ['\\citen{a} \\onlinecite{b} \\citelow{c}', ['a', 'b', 'c']],
    ['\\sidecite{a} \\citeall{b} \\citealn{c} \\bibentry{d} \\bstctlcite{e}', ['a', 'b', 'c', 'd', 'e']],
    ['\\cite{a,*b} \\mcite{c,*d,*e}', ['a', 'b', 'c', 'd', 'e']],
    ['\\DeclareAcronym{cia}{short = CIA, cite = {doe,roe}}', ['doe', 'roe']],
    ['\\cite[prefix=see, page=3]{doe}', ['doe']],
    ['\\newcites{A,B}{Title A,Title B} \\citeA{a} \\citepB[see][]{b} \\nociteA{*}', ['a', 'b', '*']],
    ['\\mycustomcite{doe}', ['doe']],
    ['\\unknowncite{first}{doe} {roe}', ['doe']],
    ['\\footcitetexts{a}{b} \\mycites{c}[3]{d}', ['a', 'b', 'c', 'd']],
    ['\\addtocategory{primary}{a,b} \\nextcitefull{c}', ['a', 'b', 'c']],
    ['\\usepackage{jurabib} \\citefield[12]{title}{doe}', ['doe']],
    ["\\cite'{a} \\cite+{b} \\cite*{c}", ['a', 'b', 'c']],
    ['\\NewCommandCopy\\see\\parencite \\see[3]{doe}', ['doe']],
    ['\\newcommandx{\\see}[3][1=x, 3=y]{\\cite[#1]{#2}#3} \\see[3]{doe}[4]', ['doe']],
    ['\\NewExpandableDocumentCommand{\\see}{O{} m}{\\cite[#1]{#2}} \\see{doe}', ['doe']],
    ['\\DeclareAutoCiteCommand{x}{\\a}{\\b} \\x{no}', []],
    ['\\renewcommand{\\citeleft}{(} \\supercitedelim{no} \\mancite {no} \\citetitlefortype{article}', []],
    ['\\newcommand{\\see}[1]{(see \\cite{#1})} \\see{doe}', ['doe']],
    ['\\newcommand{\\page}[2][3]{(see \\cite[#1]{#2})} \\page[4]{doe}', ['doe']],
    ['\\newcommand*\\at[2]{\\cite[#1]{#2}} \\at{3}{doe}', ['doe']],
    ['\\providecommand{\\both}[2]{\\cites{#1}{#2}} \\both{doe}{roe}', ['doe', 'roe']],
    ['\\NewDocumentCommand{\\look}{s O{x} m m}{\\cite[#3]{#4}} \\look*[y]{3}{doe}', ['doe']],
    ['\\DeclareRobustCommand{\\see}[1]{\\cite{a,#1}} \\see{doe}', ['a', 'doe']],
    ['\\def\\see#1{\\cite{#1}} \\see{doe}', ['doe']],
    ['\\let\\x\\cite \\let\\y=\\parencite \\x{doe} \\y{roe}', ['doe', 'roe']],
    ['\\newcommand{\\x}{\\citep} \\x[3]{doe}', ['doe']],
    ['\\DeclareCiteCommand{\\x}{a}{b}{c}{d} \\x{doe}', ['doe']],
    ['\\DeclareMultiCiteCommand{\\xs}{\\x}{, } \\xs{doe}[3]{roe}', ['doe', 'roe']],
    ['\\newcommand{\\needcite}[1]{[#1 missing]} \\needcite{a source}', []],
    ['\\gls{cia} \\citestyle{nature} \\setcitestyle{round} \\ifciteseen{a}{b} \\AtEveryCite{c}', []],
    ['\\cite {doe} \\cite  [see]\n  {roe}', ['doe', 'roe']],
    ['\\cite% a comment {no}\n  [see]% more\n  {doe,% the first\n   roe % the second, no\n  }', ['doe', 'roe']],
    ['\\cite{\n  doe,\n\n}', ['doe']],
    ['\\cite[see \\citealt[3]{roe}]{doe}', ['doe', 'roe']],
    ['\\cite[{[}3{]}]{doe}', ['doe']],
    ['\\cite{DBLP:books/x.y+z&w@v, Müller2020}', ['DBLP:books/x.y+z&w@v', 'Müller2020']],
    ['\\cite{doe,,roe,}', ['doe', 'roe']],
    ['\\footnote{\\cite{doe}} $\\mathrm{\\cite{roe}}$', ['doe', 'roe']],
  ];
  for (const [text, expected] of commands) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('knows where each key stands', () => {
    assertMarked(
      `
      See \\parencite[compare][12]{doe, roe2020} and
                                  ^^^  ^^^^^^^
      \\textcites[1]{a}[2]{b,
                    ^     ^
        c}.
        ^
      `,
      citations,
    );
  });

  it('knows the whole construct and its slots', () => {
    assertMarked('a \\cite[3]{doe} b\n  ^^^^^^^^^^^^^\n', text => latex.scan(text).groups.map(group => group.span));
    assertMarked('\\cites{doe, roe}{}\n       ^^^^^^^^  !\n', text =>
      latex.scan(text).groups.flatMap(group => group.slots),
    );
  });
});

describe('latex text that cites nothing', () => {
  const silent = [
    '% \\cite{no}',
    'a \\% b \\\\% \\cite{no}',
    '\\verb|\\cite{no}| \\verb*+\\cite{no}+',
    '\\lstinline[language=TeX]|\\cite{no}| \\lstinline{\\cite{no}} \\mintinline{tex}{\\cite{no}} \\mintinline{tex}|\\cite{no}|',
    '\\begin{verbatim}\n\\cite{no}\n\\end{verbatim}',
    '\\begin{verbatim*}\\cite{no}\\end{verbatim*}',
    '\\begin{lstlisting}[language=TeX]\n\\cite{no}\n\\end{lstlisting}',
    '\\begin{minted}{tex}\n\\cite{no}\n\\end{minted}',
    '\\begin{comment}\n\\cite{no}\n\\end{comment}',
    '\\begin{filecontents*}[overwrite]{a.bib}\n\\cite{no}\n\\end{filecontents*}',
    '\\end{document} \\cite{no}',
    '\\iffalse \\cite{no} \\ifx a b \\cite{no} \\else \\fi \\cite{no} \\fi',
    '\\citedelim \\cite',
    '\\\\cite{no}',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), []);
    });
  }

  const after: [text: string, keys: string[]][] = [
    ['\\verb|%| \\cite{doe}', ['doe']],
    ['\\url{http://a.org/x%20y} \\cite{doe}', ['doe']],
    ['\\href{http://a.org/x%20y}{see \\cite{doe}}', ['doe']],
    ['\\begin{verbatim} no end \\cite{doe}', ['doe']],
    ['\\iffalse no end \\cite{doe}', ['doe']],
    ['\\iffalse \\cite{no} \\else \\cite{doe} \\fi \\cite{roe}', ['doe', 'roe']],
    ['\\verb|no end\n\\cite{doe}', ['doe']],
    ['100\\% \\cite{doe}', ['doe']],
  ];
  for (const [text, expected] of after) {
    it(`goes on after ${JSON.stringify(text)}`, () => {
      assert.deepEqual(keys(text), expected);
    });
  }
});

describe('latex while typing', () => {
  const unfinished: [text: string, keys: string[]][] = [
    ['\\cite{', []],
    ['\\cite{doe', ['doe']],
    ['\\cite{doe and the prose goes on\n\n\\cite{roe}', ['roe']],
    ['\\cite{doe, and the prose goes on. More \\emph{prose} and \\cite{roe}', ['doe', 'roe']],
    ['\\cite{doe,\n\n\\section{Next} \\cite{roe}', ['doe', 'roe']],
    ['\\cite{doe\nand more prose\n\n\\cite{roe}', ['doe', 'roe']],
    ['\\cite{doe, \\cite{roe}', ['doe', 'roe']],
    ['\\cite[see \\cite{roe}', ['roe']],
    ['\\cite[see\n\n] {no} \\cite{roe}', ['roe']],
    ['\\footnote{\\cite{doe, } \\cite{roe}', ['doe', 'roe']],
  ];
  for (const [text, expected] of unfinished) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  /** The text around the cursor with what would be replaced in angle brackets, the query, and the keys already there. */
  const sites: [source: string, query: string | undefined, replaced?: string, taken?: string[]][] = [
    ['\\cite{|', '', ''],
    ['\\cite{|}', '', ''],
    ['\\cite{do|e}', 'do', 'doe'],
    ['\\cite{doe|}', 'doe', 'doe'],
    ['\\cite{a,|b}', '', 'b', ['a']],
    ['\\cite{a,|}', '', '', ['a']],
    ['\\cite{a,|,b}', '', '', ['a', 'b']],
    ['\\cite{a, gil|, b}', 'gil', 'gil', ['a', 'b']],
    ['\\cite{gillard peer 20|15}', 'gillard peer 20', 'gillard peer 2015'],
    ['\\cite{gillard peer | , b}', 'gillard peer ', 'gillard peer ', ['b']],
    ['\\cite{a,\n  gil|lard,\n  b}', 'gil', 'gillard', ['a', 'b']],
    ['\\cite{a,\n  |}', '', '', ['a']],
    ['\\cite[see][3]{gil|', 'gil', 'gil'],
    ['\\cite{a, gil| and the prose goes on', 'gil', 'gil', ['a']],
    ['\\cite{a,| which shows the prose', '', '', ['a']],
    ['\\cites{a}[3]{gil|}', 'gil', 'gil', ['a']],
    ['\\volcite{2}{gil|}', 'gil', 'gil'],
    ['\\cite[see \\cite{b}]{a|}', 'a', 'a'],
    ['\\cite[see \\cite{b|}]{a}', 'b', 'b'],
    ['\\newcommand{\\see}[1]{\\cite{#1}} \\see{gil|}', 'gil', 'gil'],
    ['\\volcite{2|}{gil}', undefined],
    ['\\cite[see|]{gil}', undefined],
    ['\\cite{gil}|', undefined],
    ['\\ci|te{gil}', undefined],
    ['\\cite{a, % gil|', undefined],
    ['% \\cite{gil|}', undefined],
    ['\\verb+\\cite{gil|}+', undefined],
    ['\\emph{gil|}', undefined],
    ['\\cite{a\n\nprose|', undefined],
    ['\\cite{a, and so on\nmore prose|', undefined],
  ];
  for (const [source, query, replaced, taken = []] of sites) {
    it(`${JSON.stringify(source)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(source);
      const site = latex.citationSite(text, latex.scan(text), offset);
      assert.equal(site?.query, query);
      if (site === undefined) return;
      assert.equal(text.slice(site.replace.start, site.replace.end), replaced);
      assert.deepEqual(site.taken, taken);
      assert.equal(site.maybeProse, false);
    });
  }

  it('takes words behind an open brace for possible prose', () => {
    const { text, offset } = parseCursor('\\cite{gillard peer|');
    assert.equal(latex.citationSite(text, latex.scan(text), offset)?.maybeProse, true);
  });
});

describe('latex bibliographies', () => {
  const forms: [text: string, targets: string[]][] = [
    ['\\bibliography{a}', ['a']],
    ['\\bibliography{a,b/c.bib, d}', ['a', 'b/c.bib', 'd']],
    ['\\bibliography{a,% first\n  b/c.bib,\n  d%\n}', ['a', 'b/c.bib', 'd']],
    ['\\bibliography*{a} \\nobibliography{b,c} \\nobibliography*', ['a', 'b', 'c']],
    [
      '\\addbibresource[label=x]{a b.bib} \\addglobalbib[type=file]{b.bib} \\addsectionbib{c.bib}',
      ['a b.bib', 'b.bib', 'c.bib'],
    ],
    ['\\addbibresource[location=remote]{http://a.org/x%20y.bib}', ['http://a.org/x%20y.bib']],
    ['\\addbibresource[glob]{bib/*.bib}', ['bib/*.bib']],
    ['\\addbibresource[glob]{bib/{a,b}-[0-9].bib}', ['bib/{a,b}-[0-9].bib']],
    ['\\addbibresource[label=x, glob]{{a,b}} \\addbibresource[glob=false]{{a}.bib}', ['{a,b}', 'a.bib']],
    [
      '\\addbibresource[label=two]{b.bib}\\begin{refsection}[a.bib,two]\\newrefsection[c.bib]',
      ['b.bib', 'a.bib', 'c.bib'],
    ],
    ['\\putbib[a,b] \\defaultbibliography{c} \\putbib', ['a', 'b', 'c']],
    ['\\begin{btSect}[plain]{a,b}', ['a', 'b']],
    [
      '\\newcites{sec}{Second} \\bibliographysec{a} \\bibliographyA{b} \\bibliographystyleA{no} \\bibliographystyle{no}',
      ['a', 'b'],
    ],
    ['\\multibibliography{a} \\addmhbibresource[x/y]{b.bib}', ['a', 'b.bib']],
    ['\\usepackage[bib-resource=a.bib]{citation-style-language}', ['a.bib']],
    ['\\cslsetup{style = apa, bib-resource={a.bib,b.json}}', ['a.bib', 'b.json']],
    ['\\bibliography{\\subfix{a}} \\addbibresource{\\subfix{../b.bib}}', ['a', '../b.bib']],
    ['\\newcommand\\main{..} \\bibliography{\\main/refs}', ['../refs']],
    ['\\addbibresource{\\currfiledir a.bib} \\bibliography{"my refs"} \\bibliography{{b}}', ['a.bib', 'my refs', 'b']],
    ['\\addbibresource{\\string~/my\\_refs.bib}', ['~/my_refs.bib']],
    ['\\bibliography{\\jobname} \\newcommand\\x[1]{\\bibliography{#1}}', ['\\jobname']],
    [
      '\\addbibresource{\\main/a.bib} \\addbibresource{\\main{}b.bib} \\addbibresource{\\main /c.bib}',
      ['\\main/a.bib', '\\main{}b.bib', '\\main/c.bib'],
    ],
    ['\\newcommand\\bibs{a,b/c} \\bibliography{\\bibs}', ['a', 'b/c']],
    ['\\def\\a{..}\\def\\b{\\a/refs}\\bibliography{\\b/x}', ['../refs/x']],
    ['\\def\\a{\\b}\\def\\b{\\a\\a}\\bibliography{x\\2}', []],
    ['\\setbib{a} \\setbiber{b} \\gammbibfilename{c} \\makebibliography{d} \\BibFile{e}', ['a', 'b', 'c', 'd', 'e']],
    ['\\AddBibFile{a.bib} \\makebibliography', ['a.bib']],
    ['\\begin{refsection}[{a.bib}] \\end{refsection}', ['a.bib']],
    ['\\addbibresource{%\n  a.bib%\n} \\addbibresource\n  [glob=false]\n  {b.bib}', ['a.bib', 'b.bib']],
    ['\\bibliography{}', []],
    ['\\bibliography{a, b\n', ['a', 'b']],
    ['\\addbibresource{a.bib', ['a.bib']],
    ['\\GlsXtrLoadResources[src={a}] \\glsbibdata{b} \\printbibliography[title=x] \\bibbysection', []],
    ['% \\bibliography{a}', []],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(targets(text), expected);
    });
  }

  it('knows where each target stands', () => {
    assertMarked(
      `
      \\bibliography{a, sub/b.bib,
                    ^  ^^^^^^^^^
        "c d"}
         ^^^
      \\addbibresource[location = remote]{https://a.org/b.bib}
                                         ^^^^^^^^^^^^^^^^^^^
      `,
      text => latex.scan(text).declarations.map(({ span }) => span),
    );
  });

  it('tells files, addresses and patterns apart', () => {
    const { declarations } = latex.scan(
      '\\bibliography{a}\\addbibresource{b.bib}\\addbibresource[glob=true]{*.bib}\\addbibresource[location=remote]{ftp://c}',
    );
    assert.deepEqual(
      declarations.map(({ kind, impliedExtensions }) => [kind, ...impliedExtensions]),
      [['file', '.bib'], ['file'], ['glob'], ['url']],
    );
  });
});

describe('latex sections with bibliographies of their own', () => {
  const cases: [text: string, names: string[][]][] = [
    ['a \\begin{refsection}[a.bib,two]b\\end{refsection} c', [['a.bib', 'two']]],
    ['\\begin{refsection}b\\end{refsection}', []],
    ['\\newrefsection[a.bib] one \\newrefsection[two] two', [['a.bib'], ['two']]],
    ['\\begin{refsection}[a.bib] not ended', [['a.bib']]],
    ['% \\begin{refsection}[a.bib]', []],
  ];
  for (const [text, expected] of cases) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(
        latex.scan(text).sections?.map(({ names }) => names),
        expected.length === 0 ? undefined : expected,
      );
    });
  }

  it('knows where they begin and end', () => {
    assertMarked(
      '\\begin{refsection}[x] one \\end{refsection} two\n                  ^^^^^^^^^^^^\n',
      text => latex.scan(text).sections?.map(({ span }) => span) ?? [],
    );
    assertMarked('\\newrefsection[x] a \\newrefsection[y] b\n              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ !\n', text => [
      ...(latex.scan(text).sections ?? []).map(({ span }) => span),
    ]);
  });

  it('keeps the labels of declarations', () => {
    const { declarations } = latex.scan('\\addbibresource[label=one]{a.bib}\\addbibresource{b.bib}');
    assert.deepEqual(
      declarations.map(({ label }) => label),
      ['one', undefined],
    );
  });
});

describe('latex commands of other files', () => {
  const commands = (text: string): [string, unknown][] => [...(latex.scan(text).commands ?? [])];
  const told: [text: string, commands: [string, unknown][]][] = [
    ['\\newcommand\\see[1]{\\cite{#1}}', [['see', [0]]]],
    ['\\let\\see\\parencites', [['see', 'every']]],
    ['\\DeclareCiteCommand{\\see}{}{}{}{}', [['see', [0]]]],
    ['\\newcommand{\\needcite}[1]{[#1]}', [['needcite', []]]],
    ['\\usepackage{jurabib}', [['citefield', [1]]]],
    ['\\newcommand\\x[1]{#1}', []],
  ];
  for (const [text, expected] of told) {
    it(`${JSON.stringify(text)} is told to others`, () => {
      assert.deepEqual(commands(text), expected);
    });
  }

  it('cite where they are known', () => {
    const known = new Map([
      ['see', [1]],
      ['needcite', []],
    ]);
    const text = '\\see{a}{doe} \\needcite{no} \\cite{roe} \\newcommand\\look[1]{\\see{x}{#1}} \\look{poe}';
    const { groups, commands: own } = latex.scan(text, known);
    assert.deepEqual(
      groups.flatMap(group => group.citations.map(({ key }) => key)),
      ['doe', 'roe', 'poe'],
    );
    assert.equal(own, undefined);
  });
});

describe('latex documents that belong together', () => {
  const forms: [text: string, targets: string[]][] = [
    [
      '\\input{a} \\include{b/c} \\subfile{d} \\subfileinclude{e} \\InputIfFileExists{f}{}{}',
      ['a', 'b/c', 'd', 'e', 'f'],
    ],
    ['\\input a.tex \\input\n b\\relax', ['a.tex', 'b']],
    [
      '\\import{a/}{b} \\subimport{c}{d} \\includefrom{e/}{f}\\inputfrom{g/}{h}\\subincludefrom{i/}{j}\\subinputfrom{k/}{l}',
      ['a/b', 'c/d', 'e/f', 'g/h', 'i/j', 'k/l'],
    ],
    ['\\usepackage{./local, other} \\documentclass{../thesis}', ['./local', 'other', '../thesis']],
    ['\\loadglsentries{a} \\includeonly{b} \\includegraphics{c}', []],
    [
      '\\SweaveInput{a.Rnw} \\DocInput{b.dtx} \\DocInclude{c} \\includestandalone[mode=tex]{d}',
      ['a.Rnw', 'b.dtx', 'c', 'd'],
    ],
    ['\\usepackage[style=mine,backend=biber]{biblatex}', ['biblatex', 'mine']],
    ['\\input "my file" \\input{\\main/a} \\input{#1} \\input "', ['my file', '\\main/a']],
    ['\\input{"my file"} \\newcommand\\main{..} \\input{\\main/a}', ['my file', '../a']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(included(text), expected);
    });
  }

  const roots: [text: string, root: string | undefined][] = [
    ['% !TEX root = ../main.tex\ntext', '../main.tex'],
    ['%!TEX root=main', 'main'],
    ['text\n% !TeX root = my main.tex', 'my main.tex'],
    ['\\documentclass[../main]{subfiles}', '../main'],
    ['%! TeX root = main', 'main'],
    ['% !TeX Root = "my main.tex" % the book', 'my main.tex'],
    ['% !Rnw root = main.Rnw', 'main.Rnw'],
    ['<<include=FALSE>>=\nlibrary(knitr)\nset_parent("main.Rnw")\n@\n', 'main.Rnw'],
    ['% TEX root = main', undefined],
    ['% !TEX program = xelatex\n% !TEX root =', undefined],
    ['\\documentclass[../a]{subfiles} % !TEX root = b', 'b'],
  ];
  for (const [text, expected] of roots) {
    it(JSON.stringify(text), () => {
      const { root } = latex.scan(text);
      assert.equal(root?.target, expected);
      if (root !== undefined) assert.equal(text.slice(root.span.start, root.span.end), expected);
    });
  }

  const emacsRoots: [text: string, root: string | undefined][] = [
    ['%%% TeX-master: "main"', 'main'],
    ['% -*- mode: latex; TeX-master: "../main.tex" -*-', '../main.tex'],
    ['% -*- TeX-master: "main" -*-', 'main'],
    ['%%% TeX-master: t', undefined],
    ['TeX-master: "main"', undefined],
  ];
  for (const [text, expected] of emacsRoots) {
    it(JSON.stringify(text), () => {
      const { emacsRoot } = latex.scan(text);
      assert.equal(emacsRoot?.target, expected);
      if (emacsRoot !== undefined) assert.equal(text.slice(emacsRoot.span.start, emacsRoot.span.end), expected);
    });
  }

  it('knows a document that stands alone', () => {
    assert.equal(latex.scan('\\documentclass[11pt]{article}\n\\begin{document}').standalone, true);
    assert.equal(latex.scan('\\documentclass{article}').standalone, false);
    assert.equal(latex.scan('\\section{A}').standalone, false);
  });
});

describe('latex reading of any text', () => {
  const fragments = (
    '\\cite \\cites \\volcite \\xcite \\apud \\newcommand \\def \\let \\NewDocumentCommand \\x \\bibliography \\addbibresource \\input ' +
    '\\import \\usepackage \\cslsetup \\iffalse \\else \\fi \\verb \\url \\lstinline \\mintinline \\begin{verbatim} \\end{verbatim} ' +
    '\\begin{displaycquote} \\end{document} \\DeclareAcronym \\documentclass { } [ ] ( ) < > % , * # #1 | \\ a doe @ ! = " ~'
  )
    .split(' ')
    .concat([' ', '\n', '\n\n', '\r\n', '\r', '% !TEX root = ', '{doe}', '{doe,roe}', '[see]', 'location=remote']);

  it('keeps the laws', () => {
    checkLaws(latex, fragments);
  });

  const count = 300_000;
  const hostile: [what: string, unit: string, groups: number][] = [
    ['open commands', '\\cite{', count],
    ['open commands with a key', '\\cite{doe, prose and ', count],
    ['open notes', '\\cite[', 0],
    ['open multiple notes', '\\cites(', 0],
    ['open angles', '\\cite<', 0],
    ['nested arguments', '\\xcite{\\volcite{', count],
    ['open definitions', '\\newcommand{\\x}[1]{', 0],
    ['plain definitions', '\\def\\x', 0],
    ['open conditions', '\\iffalse ', 0],
    ['open verbatim', '\\begin{verbatim}\\verb|', 0],
    ['open addresses', '\\url{\\href{', 0],
    ['open declarations', '\\bibliography{\\addbibresource{http://\\input{', 0],
    ['open options', '\\usepackage[\\addbibresource[', 0],
    ['comments', '%\n', 0],
    ['brackets', '{[', 0],
  ];
  for (const [what, unit, groups] of hostile) {
    it(`comes to an end with ${count} ${what}`, () => {
      const manuscript = latex.scan(unit.repeat(count));
      assert.equal(manuscript.groups.length, groups);
    });
  }

  it('finds each of many nested citations once', () => {
    const depth = 50_000;
    assert.equal(keys('\\cite[see '.repeat(depth) + ']{doe}'.repeat(depth)).length, depth);
  });
});
