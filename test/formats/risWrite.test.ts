import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { ris } from '../../src/formats/ris.ts';
import { parseEdtf } from '../../src/model/date.ts';
import { parseSortedName } from '../../src/model/name.ts';
import type { Reference, Value } from '../../src/model/reference.ts';
import { fieldKind } from '../../src/data/fields.ts';

/** A value from a short notation: names and lists with "; ", dates as EDTF. */
function value(field: string, text: string): Value {
  const items = text.split('; ');
  switch (fieldKind(field)) {
    case 'names': {
      const names = items.filter(item => item !== 'et al.').map(parseSortedName);
      return { kind: 'names', names, others: names.length < items.length };
    }
    case 'date':
      return { kind: 'date', date: parseEdtf(text) ?? { literal: text } };
    case 'list':
      return { kind: 'list', items };
    case 'keywords':
      return { kind: 'keywords', items };
    case 'verbatim':
      return { kind: 'verbatim', text };
    default:
      return { kind: 'text', text };
  }
}

const reference = (type: string, fields: Readonly<Record<string, string>>): Reference => ({
  key: 'k',
  type,
  fields: new Map(Object.entries(fields).map(([field, text]) => [field, value(field, text)])),
  source: { format: 'biblatex', type, fields: [] },
});

const read = (text: string): Reference => ris.read(text, ris.scan(text), 0);

const plain = { lossless: false };

/** Lines of the record without TY, ID and ER, and losses as `field reason`. */
function written(
  type: string,
  fields: Readonly<Record<string, string>>,
): { ty: string; lines: string[]; losses: string[] } {
  const { text, losses } = ris.write([reference(type, fields)], plain);
  const lines = text.split('\n');
  assert.equal(lines[1], 'ID  - k');
  assert.deepEqual(lines.slice(-2), ['ER  - ', '']);
  return {
    ty: (lines[0] ?? '').slice(6),
    lines: lines.slice(2, -2).map(line => `${line.slice(0, 2)} ${line.slice(6)}`),
    losses: losses.map(loss => `${loss.field} ${loss.reason}`),
  };
}

