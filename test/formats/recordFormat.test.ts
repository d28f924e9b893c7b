import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fieldKind } from '../../src/data/fields.ts';
import { convert } from '../../src/formats/convert.ts';
import { isAccountOf } from '../../src/formats/facts.ts';
import type { FormatName } from '../../src/formats/format.ts';
import { formatNamed, recogniseFormat } from '../../src/formats/index.ts';
import { readPage } from '../../src/formats/page.ts';
import { pubmed } from '../../src/formats/pubmed.ts';
import { refer } from '../../src/formats/refer.ts';
import { webOfScience } from '../../src/formats/webOfScience.ts';
import { valueText } from '../../src/model/describe.ts';
import type { Reference, Value } from '../../src/model/reference.ts';

const nbib = `PMID- 25503741
OWN - NLM
IS  - 1573-3289 (Electronic)
VI  - 42
IP  - 6
DP  - 2015 Nov
TI  - Introducing peer worker roles into UK mental health service teams: a
      qualitative analysis.
PG  - 682-94
LID - 10.1007/s10488-014-0603-z [doi]
AB  - The provision of peer support is expanding.
FAU - Gillard, Steve
AU  - Gillard S
AD  - St George's, University of London, London, UK.
LA  - eng
PT  - Journal Article
DEP - 20141214
PL  - United States
TA  - Adm Policy Ment Health
JT  - Administration and policy in mental health
MH  - *Mental Health Services/organization & administration
OT  - Peer support
PHST- 2014/12/14 00:00 [entrez]
AID - 10.1007/s10488-014-0603-z [doi]
SO  - Adm Policy Ment Health. 2015 Nov;42(6):682-94.
`;

const enw = `%0 Book Section
%A Roe, Ann
%D 2001
%T A Part
%B The Whole
%E Doe, Bo
%I Press
%C Paris
%P 1-20
%@ 978-3-16-148410-0
%U https://example.org/a_b?c=%20
%X What was found.
%= 2020
`;

const ciw = `FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lee, K
AF Lee, Kim
TI A Study of
   Things
SO THINGS
DT Article
DE things; studies
CR A, 2001, J
   B, 2002, J
SN 1234-5679
PD AUG
PY 2013
VL 1
BP 5
EP 9
UT WOS:000000000000001
ER

EF
`;

const fixtures: Readonly<Record<string, string>> = { pubmed: nbib, refer: enw, wos: ciw };

/** Formats that can carry everything, and RIS. */
const others: readonly FormatName[] = ['bibtex', 'biblatex', 'ris', 'csl-json', 'pubmed', 'refer'];

const readFirst = (name: FormatName, text: string): Reference => {
  const format = formatNamed(name);
  assert.ok(format);
  return format.read(text, format.scan(text), 0);
};

const facts = ({ key, type, fields }: Reference): Record<string, string> => ({
  key,
  type,
  ...Object.fromEntries([...fields].map(([name, value]) => [name, valueText(value)])),
});

const letters = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase();

