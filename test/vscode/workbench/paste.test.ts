import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

describe('pasting and dropping in the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench(join(repository, 'test/vscode/workspace'), { file: 'references.bib' });
    await workbench.hoverAt('mueller2019');
    await workbench.press('Escape');
  });

  after(async () => {
    await workbench.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot(`failed ${this.currentTest.title}`);
    await workbench.runCommand('Notifications: Clear All Notifications');
    await workbench.runCommand('File: Revert File');
    // Reverting takes its time, and what the next test does meanwhile would be reverted, too.
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
  });

  /** With its keys, as a user does it. */
  async function paste(text: string, cursor: string): Promise<void> {
    await workbench.setClipboard(text);
    await workbench.placeCursor(cursor);
    await workbench.press('Control+v');
  }

  it('pastes a record as an entry behind the one that the cursor is in, and back in one step', async () => {
    await workbench.openFile('converting.bib');
    const before = await workbench.visibleText();
    await paste(await workbench.readFile('records.ris'), 'journaltitle');
    await workbench.seeText('@article{okafor2018,');
    await workbench.page.locator('.post-edit-widget').waitFor();
    await workbench.screenshot('paste-option');
    const pasted = await workbench.visibleText();
    assert.match(pasted, /journaltitle\s+= \{Coastal Letters\}/);
    assert.doesNotMatch(pasted, /TY {2}-/);
    await workbench.press('Escape', 'Control+z');
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
    assert.equal(await workbench.visibleText(), before);
  });

  it('offers the other format and plain text', async () => {
    await workbench.openFile('converting.bib');
    await paste(await workbench.readFile('records.ris'), 'journaltitle');
    await workbench.seeText('@article{okafor2018,');
    await workbench.page.locator('.post-edit-widget').click();
    const row = workbench.page
      .locator('.action-widget .monaco-list-row')
      .filter({ hasText: 'Paste as 2 BibTeX Entries' });
    await row.waitFor();
    await workbench.screenshot('paste-options');
    await row.click();
    await workbench.seeText('journal ');
    assert.equal((await workbench.visibleText()).match(/@article\{okafor2018,/g)?.length, 1);
  });

  it('pastes an entry as it is, where it is', async () => {
    await workbench.openFile('converting.bib');
    await paste('@misc{plain,title={As It Is}}', 'Kept where it is.');
    await workbench.seeText('Kept where it is.@misc{plain,title={As It Is}}');
  });

  it('pastes an entry behind the one that it would break, and back in one step', async () => {
    await workbench.openFile('converting.bib');
    const before = await workbench.visibleText();
    await paste('@misc{plain,title={As It Is}}', 'journaltitle');
    await workbench.seeText('@misc{plain,title={As It Is}}');
    await workbench.page.locator('.post-edit-widget').waitFor();
    await workbench.screenshot('paste-behind');
    const pasted = await workbench.visibleText();
    assert.match(pasted, /^@misc\{plain/m);
    assert.equal(pasted.replace('@misc{plain,title={As It Is}}', '').replace(/\s/g, ''), before.replace(/\s/g, ''));
    await workbench.press('Escape', 'Control+z');
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
    assert.equal(await workbench.visibleText(), before);
  });

  it('pastes a record behind the one that it would break', async () => {
    await workbench.openFile('records.ris');
    await paste('TY  - BOOK\nTI  - Apart\nER  - \n', 'Coastal Letters');
    await workbench.seeText('TI  - Apart');
    await workbench.screenshot('paste-behind-ris');
    assert.match(await workbench.visibleText(), /^ER {2}- ?\n+TY {2}- BOOK\nTI {2}- Apart$/m);
  });

  it('leaves out what the document has, says so, and puts it in if wanted', async () => {
    await workbench.openFile('converting.bib');
    await paste('TY  - BOOK\nID  - mine\nAU  - Berg, Ida\nTI  - Harbours\nPY  - 2014\nER  - \n', 'Kept where');
    const told = await workbench.notification('already');
    assert.equal(told, 'This reference is in the document already: mine (as berg2014). It was left out.');
    await workbench.screenshot('paste-known');
    assert.doesNotMatch(await workbench.visibleText(), /\{mine,/);
    await workbench.page.locator('.notification-toast .monaco-button').filter({ hasText: 'Insert Anyway' }).click();
    await workbench.seeText('@book{mine,');
  });

  it('pastes a page as records into a RIS file', async () => {
    await workbench.openFile('records.ris');
    await paste(await workbench.readFile('page.txt'), 'Coastal Letters');
    await workbench.seeText('ID  - 7c1d9be2a04f4c5e8b6a3f2d10e97c44');
    await workbench.screenshot('paste-page-ris');
  });

  it('drops a bibliography into another one', async () => {
    await workbench.openFile('converting.bib');
    const row = workbench.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'records.ris' });
    const from = await row.first().boundingBox();
    const line = await workbench.page
      .locator('.editor-group-container.active .view-line')
      .filter({ hasText: '@article' })
      .first()
      .boundingBox();
    assert.ok(from && line);
    const { mouse, keyboard } = workbench.page;
    await mouse.move(from.x + 40, from.y + from.height / 2);
    await mouse.down();
    await keyboard.down('Shift');
    await mouse.move(line.x + 60, line.y + line.height / 2, { steps: 10 });
    await workbench.screenshot('drop-over');
    await mouse.up();
    await keyboard.up('Shift');
    await workbench.seeText('@article{okafor2018,');
    await workbench.screenshot('drop');
  });

  it('leads from the report to the entry', async () => {
    await workbench.openFile('converting.bib');
    await workbench.runCommand('Colophon: Convert Bibliography');
    await workbench.pick('RIS');
    await workbench.pick('New Editor');
    await workbench.notification('converted');
    await workbench.page.locator('.notification-toast .monaco-button').filter({ hasText: 'Show Details' }).click();
    await workbench.seeText('Conversion to RIS');
    await workbench.screenshot('report');
    await workbench.placeCursor('lund2012', 'before');
    await workbench.runCommand('Open Link');
    await workbench.page.locator('.tab.active[data-resource-name="converting.bib"]').waitFor();
    await workbench.page.locator('.statusbar-item').filter({ hasText: 'Ln 2, Col 1' }).waitFor();
    await workbench.screenshot('report-followed');
  });

  it('leads from the report to a whole value', async () => {
    await workbench.openFile('converting.bib');
    await paste(`\n@book{long,\n  title = {T},\n  sortkey = {${'long '.repeat(100)}end},\n}\n`, 'Kept where it is.');
    await workbench.seeText('@book{long,');
    await workbench.runCommand('Colophon: Convert Bibliography');
    await workbench.pick('RIS');
    await workbench.pick('New Editor');
    await workbench.notification('converted');
    await workbench.page.locator('.notification-toast .monaco-button').filter({ hasText: 'Show Details' }).click();
    await workbench.seeText('all 505 characters');
    await workbench.placeCursor('all 505 characters', 'before');
    await workbench.runCommand('Open Link');
    await workbench.page.locator('.tab.active').filter({ hasText: 'sortkey of long' }).waitFor();
    await workbench.seeText('long end');
    await workbench.screenshot('report-value');
  });
});
