import assert from 'node:assert/strict';
import { projectFileOf } from '../../src/languages/index.ts';
import { restructuredText } from '../../src/languages/restructuredText.ts';
import { parseCursor, parseFixture, underline } from '../support/fixture.ts';
import { checkLaws } from './manuscriptLaws.ts';

const keys = (text: string): string[] =>
  restructuredText.scan(text).groups.flatMap(group => group.citations.map(({ key }) => key));

describe('reStructuredText citations', () => {
  const roles =
    'cite cite:p cite:ps cite:t cite:ts cite:ct cite:cts cite:alp cite:alps cite:label cite:labelpar cite:year cite:yearpar ' +
    'cite:author cite:authors cite:authorpar cite:authorpars cite:cauthor cite:cauthors cite:empty footcite footcite:p ' +
    'footcite:ps footcite:t footcite:ts footcite:ct footcite:cts';
  for (const role of roles.split(' ')) {
    it(role, () => {
      assert.deepEqual(keys(`See :${role}:\`doe\`.`), ['doe']);
    });
  }

  const forms: [text: string, keys: string[]][] = [
    [':cite:p:`a,b`', ['a', 'b']],
    [':cite:p:`a,\n  b, c`', ['a', 'b', 'c']],
    [':cite:p:`{see}doe{p. 1}`', ['doe']],
    [':cite:p:`{see, or}doe{p. 1, 2},{also}roe`', ['doe', 'roe']],
    ['(:cite:`doe`) *x* :cite:t:`DBLP:books/x/Y`', ['doe', 'DBLP:books/x/Y']],
    ['.. note:: See :cite:`doe`\n\n   and :cite:`roe`.', ['doe', 'roe']],
    ['.. figure:: a.png\n\n   Caption :cite:`doe`', ['doe']],
    ['.. [1] See :cite:`doe`', ['doe']],
    ['.. [#f] See\n   :cite:`doe`', ['doe']],
    ['- item :cite:`doe`\n\n  more :cite:`roe`', ['doe', 'roe']],
    ['Code::\n\n  :cite:`no`\n\nText :cite:`doe`', ['doe']],
    ['Code::\n\nText :cite:`doe`', ['doe']],
    ['``a`` :cite:`doe` ``b``', ['doe']],
    ['``open :cite:`doe`', ['doe']],
    ['.. bibliography:: a.bib\n   :list: enumerated\n   :filter: False\n\n   doe\n   roe', ['doe', 'roe']],
    ['.. bibliography::\n   :keyprefix: x-\n\n:cite:`x-doe,roe`', ['doe', 'roe']],
    ['Title :cite:`doe`\n=====\r\n\r\n:cite:`roe`', ['doe', 'roe']],
  ];
  for (const [text, expected] of forms) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('knows where each key stands', () => {
    const [file] = parseFixture(`
      As :cite:p:\`{see}doe{p. 1}, roe\` and :footcite:\`poe\`.
                       ^^^        ^^^                 ^^^
    `).files;
    const spans = restructuredText.scan(file?.text ?? '').groups.flatMap(group => group.citations.map(one => one.span));
    assert.equal(underline(file?.text ?? '', spans), underline(file?.text ?? '', file?.ranges ?? []));
  });
});

describe('reStructuredText that cites nothing', () => {
  const silent = [
    '[doe]_\n\n.. [doe] A paper',
    '``:cite:`doe```',
    ':code:`doe` :ref:`doe` `doe` `doe <https://a.org>`_ :math:`a` :citex:`doe` :cite:x:`doe`',
    '.. A comment :cite:`doe`\n   and :cite:`roe`',
    '..\n   :cite:`doe`\n\n   :cite:`roe`',
    '.. _doe: https://a.org',
    '.. code-block:: rst\n\n   :cite:`doe`',
    '.. code::\n   :number-lines:\n\n   :cite:`doe`\n\n   :cite:`roe`',
    '.. math:: :cite:`doe`',
    '.. raw:: latex\n\n   \\cite{doe} :cite:`doe`',
    'Code::\n\n   :cite:`doe`\n\n   :cite:`roe`',
    '::\n\n   :cite:`doe`',
    '\\:cite:\\`doe\\`',
    'jane@example.org @doe \\cite{doe}',
    '.. bibliography:: a.bib\n   :filter: key % "doe"\n   :style: plain',
    ':cite:``',
  ];
  for (const text of silent) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), []);
    });
  }

  it('goes on behind each of them', () => {
    for (const text of silent) assert.deepEqual(keys(`${text}\n\nText :cite:\`after\`.\n`), ['after'], text);
  });
});

