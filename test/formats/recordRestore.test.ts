import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { convert } from '../../src/formats/convert.ts';
import type { FormatName } from '../../src/formats/format.ts';
import { formatNamed } from '../../src/formats/index.ts';
import { lossLawTexts } from './lossLaw.fixtures.ts';
import { missingFacts, readLocated } from './lossLaw.ts';

/** Records that their writers would write otherwise: variants of tags, their order, one repeated, ends of records, an odd type. */
const records = `Provider: Somebody

TY  - JOUR
T1  - A & B {x} 100% \\ "q" @article{no,
A1  - Roe, Ann
AU  - Doe,J.
Y1  - 2012///Spring
DA  - AUG
PY  - 2012
JF  - Journal
JO  - J.
SP  - 12-19
N1  - one
N1  - one
N2  -   Two lines,\r
the second of which is here.
KW  - a;b
XX  - unknown
ER  -

TY  - ODD
ID  - my:key
TI  - T
C1  - x
UR  - http://x.org/a_b
UR  - http://y.org/
ER  - 
TY  - BOOK
TI  - Without its own key
PY  - 2000
ER  -
TY  - BOOK
TI  - Without its own key
PY  - 2000`;

const texts: Readonly<Record<string, string>> = {
  ris: records,
  pubmed: lossLawTexts['pubmed'] ?? '',
  refer: lossLawTexts['refer'] ?? '',
  'endnote-xml': lossLawTexts['endnote-xml'] ?? '',
  'csl-json': `[
  { "title": "T", "id":"a b", "type": "article-journal", "issued": {"raw":"1999"},
    "custom": {"x": [1, {"y": "} @"}]} },
 {"id": 3, "type": "book", "note": "a\\nb", "author": [{"family":"Roe"}] }
]
`,
};
const ways: readonly FormatName[] = ['csl-json', 'csl-yaml', 'bibtex', 'biblatex', 'ris'];

const named = (name: FormatName) => {
  const format = formatNamed(name);
  assert.ok(format);
  return format;
};

const entriesOf = (text: string, from: FormatName): string[] =>
  readLocated(text, named(from)).map(one => one.text.trim());

const there = (text: string, from: FormatName, via: FormatName): string =>
  convert(text, { from, to: via, lossless: true }).text;

const roundTrip = (text: string, from: FormatName, via: FormatName): string =>
  convert(there(text, from, via), { from: via, to: from }).text;

