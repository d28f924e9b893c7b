import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

const portal = '058491227277460bac0d80a2d33f51ea';

describe('citing in the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench(join(repository, 'test/vscode/workspace'), { file: 'paper.tex' });
    // The first hover waits until the language server answers.
    await workbench.hoverAt('okafor2018');
    await workbench.press('Escape');
  });

  after(async () => {
    await workbench.close();
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot(`failed ${this.currentTest.title}`);
  });

  async function newLineAfter(text: string): Promise<void> {
    await workbench.placeCursor(text);
    await workbench.press('End', 'Enter');
  }

  it('opens the list at \\cite{, keeps it open across spaces, and puts the key in', async () => {
    await newLineAfter('have tides.');
    await workbench.typeText('\\cite{');
    assert.ok((await workbench.suggestions()).length > 4);
    await workbench.screenshot('latex-list');
    await workbench.typeText('gillard peer 2015');
    const [first = ''] = await workbench.suggestions(portal);
    assert.match(first, new RegExp(`^${portal}`));
    assert.match(await workbench.suggestionDetails(), /Compares how three kinds of organisations/);
    await workbench.screenshot('latex-search');
    await workbench.acceptSuggestion(portal);
    // Whether the editor has closed the brace depends on when it read the configuration of the language.
    await workbench.seeText(`\\cite{${portal}`);
  });

  it('opens the list for the next key of the command', async () => {
    await workbench.typeText(', ');
    const keys = await workbench.suggestions('mueller2019');
    assert.equal(
      keys.some(row => row.startsWith(portal)),
      false,
    );
    await workbench.typeText('muller');
    await workbench.suggestions('mueller2019');
    await workbench.acceptSuggestion('mueller2019');
    await workbench.seeText(`\\cite{${portal}, mueller2019`);
  });

  it('replaces the whole key from the middle of it', async () => {
    await newLineAfter('\\printbibliography');
    await workbench.typeText('\\cite{');
    await workbench.typeText('mueXYZ');
    await workbench.press('ArrowLeft', 'ArrowLeft', 'ArrowLeft', 'Control+Space');
    await workbench.suggestions('mueller2019');
    await workbench.acceptSuggestion('mueller2019');
    await workbench.seeText('\\cite{mueller2019');
    assert.doesNotMatch(await workbench.visibleText(), /XYZ/);
  });

  it('hovers over the second of two keys', async () => {
    const card = await workbench.hoverAt(portal);
    await workbench.screenshot('latex-hover');
    assert.match(card, /Gillard, S\., Holley, J\./);
    assert.match(card, /Compares how three kinds of organisations/);
    assert.match(card, /peer support/);
    assert.match(card, /10\.1007\/s10488-014-0603-z/);
    await workbench.press('Escape');
  });

  it('opens the list at [@ in Markdown, with the settings of a new VS Code', async () => {
    await workbench.openFile('notes.md');
    await newLineAfter('# Straits');
    await workbench.typeText('See [@');
    assert.ok((await workbench.suggestions()).length > 4);
    await workbench.typeText('gillard peer 2015');
    assert.match((await workbench.suggestions(portal))[0] ?? '', new RegExp(`^${portal}`));
    await workbench.screenshot('markdown-search');
    await workbench.acceptSuggestion(portal);
    await workbench.seeText(`See [@${portal}`);
  });

  it('opens the list at a bare @ in Markdown', async () => {
    await workbench.press('End');
    await workbench.typeText(' and @');
    assert.ok((await workbench.suggestions()).length > 4);
    await workbench.typeText('tides');
    await workbench.suggestions('okafor2018');
    await workbench.screenshot('markdown-bare');
    await workbench.acceptSuggestion('okafor2018');
    await workbench.seeText('and @okafor2018');
  });

  it('stays quiet while an e-mail address is typed', async () => {
    await workbench.press('End');
    await workbench.typeText(' or write to tides@example');
    await workbench.seeText('tides@example');
    assert.equal(await workbench.page.locator('.suggest-widget.visible').isVisible(), false);
  });

  it('follows a citation to its entry', async () => {
    await workbench.placeCursor('@okafor2018', 'before');
    await workbench.press('ArrowRight', 'ArrowRight', 'F12');
    await workbench.seeText('Okafor, Ngozi');
    assert.match(await workbench.visibleText(), /^TY {2}- JOUR/);
  });

  it('shows the outline and the problems of a broken bibliography', async () => {
    await workbench.openFile('broken.bib');
    await workbench.page.locator('.squiggly-error').first().waitFor();
    await workbench.runCommand('Problems: Focus on Problems View');
    await workbench.page.locator('.markers-panel-container .monaco-list-row').nth(1).waitFor();
    await workbench.screenshot('broken');
    await workbench.runCommand('View: Toggle Panel Visibility');
  });
});
