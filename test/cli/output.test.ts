import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileOutput } from '../../src/cli/output.ts';

describe('a file that is written', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'colophon-output-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('leaves nothing behind when it cannot get its name', async () => {
    const output = fileOutput(join(folder, 'refs.ris'));
    await output.write('text');
    mkdirSync(join(folder, 'refs.ris'));
    await assert.rejects(async () => output.keep());
    output.discard();
    assert.deepEqual(readdirSync(folder), ['refs.ris']);
  });

  it('stays when it is discarded after it was kept', async () => {
    const output = fileOutput(join(folder, 'losses.json'));
    await output.write('[]');
    await output.keep();
    output.discard();
    assert.deepEqual(readdirSync(folder), ['losses.json']);
  });

  it('may be a device, kept or not', async () => {
    const output = fileOutput(devNull);
    await output.write('text');
    await output.keep();
    output.discard();
    fileOutput(devNull).discard();
  });
});
