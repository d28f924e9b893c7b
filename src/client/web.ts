import { Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { activateColophon } from './extension.ts';
import type { RunningColophon } from './extension.ts';

let running: RunningColophon | undefined;

/** Entry of the extension in a browser: the server is a web worker. */
export function activate(context: ExtensionContext): void {
  running = activateColophon(context, async options => {
    const { BrowserMessageReader, BrowserMessageWriter, LanguageClient } =
      await import('vscode-languageclient/browser');
    const server = async () => {
      const worker = await startWorker(context.extensionUri);
      // Not the worker itself: the client would not recognise the kind that VS Code hands out.
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
    };
    return new LanguageClient('colophon', 'Colophon', server, options);
  });
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}

/** From a copy of the script, because a worker cannot be started from the address of a remote extension. */
async function startWorker(extension: Uri): Promise<Worker> {
  const script = await workspace.fs.readFile(Uri.joinPath(extension, 'dist', 'server.web.js'));
  const address = URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
  return new Worker(address, { name: 'Colophon' });
}
