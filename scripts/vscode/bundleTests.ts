import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { copyExtension, keepWebPart } from './extension.ts';
import { repository, workFolder } from './install.ts';

/**
 * The editor tests as one file, mocha inside. Returns the file without `.js`, as VS Code wants it. It has to lie inside the
 * extension: VS Code runs tests in the host of the extension that they belong to.
 */
export async function bundleTests(host: 'node' | 'web', extension: string, grep = ''): Promise<string> {
  const suite = join(repository, 'test/vscode/suite');
  const files = (await readdir(suite)).filter(name => name.endsWith('.test.ts')).sort();
  if (files.length === 0) throw new Error(`There are no editor tests in ${suite}.`);
  return bundleFor(
    host,
    join(extension, '.vscode-test/tests/suite'),
    `import { runTests } from './run.ts';
    export const run = () => runTests(() => { ${files.map(file => `require('./suite/${file}');`).join(' ')} });`,
    { define: { GREP: JSON.stringify(grep) }, banner: { js: await mochaAsGlobal() } },
  );
}

/** A program for an extension host, from a file of the editor tests, as one file. Returns that without `.js`, as VS Code wants it. */
export const bundleProgram = (host: 'node' | 'web', extension: string, name: string): Promise<string> =>
  bundleFor(host, join(extension, '.vscode-test/tests', name), `export { run } from './${name}.ts';`, {});

/** An extension for one host, from a file of the editor tests, as `colophon.<name>`. Returns its folder. */
export async function smallExtension(host: 'node' | 'web', name: string): Promise<string> {
  const folder = join(workFolder, `${name}-extension`);
  await rm(folder, { recursive: true, force: true });
  await bundleFor(host, join(folder, name), `export { activate } from './${name}.ts';`, {});
  const entry = { [host === 'node' ? 'main' : 'browser']: `./${name}.js` };
  const manifest = {
    publisher: 'colophon',
    name,
    version: '1.0.0',
    engines: { vscode: '^1.100.0' },
    activationEvents: [],
    ...entry,
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  return folder;
}

async function bundleFor(
  host: 'node' | 'web',
  target: string,
  contents: string,
  settings: esbuild.BuildOptions,
): Promise<string> {
  await esbuild.build({
    stdin: { contents, resolveDir: join(repository, 'test/vscode'), loader: 'ts' },
    outfile: `${target}.js`,
    bundle: true,
    format: 'cjs',
    platform: host === 'node' ? 'node' : 'browser',
    target: host === 'node' ? 'node20' : 'es2022',
    external: ['vscode'],
    alias: host === 'node' ? {} : { 'node:assert/strict': join(repository, 'test/vscode/assert.ts') },
    logLevel: 'warning',
    ...settings,
  });
  return target;
}

/** Mocha's own browser bundle serves both hosts; hidden from the module system it makes `Mocha` global. */
async function mochaAsGlobal(): Promise<string> {
  const source = await readFile(join(repository, 'node_modules/mocha/mocha.js'), 'utf8');
  return `(function (module, exports, define) {\n${source}\n}).call(globalThis);`;
}

/**
 * A copy of the extension whose manifest has no `main`: VS Code then runs it in the web-worker host, where otherwise the
 * Node host would win.
 */
export async function webOnlyExtension(): Promise<string> {
  const folder = join(workFolder, 'web-extension');
  await rm(folder, { recursive: true, force: true });
  await copyExtension(folder);
  await keepWebPart(folder);
  return folder;
}
