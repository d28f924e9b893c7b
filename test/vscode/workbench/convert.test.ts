import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

const page = 'page.txt';
const key = '7c1d9be2a04f4c5e8b6a3f2d10e97c44';

describe('converting in the workbench', () => {
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
  });

  async function newDocument(language: string): Promise<void> {
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.runCommand('Change Language Mode');
    await workbench.pick(language);
    await workbench.page.locator('.statusbar-item').filter({ hasText: language }).first().waitFor();
    await workbench.page.locator('.editor-group-container.active .editor-instance .view-lines').first().click();
  }

  it('converts a bibliography to a new editor, and tells what could not be carried over', async () => {
    await workbench.openFile('converting.bib');
    await workbench.runCommand('Colophon: Convert Bibliography');
    await workbench.pick('RIS');
    await workbench.screenshot('convert-where');
    await workbench.pick('New Editor');
    const summary = await workbench.notification('converted');
    assert.match(summary, /^2 references converted to RIS\. \d+ values? could not be carried over unchanged\.$/);
    await workbench.seeText('TY  - BOOK');
    await workbench.screenshot('convert-summary');
    await workbench.page.locator('.notification-toast .monaco-button').filter({ hasText: 'Show Details' }).click();
    await workbench.seeText('Conversion to RIS');
    const report = await workbench.visibleText();
    assert.match(report, /converting\.bib/);
    assert.match(report, /lund2012/);
    assert.match(report, /RIS has no field for this:/);
    await workbench.screenshot('convert-report');
  });

  it('converts in place, which one undo takes back', async () => {
    await workbench.openFile('converting.bib');
    const before = await workbench.visibleText();
    await workbench.runCommand('Colophon: Convert Bibliography');
    await workbench.pick('BibTeX');
    await workbench.pick('In Place');
    await workbench.notification('converted to BibTeX');
    await workbench.seeText('journal ');
    await workbench.screenshot('convert-in-place');
    assert.notEqual(await workbench.visibleText(), before);
    await workbench.press('Control+z');
    await workbench.seeText('journaltitle');
    assert.equal(await workbench.visibleText(), before);
  });

  it('replaces no file beside the source unless told to', async () => {
    for (const name of ['converting.ris', 'converting-2.ris']) {
      await workbench.openFile('converting.bib');
      await workbench.runCommand('Colophon: Convert Bibliography');
      await workbench.pick('RIS');
      await workbench.pick('Beside the File');
      if (name === 'converting-2.ris') {
        await workbench.page
          .locator('.monaco-dialog-box')
          .filter({ hasText: 'converting.ris exists already.' })
          .waitFor();
        await workbench.screenshot('convert-exists');
        await workbench.press('Enter');
      }
      await workbench.page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
      assert.match(await workbench.readFile(name), /^TY {2}- JOUR/);
    }
  });

  it('converts the entry around the cursor', async () => {
    await workbench.openFile('references.bib');
    await workbench.placeCursor('Waldverlag');
    await workbench.runCommand('Colophon: Convert Selection');
    await workbench.pick('CSL-JSON');
    await workbench.notification('1 reference converted to CSL-JSON');
    await workbench.seeText('"id": "mueller2019"');
    await workbench.screenshot('convert-selection');
  });

  it('copies an entry as RIS', async () => {
    await workbench.openFile('references.bib');
    await workbench.placeCursor('Waldverlag');
    await workbench.runCommand('Colophon: Copy As');
    await workbench.pick('RIS');
    await workbench.notification('1 reference');
    const copied = await workbench.clipboard();
    assert.match(copied, /^TY {2}- BOOK\r?\nID {2}- mueller2019/);
    assert.match(copied, /AU {2}- Østgård, Søren/);
  });

  it('pastes a whole page as one merged entry', async () => {
    await workbench.setClipboard(await workbench.readFile(page));
    await newDocument('BibTeX');
    await workbench.runCommand('Colophon: Paste As');
    await workbench.pick('BibTeX');
    await workbench.screenshot('paste-page');
    await workbench.pick('Merge into One');
    await workbench.notification('1 reference');
    await workbench.seeText(`@article{${key},`);
    await workbench.screenshot('paste-merged');
    const pasted = await workbench.visibleText();
    assert.equal(pasted.match(/@article/g)?.length, 1);
    assert.match(pasted, /101--119/);
    assert.doesNotMatch(pasted, /Fingerprint|Scopus/);
  });

  it('pastes a whole page as both of its entries', async () => {
    await workbench.setClipboard(await workbench.readFile(page));
    await newDocument('RIS');
    await workbench.runCommand('Colophon: Paste As');
    await workbench.pick('Keep Both');
    await workbench.notification('2 references');
    await workbench.seeText('TY  - JOUR');
    await workbench.screenshot('paste-both');
    assert.equal((await workbench.visibleText()).match(/^TY {2}- JOUR/gm)?.length, 2);
  });

  it('says so when the clipboard holds no reference', async () => {
    await workbench.setClipboard('Nothing to cite here.');
    await workbench.runCommand('Colophon: Paste As');
    await workbench.notification('There is no reference in the clipboard');
    await workbench.screenshot('paste-nothing');
  });

  it('offers the command in the title bar and in the Explorer', async () => {
    await workbench.openFile('records.ris');
    await workbench.page.locator('.editor-actions .action-label[aria-label^="Convert Bibliography"]').first().waitFor();
    const row = workbench.page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: 'records.ris' });
    await row.first().click({ button: 'right' });
    await workbench.page.locator('.monaco-menu .action-label').filter({ hasText: 'Convert Bibliography…' }).waitFor();
    await workbench.screenshot('explorer-menu');
    await workbench.press('Escape');
  });
});
