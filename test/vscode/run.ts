import * as vscode from 'vscode';
import { failedMessage, testLine } from './testLine.ts';
import type { EditorTestResult } from './result.ts';

declare const GREP: string;

/** Runs the tests that `load` defines in this extension host and leaves the result beside the workspace. */
export async function runTests(load: () => void): Promise<void> {
  const mocha = new Mocha({ reporter: LineReporter, timeout: 20_000 });
  // What mocha does before it loads a file: makes describe, it and the others global.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  if (GREP !== '') mocha.grep(GREP);
  load();
  const stats = await new Promise<Mocha.Stats | undefined>(done => {
    const runner = mocha.run(() => {
      done(runner.stats);
    });
  });
  const failed = stats?.failures ?? 1;
  await leaveResult({
    vscode: vscode.version,
    host: 'importScripts' in globalThis ? 'web' : 'node',
    passed: stats?.passes ?? 0,
    failed,
  });
  if (failed > 0) throw new Error(failedMessage(failed));
}

/** The only place that every host can write to, whatever it runs on, is near the workspace. */
async function leaveResult(result: EditorTestResult): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('The test run has no workspace folder.');
  const target = vscode.Uri.joinPath(folder.uri, '../result.json');
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(JSON.stringify(result)));
}

/** Mocha's own reporters write to a terminal; here is only a console. */
class LineReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.on('suite', suite => {
      if (suite.title !== '') print(depth(suite.parent), suite.title);
    });
    runner.on('pass', test => {
      print(depth(test.parent), `✓ ${test.title}${test.speed === 'slow' ? ` (${test.duration} ms)` : ''}`);
    });
    runner.on('fail', (test, error: Error) => {
      print(depth(test.parent), `✗ ${test.title}`);
      for (const line of reportOf(error)) print(depth(test.parent) + 1, line);
    });
  }
}

/** Message and stack up to where mocha calls the test. */
function reportOf(error: Error): string[] {
  const lines = (error.stack ?? error.message).split('\n');
  const end = lines.findIndex(line => /^\s+at (?:callFn|createTimeoutError) /.test(line));
  return end === -1 ? lines : lines.slice(0, end);
}

function depth(suite: Mocha.Suite | undefined): number {
  let result = 0;
  for (let at = suite; at !== undefined; at = at.parent) result++;
  return result;
}

function print(indent: number, text: string): void {
  console.log(testLine + '  '.repeat(indent) + text);
}
