import { diagnosing, type Diagnostic } from '../features/diagnostics.ts';
import { scopeIn } from '../library/visibleBibliographies.ts';
import { fenceNotification } from './fence.ts';
import { stepsInSlices } from './pacing.ts';
import { positionCache, positionsOf } from './positions.ts';
import { toDiagnostic } from './toLsp.ts';
import type { Workspace } from './workspace.ts';

/** How long the user has to rest before problems are looked for, in milliseconds. */
const REST = 250;

export interface DiagnosticsPublisher {
  /** Something changed that may change what is wrong with any open document. */
  readonly schedule: () => void;
  /** What was said of a document that is closed is taken back. */
  clear(uri: string): void;
  dispose(): void;
}

/** Tells the problems of the open documents and of their projects, when everything has been read and nobody types. */
export function createDiagnosticsPublisher(workspace: Workspace): DiagnosticsPublisher {
  const { connection, documents, library, logger, pause } = workspace;
  const shown = new Map<string, string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let round = 0;

  const publishAll = fenceNotification(logger, 'Problems', async (current: number) => {
    // A bibliography that has not been read yet is not missing.
    if (workspace.reading.isGoingOn()) {
      schedule();
      return;
    }
    const uris = checkedFiles();
    for (const uri of uris) {
      const found = await stepsInSlices(
        pause,
        diagnosing(library, uri, { scope: workspace.scope() }),
        () => current === round,
      );
      if (found === undefined) return;
      publish(uri, found.value);
      await pause();
      if (current !== round) return;
    }
    for (const uri of [...shown.keys()]) if (!uris.has(uri)) clear(uri);
  });

  /** What is open, and what names bibliographies for it: a project file with a mistake need not be open to be told of. */
  function checkedFiles(): Set<string> {
    const uris = new Set(Array.from(documents.all(), ({ uri }) => uri));
    for (const uri of [...uris]) {
      if (!library.manuscript(uri)) continue;
      const { unresolved, remote, bibliographies } = scopeIn(library, uri, workspace.scope());
      for (const { by } of [...unresolved, ...remote]) uris.add(by);
      for (const { reason } of bibliographies) if (reason.kind === 'declared') uris.add(reason.by);
    }
    return uris;
  }

  function clear(uri: string): void {
    if (shown.delete(uri)) void connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  function publish(uri: string, problems: readonly Diagnostic[]): void {
    const positions = positionsOf(workspace, uri);
    if (!positions) return;
    const others = positionCache(workspace);
    // Editors tell themselves what is wrong with JSON.
    const isJson = /^jsonc?$/u.test(documents.get(uri)?.languageId ?? '');
    const found = problems
      .filter(({ code }) => !isJson || code !== 'broken-json')
      .map(one => toDiagnostic(one, positions, others));
    const text = JSON.stringify(found);
    if (text === (shown.get(uri) ?? '[]')) return;
    shown.set(uri, text);
    void connection.sendDiagnostics({ uri, diagnostics: found });
  }

  function schedule(): void {
    round += 1;
    clearTimeout(timer);
    timer = setTimeout(() => void publishAll(round), REST);
  }

  return {
    schedule,
    clear,
    dispose: () => {
      clearTimeout(timer);
    },
  };
}
