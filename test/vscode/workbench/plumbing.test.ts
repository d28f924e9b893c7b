import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

describe('the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench(join(repository, 'samples'), { file: 'paper.tex' });
  });

  after(async () => {
    await workbench.close();
  });

  it('opens a file, shows what is typed, and saves it', async () => {
    await workbench.placeCursor('\\begin{document}');
    await workbench.press('End', 'Enter');
    await workbench.typeText('Typed here.');
    await workbench.seeText('Typed here.');
    await workbench.save();
    assert.match(await workbench.readFile('paper.tex'), /Typed here\./);
    await workbench.openFile('references.bib');
    assert.match(await workbench.visibleText(), /@article\{lovelace1843/);
  });
});
