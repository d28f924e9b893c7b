import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { ris } from '../../src/formats/ris.ts';
import { valueText } from '../../src/model/describe.ts';
import { formatEdtf } from '../../src/model/date.ts';
import { sortedName } from '../../src/model/name.ts';
import type { Reference, Value } from '../../src/model/reference.ts';

/** Reads the one record of a text; lines are written `TAG value` and get their separators here. */
function readLines(...lines: string[]): Reference {
  const text = `${lines.map(line => `${line.slice(0, 2)}  - ${line.slice(3)}`).join('\n')}\nER  - \n`;
  return ris.read(text, ris.scan(text), 0);
}

/** A value in a short notation: names with the family first, lists with "; ", dates as EDTF. */
function short(value: Value | undefined): string | undefined {
  if (value?.kind === 'names') {
    return [...value.names.map(sortedName), ...(value.others ? ['et al.'] : [])].join('; ');
  }
  if (value?.kind === 'date') {
    return [formatEdtf(value.date), value.date.literal].filter(part => part !== undefined).join(' | ');
  }
  return value === undefined ? undefined : value.kind === 'text' ? value.text : valueText(value);
}

const shortFields = (reference: Reference): Record<string, string | undefined> =>
  Object.fromEntries([...reference.fields].map(([name, value]) => [name, short(value)]));