describe('reStructuredText bibliographies', () => {
  const targets = (text: string): string[] => {
    const { declarations } = restructuredText.scan(text);
    for (const { span, target } of declarations) assert.equal(text.slice(span.start, span.end), target);
    return declarations.map(one => one.target);
  };

  it('are named by the directive', () => {
    assert.deepEqual(targets('.. bibliography:: a.bib sub/b.bib\n   :all:\n'), ['a.bib', 'sub/b.bib']);
    assert.deepEqual(targets('.. bibliography:: a.bib\n   b.bib\n   :cited:\n'), ['a.bib', 'b.bib']);
    assert.deepEqual(targets('.. bibliography::\n   :cited:\n   :notcited:\n\n.. footbibliography::\n'), []);
  });

  const configurations: [python: string, targets: string[]][] = [
    ["bibtex_bibfiles = ['refs.bib', 'sub/b.bib']", ['refs.bib', 'sub/b.bib']],
    [
      'extensions = ["x"]\nbibtex_bibfiles = [\n    "a.bib",  # "no.bib"\n    "b.bib",\n]\nx = "c.bib"',
      ['a.bib', 'b.bib'],
    ],
    ['bibtex_bibfiles: list[str] = ("a.bib",)', ['a.bib']],
    ['bibtex_bibfiles += ["a.bib"]\nbibtex_bibfiles.append("b.bib")', ['a.bib', 'b.bib']],
    ['bibtex_bibfiles = [str(here / "a.bib"), f"{x}/b.bib", "c.bib"]', ['c.bib']],
    ['bibtex_bibfiles = files\nx = ["a.bib"]', []],
    ['# bibtex_bibfiles = ["a.bib"]', []],
    ['my_bibtex_bibfiles = ["a.bib"]\nbibtex_encoding = "utf-8-sig"', []],
    ['bibtex_bibfiles = ["a.bib', ['a.bib']],
  ];
  for (const [python, expected] of configurations) {
    it(`conf.py: ${JSON.stringify(python)}`, () => {
      const file = projectFileOf('file:///a/conf.py');
      assert.equal(file?.isRoot, true);
      const { declarations } = file.scan(python);
      assert.deepEqual(
        declarations.map(one => one.target),
        expected,
      );
      for (const { span, target } of declarations) assert.equal(python.slice(span.start, span.end), target);
    });
  }

  it('belong to documents that include each other', () => {
    const text =
      '.. include:: a.txt\n.. include:: <isonum.txt>\n\n.. toctree::\n   :maxdepth: 2\n\n   intro\n   Title <ch/b>\n   self\n   x/*\n';
    const { includes } = restructuredText.scan(text);
    assert.deepEqual(
      includes.map(one => one.target),
      ['a.txt', 'intro', 'ch/b'],
    );
    for (const { span, target } of includes) assert.equal(text.slice(span.start, span.end), target);
  });
});

describe('reStructuredText while typing', () => {
  const unfinished: [text: string, keys: string[]][] = [
    [':cite:`doe', ['doe']],
    [':cite:`doe and the prose\ngoes on :cite:`roe`', ['roe']],
    [':cite:`doe :cite:`roe`', ['doe', 'roe']],
    [':cite:`doe\n\n:cite:`roe`', ['doe', 'roe']],
  ];
  for (const [text, expected] of unfinished) {
    it(JSON.stringify(text), () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  const sites: [source: string, query: string | undefined, replaced?: string, taken?: string[]][] = [
    [':cite:`|`', '', ''],
    [':cite:`|', '', ''],
    [':cite:`gil|lard`', 'gil', 'gillard'],
    [':cite:p:`a, gil|,b`', 'gil', 'gil', ['a', 'b']],
    [':cite:p:`a,|`', '', '', ['a']],
    [':cite:p:`gillard peer 20|15`', 'gillard peer 20', 'gillard peer 2015'],
    [':cite:p:`{see}gil|{p. 1},b`', 'gil', 'gil', ['b']],
    [':cite:`gil|', 'gil', 'gil'],
    [':cite:`gillard pe| and', 'gillard pe', 'gillard pe'],
    ['.. bibliography::\n\n   gil|', 'gil', 'gil'],
    [':cite:p:`{se|e}doe`', undefined],
    ['``:cite:`gil|```', undefined],
    [':ref:`gil|`', undefined],
    ['.. :cite:`gil|`', undefined],
    [':cite:`doe` said|', undefined],
    [':cite:|', undefined],
    ['.. code::\n\n   :cite:`gil|`', undefined],
  ];
  for (const [source, query, replaced, taken = []] of sites) {
    it(`${JSON.stringify(source)} is ${query === undefined ? 'no site' : 'a site'}`, () => {
      const { text, offset } = parseCursor(source);
      const site = restructuredText.citationSite(text, restructuredText.scan(text), offset);
      assert.equal(site?.query, query);
      if (site === undefined) return;
      assert.equal(text.slice(site.replace.start, site.replace.end), replaced);
      assert.deepEqual(site.taken, taken);
    });
  }
});

describe('reStructuredText reading of any text', () => {
  const fragments =
    ':cite:` :cite:p: ` `` , { } .. :: .. bibliography:: .. code:: .. include:: .. toctree:: .. [1] :keyprefix: x- doe \\ a.bib'
      .split(' ')
      .concat([' ', '\n', '\n\n', '\n   ', '\r\n', '💙', '\ud83d']);

  it('keeps the laws', () => {
    checkLaws(restructuredText, fragments);
  });

  const count = 50_000;
  for (const unit of [
    ':cite:`',
    ':cite:`a ',
    '`` ',
    '` ',
    '{',
    ':cite:`{a',
    '.. x\n',
    '..\n\n',
    '::\n\n',
    ' ::\n\n\n',
    ':a',
  ]) {
    it(`comes to an end with ${count} times ${JSON.stringify(unit)}`, () => {
      assert.ok(restructuredText.scan(unit.repeat(count)).groups.length >= 0);
    });
  }

  it('comes to an end with any configuration', () => {
    for (const unit of ['bibtex_bibfiles = [', 'bibtex_bibfiles = ["', 'bibtex_bibfiles: ', "['"])
      assert.ok(projectFileOf('conf.py')?.scan(`${unit}\n`.repeat(count)));
  });
});
