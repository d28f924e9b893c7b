import type { InitializeParams } from 'vscode-languageserver';
import { scopeIn } from '../library/visibleBibliographies.ts';
import { fenceNotification } from './fence.ts';
import { createFollowedFiles } from './followedFiles.ts';
import { createOutsideWatcher } from './outsideWatcher.ts';
import type { Workspace } from './workspace.ts';

export interface NamedFiles {
  /** Something changed that may change what open documents name. */
  readonly schedule: () => void;
}

/** Milliseconds for which changes are collected. */
const PACE = 40;
/** After so many it is looked again whether everything has been read. */
const LATER = 250;

/** Has the files read that open documents name and nobody has read yet: bibliographies elsewhere, documents that they include. */
export function createNamedFiles(workspace: Workspace, params: InitializeParams): NamedFiles {
  const { documents, library, logger, workspaceFiles } = workspace;
  const watchOutside = createOutsideWatcher(workspace, params);
  const followFiles = createFollowedFiles(workspace, params);
  /** Documents as they were opened. */
  const lookedAt = new WeakSet<object>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isUrgent = false;

  const look = fenceNotification(logger, 'Looking for what documents name', () => {
    timer = undefined;
    isUrgent = false;
    let isEarly = false;
    try {
      isEarly = readNamed();
    } finally {
      workspace.reading.expectMore(isEarly);
    }
    if (isEarly) timer ??= setTimeout(() => void look(undefined), LATER);
  });

  /** Whether it was too early to know all that is wanted. */
  function readNamed(): boolean {
    const options = workspace.scope();
    const named = new Set(options.globalBibliographies);
    const wanted = new Set(options.globalBibliographies);
    let isEarly = false;
    for (const document of documents.all()) {
      lookedAt.add(document);
      const { uri } = document;
      if (!library.manuscript(uri) && !library.metadata(uri)) continue;
      const scope = scopeIn(library, uri, options);
      for (const address of scope.wanted) wanted.add(address);
      // What has not been read yet may still come.
      if (workspace.reading.isGoingOn()) isEarly ||= scope.wantedInstead.length > 0;
      else for (const address of scope.wantedInstead) wanted.add(address);
      for (const bibliography of scope.bibliographies) named.add(bibliography.uri);
    }
    // What is there is worth watching, and what a document asks for in vain may come.
    watchOutside([...named, ...wanted]);
    workspaceFiles.want(wanted);
    followFiles();
    return isEarly;
  }

  const hasOpened = (): boolean => [...documents.all()].some(document => !lookedAt.has(document));

  return {
    schedule: () => {
      const opened = hasOpened();
      // What somebody types seldom names a file, and nobody shall wait for it.
      if (opened || workspace.reading.isGoingOn()) workspace.reading.expectMore(true);
      if (opened && !isUrgent) {
        clearTimeout(timer);
        timer = undefined;
        isUrgent = true;
      }
      timer ??= setTimeout(() => void look(undefined), isUrgent ? 0 : PACE);
    },
  };
}