/** Lines of a record, and what of its type and fields is expected; "-" stands for a field that must be missing. */
const readings: readonly [rule: string, lines: string, expected: string][] = [
  // Types
  ['JOUR is an article', 'TY JOUR', '@article'],
  ['a type in words', 'TY Journal Article', '@article'],
  ['a type in lower case', 'TY jour', '@article'],
  ['GEN with a journal is an article', 'TY GEN|JO J. Phys.', '@article journaltitle=J. Phys.'],
  ['GEN with T2 and a volume is an article', 'TY GEN|T2 Phys|VL 1', '@article journaltitle=Phys'],
  ['GEN else is misc', 'TY GEN|T2 Phys', '@misc booktitle=Phys'],
  ['an unknown type is kept', 'TY PODC|TI x', '@misc entrysubtype=PODC'],
  ['a book with editors only', 'TY BOOK|ED Roe, Jane', '@collection editor=Roe, Jane'],
  ['a chapter without editor', 'TY CHAP|AU Roe, Jane|T2 Host', '@inbook booktitle=Host'],
  ['a chapter with editor', 'TY CHAP|A2 Roe, Jane', '@incollection editor=Roe, Jane'],
  ['CONF with a host is a paper', 'TY CONF|TI A|T2 B', '@inproceedings booktitle=B'],
  ['CONF with pages is a paper', 'TY CONF|TI A|SP 3', '@inproceedings pages=3'],
  ['CONF alone is the proceedings', 'TY CONF|TI A|T2 A', '@proceedings title=A'],
  ['SER with an ISSN and no author', 'TY SER|SN 0028-0836', '@periodical issn=0028-0836'],
  ['UNPB', 'TY UNPB|TI A', '@unpublished'],
  ['a preprint', 'TY UNPB|M3 Preprint', '@online entrysubtype=preprint type=-'],
  ['a review', 'TY JOUR|RI The Book', '@review reviewed-title=The Book'],
  ['in press', 'TY INPR|TI A', '@article pubstate=inpress'],
  ['a message with an address', 'TY ICOMM|UR http://a.org', '@online entrysubtype=post'],
  ['a message', 'TY ICOMM', '@letter entrysubtype=email'],
  ['a thesis key', 'TY THES|M3 PhD thesis', '@thesis type=phdthesis'],
  ['a manual', 'TY RPRT|M3 Manual', '@manual type=-'],
  // Titles
  ['TI before T1', 'TY JOUR|T1 weak|TI strong', 'title=strong ris-t1=weak'],
  ['T1 alone', 'TY JOUR|T1 weak', 'title=weak'],
  ['BT of a book is its title', 'TY BOOK|BT The Book', 'title=The Book'],
  ['BT of a chapter is the book', 'TY CHAP|BT The Book', 'booktitle=The Book'],
  ['T2 of a book is its series', 'TY BOOK|T2 Lectures', 'series=Lectures'],
  ['T3 of a chapter is its series', 'TY CHAP|T2 B|T3 S', 'booktitle=B series=S'],
  ['T2 beside C3 is the conference', 'TY CONF|TI A|C3 Proc|T2 Conf', 'booktitle=Proc eventtitle=Conf'],
  ['translated title', 'TY JOUR|TT Der Titel', 'translatedtitle=Der Titel'],
  ['JF beats T2 in an article', 'TY JOUR|T2 Other|JF Nature', 'journaltitle=Nature ris-t2=Other'],
  [
    'JO shorter than JF',
    'TY JOUR|JF Journal of Physics|JO J. Phys.',
    'journaltitle=Journal of Physics shortjournal=J. Phys.',
  ],
  ['JO equal to JF', 'TY JOUR|JF Cancer|JO Cancer', 'journaltitle=Cancer shortjournal=-'],
  ['JO alone', 'TY JOUR|JO J. Phys.', 'journaltitle=J. Phys.'],
  ['JA alone', 'TY JOUR|JA J. Phys.', 'journaltitle=J. Phys. shortjournal=-'],
  ['JA and another J1', 'TY JOUR|JF Physics|JA Phys.|J1 Ph', 'shortjournal=Phys. ris-j1=Ph'],
  // People
  ['particle and suffix', 'TY JOUR|AU von der Berg, Hans, Jr.', 'author=von der Berg, Hans, Jr.'],
  ['a body', 'TY JOUR|AU World Health Organization', 'author=World Health Organization'],
  ['and others', 'TY JOUR|AU Roe, J.|AU et al.', 'author=Roe, J.; et al.'],
  ['AU and A1', 'TY JOUR|A1 Doe, J.|AU Roe, R.', 'author=Roe, R.; Doe, J.'],
  ['A2 of a book with authors', 'TY BOOK|AU Doe, J.|A2 Roe, R.', 'collection-editor=Roe, R. editor=-'],
  ['A2 of a book without authors', 'TY BOOK|A2 Roe, R.', 'editor=Roe, R.'],
  ['A3 of a book', 'TY BOOK|AU Doe, J.|A3 Roe, R.|ED Roe, R.', 'editor=Roe, R.'],
  ['A3 of a chapter', 'TY CHAP|A2 Doe, J.|A3 Roe, R.', 'editor=Doe, J. collection-editor=Roe, R.'],
  ['A4', 'TY BOOK|A4 Roe, R.', 'translator=Roe, R.'],
  ['ED', 'TY JOUR|ED Roe, R.', 'editor=Roe, R.'],
  ['performer', 'TY SOUND|A2 Roe, R.', 'performer=Roe, R.'],
  ['advisor', 'TY THES|A3 Roe, R.', 'contributor=Roe, R.'],
  // Dates
  ['year and date', 'TY JOUR|PY 2015|DA 2015/11/02/', 'date=2015-11-02'],
  ['year of PY, contradicted', 'TY JOUR|PY 2015|DA 2014/10/21/', 'date=2015 ris-da=2014/10/21/'],
  ['Y1 more precise', 'TY JOUR|PY 2005|Y1 2005/07/15', 'date=2005-07-15'],
  ['Web of Science month', 'TY JOUR|PY 2013|DA AUG', 'date=2013-08'],
  ['Web of Science day', 'TY JOUR|PY 2013|DA NOV 2', 'date=2013-11-02'],
  ['season', 'TY JOUR|PY 2012///Spring', 'date=2012-21'],
  ['empty parts', 'TY JOUR|PY 2014///', 'date=2014'],
  ['what programs write for nothing', 'TY JOUR|DA 2019/10//undefined', 'date=2019-10'],
  ['a month in words', 'TY BOOK|Y1 2015/october', 'date=2015-10'],
  ['days of a conference', 'TY CONF|Y1 4-8 Aug. 2020', 'date=2020-08-04/2020-08-08'],
  ['text', 'TY JOUR|PY in press', 'date=in press'],
  ['text behind the date', 'TY JOUR|DA 2020///SuperConf', 'date=2020 | 2020 SuperConf'],
  ['only slashes', 'TY JOUR|DA ///', 'date=-'],
  ['range as we write it', 'TY JOUR|PY 2012|DA 2012/05//to 2013-01', 'date=2012-05/2013-01'],
  ['Y2 is never the date', 'TY JOUR|Y2 2019/03/28', 'urldate=2019-03-28 date=-'],
  ['epub date in ET', 'TY JOUR|ET 2016/01/30', 'available-date=2016-01-30 edition=-'],
  // Numbers
  ['pages', 'TY JOUR|SP 682|EP 694', 'pages=682–694'],
  ['short end', 'TY JOUR|SP 682-94', 'pages=682–694'],
  ['range in EP', 'TY JOUR|SP 682|EP 682-694', 'pages=682–694'],
  ['end alone', 'TY JOUR|EP 30', 'pages=30'],
  ['number of pages', 'TY BOOK|SP 350', 'pagetotal=350 pages=-'],
  ['pages of a book', 'TY BOOK|SP 3|EP 9', 'pages=3–9'],
  ['article number', 'TY JOUR|IS 4|C7 e15', 'number=4 eid=e15'],
  ['M1 does not overwrite IS', 'TY JOUR|IS 4|M1 12', 'number=4 note=12'],
  ['M1 as the issue', 'TY JOUR|M1 12', 'number=12'],
  [
    'M1 as text',
    'TY JOUR|M1 Copyright (C) 2016. All rights reserved.',
    'number=- note=Copyright (C) 2016. All rights reserved.',
  ],
  ['report number', 'TY RPRT|M1 TR-3', 'number=TR-3'],
  ['report number in SN', 'TY RPRT|SN TR-3', 'number=TR-3'],
  ['volumes of a chapter', 'TY CHAP|IS 3', 'volumes=3'],
  ['CP beside IS', 'TY JOUR|IS 4|CP 5', 'number=4 ris-cp=5'],
  ['VO', 'TY JOUR|VO 8', 'volume=8'],
  ['both standard numbers', 'TY CHAP|SN 0302-9743 978-3-16-148410-0', 'issn=0302-9743 isbn=978-3-16-148410-0'],
  ['numbers with their medium', 'TY JOUR|SN 1999-7777(Electronic),0222-6666(Print)', 'issn=1999-7777 0222-6666'],
  ['a wrong check digit stays', 'TY BOOK|SN 9783161484101', 'isbn=9783161484101'],
  ['version', 'TY COMP|ET 2.1', 'version=2.1'],
  ['patent version', 'TY PAT|VL 2|PB Acme Inc.', 'version=2 holder=Acme Inc.'],
  // Links and identifiers
  ['DOI as address', 'TY JOUR|DO https://doi.org/10.1000/AbC', 'doi=10.1000/AbC'],
  ['DOI in M3', 'TY JOUR|M3 doi: 10.1000/x', 'doi=10.1000/x type=-'],
  ['type of work in M3', 'TY JOUR|M3 Article', 'type=Article'],
  ['DOI in U2', 'TY JOUR|U2 10.1000/x', 'doi=10.1000/x userb=-'],
  ['user field', 'TY JOUR|U2 L624782849', 'userb=L624782849'],
  ['DOI in L3', 'TY JOUR|L3 10.1000/x', 'doi=10.1000/x'],
  ['DOI in UR', 'TY JOUR|UR http://dx.doi.org/10.1000/x', 'doi=10.1000/x url=http://dx.doi.org/10.1000/x'],
  [
    'several addresses',
    'TY JOUR|UR http://a.org/?x=1&amp;y;http://b.org|UR http://c.org',
    'url=http://a.org/?x=1&amp;y ris-ur=http://b.org ris-ur-2=http://c.org',
  ],
  ['L2 without UR', 'TY JOUR|L2 http://a.org', 'url=http://a.org'],
  ['L1', 'TY JOUR|L1 http://a.org/x.pdf', 'file=http://a.org/x.pdf'],
  ['accession number', 'TY JOUR|AN 123|DB Embase', 'eprint=123 eprinttype=Embase'],
  ['PubMed', 'TY JOUR|AN 123|DB PubMed', 'eprint=123 eprinttype=pubmed'],
  ['database alone', 'TY JOUR|DB Embase', 'source=Embase'],
  ['PMCID', 'TY JOUR|C2 PMC12', 'pmcid=PMC12'],
  ['no PMCID', 'TY JOUR|C2 12', 'ris-c2=12'],
  ['an ID that is no key', 'TY JOUR|ID my id|TI Peers', 'ris-id=my id'],
  // Text
  ['abstracts that are equal', 'TY JOUR|AB same|N2 same', 'abstract=same note=-'],
  ['abstracts that differ', 'TY JOUR|AB short|N2 the longer one', 'abstract=the longer one note=short'],
  ['distinct notes', 'TY JOUR|N1 one|N1 two', 'note=one\n\ntwo'],
  ['keywords keep commas', 'TY JOUR|KW Models, Animal; Rats|KW Mice', 'keywords=Models, Animal; Rats; Mice'],
  ['entities once', 'TY JOUR|TI A &amp; B &#39;c&#x27; &eacute; &amp;lt;', "title=A & B 'c' é &lt;"],
  ['address of the author', 'TY JOUR|AD Berlin', 'affiliation=Berlin location=-'],
  ['reprint status', 'TY JOUR|RP IN FILE', 'reprintstatus=IN FILE'],
  ['language code', 'TY JOUR|LA eng', 'langid=english'],
  ['babel name', 'TY JOUR|LA ngerman', 'langid=ngerman'],
  ['two languages', 'TY JOUR|LA English; French', 'language=English; French'],
  ['university', 'TY THES|PB MIT', 'institution=MIT'],
  ['court', 'TY CASE|PB Supreme Court', 'authority=Supreme Court'],
  ['places of a paper', 'TY CONF|CY Rome|C1 Berlin', 'venue=Rome location=Berlin'],
  ['place', 'TY CONF|CY Rome', 'location=Rome venue=-'],
  ['a tag nobody knows', 'TY JOUR|AI ORCID', 'ris-ai=ORCID'],
  ['custom tag', 'TY JOUR|C8 x', 'ris-c8=x'],
  ['sidecar', 'TY JOUR|N1 bib:gender: sf|N1 own', 'gender=sf note=own'],
];

