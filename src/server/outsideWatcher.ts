import { DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import type { InitializeParams } from 'vscode-languageserver';
import { mayHoldAnything } from '../protocol/documents.ts';
import type { Workspace } from './workspace.ts';

/**
 * Asks the editor to watch files outside the folders of the workspace, and those in them whose names nobody looks for, each once, where the
 * editor can.
 */
export function createOutsideWatcher(
  workspace: Workspace,
  { capabilities }: InitializeParams,
): (uris: Iterable<string>) => void {
  const watched = new Set<string>();
  if (capabilities.workspace?.didChangeWatchedFiles?.relativePatternSupport !== true) return () => undefined;
  return uris => {
    const added = [...uris].filter(
      uri => !watched.has(uri) && (mayHoldAnything(uri) || !isInside(uri, workspace.folders)),
    );
    if (added.length === 0) return;
    for (const uri of added) watched.add(uri);
    const watchers = added.map(uri => {
      const slash = uri.lastIndexOf('/');
      return {
        globPattern: { baseUri: uri.slice(0, slash), pattern: literalGlob(decodeURIComponent(uri.slice(slash + 1))) },
      };
    });
    workspace.connection.client
      .register(DidChangeWatchedFilesNotification.type, { watchers })
      .catch((error: unknown) => {
        workspace.logger.warn(`Files outside the workspace cannot be watched: ${String(error)}`);
      });
  };
}

const isInside = (uri: string, folders: readonly string[]): boolean =>
  folders.some(folder => uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`));

/** Characters that mean something in a pattern, each in a class of its own. */
export const literalGlob = (name: string): string => name.replace(/[*?[\]{}!]/g, character => `[${character}]`);
