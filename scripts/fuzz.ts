import { parseArgs } from 'node:util';
import { pickSubject, readCorpus } from '../test/fuzz/corpus.ts';
import { stepsFor, type Subject } from '../test/fuzz/exercise.ts';
import { minimise } from '../test/fuzz/minimise.ts';
import { mutate } from '../test/fuzz/mutate.ts';
import { randomFrom } from '../test/fuzz/random.ts';
import { Stopwatch } from '../test/fuzz/stopwatch.ts';

/**
 * `npm run fuzz -- [--seed 1] [--minutes 2]`: changes real files at random, does with them everything that a user can do, and looks for
 * exceptions, broken laws and slowness. Each find is printed once, with the smallest text that still shows it. Round `n` of seed `s` is
 * round 0 of seed `s + n`.
 */
function main(): void {
  const { values } = parseArgs({ options: { seed: { type: 'string' }, minutes: { type: 'string', default: '2' } } });
  const seed = values.seed === undefined ? Date.now() % 1_000_000 : Number(values.seed);
  const corpus = readCorpus();
  const end = performance.now() + Number(values.minutes) * 60_000;
  console.log(
    `Seed ${seed}, ${values.minutes} minutes, ${corpus.hasRealLibraries ? 'real libraries' : 'samples only'}`,
  );
  const finds = new Map<string, number>();
  const watch = new Stopwatch();
  let round = 0;
  for (; round === 0 || performance.now() < end; round++) {
    const random = randomFrom(seed + round);
    const { name, text, others } = pickSubject(corpus, random);
    const subject = { name, text: mutate(text, others, random) };
    const stepSeed = random.below(2 ** 31);
    const reported = new Set<string>();
    for (const step of stepsFor(subject, randomFrom(stepSeed))) {
      const error = watch.time(step.name, subject.text, seed + round, () => failure(step.run));
      if (error === undefined) continue;
      const find = `${step.name}: ${kindOf(error)}`;
      const times = finds.get(find) ?? 0;
      finds.set(find, times + 1);
      if (times === 0 && !reported.has(kindOf(error))) report(find, error, seed + round, subject, step.name, stepSeed);
      reported.add(kindOf(error));
    }
  }
  console.log(`\n${round} files, ${watch.count} steps`);
  for (const [find, times] of finds) console.log(`${times} × ${find}`);
  for (const line of watch.slow()) console.log(line);
  if (finds.size > 0) process.exitCode = 1;
}

function failure(run: () => void): unknown {
  try {
    run();
    return undefined;
  } catch (error) {
    return error ?? new Error('Nothing was thrown');
  }
}

/** What two failures of the same cause have in common. */
const kindOf = (error: unknown): string => {
  const [first = ''] = String(error instanceof Error ? error.message : error).split('\n');
  return first.replace(/: "[^]*$/, '').slice(0, 120);
};

function report(
  find: string,
  error: unknown,
  seed: number,
  subject: Subject,
  stepName: string,
  stepSeed: number,
): void {
  console.log(`\n=== ${find} (--seed ${seed}, ${subject.name}, ${subject.text.length} characters)`);
  console.log(
    error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 8).join('\n') : String(error),
  );
  const smallest = minimise(subject.text, text => {
    for (const step of stepsFor({ name: subject.name, text }, randomFrom(stepSeed))) {
      if (step.name !== stepName) continue;
      const again = failure(step.run);
      return again !== undefined && `${step.name}: ${kindOf(again)}` === find;
    }
    return false;
  });
  console.log(`--- ${JSON.stringify(smallest.length > 3000 ? `${smallest.slice(0, 3000)}…` : smallest)}`);
}

main();
