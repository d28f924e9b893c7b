import assert from 'node:assert/strict';
import { latex } from '../../src/languages/latex.ts';
import { parseFixture, underline } from '../support/fixture.ts';

/** Every key that the commands of a family cite is underlined; what is not must not be one. */
const families: [what: string, fixture: string][] = [
  [
    'the kernel and natbib',
    String.raw`
      \cite[note]{doe, roe} \nocite{*}
                  ^^^  ^^^          ^
      \citep[see][p.~3]{doe} \Citet*{roe} \citetext{free, text}
                        ^^^          ^^^
      \defcitealias{doe}{Paper I, II} \citetalias{doe} \citepalias[p. 1]{roe}
                    ^^^                           ^^^                    ^^^
    `,
  ],
  [
    'BibLaTeX, one citation',
    String.raw`
      \footcitetext[see][3]{doe} \Pnotecite{roe} \fnotecite{poe}
                            ^^^             ^^^             ^^^
      \citename{doe}[family]{author} \citelist{roe}{publisher} \citefield{poe}{title}
                ^^^                            ^^^                        ^^^
    `,
  ],
  [
    'volumes of BibLaTeX',
    String.raw`
      \volcite[see]{2}[p. 3]{doe} \Avolcite{1}{roe} \ftvolcite{3}[4]{poe}
                             ^^^               ^^^                   ^^^
      \pvolcites(see)(end){1}[2]{doe}[see]{3}{roe}
                                 ^^^          ^^^
    `,
  ],
  [
    'several citations of BibLaTeX',
    String.raw`
      \cites(see)(end)[a][b]{doe}[c]{roe, poe}
                             ^^^     ^^^  ^^^
      \footcitetexts{doe}{roe} {\itshape no} \supercites{a}{b} (not {this})
                     ^^^  ^^^                            ^  ^
    `,
  ],
  [
    'csquotes',
    String.raw`
      \textcquote[see][3]{doe}[.]{text}[!] \foreignblockcquote*{ngerman}[3]{roe}{no}
                          ^^^                                               ^^^
      \hybridblockcquote{french}{doe}{no} \textquote[no]{text} \textquote[\cite{roe}]{x}
                                 ^^^                                            ^^^
      \begin{displaycquote}[see][3]{doe} text \end{displaycquote}
                                    ^^^
      \begin{hyphendisplaycquote}{german}[3]{roe} no
                                             ^^^
    `,
  ],
  [
    'apacite and jurabib',
    String.raw`
      \cite<see>[p. 3]{doe} \shortciteNP<e.g.,>{roe} \maskcite<>{poe}
                       ^^^                      ^^^              ^^^
      \usepackage{jurabib} \citefield[12]{title}{doe} \citetitlefortype{article}
                                                 ^^^
    `,
  ],
  [
    'amsrefs, harvard, abntex and others',
    String.raw`
      \cite{doe}*{p. 3} \citelist{\cite{roe}\cite{poe}*{no}}
            ^^^                         ^^^       ^^^
      \possessivecite{doe} \citeaffixed{roe}{e.g.} \citeANP{poe}
                      ^^^               ^^^                 ^^^
      \apud[3]{doe}{roe} \apudonline{poe}{qoe} \cfcite{a}
               ^^^  ^^^              ^^^  ^^^          ^
      \mcite{doe,*roe, *poe} \cite[prefix=see, page=3]{a} \bstctlcite{IEEE:ctl}
             ^^^  ^^^   ^^^                            ^              ^^^^^^^^
      \DeclareAcronym{cia}{short = CIA, cite = [see][3]{doe, roe}, long = {no}}
                                                        ^^^  ^^^
      \DeclareAcronym{fbi}{cite = doe}
                                  ^^^
    `,
  ],
  [
    'multibib',
    String.raw`
      \newcites{A,own}{Title A,Own} \citeA{doe} \citetown[3]{roe} \nociteA{*}
                                           ^^^               ^^^           ^
    `,
  ],
  [
    'keys over lines, with comments',
    String.raw`
      \cite% {no}
        [see]% [no]
        {doe,% no, no
         ^^^
         % no
         roe , poe}
         ^^^   ^^^
      \cite{
        DBLP:conf/x-y.z+1,
        ^^^^^^^^^^^^^^^^^
        Müller_2020 % , no
        ^^^^^^^^^^^
      }
    `,
  ],
  [
    'commands of the document itself',
    String.raw`
      \newcommand{\see}[2][p. 1]{(see \cite[#1]{#2})} \see[3]{doe} \see{roe}
                                                              ^^^       ^^^
      \NewDocumentCommand\look{s O{x} m D<>{y} m}{\cites[#3]{#5}{always}} \look*[x]{3}{doe}
                                                                 ^^^^^^                ^^^
    `,
  ],
  [
    'nothing that TeX does not typeset',
    String.raw`
      % \cite{no}
      \verb|\cite{no}| \lstinline!\cite{no}! \begin{comment}\cite{no}\end{comment} \cite{doe}
                                                                                         ^^^
      \MakeShortVerb{\|} |\cite{no}| \cite{roe} \DeleteShortVerb{\|} | \cite{poe} |
                                           ^^^                               ^^^
      \lstMakeShortInline[language=TeX]! !\cite{no}! \cite{roe}
                                                           ^^^
      \end{document} \cite{no}
    `,
  ],
  [
    'nothing that only looks like it',
    String.raw`
      \citestyle{nature} \setcitestyle{round} \ifciteseen{no}{no} \AtEveryCitekey{no} \citecolor{no}
      \gls{no} \ref{no} \cite \cite[no] \\cite{no} \bibcite{no}{1} \DeclareCiteCommand{\x}{no}{no}{no}{no}
      \GlsXtrLoadResources[src={no}] \newcommand{\citenote}[1]{#1} \citenote{no} \renewcommand\citeleft{no}
    `,
  ],
];

