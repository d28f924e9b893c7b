import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { READ_SCRIPT_REQUEST } from '../protocol/messages.ts';
import { connectionOptions, startServer } from './server.ts';
import type { Styles } from './styles.ts';

/** The part of a web worker's global scope that is used here. */
interface WorkerScope extends MessagePort {
  importScripts(address: string): void;
  colophonStyles?: Styles;
}

// Entry of the server as a web worker.
const scope = self as unknown as WorkerScope;
const connection = createConnection(
  new BrowserMessageReader(scope),
  new BrowserMessageWriter(scope),
  connectionOptions,
);
connection.onExit(() => {
  scope.close();
});
startServer({ connection, disk: undefined, carriesBytes: true, home: undefined, loadStyles });

/** A worker that was started from a copy of its script knows no address to load others from: the editor sends the text. */
async function loadStyles(): Promise<Styles> {
  const script = await connection.sendRequest<string>(READ_SCRIPT_REQUEST, { name: 'styles.js' });
  const wrapped = `self.colophonStyles = (() => { const module = { exports: {} }; ${script}\n; return module.exports; })();`;
  const address = URL.createObjectURL(new Blob([wrapped], { type: 'text/javascript' }));
  scope.importScripts(address);
  URL.revokeObjectURL(address);
  if (!scope.colophonStyles) throw new Error('The citation styles could not be loaded.');
  return scope.colophonStyles;
}
