import { fork, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  Emitter,
  IPCMessageReader,
  IPCMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  createProtocolConnection,
} from 'vscode-languageserver-protocol/node';
import type {
  DataCallback,
  Disposable,
  Message,
  MessageReader,
  MessageWriter,
  ProtocolConnection,
  RegistrationParams,
} from 'vscode-languageserver-protocol/node';
import type { FindFilesParams, ReadFileParams, StatusParams } from '../../src/protocol/messages.ts';
import { bundles } from './bundles.ts';

/** Ways to run the server: as a process for any editor, as VS Code's child, as a web worker without a disk. */
export type Host = 'stdio' | 'ipc' | 'worker';

export interface RunningServer {
  readonly connection: ProtocolConnection;
  readonly initialized: { readonly capabilities: Record<string, unknown> };
  /** Lines that the server logged. */
  readonly log: readonly string[];
  /** What the server asked to be told of. */
  readonly watched: readonly unknown[];
  /** Addresses of files that the server asked the editor for, in order. */
  readonly reads: readonly string[];
  /** Settles when the server has told a status like this, now or later. */
  status(isIt: (status: StatusParams) => boolean): Promise<StatusParams>;
  uri(name: string): string;
  open(name: string, languageId: string, text: string): Promise<void>;
  stop(): Promise<void>;
}

export interface ServerOptions {
  readonly folder: string;
  readonly settings?: Record<string, unknown>;
  /** Files that the editor hides from the server. */
  readonly excluded?: (path: string) => boolean;
  /** Told of everything that the server registers for. */
  readonly registered?: (method: string, options: unknown) => void;
  /** The editor finds files only when this has settled. */
  readonly beforeFinding?: () => Promise<void>;
}

export async function startServer(host: Host, options: ServerOptions): Promise<RunningServer> {
  const { outdir } = await bundles();
  const { reader, writer, end } = host === 'worker' ? startWorker(outdir) : startProcess(host, outdir);
  const connection = createProtocolConnection(reader, writer);
  const statuses: StatusParams[] = [];
  const waiting: { isIt: (status: StatusParams) => boolean; done: (status: StatusParams) => void }[] = [];
  const log: string[] = [];
  connection.onNotification('colophon/status', (status: StatusParams) => {
    statuses.push(status);
    for (const one of [...waiting]) {
      if (!one.isIt(status)) continue;
      waiting.splice(waiting.indexOf(one), 1);
      one.done(status);
    }
  });
  connection.onNotification('window/logMessage', ({ message }: { message: string }) => void log.push(message));
  const watched: unknown[] = [];
  connection.onRequest('client/registerCapability', ({ registrations }: RegistrationParams) => {
    for (const { method, registerOptions } of registrations) {
      options.registered?.(method, registerOptions);
      watched.push(...((registerOptions as { watchers?: unknown[] } | undefined)?.watchers ?? []));
    }
    return null;
  });
  connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
    items.map(() => options.settings ?? {}),
  );
  connection.onRequest('window/workDoneProgress/create', () => null);
  const reads: string[] = [];
  answerForFiles(connection, outdir, options, reads);
  connection.listen();

  const rootUri = pathToFileURL(options.folder).href;
  const initialized = await connection.sendRequest<RunningServer['initialized']>('initialize', {
    processId: process.pid,
    rootUri,
    workspaceFolders: [{ uri: rootUri, name: 'test' }],
    capabilities: {
      workspace: {
        configuration: true,
        applyEdit: true,
        workspaceFolders: true,
        workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
        didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
      },
      window: { showDocument: { support: true } },
      textDocument: {
        synchronization: { dynamicRegistration: true },
        hover: { dynamicRegistration: true },
        completion: { completionItem: { documentationFormat: ['markdown'] } },
      },
    },
    // Only a server that the stdio test runs alone has to find its files itself.
    initializationOptions: host === 'stdio' ? {} : { colophon: { files: true } },
  });
  await connection.sendNotification('initialized', {});

  const uri = (name: string) => pathToFileURL(join(options.folder, name)).href;
  return {
    connection,
    initialized,
    log,
    watched,
    reads,
    uri,
    status: async isIt => {
      const last = statuses.at(-1);
      if (last && isIt(last)) return last;
      return new Promise(done => waiting.push({ isIt, done }));
    },
    open: (name, languageId, text) =>
      connection.sendNotification('textDocument/didOpen', {
        textDocument: { uri: uri(name), languageId, version: 1, text },
      }),
    stop: async () => {
      await connection.sendRequest('shutdown');
      await connection.sendNotification('exit');
      await end();
      connection.dispose();
    },
  };
}

/** As VS Code's client does it. */
function answerForFiles(
  connection: ProtocolConnection,
  outdir: string,
  { folder, excluded, beforeFinding }: ServerOptions,
  reads: string[],
): void {
  connection.onRequest('colophon/findFiles', async ({ extensions, names }: FindFilesParams) => {
    await beforeFinding?.();
    const paths = await readdir(folder, { recursive: true });
    return paths
      .filter(
        path =>
          extensions.some(extension => path.toLowerCase().endsWith(extension)) ||
          names.includes(path.split('/').at(-1) ?? ''),
      )
      .filter(path => !excluded?.(path))
      .map(path => pathToFileURL(join(folder, path)).href);
  });
  connection.onRequest('colophon/readFile', async ({ uri, asBytes }: ReadFileParams) => {
    reads.push(uri);
    const bytes = await readFile(fileURLToPath(uri)).catch(() => undefined);
    if (!bytes) return null;
    return asBytes ? { bytes } : { base64: bytes.toString('base64') };
  });
  connection.onRequest('colophon/readScript', ({ name }: { name: string }) => readFile(join(outdir, name), 'utf8'));
}

interface Transport {
  readonly reader: MessageReader;
  readonly writer: MessageWriter;
  readonly end: () => Promise<unknown>;
}

function startProcess(host: 'stdio' | 'ipc', outdir: string): Transport {
  const script = join(outdir, 'server.js');
  if (host === 'ipc') {
    const child = fork(script, ['--node-ipc'], { silent: true });
    const exited = new Promise(resolve => child.once('exit', resolve));
    return { reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child), end: () => exited };
  }
  const child = spawn(process.execPath, [script, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = new Promise(resolve => child.once('exit', resolve));
  return {
    reader: new StreamMessageReader(child.stdout),
    writer: new StreamMessageWriter(child.stdin),
    end: () => exited,
  };
}

function startWorker(outdir: string): Transport {
  const script = readFileSync(join(outdir, 'server.web.js'), 'utf8');
  const worker = new Worker(join(__dirname, 'workerShim.cjs'), { workerData: { script }, execArgv: [] });
  return { reader: new WorkerReader(worker), writer: new WorkerWriter(worker), end: () => worker.terminate() };
}

class WorkerReader extends AbstractMessageReader implements MessageReader {
  private readonly messages = new Emitter<Message>();

  constructor(worker: Worker) {
    super();
    worker.on('message', (message: Message) => {
      this.messages.fire(message);
    });
    worker.on('error', error => {
      this.fireError(error);
    });
  }

  listen(callback: DataCallback): Disposable {
    return this.messages.event(callback);
  }
}

class WorkerWriter extends AbstractMessageWriter implements MessageWriter {
  private readonly worker: Worker;

  constructor(worker: Worker) {
    super();
    this.worker = worker;
  }

  write(message: Message): Promise<void> {
    this.worker.postMessage(message);
    return Promise.resolve();
  }

  end(): void {
    // A worker is ended by whoever started it.
  }
}