describe('formats/ris reading', () => {
  for (const [rule, lines, expected] of readings) {
    it(rule, () => {
      const reference = readLines(...lines.split('|'));
      const fields = shortFields(reference);
      const expectations = expected.split(/ (?=[a-z][a-z0-9-]*=)/u);
      for (const expectation of expectations) {
        if (expectation.startsWith('@')) {
          assert.equal(`@${reference.type}`, expectation);
        } else {
          const at = expectation.indexOf('=');
          const value = expectation.slice(at + 1);
          assert.equal(fields[expectation.slice(0, at)], value === '-' ? undefined : value, expectation);
        }
      }
    });
  }

  it('keeps every line in the source', () => {
    const text = 'TY  - JOUR\nTI  - A\n  long title\nXX  - odd\nER  - \n';
    const reference = ris.read(text, ris.scan(text), 0);
    assert.deepEqual(reference.source, {
      format: 'ris',
      type: 'JOUR',
      fields: [
        { name: 'TI', text: 'A\n  long title', field: 'title' },
        { name: 'XX', text: 'odd', field: 'ris-xx' },
      ],
    });
    assert.equal(shortFields(reference)['title'], 'A long title');
  });

  it('reads the record of a portal page in its one-space form', () => {
    const text = [
      'Prose of the page.',
      '',
      'TY - JOUR',
      'T1 - Peer Roles in Practice',
      'AU - Gill, Ann',
      'AU - Holl, Bo',
      'PY - 2015/11',
      'Y1 - 2015/11',
      'N2 - What was found.',
      'AB - What was found.',
      'KW - peer support',
      'U2 - 10.1000/s1',
      'DO - 10.1000/s1',
      'M3 - Article',
      'VL - 42',
      'SP - 682',
      'EP - 694',
      'JO - Journal of Peers',
      'JF - Journal of Peers',
      'SN - 0894-587X',
      'IS - 6',
      'ER -',
    ].join('\n\n');
    const blocks = ris.scan(text);
    assert.equal(blocks.entryCount, 1);
    const reference = ris.read(text, blocks, 0);
    assert.equal(reference.key, 'gill2015peer');
    assert.deepEqual(shortFields(reference), {
      title: 'Peer Roles in Practice',
      author: 'Gill, Ann; Holl, Bo',
      date: '2015-11',
      abstract: 'What was found.',
      keywords: 'peer support',
      doi: '10.1000/s1',
      type: 'Article',
      volume: '42',
      pages: '682–694',
      journaltitle: 'Journal of Peers',
      issn: '0894-587X',
      number: '6',
    });
  });
});

