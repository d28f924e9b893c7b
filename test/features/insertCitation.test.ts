import assert from 'node:assert/strict';
import { citationPlace, insertCitation } from '../../src/features/insertCitation.ts';
import { languageOf, languages } from '../../src/languages/index.ts';
import type { CitationEffect } from '../../src/protocol/citing.ts';
import { applyEdits } from '../../src/text/edit.ts';

interface Choice {
  readonly keys?: readonly string[];
  readonly form?: string;
  readonly prefix?: string;
  readonly locator?: string;
}

/** Words that are no keys. */
const isQuery = (word: string): boolean => /^(?:gil|gillard peer)$/.test(word);

/** The text with a citation inserted at each `|`, or instead of `‹…›`; cursors as `|`. */
function inserted(languageId: string, marked: string, { keys = ['a', 'b'], form, prefix = '', locator = '' }: Choice) {
  const language = languageOf(languageId, '');
  assert.ok(language);
  const selections: { start: number; end: number }[] = [];
  let text = '';
  for (const char of marked) {
    if (char === '|') selections.push({ start: text.length, end: text.length });
    else if (char === '‹') selections.push({ start: text.length, end: -1 });
    else if (char === '›') selections.push({ start: selections.pop()?.start ?? 0, end: text.length });
    else text += char;
  }
  const usual = language.writing.forms(text)[0]?.name ?? '';
  const document = { language, text, scanned: language.scan(text) };
  const choice = { keys, form: form ?? usual, affixes: { prefix, locator } };
  const { edits, cursors } = insertCitation(document, selections, choice, isQuery);
  let result = applyEdits(text, edits);
  for (const cursor of [...new Set(cursors)].sort((a, b) => b - a))
    result = `${result.slice(0, cursor)}|${result.slice(cursor)}`;
  return result;
}

type Case = readonly [before: string, after: string, choice?: Choice];

