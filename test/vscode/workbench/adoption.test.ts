import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

describe('citing what the document cannot use yet, in the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench(join(repository, 'test/vscode/workspace'), { file: 'paper.tex' });
    await workbench.hoverAt('okafor2018');
    await workbench.press('Escape');
  });

  after(async () => {
    await workbench.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot(`failed ${this.currentTest.title}`);
  });

  it('copies the accepted reference into the bibliography, says so and leads there; one undo takes it back', async () => {
    const before = await workbench.readFile('references.bib');
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Enter');
    await workbench.typeText('\\cite{lighthouses');
    const [row = ''] = await workbench.suggestions('quist2011lighthouses');
    assert.match(row, /records\.ris/);
    assert.match(await workbench.suggestionDetails(), /To accept it adds it there/);
    await workbench.screenshot('adoption-list');
    assert.equal(await workbench.readFile('references.bib'), before);
    await workbench.acceptSuggestion('quist2011lighthouses');
    await workbench.seeText('\\cite{quist2011lighthouses');
    const told = await workbench.notification('was added to');
    assert.equal(told, 'quist2011lighthouses was added to references.bib.');
    await workbench.screenshot('adoption-told');
    await workbench.page.locator('.notification-list-item .monaco-button').filter({ hasText: 'Show Entry' }).click();
    await workbench.seeText('@book{quist2011lighthouses');
    await workbench.page.locator('.tab.active[data-resource-name="references.bib"]:not(.dirty)').waitFor();
    assert.ok((await workbench.readFile('references.bib')).includes('quist2011lighthouses'));
    // The copy means the same work, so nobody has to be told that the key is there twice.
    await workbench.screenshot('adoption-entry');
    await workbench.press('Control+z');
    await workbench.save();
    assert.equal(await workbench.readFile('references.bib'), before);
  });

  it('takes the citation back by an undo of its own', async () => {
    await workbench.openFile('paper.tex');
    await workbench.placeCursor('have tides.');
    await workbench.press('Control+z');
    await workbench.page
      .locator('.editor-group-container.active .view-line')
      .filter({ hasText: 'quist2011lighthouses' })
      .waitFor({ state: 'detached' });
  });
});
