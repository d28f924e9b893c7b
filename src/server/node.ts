import { homedir } from 'node:os';
import { createConnection } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { nodeFiles } from './nodeFiles.ts';
import { connectionOptions, startServer } from './server.ts';

// Entry of the server as a process: `--stdio` for any editor, `--node-ipc` for VS Code.
const connection = createConnection(connectionOptions);
startServer({
  connection,
  disk: nodeFiles,
  home: URI.file(homedir()).toString(),
  loadStyles: () => import('../styles/formatReference.ts'),
});
process.on('unhandledRejection', reason => {
  connection.console.error(`Unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
});
