import assert from 'node:assert/strict';
import { definition } from '../../src/features/definition.ts';
import { hover } from '../../src/features/hover.ts';
import { projectWithCursor, scope } from './project.ts';

/** What the cursor leads to: file and text of the key. */
const targets = (source: string): (string | undefined)[][] | undefined => {
  const { library, cursor } = projectWithCursor(source);
  return definition(library, cursor.file.uri, cursor.offset, { scope })?.targets.map(({ uri, selectionSpan }) => [
    decodeURIComponent(uri.replace('file:///project/', '')),
    selectionSpan && library.text(uri)?.slice(selectionSpan.start, selectionSpan.end),
  ]);
};

describe('Go to definition', () => {
  it('leads from a citation to all entries with its key', () => {
    const files = '\n%! a.bib\n@book{roe}\n@book{doe, title = {A}}\n%! b.bib\n@misc{doe}';
    assert.deepEqual(targets('%! main.tex\n\\cite{roe,d|oe}' + files), [
      ['a.bib', 'doe'],
      ['b.bib', 'doe'],
    ]);
    assert.deepEqual(targets('%! main.md\n[@roe; @d|oe]' + files), [
      ['a.bib', 'doe'],
      ['b.bib', 'doe'],
    ]);
    assert.equal(targets('%! main.tex\n\\cite{no|body}' + files), undefined);
    assert.equal(targets('%! main.tex\npro|se' + files), undefined);
  });

  it('leads from the name of a bibliography to the file', () => {
    assert.deepEqual(targets('%! main.tex\n\\addbibresource{my re|fs.bib}\n%! my refs.bib\n@book{doe}'), [
      ['my refs.bib', undefined],
    ]);
    assert.deepEqual(targets('%! main.tex\n\\bibliography{a,b|}\n%! a.bib\n\n%! b.bib\n'), [['b.bib', undefined]]);
    assert.deepEqual(targets("%! conf.py\nbibtex_bibfiles = ['re|fs.bib']\n%! refs.bib\n@book{doe}"), [
      ['refs.bib', undefined],
    ]);
    assert.deepEqual(targets('%! _quarto.yml\nbibliography: re|fs.bib\n%! refs.bib\n@book{doe}'), [
      ['refs.bib', undefined],
    ]);
    assert.equal(targets('%! main.tex\n\\addbibresource{mis|sing.bib}\n%! a.bib\n@book{doe}'), undefined);
  });

  it('leads from the name of a bibliography to the entries that LaTeX makes it of', () => {
    const source =
      '%! main.tex\n\\input{pre}\\bibliography{re|fs}\n%! pre.tex\n\\begin{filecontents}{refs.bib}\n@book{doe}\n\\end{filecontents}';
    const { library, cursor, file } = projectWithCursor(source);
    const [target, ...others] = definition(library, cursor.file.uri, cursor.offset, { scope })?.targets ?? [];
    const { uri, text } = file('pre.tex');
    const start = text.indexOf('@book');
    assert.deepEqual(target, {
      uri,
      span: { start, end: text.indexOf('\\end') },
      selectionSpan: { start, end: start },
    });
    assert.deepEqual(others, []);
    const { markdown = '' } = hover(library, cursor.file.uri, cursor.offset, { scope }) ?? {};
    assert.match(markdown, /pre\.tex#L2\).* 1 reference in BibLaTeX/u);
    assert.deepEqual(targets(`${source}\n%! refs.bib\n@book{roe}`), [['refs.bib', undefined]]);
  });
});
