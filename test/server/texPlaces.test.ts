import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { nodeFilesIn } from '../../src/server/nodeFiles.ts';
import { createTexFolders } from '../../src/server/texPlaces.ts';
import type { TexPlaces } from '../../src/library/searchPlaces.ts';

const refuse = (): void => {
  assert.equal('asked', 'never');
};
const logger = { info: refuse, warn: refuse, error: refuse };

describe('folders of TeX', () => {
  /** What is looked through, with `//` for a tree, and `|` between bibliographies and documents. */
  async function lookedThrough(variables: Record<string, string>, isMac = false): Promise<string> {
    const asked: string[] = [];
    const tex = {
      variable: (name: string) => variables[name],
      isMac,
      filesIn: (folder: string, { extensions, isTree }: { extensions: readonly string[]; isTree: boolean }) => {
        asked.push(`${extensions[0] === '.bib' ? '' : 'tex '}${folder}${isTree ? '//' : ''}`);
        return Promise.resolve([]);
      },
    };
    await createTexFolders({ tex, home: 'file:///home/me' }, ['file:///work'], logger, refuse).look();
    return asked.join(' ');
  }
  const cases: [what: string, variables: Record<string, string>, expected: string][] = [
    ['nothing', {}, 'file:///home/me/texmf/bibtex/bib// tex file:///home/me/texmf/tex//'],
    [
      'BIBINPUTS',
      { BIBINPUTS: '.:~/bib:/srv/bib//:../shared:' },
      'file:///home/me/bib file:///srv/bib// file:///shared file:///home/me/texmf/bibtex/bib// tex file:///home/me/texmf/tex//',
    ],
    [
      'TEXINPUTS and TEXMFHOME',
      { TEXINPUTS: '/srv/tex:', TEXMFHOME: '/my/texmf' },
      'file:///my/texmf/bibtex/bib// tex file:///srv/tex tex file:///my/texmf/tex//',
    ],
  ];
  for (const [what, variables, expected] of cases) {
    it(`are those of ${what}`, async () => {
      assert.equal(await lookedThrough(variables), expected);
    });
  }

  it('are elsewhere on a Mac', async () => {
    assert.match(await lookedThrough({}, true), /^file:\/\/\/home\/me\/Library\/texmf\/bibtex\/bib\/\/ /);
  });

  it('are none in a browser', async () => {
    const folders = createTexFolders({ home: undefined }, ['file:///work'], logger, refuse);
    await folders.look();
    assert.deepEqual(folders.places, { bibliographies: [], documents: [] });
  });

  it('are told once for the same files', async () => {
    const told: TexPlaces[] = [];
    const tex = {
      variable: () => '/srv/bib',
      isMac: false,
      filesIn: (folder: string) => Promise.resolve([`${folder}/a.bib`]),
    };
    const folders = createTexFolders({ tex, home: undefined }, [], logger, places => told.push(places));
    await folders.look();
    await folders.look();
    assert.equal(told.length, 1);
    assert.equal(folders.places.bibliographies[0]?.below?.get('a.bib')?.[0], 'file:///srv/bib/a.bib');
  });
});

describe('files of a folder on the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-'));
  const address = pathToFileURL(folder).href;
  before(() => {
    for (const name of ['a.bib', 'x/b.BIB', 'x/y/c.bib', 'x/no.txt', '.git/no.bib']) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), '');
    }
    symlinkSync(folder, join(folder, 'x', 'loop'));
  });
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const names = async (isTree: boolean): Promise<string[]> =>
    (await nodeFilesIn(address, { extensions: ['.bib'], isTree })).map(uri => uri.slice(address.length + 1)).sort();

  it('are those of the folder itself', async () => {
    assert.deepEqual(await names(false), ['a.bib']);
  });

  it('are those of the tree, once', async () => {
    assert.deepEqual(await names(true), ['a.bib', 'x/b.BIB', 'x/y/c.bib']);
  });

  it('are none where there is no such folder', async () => {
    assert.deepEqual(await nodeFilesIn(`${address}/none`, { extensions: ['.bib'], isTree: true }), []);
    assert.deepEqual(await nodeFilesIn('vscode-vfs://github/x', { extensions: ['.bib'], isTree: true }), []);
  });
});
