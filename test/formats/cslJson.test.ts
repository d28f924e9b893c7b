import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { convert } from '../../src/formats/convert.ts';
import { cslJson } from '../../src/formats/cslJson.ts';
import { toCsl } from '../../src/formats/cslItem.ts';
import { biblatex } from '../../src/formats/biblatex.ts';
import { valueText } from '../../src/model/describe.ts';
import { violations, type Schema } from '../support/jsonSchema.ts';

type Item = Record<string, unknown>;
const toItem = (entry: string, lossless = false): Item => {
  const { text } = convert(entry, { from: 'biblatex', to: 'csl-json', lossless });
  return (JSON.parse(text) as Item[])[0] ?? {};
};
/** Without the entry itself, which travels along. */
const item = (fields: string, type = 'article', lossless = false): Item => {
  const { custom, ...others } = toItem(`@${type}{k, ${fields}}`, lossless);
  delete others['id'];
  delete others['type'];
  const own = Object.entries((custom ?? {}) as Item).filter(([name]) => name !== 'bib:entry');
  return own.length === 0 ? others : { ...others, custom: Object.fromEntries(own) };
};

describe('formats/cslJson writes', () => {
  const cases: [type: string, fields: string, item: Item][] = [
    ['article', 'title = {T}, subtitle = {S}', { title: 'T: S' }],
    ['article', 'journaltitle = {J}, number = {6}, volume = 42', { 'container-title': 'J', issue: '6', volume: '42' }],
    ['article', 'pages = {682--694}', { page: '682-694' }],
    ['article', 'pages = {1, 41, 73--97}', { page: '1, 41, 73-97' }],
    ['article', 'number = {2}, eid = {e12}', { issue: '2', number: 'e12' }],
    ['report', 'number = {2}, institution = {I}', { number: '2', publisher: 'I' }],
    ['book', 'number = {2}, series = {S}', { 'collection-number': '2', 'collection-title': 'S' }],
    ['incollection', 'booktitle = {B}, maintitle = {M}', { 'container-title': 'M', 'volume-title': 'B' }],
    ['incollection', 'bookauthor = {A, B}', { 'container-author': [{ family: 'A', given: 'B' }] }],
    [
      'article',
      'author = {van der Berg, Jan and {W H O} and others}',
      {
        author: [
          { family: 'Berg', given: 'Jan', 'non-dropping-particle': 'van der' },
          { literal: 'W H O' },
          { literal: 'others' },
        ],
      },
    ],
    ['article', 'date = {2015-11-03}', { issued: { 'date-parts': [[2015, 11, 3]] } }],
    ['article', 'date = {2015/2016-02}', { issued: { 'date-parts': [[2015], [2016, 2]] } }],
    ['article', 'date = {1999/..}', { issued: { 'date-parts': [[1999], [0]] } }],
    ['article', 'date = {2015-21}', { issued: { 'date-parts': [[2015]], season: 1 } }],
    [
      'article',
      'date = {2015-21/2016-23}',
      {
        issued: {
          'date-parts': [
            [2015, 21],
            [2016, 23],
          ],
        },
      },
    ],
    ['article', 'date = {-0044~}', { issued: { 'date-parts': [[-44]], circa: true } }],
    ['article', 'year = {in press}', { issued: { literal: 'in press' } }],
    ['book', 'edition = {2}', { edition: '2' }],
    ['book', 'edition = {2nd ed.}', { edition: '2' }],
    ['book', 'edition = {Third}', { edition: '3' }],
    ['book', 'edition = {2Rev Ed}', { edition: '2Rev Ed' }],
    ['manual', 'title = {T}', { title: 'T', genre: 'manual' }],
    ['manual', 'type = {Guide}', { genre: 'Guide' }],
    ['article', 'langid = {american}', { language: 'en-US' }],
    ['article', 'langid = {english}, langidopts = {variant=british}', { language: 'en-GB' }],
    ['article', 'keywords = {a, b}', { keyword: 'a, b' }],
    ['article', 'keywords = {a, {b, c}}', { keyword: 'a; b, c' }],
    ['article', 'publisher = {A and B}', { publisher: 'A; B' }],
    ['article', 'doi = {https://doi.org/10.1/X_y}', { DOI: '10.1/X_y' }],
    ['article', 'eprint = {123}, eprinttype = {pubmed}', { PMID: '123' }],
    ['online', 'eprint = {1501.00001}, eprinttype = {arxiv}', { archive: 'arXiv', number: '1501.00001' }],
    ['thesis', 'type = {phdthesis}, institution = {MIT}', { genre: 'PhD thesis', publisher: 'MIT' }],
    ['book', 'editor = {A, B}, editortype = {compiler}', { compiler: [{ family: 'A', given: 'B' }] }],
    [
      'book',
      'foreword = {A, B}, afterword = {C, D}',
      {
        contributor: [
          { family: 'A', given: 'B' },
          { family: 'C', given: 'D' },
        ],
      },
    ],
    ['patent', 'holder = {{ACME Inc.}}, location = {US}', { publisher: 'ACME Inc.', jurisdiction: 'US' }],
    ['misc', 'howpublished = {\\url{https://x.org}}', { URL: 'https://x.org' }],
    ['misc', 'note = {n}, addendum = {a}', { note: 'n', annote: 'addendum: a' }],
    ['misc', 'addendum = {a}, mine = {b}', { note: 'addendum: a\nmine: b' }],
  ];
  for (const [type, fields, expected] of cases) {
    it(`@${type} ${fields}`, () => {
      assert.deepEqual(item(fields, type), expected);
    });
  }

  const types: [entry: string, type: string][] = [
    ['@article{k, entrysubtype = {magazine}, journaltitle = {J}}', 'article-magazine'],
    ['@article{k, eprint = {1}, eprinttype = {arxiv}}', 'article'],
    ['@proceedings{k,}', 'book'],
    ['@unpublished{k, eventtitle = {E}}', 'speech'],
    ['@mastersthesis{k,}', 'thesis'],
    ['@legislation{k, type = {bill}}', 'bill'],
    ['@set{k,}', 'document'],
    ['@unheardof{k,}', 'document'],
  ];
  for (const [entry, type] of types) {
    it(`${entry} as ${type}`, () => {
      assert.equal(toItem(entry)['type'], type);
    });
  }

  it('the key as it is', () => {
    assert.equal(toItem('@article{a:b/ü+c,}')['id'], 'a:b/ü+c');
  });

  it('nothing into custom that reads back anyway', () => {
    assert.deepEqual(
      item('title = {T}, journaltitle = {J}, date = {2015-11}, pages = {1--2}, langid = {german}', 'article', true),
      {
        title: 'T',
        'container-title': 'J',
        issued: { 'date-parts': [[2015, 11]] },
        page: '1-2',
        language: 'de',
      },
    );
  });

  it('the rest into custom', () => {
    assert.deepEqual(item('title = {T}, subtitle = {S}, mine = {x}', 'inbook', true), {
      title: 'T: S',
      custom: { 'bib:type=': 'inbook', 'bib:title': 'T', 'bib:subtitle': 'S', 'bib:mine': 'x' },
    });
  });
});

