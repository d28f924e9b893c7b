import type { Connection, ConnectionOptions, InitializeParams, InitializeResult } from 'vscode-languageserver';
import { CodeActionKind, LSPErrorCodes, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Logger } from '../base/logger.ts';
import { languages } from '../languages/index.ts';
import { ADD_REFERENCES_COMMAND } from '../protocol/citing.ts';
import { registerCiting } from './citingHandlers.ts';
import { registerConversion } from './conversionHandlers.ts';
import { createDiagnosticsPublisher } from './diagnosticsPublisher.ts';
import { registerDocuments } from './documentHandlers.ts';
import { registerFeatures } from './featureHandlers.ts';
import type { Host } from './host.ts';
import { createNamedFiles } from './namedFiles.ts';
import { registerNaming } from './namingActions.ts';
import { createRehearsal } from './rehearsal.ts';
import { createWorkspace } from './workspace.ts';

/** The composition root: puts the parts together and connects them with the editor. */
export function startServer(host: Host): void {
  const { connection } = host;
  const logger = connectionLogger(connection);
  connection.onInitialize((params): InitializeResult => {
    const workspace = createWorkspace(host, logger, params);
    const problems = createDiagnosticsPublisher(workspace);
    const named = createNamedFiles(workspace, params);
    workspace.onChanged = () => {
      problems.schedule();
      named.schedule();
    };
    workspace.onIndexed = createRehearsal(workspace);
    registerDocuments(workspace, params, problems);
    registerFeatures(workspace, params);
    registerConversion(workspace);
    registerCiting(workspace, params);
    registerNaming(workspace);
    return { capabilities: capabilities(params), serverInfo: { name: 'Colophon' } };
  });
  connection.listen();
}

/** A request that was cancelled before anybody looked at it is answered as cancelled, not worked on. */
export const connectionOptions: ConnectionOptions = {
  connectionStrategy: {
    cancelUndispatched: message => ({
      jsonrpc: message.jsonrpc,
      // Filled in by the connection.
      id: null,
      error: { code: LSPErrorCodes.RequestCancelled, message: 'Cancelled' },
    }),
  },
};

function capabilities({ capabilities: client }: InitializeParams): InitializeResult['capabilities'] {
  // A space between two words of a search keeps the list open.
  const triggerCharacters = new Set([' ', ...languages.flatMap(language => language.triggerCharacters)]);
  const everything = { filters: [{ pattern: { glob: '**' } }] };
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    completionProvider: { triggerCharacters: [...triggerCharacters], resolveProvider: true },
    executeCommandProvider: { commands: [ADD_REFERENCES_COMMAND] },
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix] },
    hoverProvider: true,
    definitionProvider: true,
    // Editors show it where another extension has an outline of the same document: VS Code's own of JSON.
    documentSymbolProvider: { label: 'Colophon' },
    foldingRangeProvider: true,
    workspace: {
      workspaceFolders: { supported: true, changeNotifications: true },
      ...(client.workspace?.fileOperations ? { fileOperations: { didRename: everything, didDelete: everything } } : {}),
    },
  };
}

const connectionLogger = ({ console }: Connection): Logger => ({
  info: message => {
    console.info(message);
  },
  warn: message => {
    console.warn(message);
  },
  error: (message, cause: unknown) => {
    console.error(cause === undefined ? message : `${message}: ${causeText(cause)}`);
  },
});

const causeText = (cause: unknown): string =>
  cause instanceof Error ? (cause.stack ?? cause.message) : JSON.stringify(cause);
