import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  discard,
  eventually,
  fileUri,
  labelOf,
  offered,
  openFile,
  placeOf,
  problems,
  replaceText,
  untitled,
  writeFile,
  type Place,
} from '../editor.ts';

const entry = (key: string): string => `@book{${key},\n  title = {A Book of Changes},\n  year = 2024,\n}\n`;

/** It names no bibliography, so it sees those of its folder. */
async function citation(): Promise<Place> {
  const { document, position } = placeOf(await openFile('changes.tex'), '2024}');
  return { document, position: position.translate(0, 4) };
}

describe('changes', () => {
  /** Waits until the books of changes that completion offers are these. */
  async function seeKeys(...keys: readonly string[]): Promise<void> {
    const wanted = [...keys].sort().join();
    await eventually(
      async () => (await offered(await citation())).map(labelOf).sort().join(),
      found => found === wanted,
    );
  }

  afterEach(async () => {
    for (const name of ['changing.bib', 'renamed.bib', 'changing.bib.new']) {
      await vscode.workspace.fs.delete(fileUri(name)).then(undefined, () => undefined);
    }
    await seeKeys();
  });

  it('sees a bibliography that is written, changed and deleted on disk', async () => {
    await writeFile('changing.bib', entry('first'));
    await seeKeys('first');
    await writeFile('changing.bib', entry('first') + entry('second'));
    await seeKeys('first', 'second');
    await vscode.workspace.fs.delete(fileUri('changing.bib'));
    await seeKeys();
  });

  it('sees a large bibliography, and sees it again', async () => {
    const rest = `% ${'much more '.repeat(100_000)}\n`;
    await writeFile('changing.bib', rest + entry('large'));
    await seeKeys('large');
    await writeFile('changing.bib', rest + entry('larger'));
    await seeKeys('larger');
  });

  it('sees a bibliography that a tool writes under another name and moves into place', async () => {
    await writeFile('changing.bib', entry('before'));
    await seeKeys('before');
    await writeFile('changing.bib.new', entry('after'));
    await vscode.workspace.fs.rename(fileUri('changing.bib.new'), fileUri('changing.bib'), { overwrite: true });
    await seeKeys('after');
  });

  it('sees a bibliography that is renamed', async () => {
    await writeFile('changing.bib', entry('kept'));
    await seeKeys('kept');
    const edit = new vscode.WorkspaceEdit();
    edit.renameFile(fileUri('changing.bib'), fileUri('renamed.bib'));
    assert.ok(await vscode.workspace.applyEdit(edit), 'the file could not be renamed');
    await seeKeys('kept');
    await vscode.workspace.fs.delete(fileUri('renamed.bib'));
    await seeKeys();
  });

  it('sees what is not saved yet, and forgets it when it is discarded', async () => {
    await writeFile('open.bib', entry('saved'));
    await seeKeys('saved');
    const document = await openFile('open.bib');
    await replaceText(document, entry('unsaved'));
    await seeKeys('unsaved');
    await discard('open.bib');
    await seeKeys('saved');
    // The editor keeps the document for a while, so deleting the file would not yet take its references away.
    await writeFile('open.bib', '% empty');
  });

  it('reports a bibliography that does not exist, until it does', async () => {
    const { uri } = await openFile('missing.tex');
    const [problem] = await problems(uri, found => found.length > 0);
    assert.ok(problem);
    assert.match(problem.message, /“nowhere” does not exist/);
    assert.equal(problem.range.start.line, 1);
    assert.equal(problem.severity, vscode.DiagnosticSeverity.Warning);
    await writeFile('nowhere.bib', entry('here'));
    try {
      await problems(uri, found => found.length === 0);
    } finally {
      await vscode.workspace.fs.delete(fileUri('nowhere.bib'));
    }
    await problems(uri, found => found.length > 0);
  });

  it('names a bibliography in a document that names none, in one step to undo', async () => {
    const text = '\\documentclass{article}\n\\begin{document}\n\\cite{first}\n\\end{document}\n';
    await writeFile('changing.bib', entry('first'));
    await writeFile('unnamed.tex', text);
    try {
      const document = await openFile('unnamed.tex');
      const [problem] = await problems(document.uri, found => found.length > 0);
      assert.ok(problem);
      assert.match(problem.message, /“first” is in changing\.bib/);
      const [action] = await vscode.commands.executeCommand<vscode.CodeAction[]>(
        'vscode.executeCodeActionProvider',
        document.uri,
        problem.range,
        vscode.CodeActionKind.QuickFix.value,
      );
      assert.equal(action?.title, 'Name changing.bib in unnamed.tex');
      assert.ok(action.edit && (await vscode.workspace.applyEdit(action.edit)));
      assert.match(document.getText(), /\n\\bibliography\{changing\}\n\\end/);
      await problems(document.uri, found => found.length === 0);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), text);
    } finally {
      await discard('unnamed.tex');
      await vscode.workspace.fs.delete(fileUri('unnamed.tex'));
    }
  });

  it('reports in a file of the project what it names in vain, and sees what is not saved there', async () => {
    await writeFile('book/_quarto.yml', 'bibliography: nowhere.bib\n');
    await writeFile('book/chapter.qmd', 'See [@mueller2019].\n');
    try {
      await openFile('book/chapter.qmd');
      const uri = fileUri('book/_quarto.yml');
      const [problem] = await problems(uri, found => found.length > 0);
      assert.match(problem?.message ?? '', /“nowhere\.bib” does not exist/);
      assert.equal(problem?.range.start.character, 14);
      const project = await openFile('book/_quarto.yml');
      await replaceText(project, 'bibliography: ../references.bib\n');
      await problems(uri, found => found.length === 0);
      await discard('book/_quarto.yml');
      await problems(uri, found => found.length > 0);
    } finally {
      await vscode.workspace.fs.delete(fileUri('book'), { recursive: true });
    }
  });

  it('reports a broken entry, and offers its neighbours', async () => {
    const { uri } = await openFile('broken.bib');
    const found = await problems(uri, list => list.length > 0);
    assert.ok(
      found.every(({ range }) => range.start.line >= 6 && range.end.line <= 11),
      `a problem outside the broken entry: ${JSON.stringify(found)}`,
    );
    const labels = (await offered(await untitled('latex', '\\cite{whole|}'))).map(labelOf).sort();
    assert.deepEqual(labels, ['after2001', 'before1999']);
  });
});
