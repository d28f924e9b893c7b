import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionList, DocumentSymbol, Hover, LocationLink } from 'vscode-languageserver-protocol';
import { bundles } from './bundles.ts';
import { startServer, type RunningServer } from './runningServer.ts';

const item = (id: string): string => `{ "id": "${id}", "type": "book", "title": "About ${id}" }`;

/** One bibliography of each format, named so that only a document that names it leads there. */
const files: Readonly<Record<string, string>> = {
  'mine.bib': '@book{inbib,\n  title = {About inbib},\n}\n',
  'mine.ris': 'TY  - BOOK\nID  - inris\nTI  - About inris\nER  - \n',
  'mine.json': `[\n  ${item('injson')},\n  ${item('other')}\n]\n`,
  'mine.yaml': 'references:\n- id: inyaml\n  type: book\n  title: About inyaml\n',
  'works.yml': 'inhayagriva:\n  type: book\n  title: About inhayagriva\n',
  'mine.nbib': 'PMID- 1\nTI  - About innbib\nOID - Key: innbib\n',
  'mine.enw': '%0 Book\n%T About inenw\n%F inenw\n',
  'mine.xml':
    '<xml><records><record><ref-type name="Book">6</ref-type><titles><title>About inxml</title></titles><label>inxml</label></record></records></xml>\n',
};
const keys = ['inbib', 'inris', 'injson', 'inyaml', 'inhayagriva', 'innbib', 'inenw', 'inxml'];

