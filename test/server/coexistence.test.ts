import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompletionList, Hover, LocationLink } from 'vscode-languageserver-protocol';
import type { FindReferencesResult } from '../../src/protocol/citing.ts';
import { bundles } from './bundles.ts';
import { startServer } from './runningServer.ts';
import type { RunningServer } from './runningServer.ts';

const REFS = '@book{kestrel,\n  title = {Kestrels},\n}\n';

/** Documents that cite the only reference and go on to cite, by the extensions that list references in them. */
const documents: readonly (readonly [file: string, languageId: string, before: string, others: readonly string[]])[] = [
  ['a.tex', 'latex', '\\cite{kestrel} \\cite{', ['james-yu.latex-workshop']],
  ['a.md', 'markdown', '@kestrel [@', ['notzaki.pandocciter']],
  ['a.Rmd', 'rmd', '@kestrel [@', ['notzaki.pandocciter']],
  ['a.qmd', 'quarto', '@kestrel [@', ['quarto.quarto', 'notzaki.pandocciter']],
  ['a.typ', 'typst', '@kestrel @', ['myriad-dreamin.tinymist']],
  ['a.rst', 'restructuredtext', ':cite:`kestrel` :cite:`', []],
  ['a.org', 'org', '[cite:@kestrel] [cite:@', []],
  ['a.adoc', 'asciidoc', 'cite:[kestrel] cite:[', []],
  ['a.myst', 'myst', '@kestrel {cite}`', []],
];
const everyOther = ['james-yu.latex-workshop', 'quarto.quarto', 'notzaki.pandocciter', 'myriad-dreamin.tinymist'];
const settings = 'latex markdown quarto typst restructuredText org asciidoc myst'.split(' ');

describe('beside other extensions', () => {
  const running: RunningServer[] = [];
  let folder = '';

  before(async function () {
    this.timeout(60_000);
    await bundles();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon beside ')));
    writeFileSync(join(folder, 'refs.bib'), REFS);
  });
  afterEach(() => Promise.all(running.splice(0).map(server => server.stop())));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(choice: string): Promise<RunningServer> {
    const completion = Object.fromEntries(settings.map(language => [language, choice]));
    const server = await startServer('ipc', { folder, settings: { completion } });
    running.push(server);
    await server.status(status => !status.indexing && status.references === 1);
    for (const [file, languageId, text] of documents) await server.open(file, languageId, text);
    return server;
  }

  /** The documents in which references are listed. */
  async function listing(server: RunningServer, others: readonly string[]): Promise<string[]> {
    await server.connection.sendNotification('colophon/others', { ids: others });
    const found: string[] = [];
    for (const [file, , text] of documents) {
      const list = await server.connection.sendRequest<CompletionList | null>('textDocument/completion', {
        textDocument: { uri: server.uri(file) },
        position: { line: 0, character: text.length },
      });
      if (list?.items.some(({ label }) => label === 'kestrel')) found.push(file);
    }
    return found;
  }

  const all = documents.map(([file]) => file);

  it('lists nothing where one of them does, by itself', async () => {
    const server = await start('auto');
    assert.deepEqual(await listing(server, []), all);
    for (const other of everyOther) {
      const left = documents.filter(([, , , others]) => !others.includes(other)).map(([file]) => file);
      assert.deepEqual(await listing(server, [other]), left, other);
    }
  });

  it('lists everywhere or nowhere where the user says so', async () => {
    assert.deepEqual(await listing(await start('on'), everyOther), all);
    assert.deepEqual(await listing(await start('off'), []), []);
  });

  it('shows, leads to and inserts references all the same', async () => {
    const server = await start('off');
    await server.connection.sendNotification('colophon/others', { ids: everyOther });
    for (const [file, , text] of documents) {
      const document = { uri: server.uri(file) };
      const at = { textDocument: document, position: { line: 0, character: text.indexOf('kestrel') + 2 } };
      const hover = await server.connection.sendRequest<Hover | null>('textDocument/hover', at);
      assert.match((hover?.contents as { value: string } | undefined)?.value ?? '', /Kestrels/, file);
      const links = await server.connection.sendRequest<LocationLink[]>('textDocument/definition', at);
      assert.equal(links[0]?.targetUri, server.uri('refs.bib'), file);
      const asked = { document, position: { line: 0, character: text.length }, query: 'kestrels' };
      const found = await server.connection.sendRequest<FindReferencesResult>('colophon/findReferences', asked);
      assert.deepEqual(
        found?.references.map(({ key }) => key),
        ['kestrel'],
        file,
      );
    }
  });
});
