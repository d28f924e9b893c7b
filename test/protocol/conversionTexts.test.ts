import assert from 'node:assert/strict';
import type { ReportedLoss } from '../../src/protocol/conversion.ts';
import {
  contentSentence,
  knownSentence,
  leftOutSentence,
  lossReport,
  problemSentence,
  renamedSentence,
  summarySentence,
} from '../../src/protocol/conversionTexts.ts';

const loss = (key: string, field: string, value: string, line?: number): ReportedLoss => ({
  key,
  field,
  value,
  reason: 'no-slot',
  ...(line === undefined ? {} : { place: { line, character: 0 } }),
});
const output = (count: number, losses: ReportedLoss[] = []) => ({ text: '', edits: [], count, losses });

describe('sentences about a conversion', () => {
  it('counts references and what was not carried over', () => {
    assert.equal(summarySentence([output(1)], 'ris'), '1 reference converted to RIS.');
    assert.equal(
      summarySentence([output(2, [loss('a', 'pubstate', 'x')]), output(3)], 'bibtex'),
      '5 references converted to BibTeX. 1 value could not be carried over unchanged.',
    );
  });

  it('tells how many values have only lost protected capitals', () => {
    const capitals = { ...loss('a', 'title', '{A}'), reason: 'case' };
    assert.equal(
      summarySentence([output(2, [capitals, loss('a', 'file', 'x'), capitals])], 'ris'),
      '2 references converted to RIS. 3 values could not be carried over unchanged, 2 of them only in protected capitals.',
    );
  });

  it('names what a source holds', () => {
    const recognition = {
      parts: [
        { format: 'bibtex', count: 1 },
        { format: 'ris', count: 2 },
      ] as const,
      sameWorks: true,
    };
    assert.equal(contentSentence(recognition), 'BibTeX (1 reference) and RIS (2 references)');
  });

  it('says what is wrong with a source, by its name', () => {
    assert.equal(problemSentence('empty', 'the clipboard'), 'The clipboard is empty.');
    assert.match(problemSentence('not-text', 'refs.bib'), /^refs\.bib cannot be read as text/);
  });

  it('tells which references the document has already', () => {
    const known = [
      { source: 0, place: 0, key: 'a', knownAs: 'a' },
      { source: 0, place: 1, key: 'b', knownAs: 'c' },
    ];
    assert.equal(knownSentence(known, 3), '2 of the 3 references are in the document already: a, b (as c).');
    assert.equal(knownSentence(known.slice(0, 1), 1), 'This reference is in the document already: a.');
    assert.equal(
      leftOutSentence(known.slice(0, 1), 1),
      'This reference is in the document already: a. It was left out.',
    );
    assert.match(leftOutSentence(known, 3), /They were left out\.$/);
  });

  it('tells which keys were changed', () => {
    assert.equal(renamedSentence([{ from: 'a', to: 'aa' }]), 'a became aa: this key was taken.');
    const six = 'abcdef'.split('').map(from => ({ from, to: `${from}1` }));
    assert.match(renamedSentence(six), /^a became a1, .*e became e1 …: these keys were taken\.$/);
  });
});

describe('the report of a conversion', () => {
  const long = 'y'.repeat(1000);
  const report = lossReport(
    [
      {
        name: 'refs.bib',
        uri: 'file:///refs.bib',
        losses: [
          loss('a', 'pubstate', 'in\n  press', 3),
          { ...loss('a', 'date', '2013/2014', 3), reason: 'narrowed' },
          loss('a', 'library', 'x', 3),
          loss('b', 'file', long, 9),
          loss('', 'file', 'z', 12),
          loss('', 'file', 'z', 15),
        ],
      },
      { name: 'fine.bib', losses: [] },
      { name: 'the clipboard', losses: [loss('c', 'note', 'w')] },
    ],
    'ris',
  );
  const lines = report.text.split('\n');

  it('lists the values by entry and reason, one line each', () => {
    assert.equal(lines[0], 'Conversion to RIS: 7 values of 5 entries not carried over unchanged');
    const start = lines.indexOf('refs.bib');
    assert.deepEqual(lines.slice(start, start + 9), [
      'refs.bib',
      '',
      '  a (line 4)',
      '    RIS has no field for:',
      '      pubstate: in press',
      '      library: x',
      '    Carried over, but less exactly than written:',
      '      date: 2013/2014',
      '',
    ]);
    assert.ok(!report.text.includes('fine.bib'));
    assert.equal(lines[lines.indexOf('the clipboard') + 2], '  c');
  });

  it('names the setting that keeps values without a field, where it would help', () => {
    assert.match(lines[1] ?? '', /colophon\.convert\.lossless/);
    const other = lossReport([{ name: 'x', losses: [{ ...loss('a', 'b', 'c'), reason: 'narrowed' }] }], 'ris');
    assert.doesNotMatch(other.text, /lossless/);
  });

  it('lists values that have only lost protected capitals behind the others', () => {
    const capitals = (key: string, line: number): ReportedLoss => ({
      ...loss(key, 'title', `{${key}}`, line),
      reason: 'case',
    });
    const other = lossReport(
      [
        {
          name: 'x.bib',
          uri: 'file:///x.bib',
          losses: [capitals('a', 0), loss('b', 'owner', 'me', 4), capitals('b', 4)],
        },
      ],
      'ris',
    );
    assert.deepEqual(other.text.split('\n').slice(2), [
      '',
      'x.bib',
      '',
      '  b (line 5)',
      '    RIS has no field for:',
      '      owner: me',
      '',
      '  Capitals are protected by braces in 2 values, which RIS cannot say:',
      '    a (line 1), title: {a}',
      '    b (line 5), title: {b}',
      '',
    ]);
    assert.deepEqual(
      other.links.map(({ line, start, end }) => [line, start, end]),
      [
        [5, 2, 3],
        [10, 4, 5],
        [11, 4, 5],
      ],
    );
  });

  it('shortens long values, and leads to the whole', () => {
    assert.ok(lines.every(line => line.length < 260));
    assert.deepEqual(
      report.values.map(({ line, start, end, title, value }) => [lines[line]?.slice(start, end), title, value]),
      [['all 1,000 characters', 'file of b', long]],
    );
  });

  it('links each key to its entry', () => {
    assert.deepEqual(
      report.links.map(({ line, start, end, place }) => [lines[line]?.slice(start, end), place.line]),
      [
        ['a', 3],
        ['b', 9],
        ['(no key)', 12],
        ['(no key)', 15],
      ],
    );
  });
});
