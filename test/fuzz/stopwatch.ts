/** Less may be the collection of garbage, or code that ran for the first time. */
const SHORTEST_MS = 100;

/** Steps that took far longer for their text than the same step mostly does. */
export class Stopwatch {
  readonly #runs = new Map<string, Run[]>();
  count = 0;

  time<Result>(name: string, text: string, seed: number, run: () => Result): Result {
    const start = performance.now();
    const result = run();
    let milliseconds = performance.now() - start;
    if (milliseconds > SHORTEST_MS) {
      // Something else may have kept the machine busy.
      const again = performance.now();
      run();
      milliseconds = Math.min(milliseconds, performance.now() - again);
    }
    const runs = this.#runs.get(name) ?? [];
    this.#runs.set(name, runs);
    // A text of a few characters costs what any text costs.
    runs.push({ milliseconds, perCharacter: milliseconds / Math.max(500, text.length), seed });
    this.count++;
    return result;
  }

  /** One line for each such step, the worst first. */
  slow(): string[] {
    const found: { readonly line: string; readonly times: number }[] = [];
    for (const [name, runs] of this.#runs) {
      const median = runs.map(run => run.perCharacter).sort((a, b) => a - b)[runs.length >> 1] ?? 0;
      const [worst] = [...runs].sort((a, b) => b.perCharacter - a.perCharacter);
      if (runs.length < 20 || worst === undefined || worst.milliseconds < SHORTEST_MS) continue;
      const times = worst.perCharacter / median;
      if (times > 50) {
        const line = `slow: ${name}, ${times.toFixed(0)} times the median, ${worst.milliseconds.toFixed(0)} ms (--seed ${worst.seed})`;
        found.push({ line, times });
      }
    }
    return found.sort((a, b) => b.times - a.times).map(({ line }) => line);
  }
}

interface Run {
  readonly milliseconds: number;
  readonly perCharacter: number;
  readonly seed: number;
}
