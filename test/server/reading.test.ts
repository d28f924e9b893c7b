import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompletionList } from 'vscode-languageserver-protocol';
import { createReading } from '../../src/server/reading.ts';
import { bundles } from './bundles.ts';
import { startServer } from './runningServer.ts';

describe('an answer while files are read', () => {
  /** Answers how often it was asked; two is enough. */
  const asking = (enough = 2) => {
    let count = 0;
    return [() => ++count, (answer: number) => answer >= enough, { isCancellationRequested: false }] as const;
  };

  it('is asked for anew whenever something came', async () => {
    const reading = createReading();
    const answer = reading.untilEnough(...asking(3));
    reading.came();
    await Promise.resolve();
    reading.came();
    assert.equal(await answer, 3);
  });

  it('is given at once when it is enough, or when all has been read', async () => {
    const reading = createReading();
    assert.equal(await reading.untilEnough(...asking(1)), 1);
    reading.waitingFor(0);
    assert.equal(await reading.untilEnough(...asking(2)), 1);
  });

  it('is not asked for anew when the request was cancelled', async () => {
    const reading = createReading();
    const request = { isCancellationRequested: false };
    const [ask, isEnough] = asking(9);
    const answer = reading.untilEnough(ask, isEnough, request);
    request.isCancellationRequested = true;
    reading.came();
    assert.equal(await answer, 1);
  });

  it('is given when all has been read, however little it is', async () => {
    const reading = createReading();
    reading.expectMore(true);
    const answer = reading.untilEnough(...asking(9));
    reading.waitingFor(0);
    reading.came();
    await Promise.resolve();
    reading.expectMore(false);
    assert.equal(await answer, 3);
  });
});

describe('the first list', () => {
  before(async function () {
    this.timeout(60_000);
    await bundles();
  });

  it('is there as soon as one bibliography has something for it', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon first ')));
    writeFileSync(join(folder, 'named.bib'), '@book{named, title = {Named}}');
    writeFileSync(join(folder, 'other.bib'), '@book{other, title = {Other}}');
    let release: () => void = () => undefined;
    const found = new Promise<void>(done => (release = done));
    const server = await startServer('ipc', { folder, beforeFinding: () => found });
    try {
      const text = '\\addbibresource{named.bib}\\cite{';
      await server.open('paper.tex', 'latex', text);
      const list = await server.connection.sendRequest<CompletionList>('textDocument/completion', {
        textDocument: { uri: server.uri('paper.tex') },
        position: { line: 0, character: text.length },
      });
      assert.deepEqual(
        list.items.map(({ label }) => label),
        ['named'],
      );
    } finally {
      release();
      await server.stop();
      rmSync(folder, { recursive: true });
    }
  });
});
