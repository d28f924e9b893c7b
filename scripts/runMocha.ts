import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Count } from './count.ts';
import { atExit, temporaryFolder } from './vscode/cleanup.ts';
import { repository } from './vscode/install.ts';

/** Runs mocha in a process of its own; its output goes to ours. A run that breaks off counts as one failure. */
export async function runMocha(args: readonly string[]): Promise<Count> {
  const temporary = temporaryFolder();
  const counts = join(temporary.path, 'counts.json');
  const mocha = join(repository, 'node_modules/mocha/bin/mocha.js');
  const reporter = [
    '--reporter',
    join(repository, 'scripts/countingReporter.ts'),
    '--reporter-option',
    `counts=${counts}`,
  ];
  const child = spawn(process.execPath, [mocha, ...args, ...reporter], {
    cwd: repository,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const kill = atExit(() => child.kill());
  try {
    const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('exit', done));
    const count = await readFile(counts, 'utf8').then(
      text => JSON.parse(text) as Count,
      () => undefined,
    );
    if (count !== undefined && (code === 0) === (count.failed === 0)) return count;
    console.error(`Mocha ended with code ${code ?? 'none'}${count === undefined ? ' before its tests had run' : ''}.`);
    return { passed: count?.passed ?? 0, failed: Math.max(1, count?.failed ?? 0) };
  } finally {
    kill();
    temporary.remove();
  }
}
