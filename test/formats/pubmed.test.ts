import assert from 'node:assert/strict';
import { pubmed } from '../../src/formats/pubmed.ts';
import { formatEdtf } from '../../src/model/date.ts';
import { valueText } from '../../src/model/describe.ts';
import { sortedName } from '../../src/model/name.ts';
import type { Reference, Value } from '../../src/model/reference.ts';

/** Reads the first record of a text. */
const read = (text: string): Reference => pubmed.read(text, pubmed.scan(text), 0);

const write = (reference: Reference, lossless = false) => pubmed.write([reference], { lossless });

/** A record of lines written `TAG value`; the first two tell that it is one. */
const record = (lines: string): string =>
  `PMID- 1\n${lines
    .split('|')
    .map(line => `${line.slice(0, line.indexOf(' ')).padEnd(4)}- ${line.slice(line.indexOf(' ') + 1)}\n`)
    .join('')}`;

/** A value in a short notation: names with the family first, lists with "; ", dates as EDTF. */
function short(value: Value | undefined): string | undefined {
  if (value?.kind === 'names') {
    return [...value.names.map(sortedName), ...(value.others ? ['et al.'] : [])].join('; ');
  }
  if (value?.kind === 'date') {
    return value.date.literal ?? formatEdtf(value.date);
  }
  return value === undefined ? undefined : value.kind === 'text' ? value.text : valueText(value);
}

