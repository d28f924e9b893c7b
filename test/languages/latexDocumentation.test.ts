import assert from 'node:assert/strict';
import { docTex } from '../../src/languages/latex.ts';
import { documentationText } from '../../src/languages/latexDocumentation.ts';
import { parseCursor } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string): string[] =>
  docTex.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));

const source = String.raw`% \iffalse meta-comment
% Copyright, see \cite{no}.
%<package>\ProvidesPackage{x}\cite{no}
%<*driver>
\documentclass{ltxdoc}
\usepackage{biblatex}
\addbibresource{x.bib}
% \addbibresource{no.bib}
\begin{document}
  \DocInput{x.dtx}
\end{document}
%</driver>
% \fi
% \section{See \cite{doe}}
%% \cite{no}
% As in \cite{roe,% more ^^A \cite{no}
%   poe}, but not |\cite{no}|.
%    \begin{macrocode}
\newcommand\x{\cite{no}} % \cite{no}
%    \end{macrocode}
%<*package>
\cite{no}
%</package>
% \textcite{last}
`;

describe('documented sources of LaTeX', () => {
  it('cite in the text behind percent signs only', () => {
    assert.deepEqual(keys(source), ['doe', 'roe', 'poe', 'last']);
  });

  it('declare in their driver', () => {
    const { declarations, includes, standalone } = docTex.scan(source);
    assert.deepEqual(
      declarations.map(({ target }) => target),
      ['x.bib'],
    );
    assert.deepEqual(
      includes.map(({ target }) => target),
      ['ltxdoc', 'biblatex', 'x.dtx'],
    );
    assert.equal(standalone, true);
  });

  it('keep every character at its place', () => {
    const text = documentationText(source);
    assert.equal(text.length, source.length);
    for (const { span, key } of docTex.scan(source).groups.flatMap(group => group.citations))
      assert.equal(source.slice(span.start, span.end), key);
  });

  it('name their root for editors', () => {
    assert.equal(docTex.scan('% !TeX root = main.tex\n').root?.target, 'main.tex');
  });

  const sites: [source: string, query: string | undefined][] = [
    ['% \\cite{gil|}', 'gil'],
    ['% \\cite{a,\n%  gil|}', 'gil'],
    ['%% \\cite{gil|}', undefined],
    ['%    \\begin{macrocode}\n\\cite{gil|}\n', undefined],
  ];
  for (const [fixture, query] of sites) {
    it(`${JSON.stringify(fixture)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(fixture);
      assert.equal(docTex.citationSite(text, docTex.scan(text), offset)?.query, query);
    });
  }

  it('keep the laws', () => {
    const fragments =
      '% %% \n \r\n | ^^A \\cite{ } , doe \\iffalse \\fi %<*driver> %</driver> \\end{document} \\bibliography{ { [ ]'.split(
        ' ',
      );
    checkLaws(docTex, [...fragments, ' ', '%    \\begin{macrocode}\n', '%    \\end{macrocode}\n', '\n% ']);
  });
});
