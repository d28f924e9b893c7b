import assert from 'node:assert/strict';
import { markdown } from '../../src/languages/markdown.ts';
import { parseCursor, parseFixture, underline } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string): string[] =>
  markdown.scan(text).groups.flatMap(({ citations }) => citations.flatMap(one => (one.isLabelLike ? [] : one.key)));

describe('markdown citations', () => {
  const forms: [text: string, keys: string[]][] = [
    ['@doe says', ['doe']],
    ['[@doe]', ['doe']],
    ['[see @doe, pp. 33-35; also @roe, ch. 1]', ['doe', 'roe']],
    ['[-@doe] and -@roe', ['doe', 'roe']],
    ['@doe [p. 33]', ['doe']],
    ['@doe [p. 33; also @roe]', ['doe', 'roe']],
    ['[@{https://example.com/bib?name=foo&date=2000}, p.  33]', ['https://example.com/bib?name=foo&date=2000']],
    ['@{Doe 2020.}', ['Doe 2020.']],
    ['[@doe{pp. iv, vi-xi, (xv)-(xvii)}, with suffix]', ['doe']],
    ['[@doe{}, 99 years later]', ['doe']],
    ['@doe. @roe, (@poe) "@qoe" @soe: @toe; *@uoe*', ['doe', 'roe', 'poe', 'qoe', 'soe', 'toe', 'uoe']],
    ['@a:b.c#d$e%f&g-h+i?j<k>l~m/n', ['a:b.c#d$e%f&g-h+i?j<k>l~m/n']],
    ['@doe--roe @doe..roe @_x_ @1a', ['doe', 'doe', '_x_', '1a']],
    ['@Müller2020 @Łukasz @李2020 @e\u0301a', ['Müller2020', 'Łukasz', '李2020', 'e\u0301a']],
    ['@DBLP:books/x/Y', ['DBLP:books/x/Y']],
    ["@doe's book", ['doe']],
    ['^[See @doe and @roe.] ![@poe](a.png)', ['doe', 'roe', 'poe']],
    ['[@doe;\n@roe]', ['doe', 'roe']],
    ['- item @doe\n- [@roe\n1. @poe]', ['doe', 'roe', 'poe']],
    ['# Title @doe\ntext @roe', ['doe', 'roe']],
    ['> quoted @doe', ['doe']],
    ['| @doe | `a |\n|---|---|\n| @roe` |', ['doe', 'roe']],
    ['See \\cite[3]{doe,roe} and \\parencite{poe}.', ['doe', 'roe', 'poe']],
    ['```{=latex}\n\\cite{doe}\n```', ['doe']],
    ['\\newcommand{\\see}[2]{(see \\cite[#1]{#2}, \\cite{roe})}\n\nAs \\see{3}{doe} says', ['roe', 'doe']],
    ['---\nheader-includes:\n  - \\let\\see\\parencites\n---\n\n\\see{doe}[3]{roe}', ['doe', 'roe']],
    ['```{=latex}\n\\DeclareCiteCommand{\\see}{}{}{}{}\n```\n\n\\see[3]{doe} \\other{no}', ['doe']],
    ['\\newcommand{\\needcite}[1]{#1!} \\needcite{no}', []],
    ['\\newcommand{\\see}[1]{\\cite{#1\n\n\\see{no} @doe', ['doe']],
    ['5 < 6 @doe > 3', ['doe']],
    ['$5 and @doe for $6', ['doe']],
    ['a\\$b @doe $', ['doe']],
    ['``a ` @doe', ['doe']],
    ['- item\n\n    @doe in the item', ['doe']],
    ['[^1]: Note\n\n    @doe in the note', ['doe']],
    ['<!-- not closed @doe', ['doe']],
    ['<span>@doe</span>', ['doe']],
    ['::: {.callout-note}\n@doe\n:::', ['doe']],
    ['<cite data-cite="doe">(Doe)</cite> <strong data-cite=\'roe, poe\'>', ['doe', 'roe', 'poe']],
    ['<cite data-cite="4/ABC"></cite> <cite id="doe">x</cite> <a data-cite=doe data-cite="doe">', ['4/ABC']],
    ['{% cite doe roe --file books -l 42 -A %} {%- cite_details poe -%}', ['doe', 'roe', 'poe']],
    ['{% quote doe %} {% reference roe %} {% nocite poe %}\n{% cite doe\nroe %}', ['doe', 'roe', 'poe', 'doe', 'roe']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('knows where each key stands', () => {
    const [file] = parseFixture(`
      As -@doe2020 [see @roe, p. 3; @{x y}] and @a:b.
           ^^^^^^^       ^^^          ^^^        ^^^
      > [@poe;
          ^^^
      > @qoe]
         ^^^
    `).files;
    const spans = markdown.scan(file?.text ?? '').groups.flatMap(group => group.citations.map(one => one.span));
    assert.equal(underline(file?.text ?? '', spans), underline(file?.text ?? '', file?.ranges ?? []));
  });

  it('takes keys in brackets for one group', () => {
    const groups = markdown.scan('[see @a; @b] @c ^[@d] [@e](x) [@f').groups;
    assert.deepEqual(
      groups.map(group => [group.command, ...group.citations.map(({ key }) => key)]),
      [
        ['[@', 'a', 'b'],
        ['@', 'c'],
        ['@', 'd'],
        ['@', 'e'],
        ['[@', 'f'],
      ],
    );
  });
});

describe('markdown links to works', () => {
  it('are known by their DOI', () => {
    const text =
      '[](doi:10.1000/a_b) <https://doi.org/10.1000/c> [x](https://dx.doi.org/10.1016/S0140-6736(96)00001-1) ' +
      'http://doi.org/10.1000/d. [x](https://a.org/10.1000/e) `https://doi.org/10.1000/f` [@doe](doi:10.1000/g)';
    const { works = [], groups } = markdown.scan(text);
    assert.deepEqual(
      works.map(one => one.key),
      ['10.1000/a_b', '10.1000/c', '10.1016/S0140-6736(96)00001-1', '10.1000/d', '10.1000/g'],
    );
    for (const { key, span } of works) assert.equal(text.slice(span.start, span.end), key);
    assert.equal(groups.length, 1);
  });
});

/** References to figures and sections, unless a bibliography has such a key. */
const labelLike = [
  '@fig-one @Fig-one @tbl-x @lst-x @nte-x @wrn-x @cau-x @tip-x @imp-x @prf-x @rem-x @sol-x',
  '@thm-x @lem-x @cor-x @prp-x @cnj-x @def-x @exm-x @exr-x @alg-x @eq-x @sec-x @Sec-x',
  '[@fig-one; @tbl-two] [-@sec-x]',
  '@fig:one @tbl:x @lst:x @eq:x @sec:x @Fig:x @Eq:x',
  '@fig- @eq:',
];

describe('markdown text that cites nothing', () => {
  const silent = [
    'jane@example.org <jane@example.org> [mail](mailto:jane@example.org)',
    'escaped \\@doe',
    '`@doe` ``a ` @doe`` `r x@doe`',
    '```\n@doe\n```',
    '~~~~ r\n@doe\n~~~\n@doe\n~~~~',
    '```{r, echo=FALSE}\nx@doe; @roe\n```',
    '  ```\n  @doe\n  ```',
    '> ```\n> @doe\n> ```',
    '- a\n\n      ```\n      @doe\n      ```',
    '```\n@doe',
    'Text\n\n    @doe in code\n\n    @roe',
    '\t@doe in code',
    '$a @b c$ $$x\n@doe$$',
    '<!-- @doe\n\n```\n@roe\n-->',
    '<a title="@doe" href="x">y</a> <img alt="@doe">',
    '<style>\n@media print {}\n\n@import x\n</style>',
    '<script>@doe</script> <pre>@doe</pre> <code>@doe</code>',
    'https://hackmd.io/@name/x (https://a.org/@name) <https://a.org/@name>',
    '[text](@doe) [text](../@doe/x "title")',
    ...labelLike,
    '\\@ref(fig:x) \\@ref(thm:y)',
    '---\ntitle: x\nauthor: jane @doe\nbibliography: a.bib\n---',
    '\uFEFF---\nauthor: "@doe"\n---\n',
    '[a]{.class key="@doe"} # Title {#id at="@doe"}',
    'user@@host @@doe',
    'a.@.b @',
    'I 💙@',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), []);
    });
  }

  it('goes on behind each of them', () => {
    for (const text of silent.filter(one => !/^(?:```\n@doe$|Text|\t|---|\uFEFF)/.test(one))) {
      assert.deepEqual(keys(`${text}\n\nText @after.\n`), ['after'], text);
    }
  });
});

describe('markdown metadata', () => {
  const forms: [yaml: string, targets: string[]][] = [
    ['bibliography: refs.bib', ['refs.bib']],
    ['bibliography: [a.bib, "b c.json"]', ['a.bib', 'b c.json']],
    ["bibliography:\n  - a.bib\n  - 'sub/b.bib' # the second", ['a.bib', 'sub/b.bib']],
    ['bibliography:\n- a.bib\n- b.bib\ntitle: x', ['a.bib', 'b.bib']],
    ['bibliography: {main: a.bib, sw: [b.bib, c.bib]}', ['a.bib', 'b.bib', 'c.bib']],
    ['bibliography_main: a.bib\nbibliography_sw: b.bib', ['a.bib', 'b.bib']],
    ['bibliography: https://a.org/b.bib', ['https://a.org/b.bib']],
    ['"bibliography": >-\n  a.bib\nx: y', ['a.bib']],
    ['format:\n  html:\n    bibliography: a.bib\n  pdf: default', ['a.bib']],
    ['bibliography: !expr here::here("a.bib")', []],
    ['bibliography: "`r here()`"', []],
    ['bibliography:', []],
    ['bibliography: [a.bib', ['a.bib']],
    ['other:\n  bibliography: no.bib', []],
    ['title: "unclosed\nbibliography: a.bib', ['a.bib']],
  ];
  for (const [yaml, expected] of forms) {
    it(JSON.stringify(yaml), () => {
      const text = `---\n${yaml}\n---\nText\n`;
      const { declarations } = markdown.scan(text);
      assert.deepEqual(
        declarations.map(one => one.target),
        expected,
      );
      for (const { target, span } of declarations) assert.equal(text.slice(span.start, span.end), target);
    });
  }

  it('is read at the beginning, and below an empty line', () => {
    const text =
      '---\r\nbibliography: a.bib\r\n...\r\n\r\nText\r\n\r\n---\r\nbibliography: b.bib\r\n---\r\n\r\n---\r\n\r\n@doe';
    assert.deepEqual(
      markdown.scan(text).declarations.map(one => one.target),
      ['a.bib', 'b.bib'],
    );
    assert.deepEqual(keys(text), ['doe']);
  });

  it('needs an end', () => {
    assert.deepEqual(markdown.scan('---\nbibliography: a.bib\n\n@doe').declarations, []);
    assert.deepEqual(keys('---\nbibliography: a.bib\n\n@doe'), ['doe']);
  });

  it('cites in nocite and in running text', () => {
    assert.deepEqual(keys('---\nnocite: |\n  @doe, @roe\n---\n'), ['doe', 'roe']);
    assert.deepEqual(keys("---\nnocite: '@*'\nabstract: |\n  As @doe says,\n\n  [@roe].\n---\n@*"), [
      '*',
      'doe',
      'roe',
    ]);
    assert.equal(markdown.scan('---\nnocite: |\n  @doe, @roe\n---\n').groups.length, 1);
  });

  it('names further documents', () => {
    const text = '---\nmetadata-files: [a.yml, b.yml]\n---\n{{< include _c.qmd >}} {{< meta x >}}';
    const { includes } = markdown.scan(text);
    assert.deepEqual(
      includes.map(one => one.target),
      ['a.yml', 'b.yml', '_c.qmd'],
    );
    for (const { target, span } of includes) assert.equal(text.slice(span.start, span.end), target);
  });
});

describe('markdown while typing', () => {
  const sites: [source: string, query: string | undefined, replaced?: string, taken?: string[]][] = [
    ['[@|', '', ''],
    ['[@|]', '', ''],
    ['[@gil|', 'gil', 'gil'],
    ['[@gil|]', 'gil', 'gil'],
    ['[@gil|lard2015, p. 3]', 'gil', 'gillard2015'],
    ['@gil|', 'gil', 'gil'],
    ['@|', '', ''],
    ['A word @|', '', ''],
    ['A word @| and more', '', ''],
    ['-@|', '', ''],
    ['[-@gil|]', 'gil', 'gil'],
    ['[see @a; @gillard peer 20|15]', 'gillard peer 20', 'gillard peer 2015', ['a']],
    ['[@gillard pe|er 2015, p. 3]', 'gillard pe', 'gillard peer 2015'],
    ['[@a; @|; @b]', '', '', ['a', 'b']],
    ['[@a; @gil|', 'gil', 'gil', ['a']],
    ['[@a;\n@gil|]', 'gil', 'gil', ['a']],
    ['[@gil| p. 33]', 'gil', 'gil'],
    ['@gillard peer|', 'gillard peer', 'gillard peer'],
    ['@gillard |', 'gillard ', 'gillard '],
    ['@gillard pe|er and more', 'gillard pe', 'gillard peer'],
    ['@doe:|', 'doe:', 'doe:'],
    ['@doe-|2020', 'doe-', 'doe-2020'],
    ['@{gil|', 'gil', '{gil'],
    ['@{gil|lard}', 'gil', '{gillard}'],
    ['[@{|}]', '', '{}'],
    ['See \\cite{a, gil|}', 'gil', 'gil', ['a']],
    ["---\nnocite: '@a, @gil|'\n---\n", 'gil', 'gil', ['a']],
    ['<cite data-cite="a,gil|">x', 'gil', 'gil', ['a']],
    ['<cite data-cite="|">', '', ''],
    ['<cite data-cite="a" title="gil|">', undefined],
    ['{% cite |', '', ''],
    ['{% cite | %}', '', ''],
    ['{% cite gil| %}', 'gil', 'gil'],
    ['{% cite a gil|b --file x %}', 'gil', 'gilb', ['a']],
    ['{% cite a --file gil| %}', undefined],
    ['{% include gil| %}', undefined],
    ['[see @a, p. 3|]', undefined],
    ['[@a, |]', undefined],
    ['[@a; |]', undefined],
    ['[|', undefined],
    ['@doe.|', undefined],
    ['@doe. Then|', undefined],
    ['@doe said, that|', undefined],
    ['@doe and so on and so on and so|', undefined],
    ['@doe\nsaid|', undefined],
    ['@ noon|', undefined],
    ['jane@exa|', undefined],
    ['jane@|', undefined],
    ['`@gil|`', undefined],
    ['```\n@gil|\n```', undefined],
    ['<!-- @gil| -->', undefined],
    ['$@gil|$', undefined],
    ['\\@gil|', undefined],
    ['@fig-|', 'fig-', 'fig-'],
    ['@fig-on|', 'fig-on', 'fig-on'],
    ['@fig:|', 'fig:', 'fig:'],
    ['@gil| ', 'gil', 'gil'],
    ['---\nauthor: @gil|\n---\n', undefined],
    ['|@gil', undefined],
    ['https://a.org/@gil|', undefined],
  ];
  for (const [source, query, replaced, taken = []] of sites) {
    it(`${JSON.stringify(source)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(source);
      const site = markdown.citationSite(text, markdown.scan(text), offset);
      assert.equal(site?.query, query);
      if (site === undefined) return;
      assert.equal(text.slice(site.replace.start, site.replace.end), replaced);
      assert.deepEqual(site.taken, taken);
      assert.equal(site.maybeProse, site.query.includes(' '));
      assert.equal(site.isLabelLike, /^fig[-:]/.test(site.query) || undefined);
    });
  }

  it('writes odd keys in braces', () => {
    const written = ['doe', 'a:b/c', 'doe.', 'a b', 'https://a.org/b', 'a--b', '.a', 'Müller'].map(key =>
      markdown.writeKey(key),
    );
    assert.deepEqual(written, ['doe', 'a:b/c', '{doe.}', '{a b}', 'https://a.org/b', '{a--b}', '{.a}', 'Müller']);
  });
});

describe('markdown reading of any text', () => {
  const fragments = (
    '@ @doe @{ @{a -@b @fig-x [ ] ( ) ]( [@ ^[ ![ ; , { } {# {% %} {{< include ` `` ``` ~~~ $ $$ < > <!-- --> <a <style> </style> ' +
    ':// http:// \\ \\@ \\cite{ \\cite[ --- ... bibliography: nocite: title: - 1. # > | : * . !'
  )
    .split(' ')
    .concat([
      ' ',
      '\n',
      '\n\n',
      '\r\n',
      '\r',
      '    ',
      '\t',
      '---\n',
      '```{=latex}\n',
      ' >}}',
      '\uFEFF',
      '💙',
      '\ud83d',
    ]);

  it('keeps the laws', () => {
    checkLaws(markdown, fragments);
  });

  const count = 300_000;
  const hostile: [what: string, unit: string, groups: number][] = [
    ['open brackets with a key', '[@a ', count],
    ['open brackets', '[', 0],
    ['open braced keys', '@{', count],
    ['signs', '@', 0],
    ['backticks of growing number', '` `` ``` ', 0],
    ['open formulas', '$x ', 0],
    ['open displays', '$$\n\n', 0],
    ['open comments', '<!-- ', 0],
    ['open tags', '<a ', 0],
    ['open elements', '<style><code>', 0],
    ['open links', '[](', 0],
    ['open links in paragraphs', '[a](b\n\n', 0],
    ['open fences', '```\n~~~\n', 0],
    ['open metadata', '---\na: b\n\n', 0],
    ['fields', 'bibliography: a.bib\n', 0],
    ['open commands', '\\cite{', count],
    ['definitions', '\\newcommand{\\x}[1]{\\cite{#1}} ', 0],
    ['open definitions', '\\newcommand{\\x}[1]{\\cite{#1}', 0],
    ['addresses', 'http://', 0],
    ['open tags of Jekyll', '{% cite ', count],
    ['other tags of Jekyll', '{% a ', 0],
    ['open shortcodes', '{{< include ', 0],
    ['open attributes', '{#', 0],
    ['quotations', '>', 0],
  ];
  for (const [what, unit, groups] of hostile) {
    it(`comes to an end with ${count} ${what}`, () => {
      assert.equal(markdown.scan(unit.repeat(count)).groups.length, groups);
    });
  }

  it('comes to an end with many fields in metadata', () => {
    assert.ok(markdown.scan(`---\n${'bibliography: a.bib\n'.repeat(count)}---\n`).declarations.length > 100);
    assert.deepEqual(markdown.scan(`---\nbibliography: ${'['.repeat(50_000)}\n---\n@doe`).groups.length, 1);
    assert.deepEqual(markdown.scan(`---\nbibliography:\n ${'- '.repeat(50_000)}\n---\n@doe`).groups.length, 1);
  });
});