describe('bibliographies of every format, over the server', () => {
  const running: RunningServer[] = [];
  const folders: string[] = [];

  before(async function () {
    this.timeout(60_000);
    await bundles();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map(server => server.stop()));
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  const document = `---\nbibliography: [${Object.keys(files).join(', ')}]\n---\n${keys.map(key => `@${key}`).join('\n')}\n`;

  it('counts where a setting names it, and outlines each', async () => {
    const [workspace, elsewhere] = ['workspace', 'elsewhere'].map(name => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), `colophon ${name} `)));
      folders.push(folder);
      return folder;
    });
    assert.ok(workspace !== undefined && elsewhere !== undefined);
    const names = Object.keys(files);
    // Absolute and, from the folder of the workspace, relative.
    const inside = new Set(['mine.bib', 'mine.json', 'works.yml']);
    const folderOf = (name: string): string => (inside.has(name) ? workspace : elsewhere);
    for (const [name, content] of Object.entries(files)) writeFileSync(join(folderOf(name), name), content);
    const bibliographies = names.map(name => (inside.has(name) ? name : join(elsewhere, name)));
    const server = await startServer('ipc', { folder: workspace, settings: { bibliographies } });
    running.push(server);
    await server.open('paper.md', 'markdown', `${keys.map(key => `@${key}`).join('\n')}\n`);
    await server.status(status => !status.indexing && status.references === keys.length + 1);
    for (const [index, key] of keys.entries()) {
      const name = names[index] ?? '';
      const textDocument = { uri: pathToFileURL(join(folderOf(name), name)).href };
      const at = { textDocument: { uri: server.uri('paper.md') }, position: { line: index, character: 3 } };
      const [link] = await server.connection.sendRequest<LocationLink[]>('textDocument/definition', at);
      assert.equal(link?.targetUri, textDocument.uri, key);
      const symbols = await server.connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', {
        textDocument,
      });
      assert.equal(symbols[0]?.name, key);
      assert.deepEqual(symbols[0].selectionRange, link.targetSelectionRange);
    }
  });

  for (const host of ['ipc', 'worker'] as const) {
    it(`completion, hover and definition over ${host}, unsaved text included`, async () => {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon live ')));
      folders.push(folder);
      for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
      const nameless = ['mine.json', 'mine.yaml', 'mine.xml'];
      let selector = '';
      let tellFollowed: () => void = () => undefined;
      const followed = new Promise<void>(done => (tellFollowed = done));
      const server = await startServer(host, {
        folder,
        registered: (method, options) => {
          if (method === 'textDocument/didOpen') selector += JSON.stringify(options);
          if (nameless.every(name => selector.includes(name))) tellFollowed();
        },
      });
      running.push(server);
      const { connection } = server;
      const uri = (name: string): string => server.uri(name);
      await server.open('paper.md', 'markdown', document);
      await server.status(status => !status.indexing && status.references === keys.length + 1);

      for (const [index, key] of keys.entries()) {
        const at = { textDocument: { uri: uri('paper.md') }, position: { line: 3 + index, character: 3 } };
        const [link] = await connection.sendRequest<LocationLink[]>('textDocument/definition', at);
        assert.equal(link?.targetUri, uri(Object.keys(files)[index] ?? ''));
        const { start, end } = link.targetSelectionRange;
        const line = Object.values(files)[index]?.split('\n')[start.line];
        assert.equal(line?.slice(start.character, end.character), key);
        const hover = await connection.sendRequest<Hover>('textDocument/hover', at);
        assert.match((hover.contents as { value: string }).value, new RegExp(`About ${key}`, 'u'));
        const list = await connection.sendRequest<CompletionList>('textDocument/completion', {
          ...at,
          position: { line: 3 + index, character: 1 + key.length },
        });
        assert.ok(
          list.items.some(({ label }) => label === key),
          key,
        );
      }

      // The editor is asked to tell of the files whose names tell nothing, and of no others.
      await followed;
      assert.ok(['mine.bib', 'mine.nbib', 'works.yml'].every(name => !selector.includes(name)));

      await server.open('mine.json', 'json', files['mine.json'] ?? '');
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri('mine.json'), version: 2 },
        contentChanges: [
          { range: { start: { line: 2, character: 11 }, end: { line: 2, character: 16 } }, text: 'unsaved' },
        ],
      });
      const textDocument = { uri: uri('mine.json') };
      const symbols = await connection.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument });
      assert.deepEqual(
        symbols.map(({ name, selectionRange }) => [name, selectionRange.start.line, selectionRange.start.character]),
        [
          ['injson', 1, 11],
          ['unsaved', 2, 11],
        ],
      );
      await connection.sendNotification('textDocument/didChange', {
        textDocument: { uri: uri('paper.md'), version: 2 },
        contentChanges: [
          { range: { start: { line: 3, character: 0 }, end: { line: 3, character: 6 } }, text: '@unsaved' },
        ],
      });
      const hover = await connection.sendRequest<Hover | null>('textDocument/hover', {
        textDocument: { uri: uri('paper.md') },
        position: { line: 3, character: 3 },
      });
      assert.match((hover?.contents as { value: string }).value, /About other/u);
    }).timeout(60_000);
  }

  it('and files of projects, in folders of every kind, those that are added later among them', async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon live ')));
    folders.push(folder);
    const schemes: string[] = [];
    let tellAdded: () => void = () => undefined;
    const added = new Promise<void>(done => (tellAdded = done));
    const server = await startServer('ipc', {
      folder,
      registered: (method, options) => {
        if (method !== 'textDocument/didOpen') return;
        const { documentSelector } = options as { documentSelector: { scheme: string; pattern: string }[] };
        for (const { scheme, pattern } of documentSelector) if (pattern.includes('_quarto.yml')) schemes.push(scheme);
        if (schemes.includes('memory')) tellAdded();
      },
    });
    running.push(server);
    await server.open('paper.md', 'markdown', '');
    await server.status(status => !status.indexing);
    const event = { added: ['memory:/one', 'memory:/two'].map(uri => ({ uri, name: uri })), removed: [] };
    await server.connection.sendNotification('workspace/didChangeWorkspaceFolders', { event });
    await added;
    assert.deepEqual(schemes, ['file', 'memory']);
  });
});
