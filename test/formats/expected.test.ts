import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { choices, reasonFor } from './expected/choices.ts';
import { compareReadings } from './expected/compare.ts';
import { expectedReading, ourReading, type Unit } from './expected/facts.ts';

const data = '../shared/data/conversion/expected.jsonl';

describe('formats: what other projects expect', function () {
  this.timeout(60_000);
  const totals = new Map<string, { facts: number; unexplained: number }>();
  const reasons = new Map<string, number>();

  before(function () {
    if (!existsSync(data)) {
      console.log('      skipped: no shared data');
      this.skip();
    }
    for (const line of readFileSync(data, 'utf8').trim().split('\n')) {
      const unit = JSON.parse(line) as Unit;
      const [expected, ours] = [expectedReading(unit), ourReading(unit)];
      if (expected === undefined || ours === undefined) continue;
      const { total, differences } = compareReadings(unit.id, expected, ours);
      const sum = totals.get(unit.from) ?? { facts: 0, unexplained: 0 };
      totals.set(unit.from, sum);
      sum.facts += total;
      for (const difference of differences) {
        const reason = reasonFor(difference, unit);
        if (reason === undefined) sum.unexplained++;
        else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
  });

  for (const [from, bar] of [
    ['bib', 0.97],
    ['ris', 0.92],
  ] as const) {
    it(`agrees with ours for ${from}, in the reading that the mapping chooses`, () => {
      const { facts, unexplained } = totals.get(from) ?? { facts: 0, unexplained: 1 };
      assert.ok(facts > 500, `${String(facts)} facts`);
      assert.ok(1 - unexplained / facts >= bar, `${String(unexplained)} of ${String(facts)} differ`);
    });
  }

  it('differs for reasons that are needed', () => {
    assert.deepEqual(
      choices.map(choice => choice.name).filter(name => !reasons.has(name)),
      [],
    );
  });
});

describe('formats: the document of differences', () => {
  it('gives every reason', () => {
    const text = readFileSync('docs/conversion-differences.md', 'utf8');
    assert.deepEqual(
      choices.map(choice => choice.name).filter(name => !text.includes(`\n### ${name}\n`)),
      [],
    );
  });
});