const tables: Readonly<Record<string, readonly Case[]>> = {
  latex: [
    ['word|', 'word\\cite{a,b}|'],
    ['see | here', 'see \\cite{a,b}| here'],
    ['see ‹CITE› here', 'see \\cite{a,b}| here'],
    ['|', '\\parencite[see][p.~7]{a,b}|', { form: '\\parencite', prefix: 'see', locator: 'p.~7' }],
    ['|', '\\footcite[7]{a}|', { form: '\\footcite', locator: '7', keys: ['a'] }],
    ['|', '\\textcite[see][]{a}|', { form: '\\textcite', prefix: 'see', keys: ['a'] }],
    ['|', '\\autocite[{[sic]}]{a}|', { form: 'autocite', locator: '[sic]', keys: ['a'] }],
    ['\\cite{x|}', '\\cite{x,a,b|}'],
    ['\\cite{x}|', '\\cite{x,a,b|}'],
    ['\\ci|te{x, y}', '\\cite{x, y, a, b|}'],
    ['\\parencite[see][3]{x|, y}', '\\parencite[see][3]{x, a, b|, y}'],
    ['\\cite{|x}', '\\cite{x,a,b|}'],
    ['\\cite{|}', '\\cite{a,b|}'],
    ['\\cite{|', '\\cite{a,b|'],
    ['\\cite{x, |}', '\\cite{x, a,b|}'],
    ['\\cite{gil|}', '\\cite{a,b|}'],
    ['\\cite{gillard peer|, y}', '\\cite{a, b|, y}'],
    ['\\cite{\n  x,\n  y|\n}', '\\cite{\n  x,\n  y,a,b|\n}'],
    ['\\cite{a|}', '\\cite{a,b|}'],
    ['\\cites{x|}{y}', '\\cites{x,a,b|}{y}'],
    ['\\textcite{x} | \\textcite{y}', '\\textcite{x} \\cite{a,b}| \\textcite{y}'],
    ['|', '\\citeA<see>[p. 7]{a}|', { form: '\\citeA<>', keys: ['a'], prefix: 'see', locator: 'p. 7' }],
    ['|', '\\cite[p. 7]{a,b}|', { form: '\\cite<>', locator: 'p. 7' }],
  ],
  markdown: [
    ['word |.', 'word [@a; @b]|.'],
    ['|', '[see @a; @b, p. 7]|', { prefix: 'see', locator: 'p. 7' }],
    ['|', '@a, @b|', { form: '@key' }],
    ['|', '@a [p. 7]|', { form: '@key', keys: ['a'], locator: 'p. 7' }],
    ['word|s', 'word @a |s', { form: '@key', keys: ['a'] }],
    ['|', '[-@a; -@b]|', { form: '[-@key]' }],
    ['|', '[@{a b}]|', { keys: ['a b'] }],
    ['|', '[@a, \\[sic\\]]|', { keys: ['a'], locator: '[sic]' }],
    ['[@x|]', '[@x; @a; @b|]'],
    ['[@x]|', '[@x; @a; @b|]'],
    ['[see @x, p. 3|; @y]', '[see @x, p. 3; @a; @b|; @y]'],
    ['[@{x y}|, {p. 3; 4}]', '[@{x y}, {p. 3; 4}; @a; @b|]'],
    ['[@|]', '[@a; @b|]'],
    ['[@gil|]', '[@a; @b|]'],
    ['[@x; @gillard peer|]', '[@x; @a; @b|]'],
    ['see @|', 'see [@a; @b]|'],
    ['see @gil|', 'see [@a; @b]|'],
    ['see @x|', 'see @x, @a, @b|'],
    ['@x says |so', '@x says [@a; @b]|so'],
    ['`code`|', '`code`[@a; @b]|'],
    ['|', '{cite:t}`{see}a,b{p. 7}`|', { form: '{cite:t}', prefix: 'see', locator: 'p. 7' }],
    ['{cite}`x|`', '{cite}`x,a,b|`'],
    ['{cite:p}`|`', '{cite:p}`a,b|`'],
    ['{cite:p}`{see}x{p. 1}`|', '{cite:p}`{see}x{p. 1},a,b|`'],
    ['{cite}`x` and |', '{cite}`x` and {cite:p}`a,b`|'],
    ['\\citep{x|}', '\\citep{x,a,b|}'],
    // What would go on with the key, or make a link of the citation.
    ['|-based', '@a |-based', { form: '@key', keys: ['a'] }],
    ['|. Then', '@a|. Then', { form: '@key', keys: ['a'] }],
    ['|[note]', '@a |[note]', { form: '@key', keys: ['a'] }],
    ['word |(x)', 'word [@a; @b] |(x)'],
    ['|', '^[@a, @b [p. 7]]|', { form: '^[@key]', locator: 'p. 7' }],
    // A locator stays with its key.
    ['@x| [p. 3] says', '@x [p. 3], @a, @b| says'],
    ['@x| [link](y)', '@x, @a, @b| [link](y)'],
    ['{% cite x| %}', '{% cite x a b| %}'],
    ['{% cite | %}', '{% cite a b| %}'],
    ['<cite data-cite="x|">', '<cite data-cite="x,a,b|">'],
    ['---\nnocite: "@x|"\n---\n', '---\nnocite: "@x, @a, @b|"\n---\n'],
  ],
  myst: [['|', '{cite:p}`a,b`|']],
  typst: [
    ['word |', 'word @a @b|'],
    ['word|', 'word @a @b|'],
    ['|', '@a[p. 7]|', { keys: ['a'], locator: 'p. 7' }],
    [
      '|',
      '#cite(<a>, form: "prose", supplement: [p. 7])|',
      { keys: ['a'], form: '#cite(<key>, form: "prose")', locator: 'p. 7' },
    ],
    ['|', '#cite(<a>) #cite(label("b/c"))|', { keys: ['a', 'b/c'], form: '#cite(<key>)' }],
    ['|', '@a #cite(label("b/c"))|', { keys: ['a', 'b/c'] }],
    ['|', '#footnote[@a @b]|', { form: '#footnote[@key]' }],
    ['|', '#cite(<a>, form: none)|', { keys: ['a'], form: '#cite(<key>, form: none)' }],
    ['@x|', '@x @a @b|'],
    ['@x|[p. 3] says', '@x[p. 3] @a @b| says'],
    ['#cite(<x>)|', '#cite(<x>) @a @b|'],
    ['#cite(<|>)', '#cite(<a>|)', { keys: ['a'] }],
    ['see @|', 'see @a @b|'],
    ['see @gil|', 'see @a @b|'],
    ['#{ cite(<x>)| }', '#{ cite(<x>) + cite(<a>) + cite(<b>)| }'],
    // In code and formulas it is a block of content.
    ['#{ | }', '#{ [@a @b]| }'],
    ['#let x = |\ntext', '#let x = [@a @b]|\ntext'],
    ['#figure(caption: |)', '#figure(caption: [@a @b]|)'],
    ['#figure(caption: [|])', '#figure(caption: [@a @b|])'],
    ['#emph[x] |', '#emph[x] @a @b|'],
    ['#if x [y] |', '#if x [y] @a @b|'],
    ['$ x | $', '$ x #[@a @b]| $'],
    // What would go on with the key, or be its supplement.
    ['|-based', '@a |-based', { keys: ['a'] }],
    ['|. Then', '@a|. Then', { keys: ['a'] }],
    ['|[note]', '@a |[note]', { keys: ['a'] }],
    ['|(x)', '#cite(<a>) |(x)', { keys: ['a'], form: '#cite(<key>)' }],
  ],
  restructuredtext: [
    ['word |.', 'word :cite:p:`a,b`|.'],
    ['word|', 'word :cite:p:`a,b`|'],
    ['|', ':cite:t:`{see}a{p. 7}`|', { form: ':cite:t:', keys: ['a'], prefix: 'see', locator: 'p. 7' }],
    ['|', ':footcite:p:`a,b`|', { form: ':footcite:p:' }],
    [':cite:`x|`', ':cite:`x,a,b|`'],
    [':cite:`x, y`|', ':cite:`x, y, a, b|`'],
    [':cite:p:`|`', ':cite:p:`a,b|`'],
    [':cite:p:`gil|`', ':cite:p:`a,b|`'],
    // A role is read between blanks and some signs only.
    ['word.|', 'word. :cite:p:`a,b`|'],
    ['*word*|(x)', '*word* :cite:p:`a,b` |(x)'],
    ['("|")', '(":cite:p:`a,b`|")'],
    ['.. bibliography::\n\n   x|\n', '.. bibliography::\n\n   x\n   a\n   b|\n'],
  ],
  asciidoc: [
    ['word |.', 'word cite:[a, b]|.'],
    ['|', 'cite:see[a(12-14)]|', { keys: ['a'], prefix: 'see', locator: '12-14' }],
    ['|', 'citenp:[a, b]|', { form: 'citenp:[]' }],
    ['cite:[x|]', 'cite:[x, a, b|]'],
    ['cite:[x(12)]|', 'cite:[x(12), a, b|]'],
    ['cite:[|]', 'cite:[a, b|]'],
    [':bibliography-database: r.bib\n\n|', ':bibliography-database: r.bib\n\ncitep:[a]+[b]|'],
    ['|', 'citet:[a, prefix="see ", page=7]|', { keys: ['a'], form: 'citet:[]', prefix: 'see', locator: '7' }],
    ['|', 'citet:[a]+[b, locator="ch. 2"]|', { form: 'citet:[]', locator: 'ch. 2' }],
    ['citet:[x, page=3]|', 'citet:[x, page=3]+[a]+[b]|'],
    ['citep:[x|]', 'citep:[x]+[a]+[b]|'],
    ['citep:[|]', 'citep:[a]+[b|]'],
    [':bibliography-database: r.bib\n\ncite:[x|]', ':bibliography-database: r.bib\n\ncite:[x]+[a]+[b]|'],
    ['|', 'cite:see also[a(pp. 3, 5)]|', { keys: ['a'], prefix: 'see also', locator: 'pp. 3, 5' }],
  ],
  org: [
    ['word |.', 'word [cite:@a;@b]|.'],
    ['|', '[cite/t:see @a p. 7]|', { form: '[cite/t:@key]', keys: ['a'], prefix: 'see', locator: 'p. 7' }],
    ['[cite:@x|]', '[cite:@x;@a;@b|]'],
    ['[cite:@x p. 3|;@y]', '[cite:@x p. 3;@a;@b|;@y]'],
    ['[cite:@|]', '[cite:@a;@b|]'],
    ['[cite:@gil|]', '[cite:@a;@b|]'],
    ['[cite/t:|]', '[cite/t:@a;@b|]'],
    ['[cite:see |]', '[cite:see @a;@b|]'],
    ['[cite:|', '[cite:@a;@b|'],
    ['[[cite:&x p. 3|]]', '[[cite:&x p. 3;&a;&b|]]'],
    ['cite:&x and |', 'cite:&x and cite:&a;&b|'],
    ['cite:&x|', 'cite:&x;&a;&b|'],
    ['|', '[[citet:see &a p. 7]]|', { form: 'citet:&key', keys: ['a'], prefix: 'see', locator: 'p. 7' }],
    ['cite:x|', 'cite:x,a,b|'],
    ['\\citep{x|}', '\\citep{x,a,b|}'],
  ],
};

