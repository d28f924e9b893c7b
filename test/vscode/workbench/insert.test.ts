import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

const portal = '058491227277460bac0d80a2d33f51ea';

describe('inserting citations in the workbench', () => {
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
    await workbench.press('Escape');
    await workbench.runCommand('File: Revert File');
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
  });

  const rows = () => workbench.page.locator('.quick-input-widget .monaco-list-row');

  const count = (chosen: number) =>
    workbench.page.locator('.quick-input-widget .quick-input-count').filter({ hasText: `${String(chosen)} Selected` });

  /** With the arrow, which goes from the box to the list, then from row to row. */
  async function goTo(key: string): Promise<void> {
    const focused = workbench.page
      .locator('.quick-input-widget .monaco-list:focus .monaco-list-row.focused')
      .filter({ hasText: key });
    while (!(await focused.isVisible())) {
      await workbench.press('ArrowDown');
      // The next arrow would leave a list that is still on its way to be entered.
      await focused.waitFor({ timeout: 500 }).catch(() => undefined);
    }
  }

  /** Searches in the picker and checks what is found, with the keys of a multiple choice. */
  async function choose(query: string, key: string, chosen: number): Promise<void> {
    await workbench.page.locator('.quick-input-widget .quick-input-box input').fill(query);
    await rows().filter({ hasText: key }).first().waitFor();
    // The list is the one for this search, when it holds what was chosen before and this reference.
    await workbench.page
      .locator('.quick-input-widget .quick-input-visible-count')
      .filter({ hasText: new RegExp(`^${String(chosen)} Result`) })
      .waitFor({ state: 'attached' });
    await goTo(key);
    await workbench.press('Space');
    await count(chosen).waitFor();
  }

  it('cites several references, each found by another search', async () => {
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Control+Shift+F8');
    await rows().first().waitFor();
    await choose('gillard peer 2015', portal, 1);
    await choose('muler brucken', 'mueller2019', 2);
    // What was chosen stays on top, whatever is searched for.
    const shown = await rows().allInnerTexts();
    assert.ok(shown.some(row => row.includes(portal)) && shown.some(row => row.includes('mueller2019')), shown.join());
    await workbench.screenshot('insert-picker');
    await workbench.press('Enter');
    await workbench.seeText(`\\cite{${portal},mueller2019}`);
    await workbench.press('Control+z');
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
  });

  it('asks for the form and what stands beside the key', async () => {
    await workbench.placeCursor('have tides.');
    await workbench.press('End');
    await workbench.runCommand('Colophon: Insert Citation As');
    await workbench.page.locator('.quick-input-title').filter({ hasText: 'the form is asked for next' }).waitFor();
    await choose('tides', 'okafor2018', 1);
    await workbench.press('Enter');
    await rows().filter({ hasText: '\\textcite' }).waitFor();
    await workbench.screenshot('insert-forms');
    await workbench.pick('\\footcite');
    await workbench.page.locator('.quick-input-widget').filter({ hasText: 'before the citation' }).waitFor();
    await workbench.typeText('see');
    await workbench.press('Enter');
    await workbench.page.locator('.quick-input-widget').filter({ hasText: 'behind it' }).waitFor();
    await workbench.typeText('p. 7');
    await workbench.press('Enter');
    await workbench.seeText('\\footcite[see][p. 7]{okafor2018}');
  });

  const box = () => workbench.page.locator('.quick-input-widget .quick-input-box input');
  const highlighted = (text: string) =>
    workbench.page.locator('.quick-input-widget .monaco-list-row.focused').filter({ hasText: text });

  it('takes what was typed, however soon Enter follows', async () => {
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Control+Shift+F8');
    await rows().first().waitFor();
    await workbench.typeText('okafor tides');
    await workbench.press('Enter');
    await workbench.seeText('have tides.\\cite{okafor2018}');
  });

  it('needs no mouse to choose several', async () => {
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Control+Shift+F8');
    await rows().first().waitFor();
    await box().fill('gillard');
    await workbench.page
      .locator('.quick-input-visible-count')
      .filter({ hasText: /^1 Result/ })
      .waitFor({ state: 'attached' });
    await goTo(portal);
    await workbench.press('Space');
    await count(1).waitFor();
    await workbench.press('ArrowUp');
    await workbench.page.locator('.quick-input-widget .quick-input-box input:focus').waitFor();
    await box().fill('muler brucken');
    await rows().filter({ hasText: 'mueller2019' }).waitFor();
    // What is chosen already is highlighted, so that the next row is the first one found.
    await highlighted(portal).waitFor();
    await workbench.press('ArrowDown');
    await highlighted('mueller2019').waitFor();
    await workbench.press('Space');
    await count(2).waitFor();
    await workbench.press('Enter');
    await workbench.seeText(`\\cite{${portal},mueller2019}`);
  });

  it('comes from the last row back to the first', async () => {
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Control+Shift+F8');
    await rows().first().waitFor();
    await box().fill('20');
    await highlighted('hostile2021').waitFor();
    await workbench.press('ArrowDown');
    while (!(await highlighted('hostile2021').isVisible())) await workbench.press('ArrowDown');
    await workbench.press('Enter');
    await workbench.seeText('have tides.\\cite{hostile2021}');
  });

  it('reaches every row by one arrow, those above what is chosen, too', async () => {
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Control+Shift+F8');
    await rows().first().waitFor();
    await goTo('mueller2019');
    await workbench.press('Space');
    await count(1).waitFor();
    await goTo('hostile2021');
    await workbench.press('Space');
    await count(2).waitFor();
    await workbench.press('Enter');
    await workbench.seeText('have tides.\\cite{mueller2019,hostile2021}');
  });

  it('inserts nothing where the user would rather not', async () => {
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Control+Shift+F8');
    await rows().first().waitFor();
    await workbench.press('Escape');
    await workbench.page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await workbench.page.locator('.tab.active:not(.dirty)').waitFor();
  });
});