describe('formats/cslJson reads', () => {
  const read = (json: Item): { type: string; fields: Record<string, string> } => {
    const text = JSON.stringify([json]);
    const reference = cslJson.read(text, cslJson.scan(text), 0);
    return {
      type: reference.type,
      fields: Object.fromEntries([...reference.fields].map(([name, value]) => [name, valueText(value)])),
    };
  };
  const cases: [json: Item, type: string, fields: Record<string, string>][] = [
    [{ type: 'article-journal', issue: 6, page: '1-2' }, 'article', { number: '6', pages: '1–2' }],
    [{ type: 'book', number: '3', 'collection-number': 2 }, 'book', { number: '3', 'csl:collection-number': '2' }],
    [{ type: 'chapter', 'container-title': 'B' }, 'incollection', { booktitle: 'B' }],
    [{ type: 'thesis', genre: 'PhD Thesis', publisher: 'MIT' }, 'thesis', { type: 'phdthesis', institution: 'MIT' }],
    [{ type: 'song', genre: 'Music' }, 'music', { type: 'Music' }],
    [{ type: 'map' }, 'misc', { entrysubtype: 'map' }],
    [{ type: 'unheard-of' }, 'misc', { entrysubtype: 'unheard-of' }],
    [{ type: 'book', issued: { raw: '2015-11' } }, 'book', { date: '2015-11' }],
    [{ type: 'book', issued: { 'date-parts': [['2015', '11', '']] } }, 'book', { date: '2015-11' }],
    [{ type: 'book', issued: '2015/2016' }, 'book', { date: '2015/2016' }],
    [{ type: 'book', author: [{ given: 'Plato' }, 'Kant'] }, 'book', { author: 'Plato; Kant' }],
    [{ type: 'book', keyword: 'a; b, c' }, 'book', { keywords: 'a; b, c' }],
    [{ type: 'book', shortTitle: 'S', 'title-short': 'S' }, 'book', { shorttitle: 'S' }],
    [{ type: 'book', license: { a: 1 } }, 'book', { 'csl:license': '{"a":1}' }],
    [{ type: 'book', title: '' }, 'book', {}],
    [{ type: 'book', event: 'E', editor: [] }, 'proceedings', { eventtitle: 'E' }],
  ];
  for (const [json, type, fields] of cases) {
    it(JSON.stringify(json), () => {
      assert.deepEqual(read({ id: 'k', ...json }), { type, fields });
    });
  }

  it('what custom holds, unless the item was edited since', () => {
    const [written] = JSON.parse(
      convert('@inbook{k, title = {T}, subtitle = {S}, mine = {x}}', { from: 'biblatex', to: 'csl-json' }).text,
    ) as Item[];
    assert.deepEqual(read(written ?? {}), { type: 'inbook', fields: { title: 'T', subtitle: 'S', mine: 'x' } });
    assert.deepEqual(read({ ...written, title: 'New' }).fields['title'], 'New');
  });
});

