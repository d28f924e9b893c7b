import assert from 'node:assert/strict';
import { completionDocumentation, completions, type CompletionItem } from '../../src/features/completion.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { projectWithCursor, scope } from './project.ts';

const bibliography = `
  %! refs.bib
  @article{058491227277460bac0d80a2d33f51ea,
    author = {Gillard, Steve and Holley, Jess},
    title = {Introducing new {Peer} worker roles},
    year = 2015,
    abstract = {Peers <b>matter</b>.},
  }
  @article{muller2013, author = {M{\\"u}ller, Alexander}, title = {Tunneling}, year = 2013}
  @book{knuth1984, author = {Donald E. Knuth}, title = {The {\\TeX}book}, year = 1984}
  @misc{, title = {Nobody can cite this}}
`.replace(/^ {2}/gmu, '');

const items = (source: string): readonly CompletionItem[] | undefined => {
  const { library, cursor } = projectWithCursor(source.includes('%! refs.bib') ? source : source + bibliography);
  return completions(library, cursor.file.uri, cursor.offset, { scope })?.items;
};

/** The text after the first item was accepted. */
const accepted = (source: string): string | undefined => {
  const { cursor } = projectWithCursor(source);
  const [first] = items(source) ?? [];
  return first && applyEdits(cursor.file.text, [{ span: first.replace, newText: first.insertText }]);
};

const labels = (source: string): string[] | undefined => items(source)?.map(item => item.label);

describe('Completion', () => {
  const cases: readonly (readonly [source: string, result: string])[] = [
    ['%! a.tex\n\\cite{058|}', '\\cite{058491227277460bac0d80a2d33f51ea}'],
    ['%! a.tex\n\\cite{gillard|}', '\\cite{058491227277460bac0d80a2d33f51ea}'],
    ['%! a.tex\n\\cite{peer worker|}', '\\cite{058491227277460bac0d80a2d33f51ea}'],
    ['%! a.tex\n\\cite{2015 peer gill|}', '\\cite{058491227277460bac0d80a2d33f51ea}'],
    ['%! a.tex\n\\cite{muller|}', '\\cite{muller2013}'],
    ['%! a.tex\n\\cite{mul|zzz}', '\\cite{muller2013}'],
    ['%! a.tex\n\\cite{knuth1984, mul|}', '\\cite{knuth1984, muller2013}'],
    ['%! a.tex\n\\cite{mul|, knuth1984}', '\\cite{muller2013, knuth1984}'],
    ['%! a.tex\n\\parencite[12]{\n  mul|\n}', '\\parencite[12]{\n  muller2013\n}'],
    ['%! a.tex\n\\cite{texbook|}', '\\cite{knuth1984}'],
    ['%! a.md\nAs @mul|', 'As @muller2013'],
    ['%! a.md\nAs [@knuth1984; @peer wor|]', 'As [@knuth1984; @058491227277460bac0d80a2d33f51ea]'],
  ];
  for (const [source, result] of cases) {
    it(`makes ${JSON.stringify(result)} of ${JSON.stringify(source)}`, () => {
      assert.equal(accepted(source), result);
    });
  }

  it('shows key, authors and year, title', () => {
    const [first] = items('%! a.tex\n\\cite{muller|}') ?? [];
    assert.deepEqual([first?.label, first?.detail, first?.description], ['muller2013', 'Müller 2013', 'Tunneling']);
  });

  it('keeps editors from filtering and sorting', () => {
    const found = items('%! a.tex\n\\cite{2|}') ?? [];
    assert.ok(found.length >= 1);
    assert.deepEqual(
      found.map(item => item.filterText),
      found.map(() => '2'),
    );
    assert.deepEqual(
      found.map(item => item.sortText),
      found.map((_, rank) => String(rank).padStart(3, '0')),
    );
  });

  it('offers everything that can be cited where nothing was typed', () => {
    assert.deepEqual(labels('%! a.tex\n\\cite{|}'), ['058491227277460bac0d80a2d33f51ea', 'muller2013', 'knuth1984']);
  });

  it('leaves out what the command cites already, but not the key at the cursor', () => {
    assert.deepEqual(labels('%! a.tex\n\\cite{muller2013, |}'), ['058491227277460bac0d80a2d33f51ea', 'knuth1984']);
    assert.deepEqual(labels('%! a.tex\n\\cite{muller|2013}'), ['muller2013']);
  });

  for (const source of [
    '%! a.tex\nplain |text',
    '%! a.tex\n% \\cite{|}',
    '%! a.md\nmail me@mul|',
    '%! a.md\n`@mul|`',
    '%! refs.bib\n@book{a|}',
  ]) {
    it(`stays silent in ${JSON.stringify(source)}`, () => {
      assert.equal(items(source), undefined);
    });
  }

  it('takes the words behind a known key for prose', () => {
    assert.equal(items('%! a.md\n@muller2013 said th|'), undefined);
    assert.deepEqual(labels('%! a.md\n@peer wor|'), ['058491227277460bac0d80a2d33f51ea']);
    assert.equal(items('%! a.md\n@peer nonsensical|'), undefined);
  });

  it('names the file where several have the key', () => {
    const found = items(`
      %! a.tex
      \\cite{doe|}
      %! one.bib
      @book{doe, author = {Doe, Jane}, year = 2001, title = {One}}
      %! two.ris
      TY  - BOOK
      ID  - doe
      AU  - Doe, Jane
      PY  - 2002
      TI  - Two
      ER  -
      %! refs.bib
    `);
    assert.deepEqual(
      found?.map(item => [item.label, item.detail, item.description]),
      [
        ['doe', 'Doe 2002 two.ris', 'Two'],
        ['doe', 'Doe 2001 one.bib', 'One'],
      ],
    );
  });

  it('gives a hundred at most and asks to be asked again', () => {
    const many = Array.from({ length: 300 }, (_, index) => `@book{k${String(index)}, title = {T}}`).join('\n');
    const { library, cursor } = projectWithCursor(`%! a.tex\n\\cite{k|}\n%! refs.bib\n${many}`);
    const list = completions(library, cursor.file.uri, cursor.offset, { scope });
    assert.equal(list?.items.length, 100);
    assert.equal(list.incomplete, true);
  });

  it('makes the documentation of one item, its data escaped', () => {
    const { library, cursor } = projectWithCursor('%! a.tex\n\\cite{gillard|}' + bibliography);
    const [first] = completions(library, cursor.file.uri, cursor.offset, { scope })?.items ?? [];
    const markdown = first && completionDocumentation(library, first.data, {});
    assert.match(markdown ?? '', /Gillard &amp; Holley \\\(2015\\\)\\\. Introducing new/u);
    assert.match(markdown ?? '', /Peers &lt;b&gt;matter&lt;\\\/b&gt;\\\.|Peers matter\\\./u);
    library.setFile('file:///project/refs.bib', { text: '' });
    assert.equal(first && completionDocumentation(library, first.data, {}), undefined);
  });
});