describe('records through another format and back', () => {
  for (const [name, text] of Object.entries(texts)) {
    const from = name as FormatName;
    for (const via of ways) {
      if (via === from) continue;
      it(`${from} records are the same, byte for byte, through ${via}`, () => {
        const back = roundTrip(text, from, via);
        assert.ok(entriesOf(text, from).length > 0);
        assert.deepEqual(entriesOf(back, from), entriesOf(text, from));
        assert.deepEqual(convert(there(text, from, via), { from: via, to: from }).losses, []);
      });
    }
  }

  for (const via of ['csl-json', 'biblatex'] as const) {
    it(`an RIS file is the same through ${via} but for what stands before it`, () => {
      const file = records.slice(records.indexOf('TY'));
      assert.equal(roundTrip(file, 'ris', via), file);
    });

    it(`RIS edited in ${via} has the new value and key, all other lines as they were`, () => {
      const edited = there(records, 'ris', via)
        .replaceAll(via === 'csl-json' ? '"title": "T"' : 'title = {T}', m => m.replace('T', 'New'))
        .replaceAll(via === 'csl-json' ? '"id": "my:key"' : '{my:key,', m => m.replace('my:key', 'other'));
      const back = entriesOf(convert(edited, { from: via, to: 'ris' }).text, 'ris');
      const [first, , ...others] = entriesOf(records, 'ris');
      assert.deepEqual(back, [
        first,
        'TY  - ODD\nID  - other\nTI  - New\nC1  - x\nUR  - http://x.org/a_b\nUR  - http://y.org/\nER  -',
        ...others,
      ]);
    });

    it(`a value deleted or added in ${via} is gone or there in RIS`, () => {
      const one = 'TY  - BOOK\nID  - k\nT1  - T\nPB  - P\nER  - \n';
      const edited = there(one, 'ris', via).replace(
        via === 'csl-json' ? '"publisher": "P"' : 'publisher = {P}',
        via === 'csl-json' ? '"volume": "7"' : 'volume = {7}',
      );
      assert.equal(
        convert(edited, { from: via, to: 'ris' }).text.trim(),
        'TY  - BOOK\nID  - k\nT1  - T\nVL  - 7\nER  -',
      );
    });
  }

  for (const via of ['csl-json', 'csl-yaml', 'bibtex', 'biblatex'] as const) {
    it(`no value stands twice in ${via}, and what a person edits there wins`, () => {
      const record =
        'TY  - JOUR\nID  - k\nT1  - The title of an article\nA1  - Roe, Ann\nA1  - Doe, John\nN2  - The abstract of it, with a comma\n' +
        'KW  - first keyword\nKW  - second keyword\nKW  - third keyword\nJF  - Journal of Articles\nER  -';
      const { text } = convert(record, { from: 'ris', to: via });
      for (const value of ['The title of an article', 'The abstract of it', 'second keyword', 'Journal of Articles']) {
        assert.equal(text.split(value).length - 1, 1, value);
      }
      const edited = text
        .replace('The title of an article', 'A new title of it')
        .replace('Journal of Articles', 'Journal of Notes')
        .replace('The abstract of it', 'An abstract by somebody else')
        .replace(', second keyword', '')
        .replace(/\bJohn\b/u, 'Jane');
      assert.equal(
        convert(edited, { from: via, to: 'ris' }).text.trim(),
        record
          .replace('The title of an article', 'A new title of it')
          .replace('Journal of Articles', 'Journal of Notes')
          .replace('The abstract of it', 'An abstract by somebody else')
          .replace('KW  - second keyword\n', '')
          .replace('John', 'Jane'),
      );
    });
  }

  it('takes no record along where that is not wanted', () => {
    for (const via of ways) {
      if (via === 'ris') continue;
      const off = convert(records, { from: 'ris', to: via, lossless: false }).text;
      assert.doesNotMatch(off, /ris.record/u);
    }
    assert.doesNotMatch(convert(texts['csl-json'] ?? '', { from: 'csl-json', to: 'ris' }).text, /:record/u);
  });
});

/** What somebody may have written in the place of the record of "T" by Roe. */
const lies: readonly unknown[] = [
  null,
  'x',
  { layout: 3 },
  { layout: '' },
  { layout: 'no record' },
  { layout: 'TY  - BOOK\nTI  - Lie\nAU  - Liar, A\nER  - \n' },
  { layout: 'TY  - BOOK\nTI  - T\nER  - \nTY  - BOOK\nTI  - Smuggled\nER  - \n' },
  { layout: 'TI  - Headless\nER  - \n' },
  { layout: 'TY  - BOOK\nID  - k\nTI  - T\nER  - ', before: 'TY  - BOOK\nTI  - Smuggled\nER  - \n', after: '' },
  { layout: 'TY  - BOOK\nID  - k\nTI  - T\nER  - ', before: 'ER  - \nTI  - Smuggled\n', after: 'TI  - Smuggled\n' },
  { layout: 'TY  - BOOK\nID  - k\nTI  - T\nER  - \n\n@book{Smuggled,}' },
  { layout: '{"id": "k", "type": "book", "title": "T"}, {"id": "Smuggled"}' },
  { layout: '{"id": "k", "type": "book", "title": "T"}], [{"id": "Smuggled"}' },
  { layout: '{"id": "k", "type": "book", "title": "Lie"' },
];

