import assert from 'node:assert/strict';
import { asciidoc } from '../../src/languages/asciidoc.ts';
import { projectFileOf } from '../../src/languages/index.ts';
import { parseCursor, parseFixture, underline } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string): string[] =>
  asciidoc.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));

describe('asciidoc citations', () => {
  const forms: [text: string, keys: string[]][] = [
    ['cite:[doe]', ['doe']],
    ['citenp:[doe] bibitem:[roe]', ['doe', 'roe']],
    ['cite:[a(12-14), b]', ['a', 'b']],
    ['cite:[a(page 3)] cite:[a(3, 5),b]', ['a', 'a', 'b']],
    ['cite:see[doe] cite:see also[roe]', ['doe', 'roe']],
    ['cite:[doe, page=3, prefix="see, also ", locator=x, text=y]', ['doe']],
    ['cite:[a]+[b]', ['a', 'b']],
    ['cite:foo[a]+bar[b, page=3]', ['a', 'b']],
    ['fullcite:[a] nocite:[b]', ['a', 'b']],
    ['citet:[a] citet*:[b] citealt:[c] citealt*:[d] citep:[e] citep*:[f]', ['a', 'b', 'c', 'd', 'e', 'f']],
    [
      'citealp:[a] citealp*:[b] citeauthor:[c] citeauthor*:[d] citeyear:[e] citeyearpar:[f]',
      ['a', 'b', 'c', 'd', 'e', 'f'],
    ],
    ['* item (cite:[doe])\n\n== Title cite:[DBLP:books/x/Y]', ['doe', 'DBLP:books/x/Y']],
    ['cite:[doe]\r\ncite:[roe]', ['doe', 'roe']],
    ['----\nno\n----\ncite:[doe]', ['doe']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('knows where each key stands', () => {
    const [file] = parseFixture(`
      As cite:[doe(12-14), roe] and cite:[poe]+[qoe, page=3].
               ^^^         ^^^            ^^^   ^^^
    `).files;
    const spans = asciidoc.scan(file?.text ?? '').groups.flatMap(group => group.citations.map(one => one.span));
    assert.equal(underline(file?.text ?? '', spans), underline(file?.text ?? '', file?.ranges ?? []));
  });
});

describe('asciidoc text that cites nothing', () => {
  const silent = [
    '// cite:[doe]',
    '////\ncite:[doe]\n////',
    '[source]\n----\ncite:[doe]\n----',
    '....\ncite:[doe]\n....',
    '++++\ncite:[doe]\n++++',
    '```\ncite:[doe]\n```',
    '`+cite:[doe]+` +++cite:[doe]+++ pass:[cite:[doe]',
    '\\cite:[doe]',
    'excite:[doe] cite: [doe] cite::[doe] citex:[doe]',
    'https://a.org[doe] link:doe[x] jane@example.org @doe',
    '[bibliography]\n* [[[doe]]] Paper\n* [[[roe,1]]] Paper\n\n<<doe>> <<roe>>',
    ':bibtex-citation-template: [$id]\n:bibtex-style: ieee',
    'bibliography::[]',
    'cite:[]',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), []);
    });
  }

  it('goes on behind each of them', () => {
    for (const text of silent) assert.deepEqual(keys(`${text}\n\nText cite:[after].\n`), ['after'], text);
  });
});

