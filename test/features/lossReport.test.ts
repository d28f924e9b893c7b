import assert from 'node:assert/strict';
import { LossReport } from '../../src/features/lossReport.ts';
import { fragmentOf } from '../../src/features/lossReportPage.ts';
import type { ReportAddress, ReportDocument, ReportSource } from '../../src/features/lossReportPage.ts';
import type { Loss } from '../../src/formats/loss.ts';

type Given = Loss & { readonly line: number };

const loss = (key: string, field: string, value: string, line = 0): Given => ({
  key,
  field,
  value,
  reason: 'no-slot',
  line,
});

const capitals = (key: string, line: number): Given => ({ ...loss(key, 'title', `{${key}}`, line), reason: 'case' });

function reportOf(sources: readonly (ReportSource & { readonly losses: readonly Given[] })[]): LossReport {
  const report = new LossReport('RIS');
  for (const { losses, ...source } of sources) {
    report.begin(source);
    for (const { line, ...one } of losses) report.add(one, { line, character: 0 });
  }
  return report;
}

const address: ReportAddress = (title, query, place) => `${title}?${query}${place ? fragmentOf(place) : ''}`;

function open(report: LossReport, query = ''): ReportDocument {
  const found = report.document(query, address);
  assert.ok(found);
  return found;
}

/** By the text of each link, where it leads. */
const linksOf = ({ text, links }: ReportDocument): [string, string][] => {
  const lines = text.split('\n');
  return links.map(({ line, start, end, target }) => [lines[line]?.slice(start, end) ?? '', target]);
};