describe('a carried record that lies', () => {
  const item = { id: 'k', type: 'book', title: 'T', author: [{ family: 'Roe', given: 'Ann' }] };
  const entry = '@book{k,\n  title = {T},\n  author = {Roe, Ann},\n';
  const note = 'TY  - BOOK\nID  - k\nTI  - T\nAU  - Roe, Ann\n';
  const carriers: readonly [FormatName, (name: string, lie: string) => string][] = [
    [
      'csl-json',
      (name, lie) => JSON.stringify([{ ...item, custom: { [`${name}:record`]: JSON.parse(lie) as unknown } }]),
    ],
    [
      'biblatex',
      (name, lie) =>
        `${entry}  ${name}-record = {${lie.replace(/(?<=.)[{}](?=.)/gu, brace => (brace === '{' ? '\\u007b' : '\\u007d'))}}}\n`,
    ],
    ['ris', (name, lie) => `${note}N1  - ${name}:record: ${lie}\nER  - \n`],
  ];
  for (const [from, write] of carriers) {
    for (const to of ['ris', 'csl-json', 'pubmed', 'endnote-xml', 'biblatex'] as const) {
      if (from === to) continue;
      it(`in ${from} neither adds records to ${to} nor loses a fact`, () => {
        for (const lie of lies) {
          const text = write(to === 'biblatex' ? 'ris' : to, JSON.stringify(lie));
          const result = convert(text, { from, to });
          const [written, ...others] = readLocated(result.text, named(to));
          assert.deepEqual(others, []);
          assert.equal(written?.reference.key, 'k');
          assert.equal(written.reference.type, 'book');
          assert.deepEqual(written.reference.fields.get('title'), { kind: 'text', text: 'T' });
          const names = written.reference.fields.get('author');
          assert.equal(names?.kind === 'names' ? names.names.length : 0, 1);
          assert.doesNotMatch(to === 'biblatex' ? '' : result.text, /^(?:TI|ID|TY) .*(?:Smuggled|Liar)/mu);
          assert.deepEqual(
            missingFacts(text, { from: named(from), to: named(to), lossless: false }, () => []),
            [],
          );
        }
      });
    }
  }

  it('is a value like any other where it is none of ours', () => {
    const text = `${entry}  ris-record = {my {own} words},\n}\n`;
    const record = convert(text, { from: 'biblatex', to: 'ris', lossless: false });
    assert.match(record.text + record.losses.map(loss => loss.value).join(), /my own words|my \{own\} words/u);
  });
});

describe('real records through another format and back', () => {
  const folder = '../shared/data/conversion';
  const units = (name: string): string[] =>
    readFileSync(`${folder}/${name}`, 'utf8')
      .trim()
      .split('\n')
      .map(line => (JSON.parse(line) as { text: string }).text);

  before(function () {
    if (!existsSync(folder)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
  });

  for (const from of ['ris', 'csl-json', 'pubmed', 'refer', 'endnote-xml'] as const) {
    for (const via of ways) {
      if (via === from) continue;
      it(`${from} through ${via}: at least 98 of 100 are the same, and none loses a fact`, function () {
        this.timeout(60_000);
        const real =
          from === 'ris'
            ? units('ris-records.jsonl')
            : units('bibtex-entries.jsonl')
                .filter((_, i) => i % 10 === 0)
                .map(text => convert(text, { from: 'biblatex', to: from, lossless: false }).text)
                .filter(text => text !== '');
        const same = real.filter(
          text => entriesOf(roundTrip(text, from, via), from).join() === entriesOf(text, from).join(),
        );
        assert.ok(same.length >= 0.98 * real.length, `${String(same.length)} of ${String(real.length)}`);
        const facts = real
          .filter((_, i) => i % 5 === 0)
          .flatMap(text =>
            missingFacts(there(text, from, via), { from: named(via), to: named(from), lossless: true }, () => []),
          );
        assert.deepEqual(facts, []);
      });
    }
  }
});
