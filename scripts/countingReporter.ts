import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { Count } from './count.ts';

/** Mocha's usual output, and the counts as JSON in the file of the reporter option `counts`. */
class CountingReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const { counts } = options.reporterOptions as { readonly counts: string };
    runner.once('end', () => {
      const count: Count = { passed: runner.stats?.passes ?? 0, failed: runner.stats?.failures ?? 0 };
      writeFileSync(counts, JSON.stringify(count));
    });
  }
}

// Mocha takes what the module exports for the reporter itself.
module.exports = CountingReporter;