describe('latex citations where they stand', () => {
  for (const [what, fixture] of families) {
    it(`of ${what}`, () => {
      for (const { text, ranges } of parseFixture(fixture).files) {
        const found = latex.scan(text).groups.flatMap(group => group.citations.map(({ span }) => span));
        assert.equal(underline(text, found), underline(text, ranges));
      }
    });
  }
});

const words = (text: string): string[] => text.trim().split(/\s+/);

/** A use of each command of a family, which stands for `\x`, and the keys that it cites. */
const forms: [family: string, commands: string[], use: string, keys: string[]][] = [
  [
    'natbib',
    words(`
      citet citep citealt citealp citeauthor citefullauthor citeyear citeyearpar citenum shortcites
      Citet Citep Citealt Citealp Citeauthor`),
    '\\x*[pre][post]{doe,roe} {no}',
    ['doe', 'roe'],
  ],
  [
    'BibLaTeX',
    words(`
      cite Cite parencite Parencite footcite Footcite footcitetext Footcitetext textcite Textcite smartcite Smartcite supercite
      autocite Autocite citeauthor Citeauthor citetitle Citetitle citeyear citedate citeurl fullcite footfullcite nocite notecite
      Notecite pnotecite Pnotecite fnotecite`),
    '\\x*[pre][post]{doe,roe}{no}',
    ['doe', 'roe'],
  ],
  [
    'volumes',
    words('volcite Volcite pvolcite Pvolcite fvolcite ftvolcite svolcite Svolcite tvolcite Tvolcite avolcite Avolcite'),
    '\\x[pre]{no}[page]{doe} \\x{no}{roe}',
    ['doe', 'roe'],
  ],
  [
    'lists of BibLaTeX',
    words(`
      cites Cites parencites Parencites footcites Footcites footcitetexts Footcitetexts smartcites Smartcites textcites Textcites
      supercites autocites Autocites`),
    '\\x(pre)(post)[a][b]{doe}[c]{roe,poe}\n  {qoe}',
    ['doe', 'roe', 'poe', 'qoe'],
  ],
  [
    'lists with volumes',
    words(`
      volcites Volcites pvolcites Pvolcites fvolcites Fvolcites ftvolcites svolcites Svolcites tvolcites Tvolcites avolcites
      Avolcites`),
    '\\x(pre)(post)[a]{1}[b]{doe}{2}{roe}',
    ['doe', 'roe'],
  ],
  [
    'BibLaTeX styles',
    words('headlesscite shortcite gentextcite citejournal surnamecite headlessfullcite'),
    '\\x[pre][post]{doe}',
    ['doe'],
  ],
  ['csquotes', words('textcquote blockcquote textcquote* blockcquote*'), '\\x[pre][post]{doe}[.]{no}[.]', ['doe']],
  [
    'csquotes with a language',
    words(`
      foreigntextcquote hyphentextcquote foreignblockcquote hyphenblockcquote hybridblockcquote foreigntextcquote*
      hyphentextcquote* foreignblockcquote* hyphenblockcquote* hybridblockcquote*`),
    '\\x{no}[pre][post]{doe}[.]{no}',
    ['doe'],
  ],
  [
    'apacite',
    words(`
      cite citeA citeNP citeauthor citeauthorNP citeyear citeyearNP shortcite shortciteA shortciteNP shortciteauthor fullcite
      fullciteA fullciteNP maskcite maskciteA maskfullcite nocitemeta`),
    '\\x<pre>[post]{doe,roe} \\x <pre> {poe}',
    ['doe', 'roe', 'poe'],
  ],
  ['jurabib', words('cite footcite fullcite citetitle'), '\\x[annotator][12]{doe}', ['doe']],
  [
    'other packages',
    words(`
      ycite ocite citeasnoun possessivecite citename citeyear citeN citeNP citeNN citeANP shortciteA shortciteN citeonline cfcite
      citen citenum onlinecite citelow sidecite citeall citealn bibentry mcite bstctlcite`),
    '\\x{doe}',
    ['doe'],
  ],
];

describe('every citation command', () => {
  for (const [family, commands, use, keys] of forms)
    for (const command of commands)
      it(`of ${family}: ${command}`, () => {
        const { groups } = latex.scan(use.replaceAll('\\x*', `\\${command}*`).replaceAll('\\x', `\\${command}`));
        assert.deepEqual(
          groups.flatMap(group => group.citations.map(({ key }) => key)),
          keys,
        );
      });

  const keys = words('a:b a/b a.b a+b a&b a@b äöü a_b-c x=y a(b) o’neil a~b a#b DBLP:conf/x 李2020');
  for (const key of keys)
    it(`takes the key ${key}`, () => {
      const [group] = latex.scan(`\\cite{ ${key} }`).groups;
      assert.deepEqual(
        group?.citations.map(one => one.key),
        [key],
      );
    });
});
