import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { discard, eventually, fileUri, labelOf, offered, openFile, writeFile } from '../editor.ts';

const bibliography = '@book{kestrel,\n  author = {Vance, Ada},\n  title = {Kestrels at Dusk},\n  date = {1991},\n}\n';
const records = 'TY  - BOOK\nID  - heron1987\nAU  - Lind, Bo\nTI  - Herons of the Estuary\nPY  - 1987\nER  - \n';

describe('inserting citations', () => {
  const files = 'tex md typ rst org adoc myst bib ris ipynb'.split(' ').map(extension => `inserting.${extension}`);

  beforeEach(async () => {
    await writeFile('inserting.bib', bibliography);
    await writeFile('inserting.ris', records);
  });

  afterEach(async () => {
    for (const name of files) {
      if (vscode.workspace.textDocuments.some(({ uri }) => uri.path === fileUri(name).path)) await discard(name);
      await vscode.workspace.fs.delete(fileUri(name)).then(undefined, () => undefined);
    }
  });

  /** A file in front, with the cursor where the text has `|`, once its references are there. */
  async function write(name: string, marked: string, key: string, from = ''): Promise<vscode.TextEditor> {
    const whole = marked.replace('|', '');
    await writeFile(name, whole);
    const document = await openFile(name);
    // The editor may still have what an earlier test left.
    await eventually(
      () => Promise.resolve(document.getText()),
      text => text === whole,
    );
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor?.document === document);
    const position = document.positionAt(marked.indexOf('|'));
    editor.selection = new vscode.Selection(position, position);
    await eventually(
      () => offered({ document, position }),
      // An earlier test's copy may not be forgotten yet.
      items => items.some(item => labelOf(item) === key && fileOf(item) === from),
    );
    return editor;
  }

  /** The file that a reference would be copied from. */
  const fileOf = ({ label }: vscode.CompletionItem): string =>
    (typeof label === 'string' ? '' : (label.detail ?? '')).split(' · ')[1] ?? '';

  /** Runs the command, which searches for what the document has at the cursor, and takes the first reference. */
  async function insert(editor: vscode.TextEditor, result: string): Promise<void> {
    const done = vscode.commands.executeCommand('colophon.insertCitation');
    await eventually(
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return editor.document.getText();
      },
      text => text === result,
    );
    await done;
  }

  async function undo(editor: vscode.TextEditor): Promise<string> {
    await vscode.window.showTextDocument(editor.document);
    await vscode.commands.executeCommand('undo');
    return editor.document.getText();
  }

  const cases: readonly (readonly [name: string, before: string, after: string])[] = [
    [
      'inserting.tex',
      '\\addbibresource{inserting.bib}\n\\cite{dusk|}\n',
      '\\addbibresource{inserting.bib}\n\\cite{kestrel}\n',
    ],
    [
      'inserting.md',
      '---\nbibliography: inserting.bib\n---\n\nSee @dusk|.\n',
      '---\nbibliography: inserting.bib\n---\n\nSee [@kestrel].\n',
    ],
    [
      'inserting.typ',
      'See #cite(<dusk|>).\n\n#bibliography("inserting.bib")\n',
      'See #cite(<kestrel>).\n\n#bibliography("inserting.bib")\n',
    ],
    [
      'inserting.rst',
      'See :cite:t:`dusk|`.\n\n.. bibliography:: inserting.bib\n',
      'See :cite:t:`kestrel`.\n\n.. bibliography:: inserting.bib\n',
    ],
    [
      'inserting.org',
      '#+bibliography: inserting.bib\n\nSee [cite/t:@dusk|].\n',
      '#+bibliography: inserting.bib\n\nSee [cite/t:@kestrel].\n',
    ],
    [
      'inserting.adoc',
      ':bibtex-file: inserting.bib\n\nSee cite:[dusk|].\n',
      ':bibtex-file: inserting.bib\n\nSee cite:[kestrel].\n',
    ],
    [
      'inserting.myst',
      '---\nbibliography: inserting.bib\n---\n\nSee {cite:t}`dusk|`.\n',
      '---\nbibliography: inserting.bib\n---\n\nSee {cite:t}`kestrel`.\n',
    ],
  ];
  for (const [name, before, after] of cases) {
    it(`writes what the language wants, and back in one step: ${name}`, async () => {
      const editor = await write(name, before, 'kestrel');
      await insert(editor, after);
      assert.equal(await undo(editor), before.replace('|', ''));
    });
  }

  const isCopied = (text: string): boolean => text.includes('@book{heron1987,');
  const bibliographyOnDisk = async (): Promise<string> =>
    new TextDecoder().decode(await vscode.workspace.fs.readFile(fileUri('inserting.bib')));

  it('copies a reference that the document cannot read, and takes it back in one step', async () => {
    const before = '\\addbibresource{inserting.bib}\n\\cite{herons|}\n';
    const editor = await write('inserting.tex', before, 'heron1987', 'inserting.ris');
    assert.equal(await bibliographyOnDisk(), bibliography);
    await insert(editor, before.replace('herons|', 'heron1987'));
    const text = await eventually(bibliographyOnDisk, isCopied);
    assert.ok(text.startsWith(bibliography), text);
    const copied = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(fileUri('inserting.bib')),
    );
    assert.equal(await undo(copied), bibliography);
    assert.equal(await undo(editor), before.replace('|', ''));
  });

  it('does so when such a reference is accepted from the list', async () => {
    const before = '\\addbibresource{inserting.bib}\n\\cite{herons|}\n';
    const editor = await write('inserting.tex', before, 'heron1987', 'inserting.ris');
    await vscode.commands.executeCommand('editor.action.triggerSuggest');
    await eventually(
      async () => {
        await vscode.commands.executeCommand('acceptSelectedSuggestion');
        return editor.document.getText();
      },
      text => text.includes('\\cite{heron1987}'),
    );
    await eventually(bibliographyOnDisk, isCopied);
    const copied = await vscode.window.showTextDocument(
      await vscode.workspace.openTextDocument(fileUri('inserting.bib')),
    );
    assert.equal(await undo(copied), bibliography);
  });

  it('writes into the cell of a notebook', async () => {
    const cells = ['---\nbibliography: inserting.bib\n---\n\nText.', 'See [@dusk].'];
    const json = {
      cells: cells.map(source => ({ cell_type: 'markdown', metadata: {}, source })),
      metadata: {},
      nbformat: 4,
      nbformat_minor: 5,
    };
    await writeFile('inserting.ipynb', JSON.stringify(json));
    const notebook = await vscode.workspace.openNotebookDocument(fileUri('inserting.ipynb'));
    const selections = [new vscode.NotebookRange(1, 2)];
    await vscode.window.showNotebookDocument(notebook, { selections });
    const cell = notebook.cellAt(1).document;
    const editor = await eventually(
      async () => {
        await vscode.commands.executeCommand('notebook.cell.edit');
        return vscode.window.activeTextEditor;
      },
      active => active?.document === cell,
    );
    assert.ok(editor);
    const position = cell.positionAt('See [@dusk'.length);
    editor.selection = new vscode.Selection(position, position);
    await insert(editor, 'See [@kestrel].');
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('has a key that nothing else has', async () => {
    const uri = vscode.Uri.from({ scheme: 'vscode', authority: 'defaultsettings', path: '/keybindings.json' });
    const text = (await vscode.workspace.openTextDocument(uri)).getText();
    assert.match(text, /"key": "ctrl\+f"/);
    const commands = [...text.matchAll(/"key": "([^"]+)",\s*"command": "([^"]+)"/g)].filter(
      match => match[1] === 'ctrl+shift+f8',
    );
    assert.deepEqual(
      commands.map(match => match[2]).filter(command => command !== 'colophon.insertCitation'),
      [],
    );
  });
});