describe('records of tagged lines and the other formats', () => {
  for (const [name, text] of Object.entries(fixtures)) {
    it(`${name} is recognised by content alone`, () => {
      assert.equal(recogniseFormat(text)?.name, name);
      assert.equal(recogniseFormat(`See this:\n\n${text}\nKind regards`)?.name, name);
      for (const format of [pubmed, refer, webOfScience]) {
        assert.equal(format.recognise(text) > 0, format.name === name);
      }
      assert.equal(recogniseFormat(text.replaceAll('\n', '\r\n'))?.name, name);
    });

    const from = name as FormatName;
    for (const to of others.filter(other => other !== from)) {
      it(`${name} to ${to} and back to BibLaTeX keeps every fact`, () => {
        const there = convert(text, { from, to, lossless: true });
        const back = convert(there.text, { from: to, to: 'biblatex', lossless: true });
        const read = readFirst('biblatex', back.text);
        const after = facts(read);
        // What a program keeps for itself is in the carried record only.
        const isInRecord = (field: string, value: string): boolean =>
          read.record !== undefined && isAccountOf(read.record, field) && read.record.text.includes(value);
        const before = Object.fromEntries(
          Object.entries(facts(readFirst(from, text))).filter(([field, value]) => !isInRecord(field, value)),
        );
        if (to === 'ris') {
          // Its notes take no tag of another format.
          const lost = there.losses.map(loss => letters(loss.value));
          for (const [field, value] of Object.entries(before)) {
            assert.ok(after[field] === value || lost.includes(letters(value)), `${field}: ${value}`);
          }
        } else {
          assert.deepEqual(there.losses, []);
          assert.deepEqual(after, before);
        }
      });

      it(`${name} to ${to}: every value is in the output or among the losses`, () => {
        const { text: output, losses } = convert(text, { from, to, lossless: false });
        const lost = letters(losses.map(loss => loss.value).join(' '));
        const back = [...readFirst(to, output).fields.values()].map(valueText).join(' ');
        const told = letters(`${output} ${back}`);
        for (const [field, value] of readFirst(from, text).fields) {
          for (const part of value.kind === 'date' ? [] : valueText(value).split('; ')) {
            const isTold = told.includes(letters(part)) || lost.includes(letters(part));
            assert.ok(isTold || field === 'langid' || field === 'eprinttype', `${field}: ${part} in\n${output}`);
          }
        }
      });
    }
  }

  it('finds the records of all formats on one page', () => {
    const bib = '@book{k, title = {T}, author = {Poe, E.}}';
    const ris = 'TY  - JOUR\nTI  - Another\nAU  - Moe, M.\nER  - \n';
    const { works } = readPage(`Hello,\n\n${bib}\n\n${enw}\nand\n\n${nbib}\nor \n${ris}\n${ciw}\nbye`);
    assert.deepEqual(
      works.flatMap(work => work.records.map(record => record.format)),
      ['bibtex', 'refer', 'pubmed', 'ris', 'wos'],
    );
  });

  it('puts records of one work together', () => {
    const ris = 'TY  - JOUR\nTI  - Other words\nDO  - 10.1007/s10488-014-0603-z\nER  - \n';
    const { works } = readPage(`${ris}\n${nbib}`);
    assert.equal(works.length, 1);
    assert.equal(valueText(works[0]?.merged.fields.get('volume') ?? { kind: 'text', text: '' }), '42');
  });
});

