import assert from 'node:assert/strict';
import { LossReport } from '../../src/features/lossReport.ts';
import { createLossReports } from '../../src/server/lossReports.ts';

function reportOf(count: number, length: number): LossReport {
  const report = new LossReport('RIS');
  report.begin({ name: 'x.bib' });
  for (let index = 0; index < count; index++) {
    const loss = { key: `k${index}`, field: 'note', value: 'x'.repeat(length), reason: 'no-slot' as const };
    report.add(loss, { line: index, character: 0 });
  }
  return report;
}

describe('the reports of the last conversions', () => {
  const cases: [name: string, count: number, length: number, kept: number][] = [
    ['small ones', 10, 10, 4],
    ['many values', 60_000, 1, 2],
    ['long values', 3, 3_000_000, 3],
  ];
  for (const [name, count, length, kept] of cases) {
    it(`are kept as far as they are not too much: ${name}`, () => {
      const reports = createLossReports();
      const addresses = Array.from({ length: 4 }, () => reports.keep('Not carried over', reportOf(count, length)));
      const found = addresses.map(uri => reports.find({ uri }) !== null);
      assert.deepEqual(
        found,
        addresses.map((_, index) => index >= addresses.length - kept),
      );
    });
  }

  it('keep the last one, however long', () => {
    const reports = createLossReports();
    const first = reports.keep('First', reportOf(3, 10_000_000));
    const last = reports.keep('Last', reportOf(3, 10_000_000));
    assert.equal(reports.find({ uri: first }), null);
    assert.match(reports.find({ uri: last })?.text ?? '', /3 values of 3 entries/);
  });
});