/** What makes a text one that cites, or that cites otherwise. */
const preambles: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'latex',
    ['', ...['biblatex', 'natbib', 'apacite', 'harvard', 'abntex2cite'].map(name => `\\usepackage{${name}}\n`)],
  ],
  ['asciidoc', ['', ':bibliography-database: r.bib\n\n']],
  ['percent-script', ['# %% [markdown]\n# ']],
]);

describe('Insert Citation', () => {
  for (const [languageId, cases] of Object.entries(tables)) {
    describe(languageId, () => {
      for (const [before, after, choice = {}] of cases) {
        it(`makes ${JSON.stringify(after)} of ${JSON.stringify(before)}`, () => {
          assert.equal(inserted(languageId, before, choice), after);
        });
      }
    });
  }

  for (const language of languages) {
    it(`writes every form of ${language.id} so that it is read back`, () => {
      const preamble = preambles.get(language.id) ?? [''];
      for (const start of preamble) {
        for (const { name, takes } of language.writing.forms(start)) {
          const affixes = { prefix: takes.prefix ? 'see' : '', locator: takes.locator ? '7' : '' };
          const text = `${start}${language.writing.write(['doe2020', 'roe:21'], name, affixes)}`;
          const keys = language.scan(text).groups.flatMap(group => group.citations.map(citation => citation.key));
          assert.deepEqual(keys, ['doe2020', 'roe:21'], `${name}: ${text}`);
          for (const affix of [affixes.prefix, affixes.locator]) assert.ok(text.includes(affix), `${name}: ${text}`);
        }
      }
    });
  }

  /** What a language has for each effect, the usual form of each. */
  const effects: readonly (readonly [
    languageId: string,
    text: string,
    expected: Partial<Record<CitationEffect, string>>,
  ])[] = [
    [
      'latex',
      '\\usepackage{biblatex}',
      {
        plain: '\\cite',
        parenthetical: '\\parencite',
        textual: '\\textcite',
        footnote: '\\footcite',
        suppressAuthor: '\\parencite*',
      },
    ],
    [
      'latex',
      '\\usepackage{natbib}',
      { parenthetical: '\\citep', textual: '\\citet', suppressAuthor: '\\citeyearpar' },
    ],
    [
      'latex',
      '\\usepackage{apacite}',
      { parenthetical: '\\cite<>', textual: '\\citeA<>', suppressAuthor: '\\citeyear<>' },
    ],
    ['latex', '\\usepackage[alf]{abntex2cite}', { parenthetical: '\\cite', textual: '\\citeonline' }],
    ['latex', '\\usepackage{harvard}', { parenthetical: '\\cite', textual: '\\citeasnoun' }],
    ['markdown', '', { parenthetical: '[@key]', textual: '@key', footnote: '^[@key]', suppressAuthor: '[-@key]' }],
    [
      'myst',
      '',
      { parenthetical: '{cite:p}', textual: '{cite:t}', footnote: '{footcite:p}', suppressAuthor: '{cite:yearpar}' },
    ],
    ['typst', '', { plain: '@key', textual: '#cite(<key>, form: "prose")', footnote: '#footnote[@key]' }],
    [
      'restructuredtext',
      '',
      { parenthetical: ':cite:p:', textual: ':cite:t:', footnote: ':footcite:p:', suppressAuthor: ':cite:yearpar:' },
    ],
    [
      'org',
      '',
      { plain: '[cite:@key]', textual: '[cite/t:@key]', footnote: '[cite/ft:@key]', suppressAuthor: '[cite/na:@key]' },
    ],
    [
      'org',
      'cite:&x',
      { plain: 'cite:&key', textual: 'citet:&key', footnote: 'footcite:&key', suppressAuthor: 'citeyearpar:&key' },
    ],
    ['asciidoc', '', { parenthetical: 'cite:[]', textual: 'citenp:[]' }],
    [
      'asciidoc',
      ':bibliography-database: x',
      { parenthetical: 'citep:[]', textual: 'citet:[]', suppressAuthor: 'citeyearpar:[]' },
    ],
  ];
  for (const [languageId, text, expected] of effects) {
    it(`has the forms of ${languageId} ${text}`, () => {
      const forms = languageOf(languageId, '')?.writing.forms(text) ?? [];
      for (const [effect, name] of Object.entries(expected))
        assert.equal(forms.find(form => form.effect === effect)?.name, name, effect);
    });
  }

  it('tells whose a form is where a document may go through either', () => {
    const owners = (languageId: string, text: string, ...names: string[]): (string | undefined)[] => {
      const forms = languageOf(languageId, '')?.writing.forms(text) ?? [];
      return names.map(name => forms.find(form => form.name === name)?.of);
    };
    assert.deepEqual(owners('latex', '', '\\cite', '\\textcite', '\\citet', '\\citeauthor'), [
      undefined,
      'BibLaTeX',
      'natbib',
      undefined,
    ]);
    assert.deepEqual(owners('latex', '\\usepackage{natbib}', '\\citet'), [undefined]);
    assert.deepEqual(owners('markdown', '', '@key', '{cite:t}', '{footcite:p}'), [undefined, 'MyST', 'Sphinx']);
    assert.deepEqual(owners('myst', '', '{cite:t}', '{footcite:p}'), [undefined, 'Sphinx']);
    assert.deepEqual(owners('org', '', '[cite:@key]', 'cite:&key'), [undefined, 'org-ref']);
  });

  it('asks for what stands before the key only where LaTeX has a place for it', () => {
    const { writing } = languageOf('latex', '') ?? {};
    const takes = (text: string): boolean | undefined => writing?.forms(text)[0]?.takes.prefix;
    assert.equal(takes('\\documentclass[a4paper]{article}'), false);
    assert.deepEqual(
      writing?.forms('\\documentclass{article}').map(form => form.name),
      ['\\cite', '\\nocite'],
    );
    assert.equal(takes('\\documentclass{article} \\citep{x}'), true);
    assert.equal(takes('\\documentclass{elsarticle}'), true);
    assert.equal(takes('\\documentclass{article} \\usepackage{apacite}'), true);
  });

  it('cites at every cursor, and once in a citation that two stand in', () => {
    assert.equal(inserted('latex', 'x | y | z', {}), 'x \\cite{a,b}| y \\cite{a,b}| z');
    assert.equal(inserted('markdown', '[@x|; @y] |', { keys: ['a'] }), '[@x; @a|; @y] [@a]|');
    assert.equal(inserted('latex', '\\c|ite{x|}', { keys: ['a'] }), '\\cite{x,a|}');
  });

  it('changes nothing where all is cited already', () => {
    assert.equal(inserted('latex', '\\cite{a,b|}', {}), '\\cite{a,b|}');
    assert.equal(inserted('markdown', '[@a; @b|]', { keys: ['b'] }), '[@a; @b|]');
  });

  it('knows whether the cursor is in a citation', () => {
    const language = languageOf('markdown', '');
    assert.ok(language);
    const kindAt = (marked: string): string => {
      const text = marked.replace('|', '');
      return citationPlace({ language, text, scanned: language.scan(text) }, marked.indexOf('|'), isQuery).kind;
    };
    assert.equal(kindAt('see |'), 'new');
    assert.equal(kindAt('see [@x|]'), 'inside');
    assert.equal(kindAt('see [@gil|]'), 'begun');
    assert.equal(kindAt('see [@x] |'), 'new');
  });
});
