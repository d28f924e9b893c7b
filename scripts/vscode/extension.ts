import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { repository } from './install.ts';

/** Copies what the package of the extension holds into a folder. */
export async function copyExtension(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const entry of packaged) await cp(join(repository, entry), join(folder, entry), { recursive: true });
}

/** Lays the extension into a folder that VS Code takes its extensions from, as if it had been installed there. */
export async function installExtension(extensionsFolder: string): Promise<void> {
  const { publisher, name, version } = JSON.parse(await readFile(join(repository, 'package.json'), 'utf8')) as Manifest;
  await copyExtension(join(extensionsFolder, `${publisher}.${name}-${version}`));
}

/** An extension that does nothing but be there, as `publisher.name`. */
export async function installEmptyExtension(extensionsFolder: string, id: string): Promise<void> {
  const [publisher = '', name = ''] = id.split('.');
  const folder = join(extensionsFolder, `${id}-1.0.0`);
  await mkdir(folder, { recursive: true });
  const manifest = { publisher, name, version: '1.0.0', engines: { vscode: '*' } };
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
}

/** Leaves the extension only the part that runs in a browser. */
export async function keepWebPart(folder: string): Promise<void> {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  delete manifest.main;
  await writeFile(path, JSON.stringify(manifest));
}

interface Manifest {
  readonly publisher: string;
  readonly name: string;
  readonly version: string;
}

const packaged = ['package.json', 'README.md', 'dist', 'syntaxes', 'snippets', 'language-configuration', 'resources'];
