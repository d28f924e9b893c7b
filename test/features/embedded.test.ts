import assert from 'node:assert/strict';
import { completionDocumentation, completions } from '../../src/features/completion.ts';
import { definition } from '../../src/features/definition.ts';
import { diagnostics } from '../../src/features/diagnostics.ts';
import { hover } from '../../src/features/hover.ts';
import { scopeIn } from '../../src/library/visibleBibliographies.ts';
import { project, projectWithCursor, scope } from './project.ts';

/** What a fixture with the cursor in a citation leads to, and the card of it. */
function look(source: string): { target: (string | undefined)[] | undefined; card: string | undefined } {
  const { library, cursor } = projectWithCursor(source);
  const { uri } = cursor.file;
  const [first] = definition(library, uri, cursor.offset, { scope })?.targets ?? [];
  const text = first && library.text(first.uri);
  return {
    target: first && [
      decodeURIComponent(first.uri.replace('file:///project/', '')),
      first.selectionSpan && text?.slice(first.selectionSpan.start, first.selectionSpan.end),
      first.span && text?.slice(first.span.start, first.span.end).split('\n')[0],
    ],
    card: hover(library, uri, cursor.offset, { scope })?.markdown,
  };
}

const keysOffered = (source: string): string[] => {
  const { library, cursor } = projectWithCursor(source);
  return (completions(library, cursor.file.uri, cursor.offset, { scope })?.items ?? []).map(item => item.label);
};