describe('records of tagged lines: laws', () => {
  const word = fc
    .stringMatching(/^[A-Za-z0-9&%;:,.<>"'{} äß-]{1,12}$/)
    .map(text => text.trim())
    .filter(text => text !== '');
  const options = { noNullPrototype: true } as const;
  const name = fc.oneof(
    word.map(literal => ({ literal })),
    fc.record({ family: word, given: word }, options),
    fc.record(
      { family: word, given: word, prefix: fc.constantFrom('von', 'Van'), suffix: fc.constantFrom('Jr', 'x') },
      options,
    ),
    fc.record({ family: word }, options),
  );
  const day = fc.record(
    { year: fc.integer({ min: 1000, max: 9999 }), month: fc.integer({ min: 1, max: 12 }) },
    options,
  );
  const valueOf = (field: string): fc.Arbitrary<Value> => {
    const kind = fieldKind(field);
    switch (kind) {
      case 'names':
        return fc
          .tuple(fc.array(name, { minLength: 1, maxLength: 3 }), fc.boolean())
          .map(([names, others]) => ({ kind, names, others }));
      case 'date':
        return fc
          .oneof(
            day.map(start => ({ start })),
            fc.tuple(day, day).map(([start, end]) => ({ start, end })),
            fc.constantFrom('in press', 'n.d.').map(literal => ({ literal })),
          )
          .map(date => ({ kind: 'date', date }));
      case 'list':
      case 'keywords':
        return fc.array(word, { minLength: 1, maxLength: 3 }).map(items => ({ kind, items }));
      default:
        return fc
          .oneof(
            word,
            fc.tuple(word, word).map(both => both.join('\n\n')),
          )
          .map(text => ({ kind: kind === 'verbatim' ? 'verbatim' : 'text', text }));
    }
  };
  const fieldNames =
    'title subtitle journaltitle shortjournal booktitle series author editor contributor translator collection-editor date available-date urldate eventdate volume number issue pages eid doi url eprint eprinttype issn isbn abstract note annotation keywords langid language location publisher institution type entrysubtype copyright affiliation pubmed-own pubmed-lid refer-x3d ris-c8 usera label odd'.split(
      ' ',
    );
  const fields = fc
    .uniqueArray(fc.constantFrom(...fieldNames), { maxLength: 10 })
    .chain(names => fc.tuple(...names.map(field => valueOf(field).map(value => [field, value] as const))))
    .map(entries => new Map<string, Value>(entries));
  const types = fc.constantFrom(
    'article',
    'book',
    'incollection',
    'inproceedings',
    'thesis',
    'online',
    'misc',
    'patent',
    'set',
  );
  const references = fc
    .record({ key: fc.constantFrom('k1', 'roe:2015'), type: types, fields })
    .map((parts): Reference => ({ ...parts, source: { format: 'test', type: '', fields: [] } }));

  for (const format of [pubmed, refer]) {
    it(`${format.name}: reading what was written keeps everything, sidecar on`, () => {
      fc.assert(
        fc.property(references, before => {
          const { text, losses } = format.write([before], { lossless: true });
          const after = readFirst(format.name, text);
          assert.deepEqual(losses, [], text);
          assert.equal(after.type, before.type);
          assert.equal(after.key, before.key);
          assert.deepEqual([...after.fields.keys()].sort(), [...before.fields.keys()].sort(), text);
          for (const [field, value] of before.fields) {
            assert.deepEqual(after.fields.get(field), value, text);
          }
        }),
        { seed: 8, numRuns: 500 },
      );
    });

    it(`${format.name}: what does not come back is among the losses, sidecar off`, () => {
      fc.assert(
        fc.property(references, before => {
          const { text, losses } = format.write([before], { lossless: false });
          const told = letters(text + losses.map(loss => loss.value).join(' '));
          for (const [field, value] of before.fields) {
            const items = value.kind === 'date' ? [] : valueText(value).split(/; |\n\n/);
            assert.ok(
              losses.some(loss => loss.field === field) || items.every(item => told.includes(letters(item))),
              `${field} in\n${text}`,
            );
          }
        }),
        { seed: 9, numRuns: 500 },
      );
    });

    it(`${format.name}: a record is written back as it stands`, () => {
      const tags =
        format.name === 'pubmed'
          ? 'TI AB FAU AU AD CN LA PT DP DEP PG LID AID IS ISBN MH OT TA JT GN OID ZZ'.split(' ')
          : 'A B C D E F G I J K L N O P R S T U V X Y Z 1 6 7 8 9 @ ! ? = ] a'.split(' ');
      const line = fc.tuple(fc.constantFrom(...tags), word);
      fc.assert(
        fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), lines => {
          const [start, between] = format.name === 'pubmed' ? ['PMID- 1\n', '- '] : ['%0 Book\n', ' '];
          const width = format.name === 'pubmed' ? 4 : 0;
          const sign = format.name === 'pubmed' ? '' : '%';
          const text = `${start}${lines.map(([tag, value]) => `${sign}${tag.padEnd(width)}${between}${value}\n`).join('')}`;
          const record = readFirst(format.name, text);
          assert.deepEqual(
            record.source.fields.slice(1).map(field => [field.name, field.text]),
            lines,
          );
          assert.equal(format.write([record], { lossless: false }).text, text);
        }),
        { seed: 10, numRuns: 300 },
      );
    });
  }

  it('any text is read and written', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        'PMID- ',
        'TI  - ',
        'OID - Key: ',
        '%0 ',
        '%T ',
        '%A ',
        'PT J',
        'ER',
        'AU ',
        '\n',
        '\n\n',
        '   ',
        'bib:=type: ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 15 }), pieces => {
        const text = pieces.join('');
        for (const format of [pubmed, refer, webOfScience]) {
          const blocks = format.scan(text);
          for (let entry = 0; entry < blocks.entryCount; entry++) {
            const reference = format.read(text, blocks, entry);
            format.write?.([reference, { ...reference, type: 'misc' }], { lossless: true });
          }
        }
      }),
      { seed: 11, numRuns: 500 },
    );
  });
});
