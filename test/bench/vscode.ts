import { readFileSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleProgram, smallExtension, webOnlyExtension } from '../../scripts/vscode/bundleTests.ts';
import { temporaryFolder } from '../../scripts/vscode/cleanup.ts';
import { chosenEdition, runInEditor } from '../../scripts/vscode/editorRun.ts';
import { repository, versions } from '../../scripts/vscode/install.ts';
import { LAST_ENTRY, type ScaleFigures, type ScaleTask } from '../vscode/scaleFigures.ts';
import { keysOf, libraryOf, withAbstracts } from './libraries.ts';
import { percentile, table } from './measure.ts';

const SCALES = [
  { host: 'node', entries: 50_000, megabytes: 68 },
  { host: 'web', entries: 20_000, megabytes: 27 },
] as const;

/** Words, two words, author and year, and words with a mistake. */
const TYPED = [
  ...['optimization', 'learning graph', 'smith 2010', 'goldberg genetic 1989', 'algoritm', 'lerning'],
  ...['knuth', 'muller', 'neural networks', 'analysis of variance', 'distributed systems', 'theory of computation'],
  ...['johnson 1998', 'wang image', 'brown parallel 2003', 'lamport 1978', 'databse', 'compresion', 'recogniton'],
];
const CITED = 30;

/** A LaTeX document beside a large library in the real VS Code; and the least that any extension takes there. */
export async function benchVscode(): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const scale of SCALES) {
    const title = `${scale.host}, ${scale.entries.toLocaleString('en')}`;
    for (const isBare of [false, true]) {
      try {
        rows.push([isBare ? '… bare extension' : title, ...cellsOf(await measure(scale, isBare))]);
      } catch (error) {
        rows.push([title, `not measured: ${error instanceof Error ? error.message : String(error)}`]);
      }
    }
  }
  const head = [
    'extension host, entries',
    'activation (main thread; bar 60)',
    'until first completion (main thread; bar 2000)',
    'all found',
    'all indexed',
    'while indexing: number, max',
    'first after',
    'number',
    'p50',
    'p99 (bar 60)',
    'max',
    'hover first',
    'hover p50 (bar 30)',
    'hover max',
  ];
  return `## VS Code ${versions.newest.vscode} (${chosenEdition()}): ms from opening the document, start of the extension included; then a completion at every keystroke

The bare extension reads the file and offers as many references without looking at it, on the thread of the extension host: what it takes is the editor's own.

${table(head, rows)}`;
}

type Scale = (typeof SCALES)[number];

function cellsOf({
  activation,
  activationBusy,
  firstCompletion,
  startBusy,
  ...figures
}: ScaleFigures): (string | number)[] {
  const { allFound, indexed, earlyTimes, completionTimes, hoverTimes } = figures;
  const [firstHover = NaN, ...hovers] = hoverTimes;
  const ofThread = (busy: number | undefined) => (busy === undefined ? '' : ` (${busy.toFixed(0)})`);
  return [
    activation.toFixed(0) + ofThread(activationBusy),
    firstCompletion.toFixed(0) + ofThread(startBusy),
    ...[allFound, indexed],
    earlyTimes.length === 0 ? '0' : `${earlyTimes.length}, ${Math.max(...earlyTimes).toFixed(0)}`,
    completionTimes[0] ?? NaN,
    completionTimes.length.toFixed(0),
    percentile(completionTimes, 0.5),
    percentile(completionTimes, 0.99),
    Math.max(...completionTimes),
    firstHover,
    percentile(hovers, 0.5),
    Math.max(...hovers),
  ];
}

async function measure({ host, entries, megabytes }: Scale, isBare: boolean): Promise<ScaleFigures> {
  const ownExtension = host === 'web' ? webOnlyExtension : () => repository;
  const extension = await (isBare ? smallExtension(host, 'bare') : ownExtension());
  const program = await bundleProgram(host, extension, 'scale');
  const temporary = temporaryFolder();
  try {
    const library = withAbstracts(libraryOf(entries), entries, megabytes * 1e6);
    const keys = keysOf(library);
    const cited = Array.from({ length: CITED }, (_, i) => keys[Math.floor((i * keys.length) / CITED)] ?? '');
    const name = isBare ? 'colophon.bare' : 'colophon.colophon';
    const task: ScaleTask = { extension: name, typed: TYPED, cited };
    await mkdir(join(temporary.path, 'workspace'));
    writeFileSync(
      join(temporary.path, 'library.bib'),
      `${library}\n@book{${LAST_ENTRY.key},\n  title = {${LAST_ENTRY.title}},\n  year = 2024\n}\n`,
    );
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
