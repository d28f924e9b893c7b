import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  accepted,
  definitions,
  eventually,
  fileUri,
  hovers,
  labelOf,
  offered,
  openFile,
  placeOf,
  unescaped,
  type Place,
} from '../editor.ts';

/** Documents that cite `mueller2019`, and then search for it by a word of its title. */
const documents: readonly [file: string, written: string][] = [
  ['cite.tex', 'Later \\parencite{mueller2019}'],
  ['cite.Rnw', '\\cite{mueller2019}'],
  ['cite.Rtex', 'Later \\cite{mueller2019}'],
  ['cite.dtx', '% Later \\cite{mueller2019}'],
  ['cite.md', 'Later [@mueller2019]'],
  ['cite.Rmd', 'Later [@mueller2019]'],
  ['cite.typ', 'Later @mueller2019'],
  ['cite.rst', ':cite:p:`mueller2019`'],
  ['cite.org', '[cite:@mueller2019]'],
  ['cite.adoc', 'Later cite:[mueller2019]'],
  ['cite.myst', '{cite:p}`mueller2019`'],
  ['cite.qmd', 'Later [@mueller2019]'],
  ['cite.py', '# Later [@mueller2019]'],
];

/** Those that VS Code has no language for, without the extensions that bring one. */
const languageIds: readonly [file: string, languageId: string][] = [
  ['cite.Rnw', 'rsweave'],
  ['cite.Rtex', 'rsweave'],
  ['cite.dtx', 'doctex'],
  ['cite.Rmd', 'rmd'],
  ['cite.typ', 'typst'],
  ['cite.org', 'org'],
  ['cite.adoc', 'asciidoc'],
  ['cite.myst', 'myst'],
  ['cite.qmd', 'quarto'],
];

describe('languages', () => {
  for (const [file, languageId] of languageIds) {
    it(`${file} is a document of ${languageId}, which starts Colophon`, async () => {
      assert.equal((await openFile(`languages/${file}`)).languageId, languageId);
      const manifest = vscode.extensions.getExtension('colophon.colophon')?.packageJSON as {
        activationEvents: string[];
      };
      assert.ok(manifest.activationEvents.includes(`onLanguage:${languageId}`));
    });
  }

  for (const [file, written] of documents) {
    it(`${file}: offers, shows and finds references`, async () => {
      const document = await openFile(`languages/${file}`);
      const [item] = await eventually(
        () => offered(behind(document, 'bruecken')),
        items => items.some(one => labelOf(one) === 'mueller2019'),
      );
      assert.ok(item);
      assert.equal(labelOf(item), 'mueller2019');
      assert.ok(accepted(behind(document, 'bruecken'), item).includes(written));
      assert.match(unescaped((await hovers(placeOf(document, 'mueller2019')))[0] ?? ''), /Brücken aus Holz/);
      assert.deepEqual(await definitions(placeOf(document, 'mueller2019')), ['references.bib:15']);
    });
  }
});

describe('notebooks', () => {
  it('offer, show and find references in all their cells', async () => {
    const notebook = await vscode.workspace.openNotebookDocument(fileUri('languages/cite.ipynb'));
    const [first, code, last] = notebook.getCells().map(cell => cell.document);
    assert.ok(first && code && last);
    const [item] = await eventually(
      () => offered(behind(last, 'bruecken')),
      items => items.some(one => labelOf(one) === 'mueller2019'),
    );
    assert.ok(item);
    assert.ok(accepted(behind(last, 'bruecken'), item).includes('[@mueller2019]'));
    assert.match(unescaped((await hovers(placeOf(first, 'mueller2019')))[0] ?? ''), /Brücken aus Holz/);
    assert.deepEqual(await definitions(placeOf(first, 'mueller2019')), ['references.bib:15']);
    assert.deepEqual(await offered(behind(code, 'bruecken')), []);
  });
});

/** The place behind a word. */
function behind(document: vscode.TextDocument, word: string): Place {
  const place = placeOf(document, word);
  return { document, position: place.position.translate(0, word.length) };
}
