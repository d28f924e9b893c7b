import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { discard, eventually, hovers, labelOf, offered, openFile, placeOf, replaceText, untitled } from '../editor.ts';

/** A process of the host that runs Colophon's server; undefined while there is none. */
function serverProcess(): ChildProcess | undefined {
  const host = process as NodeJS.Process & { _getActiveHandles(): readonly unknown[] };
  return host
    ._getActiveHandles()
    .filter(isProcess)
    .find(child => child.spawnargs.some(isServer));
}

const isProcess = (handle: unknown): handle is ChildProcess =>
  typeof handle === 'object' && handle !== null && 'spawnargs' in handle && Array.isArray(handle.spawnargs);

const isServer = (argument: string): boolean => /[\\/]dist[\\/]server\.js$/.test(argument);

// In a browser the server is a worker, which nothing outside of it can end.
if (!('importScripts' in globalThis)) {
  describe('a server that is killed', () => {
    it('is started again and knows what is open, unsaved and on disk', async () => {
      const cited = placeOf(await openFile('paper.tex'), 'mueller2019');
      const document = await openFile('converting.bib');
      await replaceText(document, '@book{unsaved,\n  title = {Not on Any Disk},\n  year = 2024,\n}\n');
      const drafted = await untitled('latex', '\\cite{unsaved disk|}');
      const seesDraft = (): Promise<unknown> =>
        eventually(
          async () => (await offered(drafted)).map(labelOf),
          labels => labels[0] === 'unsaved',
        );
      await seesDraft();

      const killed = serverProcess();
      assert.ok(killed, 'there is no server to kill');
      const ended = new Promise(done => killed.once('exit', done));
      killed.kill('SIGKILL');
      await ended;

      await seesDraft();
      await eventually(
        () => hovers(cited),
        found => found.some(text => text.includes('Brücken')),
      );
      const again = serverProcess();
      assert.ok(again && again.pid !== killed.pid, 'it is another process');
      await discard('converting.bib');
    });
  });
}
