import type { Connection, InitializeParams } from 'vscode-languageserver';
import type { Logger } from '../base/logger.ts';
import { formats } from '../formats/index.ts';
import { languages } from '../languages/index.ts';
import { Library } from '../library/library.ts';
import type { ScopeOptions } from '../library/visibleBibliographies.ts';
import { BIBLIOGRAPHY_EXTENSIONS, BIBLIOGRAPHY_NAMES } from '../protocol/documents.ts';
import { STATUS_NOTIFICATION } from '../protocol/messages.ts';
import type { FindFilesParams, InitializationOptions, StatusParams } from '../protocol/messages.ts';
import type { OtherExtension } from '../protocol/otherExtensions.ts';
import { readOptions } from '../protocol/settings.ts';
import type { Options } from '../protocol/settings.ts';
import { canonicalUri } from './canonicalUri.ts';
import { clientFiles, filesOfBoth } from './clientFiles.ts';
import { createDocuments } from './documents.ts';
import type { Documents } from './documents.ts';
import type { Files } from './files.ts';
import { addressesOfPaths } from './settingPaths.ts';
import type { Host } from './host.ts';
import { createPause, inSlices } from './pacing.ts';
import type { Pause } from './pacing.ts';
import { createReading } from './reading.ts';
import type { Reading } from './reading.ts';
import type { Styles } from './styles.ts';
import { createTexFolders } from './texPlaces.ts';
import type { TexFolders } from './texPlaces.ts';
import { createWorkspaceFiles } from './workspaceFiles.ts';
import type { FileSink, WorkspaceFiles } from './workspaceFiles.ts';

/** All that the handlers work with. */
export interface Workspace {
  readonly connection: Connection;
  readonly logger: Logger;
  readonly library: Library;
  readonly documents: Documents;
  readonly files: Files;
  readonly workspaceFiles: WorkspaceFiles;
  readonly pause: Pause;
  /** Addresses of the workspace's folders. */
  readonly folders: string[];
  /** As set now; replaced as a whole when the user changes them. */
  options: Options;
  /** Extensions that offer references, too. */
  others: readonly OtherExtension[];
  /** To be called after every change of the library: what is searchable, shown and told follows. */
  changed(): void;
  /** Called after every change. */
  onChanged: () => void;
  /** Called when all files have been read and are searchable. */
  onIndexed: () => void;
  /** Files that are still to be read: what is missing may yet come. */
  readonly reading: Reading;
  /** The addresses that paths in the settings mean. */
  addressesOf(paths: readonly string[]): string[];
  /** What decides, besides the documents, which bibliographies a document sees. */
  scope(): ScopeOptions;
  /** Where TeX looks for files on this machine. */
  readonly texFolders: TexFolders;
  /** The language in which the user reads, as BCP 47 names it. */
  readonly locale: string;
  /** Loaded by the first call. */
  styles(): Promise<Styles>;
}

/** Of documents of LaTeX, and of packages that define commands or name bibliographies. */
const TEX_EXTENSIONS = ['.tex', '.ltx', '.sty', '.cls', '.cbx', '.dtx', '.rnw', '.snw', '.rtex', '.jnw', '.pnw'];

/** Documents that include others are read, too: a chapter does not say which document includes it. */
const WANTED: FindFilesParams = {
  extensions: [...BIBLIOGRAPHY_EXTENSIONS, ...TEX_EXTENSIONS, '.typ', '.rst', '.adoc', '.org'],
  names: [...BIBLIOGRAPHY_NAMES, ...languages.flatMap(language => language.projectFiles.map(file => file.name))],
};

