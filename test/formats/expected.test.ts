import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { choices, reasonFor } from './expected/choices.ts';
import { compareReadings } from './expected/compare.ts';
import { expectedReading, ourReading, type Unit } from './expected/facts.ts';

const data = '../shared/data/conversion/expected.jsonl';

describe('formats: what other projects expect', function () {
  this.timeout(60_000);
  const totals = new Map<string, { facts: number; different: number; unexplained: number }>();
  /** By reason, how many facts of inputs of each kind differ for it. */
  const reasons = new Map<string, Map<string, number>>();

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
      const sum = totals.get(unit.from) ?? { facts: 0, different: 0, unexplained: 0 };
      totals.set(unit.from, sum);
      sum.facts += total;
      sum.different += differences.length;
      for (const difference of differences) {
        const reason = reasonFor(difference, unit);
        if (reason === undefined) {
          sum.unexplained++;
          continue;
        }
        const counts = reasons.get(reason) ?? new Map<string, number>();
        reasons.set(reason, counts.set(unit.from, (counts.get(unit.from) ?? 0) + 1));
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

  it('is told by the document with these figures', () => {
    const document = readFileSync('docs/conversion-differences.md', 'utf8');
    const percent = (part: number, whole: number): string => `${((100 * (whole - part)) / whole).toFixed(1)} %`;
    const titles = [
      ['bib', 'BibTeX and BibLaTeX'],
      ['ris', 'RIS'],
      ['endnotexml', 'EndNote XML'],
      ['mods', 'MODS'],
      ['nbib', 'PubMed'],
    ] as const;
    const sums = titles.map(([from, title]) => {
      const { facts, different, unexplained } = totals.get(from) ?? { facts: 0, different: 0, unexplained: 0 };
      return `| ${title} | ${facts.toLocaleString('en')} | ${percent(different, facts)} | ${percent(unexplained, facts)} |`;
    });
    const rows = choices.map(({ name }) => {
      const counts = reasons.get(name);
      return `| ${name} | ${String(counts?.get('bib') ?? 0)} | ${String(counts?.get('ris') ?? 0)} |`;
    });
    assert.deepEqual(
      [...sums, ...rows].filter(row => !document.includes(`\n${row}`)),
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
