import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CompletionList } from 'vscode-languageserver-protocol';
import { bundles } from './bundles.ts';
import { startServer } from './runningServer.ts';
import type { RunningServer } from './runningServer.ts';

/** Names of files that mean something in addresses, in TeX or in patterns, and the ways to write them. */
const NAMES: readonly (readonly [name: string, ...written: string[]])[] = [
  ['two words.bib', 'two words.bib', 'two%20words.bib', './two words.bib', '"two words.bib"'],
  ['a#b.bib', 'a#b.bib', 'a\\#b.bib', 'sub/../a#b.bib'],
  ['50% off.bib', '50% off.bib', '50\\% off.bib'],
  ['a%20b.bib', 'a%20b.bib', 'a\\%20b.bib'],
  ['snake_case.bib', 'snake_case.bib', 'snake\\_case.bib'],
  ['this&that.bib', 'this&that.bib', 'this\\&that.bib'],
  ['Müller.bib', 'Müller.bib'],
  ['ключи.bib', 'ключи.bib', '%D0%BA%D0%BB%D1%8E%D1%87%D0%B8.bib'],
  ['literature 文献.bib', 'literature 文献.bib'],
  ['a+b=c;d@e.bib', 'a+b=c;d@e.bib'],
  ['[1] (x) !.bib', '[1] (x) !.bib'],
  ["it's~1.bib", "it's~1.bib"],
  ['sub #no/de ep/x.bib', 'sub #no/de ep/x.bib'],
];

describe('names of files', () => {
  const folders: string[] = [];
  let server: RunningServer;

  before(async function () {
    this.timeout(60_000);
    await bundles();
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon 100% #1 ü ')));
    folders.push(folder);
    NAMES.forEach(([name], index) => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), `@book{key${index}, title = {T}}\n`);
    });
    server = await startServer('ipc', { folder });
    await server.status(status => !status.indexing && status.references === NAMES.length);
  });
  after(async () => {
    await server.stop();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  NAMES.forEach(([name, ...written], index) => {
    for (const [place, target] of written.entries()) {
      it(`${name} as \\addbibresource{${target}}`, async () => {
        assert.deepEqual(await keysSeenFrom(server, `${index}-${place}.tex`, `\\addbibresource{${target}}`), [
          `key${index}`,
        ]);
      });
    }
  });
});

async function keysSeenFrom(server: RunningServer, name: string, preamble: string): Promise<string[]> {
  await server.open(name, 'latex', `${preamble}\n\\cite{`);
  const list = await server.connection.sendRequest<CompletionList | null>('textDocument/completion', {
    textDocument: { uri: server.uri(name) },
    position: { line: 1, character: 6 },
  });
  return (list?.items ?? []).map(item => item.label).sort();
}
