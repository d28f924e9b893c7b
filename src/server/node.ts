import { homedir } from 'node:os';
import { createConnection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { collectWhenIdle } from './idleMemory.ts';
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
});
collectWhenIdle();
process.on('unhandledRejection', reason => {
  connection.console.error(`Unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
});
