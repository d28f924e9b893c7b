import { cp, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runMocha } from './runMocha.ts';
import { bundleTests, webOnlyExtension } from './vscode/bundleTests.ts';
import { temporaryFolder } from './vscode/cleanup.ts';
import { chosenEdition, runInEditor, type Edition } from './vscode/editorRun.ts';
import { repository, versions, type Release } from './vscode/install.ts';
import { formatCount, sum, type Count } from './count.ts';
import type { EditorTestResult } from '../test/vscode/result.ts';

interface Run {
  readonly name: string;
  readonly release: Release;
  readonly host: 'node' | 'web';
}

const runs: readonly Run[] = [
  { name: 'newest-node', release: 'newest', host: 'node' },
  { name: 'newest-web', release: 'newest', host: 'web' },
  { name: 'oldest-node', release: 'oldest', host: 'node' },
];

export interface TestVscodeOptions {
  /** Names of runs (`newest-node`, `newest-web`, `oldest-node`, `workbench`); all when empty. */
  readonly only?: readonly string[];
  readonly grep?: string | undefined;
}

/** Runs the editor tests in every extension host, then the workbench tests. */
export async function testVscode(options: TestVscodeOptions = {}): Promise<Count> {
  const edition = chosenEdition();
  const wanted = (name: string): boolean =>
    options.only === undefined || options.only.length === 0 || options.only.includes(name);
  const counts: Count[] = [];
  for (const run of runs) {
    if (wanted(run.name)) counts.push(await runEditorTests(run, edition, options.grep ?? ''));
  }
  if (wanted('workbench')) counts.push(await runWorkbenchTests(edition, options.grep));
  return sum(counts);
}

async function runEditorTests(run: Run, edition: Edition, grep: string): Promise<Count> {
  const version = versions[run.release].vscode;
  console.log(`\nVS Code ${version} (${edition}), ${hostTitles[run.host]} extension host`);
  const extension = run.host === 'web' ? await webOnlyExtension() : repository;
  const tests = await bundleTests(run.host, extension, grep);
  const temporary = temporaryFolder();
  try {
    const folder = join(temporary.path, 'workspace');
    await cp(join(repository, 'test/vscode/workspace'), folder, { recursive: true });
    const ended = await runInEditor({ ...run, edition, extension, program: tests, temporary });
    return judge(await readResult(join(temporary.path, 'result.json')), run, version, ended);
  } finally {
    temporary.remove();
  }
}

const hostTitles = { node: 'Node', web: 'web-worker' } as const;

async function readResult(path: string): Promise<EditorTestResult | undefined> {
  return readFile(path, 'utf8').then(
    text => JSON.parse(text) as EditorTestResult,
    () => undefined,
  );
}

/** A run that did not end well, or that ran in another VS Code than announced, is a failure whatever its tests say. */
function judge(result: EditorTestResult | undefined, run: Run, version: string, ended: string | undefined): Count {
  if (result === undefined) return failure(`The run left no result: ${ended ?? 'it ended well'}`);
  const count = { passed: result.passed, failed: result.failed };
  console.log(`${run.name}: ${formatCount(count)}`);
  if (result.vscode !== version || result.host !== run.host) {
    return sum([count, failure(`It ran in VS Code ${result.vscode}, ${result.host} host.`)]);
  }
  if (ended !== undefined && result.failed === 0) return sum([count, failure(ended)]);
  return result.passed + result.failed === 0 ? failure('No test ran.') : count;
}

function failure(reason: string): Count {
  console.error(reason);
  return { passed: 0, failed: 1 };
}

async function runWorkbenchTests(edition: Edition, grep: string | undefined): Promise<Count> {
  if (edition === 'desktop') {
    console.log('\nThe workbench tests drive the npm-only VS Code; they run with COLOPHON_VSCODE=npm.');
    return { passed: 0, failed: 0 };
  }
  console.log(`\nVS Code ${versions.newest.vscode} (npm), workbench from outside`);
  // No spec is taken from the configuration of the unit tests.
  return runMocha([
    '--no-config',
    ...['--require', 'tsx/cjs', '--timeout', '60000'],
    ...(grep === undefined ? [] : ['--grep', grep]),
    'test/vscode/workbench/**/*.test.ts',
  ]);
}

async function main(args: readonly string[]): Promise<void> {
  const grep = args.find(arg => arg.startsWith('--grep='))?.slice('--grep='.length);
  const only = args.filter(arg => !arg.startsWith('--'));
  const unknown = only.filter(name => name !== 'workbench' && !runs.some(run => run.name === name));
  if (unknown.length > 0)
    throw new Error(`Unknown: ${unknown.join(', ')}. Known: ${runs.map(run => run.name).join(', ')}, workbench.`);
  const { build } = await import('./build.ts');
  await build();
  const count = await testVscode({ only, grep });
  console.log(`\n${formatCount(count)}`);
  process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
}

if (basename(process.argv[1] ?? '') === 'testVscode.ts') {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
