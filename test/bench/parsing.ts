import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RAW_LIBRARY, libraryOfSize, repeated, splitEntries } from './libraries.ts';
import { percentile, table } from './measure.ts';
import { PARSERS } from './parsers.ts';
import { programOf } from './program.ts';

const SCAN = 'colophon: scan, all positions';
const VALUES = 'colophon: values of all fields';
const RUNS = 5;
/** Entries are tried on the peers up to this many bytes; longer texts are those entries again under other keys. */
const TRIED = 5e6;

interface Peer {
  readonly name: string;
  /** Bytes that it is given: the slowest would take minutes on more. */
  readonly bytes: number;
  readonly runs: number;
  /** How many times faster the scan, and the reading of all values, is meant to be. */
  readonly bars?: readonly [scan: number, values: number];
}

const PEERS: readonly Peer[] = [
  { name: 'bibtex-parse-js', bytes: 50e6, runs: RUNS, bars: [4, 1] },
  { name: 'latex-utensils', bytes: 50e6, runs: 1, bars: [80, 1] },
  { name: 'citation-js', bytes: 5e6, runs: 2 },
  { name: '@retorquere/bibtex-parser', bytes: 1e6, runs: RUNS },
];

/** First parse in a fresh process; both sides read the same text, reduced to the entries that the peer accepts at all. */
export async function benchParsing(): Promise<string> {
  const program = await programOf('parsers');
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  try {
    const rows: (string | number)[][] = [];
    for (const peer of PEERS) {
      const tried = await acceptedBy(peer.name, libraryOfSize(Math.min(peer.bytes, TRIED)));
      const text = repeated(splitEntries(tried), peer.bytes);
      const file = join(folder, 'library.bib');
      writeFileSync(file, text);
      const megabytes = Buffer.byteLength(text) / 1e6;
      const theirs = firstParse(program, peer.name, file, peer.runs);
      for (const [index, name] of [SCAN, VALUES].entries()) {
        const ours = firstParse(program, name, file, RUNS);
        rows.push([
          peer.name,
          megabytes,
          megabytes / (theirs.milliseconds / 1e3),
          name,
          megabytes / (ours.milliseconds / 1e3),
          theirs.milliseconds / ours.milliseconds,
          peer.bars?.[index] ?? '',
          theirs.megabytes,
          ours.megabytes,
        ]);
      }
    }
    const head = [
      'peer',
      'input MB',
      'peer MB/s',
      'Colophon',
      'MB/s',
      'times faster',
      'bar',
      'peer memory MB',
      'memory MB',
    ];
    const found = entriesFound(program);
    return `## Parsing: first parse in a fresh process, best of ${RUNS}, processor time of the main thread\n\n${table(head, rows)}${found}`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function firstParse(
  program: string,
  parser: string,
  file: string,
  count: number,
): { milliseconds: number; megabytes: number } {
  const runs = Array.from({ length: count }, () => {
    const printed = execFileSync(process.execPath, [program, parser, file], { encoding: 'utf8' });
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

/** On a library as it is, with all its errors, where there is one. */
function entriesFound(program: string): string {
  if (!existsSync(RAW_LIBRARY)) return '';
  const rows = [SCAN, ...PEERS.map(peer => peer.name)].map(name => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, name, RAW_LIBRARY], {
      encoding: 'utf8',
      timeout: MOST_MILLISECONDS,
    });
    if (status === 0) return [name, String((JSON.parse(stdout) as { entries: number }).entries), ''];
    const reason = /^[\w$]*Error: .*/mu.exec(stderr)?.[0] ?? (status === null ? 'not done after two minutes' : 'fails');
    return [name, '0', reason.slice(0, 80)];
  });
  return `\n\n## Entries found in a library as it is, errors and all\n\n${table(['', 'entries', 'why'], rows)}`;
}

const MOST_MILLISECONDS = 120_000;

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
