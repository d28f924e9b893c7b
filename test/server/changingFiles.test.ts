import assert from 'node:assert/strict';
import type { FileContent } from '../../src/server/files.ts';
import { createPause } from '../../src/server/pacing.ts';
import { createWorkspaceFiles } from '../../src/server/workspaceFiles.ts';
import { wholeText } from '../../src/text/fileText.ts';

const URI = 'file:///project/a.bib';
const LONG = '@book{long}\n'.repeat(1000);

/** A disk with one file, and what a library makes of it. Taking in the long text would never end by itself. */
class Workspace {
  readonly log: string[] = [];
  isOpen = false;
  #content: FileContent = contentOf(LONG);
  #begun: () => void = () => undefined;
  #settled: () => void = () => undefined;
  readonly #reader = createWorkspaceFiles({
    files: { find: () => Promise.resolve([URI]), read: () => Promise.resolve(this.#content) },
    wanted: { extensions: ['.bib'], names: [] },
    sink: {
      put: (_, text) => this.#take(wholeText(text)),
      remove: () => {
        this.#note('gone');
      },
      putProblem: (_, { code }) => {
        this.#note(code);
      },
      isOpen: () => this.isOpen,
      progressed: () => undefined,
    },
    pause: createPause(),
    logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
  });

  /** Settles when the long text is being taken in. */
  async begin(): Promise<void> {
    const begun = new Promise<void>(done => (this.#begun = done));
    await this.#reader.findAgain();
    await begun;
  }

  /** The file is another one now; settles when the library knows. */
  async change(content: FileContent): Promise<void> {
    this.#content = content;
    const settled = new Promise<void>(done => (this.#settled = done));
    this.#reader.changed(URI);
    await settled;
  }

  /** An editor opens the file, saves it and lets go of it; settles when the library knows what is on the disk. */
  async edit(content: FileContent): Promise<void> {
    this.isOpen = true;
    await createPause()();
    this.#content = content;
    this.isOpen = false;
    const settled = new Promise<void>(done => (this.#settled = done));
    this.#reader.closed(URI);
    await settled;
  }

  *#take(text: string): Generator<undefined> {
    this.#begun();
    while (text === LONG) yield;
    this.#note(text);
  }

  #note(what: string): void {
    this.log.push(what);
    this.#settled();
  }
}

const contentOf = (text: string): FileContent => ({ kind: 'text', text });

describe('a file that changes while it is taken in', () => {
  const changes: readonly (readonly [what: string, content: FileContent, known: string])[] = [
    ['is read again where it has grown', contentOf(`${LONG}@book{more}`), `${LONG}@book{more}`],
    ['is read again where it has shrunk', contentOf('@book{k}'), '@book{k}'],
    ['is read again where nothing is left in it', contentOf(''), ''],
    ['is forgotten where it is gone', { kind: 'missing' }, 'gone'],
    ['is told where it cannot be read any more', { kind: 'failed', reason: 'EACCES' }, 'unreadable'],
    ['is told where it is too large now', { kind: 'too-large' }, 'unreadable'],
    ['is told where it is no text any more', { kind: 'binary' }, 'undecodable'],
  ];
  for (const [what, content, known] of changes) {
    it(what, async () => {
      const workspace = new Workspace();
      await workspace.begin();
      await workspace.change(content);
      assert.deepEqual(workspace.log, [known]);
    });
  }

  it('gives way to an editor that opens it, and is read again when that lets go', async () => {
    const workspace = new Workspace();
    await workspace.begin();
    await workspace.edit(contentOf('@book{k}'));
    assert.deepEqual(workspace.log, ['@book{k}']);
  });
});
