import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleProgram, webOnlyExtension } from '../../scripts/vscode/bundleTests.ts';
import { temporaryFolder } from '../../scripts/vscode/cleanup.ts';
import { chosenEdition, runInEditor } from '../../scripts/vscode/editorRun.ts';
import { repository, versions } from '../../scripts/vscode/install.ts';
import type { ScaleFigures, ScaleTask } from '../vscode/scaleFigures.ts';
import { keysOf, libraryOf, withAbstracts } from './libraries.ts';
import { percentile, table } from './measure.ts';

const RUNS = [
  { host: 'node', entries: 50_000, megabytes: 68 },
  { host: 'web', entries: 20_000, megabytes: 27 },
] as const;

/** A word, two words, author and year, and words with a mistake. */
const TYPED = ['optimization', 'learning graph', 'smith 2010', 'goldberg genetic 1989', 'algoritm', 'lerning'];
const CITED = 30;

/** A LaTeX document beside a large library in the real VS Code. */
export async function benchVscode(): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const run of RUNS) {
    try {
      rows.push(await rowOf(run));
    } catch (error) {
      rows.push([titleOf(run), `not measured: ${error instanceof Error ? error.message : String(error)}`]);
    }
  }
  const head = [
    'extension host, entries',
    'activation (main thread; bar 60)',
    'until first completion (main thread; bar 2000)',
    'all found',
    'completions',
    'p50',
    'p99 (bar 60)',
    'hover first',
    'hover p50 (bar 30)',
    'hover max',
  ];
  return `## VS Code ${versions.newest.vscode} (${chosenEdition()}): ms from opening the document, start of the extension included\n\n${table(head, rows)}`;
}

type Run = (typeof RUNS)[number];

const titleOf = ({ host, entries }: Run): string => `${host}, ${entries.toLocaleString('en')}`;

async function rowOf(run: Run): Promise<(string | number)[]> {
  const { activation, activationBusy, firstCompletion, startBusy, ...figures } = await measure(run);
  const [firstHover = NaN, ...hovers] = figures.hoverTimes;
  const ofThread = (busy: number | undefined) => (busy === undefined ? '' : ` (${busy.toFixed(0)})`);
  return [
    titleOf(run),
    activation.toFixed(0) + ofThread(activationBusy),
    firstCompletion.toFixed(0) + ofThread(startBusy),
    figures.allFound,
    figures.completionTimes.length,
    percentile(figures.completionTimes, 0.5),
    percentile(figures.completionTimes, 0.99),
    firstHover,
    percentile(hovers, 0.5),
    Math.max(...hovers),
  ];
}

async function measure({ host, entries, megabytes }: Run): Promise<ScaleFigures> {
  const extension = host === 'web' ? await webOnlyExtension() : repository;
  const program = await bundleProgram(host, extension, 'scale');
  const temporary = temporaryFolder();
  try {
    const library = withAbstracts(libraryOf(entries), entries, megabytes * 1e6);
    const keys = keysOf(library);
    const cited = Array.from({ length: CITED }, (_, i) => keys[Math.floor((i * keys.length) / CITED)] ?? '');
    const task: ScaleTask = { typed: TYPED, cited, last: keys.at(-1) ?? '' };
    await mkdir(join(temporary.path, 'workspace'));
    writeFileSync(join(temporary.path, 'library.bib'), library);
    writeFileSync(join(temporary.path, 'task.json'), JSON.stringify(task));
    writeFileSync(join(temporary.path, 'workspace/paper.tex'), paper(cited));
    const edition = chosenEdition();
    const ended = await runInEditor({ edition, release: 'newest', host, extension, program, temporary });
    if (ended !== undefined) throw new Error(ended);
    return JSON.parse(readFileSync(join(temporary.path, 'result.json'), 'utf8')) as ScaleFigures;
  } finally {
    temporary.remove();
  }
}

const paper = (cited: readonly string[]): string => `\\documentclass{article}
\\addbibresource{library.bib}
\\begin{document}
${cited.map(key => `As \\cite{${key}} shows.`).join('\n')}
\\cite{`;
