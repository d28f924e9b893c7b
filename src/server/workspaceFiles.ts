import type { Logger } from '../base/logger.ts';
import { languageOf } from '../languages/index.ts';
import type { BibliographyProblem } from '../library/bibliography.ts';
import type { FindFilesParams } from '../protocol/messages.ts';
import type { FileText } from '../text/fileText.ts';
import type { Files } from './files.ts';
import { inSlices } from './pacing.ts';
import type { Pause } from './pacing.ts';

/** Who takes in what was read. */
export interface FileSink {
  /** The steps of taking a text in; what has been taken in can be asked for between them. */
  put(uri: string, text: FileText): Iterator<unknown>;
  remove(uri: string): void;
  /** There is such a file, and why nothing can be made of it. */
  putProblem(uri: string, problem: BibliographyProblem): void;
  /** Whether an editor holds the document: then what the disk says does not count. */
  isOpen(uri: string): boolean;
  /** The number of files that wait, whenever it changed. */
  progressed(waiting: number): void;
}

/** The files that matter, read and kept up to date. The only place in the server that waits for files. */
export interface WorkspaceFiles {
  /** Looks for files anew; reads those that are new and forgets those that are gone. */
  findAgain(): Promise<void>;
  /** Files that a document names, wherever they are. */
  want(uris: Iterable<string>): void;
  /** The file may be new, changed or gone. Cheap: changes are collected for a moment. */
  changed(uri: string): void;
  /** An editor let go of the document: the disk counts again. */
  closed(uri: string): void;
  dispose(): void;
}

export interface WorkspaceFilesOptions {
  readonly files: Files;
  readonly wanted: FindFilesParams;
  readonly sink: FileSink;
  readonly pause: Pause;
  readonly logger: Logger;
}

const isDocument = (uri: string): boolean => languageOf(undefined, uri) !== undefined;

/** Whether a file lies in one of the folders, however deep. */
function liesInOneOf(folders: ReadonlySet<string>, uri: string): boolean {
  for (let slash = uri.lastIndexOf('/'); slash > 0; slash = uri.lastIndexOf('/', slash - 1))
    if (folders.has(uri.slice(0, slash))) return true;
  return false;
}

/** Files read at the same time: enough to keep the disk busy, few enough to hold in memory. */
const PARALLEL = 4;
/** Milliseconds for which small files may follow each other without a pause. */
const LONGEST_RUN = 8;
/** Tools write in bursts, and by a temporary file that is moved over: what counts is what is there a moment later. */
const BURST = 60;