describe('formats/cslJson scans', () => {
  const keys = (text: string): string[] => {
    const blocks = cslJson.scan(text);
    return Array.from({ length: blocks.entryCount }, (_, entry) => {
      const { start, end } = blocks.keySpan(entry);
      assert.equal(text.slice(start, end), blocks.key(entry));
      return blocks.key(entry);
    });
  };
  const cases: [text: string, keys: string[]][] = [
    ['[{"id": "a", "type": "book"}, {"type": "book", "id": 7}]', ['a', '7']],
    ['{"id": "a", "type": "book", "author": [{"family": "id"}]}', ['a']],
    ['{"items": [{"id": "a"}]}', ['a']],
    ['[{"id": "a"}, {"id": "b", "title": "cut', ['a', 'b']],
    ['[{"id": "a",}, // comment\n {"id": "b"}]', ['a', 'b']],
    ['[]', []],
    ['', []],
    ['"id"', []],
  ];
  for (const [text, expected] of cases) {
    it(text, () => {
      assert.deepEqual(keys(text), expected);
    });
  }

  it('10,000 open brackets', () => {
    assert.doesNotThrow(() => cslJson.scan('['.repeat(10_000)));
    assert.doesNotThrow(() => cslJson.scan('[{"a":'.repeat(10_000)));
  });
});

describe('formats/cslJson and real entries', () => {
  it('is valid against the schema in every way of writing', function () {
    const folder = '../shared/data/conversion';
    if (!existsSync(folder)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    const schema = JSON.parse(readFileSync(`${folder}/csl-data.schema.json`, 'utf8')) as Schema;
    const units = (name: string): string[] =>
      readFileSync(`${folder}/${name}`, 'utf8')
        .trim()
        .split('\n')
        .map(line => (JSON.parse(line) as { text: string }).text);
    const problems: string[] = [];
    for (const [from, name] of [
      ['biblatex', 'bibtex-entries.jsonl'],
      ['ris', 'ris-records.jsonl'],
    ] as const) {
      for (const text of units(name)) {
        for (const lossless of [true, false]) {
          const written = convert(text, { from, to: 'csl-json', lossless });
          problems.push(...(written.count === 0 ? [] : violations(JSON.parse(written.text), schema)));
        }
      }
    }
    assert.deepEqual(problems, []);
  });
});

describe('formats/cslItem', () => {
  it('gives a formatting engine an item without custom', () => {
    const text = '@inbook{k, title = {T}, mine = {x}}';
    assert.deepEqual(toCsl(biblatex.read(text, biblatex.scan(text), 0)), { id: 'k', type: 'chapter', title: 'T' });
  });
});
