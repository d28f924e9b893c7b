import assert from 'node:assert/strict';
import type { ReportedLoss } from '../../src/protocol/conversion.ts';
import {
  contentSentence,
  knownSentence,
  lossReport,
  problemSentence,
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
      { key: 'a', knownAs: 'a' },
      { key: 'b', knownAs: 'c' },
    ];
    assert.equal(knownSentence(known, 3), '2 of the 3 references are in the document already: a, b (as c).');
    assert.equal(knownSentence(known.slice(0, 1), 1), 'This reference is in the document already: a.');
  });
});

describe('the report of a conversion', () => {
  const report = lossReport(
    [
      {
        name: 'refs.bib',
        uri: 'file:///refs.bib',
        losses: [
          loss('a', 'pubstate', 'in\n  press', 3),
          loss('a', 'library', 'x', 3),
          loss('b', 'file', 'y'.repeat(1000), 9),
        ],
      },
      { name: 'fine.bib', losses: [] },
    ],
    'ris',
  );
  const lines = report.text.split('\n');

  it('lists every value below its key, one line each', () => {
    assert.equal(lines[0], 'Conversion to RIS: 3 values not carried over unchanged');
    assert.ok(lines.includes('    pubstate: in press'));
    assert.ok(lines.includes('    library: x'));
    assert.equal(lines.filter(line => line === '  a').length, 1);
    assert.ok(!report.text.includes('fine.bib'));
  });

  it('shortens what nobody would read', () => {
    assert.ok(lines.every(line => line.length < 320));
  });

  it('links each key to its entry', () => {
    assert.deepEqual(
      report.links.map(({ line, start, end, place }) => [lines[line]?.slice(start, end), place.line]),
      [
        ['a', 3],
        ['b', 9],
      ],
    );
  });
});
