import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { libraryOfSize, splitEntries } from './libraries.ts';
import { percentile, table } from './measure.ts';
import { PARSERS } from './parsers.ts';

const OURS = 'colophon: scan, all positions';
const RUNS = 5;
/** Bundled as the product is: run from its sources, every imported constant costs a call. It stands where the peers are found. */
const PROGRAM = join(import.meta.dirname, '../../.vscode-test/bench/parsers.mjs');
/** Bytes a peer is given: the slow ones would take minutes on more, and their speed does not grow with size. */
const SIZES: Readonly<Record<string, number>> = {
  'bibtex-parse-js': 10e6,
  'citation-js': 5e6,
  'latex-utensils': 5e6,
  '@retorquere/bibtex-parser': 1e6,
};

/** First parse in a fresh process; both sides read the same text, reduced to the entries that the peer accepts at all. */
export async function benchParsing(): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, 'parsers.ts')],
    outfile: PROGRAM,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  try {
    const rows: (string | number)[][] = [];
    for (const [peer, size] of Object.entries(SIZES)) {
      const text = await acceptedBy(peer, libraryOfSize(size));
      const file = join(folder, 'library.bib');
      writeFileSync(file, text);
      const megabytes = Buffer.byteLength(text) / 1e6;
      const theirs = firstParse(peer, file);
      const ours = firstParse(OURS, file);
      rows.push([
        peer,
        megabytes,
        megabytes / (theirs.milliseconds / 1e3),
        megabytes / (ours.milliseconds / 1e3),
        theirs.milliseconds / ours.milliseconds,
        theirs.megabytes,
        ours.megabytes,
      ]);
    }
    const head = [
      'peer',
      'input MB',
      'peer MB/s',
      'Colophon MB/s',
      'times faster',
      'peer memory MB',
      'Colophon memory MB',
    ];
    return `## Parsing: first parse in a fresh process, best of ${RUNS}\n\n${table(head, rows)}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function firstParse(parser: string, file: string): { milliseconds: number; megabytes: number } {
  const runs = Array.from({ length: RUNS }, () => {
    const printed = execFileSync(process.execPath, [PROGRAM, parser, file], { encoding: 'utf8' });
    return JSON.parse(printed) as { milliseconds: number; megabytes: number };
  });
  return {
    milliseconds: percentile(
      runs.map(run => run.milliseconds),
      0,
    ),
    megabytes: percentile(
      runs.map(run => run.megabytes),
      0.5,
    ),
  };
}

/** Strict peers stop at the first entry they reject: they get only what they accept, found by halving. */
async function acceptedBy(peer: string, text: string): Promise<string> {
  const parse = await PARSERS[peer]?.();
  if (!parse) throw new Error(`No parser named ${peer}`);
  const accepts = (entries: readonly string[]): boolean => {
    try {
      return parse(entries.join('\n')) >= entries.length;
    } catch {
      return false; // a refusal is the answer here
    }
  };
  const entries = splitEntries(text);
  const kept: string[] = [];
  const batches: string[][] = [];
  for (let i = 0; i < entries.length; i += 256) batches.push(entries.slice(i, i + 256));
  for (let batch = batches.shift(); batch; batch = batches.shift()) {
    if (accepts(batch)) kept.push(...batch);
    else if (batch.length > 1) batches.unshift(batch.slice(0, batch.length / 2), batch.slice(batch.length / 2));
  }
  if (kept.length === 0) throw new Error(`${peer} accepts no entry`);
  return kept.join('\n');
}
