/** Run as a program: from a file on disk to a bibliography that can be searched, beside reading and decoding the same file. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formats } from '../../src/formats/index.ts';
import { languages } from '../../src/languages/index.ts';
import { Library } from '../../src/library/library.ts';
import { pathToFileURL } from 'node:url';
import { nodeFiles } from '../../src/server/nodeFiles.ts';
import { libraryOf, withAbstracts } from './libraries.ts';
import { percentile, stopwatch, table } from './measure.ts';

const ENTRIES = 100_000;
const RUNS = 8;
const URI = 'file:///library.bib';

interface Run {
  /** Into one string, as Node does it. */
  readonly read: number;
  /** Part by part, as the server does it. */
  readonly readInParts: number;
  readonly scan: number;
  readonly index: number;
  readonly slices: number[];
}

const files = nodeFiles(() => []);

async function run(file: string): Promise<Run> {
  const sinceStart = stopwatch();
  new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  const read = sinceStart();
  const sinceRead = stopwatch();
  const content = await files.read(pathToFileURL(file).href);
  const readInParts = sinceRead();
  if (content.kind !== 'text') throw new Error(content.kind);
  const slices: number[] = [];
  const library = new Library({ formats, languages });
  const sinceDecoded = stopwatch();
  for (const steps = library.settingFile(URI, content.text); take(steps, slices);) continue;
  const scan = sinceDecoded();
  const sinceScan = stopwatch();
  // What follows, the counting of lines, is not for search.
  for (const steps = library.indexing(); !library.isIndexed && take(steps, slices);) continue;
  const index = sinceScan();
  return { read, readInParts, scan, index, slices };
}

function take(steps: Iterator<unknown>, slices: number[]): boolean {
  const start = performance.now();
  const isDone = steps.next().done === true;
  slices.push(performance.now() - start);
  return !isDone;
}

async function measure(file: string, text: string): Promise<(string | number)[]> {
  writeFileSync(file, text);
  const runs: Run[] = [];
  while (runs.length < RUNS) runs.push(await run(file));
  const best = (of: (run: Run) => number): number => percentile(runs.map(of), 0);
  const read = best(one => one.read);
  return [
    Buffer.byteLength(text) / 1e6,
    read,
    best(one => one.readInParts),
    best(one => one.scan),
    best(one => one.index),
    best(one => one.readInParts + one.scan + one.index) / read,
    best(one => percentile(one.slices, 0.999)),
    best(one => Math.max(...one.slices)),
  ];
}

const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
const library = libraryOf(ENTRIES);
const file = join(folder, 'library.bib');
const rows = [await measure(file, library), await measure(file, withAbstracts(library, ENTRIES, 100e6))];
rmSync(folder, { recursive: true });
const head = [
  'MB',
  'read and decoded at once',
  'part by part',
  'scanned',
  'indexed',
  'all / read (bar 4 at 100 MB)',
  'step p99.9',
  'longest step (bar 20)',
];
console.log(
  `## From nothing to searchable: ${ENTRIES.toLocaleString('en')} entries, ms, best of ${RUNS}; steps in ms of the clock.\n\n${table(head, rows)}`,
);