const writings: readonly [string, string, Record<string, string>, string, string[]?][] = [
  ['journal twice', 'article', { journaltitle: 'Nature' }, 'JOUR: T2 Nature, JF Nature'],
  ['title and subtitle', 'book', { title: 'A', subtitle: 'B' }, 'BOOK: TI A: B'],
  ['editor of a book', 'book', { editor: 'Roe, R.' }, 'BOOK: A3 Roe, R., ED Roe, R.', ['type type']],
  ['editor of a chapter', 'incollection', { editor: 'Roe, R.' }, 'CHAP: A2 Roe, R.'],
  ['translator', 'book', { translator: 'Roe, R.' }, 'BOOK: A4 Roe, R.'],
  ['particle and suffix', 'book', { author: 'von der Berg, Hans, Jr.' }, 'BOOK: AU von der Berg, Hans, Jr.'],
  ['others', 'book', { author: 'Roe, R.; et al.' }, 'BOOK: AU Roe, R., AU et al.', []],
  ['date', 'article', { date: '2015-11' }, 'JOUR: PY 2015, DA 2015/11//'],
  ['year', 'article', { date: '2015' }, 'JOUR: PY 2015'],
  ['season', 'article', { date: '2012-21' }, 'JOUR: PY 2012, DA 2012///Spring'],
  ['range', 'article', { date: '2012-05/2013' }, 'JOUR: PY 2012, DA 2012/05//to 2013'],
  ['no date', 'article', { date: 'in press' }, 'JOUR: PY in press'],
  ['accessed', 'online', { urldate: '2019-03-08' }, 'ELEC: Y2 2019/03/08/'],
  ['pages', 'article', { pages: '682–694' }, 'JOUR: SP 682, EP 694'],
  ['list of pages', 'article', { pages: '1,41,73--97' }, 'JOUR: SP 1,41,73-97'],
  ['one page of a book', 'book', { pages: '12' }, 'BOOK: SP 12, EP 12'],
  ['number of pages', 'book', { pagetotal: '350' }, 'BOOK: SP 350'],
  ['standard numbers', 'book', { isbn: '9783161484100 0306406152' }, 'BOOK: SN 9783161484100, SN 0306406152'],
  ['issue', 'article', { number: '6' }, 'JOUR: IS 6'],
  ['report number', 'report', { number: 'TR-3' }, 'RPRT: M1 TR-3'],
  ['series number of a chapter', 'incollection', { number: '3', editor: 'Roe, R.' }, 'CHAP: A2 Roe, R., SV 3'],
  ['article number', 'article', { eid: 'e15', number: '2' }, 'JOUR: IS 2, C7 e15'],
  ['thesis', 'thesis', { type: 'phdthesis', institution: 'MIT' }, 'THES: PB MIT, M3 PhD thesis'],
  [
    'preprint',
    'article',
    { eprint: '1501.00001', eprinttype: 'arxiv' },
    'UNPB: AN 1501.00001, DB arXiv, M3 Preprint',
    ['type type'],
  ],
  ['manual', 'manual', { title: 'A' }, 'RPRT: TI A, M3 Manual'],
  ['a type without equal', 'suppbook', { title: 'A' }, 'CHAP: TI A', ['type type']],
  ['keywords', 'article', { keywords: 'Models, Animal; Mice' }, 'JOUR: KW Models, Animal, KW Mice'],
  ['notes', 'article', { note: 'one\n\ntwo' }, 'JOUR: N1 one, N1 two'],
  ['paragraphs of an abstract', 'article', { abstract: 'one\n\ntwo' }, 'JOUR: AB one two', ['abstract narrowed']],
  ['markup', 'article', { title: 'H<sub>2</sub>O' }, 'JOUR: TI H2O', ['title narrowed']],
  ['a role without tag', 'book', { commentator: 'Roe, Ann' }, 'BOOK: N1 Commentator: Ann Roe'],
  ['language', 'book', { langid: 'english' }, 'BOOK: LA en'],
  ['babel name', 'book', { langid: 'ngerman' }, 'BOOK: LA ngerman'],
  ['publishers', 'book', { publisher: 'A; B' }, 'BOOK: PB A; B'],
  [
    'places of a paper',
    'inproceedings',
    { venue: 'Rome', location: 'Bonn', booktitle: 'P' },
    'CONF: T2 P, C1 Bonn, CY Rome',
  ],
  ['a local file', 'book', { file: 'a/b.pdf' }, 'BOOK: ', ['file no-slot']],
  ['a file of the web', 'book', { file: 'https://a.org/b.pdf' }, 'BOOK: L1 https://a.org/b.pdf'],
  ['a kept tag', 'article', { 'ris-c8': 'x', 'ris-zz-2': 'y' }, 'JOUR: C8 x, ZZ y'],
  [
    'unknown and instructive fields',
    'article',
    { timestamp: '2020', options: 'x' },
    'JOUR: ',
    ['timestamp no-slot', 'options no-slot'],
  ],
  ['an entity that is none', 'article', { title: 'A &amp; &x B' }, 'JOUR: TI A &amp;amp; &x B'],
  ['an address', 'article', { url: 'http://a.org/?a=1&amp;b=%20_~' }, 'JOUR: UR http://a.org/?a=1&amp;b=%20_~'],
];

describe('formats/ris writing', () => {
  for (const [rule, type, fields, expected, losses = []] of writings) {
    it(rule, () => {
      const result = written(type, fields);
      assert.equal(`${result.ty}: ${result.lines.join(', ')}`, expected);
      assert.deepEqual(result.losses.toSorted(), losses.toSorted());
    });
  }

  it('reports a body whose name would be taken apart', () => {
    const author: Value = { kind: 'names', names: [{ literal: 'Smith, Sons & Co.' }], others: false };
    const { losses } = ris.write([{ ...reference('book', {}), fields: new Map([['author', author]]) }], plain);
    assert.deepEqual(losses, [{ key: 'k', field: 'author', value: 'Smith, Sons & Co.', reason: 'narrowed' }]);
  });

  it('carries what has no tag in notes where that is asked for, and takes it back', () => {
    const source = reference('book', { gender: 'sf', shortauthor: 'Roe, Ann; Doe, Bo', verba: 'a&amp;b' });
    const { text, losses } = ris.write([source], { lossless: true });
    assert.deepEqual(losses, []);
    assert.match(text, /N1 {2}- bib:gender: sf\n/u);
    assert.deepEqual(read(text).fields, source.fields);
  });

  it('puts a blank line between records', () => {
    const { text } = ris.write([reference('book', {}), reference('misc', {})], plain);
    assert.equal(text, 'TY  - BOOK\nID  - k\nER  - \n\nTY  - GEN\nID  - k\nER  - \n');
  });
});

