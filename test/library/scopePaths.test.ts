import assert from 'node:assert/strict';
import {
  folderOf,
  foldersDownTo,
  liesIn,
  matchesPattern,
  notebookOf,
  pathCandidates,
  relativePath,
} from '../../src/library/paths.ts';

describe('paths', () => {
  const folder = 'file:///home/me';
  const cases: [target: string, from: string, expected: string][] = [
    ['a.bib', folder, 'file:///home/me/a.bib'],
    ['./x/../a.bib', folder, 'file:///home/me/a.bib'],
    ['../a.bib', folder, 'file:///home/a.bib'],
    ['../../../../a.bib', folder, 'file:///a.bib'],
    ['a b#c?d.bib', folder, 'file:///home/me/a%20b%23c%3Fd.bib'],
    ['50% ü.bib', folder, 'file:///home/me/50%25%20%C3%BC.bib'],
    ['/abs/a.bib', folder, 'file:///abs/a.bib'],
    ['C:\\Users\\me\\a.bib', 'file:///c%3A/work', 'file:///c%3A/Users/me/a.bib'],
    ['D:/a.bib', 'file:///c%3A/work', 'file:///d%3A/a.bib'],
    ['..\\a.bib', 'file:///c%3A/work', 'file:///c%3A/a.bib'],
    ['\\\\server\\share\\a.bib', 'file://server/share', 'file://server/share/a.bib'],
    ['file:///x/a%20b.bib', folder, 'file:///x/a%20b.bib'],
    ['a.bib', 'vscode-remote://ssh-remote%2Bhost/home/me', 'vscode-remote://ssh-remote%2Bhost/home/me/a.bib'],
    ['/abs/a.bib', 'vscode-remote://ssh-remote%2Bhost/home/me', 'vscode-remote://ssh-remote%2Bhost/abs/a.bib'],
    ['../a.bib', 'vscode-vfs://github/owner/repo', 'vscode-vfs://github/owner/a.bib'],
    ['~/a.bib', folder, 'file:///users/me/a.bib'],
  ];
  for (const [target, from, expected] of cases) {
    it(`${target} from ${from}`, () => {
      assert.equal(pathCandidates(target, [], { folders: [from], home: 'file:///users/me' })[0], expected);
    });
  }

  const ways: [folder: string, address: string, path: string][] = [
    ['file:///home/me', 'file:///home/me/a.bib', 'a.bib'],
    ['file:///home/me/', 'file:///home/me/lib/my%20%231%20%C3%BC.bib', 'lib/my #1 ü.bib'],
    ['file:///home/me/x/y', 'file:///home/me/z/a.bib', '../../z/a.bib'],
    ['file:///home/me', 'file:///srv/a.bib', '../../srv/a.bib'],
    ['file:///', 'file:///srv/a.bib', 'srv/a.bib'],
    ['file:///c%3A/work', 'file:///c%3A/a.bib', '../a.bib'],
    ['file:///c%3A/work', 'file:///d%3A/a.bib', 'd:/a.bib'],
    ['file:///home/me', 'vscode-vfs://github/o/r/a.bib', 'vscode-vfs://github/o/r/a.bib'],
  ];
  for (const [from, address, path] of ways) {
    it(`${path} leads from ${from} to ${address}`, () => {
      assert.equal(relativePath(from, address), path);
      assert.equal(pathCandidates(path, [], { folders: [from] })[0], address);
    });
  }

  it('looks for nothing on a share of the network where the workspace does not lie', () => {
    for (const target of ['\\\\server\\share\\a.bib', '//server/share/a.bib', 'file://server/share/a.bib']) {
      assert.deepEqual(pathCandidates(target, [], { folders: ['file:///c%3A/work'] }), []);
      assert.deepEqual(pathCandidates(target, [], { folders: ['file://other/share'] }), []);
    }
  });

  it('tries extensions and folders in their order', () => {
    assert.deepEqual(pathCandidates('a', ['.bib'], { folders: ['file:///x', 'file:///y'] }), [
      'file:///x/a',
      'file:///y/a',
      'file:///x/a.bib',
      'file:///y/a.bib',
    ]);
    assert.deepEqual(pathCandidates('a.BIB', ['.bib'], { folders: ['file:///x'] }), ['file:///x/a.BIB']);
  });

  it('has no answer for what no address can be', () => {
    assert.deepEqual(pathCandidates('file:////x', [], { folders: [folder] }), []);
    assert.deepEqual(pathCandidates('a%zz', [], { folders: [folder] }), ['file:///home/me/a%25zz']);
    assert.deepEqual(pathCandidates('a', [], { folders: [''] }), []);
  });

  it('climbs to the root and stays there', () => {
    assert.equal(folderOf('file:///a/b.tex'), 'file:///a');
    assert.equal(folderOf('file:///a'), 'file:///');
    assert.equal(folderOf('file:///'), 'file:///');
    assert.equal(folderOf('vscode-remote://host/a'), 'vscode-remote://host');
    assert.equal(folderOf('untitled:Untitled-1'), '');
  });

  it('knows the notebook of a cell, and its folder', () => {
    const cell = 'vscode-notebook-cell:/a%20b/c/n.ipynb#W2sZmlsZQ%3D%3D';
    assert.equal(notebookOf(cell), 'file:///a%20b/c/n.ipynb');
    assert.equal(
      notebookOf('vscode-notebook-cell://ssh/a/n.ipynb#X11sdnNjb2RlLXJlbW90ZQ'),
      'vscode-remote://ssh/a/n.ipynb',
    );
    assert.equal(notebookOf('vscode-notebook-cell:/a/n.ipynb#X1s!'), undefined);
    assert.equal(notebookOf('file:///a/n.ipynb#W2sZmlsZQ'), undefined);
    assert.equal(folderOf(cell), 'file:///a%20b/c');
    assert.equal(liesIn(cell, 'file:///a%20b'), true);
  });

  it('tells the folders above a file', () => {
    assert.deepEqual(foldersDownTo('file:///a/b/c.typ'), ['file:///', 'file:///a', 'file:///a/b']);
    assert.deepEqual(foldersDownTo('file:///a/b/c.typ', 'file:///a'), ['file:///a', 'file:///a/b']);
    assert.deepEqual(foldersDownTo('vscode-vfs://github/o/r/a.typ', 'file:///x'), [
      'vscode-vfs://github/o',
      'vscode-vfs://github/o/r',
    ]);
    assert.deepEqual(foldersDownTo('untitled:Untitled-1'), []);
  });

  it('tells what lies in a folder', () => {
    assert.equal(liesIn('file:///a/b/c', 'file:///a'), true);
    assert.equal(liesIn('file:///ab/c', 'file:///a'), false);
    assert.equal(liesIn('file:///a/b', 'file:///'), true);
  });

  const patterns: [pattern: string, path: string, matches: boolean][] = [
    ['/a/*.bib', '/a/x.bib', true],
    ['/a/*.bib', '/a/b/x.bib', false],
    ['/*/x.bib', '/a/x.bib', true],
    ['/a/?.bib', '/a/xy.bib', false],
    ['/a/[xy]*', '/a/yes.bib', true],
    ['/a/[xy]*', '/a/no.bib', false],
    ['/a/x[.bib', '/a/x[.bib', true],
    ['/a/[a-f-]x', '/a/ex', true],
    ['/a/[a-f-]x', '/a/-x', true],
    ['/a/[a-f]x', '/a/gx', false],
    ['/a/[!a-f]x', '/a/gx', true],
    ['/a/[!a-f]x', '/a/ax', false],
    ['/a/[!]x', '/a/!x', true],
    ['*', 'a/b', false],
    ['/a/**/*.bib', '/a/x.bib', true],
    ['/a/**/*.bib', '/a/b/c/x.bib', true],
    ['/a/**/c/*.bib', '/a/c/b/c/x.bib', true],
    ['/a/**/c/*.bib', '/a/b/x.bib', false],
    ['/a/**', '/a/b/c', true],
    ['/a/**b', '/a/c/b', false],
  ];
  for (const [pattern, path, matches] of patterns) {
    it(`${pattern} ${matches ? 'is' : 'is not'} ${path}`, () => {
      assert.equal(matchesPattern(path, pattern), matches);
    });
  }

  it('comes to an end with a hostile pattern', () => {
    assert.equal(matchesPattern('a'.repeat(5000), `${'*a'.repeat(50)}b`), false);
    assert.equal(matchesPattern('a/'.repeat(5000), `${'**/a/'.repeat(50)}b`), false);
  });
});