describe('asciidoc bibliographies', () => {
  const forms: [text: string, targets: string[]][] = [
    [':bibtex-file: refs.bib\n:bibtex-order: appearance', ['refs.bib']],
    [':bibliography-database: db1.bib db2.bib ../dbs/*.bibtex', ['db1.bib', 'db2.bib', '../dbs/*.bibtex']],
    [':bibtex-file: {docdir}/refs.bib', ['refs.bib']],
    [':bibtex-file: {other}/refs.bib', []],
    [':a: {b}\n:bibtex-file: {a}/refs.bib', []],
    ['bibliography::refs.bib[apa, de]', ['refs.bib']],
    ['bibliography::[]\nbibliography::foo[]', []],
    ['// :bibtex-file: refs.bib', []],
    [':bibliography-style: apa\n:bibtex-throw: true', []],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      const { declarations } = asciidoc.scan(text);
      assert.deepEqual(
        declarations.map(one => one.target),
        expected,
      );
      for (const { span, target } of declarations) assert.equal(text.slice(span.start, span.end), target);
    });
  }

  it('and further documents lie where attributes of the document say', () => {
    const text = ':other: sub\n:whole: {other}/refs\n:bibtex-file: {whole}.bib\n\ninclude::{other}/part.adoc[]\n';
    const { declarations, includes } = asciidoc.scan(text);
    const places = [...declarations, ...includes].map(({ target, span }) => [target, text.slice(span.start, span.end)]);
    assert.deepEqual(places, [
      ['sub/refs.bib', '{whole}.bib'],
      ['sub/part.adoc', '{other}/part.adoc'],
    ]);
    assert.deepEqual(asciidoc.scan(`:a: ${'x'.repeat(400)}\n:b: {a}{a}\n:bibtex-file: {b}.bib`).declarations, []);
  });

  it('are patterns where a path has a star', () => {
    assert.equal(asciidoc.scan(':bibliography-database: *.bib').declarations[0]?.kind, 'glob');
  });

  it('stand in files of the project', () => {
    const read = (name: string, text: string): string[] | undefined =>
      projectFileOf(name)
        ?.scan(text)
        .declarations.map(one => one.target);
    assert.deepEqual(read('/a/.asciidoctorconfig', ':bibtex-file: {asciidoctorconfigdir}/a.bib\n'), ['a.bib']);
    assert.deepEqual(read('/a/antora.yml', 'name: x\nasciidoc:\n  attributes:\n    bibtex-file: a.bib\n'), ['a.bib']);
  });

  it('stand in the files that the document includes', () => {
    const { includes } = asciidoc.scan(
      'include::ch/a.adoc[leveloffset=1]\ninclude::{x}/b.adoc[]\ninclude::https://a.org/b[]',
    );
    assert.deepEqual(
      includes.map(one => one.target),
      ['ch/a.adoc'],
    );
  });
});

describe('asciidoc while typing', () => {
  const sites: [source: string, query: string | undefined, replaced?: string, taken?: string[]][] = [
    ['cite:[|]', '', ''],
    ['cite:[|', '', ''],
    ['cite:[gil|lard(12-14), b]', 'gil', 'gillard', ['b']],
    ['cite:[a, gil|]', 'gil', 'gil', ['a']],
    ['cite:[a,|]', '', '', ['a']],
    ['cite:[gillard peer|]', 'gillard peer', 'gillard peer'],
    ['cite:[a]+[gil|]', 'gil', 'gil', ['a']],
    ['cite:see[gil|', 'gil', 'gil'],
    ['cite:[a(pa|ge 3)]', undefined],
    ['cite:[a, page=3|]', undefined],
    ['// cite:[gil|]', undefined],
    ['----\ncite:[gil|]\n----', undefined],
    ['cite:[a] said|', undefined],
    ['cite:|', undefined],
  ];
  for (const [source, query, replaced, taken = []] of sites) {
    it(`${JSON.stringify(source)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(source);
      const site = asciidoc.citationSite(text, asciidoc.scan(text), offset);
      assert.equal(site?.query, query);
      if (site === undefined) return;
      assert.equal(text.slice(site.replace.start, site.replace.end), replaced);
      assert.deepEqual(site.taken, taken);
    });
  }
});

describe('asciidoc reading of any text', () => {
  const fragments =
    'cite:[ cite: citet*: [ ] ( ) , = " + +++ pass:[ // ---- :bibtex-file: include:: bibliography:: a.bib doe \\ * ` {docdir}/'
      .split(' ')
      .concat([' ', '\n', '\n\n', '\n----\n', '\r\n', '💙', '\ud83d']);

  it('keeps the laws', () => {
    checkLaws(asciidoc, fragments);
  });

  const count = 30_000;
  for (const unit of ['cite:[', 'cite:[a(', 'cite:[a]+', '+++ ', 'pass:[', '`+', 'cite:', '"', ':']) {
    it(`comes to an end with ${count} times ${JSON.stringify(unit)}`, () => {
      assert.ok(asciidoc.scan(unit.repeat(count)).groups.length >= 0);
    });
  }
});