export function createWorkspace(host: Host, logger: Logger, params: InitializeParams): Workspace {
  const { connection } = host;
  const library = new Library({ formats, languages });
  const documents = createDocuments();
  const pause = createPause();
  const folders = foldersOf(params);
  const files = chooseFiles(host, params, { folders, pause });
  const reading = createReading();
  let styles: Promise<Styles> | undefined;

  const sink: FileSink = {
    put: function* (uri, text) {
      yield* library.settingFile(uri, text);
      workspace.changed();
      if (library.bibliography(uri)) reading.came();
    },
    putProblem: (uri, problem) => {
      library.setFile(uri, { problem });
      workspace.changed();
    },
    remove: uri => {
      library.setFile(uri, undefined);
      workspace.changed();
    },
    isOpen: uri => documents.get(uri) !== undefined,
    progressed: count => {
      reading.waitingFor(count);
      if (count === 0) indexer.start();
      status.tell();
    },
  };

  const indexer = createIndexer(library, pause, logger, () => {
    status.tell();
    if (!reading.isGoingOn()) workspace.onIndexed();
  });
  const status = createStatus(connection, library, () => reading.isGoingOn() || indexer.isRunning());
  const texFolders = createTexFolders(host, folders, logger, ({ documents: places }) => {
    library.documentPlaces = places;
    workspace.changed();
  });
  const workspace: Workspace = {
    connection,
    logger,
    library,
    documents,
    files,
    workspaceFiles: createWorkspaceFiles({ files, wanted: WANTED, sink, pause, logger }),
    pause,
    folders,
    options: readOptions(undefined),
    others: [],
    changed: () => {
      // While many files come in one after the other, looking for what is new after each would take longer than reading it.
      if (reading.isShort()) indexer.start();
      else indexer.startLater();
      workspace.onChanged();
    },
    onChanged: () => undefined,
    onIndexed: () => undefined,
    reading,
    addressesOf: paths => addressesOfPaths(paths, folders, host.home),
    scope: () => ({
      globalBibliographies: workspace.addressesOf(workspace.options.bibliographies),
      folders,
      ...(host.home === undefined ? {} : { home: host.home }),
      tex: texFolders.places,
    }),
    texFolders,
    locale: params.locale ?? 'en-US',
    styles: () => (styles ??= host.loadStyles()),
  };
  return workspace;
}

function foldersOf(params: InitializeParams): string[] {
  if (params.workspaceFolders) return params.workspaceFolders.map(folder => canonicalUri(folder.uri));
  // Editors that know nothing of workspace folders send the root alone.
  const { rootUri = null } = params as { readonly rootUri?: string | null };
  return rootUri === null ? [] : [canonicalUri(rootUri)];
}

function chooseFiles(
  { connection, disk, carriesBytes }: Host,
  params: InitializeParams,
  { folders, pause }: { readonly folders: readonly string[]; readonly pause: Pause },
): Files {
  const { colophon } = (params.initializationOptions ?? {}) as InitializationOptions;
  const client = clientFiles((method, request) => connection.sendRequest(method, request), pause, carriesBytes);
  if (!disk) return client;
  const ofDisk = disk(() => folders);
  return colophon?.files ? filesOfBoth(ofDisk, client) : ofDisk;
}

/** Milliseconds after which the index is brought up to date even though files keep coming. */
const INDEX_PACE = 500;

/** Keeps the library searchable, in slices, behind everything else. */
function createIndexer(library: Library, pause: Pause, logger: Logger, finished: () => void) {
  let running = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const start = () => {
    clearTimeout(timer);
    timer = undefined;
    if (running) return;
    running = true;
    // What changes meanwhile is found by the same walk.
    inSlices(pause, library.indexing())
      .catch((error: unknown) => {
        logger.error('Indexing failed', error);
      })
      .finally(() => {
        running = false;
        finished();
      });
  };
  return {
    isRunning: () => running,
    start,
    startLater: () => {
      timer ??= setTimeout(start, INDEX_PACE);
    },
  };
}

/** At most this often, in milliseconds, the editor is told how far it has come. */
const STATUS_PACE = 100;

function createStatus(connection: Connection, library: Library, isIndexing: () => boolean) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const send = () => {
    timer = undefined;
    const bibliographies = library.bibliographies();
    const references = bibliographies.reduce((sum, bibliography) => sum + bibliography.entryCount, 0);
    const params: StatusParams = { indexing: isIndexing(), bibliographies: bibliographies.length, references };
    void connection.sendNotification(STATUS_NOTIFICATION, params);
  };
  return {
    tell: () => {
      timer ??= setTimeout(send, STATUS_PACE);
    },
  };
}