describe('formats/ris writing what was RIS', () => {
  const source = 'TY  - EJOUR\nID  - a\nT1  - Old\n  title\nZZ  - odd\nAB  - x\nN2  - x\nPY  - 2015///\nER  - \n';

  it('writes untouched lines as they were', () => {
    assert.equal(ris.write([read(source)], plain).text, source);
  });

  it('writes changed fields anew in their place', () => {
    const before = read(source);
    const fields = new Map([...before.fields, ['title', value('title', 'New')], ['volume', value('volume', '3')]]);
    fields.delete('abstract');
    const { text } = ris.write([{ ...before, fields }], plain);
    assert.equal(text, 'TY  - EJOUR\nID  - a\nTI  - New\nVL  - 3\nZZ  - odd\nPY  - 2015///\nER  - \n');
  });

  it('writes a changed key', () => {
    const { text } = ris.write([{ ...read(source), key: 'b' }], plain);
    assert.equal(text, source.replace('ID  - a', 'ID  - b'));
  });

  it('adds no ID to a record that had none', () => {
    const text = source.replace('ID  - a\n', '');
    assert.equal(ris.write([read(text)], plain).text, text);
  });
});

describe('formats/ris laws', () => {
  const word = fc
    .string({
      unit: fc.constantFrom('a', 'b', 'X', 'Y', 'é', '中', '&', '<', ';', '-', '9', ' '),
      minLength: 1,
      maxLength: 12,
    })
    .map(text => `w${text.trim()}w`.replace(/\s+/gu, ' '));
  const name = fc
    .record({ family: word, given: word })
    .map(({ family, given }) => `${family.replaceAll(';', '').replace('w', 'W')}, ${given.replaceAll(';', '')}`);
  const fields = fc.record(
    {
      title: word,
      author: fc.array(name, { minLength: 1, maxLength: 3 }).map(names => names.join('; ')),
      journaltitle: word,
      shortjournal: word.map(text => `S${text}`),
      volume: word,
      number: word,
      eid: word,
      abstract: word,
      note: fc.array(word, { minLength: 1, maxLength: 3 }).map(notes => notes.join('\n\n')),
      annotation: word,
      publisher: word.map(text => text.replaceAll(';', '')),
      location: word.map(text => text.replaceAll(';', '')),
      edition: word,
      doi: fc.nat(99999).map(n => `10.1000/x${n}`),
      url: fc.webUrl(),
      issn: fc.integer({ min: 1000000, max: 9999999 }).map(n => `${n}0`),
      isbn: fc.integer({ min: 1000000, max: 9999999 }).map(n => `97830${n}0`),
      keywords: fc
        .array(
          word.map(text => text.replaceAll(';', '')),
          { minLength: 1, maxLength: 3 },
        )
        .map(items => items.join('; ')),
      date: fc
        .date({ min: new Date('1500-01-01'), max: new Date('2400-01-01'), noInvalidDate: true })
        .map(date => date.toISOString().slice(0, 10)),
      urldate: fc.integer({ min: 1990, max: 2030 }).map(String),
      pages: fc
        .tuple(fc.integer({ min: 1, max: 99 }), fc.integer({ min: 100, max: 999 }))
        .map(pages => pages.join('–')),
      usera: word,
      shorttitle: word,
      'ris-c8': word,
    },
    // A short title alone is read as the title.
    { requiredKeys: ['journaltitle'] },
  );

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fields, some => {
        const before = reference('article', some);
        const { text, losses } = ris.write([before], plain);
        const after = read(text);
        assert.deepEqual(losses, []);
        assert.equal(after.type, 'article');
        assert.deepEqual(Object.fromEntries(after.fields), Object.fromEntries(before.fields));
        assert.equal(after.key, 'k');
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('finds every value of any record in its fields or its source, and writes it back as it was', () => {
    const tag = fc.constantFrom(
      ...'TI T1 T2 AU A2 A3 ED PY DA Y2 SP EP SN M1 M3 C1 C7 U2 UR L2 JO JF J2 KW N1 AB N2 IS ZZ ID'.split(' '),
    );
    const type = fc.constantFrom(...'JOUR BOOK CHAP CONF THES GEN PAT XYZ'.split(' '));
    fc.assert(
      fc.property(type, fc.array(fc.tuple(tag, word), { maxLength: 12 }), (ty, lines) => {
        const text = `TY  - ${ty}\n${lines.map(([name, text]) => `${name}  - ${text}\n`).join('')}ER  - \n`;
        const record = read(text);
        assert.deepEqual(
          record.source.fields.map(field => [field.name, field.text]),
          lines,
        );
        assert.equal(ris.write([record], plain).text, text);
      }),
      { seed: 4, numRuns: 300 },
    );
  });

  it('reads any text', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom('TY', 'ER', 'A', 'U', '1', 'JOUR', '  - ', ' ', '-', '\n', '\r', '/', ',', ';', '&'),
          maxLength: 200,
        }),
        text => {
          const blocks = ris.scan(text);
          for (let entry = 0; entry < blocks.entryCount; entry++) {
            ris.write([ris.read(text, blocks, entry)], { lossless: true });
          }
        },
      ),
      { seed: 4, numRuns: 300 },
    );
  });
});