describe('Entries in documents', () => {
  const list = `
    \\begin{thebibliography}{9}
    % \\bibitem{no} A comment.
    \\bibitem[Doe et~al.(2015)Doe and Roe]{doe} J. Doe. \\newblock \\emph{A Title}. % note
      Journal, 2015.
    \\bibitem
      {roe} R. Roe, Other, 1999.
    \\end{thebibliography}`;

  it('are cited from \\bibitem', () => {
    const { target, card } = look(`\n    %! main.tex\n    \\cite{d|oe}${list}\n`);
    assert.deepEqual(target, [
      'main.tex',
      'doe',
      '\\bibitem[Doe et~al.(2015)Doe and Roe]{doe} J. Doe. \\newblock \\emph{A Title}. % note',
    ]);
    assert.match(card ?? '', /^J\\\. Doe\\\. A Title\\\. Journal\\, 2015\\\.\n/u);
    assert.match(card ?? '', /main\.tex#L4/u);
    assert.deepEqual(keysOffered(`\n    %! main.tex\n    \\cite{|}${list}\n`).sort(), ['doe', 'roe']);
    assert.deepEqual(keysOffered(`\n    %! main.tex\n    \\cite{title|}${list}\n`), ['doe']);
    assert.deepEqual(keysOffered(`\n    %! main.tex\n    \\cite{no|}${list}\n`), []);
  });

  it('hover on their keys, too', () => {
    const { library, cursor } = projectWithCursor('%! main.tex\n\\begin{thebibliography}{9}\\bibitem{d|oe} Text.');
    assert.match(hover(library, cursor.file.uri, cursor.offset, { scope })?.markdown ?? '', /^Text/u);
  });

  it('are offered with their card', () => {
    const { library, cursor } = projectWithCursor(`\n    %! main.tex\n    \\cite{r|}${list}\n`);
    const [item] = completions(library, cursor.file.uri, cursor.offset, { scope })?.items ?? [];
    assert.equal(item?.label, 'roe');
    assert.match(completionDocumentation(library, item.data, {}) ?? '', /Other\\, 1999/u);
  });

  it('are those of included files, and of the list that BibTeX made where there is no bibliography', () => {
    const item = '\\bibitem{doe} Doe.';
    assert.deepEqual(look(`%! main.tex\n\\input{refs}\\cite{d|oe}\n%! refs.tex\n${item}`).target?.[0], 'refs.tex');
    assert.deepEqual(
      look(`%! main.tex\n\\bibliography{refs}\\cite{d|oe}\n%! main.bbl\n${item}`).target?.[0],
      'main.bbl',
    );
    assert.deepEqual(
      look(`%! main.tex\n\\bibliography{refs}\\cite{d|oe}\n%! main.bbl\n${item}\n%! refs.bib\n@book{roe}`).target,
      undefined,
    );
  });

  it('are those that Biber made, where there is no bibliography', () => {
    const entry =
      '\\entry{doe}{book}{}\n\\name{author}{1}{}{{{hash=x}{family={Doe},given={Jane}}}}\n\\field{title}{Forests}\n\\endentry';
    const made = `% $ biblatex auxiliary file $\n${entry}\n\\endinput`;
    const { target, card } = look(`%! main.tex\n\\addbibresource{refs.bib}\\cite{d|oe}\n%! main.bbl\n${made}`);
    assert.deepEqual(target, ['main.bbl', 'doe', '\\entry{doe}{book}{}']);
    assert.match(card ?? '', /Doe.*Forests/u);
    assert.equal(look(`%! main.tex\n\\cite{d|oe}\n${entry}`).target, undefined);
  });

  it('are asked for beside a document only where its bibliography is not at hand', () => {
    const wanted = (source: string): readonly string[] => {
      const { library, file } = project(source);
      return scopeIn(library, file('main.tex').uri, scope).wantedInstead;
    };
    assert.deepEqual(wanted('%! main.tex\n\\bibliography{refs}'), ['file:///project/main.bbl']);
    assert.deepEqual(wanted('%! main.tex\n\\bibliography{refs}\n%! refs.bib\n@book{doe}'), []);
    assert.deepEqual(wanted('%! main.tex\nNo bibliography.'), []);
  });

  it('stand in files that LaTeX makes, unless they are there', () => {
    const source =
      '%! main.tex\n\\begin{filecontents*}[overwrite]{refs.bib}\n@book{doe, title = {T}}\n\\end{filecontents*}\n\\bibliography{refs}\\cite{d|oe}';
    assert.deepEqual(look(source).target, ['main.tex', 'doe', '@book{doe, title = {T}}']);
    assert.equal(look(`${source}\n%! refs.bib\n@book{doe}`).target?.[0], 'refs.bib');
    const { library, file } = project(source);
    assert.deepEqual(diagnostics(library, file('main.tex').uri, { scope }), []);
  });

  it('are those of amsrefs', () => {
    const { target, card } = look(`
      %! main.tex
      \\begin{biblist}
      \\bib{doe}{article}{
        author={Doe, Jane},
        author={Roe, R.},
        title={On {K}-theory},
        journal={Annals},
        date={2001},
      }
      \\end{biblist}
      \\cite{d|oe}`);
    assert.deepEqual(target, ['main.tex', 'doe', '\\bib{doe}{article}{']);
    assert.match(card ?? '', /^Doe &amp; Roe \\\(2001\\\)\\\. On K\\-theory\\\. \*Annals\*/u);
  });

  it('are references in metadata of Pandoc', () => {
    const { target, card } = look(`
      %! main.md
      ---
      title: T
      references:
      - type: book
        id: doe
        title: A Book
      - id: 'roe:1'
        title: Other
      ---
      [@d|oe]`);
    assert.deepEqual(target, ['main.md', 'doe', '- type: book']);
    assert.match(card ?? '', /A Book/u);
  });

  it('move with the document that is edited', () => {
    const { library, cursor } = projectWithCursor(`\n    %! main.tex\n    \\cite{d|oe}${list}\n`);
    const { uri } = cursor.file;
    const keyText = (): (string | undefined)[] =>
      library.embeddedIn(uri).flatMap(({ bibliography }) =>
        Array.from({ length: bibliography.entryCount }, (_, entry) => {
          const { start, end } = bibliography.keySpan(entry);
          return library.text(uri)?.slice(start, end);
        }),
      );
    const [before] = library.embeddedIn(uri);
    library.editDocument(uri, [{ span: { start: 0, end: 0 }, newText: 'New lines\n\n' }]);
    assert.deepEqual(keyText(), ['doe', 'roe']);
    assert.equal(library.embeddedIn(uri)[0]?.bibliography, before?.bibliography);
    const at = library.text(uri)?.indexOf('{roe}') ?? 0;
    library.editDocument(uri, [{ span: { start: at + 1, end: at + 1 }, newText: 'x' }]);
    assert.deepEqual(keyText(), ['doe', 'xroe']);
    assert.equal(definition(library, uri, cursor.offset + 11, { scope })?.targets.length, 1);
    library.setFile(uri, undefined);
    library.closeDocument(uri);
    assert.deepEqual(library.embeddedIn(uri), []);
  });

  it('are told when two have one key', () => {
    const { library, file } = project('%! main.tex\n\\bibitem{doe} One\n\\bibitem{doe} Two');
    assert.deepEqual(
      diagnostics(library, file('main.tex').uri, { scope }).map(({ code, span }) => [code, span.start]),
      [
        ['duplicate-key', 9],
        ['duplicate-key', 27],
      ],
    );
  });
});
