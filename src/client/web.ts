import { Uri, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import type { ResponseMessage } from 'vscode-languageclient';
import { activateColophon } from './extension.ts';
import type { RunningColophon } from './extension.ts';

let running: RunningColophon | undefined;

/** Entry of the extension in a browser: the server is a web worker. */
export function activate(context: ExtensionContext): void {
  // Read while the client is loaded; a server that has to be started again runs the same script.
  const script = scriptAddress(context.extensionUri);
  running = activateColophon(context, async options => {
    const { BrowserMessageReader, BrowserMessageWriter, LanguageClient } =
      await import('vscode-languageclient/browser');
    const server = async () => {
      const address = await script.catch(() => scriptAddress(context.extensionUri));
      const worker = new Worker(address, { name: 'Colophon' });
      // Not the worker itself: the client would not recognise the kind that VS Code hands out.
      return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(wayTo(worker)) };
    };
    return new LanguageClient('colophon', 'Colophon', server, options);
  });
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}

/** Of a copy of the script, because a worker cannot be started from the address of a remote extension. */
async function scriptAddress(extension: Uri): Promise<string> {
  const script = await workspace.fs.readFile(Uri.joinPath(extension, 'dist', 'server.web.js'));
  return URL.createObjectURL(new Blob([new Uint8Array(script)], { type: 'text/javascript' }));
}

/** Bytes from which on a copy takes longer than handing them over. */
const LARGE = 1 << 16;

/** What writes to a worker. Large files are handed over, not copied: here nobody needs them any more. */
const wayTo = (worker: Worker): Pick<Worker, 'addEventListener' | 'postMessage'> => ({
  addEventListener: worker.addEventListener.bind(worker),
  postMessage: (message: Partial<ResponseMessage>) => {
    const { bytes } = (message.result ?? {}) as { readonly bytes?: Uint8Array<ArrayBuffer> };
    worker.postMessage(message, bytes !== undefined && bytes.length > LARGE ? [bytes.buffer] : []);
  },
});
