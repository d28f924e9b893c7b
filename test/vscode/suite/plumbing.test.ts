import assert from 'node:assert/strict';
import * as vscode from 'vscode';

describe('the editor test run', () => {
  it('has the workspace open', async () => {
    const files = await vscode.workspace.findFiles('**/*.bib');
    assert.ok(files.length > 0);
  });
});