/** Lines of a record and what is expected of its type and fields, parted by "|"; "-" stands for a field that must be missing. */
const readings: readonly [rule: string, lines: string, expected: string][] = [
  // Types
  ['an article', 'PT Journal Article|TI A', '@article'],
  ['an article among other kinds', 'PT Review|PT Journal Article', '@article|pubmed-pt=Review'],
  ['no kind, a journal', 'JT Nature', '@article'],
  ['a chapter of the Bookshelf', 'PT Review|PT Book Chapter|BTI B|TI A', '@incollection|title=A|booktitle=B'],
  ['a book of the Bookshelf', 'PT Book|BTI B', '@book|title=B|booktitle=-'],
  ['a chapter without a kind', 'BTI B|TI A', '@incollection|booktitle=B'],
  ['a thesis', 'PT Academic Dissertation|PB Univ', '@thesis|institution=Univ'],
  ['a preprint', 'PT Preprint|TI A', '@online|entrysubtype=preprint'],
  ['a dataset', 'PT Dataset', '@dataset'],
  ['nothing that tells it', 'TI A', '@misc'],
  // People
  ['names in full', 'FAU Gillard, Steve|AU Gillard S|FAU Roe, A|AU Roe A', 'author=Gillard, Steve; Roe, A|pubmed-au=-'],
  ['short names', 'AU Gillard S|AU van der Berg JP Jr', 'author=Gillard, S; van der Berg, JP, Jr'],
  ['one of both kinds', 'FAU Roe, Ann|AU Roe A|AU Smith B', 'author=Roe, Ann; Smith, B'],
  ['short names behind all full ones', 'FAU Roe, Ann|FAU Doe, Bo|AU Roe A|AU Doe B', 'author=Roe, Ann; Doe, Bo'],
  ['a short name of somebody else', 'FAU Roe, Ann|AU Poe A', 'author=Roe, Ann|pubmed-au=Poe A'],
  ['generation', 'FAU Smith, John A 3rd|AU Smith JA 3rd', 'author=Smith, John A, 3rd'],
  ['a body among persons', 'FAU Roe, Ann|AU Roe A|CN WHO, Geneva', 'author=Roe, Ann; WHO, Geneva'],
  ['and others', 'AU Roe A|AU et al', 'author=Roe, A; et al.'],
  ['editors', 'FED Roe, Ann|ED Roe A', 'editor=Roe, Ann'],
  ['investigators', 'FIR Roe, Ann|IR Roe A', 'contributor=Roe, Ann'],
  ['affiliations', 'AD Univ A|AD Univ B|AD Univ A', 'affiliation=Univ A; Univ B'],
  ['identifiers of authors', 'AUID ORCID: 1|AUID ORCID: 2', 'pubmed-auid=ORCID: 1|pubmed-auid-2=ORCID: 2'],
  // Titles
  ['title as it stands', 'TI [A. B].|TT Der Titel.', 'title=[A. B].|origtitle=Der Titel.'],
  ['journal and short title', 'TA J Phys|JT Journal of physics', 'journaltitle=Journal of physics|shortjournal=J Phys'],
  ['both the same', 'TA Cancer|JT cancer', 'journaltitle=cancer|shortjournal=-'],
  ['short title alone', 'TA J Phys', 'journaltitle=J Phys|shortjournal=-'],
  ['series', 'CTI Lectures|VTI Volume', 'series=Lectures|part-title=Volume'],
  // Dates
  ['month', 'DP 2015 Nov', 'date=2015-11'],
  ['day', 'DP 2015 Nov 2', 'date=2015-11-02'],
  ['months', 'DP 2015 Nov-Dec', 'date=2015-11/2015-12'],
  ['months of two years', 'DP 1998 Dec-1999 Jan', 'date=1998-12/1999-01'],
  ['season', 'DP 2012 Spring', 'date=2012-21'],
  ['text', 'DP in press', 'date=in press'],
  ['electronic publication', 'DEP 20141214', 'available-date=2014-12-14'],
  // Numbers
  ['standard numbers', 'IS 1573-3289 (Electronic)|IS 0894-587X (Print)', 'issn=1573-3289 0894-587X'],
  ['number of a book', 'ISBN 978-3-16-148410-0 (hbk)|IS 9783161484100', 'isbn=978-3-16-148410-0 9783161484100'],
  ['a number that is none', 'IS unknown', 'issn=-|pubmed-is=unknown'],
  ['pages in short', 'PG 682-94', 'pages=682–694'],
  ['number of an article', 'PT Journal Article|PG e0190551', 'eid=e0190551|pages=-'],
  ['volume and issue', 'VI 42|IP 6 Pt 2', 'volume=42|number=6 Pt 2'],
  ['address of a DOI', 'AID http://dx.doi.org/10.1000/X', 'doi=10.1000/X'],
  ['DOI twice', 'LID 10.1000/X [doi]|AID 10.1000/X [doi]', 'doi=10.1000/X|pubmed-aid=-'],
  ['another identifier twice', 'LID e15 [pii]|AID e15 [pii]', 'pubmed-lid=e15 [pii]|pubmed-aid=-'],
  ['PMCID', 'PMC PMC12', 'pmcid=PMC12'],
  ['PMID', 'TI A', 'eprint=1|eprinttype=pubmed'],
  // Text
  ['headings and terms', 'MH *Health/trends|OT Peers, old', 'keywords=*Health/trends; Peers, old'],
  ['entities', 'AB p&lt;0.05 &amp; more', 'abstract=p<0.05 & more'],
  ['a value on several lines', 'AB one|      two', 'abstract=one two'],
  ['a known language', 'LA ger', 'langid=german|language=-'],
  ['languages', 'LA eng|LA ger', 'language=eng; ger|langid=-'],
  ['place and publisher', 'PL Bethesda (MD)|PB NLM', 'location=Bethesda (MD)|publisher=NLM'],
  ['notes', 'GN one|GN two', 'note=one\n\ntwo'],
  ['copyright', 'CI (c) 2015', 'copyright=(c) 2015'],
  ['tags without a field', 'OWN NLM|PHST a|PHST b', 'pubmed-own=NLM|pubmed-phst=a|pubmed-phst-2=b'],
  ['tags that nobody knows', 'ZZZ odd', 'pubmed-zzz=odd'],
];

describe('formats/pubmed reads', () => {
  for (const [rule, lines, expected] of readings) {
    it(rule, () => {
      const text = record(lines.replaceAll('|      ', '\n      '));
      const { type, fields } = read(text);
      for (const part of expected.split('|')) {
        if (part.startsWith('@')) {
          assert.equal(`@${type}`, part);
        } else {
          const at = part.indexOf('=');
          const value = part.slice(at + 1);
          assert.equal(short(fields.get(part.slice(0, at))), value === '-' ? undefined : value, part);
        }
      }
    });
  }

  it('keys from author, year and title, or the one that a record carries', () => {
    const text = `${record('FAU Roe, Ann|DP 2015|TI The peers')}\n${record('FAU Roe, Ann|DP 2015|TI The peers')}\n${record('OID Key: own')}`;
    const blocks = pubmed.scan(text);
    assert.deepEqual(
      [0, 1, 2].map(entry => blocks.key(entry)),
      ['roe2015peers', 'roe2015peersa', 'own'],
    );
    const { start, end } = blocks.keySpan(2);
    assert.equal(text.slice(start, end), 'own');
  });
});

