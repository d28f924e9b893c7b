import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UNUSED_FEATURES } from '../../scripts/build.ts';
import { NOTICES_FILE, notices } from '../../scripts/notices.ts';
import { bundles } from './bundles.ts';
import { startServer } from './runningServer.ts';

describe('the bundles', () => {
  before(async function () {
    this.timeout(60_000);
    await bundles();
  });

  it('are as small as promised', async () => {
    const { sizes } = await bundles();
    for (const client of ['extension.node.js', 'extension.web.js']) {
      assert.ok((sizes.get(client) ?? Infinity) <= 450_000, `${client}: ${sizes.get(client) ?? 'missing'} bytes`);
    }
  });

  it('leave the citation styles to a file of their own', async () => {
    const { outdir } = await bundles();
    for (const file of ['server.js', 'server.web.js', 'extension.node.js', 'extension.web.js']) {
      assert.ok(!readFileSync(join(outdir, file), 'utf8').includes('purl.org/net/xbiblio/csl'), file);
    }
  });

  it('cannot use the network: what could fetch is cut off', async () => {
    const { outdir, inputs } = await bundles();
    assert.deepEqual(
      inputs.filter(input => /node_modules\/(sync-fetch|node-fetch|fetch-ponyfill)\//.test(input)),
      [],
    );
    for (const file of ['server.js', 'server.web.js', 'core.js']) {
      assert.doesNotMatch(readFileSync(join(outdir, file), 'utf8'), /XMLHttpRequest|\bfetch\(/, file);
    }
  });

  it('leave out of the language client only what the server does not do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'colophon capabilities '));
    const server = await startServer('ipc', { folder });
    try {
      const capabilities = Object.keys(server.initialized.capabilities);
      assert.ok(capabilities.includes('completionProvider'));
      const missed = Object.values(UNUSED_FEATURES).filter(capability => capabilities.includes(capability));
      assert.deepEqual(missed, []);
    } finally {
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });

  it('have their notices', async () => {
    const { inputs } = await bundles();
    // `npm run build` writes them.
    assert.equal(readFileSync(NOTICES_FILE, 'utf8'), await notices(inputs));
  });
});
