import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { convert } from '../../src/formats/convert.ts';
import { readPage } from '../../src/formats/page.ts';
import { keywordsOf, textOf, valueText } from '../../src/model/describe.ts';

const page = `Home > Research (@home) {x}

A Title of Things
Jane Doe and John Roe
Volume 42, pages 1-9

@article{doe2015,
  title = "A Title of Things: and a Subtitle",
  author = "Jane Doe and John Roe",
  year = "2015",
  doi = "10.1000/ABC",
}

Doe, Jane; Roe, John. In: Journal, 2015.

TY  - JOUR
T1  - A Title of Things
AU  - Doe, Jane
AU  - Roe, John
PY  - 2015/11
DO  - https://doi.org/10.1000/abc
VL  - 42
ER  -

Cited by 7
`;

describe('formats/page', () => {
  it('finds the records in prose and sees that they are one work', () => {
    const { works } = readPage(page);
    assert.equal(works.length, 1);
    assert.deepEqual(
      works[0]?.records.map(({ format, span, hasKey }) => [format, hasKey, page.slice(span.start, span.start + 8)]),
      [
        ['bibtex', true, '@article'],
        ['ris', false, 'TY  - JO'],
      ],
    );
  });

  it('merges them: first come, what others add, the fuller of two', () => {
    const merged = readPage(page).works[0]?.merged;
    assert.deepEqual(
      [merged?.key, ...[...(merged?.fields ?? [])].map(([name, value]) => `${name}: ${valueText(value)}`)],
      [
        'doe2015',
        'title: A Title of Things: and a Subtitle',
        'author: Doe; Roe',
        'date: 2015-11',
        'doi: 10.1000/ABC',
        'volume: 42',
      ],
    );
  });

  it('reports where they differ', () => {
    assert.deepEqual(
      readPage(page).works[0]?.differences.map(({ field, values }) => [
        field,
        ...values.map(value => `${value.format}: ${value.text}`),
      ]),
      [
        ['title', 'bibtex: A Title of Things: and a Subtitle', 'ris: A Title of Things'],
        ['date', 'ris: 2015-11', 'bibtex: 2015'],
      ],
    );
  });

  it('keeps different works apart, and prose out', () => {
    const two = `${page}\n@book{other, title = {Another}, year = 1999}`;
    assert.deepEqual(
      readPage(two).works.map(work => work.merged.key),
      ['doe2015', 'other'],
    );
    assert.deepEqual(readPage('Only prose @home (x), AB - not a tag.'), { works: [] });
  });

  it('finds no RIS inside an entry', () => {
    const text = '@article{a, abstract = {x\nTY  - JOUR\nTI  - No\nER  - \n}}';
    assert.deepEqual(
      readPage(text).works.map(work => work.records.map(record => record.format)),
      [['bibtex']],
    );
  });

  it('converts as merged works', () => {
    const { text, count } = convert(page, { to: 'biblatex' });
    assert.equal(count, 1);
    assert.match(text, /^@article\{doe2015,[^@]*date = \{2015-11\}[^@]*\}\n$/);
  });

  it('the page of the research portal', function () {
    const file = '../shared/data/pure-portal-page.txt';
    if (!existsSync(file)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    const text = readFileSync(file, 'utf8');
    const { works } = readPage(text);
    const [work] = works;
    assert.equal(works.length, 1);
    assert.ok(work);
    assert.equal(work.records.length, 2);
    const { merged } = work;
    assert.equal(merged.key, '058491227277460bac0d80a2d33f51ea');
    assert.equal(merged.type, 'article');
    const author = merged.fields.get('author');
    assert.equal(author?.kind === 'names' ? author.names.length : 0, 8);
    assert.deepEqual(merged.fields.get('date'), { kind: 'date', date: { start: { year: 2015, month: 11 } } });
    assert.deepEqual(
      ['volume', 'number', 'pages', 'doi', 'language', 'issn'].map(name => textOf(merged, name)),
      ['42', '6', '682–694', '10.1007/s10488-014-0603-z', 'English', '0894-587X'],
    );
    assert.equal(keywordsOf(merged).length, 5);
    assert.equal(textOf(merged, 'abstract')?.split('A wide variety of peer worker roles').length, 2);
    assert.deepEqual(
      work.differences.map(({ field, values }) => [field, values.map(value => value.format)]),
      [['title', ['bibtex', 'ris']]],
    );
    assert.match(textOf(merged, 'title') ?? '', /: Comparative Case Study/);
    assert.equal([...merged.fields.keys()].filter(name => /note|usera|userb|url/.test(name)).length, 0);
    const ris = convert(text, { to: 'ris' }).text;
    assert.equal(ris.match(/^(?:AB|N2) {2}- /gm)?.length, 1);
    assert.equal(ris.match(/10\.1007/g)?.length, 1);
  });
});

describe('formats/convert: a page with two records of one work', () => {
  const page = `Some prose

@article{gillard, title = {Peer Workers: A Study}, author = {Gillard, Steve}, year = {2015}, doi = {10.1/x}}

TY  - JOUR
TI  - Peer Workers
AU  - Gillard, Steve
PY  - 2015
DO  - 10.1/x
M3  - Article
SN  - 0894-587X
ER  - `;

  it('keeps what only one of them has and tells what they say differently', () => {
    const { text, losses } = convert(page, { to: 'biblatex' });
    assert.match(text, /title = \{Peer Workers: A Study\}/);
    assert.match(text, /issn = \{0894-587X\}/);
    assert.deepEqual(losses, [
      { key: 'gillard', field: 'title', value: 'Peer Workers', reason: 'differs', offset: page.indexOf('TY') },
    ]);
  });

  it('leaves out a type of work that only repeats the entry type', () => {
    assert.doesNotMatch(convert(page, { to: 'biblatex' }).text, /type =/);
    assert.match(
      convert(page.replace('M3  - Article', 'M3  - Editorial'), { to: 'biblatex' }).text,
      /type = \{Editorial\}/,
    );
  });
});
