import { createConnection } from 'vscode-languageserver/node';
import { nodeFiles } from './nodeFiles.ts';
import { connectionOptions, startServer } from './server.ts';

// Entry of the server as a process: `--stdio` for any editor, `--node-ipc` for VS Code.
const connection = createConnection(connectionOptions);
startServer({
  connection,
  disk: nodeFiles,
  loadStyles: () => import('../styles/formatReference.ts'),
});
process.on('unhandledRejection', reason => {
  connection.console.error(`Unhandled: ${reason instanceof Error ? (reason.stack ?? reason.message) : String(reason)}`);
});
