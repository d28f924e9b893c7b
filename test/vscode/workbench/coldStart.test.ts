import assert from 'node:assert/strict';
import { join } from 'node:path';
import { repository } from '../../../scripts/vscode/install.ts';
import { openWorkbench, type Workbench } from '../../../scripts/vscode/workbench.ts';

describe('a window that has just been opened', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench(join(repository, 'test/vscode/workspace'), { file: 'notes.md' });
  });

  after(async () => {
    await workbench.close();
  });

  it('lists references for the citation that was begun before anything ran', async () => {
    await workbench.placeCursor('# Straits');
    await workbench.press('End', 'Enter');
    await workbench.typeText('See [@');
    const rows = await workbench.suggestions('okafor2018');
    await workbench.screenshot('cold-list');
    assert.ok(rows.length > 4);
    await workbench.typeText('tides');
    await workbench.suggestions('okafor2018');
    await workbench.acceptSuggestion('okafor2018');
    await workbench.seeText('See [@okafor2018');
  });
});
