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

  it('puts braces around an odd key in Markdown only where its citations take them', () => {
    const written: [source: string, result: string][] = [
      ['[@odd|]', '[@{a(1)}]'],
      ['{cite:p}`odd|`', '{cite:p}`a(1)`'],
      ['\\cite{odd|}', '\\cite{a(1)}'],
      ['<cite data-cite="odd|">x</cite>', '<cite data-cite="a(1)">x</cite>'],
      ['{% cite odd| %}', '{% cite a(1) %}'],
    ];
    for (const [source, result] of written)
      assert.equal(accepted(`%! a.md\n${source}\n%! refs.bib\n@book{a(1), title={Odd}}\n`)?.trim(), result);
  });

  it('offers the bibliographies of a section of BibLaTeX first', () => {
    const files =
      '\n%! a.bib\n@book{a1, title={T}, year=2020}\n@book{a2, title={T}}\n%! b.bib\n@book{b1, title={T}, year=1980}\n%! refs.bib\n';
    const text = '\\addbibresource{a.bib}\\begin{refsection}[b.bib]IN\\end{refsection}OUT';
    const inside = text.replace('IN', '\\cite{|}').replace('OUT', '');
    const outside = text.replace('OUT', '\\cite{|}').replace('IN', '');
    assert.deepEqual(labels(`%! a.tex\n${inside}${files}`)?.slice(0, 3), ['b1', 'a1', 'a2']);
    assert.equal(labels(`%! a.tex\n${outside}${files}`)?.[0], 'a1');
  });

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
      %! a.md
      [@doe|]
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

  const library = `
    %! more/lib.bib
    @article{roe1999, author = {Roe, Ann}, title = {Tunneling deeper}, year = 1999}
    @article{twin, author = {M{\\"u}ller, A.}, title = {Tunneling}, year = 2013}
    @book{knuth1984, title = {Tunneling by night}, year = 2001}
    @book{unrelated, title = {Other}}
  `.replace(/^ {4}/gmu, '');

  it('offers what the document does not name below, marked, and what it has only once', () => {
    const found = items(`%! a.tex\n\\bibliography{refs}\n\\cite{tunneling|}${library}${bibliography}`);
    assert.deepEqual(
      found?.map(item => [item.label, item.detail]),
      [
        ['muller2013', 'Müller 2013'],
        ['roe1999', 'Roe 1999 · lib.bib'],
        ['knuth1984', '2001 · lib.bib'],
      ],
    );
    assert.deepEqual(
      found.map(item => item.data.keyForCopy),
      [undefined, 'roe1999', 'knuth1984a'],
    );
    assert.deepEqual(
      found.map(item => item.insertText),
      ['muller2013', 'roe1999', 'knuth1984a'],
    );
  });

  it('says so in the documentation', () => {
    const { library: known, cursor } = projectWithCursor(
      `%! a.tex\n\\bibliography{refs}\n\\cite{deeper|}${library}${bibliography}`,
    );
    const [first] = completions(known, cursor.file.uri, cursor.offset, { scope })?.items ?? [];
    assert.match((first && completionDocumentation(known, first.data, {})) ?? '', /\*Not in the bibliography of this/u);
  });

  const outside: readonly (readonly [what: string, source: string, marked: boolean])[] = [
    [
      'RIS for LaTeX',
      '%! a.tex\n\\cite{forest|}\n%! r.ris\nTY  - BOOK\nID  - f\nTI  - Forest\nER  - \n%! r.bib\n@misc{x}',
      true,
    ],
    ['RIS for Pandoc', '%! a.md\n[@forest|]\n%! r.ris\nTY  - BOOK\nID  - f\nTI  - Forest\nER  - \n', false],
    ['RIS for MyST', '%! a.myst\n[@forest|]\n%! r.ris\nTY  - BOOK\nID  - f\nTI  - Forest\nER  - \n', true],
    ['Hayagriva for Typst', '%! a.typ\n@forest|\n%! r.yml\nf:\n  type: book\n  title: Forest\n', false],
    ['Hayagriva for Pandoc', '%! a.md\n[@forest|]\n%! r.yml\nf:\n  type: book\n  title: Forest\n', true],
    [
      'CSL-JSON for Org',
      '%! a.org\n[cite:@forest|]\n%! r.json\n[{"id": "f", "type": "book", "title": "Forest"}]',
      false,
    ],
    [
      'CSL-JSON for LaTeX',
      '%! a.tex\n\\cite{forest|}\n%! r.json\n[{"id": "f", "type": "book", "title": "Forest"}]',
      true,
    ],
    ['BibTeX elsewhere, nothing named', '%! a.tex\n\\cite{forest|}\n%! x/r.bib\n@misc{f, title = {Forest}}', false],
    [
      'BibTeX elsewhere, RIS beside',
      '%! a.tex\n\\cite{forest|}\n%! r.ris\nTY  - BOOK\nID  - q\nER  - \n%! x/r.bib\n@misc{f, title = {Forest}}',
      false,
    ],
    [
      'BibTeX elsewhere, another beside',
      '%! a.tex\n\\cite{forest|}\n%! r.bib\n@misc{q}\n%! x/r.bib\n@misc{f, title = {Forest}}',
      true,
    ],
  ];
  for (const [what, source, marked] of outside) {
    it(`${marked ? 'marks' : 'does not mark'} ${what}`, () => {
      const { library: known, cursor } = projectWithCursor(source);
      const [first] = completions(known, cursor.file.uri, cursor.offset, { scope })?.items ?? [];
      assert.equal(first?.label, 'f');
      assert.equal(first.data.keyForCopy !== undefined, marked);
      const card = completionDocumentation(known, first.data, {}) ?? '';
      assert.equal(card.startsWith('*Not in the bibliography of this document.'), marked);
    });
  }

  it('offers one of the copies that files of the same name hold, and every one that can be told apart', () => {
    const record = (title: string) => `TY  - BOOK\nID  - f\nTI  - ${title}\nPY  - 2001\nER  - \n`;
    const files = [
      ['a/r.ris', 'Forest'],
      ['b/r.ris', 'Forest'],
      ['c/other.ris', 'Forest'],
      ['d/r.ris', 'Forest and Sea'],
      ['e/r.ris', 'Forest'],
    ] as const;
    const source = files.map(([name, title]) => `%! ${name}\n${record(title)}`).join('');
    const { library: known, cursor } = projectWithCursor(`%! a.tex\n\\cite{forest|}\n${source}`);
    const items = completions(known, cursor.file.uri, cursor.offset, { scope })?.items ?? [];
    assert.deepEqual(items.map(({ detail, description }) => `${detail}: ${description}`).sort(), [
      '2001 · other.ris: Forest',
      '2001 · r.ris: Forest',
      '2001 · r.ris: Forest and Sea',
    ]);
  });

  it('marks a library of the setting where the document names another, unless Pandoc may know it', () => {
    for (const [name, text, marked] of [
      ['a.tex', '\\bibliography{refs}\\cite{forest|}', true],
      ['a.tex', '\\cite{forest|}', false],
      ['a.md', '---\nbibliography: refs.bib\n---\n[@forest|]', false],
    ] as const) {
      const source = `%! ${name}\n${text}\n%! refs.bib\n@misc{x}\n%! all.bib\n@misc{f, title = {Forest}}`;
      const { library: known, cursor } = projectWithCursor(source);
      const options = { scope: { ...scope, globalBibliographies: ['file:///project/all.bib'] } };
      const [first] = completions(known, cursor.file.uri, cursor.offset, options)?.items ?? [];
      assert.equal(first?.label, 'f');
      assert.equal(first.data.keyForCopy !== undefined, marked, `${name} ${text}`);
    }
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
