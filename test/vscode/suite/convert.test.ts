import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, fileUri, openFile } from '../editor.ts';

describe('converting', () => {
  /** Takes the first choice of every list that the command shows, until a new editor has the result. */
  async function convertToFirstChoices(...files: readonly vscode.Uri[]): Promise<vscode.TextDocument> {
    const before = new Set(vscode.workspace.textDocuments);
    const done = vscode.commands.executeCommand('colophon.convert', files[0], files);
    const result = await eventually(
      async () => {
        await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
        return vscode.workspace.textDocuments.find(document => document.isUntitled && !before.has(document));
      },
      document => document !== undefined,
    );
    await done;
    assert.ok(result);
    return result;
  }

  it('writes records as BibLaTeX into a new editor', async () => {
    await openFile('records.ris');
    const result = await convertToFirstChoices(fileUri('records.ris'));
    assert.equal(result.languageId, 'bibtex');
    assert.match(result.getText(), /@article\{okafor2018,/);
    assert.match(result.getText(), /journaltitle\s*= \{Coastal Letters\}/);
    assert.match(result.getText(), /@book\{quist2011lighthouses,/);
  });

  it('writes several files into one new editor', async () => {
    const result = await convertToFirstChoices(fileUri('records.ris'), fileUri('references.bib'));
    assert.match(result.getText(), /\{okafor2018,/);
    assert.match(result.getText(), /\{mueller2019,/);
  });
});