const reference = (type: string, fields: Readonly<Record<string, Value>>, key = 'k'): Reference => ({
  key,
  type,
  fields: new Map(Object.entries(fields)),
  source: { format: 'test', type: '', fields: [] },
});

const text = (value: string): Value => ({ kind: 'text', text: value });

describe('formats/pubmed writes', () => {
  it('a record in the order of PubMed', () => {
    const written = write(
      reference('article', {
        title: text('A title'),
        author: {
          kind: 'names',
          names: [
            { family: 'Berg', given: 'Jan-Peter A', prefix: 'van der', suffix: 'Jr' },
            { literal: 'WHO, Geneva' },
          ],
          others: true,
        },
        journaltitle: text('Journal'),
        date: { kind: 'date', date: { start: { year: 2015, month: 11 }, end: { year: 2015, month: 12 } } },
        pages: text('682–694'),
        doi: { kind: 'verbatim', text: '10.1000/x' },
        eprint: { kind: 'verbatim', text: '12' },
        eprinttype: text('pubmed'),
        langid: text('german'),
        keywords: { kind: 'keywords', items: ['a', 'b'] },
      }),
    );
    assert.equal(
      written.text,
      `PMID- 12
DP  - 2015 Nov-Dec
TI  - A title
PG  - 682-694
LID - 10.1000/x [doi]
FAU - van der Berg, Jan-Peter A Jr
AU  - van der Berg JPA Jr
CN  - WHO, Geneva
AU  - et al
LA  - ger
PT  - Journal Article
JT  - Journal
OT  - a
OT  - b
AID - 10.1000/x [doi]
OID - Key: k
`,
    );
    assert.deepEqual(written.losses, []);
  });

  it('reports what has no place, and what is carried less exactly', () => {
    const { losses } = write(
      reference('patent', {
        title: text('A <i>b</i>'),
        url: { kind: 'verbatim', text: 'https://example.org/' },
        eprint: { kind: 'verbatim', text: '1' },
        eprinttype: text('arxiv'),
      }),
    );
    assert.deepEqual(
      losses.map(({ field, value, reason }) => [field, value, reason]),
      [
        ['title', 'A b', 'narrowed'],
        ['url', 'https://example.org/', 'no-slot'],
        ['eprint', '1', 'no-slot'],
        ['eprinttype', 'arxiv', 'no-slot'],
        ['type', 'patent', 'type'],
      ],
    );
  });

  it('carries them in notes where that is asked for', () => {
    const before = reference('patent', {
      title: text('A <i>b</i>'),
      subtitle: text('C'),
      holder: { kind: 'names', names: [{ literal: 'Acme, Inc.' }, { family: 'Roe' }], others: true },
      note: text('one\n\ntwo'),
      addendum: text('line\nline'),
    });
    const { text: written, losses } = write(before, true);
    assert.deepEqual(losses, []);
    const after = read(written);
    assert.equal(after.type, 'patent');
    assert.deepEqual(Object.fromEntries(after.fields), Object.fromEntries(before.fields));
  });

  const source = record('OWN NLM|IS 0894-587X (Print)|TI Old|VI 1|FAU Roe, Ann|AU Roe A|PT Journal Article').replace(
    'Old',
    'Old\n      title',
  );

  it('a record that did not change byte for byte', () => {
    assert.equal(write(read(source)).text, source);
  });

  it('only the lines of what changed', () => {
    const before = read(source);
    const fields = new Map(before.fields).set('title', text('New'));
    fields.delete('volume');
    assert.equal(
      write({ ...before, fields }).text,
      // The key that was made of the old title stays.
      `${source.replace(/Old\n {6}title/, 'New').replace('VI  - 1\n', '')}OID - Key: roeold\n`,
    );
  });
});
