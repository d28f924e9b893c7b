import { homedir } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createConnection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { nodeFiles, nodeFilesIn } from './nodeFiles.ts';
import { connectionOptions, startServer } from './server.ts';

// Entry of the server as a process: `--stdio` for any editor, `--node-ipc` for VS Code.
const connection = createConnection(connectionOptions);
startServer({
  connection,
  disk: nodeFiles,
  home: URI.file(homedir()).toString(),
  tex: {
    variable: name => process.env[name],
    isMac: process.platform === 'darwin',
    filesIn: nodeFilesIn,
  },
  loadStyles: () => import('../styles/formatReference.ts'),
  releaseMemory,
});
process.on('unhandledRejection', reason => {
  connection.console.error(`Unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
});

/** The engine looks for what is unused when it needs more memory; a server that has read its files needs none and would keep it for ever. */
function releaseMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  // The first time finds what is unused; the second makes the engine notice that hardly anything is new, so that it needs less room.
  collect();
  collect();
}
