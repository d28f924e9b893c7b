import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

describe('beside another extension that lists references', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench(join(repository, 'test/vscode/workspace'), {
      file: 'paper.tex',
      others: ['james-yu.latex-workshop'],
    });
  });

  const notice = () =>
    workbench.page.locator('.notifications-toasts').filter({ hasText: 'LaTeX Workshop lists references' });

  /** Asks for the list until it has the reference, because a setting takes its time to the server; the limit of the test ends it. */
  async function listOf(key: string): Promise<void> {
    const row = workbench.page.locator('.suggest-widget.visible .monaco-list-row').filter({ hasText: key });
    for (;;) {
      await workbench.press('Control+Space');
      await workbench.page.locator('.suggest-widget.visible').waitFor();
      if (await row.first().isVisible()) return;
      await workbench.press('Escape');
    }
  }

  after(async () => {
    await workbench.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot(`failed ${this.currentTest.title}`);
  });

  it('leaves the list to it, says so, and still completes where it does not', async () => {
    await notice().waitFor();
    await workbench.screenshot('beside-notice');
    // A hover tells that the server is there.
    await workbench.hoverAt('okafor2018');
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Enter');
    await workbench.typeText('\\cite{holley');
    await workbench.press('Control+Space');
    await workbench.page.locator('.suggest-widget .message').filter({ hasText: 'No suggestions' }).waitFor();
    await workbench.press('Escape', 'Control+z');
  });

  it('offers references as soon as the user wants it', async () => {
    // The toast may have gone by itself.
    await workbench.page.locator('[id="status.notifications"]').click();
    await workbench.page.locator('.notifications-center .monaco-button').filter({ hasText: 'Use Colophon' }).click();
    await workbench.placeCursor('have tides.');
    await workbench.press('End', 'Enter');
    await workbench.typeText('\\cite{holley');
    await listOf('058491227277460bac0d80a2d33f51ea');
    await workbench.screenshot('beside-chosen');
  });
});
