import assert from 'node:assert/strict';
import { projectFileOf } from '../../src/languages/index.ts';
import { markdown } from '../../src/languages/markdown.ts';
import { myst } from '../../src/languages/myst.ts';
import { parseCursor } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string, language = myst): string[] =>
  language.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));

describe('myst citations', () => {
  const forms: [text: string, keys: string[]][] = [
    ['@doe [@roe] [-@poe] [see @a, p. 3; @b]', ['doe', 'roe', 'poe', 'a', 'b']],
    ['{cite}`doe` {cite:p}`a,b` {cite:t}`a;b`', ['doe', 'a', 'b', 'a', 'b']],
    ['{cite:p}`{see}doe{p. 1}`', ['doe']],
    ['{cite:year}`a` {cite:authorpars}`b` {cite:cauthor}`c` {footcite:t}`d`', ['a', 'b', 'c', 'd']],
    ['@doe [pg. 22] [e.g. @a, chap. 3; @b]', ['doe', 'a', 'b']],
    ['@10.1093/nar/22.22.4673', ['10.1093/nar/22.22.4673']],
    ['```{note}\nSee {cite}`doe` and @roe\n```\n@poe', ['doe', 'roe', 'poe']],
    [':::{note}\n{cite}`doe`\n:::', ['doe']],
    ['(sec)=\n# Title\n@sec @doe', ['doe']],
    ['```{figure} a.png\n:label: my-fig\n```\n@my-fig @doe', ['doe']],
    ['(My Sec)=\n[@doe]', ['doe']],
    ['{code}`@doe` {ref}`doe` `{cite}` ``{cite}`doe` `` https://hackmd.io/@name/x', []],
    ['```{code-cell} python\n@doe\n```', []],
    ['{cite}`doe', ['doe']],
    ['[@jupyter-book](https://a.org) [see @a, @b](https://a.org) @doe', ['doe']],
    ['$$\nx @a\n$$ (my-eq)\n\n# Title {#my-sec}\n\n@my-eq, @My-Sec, @doe', ['doe']],
    ['Costs $$ (or @doe) {@roe}', ['doe', 'roe']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('are read in documents that are called Markdown, too', () => {
    assert.deepEqual(keys('{cite:p}`a,b`', markdown), ['a', 'b']);
  });

  it('see the bibliographies of a list of references', () => {
    const text = '```{bibliography} ../refs.bib b.bib\n:style: alpha\n@doe\n```\n{cite}`roe`';
    const { declarations, groups } = myst.scan(text);
    assert.deepEqual(
      declarations.map(({ target, span }) => [target, text.slice(span.start, span.end)]),
      [
        ['../refs.bib', '../refs.bib'],
        ['b.bib', 'b.bib'],
      ],
    );
    assert.equal(groups.length, 1);
    assert.deepEqual(myst.scan('```{bibliography}\n:all:\n```').declarations, []);
    assert.deepEqual(myst.scan('```{bibliography}').declarations, []);
  });

  it('see the bibliographies of the project', () => {
    const read = (name: string, text: string): string[] | undefined =>
      projectFileOf(name)
        ?.scan(text)
        .declarations.map(one => one.target);
    assert.deepEqual(
      read('/a/myst.yml', 'version: 1\nproject:\n  bibliography:\n    - a.bib\n    - https://a.org/b.bib\n'),
      ['a.bib', 'https://a.org/b.bib'],
    );
    assert.deepEqual(read('/a/_config.yml', 'title: x\nbibtex_bibfiles:\n  - references.bib\n'), ['references.bib']);
    assert.equal(projectFileOf('/a/myst.yml')?.isRoot, true);
  });
});

describe('myst while typing', () => {
  const sites: [source: string, query: string | undefined, replaced?: string, taken?: string[]][] = [
    ['{cite}`|', '', ''],
    ['{cite}`|`', '', ''],
    ['{cite:p}`a, gil|`', 'gil', 'gil', ['a']],
    ['{cite:p}`a;gil|;b`', 'gil', 'gil', ['a', 'b']],
    ['{cite:t}`gillard pe|er`', 'gillard pe', 'gillard peer'],
    ['[@gil|]', 'gil', 'gil'],
    ['{ref}`gil|`', undefined],
    ['{cite}`doe` said|', undefined],
  ];
  for (const [source, query, replaced, taken = []] of sites) {
    it(`${JSON.stringify(source)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(source);
      const site = myst.citationSite(text, myst.scan(text), offset);
      assert.equal(site?.query, query);
      if (site === undefined) return;
      assert.equal(text.slice(site.replace.start, site.replace.end), replaced);
      assert.deepEqual(site.taken, taken);
    });
  }

  it('keeps the laws', () => {
    checkLaws(myst, [
      '{cite}`',
      '{cite:p}',
      '`',
      '``',
      '{',
      '}',
      ',',
      ';',
      '@doe',
      '[',
      ']',
      '(doe)=',
      '\n',
      ' ',
      'a',
      '```{note}\n',
    ]);
  });

  it('comes to an end with many roles', () => {
    for (const unit of ['{cite}`', '{cite}``', '{cite}` ', '(a)=\n'])
      assert.ok(myst.scan(unit.repeat(50_000)).groups.length >= 0);
  });
});
