import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { eventually, openFile, untitled } from '../editor.ts';

const identifier = 'colophon.colophon';

describe('the extension', () => {
  it('is active in a workspace with bibliographies', async () => {
    await openFile('references.bib');
    const extension = vscode.extensions.getExtension(identifier);
    assert.ok(extension, 'the extension is not there');
    await extension.activate();
    assert.equal(extension.isActive, true);
  });

  it('asks to be activated by languages and bibliographies only', () => {
    const manifest = vscode.extensions.getExtension(identifier)?.packageJSON as { activationEvents: string[] };
    assert.deepEqual(
      manifest.activationEvents.filter(event => !/^onLanguage:|^workspaceContains:/.test(event)),
      [],
    );
  });

  it('registers its commands', async () => {
    const all = await vscode.commands.getCommands(true);
    // Those come once the server has started.
    const ofServer = new Set(['colophon.addReferences']);
    const own = all.filter(name => name.startsWith('colophon.') && !ofServer.has(name)).sort();
    assert.deepEqual(own, [
      'colophon.convert',
      'colophon.convertSelection',
      'colophon.copyAs',
      'colophon.insertCitation',
      'colophon.insertCitationAs',
      'colophon.pasteAs',
    ]);
  });

  it('gives bibliographies their languages', async () => {
    assert.equal((await openFile('references.bib')).languageId, 'bibtex');
    assert.equal((await openFile('records.ris')).languageId, 'ris');
  });

  for (const [language, text] of [
    ['bibtex', '@online{doe:2020/a|+b,}'],
    ['ris', 'ID  - doe:2020/a|+b'],
  ] as const) {
    it(`takes a key as one word in ${language}`, async () => {
      const { document, position } = await untitled(language, text);
      // The editor reads the configuration of a language when it first meets it.
      await eventually(
        () => Promise.resolve(document.getText(document.getWordRangeAtPosition(position))),
        word => word === 'doe:2020/a+b',
      );
    });
  }
});
