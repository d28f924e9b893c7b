import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

describe('the workbench', () => {
  let workbench: Workbench;
  before(async () => {
    workbench = await openWorkbench(join(repository, 'samples'), { file: 'paper.tex' });
  });
  after(() => workbench.close());

  it('opens a file and shows what is typed', async () => {
    await workbench.placeCursor('\\begin{document}');
    await workbench.press('End', 'Enter');
    await workbench.typeText('Typed here.');
    await workbench.seeText('Typed here.');
    await workbench.screenshot('typed');
    assert.match(await workbench.visibleText(), /Typed here\./);
    await workbench.openFile('references.bib');
    await workbench.runCommand('Fold All');
    await workbench.screenshot('bib');
    console.log(await workbench.visibleText());
  });
});