describe('formats/ris recognising', () => {
  const cases: readonly [string, number][] = [
    ['TY  - JOUR\nTI  - x\nER  - \n', 1],
    ['\uFEFFty  - jour\nti  - x\n', 1],
    ['Provider: ACM\nDatabase: DL\n\nTY  - JOUR\nTI  - x\nER  - \n', 0.9],
    ['@article{a,\n title = {x}\n}\n\nTY - JOUR\n\nTI - x\n', 0.5],
    ['TY  - JOUR\n', 0],
    ['@article{a, title = {TY  - JOUR}}', 0],
    ['[{"type":"book"}]', 0],
    ['', 0],
  ];
  for (const [text, expected] of cases) {
    it(`${expected}: ${JSON.stringify(text.slice(0, 30))}`, () => {
      assert.equal(ris.recognise(text), expected);
    });
  }
});

describe('formats/ris keys', () => {
  const keysOf = (text: string): string[] => {
    const blocks = ris.scan(text);
    return Array.from({ length: blocks.entryCount }, (_, entry) => blocks.key(entry));
  };
  const record = (...lines: string[]): string => `TY  - JOUR\n${lines.join('\n')}\nER  - \n`;

  it('takes the ID', () => {
    assert.deepEqual(keysOf(record('ID  - roe:2020/a+b')), ['roe:2020/a+b']);
  });

  it('makes readable keys, unique beside the IDs, the first of equals without a letter', () => {
    const made = record('AU  - Müller, Ann', 'PY  - 2020', 'TI  - The Peers');
    assert.deepEqual(keysOf(record('ID  - muller2020peersa') + made + made + record('ID  - no key')), [
      'muller2020peersa',
      'muller2020peers',
      'muller2020peersb',
      'reference',
    ]);
  });

  it('keeps made keys when records are added behind them', () => {
    const made = record('AU  - Roe, Ann', 'PY  - 2020', 'TI  - Peers');
    assert.deepEqual(keysOf(made + made).slice(0, 1), keysOf(made));
  });

  it('points at the ID, else at the type', () => {
    const text = record('ID  - a') + record('TI  - x');
    const blocks = ris.scan(text);
    const spans = [0, 1].map(entry => blocks.keySpan(entry));
    assert.deepEqual(
      spans.map(({ start, end }) => text.slice(start, end)),
      ['a', 'JOUR'],
    );
  });
});

describe('formats/ris on real files', () => {
  const path = '../shared/data/libraries/every-type-every-tag.ris';

  it('finds every value of every tag of every type in a field', function () {
    if (!existsSync(path)) {
      console.log(`skipped: ${path} is not there`);
      this.skip();
    }
    const text = readFileSync(path, 'utf8');
    const blocks = ris.scan(text);
    assert.equal(blocks.entryCount, 56);
    for (let entry = 0; entry < blocks.entryCount; entry++) {
      const reference = ris.read(text, blocks, entry);
      const all = Object.values(shortFields(reference)).join('\n');
      for (const { name, text: value } of reference.source.fields) {
        const isDate = name === 'DA';
        assert.ok(all.includes(value) || isDate, `${reference.source.type} ${name} ${value}`);
      }
    }
  });
});
