import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { libraryOf, splitEntries } from './libraries.ts';
import { percentile, table, times } from './measure.ts';

type Core = typeof import('../../src/core.ts');

const requireHere = createRequire(import.meta.url);
const ADAPTER = join(import.meta.dirname, 'conversionAdapter.cjs');
const RULER = join(import.meta.dirname, '../../../shared/tools/conversion-score/run.js');
const COUNT = 5000;
const TARGETS = ['csl-json', 'ris'] as const;

/** Time beside citation-js on the same entries, memory of a large conversion, and what survives when the ruler is there. */
export async function benchConversion(): Promise<string> {
  const core = requireHere('../../dist/core.js') as Core;
  const parts = [
    `## Conversion of ${String(COUNT)} entries, best of 3\n\n${await speed(core)}`,
    `## Conversion of 100,000 entries in steps\n\n${memory(core)}`,
  ];
  if (existsSync(RULER)) parts.push(`## What survives a conversion, %\n\n${scores()}`);
  return parts.join('\n\n');
}

interface Peer {
  readonly plugins: {
    readonly input: { chain(text: string, options: object): object[] };
    readonly output: { format(name: string, items: object[], options: object): string };
  };
}

async function speed(core: Core): Promise<string> {
  const peer = requireHere('@citation-js/core') as Peer;
  for (const name of ['bibtex', 'ris', 'csl']) requireHere(`@citation-js/plugin-${name}`);
  const theirs = (text: string, to: (typeof TARGETS)[number]): string => {
    const items = peer.plugins.input.chain(text, { forceType: '@bibtex/text', generateGraph: false });
    return peer.plugins.output.format(to === 'ris' ? 'ris' : 'data', items, { format: 'text' });
  };
  // One entry that the peer rejects would stop it.
  const accepted = splitEntries(libraryOf(COUNT)).filter(entry =>
    doesNotThrow(() => TARGETS.map(to => theirs(entry, to))),
  );
  const text = accepted.join('\n');
  const rows: (string | number)[][] = [];
  for (const to of TARGETS) {
    const best = async (run: () => unknown): Promise<number> => percentile(await times(3, run), 0);
    const their = await best(() => theirs(text, to));
    const plain = await best(() => core.convert(text, { from: 'biblatex', to, lossless: false }));
    const lossless = await best(() => core.convert(text, { from: 'biblatex', to, lossless: true }));
    rows.push([`BibTeX to ${to}`, accepted.length, their, plain, lossless]);
  }
  return table(['conversion', 'entries', 'citation-js ms', 'Colophon ms', 'lossless ms'], rows);
}

function doesNotThrow(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false; // a refusal is the answer here
  }
}

/** The heap while the parts are thrown away, as whoever writes a file does. */
function memory(core: Core): string {
  const text = libraryOf(100_000);
  const rows = TARGETS.map(to => {
    const heaps: number[] = [];
    const start = performance.now();
    const steps = core.convertInSteps(text, { from: 'biblatex', to });
    for (let step = steps.next(); step.done !== true; step = steps.next()) {
      if (step.value.done % 5000 === 0) heaps.push(process.memoryUsage().heapUsed / 1e6);
    }
    return [`to ${to}`, text.length / 1e6, performance.now() - start, Math.min(...heaps), Math.max(...heaps)];
  });
  return table(['conversion', 'input MB', 'ms', 'least heap MB', 'most heap MB'], rows);
}

function scores(): string {
  const run = (peer: string, lossless: string): string[] => {
    const printed = execFileSync(process.execPath, [RULER, peer], {
      encoding: 'utf8',
      env: { ...process.env, LOSSLESS: lossless },
    });
    return printed
      .split('\n')
      .flatMap(line => (/^(?:field|ANY|failed)/.test(line) ? [line.trim().split(/\s+/).slice(1).join('|')] : []));
  };
  const rowsOf = (name: string, lines: string[]): string[][] =>
    lines.slice(1).map((line, at) => [at === 0 ? name : `${name}: failed`, ...line.split('|')]);
  const [head = '', ...plain] = run(ADAPTER, '');
  return table(
    ['ANY', ...head.split('|')],
    [
      ...rowsOf('citation-js', run('citation-js', '')),
      ...rowsOf('Colophon', [head, ...plain]),
      ...rowsOf('Colophon, lossless', run(ADAPTER, '1')),
    ],
  );
}
