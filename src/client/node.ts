import type { ExtensionContext } from 'vscode';
import { activateColophon } from './extension.ts';
import type { RunningColophon } from './extension.ts';

let running: RunningColophon | undefined;

/** Entry of the extension on the desktop and on remote machines: the server is a process of its own. */
export function activate(context: ExtensionContext): void {
  running = activateColophon(context, async options => {
    const { LanguageClient, TransportKind } = await import('vscode-languageclient/node');
    const module = context.asAbsolutePath('dist/server.js');
    return new LanguageClient('colophon', 'Colophon', { module, transport: TransportKind.ipc }, options);
  });
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
