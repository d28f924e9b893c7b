import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const folder = 'test/grammars';
const program = createRequire(__filename).resolve('vscode-tmgrammar-test/dist/unit.js');

describe('grammars', () => {
  const files = readdirSync(folder).filter(name => name.endsWith('.test'));

  it('have tests', () => {
    assert.ok(files.length > 1);
  });

  for (const name of files) {
    it(`colour ${name} as marked there`, () => {
      const run = spawnSync(process.execPath, [program, join(folder, name)], { encoding: 'utf8' });
      assert.equal(run.status, 0, run.stdout + run.stderr);
    });
  }
});
