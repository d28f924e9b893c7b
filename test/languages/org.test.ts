import assert from 'node:assert/strict';
import { org } from '../../src/languages/org.ts';
import { parseCursor, parseFixture, underline } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string): string[] => org.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));

describe('org citations', () => {
  const forms: [text: string, keys: string[]][] = [
    ['[cite:@doe]', ['doe']],
    ['[cite/t/bc:global prefix;pre @a suf;pre @b suf;global suffix]', ['a', 'b']],
    ['[cite/nocite:@a;@b] [cite/na:see\n@c p. 3]', ['a', 'b', 'c']],
    ['[cite:see [x] @doe]', ['doe']],
    ['cite:&a;&b', ['a', 'b']],
    ['[[cite:pre;pre &doe post;post]]', ['doe']],
    ['[[cite:&a;&b][text]]', ['a', 'b']],
    ['See [[cite:see &a;\n&b p. 3][text]] and\n[[cite:c,\n  d]] cite:e', ['a', 'b', 'c', 'd', 'e']],
    ['[[cite:a\n\ncite:b]]', ['a', 'b']],
    ['cite:a,b', ['a', 'b']],
    ['[[cite:a][pre::post]]', ['a']],
    ['See cite:doe. citep:roe, citet*:poe', ['doe', 'roe', 'poe']],
    ['parencite:&a textcite:&b citeauthor:c autocite:d', ['a', 'b', 'c', 'd']],
    ['nocite:&*', ['*']],
    ['\\cite{a,b} and \\parencite[3]{c}', ['a', 'b', 'c']],
    ['#+latex_header: \\newcommand{\\see}[2]{\\cite[#1]{#2}}\n\\see{3}{doe} \\other{no}', ['doe']],
    ['* Title [cite:@doe]\n- item [cite:@roe]', ['doe', 'roe']],
    ['#+caption: From [cite:@doe]', ['doe']],
    ['#+begin_quote\n[cite:@doe]\n#+end_quote', ['doe']],
    ['a = b [cite:@doe] c = d', ['doe']],
    ['[cite:@DBLP:books/x/Y]', ['DBLP:books/x/Y']],
    ['[cite:@doe; @roe]\r\n[cite:@poe]', ['doe', 'roe', 'poe']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('knows where each key stands', () => {
    const [file] = parseFixture(`
      As [cite/t:see @doe p. 3; @roe] and cite:&poe and citep:a,b.
                      ^^^        ^^^            ^^^           ^ ^
    `).files;
    const spans = org.scan(file?.text ?? '').groups.flatMap(group => group.citations.map(one => one.span));
    assert.equal(underline(file?.text ?? '', spans), underline(file?.text ?? '', file?.ranges ?? []));
  });
});

describe('org text that cites nothing', () => {
  const silent = [
    '# [cite:@doe]',
    '=[cite:@doe]= ~cite:doe~',
    ': [cite:@doe]',
    '#+begin_src org\n[cite:@doe]\n#+end_src',
    '#+BEGIN_EXAMPLE\ncite:doe\n#+END_EXAMPLE',
    '#+begin_comment\n[cite:@doe]\n#+end_comment',
    '@doe jane@example.org',
    'mailto:doe https://a.org/cite:x xcite: doe',
    '#+cite_export: csl x.csl',
    '#+print_bibliography:',
    'to cite: doe',
    'bibliographystyle:plain bibstyle:x',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), []);
    });
  }

  it('goes on behind each of them', () => {
    for (const text of silent) assert.deepEqual(keys(`${text}\n\nText [cite:@after].\n`), ['after'], text);
  });
});

describe('org bibliographies', () => {
  const forms: [text: string, targets: string[]][] = [
    ['#+bibliography: a.bib\n#+BIBLIOGRAPHY: "b c.bib"', ['a.bib', 'b c.bib']],
    ['bibliography:a.bib,b.bib', ['a.bib', 'b.bib']],
    ['nobibliography:a.bib nobibliography*:b.bib', ['a.bib', 'b.bib']],
    ['[[bibliography:a.bib]]', ['a.bib']],
    ['addbibresource:a.bib', ['a.bib']],
    ['\\addbibresource{a.bib}', ['a.bib']],
    ['#+latex_header: \\addbibresource{a.bib}', ['a.bib']],
    ['# #+bibliography: a.bib\n#+begin_src org\n#+bibliography: a.bib\n#+end_src', []],
    ['#+cite_export: csl x.csl\nbibliographystyle:plain', []],
    ['#+bibliography:', []],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      const { declarations } = org.scan(text);
      assert.deepEqual(
        declarations.map(one => one.target),
        expected,
      );
      for (const { span, target } of declarations) assert.equal(text.slice(span.start, span.end), target);
    });
  }

  it('stand in the files that the document includes', () => {
    const { includes } = org.scan(
      '#+SETUPFILE: setup.org\n#+INCLUDE: "ch.org" :lines "1-3"\n#+setupfile: https://a.org/b',
    );
    assert.deepEqual(
      includes.map(one => one.target),
      ['setup.org', 'ch.org'],
    );
  });
});

describe('org while typing', () => {
  const sites: [source: string, query: string | undefined, replaced?: string, taken?: string[]][] = [
    ['[cite:@|]', '', ''],
    ['[cite:@|', '', ''],
    ['[cite:@gil|lard p. 3]', 'gil', 'gillard'],
    ['[cite:@a;@gil|]', 'gil', 'gil', ['a']],
    ['[cite:@gillard peer|]', 'gillard peer', 'gillard peer'],
    ['cite:&gil|', 'gil', 'gil'],
    ['[[cite:see &a; &gil|]]', 'gil', 'gil', ['a']],
    ['cite:gil|', 'gil', 'gil'],
    ['cite:|', '', ''],
    ['cite:a,gil|', 'gil', 'gil', ['a']],
    ['\\cite{a, gil|}', 'gil', 'gil', ['a']],
    ['[cite:@a] said|', undefined],
    ['@gil|', undefined],
    ['# [cite:@gil|]', undefined],
    ['=[cite:@gil|]=', undefined],
    ['#+begin_src x\n[cite:@gil|]\n#+end_src', undefined],
  ];
  for (const [source, query, replaced, taken = []] of sites) {
    it(`${JSON.stringify(source)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(source);
      const site = org.citationSite(text, org.scan(text), offset);
      assert.equal(site?.query, query);
      if (site === undefined) return;
      assert.equal(text.slice(site.replace.start, site.replace.end), replaced);
      assert.deepEqual(site.taken, taken);
    });
  }
});

describe('org reading of any text', () => {
  const fragments =
    '[cite:@ [cite/t: @doe ; ] [[cite: ]] cite:& cite:a , = ~ # #+bibliography: #+begin_src #+end_src : \\cite{ } bibliography:a.bib * \\'
      .split(' ')
      .concat([' ', '\n', '\n\n', '\r\n', '💙', '\ud83d']);

  it('keeps the laws', () => {
    checkLaws(org, fragments);
  });

  const count = 30_000;
  for (const unit of ['[cite:', '[cite:@a', '[cite:@a\n', 'cite:', '=a ', '[[cite:&', '\\cite{', '[', ':', 'a']) {
    it(`comes to an end with ${count} times ${JSON.stringify(unit)}`, () => {
      assert.ok(org.scan(unit.repeat(count)).groups.length >= 0);
    });
  }
});