export function createWorkspaceFiles({ files, wanted, sink, pause, logger }: WorkspaceFilesOptions): WorkspaceFiles {
  let found = new Set<string>();
  const named = new Set<string>();
  const queue = new Set<string>();
  /** Those in the queue that an open document names. */
  const urgent = new Set<string>();
  const reading = new Set<string>();
  /** Those of which the library has what was last read. */
  const taken = new Set<string>();
  const complained = new Set<string>();
  let events = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let takenIn: Promise<unknown> = Promise.resolve();
  /** Until the first search has ended. */
  let isFinding = true;
  let searching: Promise<void> | undefined;
  let isSearchWanted = false;
  /** Files that changed since the search began. */
  const changedMeanwhile = new Set<string>();
  let restedAt = 0;

  const isKnown = (uri: string) => found.has(uri) || named.has(uri);

  function enqueue(uri: string): void {
    queue.add(uri);
    pump();
  }

  /** Until files have been looked for, nobody knows how many wait, but more than none. */
  function tellProgress(): void {
    sink.progressed(queue.size + reading.size + (isFinding ? 1 : 0));
  }

  function pump(): void {
    for (const uri of urgent) begin(uri);
    for (const uri of queue) {
      if (reading.size >= PARALLEL) return;
      begin(uri);
    }
  }

  function begin(uri: string): void {
    // Whoever reads it now will see that it is in the queue again.
    if (reading.size >= PARALLEL || reading.has(uri)) return;
    queue.delete(uri);
    urgent.delete(uri);
    reading.add(uri);
    void takeIn(uri)
      .catch((error: unknown) => {
        logger.error(`Reading ${uri} failed`, error);
      })
      .then(() => {
        reading.delete(uri);
        tellProgress();
        pump();
      });
  }

  async function takeIn(uri: string): Promise<void> {
    taken.delete(uri);
    if (sink.isOpen(uri)) return;
    const content = await files.read(uri);
    if (!isKnown(uri)) return;
    if (content.kind === 'missing') {
      sink.remove(uri);
      return;
    }
    if (content.kind === 'binary') {
      complain(uri, 'it is not text');
      sink.putProblem(uri, { code: 'undecodable' });
      return;
    }
    if (content.kind !== 'text') {
      const reason = content.kind === 'failed' ? content.reason : 'it is larger than 512 MB';
      complain(uri, reason);
      sink.putProblem(uri, { code: 'unreadable', reason });
      return;
    }
    const { text } = content;
    // One after the other: slices of several files would add up to a pause that a user feels.
    const turn = takenIn.then(() => takeInText(uri, text));
    takenIn = turn.catch(() => undefined);
    await turn;
  }

  async function takeInText(uri: string, text: FileText): Promise<void> {
    const isOutdated = () => queue.has(uri) || sink.isOpen(uri) || !isKnown(uri);
    if (isOutdated()) return;
    // What the files before took adds up.
    if (performance.now() - restedAt > LONGEST_RUN) {
      await pause();
      restedAt = performance.now();
    }
    complained.delete(uri);
    if (await inSlices(pause, sink.put(uri, text), isOutdated)) taken.add(uri);
  }

  /** Once for each file, until it can be read again. */
  function complain(uri: string, reason: string): void {
    if (complained.has(uri)) return;
    complained.add(uri);
    logger.warn(`${uri} cannot be read: ${reason}`);
  }

  /** One search at a time: the end of an older one would take back what a newer one found. */
  function findAgain(): Promise<void> {
    isSearchWanted = true;
    return (searching ??= searchWhileWanted().finally(() => {
      searching = undefined;
    }));
  }

  async function searchWhileWanted(): Promise<void> {
    while (isSearchWanted) {
      isSearchWanted = false;
      changedMeanwhile.clear();
      try {
        await takeFound(await files.find(wanted));
      } catch (error) {
        logger.error('Looking for bibliographies failed', error);
      }
      isFinding = false;
      tellProgress();
      pump();
    }
  }

  async function takeFound(uris: readonly string[]): Promise<void> {
    const now = new Set(uris);
    const before = found;
    found = now;
    for (const uri of before) {
      if (now.has(uri)) continue;
      if (changedMeanwhile.has(uri)) {
        // It may have come back behind the search.
        found.add(uri);
        isSearchWanted = true;
      } else if (!named.has(uri)) forget(uri);
    }
    // What a document names may have been read before it was found.
    const isWaiting = (uri: string): boolean => found.has(uri) && !taken.has(uri) && !reading.has(uri);
    const added = [...now].filter(uri => !before.has(uri) && isWaiting(uri));
    for (const uri of await inOrder(added)) if (isWaiting(uri)) queue.add(uri);
  }

  /** Bibliographies and what projects say of them, then documents, most of which nobody will open; of both those changed last first. */
  async function inOrder(uris: readonly string[]): Promise<readonly string[]> {
    const newest = uris.length > 1 ? ((await files.newestFirst?.(uris)) ?? uris) : uris;
    return [...newest.filter(uri => !isDocument(uri)), ...newest.filter(isDocument)];
  }

  /** Nobody names it any more. What an editor holds stays, until it is closed. */
  function forget(uri: string): void {
    taken.delete(uri);
    queue.delete(uri);
    urgent.delete(uri);
    if (!sink.isOpen(uri)) sink.remove(uri);
  }

  function handleEvents(): void {
    timer = undefined;
    const uris = events;
    events = new Set();
    const unknown = new Set<string>();
    for (const uri of uris) {
      changedMeanwhile.add(uri);
      if (isKnown(uri)) enqueue(uri);
      else unknown.add(uri);
    }
    if (unknown.size === 0) return;
    // A folder that went away is one event, whatever was in it.
    for (const uri of [...found, ...named]) if (liesInOneOf(unknown, uri)) enqueue(uri);
    void findAgain();
  }

  return {
    findAgain,
    want: uris => {
      const wanted = [...uris];
      for (const uri of wanted) if (queue.has(uri)) urgent.add(uri);
      const added = wanted.filter(uri => !isKnown(uri));
      for (const uri of added) {
        named.add(uri);
        urgent.add(uri);
        enqueue(uri);
      }
      if (added.length > 0) tellProgress();
    },
    changed: uri => {
      events.add(uri);
      timer ??= setTimeout(handleEvents, BURST);
    },
    closed: uri => {
      if (isKnown(uri)) enqueue(uri);
      else forget(uri);
    },
    dispose: () => {
      clearTimeout(timer);
      queue.clear();
      urgent.clear();
    },
  };
}
