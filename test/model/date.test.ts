import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DateValue } from '../../src/model/date.ts';
import { dateFromParts, formatEdtf, parseDate, parseEdtf } from '../../src/model/date.ts';

describe('model/date', () => {
  describe('EDTF as BibLaTeX reads it', () => {
    const cases: [text: string, date: DateValue | undefined][] = [
      ['2015', { start: { year: 2015 } }],
      ['2015-11', { start: { year: 2015, month: 11 } }],
      ['2015-11-03', { start: { year: 2015, month: 11, day: 3 } }],
      ['2015-22', { start: { year: 2015, season: 22 } }],
      ['1999/2001', { start: { year: 1999 }, end: { year: 2001 } }],
      ['1999/..', { start: { year: 1999 }, end: 'open' }],
      ['1999/', { start: { year: 1999 }, end: 'unknown' }],
      ['../1999', { start: 'open', end: { year: 1999 } }],
      ['-0876', { start: { year: -876 } }],
      ['0044', { start: { year: 44 } }],
      ['1984~', { start: { year: 1984, approximate: true } }],
      ['1984-06?', { start: { year: 1984, month: 6, uncertain: true } }],
      ['1984%', { start: { year: 1984, approximate: true, uncertain: true } }],
      ['y17000000002', { start: { year: 17000000002 } }],
      ['199X', { start: { year: 1990 }, end: { year: 1999 }, literal: '199X' }],
      ['19XX', { start: { year: 1900 }, end: { year: 1999 }, literal: '19XX' }],
      ['1999-XX', { start: { year: 1999 }, literal: '1999-XX' }],
      ['2004-04-25T14:34:00Z', { start: { year: 2004, month: 4, day: 25 }, literal: '2004-04-25T14:34:00Z' }],
      ['2015-13', undefined],
      ['2015-11-32', undefined],
      ['15', undefined],
      ['/', undefined],
      ['1999/2000/2001', undefined],
      ['in press', undefined],
    ];
    for (const [text, date] of cases) {
      it(text, () => {
        assert.deepEqual(parseEdtf(text), date);
        if (date !== undefined) {
          assert.equal(formatEdtf(date), text);
        }
      });
    }
  });

  describe('year, month and day of BibTeX', () => {
    const cases: [parts: [string, string?, string?], date: DateValue][] = [
      [['2015', '11'], { start: { year: 2015, month: 11 } }],
      [['2015', 'nov'], { start: { year: 2015, month: 11 } }],
      [['2015', 'Sept.'], { start: { year: 2015, month: 9 } }],
      [['2015', 'März'], { start: { year: 2015, month: 3 } }],
      [['2015', 'août'], { start: { year: 2015, month: 8 } }],
      [['2015', '10 January'], { start: { year: 2015, month: 1, day: 10 } }],
      [['2015', 'January 10th'], { start: { year: 2015, month: 1, day: 10 } }],
      [['2015', 'January', '10'], { start: { year: 2015, month: 1, day: 10 } }],
      [['2015', 'jan/feb'], { start: { year: 2015, month: 1 }, end: { year: 2015, month: 2 } }],
      [['2015', 'May 3–5'], { start: { year: 2015, month: 5, day: 3 }, end: { year: 2015, month: 5, day: 5 } }],
      [['2015', 'Spring'], { start: { year: 2015, season: 21 } }],
      [['2015', 'Easter'], { start: { year: 2015 }, literal: 'Easter 2015' }],
      [['in press'], { literal: 'in press' }],
      [['c. 1900'], { start: { year: 1900 }, literal: 'c. 1900' }],
      [['1973b'], { start: { year: 1973 }, literal: '1973b' }],
      [['2020/2021'], { start: { year: 2020 }, end: { year: 2021 } }],
      [['2020-21'], { start: { year: 2020 }, end: { year: 2021 } }],
      [['2015-11'], { start: { year: 2015, month: 11 } }],
      [['June 1980'], { start: { year: 1980, month: 6 } }],
      [['June 1980', 'May'], { start: { year: 1980, month: 6 }, literal: 'May June 1980' }],
      [['2020–2025'], { start: { year: 2020 }, end: { year: 2025 } }],
      [['2020–'], { start: { year: 2020 }, end: 'open' }],
      [['753'], { start: { year: 753 } }],
      [[''], {}],
    ];
    for (const [parts, date] of cases) {
      it(parts.join(' | '), () => {
        assert.deepEqual(dateFromParts(...parts), date);
      });
    }
  });

  describe('dates as people write them', () => {
    const cases: [text: string, date: DateValue][] = [
      ['21 Oct 2014', { start: { year: 2014, month: 10, day: 21 } }],
      ['August 2013', { start: { year: 2013, month: 8 } }],
      ['2013 Aug', { start: { year: 2013, month: 8 } }],
      ['Spring 2012', { start: { year: 2012, season: 21 } }],
      ['2012/3/4', { start: { year: 2012, month: 3, day: 4 } }],
      ['forthcoming', { literal: 'forthcoming' }],
    ];
    for (const [text, date] of cases) {
      it(text, () => {
        assert.deepEqual(parseDate(text), date);
      });
    }
  });

  it('law: what is written as EDTF reads back the same', () => {
    const point = fc.oneof(
      fc.record({ year: fc.integer({ min: -9999, max: 9999 }) }, { noNullPrototype: true }),
      fc.record(
        { year: fc.integer({ min: 0, max: 9999 }), month: fc.integer({ min: 1, max: 12 }) },
        { noNullPrototype: true },
      ),
      fc.record(
        {
          year: fc.integer({ min: 0, max: 9999 }),
          month: fc.integer({ min: 1, max: 12 }),
          day: fc.integer({ min: 1, max: 31 }),
        },
        { noNullPrototype: true },
      ),
      fc.record(
        { year: fc.integer({ min: 0, max: 9999 }), season: fc.constantFrom<21 | 22 | 23 | 24>(21, 22, 23, 24) },
        { noNullPrototype: true },
      ),
    );
    const end = fc.oneof(point, fc.constant('open' as const), fc.constant('unknown' as const));
    const date: fc.Arbitrary<DateValue> = fc.oneof(
      fc.record({ start: point }, { noNullPrototype: true }),
      fc.record({ start: point, end }, { noNullPrototype: true }),
    );
    fc.assert(
      fc.property(date, value => {
        assert.deepEqual(parseEdtf(formatEdtf(value) ?? ''), value);
      }),
      { seed: 1 },
    );
  });

  it('law: any text is read without throwing', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (year, month) => {
        parseDate(year);
        dateFromParts(year, month);
      }),
      { seed: 2 },
    );
  });
});
