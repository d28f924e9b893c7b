import { join } from 'node:path';
import { build } from './build.ts';
import { repository } from './vscode/install.ts';
import { openWorkbench, type Workbench } from './vscode/workbench.ts';

/** `npm run pictures`: remakes the pictures of the README from a real VS Code on the samples. */
async function main(): Promise<void> {
  await build();
  await inWorkbench('paper.tex', cite);
  await inWorkbench('paper.tex', check);
  await inWorkbench('references.bib', convert);
}

/** Nothing but the editor, and no help beside the one that the picture is about. */
const settings = {
  'workbench.colorTheme': 'Default Light Modern',
  'workbench.activityBar.location': 'hidden',
  'workbench.statusBar.visible': false,
  'workbench.layoutControl.enabled': false,
  'workbench.editor.editorActionsLocation': 'default',
  'window.commandCenter': false,
  'window.customTitleBarVisibility': 'never',
  'breadcrumbs.enabled': false,
  'editor.fontSize': 13,
  'editor.lineHeight': 20,
  'editor.wordWrap': 'off',
  'editor.scrollbar.vertical': 'hidden',
  'editor.scrollbar.horizontal': 'hidden',
  'editor.guides.indentation': false,
  'editor.overviewRulerBorder': false,
  'editor.hideCursorInOverviewRuler': true,
  'editor.renderLineHighlight': 'none',
  'editor.occurrencesHighlight': 'off',
};

async function inWorkbench(file: string, take: (workbench: Workbench) => Promise<void>): Promise<void> {
  const workbench = await openWorkbench(join(repository, 'samples'), {
    file,
    settings,
    width: 1000,
    height: 445,
    scale: 1.2,
    pictures: join(repository, 'resources/pictures'),
  });
  try {
    await workbench.runCommand('View: Toggle Primary Side Bar Visibility');
    await workbench.page.locator('.explorer-folders-view').waitFor({ state: 'hidden' });
    await take(workbench);
  } finally {
    await workbench.close();
  }
}

async function cite(workbench: Workbench): Promise<void> {
  await workbench.hoverAt('lovelace1843');
  await workbench.press('Escape');
  await workbench.placeCursor('\\section{An engine that was never built}');
  await workbench.press('End', 'Enter', 'Enter');
  await workbench.typeText('\\textcite{turing comput');
  await workbench.suggestions('turing1936');
  await workbench.suggestionDetails();
  // The details take the height they need only when the list opens with them.
  await workbench.press('Escape', 'Control+Space');
  await workbench.suggestions('turing1936');
  await workbench.page.locator('.suggest-details').filter({ hasText: 'learning machines' }).waitFor();
  await workbench.screenshot('cite');
}

async function check(workbench: Workbench): Promise<void> {
  await workbench.placeCursor('\\begin{document}');
  for (let line = 0; line < 14; line++) await workbench.press('Control+ArrowDown');
  await workbench.hoverAt('turing1936');
  await workbench.screenshot('check');
}

async function convert(workbench: Workbench): Promise<void> {
  await workbench.hoverAt('lovelace1843');
  await workbench.press('Escape');
  await workbench.runCommand('Colophon: Convert Bibliography');
  await workbench.pick('RIS');
  await workbench.pick('New Editor');
  await workbench.notification('converted to RIS');
  await workbench.screenshot('convert');
}

main().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
