import assert from 'node:assert/strict';
import type { ReadFileResult } from '../../src/protocol/messages.ts';
import { clientFiles } from '../../src/server/clientFiles.ts';
import { decode } from '../../src/text/decode.ts';
import { wholeText } from '../../src/text/fileText.ts';

describe('files as the editor reaches them', () => {
  /** What is read where the editor answers with this, and how often others had their turn meanwhile. */
  async function read(answer: ReadFileResult): Promise<[text: string, pauses: number]> {
    let pauses = 0;
    const pause = (): Promise<void> => {
      pauses++;
      return Promise.resolve();
    };
    const send = <R>(): Promise<R> => Promise.resolve(answer as R);
    const content = await clientFiles(send, pause).read('memfs:/a.bib');
    return [content.kind === 'text' ? wholeText(content.text) : content.kind, pauses];
  }

  it('come as bytes or as letters', async () => {
    const bytes = Buffer.from('@book{müller}');
    assert.deepEqual(await read({ bytes }), ['@book{müller}', 0]);
    assert.deepEqual(await read({ base64: bytes.toString('base64') }), ['@book{müller}', 0]);
    assert.deepEqual(await read(null), ['missing', 0]);
  });

  const text = '@book{müller, title = {Über “Größe” 🎉}}\n'.repeat(60_000);
  const large: [what: string, bytes: Buffer, pauses: number][] = [
    ['UTF-8', Buffer.from(text), 2],
    ['Windows-1252, as only the end tells', Buffer.concat([Buffer.from(text), Buffer.from([0x93, 0xf6])]), 4],
  ];
  for (const [what, bytes, pauses] of large) {
    it(`are decoded part by part: ${what}`, async () => {
      const [decoded, paused] = await read({ bytes });
      assert.ok(decoded === decode(bytes)?.text);
      assert.equal(paused, pauses);
    });
  }

  it('are read no further than what is no text', async () => {
    assert.deepEqual(await read({ bytes: new Uint8Array(8_000_000) }), ['binary', 2]);
  });
});
