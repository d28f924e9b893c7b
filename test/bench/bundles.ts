import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readFileSync } from 'node:fs';
import { percentile, table } from './measure.ts';

const DIST = join(import.meta.dirname, '../../dist');

/** Size of each bundle, and what loading it costs in a fresh process. */
export function benchBundles(): string {
  const rows = readdirSync(DIST)
    .filter(name => name.endsWith('.js'))
    .map(name => {
      const file = join(DIST, name);
      return [name, statSync(file).size / 1e3, gzipSync(readFileSync(file)).length / 1e3, loadTime(name, file)];
    });
  return `## Bundles\n\n${table(['bundle', 'kB', 'gzip kB', 'load ms'], rows)}`;
}

/** What can be loaded without an editor; the extension's own activation is measured by the editor tests. */
const LOADABLE = new Set(['core.js', 'styles.js']);

function loadTime(name: string, file: string): string | number {
  if (!LOADABLE.has(name)) return '';
  const program = `const t=performance.now();require(${JSON.stringify(file)});process.stdout.write(String(performance.now()-t))`;
  return percentile(
    Array.from({ length: 5 }, () => Number(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }))),
    0,
  );
}