describe('the report of a conversion', () => {
  const long = 'y'.repeat(1000);
  const report = reportOf([
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
    { name: 'the clipboard', text: 'TY  - BOOK\nID  - c\nER  - ', losses: [loss('c', 'note', 'w')] },
  ]);
  const first = open(report);
  const lines = first.text.split('\n');

  it('lists the values by entry and reason, one line each', () => {
    assert.equal(lines[0], 'Conversion to RIS: 7 values of 5 entries not carried over unchanged');
    const start = lines.indexOf('refs.bib');
    assert.deepEqual(lines.slice(start, start + 9), [
      'refs.bib',
      '',
      '  a (line 4)',
      '    RIS has no field for this:',
      '      pubstate: in press',
      '      library: x',
      '    Carried over, but less exactly than written:',
      '      date: 2013/2014',
      '',
    ]);
    assert.ok(!first.text.includes('fine.bib'));
    assert.equal(lines[lines.indexOf('the clipboard') + 2], '  c (line 1)');
  });

  it('names the setting that keeps values without a field, where it would help', () => {
    assert.match(lines[1] ?? '', /colophon\.convert\.lossless/);
    const other = reportOf([{ name: 'x', losses: [{ ...loss('a', 'b', 'c'), reason: 'narrowed' }] }]);
    assert.doesNotMatch(open(other).text, /lossless/);
  });

  it('lists values that have only lost protected capitals behind the others', () => {
    const losses = [capitals('a', 0), loss('b', 'owner', 'me', 4), capitals('b', 4)];
    const other = reportOf([{ name: 'x.bib', uri: 'file:///x.bib', losses }]);
    assert.equal(other.capitals, 2);
    assert.deepEqual(open(other).text.split('\n').slice(2), [
      '',
      'x.bib',
      '',
      '  b (line 5)',
      '    RIS has no field for this:',
      '      owner: me',
      '',
      '  Capitals are protected by braces in 2 values, which RIS cannot say:',
      '    a (line 1), title: {a}',
      '    b (line 5), title: {b}',
      '',
    ]);
    assert.deepEqual(linksOf(open(other)), [
      ['b', 'file:///x.bib#L5,1'],
      ['a', 'file:///x.bib#L1,1'],
      ['b', 'file:///x.bib#L5,1'],
    ]);
  });

  it('links each key to its entry, and to the text where that stands in no file', () => {
    assert.ok(lines.every(line => line.length < 260));
    assert.deepEqual(linksOf(first), [
      ['a', 'file:///refs.bib#L4,1'],
      ['b', 'file:///refs.bib#L10,1'],
      ['all 1,000 characters', 'file of b?value-0-3'],
      ['(no key)', 'file:///refs.bib#L13,1'],
      ['(no key)', 'file:///refs.bib#L16,1'],
      ['c', 'the clipboard?source-2#L1,1'],
    ]);
  });

  it('has long values and pasted texts as documents of their own', () => {
    assert.equal(open(report, 'value-0-3').text, long);
    assert.match(open(report, 'source-2').text, /^TY {2}- BOOK/);
    assert.equal(report.document('value-0-99', address), undefined);
    assert.equal(report.document('source-0', address), undefined);
  });

  it('begins with what was lost how often, capitals last, where there is much of it', () => {
    const many = Array.from({ length: 30 }, (_, index) => capitals(`k${index}`, index));
    const some = [loss('a', 'owner', 'me'), loss('a', 'groups', 'x'), loss('b', 'Owner', 'you')];
    const years = Array.from({ length: 9 }, (_, at) => ({
      ...loss('c', `date${at}`, '1'),
      reason: 'narrowed' as const,
    }));
    const type = { ...loss('c', 'type', 'mvbook'), reason: 'type' as const };
    const other = reportOf([{ name: 'x.bib', losses: [...many, ...some, ...years, type] }]);
    assert.deepEqual(open(other).text.split('\n').slice(2, 8), [
      '',
      '   9  Carried over, but less exactly than written: date0 (1), date1 (1), date2 (1), date3 (1), date4 (1), date5 (1), date6 (1), date7 (1) …',
      '   3  RIS has no field for this: owner (2), groups (1)',
      '   1  RIS has no such type of entry; the nearest one was taken: mvbook (1)',
      '  30  Carried over, but without the protection of its capitals: title (30)',
      '',
    ]);
  });

  it('puts the capitals of all sources behind everything else', () => {
    const sources = ['x.bib', 'y.bib'].map(name => ({ name, losses: [capitals('a', 0), loss('b', 'owner', name, 3)] }));
    const { text } = open(reportOf(sources));
    const at = (part: string) => text.lastIndexOf(part);
    assert.ok(at('owner: y.bib') < text.indexOf('Capitals are protected'));
    assert.ok(at('x.bib') < at('y.bib') && text.split('\ny.bib\n').length === 3);
  });

  describe('with keys that several entries have', () => {
    const places = (...lines: number[]) => lines.map(line => ({ source: 0, line, character: 0 }));

    it('names them first, with a link to each entry', () => {
      const other = reportOf([{ name: 'x.bib', uri: 'file:///x.bib', losses: [] }]);
      other.addRepeated(new Map([['a', places(0, 1200)]]));
      assert.equal(
        open(other).text,
        'Conversion to RIS: everything was carried over\n\nOne key is used by several entries, and stayed as written:\n  a: line 1, line 1,201\n',
      );
      assert.deepEqual(linksOf(open(other)), [
        ['line 1', 'file:///x.bib#L1,1'],
        ['line 1,201', 'file:///x.bib#L1201,1'],
      ]);
      assert.deepEqual(other.firstRepeated(5), [{ key: 'a', entries: 2 }]);
    });

    it('names the files where there are several', () => {
      const other = reportOf([
        { name: 'x.bib', uri: 'file:///x.bib', losses: [] },
        { name: 'y.bib', losses: [] },
      ]);
      other.addRepeated(new Map([['a', [...places(0), { source: 1, line: 4, character: 0 }]]]));
      assert.match(open(other).text, /^ {2}a: x\.bib, line 1; y\.bib, line 5$/m);
      assert.deepEqual(linksOf(open(other)), [['line 1', 'file:///x.bib#L1,1']]);
    });

    it('has a document of its own for many', () => {
      const other = reportOf([{ name: 'x.bib', losses: [] }]);
      other.addRepeated(new Map(Array.from({ length: 30 }, (_, at) => [`k${at}`, places(at, ...Array(40).keys())])));
      assert.match(open(other).text, /\n {2}k19: line 20,.* … and 21 more\n {2}… all 30 keys\n/);
      assert.deepEqual(linksOf(open(other)), [['all 30 keys', 'all 30 keys?keys']]);
      assert.match(open(other, 'keys').text, /^30 keys are used[^]*\n {2}k29: /);
    });
  });

  it('says that text between entries belongs to none', () => {
    const other = reportOf([
      { name: 'x', losses: [loss('', '@preamble', 'p'), loss('', 'text between records', 't')] },
    ]);
    assert.match(open(other).text, /\(between the entries\)/);
    assert.doesNotMatch(open(other).text, /no key/);
  });

  it('has pages, with the same number of values on each and ways between them', () => {
    const many = Array.from({ length: 2500 }, (_, index) =>
      index % 2 === 0 ? loss(`k${index}`, 'note', String(index), index) : capitals(`k${index}`, index),
    );
    const large = reportOf([{ name: 'x.bib', uri: 'file:///x.bib', losses: many }]);
    const pages = ['', 'page-2', 'page-3'].map(query => open(large, query));
    const [one, two] = pages;
    assert.ok(one && two);
    assert.match(
      one.text,
      /^Conversion to RIS: 2,500 values of 2,500 entries.*\n.*\n\n {2}1,250 {2}RIS has no field for this: note \(1,250\)\n {2}1,250 {2}Carried/,
    );
    assert.match(one.text, /^Page 1 of 3 {3}next {3}last$/m);
    assert.deepEqual(linksOf(two).slice(0, 4), [
      ['first', 'Page 1?page-1'],
      ['previous', 'Page 1?page-1'],
      ['next', 'Page 3?page-3'],
      ['last', 'Page 3?page-3'],
    ]);
    const values = pages.flatMap(({ text }) =>
      Array.from(text.matchAll(/note: (\d+)|title: \{k(\d+)\}/g), ([all]) => all),
    );
    assert.equal(new Set(values).size, 2500);
    assert.equal(values.length, 2500);
    assert.equal(open(large, 'page-99').text, pages[2]?.text);
  });
});
