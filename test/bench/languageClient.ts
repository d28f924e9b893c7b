import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import { STATUS_NOTIFICATION, type StatusParams } from '../../src/protocol/messages.ts';

const SERVER = join(import.meta.dirname, '../../dist/server.js');

/** A running `server.js --stdio`, spoken to as any editor would. */
export interface RunningServer {
  readonly connection: ProtocolConnection;
  /** Settles when every bibliography of the folder has been read and can be searched. */
  readonly indexed: Promise<void>;
  /** Resident memory in bytes, as Linux counts it; NaN elsewhere. */
  memory(): number;
  /** Milliseconds that its main thread has worked, as Linux counts them; NaN elsewhere. Exact while it rests. */
  threadTime(): number;
  stop(): Promise<void>;
}

export async function startServer(folder: string): Promise<RunningServer> {
  const child = spawn(process.execPath, [SERVER, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
  const connection = createProtocolConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  connection.onRequest('client/registerCapability', () => null);
  connection.onRequest('window/workDoneProgress/create', () => null);
  connection.onRequest('workspace/configuration', (params: { items: readonly unknown[] }) =>
    params.items.map(() => null),
  );
  const indexed = new Promise<void>(resolve => {
    connection.onNotification(STATUS_NOTIFICATION, ({ indexing, references }: StatusParams) => {
      if (!indexing && references > 0) resolve();
    });
  });
  connection.listen();
  const uri = pathToFileURL(folder).href;
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: 'bench' }],
    capabilities: { textDocument: { completion: { completionItem: { documentationFormat: ['markdown'] } } } },
  });
  await connection.sendNotification('initialized', {});
  return {
    connection,
    indexed,
    memory: () => residentMemory(child.pid),
    threadTime: () => threadTime(child.pid),
    stop: async () => {
      const exited = new Promise(resolve => child.once('exit', resolve));
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await exited;
      connection.dispose();
    },
  };
}

function threadTime(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return NaN;
  const [nanoseconds] = readFileSync(`/proc/${pid}/task/${pid}/schedstat`, 'utf8').split(' ');
  return Number(nanoseconds) / 1e6;
}

function residentMemory(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return NaN;
  const line = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line?.[1]) * 1024;
}