describe('formats/ris as citation-js reads it', () => {
  const { Cite } = loadCitationJs();

  it('has the same values', () => {
    const { text } = ris.write(
      [
        reference('article', {
          author: 'von der Berg, Hans; Roe, Ann',
          title: 'A title that is long enough to be wrapped by a program which wraps lines at eighty characters',
          journaltitle: 'Journal of Peers',
          shortjournal: 'J. Peers',
          date: '2015-11-02',
          volume: '42',
          number: '6',
          pages: '682–694',
          issn: '0894-587X',
          doi: '10.1000/x',
          url: 'https://a.org/?a=1&b=%20',
          abstract: 'What was found.',
          keywords: 'peers; work',
          publisher: 'Press',
          urldate: '2019-03-08',
        }),
        reference('incollection', { title: 'Part', booktitle: 'Whole', editor: 'Roe, Ann', isbn: '978-3-16-148410-0' }),
      ],
      plain,
    );
    const [article, chapter] = new Cite(text, { generateGraph: false }).data;
    const issued = (article?.['issued'] as { 'date-parts': number[][] } | undefined)?.['date-parts'];
    assert.deepEqual(issued, [[2015, 11, 2]]);
    assert.deepEqual(article?.['author'], [
      { family: 'von der Berg', given: 'Hans' },
      { family: 'Roe', given: 'Ann' },
    ]);
    const simple = Object.fromEntries(
      ['type', 'id', 'title', 'container-title', 'container-title-short', 'volume', 'issue', 'page', 'DOI', 'URL'].map(
        variable => [variable, article[variable]],
      ),
    );
    assert.deepEqual(simple, {
      type: 'article-journal',
      id: 'k',
      title: 'A title that is long enough to be wrapped by a program which wraps lines at eighty characters',
      'container-title': 'Journal of Peers',
      'container-title-short': 'J. Peers',
      volume: '42',
      issue: '6',
      page: '682-694',
      DOI: '10.1000/x',
      URL: 'https://a.org/?a=1&b=%20',
    });
    assert.equal(article['abstract'], 'What was found.');
    assert.equal(article['keyword'], 'peers,work');
    assert.ok(chapter);
    assert.equal(chapter['type'], 'chapter');
    assert.equal(chapter['container-title'], 'Whole');
    assert.deepEqual(chapter['editor'], [{ family: 'Roe', given: 'Ann' }]);
    assert.equal(chapter['ISBN'], '978-3-16-148410-0');
  });
});

/** The part of citation-js that is used here. */
interface CitationJs {
  readonly Cite: new (text: string, options: object) => { readonly data: readonly Record<string, unknown>[] };
}

function loadCitationJs(): CitationJs {
  const require = createRequire(__filename);
  return { Cite: require('citation-js') as CitationJs['Cite'] };
}
