import assert from 'node:assert/strict';
import { addressesOfPaths } from '../../src/server/settingPaths.ts';

describe('paths in settings', () => {
  const folders = ['file:///work/one', 'file:///work/two'];
  const home = 'file:///home/me';
  const cases: readonly (readonly [path: string, addresses: readonly string[]])[] = [
    ['/srv/all refs.bib', ['file:///srv/all%20refs.bib']],
    ['~/refs.bib', ['file:///home/me/refs.bib']],
    ['refs/a.json', ['file:///work/one/refs/a.json', 'file:///work/two/refs/a.json']],
    ['../refs.bib', ['file:///work/refs.bib', 'file:///work/refs.bib']],
    ['C:\\refs\\a.bib', ['file:///c%3A/refs/a.bib']],
    ['refs\\a.bib', ['file:///work/one/refs/a.bib', 'file:///work/two/refs/a.bib']],
    ['file:///srv/a.bib', ['file:///srv/a.bib']],
    ['vscode-vfs://github/me/refs/a.bib', ['vscode-vfs://github/me/refs/a.bib']],
    // Addresses on the network are never read.
    ['https://example.org/refs.bib', []],
    ['HTTP://example.org/refs.bib', []],
    ['ftp://example.org/refs.bib', []],
  ];
  for (const [path, addresses] of cases) {
    it(path, () => {
      assert.deepEqual(addressesOfPaths([path], folders, home), addresses);
    });
  }

  it('mean the machine of a remote workspace', () => {
    const remote = ['vscode-remote://ssh/work/one'];
    assert.deepEqual(addressesOfPaths(['/srv/a.bib', 'b.bib'], remote, undefined), [
      'vscode-remote://ssh/srv/a.bib',
      'vscode-remote://ssh/work/one/b.bib',
    ]);
    assert.deepEqual(addressesOfPaths(['~/a.bib'], remote, undefined), []);
  });
});
