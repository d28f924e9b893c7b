import assert from 'node:assert/strict';
import { Library } from '../../src/library/library.ts';
import { languages } from '../../src/languages/index.ts';
import type { Files } from '../../src/server/files.ts';
import { filesOfBoth } from '../../src/server/clientFiles.ts';
import { createPause } from '../../src/server/pacing.ts';
import { createWorkspaceFiles } from '../../src/server/workspaceFiles.ts';

const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
const at = (name: string): string => `file:///p/${name}`;
const text = 'Text';

/** Files whose order is that of their names; the last is the newest. */
function folder(names: readonly string[]): Files & { readonly read: Files['read'] } {
  return {
    find: () => Promise.resolve(names.map(at)),
    read: () => Promise.resolve({ kind: 'text', text }),
    newestFirst: uris => Promise.resolve([...uris].sort().reverse()),
  };
}

/** The names of the files in the order in which they were taken in. `wants` are named once the first of them has been. */
async function taken(files: Files, wants: readonly string[] = []): Promise<string[]> {
  const order: string[] = [];
  return new Promise((resolve, reject) => {
    const reader = createWorkspaceFiles({
      files,
      wanted: { extensions: [], names: [] },
      sink: {
        put: function* (uri) {
          order.push(uri.replace(at(''), ''));
          if (order.length === 1) reader.want(wants.map(at));
          yield;
        },
        remove: () => undefined,
        putProblem: () => undefined,
        isOpen: () => false,
        progressed: waiting => {
          if (waiting === 0) resolve(order);
        },
      },
      pause: createPause(),
      logger,
    });
    reader.findAgain().catch(reject);
  });
}

describe('files of the workspace', () => {
  it('are taken in newest first, bibliographies before documents', async () => {
    const files = folder(['1.tex', '2.bib', '3.typ', '4.bib', '5.rst', '_quarto.yml']);
    assert.deepEqual(await taken(files), ['_quarto.yml', '4.bib', '2.bib', '5.rst', '3.typ', '1.tex']);
  });

  it('are taken in before others when an open document names them', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `${10 + index}.tex`);
    const order = await taken(folder(names), ['10.tex', 'elsewhere.tex']);
    // Some are being read when it is named.
    assert.ok(order.indexOf('10.tex') < 8 && order.indexOf('elsewhere.tex') < 8, order.join(' '));
    assert.deepEqual([...order].sort(), [...names, 'elsewhere.tex'].sort());
  });

  it('keep the order of the editor where nobody tells their times', async () => {
    const files = folder(['1.tex', '2.tex', '3.tex']);
    const timeless: Files = { find: wanted => files.find(wanted), read: uri => files.read(uri) };
    assert.deepEqual(await taken(timeless), ['1.tex', '2.tex', '3.tex']);
  });

  it('are ordered by the disk even if the editor finds them', async () => {
    const disk = folder([]);
    const editor: Files = { ...disk, find: () => Promise.resolve(['remote:/0.tex', at('1.tex'), at('2.tex')]) };
    assert.deepEqual(await taken(filesOfBoth(disk, editor)), ['2.tex', '1.tex', 'remote:/0.tex']);
  });
});

/** A disk whose searches end when the test says so, with what was there when they began; and what is known of it. */
class SlowDisk implements Files {
  readonly known = new Set<string>();
  #names: Set<string>;
  readonly #searches: (() => void)[] = [];
  readonly #pause = createPause();
  #told: () => void = () => undefined;
  readonly reader = createWorkspaceFiles({
    files: this,
    wanted: { extensions: [], names: [] },
    sink: {
      put: uri => {
        this.known.add(uri);
        this.#told();
        return [].values();
      },
      remove: uri => {
        this.known.delete(uri);
        this.#told();
      },
      putProblem: () => undefined,
      isOpen: () => false,
      progressed: () => undefined,
    },
    pause: this.#pause,
    logger,
  });

  constructor(...names: readonly string[]) {
    this.#names = new Set(names.map(at));
  }

  set names(names: readonly string[]) {
    this.#names = new Set(names.map(at));
  }

