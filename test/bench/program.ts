import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from 'esbuild';

const SOURCES = import.meta.dirname;
/** As deep in the repository as the sources, so that they find the same files, and where the peers are found. */
const PROGRAMS = join(SOURCES, '../../.vscode-test/bench');

/** A benchmark as a program, bundled as the product is: run from its sources, every imported constant costs a call. */
export async function programOf(name: string): Promise<string> {
  const outfile = join(PROGRAMS, `${name}.mjs`);
  await build({
    entryPoints: [join(SOURCES, `${name}.ts`)],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
  });
  return outfile;
}

/** What the program prints, from a process of its own. */
export async function runProgram(name: string, flags: readonly string[] = []): Promise<string> {
  const program = await programOf(name);
  return execFileSync(process.execPath, ['--expose-gc', ...flags, program], {
    encoding: 'utf8',
    maxBuffer: 1e8,
  }).trim();
}
