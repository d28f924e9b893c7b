import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { atExit } from './cleanup.ts';
import { installEmptyExtension, installExtension } from './extension.ts';
import type { NpmVscode } from './install.ts';

/** A running VS Code server; its workbench is a web page. */
export interface VscodeServer {
  /** Host and port, as they stand in `vscode-remote://` addresses. */
  readonly authority: string;
  stop(): Promise<void>;
}

export interface ServerOptions {
  /** Holds the settings, the state and the logs; the caller removes it. */
  readonly dataFolder: string;
  /** User settings, besides those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /**
   * `development` heeds the payload that names an extension to test, and shows no toasts of notifications. `installed` is as users
   * have it: with Colophon among the installed extensions.
   */
  readonly colophon: 'development' | 'installed';
  /** Extensions that are installed as well, by their ids: empty ones. */
  readonly others?: readonly string[];
  /** 0, the default, takes any free port. */
  readonly port?: number;
}

export type Payload = readonly (readonly [string, string])[];

/** No welcome page, no chat panel, no questions: what is left is the editor. */
const quietSettings: Readonly<Record<string, unknown>> = {
  'chat.disableAIFeatures': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'files.simpleDialog.enable': true,
  // In the browser files are saved a second after each change unless this is off.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
};

/** Starts the server and waits until it listens. */
export async function startServer(vscode: NpmVscode, options: ServerOptions): Promise<VscodeServer> {
  const user = join(options.dataFolder, 'data/User');
  await mkdir(user, { recursive: true });
  await writeFile(join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...options.settings }, undefined, 2));
  if (options.colophon === 'installed') await installExtension(extensionsFolder(options));
  for (const id of options.others ?? []) await installEmptyExtension(extensionsFolder(options), id);
  const child = spawn(vscode.node, serverArguments(vscode, options), {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A group of its own, so that it ends together with the extension hosts and watchers it starts.
    detached: process.platform !== 'win32',
    env: serverEnvironment(),
  });
  const kill = atExit(() => {
    killGroup(child, 'SIGKILL');
  });
  try {
    return { authority: await listeningAuthority(child), stop: () => stopChild(child, kill) };
  } catch (error) {
    kill();
    throw error;
  }
}

/** The address of the workbench on a folder, with what VS Code calls a payload. */
export function workbenchAddress(server: VscodeServer, folder: string, payload: Payload): string {
  const query = new URLSearchParams({ folder, payload: JSON.stringify(payload) });
  return `http://${server.authority}/?${query.toString()}`;
}

/** How the workbench calls a file or folder of the machine that the server runs on. */
export function remoteAddress(server: VscodeServer, path: string): string {
  return `vscode-remote://${server.authority}${encodeURI(path)}`;
}

function extensionsFolder({ dataFolder }: ServerOptions): string {
  return join(dataFolder, 'extensions');
}

function serverArguments(vscode: NpmVscode, options: ServerOptions): string[] {
  return [
    vscode.main,
    '--accept-server-license-terms',
    '--host=127.0.0.1',
    `--port=${options.port ?? 0}`,
    '--without-connection-token',
    '--disable-workspace-trust',
    '--disable-telemetry',
    // Without it a built VS Code ignores the development payload.
    ...(options.colophon === 'development' ? ['--enable-smoke-test-driver'] : []),
    `--extensions-dir=${extensionsFolder(options)}`,
    `--server-data-dir=${options.dataFolder}`,
  ];
}

/** A VS Code that this runs in a terminal of would hand its own settings down. */
function serverEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !/^(?:VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name));
  return Object.fromEntries(entries);
}

async function listeningAuthority(child: ChildProcess): Promise<string> {
  let output = '';
  return new Promise<string>((done, fail) => {
    const failWith = (reason: string): void => {
      fail(new Error(`VS Code's server ${reason}:\n${output}`));
    };
    const timer = setTimeout(() => {
      failWith('did not start within a minute');
    }, 60_000);
    const read = (data: Buffer): void => {
      output += data.toString();
      // The port is bound first; requests are answered once the second line has come.
      const authority = /Server bound to (127\.0\.0\.1:\d+)/.exec(output)?.[1];
      if (authority === undefined || !output.includes('Extension host agent started')) return;
      clearTimeout(timer);
      child.stdout?.off('data', read).resume();
      child.stderr?.off('data', read).resume();
      done(authority);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.on('error', error => {
      failWith(`could not be started (${error.message})`);
    });
    child.on('exit', code => {
      failWith(`ended with code ${code ?? 'none'}`);
    });
  });
}

/** Asks first, so that the server can end its own children; whatever is left after five seconds is killed. */
async function stopChild(child: ChildProcess, kill: () => void): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = new Promise(done => child.once('exit', done));
    killGroup(child, 'SIGTERM');
    const timer = setTimeout(() => {
      killGroup(child, 'SIGKILL');
    }, 5000);
    await ended;
    clearTimeout(timer);
  }
  kill();
}

function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    // ESRCH: the whole group has ended already.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
