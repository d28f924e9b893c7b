import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  WatchKind,
} from 'vscode-languageserver';
import type { InitializeParams } from 'vscode-languageserver';
import { languages } from '../languages/index.ts';
import { BIBLIOGRAPHY_GLOB } from '../protocol/documents.ts';
import { OTHERS_NOTIFICATION } from '../protocol/messages.ts';
import type { OthersParams } from '../protocol/messages.ts';
import { OTHER_EXTENSIONS } from '../protocol/otherExtensions.ts';
import { SETTING_SECTION, readOptions } from '../protocol/settings.ts';
import { canonicalUri } from './canonicalUri.ts';
import type { DiagnosticsPublisher } from './diagnosticsPublisher.ts';
import { fenceNotification } from './fence.ts';
import type { Workspace } from './workspace.ts';

/** What the editor tells unasked: documents, files, folders, settings. */
export function registerDocuments(
  workspace: Workspace,
  params: InitializeParams,
  problems: DiagnosticsPublisher,
): void {
  const { connection, logger, library, documents, workspaceFiles } = workspace;
  const on = <P>(name: string, handle: (given: P) => void | Promise<void>) => fenceNotification(logger, name, handle);

  connection.onInitialized(on('Starting', () => start(workspace, params)));
  connection.onDidOpenTextDocument(
    on('Opening a document', ({ textDocument }) => {
      const document = documents.open(textDocument);
      library.openDocument(document.uri, document.languageId, document.getText());
      workspace.changed();
      void workspace.texFolders.look();
    }),
  );
  connection.onDidChangeTextDocument(
    on('Changing a document', ({ textDocument, contentChanges }) => {
      const change = documents.change(textDocument.uri, textDocument.version, contentChanges);
      if (!change) return;
      const { document, edits } = change;
      if (edits) library.editDocument(document.uri, edits, document.getText());
      else library.openDocument(document.uri, document.languageId, document.getText());
      workspace.changed();
    }),
  );
  connection.onDidCloseTextDocument(
    on('Closing a document', ({ textDocument }) => {
      const uri = canonicalUri(textDocument.uri);
      const text = documents.get(uri)?.getText();
      documents.close(uri);
      // Until the file has been read again, what the editor held is the best that is known.
      if (text !== undefined) library.setFile(uri, { text });
      library.closeDocument(uri);
      workspaceFiles.closed(uri);
      problems.clear(uri);
      workspace.changed();
    }),
  );
  connection.onDidChangeWatchedFiles(
    on('Changed files', ({ changes }) => {
      for (const { uri } of changes) workspaceFiles.changed(canonicalUri(uri));
    }),
  );
  // Not every watcher tells of what was in a folder that was renamed or deleted.
  if (params.capabilities.workspace?.fileOperations) {
    connection.workspace.onDidRenameFiles(({ files }) => {
      for (const { oldUri, newUri } of files) {
        workspaceFiles.changed(canonicalUri(oldUri));
        workspaceFiles.changed(canonicalUri(newUri));
      }
    });
    connection.workspace.onDidDeleteFiles(({ files }) => {
      for (const { uri } of files) workspaceFiles.changed(canonicalUri(uri));
    });
  }
  connection.onNotification(OTHERS_NOTIFICATION, ({ ids }: OthersParams) => {
    workspace.others = OTHER_EXTENSIONS.filter(one => ids.includes(one.id));
  });
  connection.onDidChangeConfiguration(
    on('Changed settings', ({ settings }) => readSettings(workspace, params, settings)),
  );
}

const projectFiles = languages.flatMap(language => language.projectFiles.map(file => file.name));

async function start(workspace: Workspace, params: InitializeParams): Promise<void> {
  const { connection, folders, workspaceFiles, logger } = workspace;
  const client = params.capabilities.workspace;
  await readSettings(workspace, params);
  if (client?.didChangeConfiguration?.dynamicRegistration) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: SETTING_SECTION });
  }
  if (client?.didChangeWatchedFiles?.dynamicRegistration) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, {
      watchers: [
        { globPattern: BIBLIOGRAPHY_GLOB },
        { globPattern: '**/*.{tex,ltx,md,qmd,rmd,Rmd,yml,yaml,typ,rst,adoc,org}' },
        { globPattern: '**/*.{sty,cls,cbx,dtx,[RrJjSs]nw,[Rr]tex}' },
        { globPattern: `**/{${[...new Set(projectFiles)].join(',')}}` },
        // A folder that goes away takes its bibliographies along, and only the folder is told.
        { globPattern: '**/*', kind: WatchKind.Delete },
      ],
    });
  }
  if (client?.workspaceFolders) {
    connection.workspace.onDidChangeWorkspaceFolders(
      fenceNotification(logger, 'Changed folders', async ({ added, removed }) => {
        const gone = new Set(removed.map(folder => canonicalUri(folder.uri)));
        const kept = folders.filter(folder => !gone.has(folder));
        folders.splice(0, folders.length, ...kept, ...added.map(folder => canonicalUri(folder.uri)));
        chooseRoot(workspace);
        workspace.changed();
        await workspaceFiles.findAgain();
      }),
    );
  }
  await workspaceFiles.findAgain();
}

/** Asked for where the editor answers, else taken as sent. */
async function readSettings(workspace: Workspace, params: InitializeParams, sent?: unknown): Promise<void> {
  const section: unknown = params.capabilities.workspace?.configuration
    ? await workspace.connection.workspace.getConfiguration(SETTING_SECTION)
    : sectionOf(sent);
  workspace.options = readOptions(section);
  workspace.library.namedCommands = workspace.options.citationCommands;
  chooseRoot(workspace);
  workspace.changed();
}

function chooseRoot(workspace: Workspace): void {
  const { rootDocument } = workspace.options;
  workspace.library.chosenRoots = rootDocument === '' ? [] : workspace.addressesOf([rootDocument]);
}

const sectionOf = (settings: unknown): unknown =>
  typeof settings === 'object' && settings !== null && SETTING_SECTION in settings
    ? settings[SETTING_SECTION]
    : settings;
