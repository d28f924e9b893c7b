import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { percentile, table } from './measure.ts';

const DIST = join(import.meta.dirname, '../../dist');

/** Size of each bundle, what loading it costs in a fresh process, and what activating the extension costs. */
export function benchBundles(): string {
  const rows = readdirSync(DIST)
    .filter(name => name.endsWith('.js'))
    .map(name => {
      const file = join(DIST, name);
      return [name, statSync(file).size / 1e3, gzipSync(readFileSync(file)).length / 1e3, loadTime(name, file)];
    });
  return `## Bundles\n\n${table(['bundle', 'kB', 'gzip kB', 'load ms'], rows)}\n\n${activation()}`;
}

/** Bundles that need neither an editor nor arguments. */
const LOADABLE = new Set(['core.js', 'styles.js']);

function loadTime(name: string, file: string): string | number {
  if (!LOADABLE.has(name)) return '';
  return bestOf(
    `const t=performance.now();require(${JSON.stringify(file)});process.stdout.write(String(performance.now()-t))`,
  );
}

/** What Colophon itself does on the extension host's main thread, with a stand-in for `vscode` that answers everything with itself. */
function activation(): string {
  const milliseconds = bestOf(`
    const Module = require('module');
    const vscode = new Proxy(function () {}, {
      get: (_, name) => name === 'then' ? undefined : name === Symbol.iterator ? () => [].values() : name === Symbol.toPrimitive ? () => '' : vscode,
      set: () => true,
      apply: () => vscode,
      construct: () => vscode,
    });
    const load = Module._load;
    Module._load = (name, ...rest) => name === 'vscode' ? vscode : load(name, ...rest);
    const t = performance.now();
    require(${JSON.stringify(join(DIST, 'extension.node.js'))}).activate(vscode);
    process.stdout.write(String(performance.now() - t), () => process.exit());
  `);
  return `Activation: ${milliseconds.toFixed(1)} ms to load extension.node.js and run activate() (bar: 60).`;
}

const bestOf = (program: string): number =>
  percentile(
    Array.from({ length: 5 }, () => Number(execFileSync(process.execPath, ['-e', program], { encoding: 'utf8' }))),
    0,
  );
