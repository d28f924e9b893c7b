import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { FormatName } from '../../src/core.ts';
import { libraryOf, splitEntries } from './libraries.ts';
import { processorTime, table } from './measure.ts';

type Core = typeof import('../../src/core.ts');

const requireHere = createRequire(import.meta.url);
const ADAPTER = join(import.meta.dirname, 'conversionAdapter.cjs');
const RULER = join(import.meta.dirname, '../../../shared/tools/conversion-score/run.js');
const COUNT = 5000;
const LARGE = 100_000;
const TARGETS = ['csl-json', 'ris'] as const;

/** Time beside citation-js on the same entries, memory of a large conversion, and what survives when the ruler is there. */
export function benchConversion(): string {
  const core = requireHere('../../dist/core.js') as Core;
  const parts = [
    `## Conversion of ${String(COUNT)} entries, processor time, best of 3\n\n${speed(core)}`,
    `## Conversion of 100,000 entries in steps\n\n${memory(core)}`,
  ];
  if (existsSync(RULER)) parts.push(`## What survives a conversion, %\n\n${scores()}`);
  return parts.join('\n\n');
}

interface Peer {
  readonly plugins: {
    readonly input: { chain(input: string | object, options: object): object[] };
    readonly output: { format(name: string, items: object[], options: object): string };
  };
}

const PEER_NAMES: Readonly<Record<string, { readonly input: string; readonly output: string }>> = {
  biblatex: { input: '@biblatex/text', output: 'biblatex' },
  ris: { input: '@ris/file', output: 'ris' },
  'csl-json': { input: '@csl/list+object', output: 'data' },
};

/** Every pair that the peer can do, and every other format to and from CSL-JSON. */
function speed(core: Core): string {
  const peer = requireHere('@citation-js/core') as Peer;
  for (const name of ['bibtex', 'ris', 'csl']) requireHere(`@citation-js/plugin-${name}`);
  const theirs = (text: string, from: string, to: string): unknown => {
    const input = from === 'csl-json' ? (JSON.parse(text) as object) : text;
    const options = { forceType: PEER_NAMES[from]?.input, generateGraph: false };
    const items = peer.plugins.input.chain(input, options);
    return peer.plugins.output.format(PEER_NAMES[to]?.output ?? '', items, { format: 'text' });
  };
  // One entry that the peer rejects would stop it.
  const accepted = splitEntries(libraryOf(COUNT)).filter(entry =>
    doesNotThrow(() => ['ris', 'csl-json'].map(to => theirs(entry, 'biblatex', to))),
  );
  const library = accepted.join('\n');
  const textIn = (format: FormatName): string =>
    format === 'biblatex' ? library : core.convert(library, { from: 'biblatex', to: format, lossless: false }).text;
  const best = (run: () => unknown): number => {
    const used = [1, 2, 3].map(() => {
      const start = processorTime();
      run();
      return processorTime() - start;
    });
    return Math.min(...used);
  };
  const rows: (string | number)[][] = [];
  const measure = (from: FormatName, to: FormatName, hasPeer: boolean): void => {
    const text = textIn(from);
    const their = hasPeer ? best(() => theirs(text, from, to)) : 0;
    const plain = best(() => core.convert(text, { from, to, lossless: false }));
    const lossless = best(() => core.convert(text, { from, to, lossless: true }));
    const ratio = hasPeer ? (Math.max(plain, lossless) / their).toFixed(2) : '';
    rows.push([`${from} to ${to}`, accepted.length, hasPeer ? their : '', plain, lossless, ratio]);
  };
  const shared = Object.keys(PEER_NAMES) as FormatName[];
  for (const from of shared) {
    for (const to of shared) if (from !== to) measure(from, to, true);
  }
  for (const name of core.writableFormatNames.filter(one => !shared.includes(one))) {
    measure('csl-json', name, false);
    measure(name, 'csl-json', false);
  }
  return table(['conversion', 'entries', 'citation-js ms', 'Colophon ms', 'lossless ms', 'slower / citation-js'], rows);
}

function doesNotThrow(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false; // a refusal is the answer here
  }
}

/**
 * What is alive on the heap at every tenth of the way, while the parts are thrown away, as whoever writes a file does. The text itself is part
 * of it.
 */
function memory(core: Core): string {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const text = libraryOf(LARGE);
  const rows = TARGETS.flatMap(to =>
    [true, false].map(lossless => {
      const heaps: number[] = [];
      let peak = 0;
      let losses = 0;
      const start = processorTime();
      const steps = core.convertInSteps(text, { from: 'biblatex', to, lossless });
      let step = steps.next();
      for (; step.done !== true; step = steps.next()) {
        const heap = process.memoryUsage().heapUsed / 1e6;
        peak = Math.max(peak, heap);
        losses += step.value.losses.length;
        if (step.value.done >= heaps.length * (LARGE / 10)) {
          collect();
          heaps.push(Math.round(process.memoryUsage().heapUsed / 1e6));
        }
      }
      const time = processorTime() - start;
      return [`to ${to}${lossless ? ', lossless' : ''}`, time, heaps.join(' '), peak, losses];
    }),
  );
  return table(['conversion', 'CPU ms', 'alive, MB', 'most heap MB', 'losses'], rows);
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