  async find(): Promise<readonly string[]> {
    const found = [...this.#names];
    await new Promise<void>(end => this.#searches.push(end));
    return found;
  }

  read(uri: string): ReturnType<Files['read']> {
    return Promise.resolve(this.#names.has(uri) ? { kind: 'text', text } : { kind: 'missing' });
  }

  write(name: string): void {
    this.#names.add(at(name));
  }

  delete(name: string): void {
    this.#names.delete(at(name));
  }

  /** Settles when the reader has taken in or taken away a file after it was told of changes. */
  async tell(...names: readonly string[]): Promise<void> {
    const told = new Promise<void>(resolve => (this.#told = resolve));
    for (const name of names) this.reader.changed(at(name));
    await told;
  }

  /** The latest first: this is the worst order. */
  async endSearches(): Promise<void> {
    for (let end = this.#searches.pop(); end !== undefined; end = this.#searches.pop()) {
      end();
      for (let turn = 0; turn < 5; turn++) await this.#pause();
    }
  }
}

describe('files that change while others are looked for', () => {
  it('stay known under the name that they got', async () => {
    const disk = new SlowDisk('old.bib');
    void disk.reader.findAgain();
    await disk.endSearches();
    assert.deepEqual([...disk.known], [at('old.bib')]);
    void disk.reader.findAgain();
    disk.delete('old.bib');
    disk.write('new.bib');
    await disk.tell('old.bib', 'new.bib');
    await disk.endSearches();
    assert.deepEqual([...disk.known], [at('new.bib')]);
  });

  it('stay known when they are back before the search ends', async () => {
    const disk = new SlowDisk('back.bib', 'gone.bib');
    void disk.reader.findAgain();
    await disk.endSearches();
    disk.delete('back.bib');
    disk.delete('gone.bib');
    void disk.reader.findAgain();
    disk.write('back.bib');
    await disk.tell('back.bib');
    await disk.endSearches();
    assert.deepEqual([...disk.known], [at('back.bib')]);
  });
});

describe('files of a folder that leaves the workspace', () => {
  it('are read again when it comes back', async () => {
    const disk = new SlowDisk('one.bib', 'other.bib');
    for (const names of [['one.bib'], [], ['one.bib', 'other.bib']]) {
      disk.names = names;
      void disk.reader.findAgain();
      await disk.endSearches();
      assert.deepEqual([...disk.known], names.map(at));
    }
  });

  it('are not taken in if they were being read then', async () => {
    const disk = new SlowDisk('one.bib', 'other.bib');
    let endReading = (): void => undefined;
    const read = disk.read.bind(disk);
    disk.read = async uri => {
      const content = await read(uri);
      if (uri === at('one.bib')) await new Promise<void>(end => (endReading = end));
      return content;
    };
    void disk.reader.findAgain();
    await disk.endSearches();
    disk.names = ['other.bib'];
    void disk.reader.findAgain();
    await disk.endSearches();
    endReading();
    void disk.reader.findAgain();
    await disk.endSearches();
    assert.deepEqual([...disk.known], [at('other.bib')]);
  });

  it('are forgotten one by one when all of it is deleted at once', async () => {
    const disk = new SlowDisk('folder/deep/one.bib', 'folder2/other.bib');
    void disk.reader.findAgain();
    await disk.endSearches();
    disk.delete('folder/deep/one.bib');
    await disk.tell('folder');
    await disk.endSearches();
    assert.deepEqual([...disk.known], [at('folder2/other.bib')]);
  });
});

describe('a document that is taken in', () => {
  it('is scanned before the step ends, not when somebody asks what belongs together', () => {
    let scans = 0;
    const counting = languages.map(language => ({
      ...language,
      scan: (text: string) => {
        scans++;
        return language.scan(text);
      },
    }));
    const library = new Library({ formats: [], languages: counting });
    for (let index = 0; index < 5; index++) {
      const steps = library.settingFile(at(`${index}.tex`), `\\input{${index + 1}}`);
      assert.equal(scans, index);
      while (steps.next().done !== true);
    }
    assert.equal(scans, 5);
    library.includeGraph().rootsOf(at('4.tex'));
    assert.equal(scans, 5);
  });
});
