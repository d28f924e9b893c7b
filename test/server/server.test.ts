import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CompletionItem, CompletionList, Hover, LocationLink } from 'vscode-languageserver-protocol';
import { bundles } from './bundles.ts';
import { startServer } from './runningServer.ts';
import type { Host, RunningServer, ServerOptions } from './runningServer.ts';

const PEER = `@article{peer2015,
  author = {Gillard, Steve and Holley, Jess},
  title = {Introducing Peer Workers},
  journal = {Administration and Policy},
  year = {2015},
  doi = {10.1007/s10488-014-0603-z},
}
`;
const MULLER = '@book{muller1999,\n  author = {M{\\"u}ller, Eva},\n  title = {Other},\n  year = 1999,\n}\n';
const RIS = 'TY  - JOUR\nID  - riskey\nAU  - Doe, Jane\nTI  - Forests\nPY  - 2001\nER  - \n';

describe('the server', () => {
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

  function workspace(files: Record<string, string | Uint8Array>, name = 'colophon server #1 ü '): string {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), name)));
    folders.push(folder);
    for (const [name, content] of Object.entries(files)) write(folder, name, content);
    return folder;
  }

  function write(folder: string, name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }

  async function start(host: Host, options: ServerOptions): Promise<RunningServer> {
    const server = await startServer(host, options);
    running.push(server);
    return server;
  }

  const references = (server: RunningServer, count: number) =>
    server.status(status => !status.indexing && status.references === count);

  const watched = (server: RunningServer, ...names: string[]) =>
    server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: names.map(name => ({ uri: server.uri(name), type: 2 })),
    });

  /** The list at the end of a one-line LaTeX document. */
  async function complete(server: RunningServer, text: string, name = 'paper.tex'): Promise<CompletionItem[]> {
    await server.open(name, 'latex', text);
    const list = await server.connection.sendRequest<CompletionList | null>('textDocument/completion', {
      textDocument: { uri: server.uri(name) },
      position: { line: 0, character: text.length },
    });
    return list?.items ?? [];
  }

  for (const host of ['stdio', 'ipc', 'worker'] as const) {
    describe(`over ${host}`, () => {
      it('says what it can do', async () => {
        const { initialized } = await start(host, { folder: workspace({}) });
        const { completionProvider, hoverProvider, textDocumentSync } = initialized.capabilities as {
          completionProvider: { triggerCharacters: string[]; resolveProvider: boolean };
          hoverProvider: boolean;
          textDocumentSync: { change: number };
        };
        assert.ok(['{', ',', '@', ' '].every(character => completionProvider.triggerCharacters.includes(character)));
        assert.equal(completionProvider.resolveProvider, true);
        assert.equal(hoverProvider, true);
        assert.equal(textDocumentSync.change, 2);
      });

      it('completes from all bibliographies of the workspace, with details on demand', async () => {
        const server = await start(host, { folder: workspace({ 'refs.bib': PEER + MULLER, 'more/list.ris': RIS }) });
        await references(server, 3);
        const [found] = await complete(server, '\\cite{gillard peer');
        assert.equal(found?.label, 'peer2015');
        assert.equal(found.filterText, 'gillard peer');
        const resolved = await server.connection.sendRequest<CompletionItem>('completionItem/resolve', found);
        const { value } = resolved.documentation as { value: string };
        // In the style of the setting, escaped for Markdown.
        assert.match(value, /Gillard\\, S\\\./);
        assert.match(value, /2015/);
      });

      it('hovers and leads to the entry', async () => {
        const folder = workspace({ 'refs.bib': PEER + MULLER });
        const server = await start(host, { folder });
        await references(server, 2);
        await server.open('paper.tex', 'latex', 'As \\cite{muller1999} says');
        const at = { textDocument: { uri: server.uri('paper.tex') }, position: { line: 0, character: 12 } };
        const hover = await server.connection.sendRequest<Hover>('textDocument/hover', at);
        assert.match((hover.contents as { value: string }).value, /Müller/);
        assert.deepEqual(hover.range, { start: { line: 0, character: 9 }, end: { line: 0, character: 19 } });
        const [link] = await server.connection.sendRequest<LocationLink[]>('textDocument/definition', at);
        assert.equal(link?.targetUri, server.uri('refs.bib'));
        assert.deepEqual(link.targetSelectionRange.start, { line: 7, character: 6 });
      });

      it('outlines and folds an open bibliography, and follows what is typed', async () => {
        const server = await start(host, { folder: workspace({}) });
        await server.open('refs.bib', 'bibtex', PEER);
        const textDocument = { uri: server.uri('refs.bib') };
        await server.connection.sendNotification('textDocument/didChange', {
          textDocument: { ...textDocument, version: 2 },
          contentChanges: [
            { range: { start: { line: 7, character: 0 }, end: { line: 7, character: 0 } }, text: MULLER },
          ],
        });
        const outline = await server.connection.sendRequest<{ name: string }[]>('textDocument/documentSymbol', {
          textDocument,
        });
        assert.deepEqual(
          outline.map(symbol => symbol.name),
          ['peer2015', 'muller1999'],
        );
        const folds = await server.connection.sendRequest<{ startLine: number; endLine: number }[]>(
          'textDocument/foldingRange',
          { textDocument },
        );
        assert.deepEqual(
          folds.map(({ startLine, endLine }) => [startLine, endLine]),
          [
            [0, 6],
            [7, 11],
          ],
        );
        const labels = (await complete(server, '\\cite{')).map(item => item.label);
        assert.deepEqual(labels.sort(), ['muller1999', 'peer2015']);
      });

      it('follows a file that changes, goes, and comes by a temporary one', async () => {
        const folder = workspace({ 'refs.bib': PEER });
        const server = await start(host, { folder });
        await references(server, 1);

        write(folder, 'refs.bib', PEER + MULLER);
        await watched(server, 'refs.bib');
        await references(server, 2);

        write(folder, 'refs.bib.tmp', MULLER);
        renameSync(join(folder, 'refs.bib.tmp'), join(folder, 'refs.bib'));
        await watched(server, 'refs.bib.tmp', 'refs.bib');
        await references(server, 1);
        assert.equal((await complete(server, '\\cite{mul'))[0]?.label, 'muller1999');

        unlinkSync(join(folder, 'refs.bib'));
        await watched(server, 'refs.bib');
        await references(server, 0);

        write(folder, 'new/refs.bib', PEER + MULLER);
        await watched(server, 'new/refs.bib');
        await references(server, 2);

        renameSync(join(folder, 'new'), join(folder, 'renamed'));
        write(folder, 'renamed/more.bib', RIS.replace('riskey', 'x'));
        write(folder, 'renamed/more.ris', RIS);
        await watched(server, 'new');
        await references(server, 3);
      });

      it('lets an open document count before the disk, and the disk again when it is closed', async () => {
        const folder = workspace({ 'refs.bib': PEER });
        const server = await start(host, { folder });
        await references(server, 1);
        await server.open('refs.bib', 'bibtex', PEER + MULLER);
        await references(server, 2);
        write(folder, 'refs.bib', '');
        await watched(server, 'refs.bib');
        await server.connection.sendNotification('textDocument/didClose', {
          textDocument: { uri: server.uri('refs.bib') },
        });
        await references(server, 0);
      });

      it('converts with progress', async () => {
        const server = await start(host, { folder: workspace({ 'refs.bib': PEER + MULLER }) });
        const progress: string[] = [];
        server.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
          progress.push(value.kind);
        });
        const result = await server.connection.sendRequest<{ outputs: { text: string; count: number }[] }>(
          'colophon/convert',
          {
            sources: [{ uri: server.uri('refs.bib') }],
            to: 'ris',
            sameWorks: 'keep',
            output: 'text',
            workDoneToken: 'one',
          },
        );
        assert.equal(result.outputs[0]?.count, 2);
        assert.match(result.outputs[0].text, /^TY {2}- JOUR/m);
        assert.equal(progress[0], 'begin');
        assert.equal(progress.at(-1), 'end');
      });

      it('hands on texts and edits in parts, so that no message is large', async () => {
        const many = Array.from({ length: 3000 }, (_, index) => PEER.replace('peer2015', `k${index}`)).join('');
        const server = await start(host, { folder: workspace({}) });
        const parts: { source: number; text: string; edits: unknown[] }[] = [];
        server.connection.onNotification('$/progress', ({ value }: { value: (typeof parts)[0] }) => {
          parts.push(value);
        });
        const params = { sources: [{ uri: 'untitled:a.bib', text: many }], sameWorks: 'keep', partialResultToken: 'p' };
        const convert = async (more: object) => {
          parts.length = 0;
          const { outputs } = await server.connection.sendRequest<{
            outputs: { text: string; edits: unknown[]; count: number }[];
          }>('colophon/convert', { ...params, ...more });
          assert.deepEqual(outputs, [{ text: '', edits: [], count: 3000 }]);
          assert.ok(parts.length > 1 && parts.every(part => part.source === 0 && part.text.length <= 1 << 18));
        };
        await convert({ to: 'ris', output: 'text' });
        assert.equal(
          parts
            .map(part => part.text)
            .join('')
            .match(/^ER {2}- /gm)?.length,
          3000,
        );
        await convert({ to: 'biblatex', output: 'edits' });
        assert.equal(parts.flatMap(part => part.edits).length, 3000);
      });

      it('stops a conversion that is cancelled and goes on answering', async () => {
        const many = Array.from({ length: 20_000 }, (_, index) => PEER.replace('peer2015', `k${index}`)).join('');
        const server = await start(host, { folder: workspace({}) });
        const { CancellationTokenSource } = await import('vscode-languageserver-protocol');
        const source = new CancellationTokenSource();
        server.connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
          if (value.kind === 'report') source.cancel();
        });
        const params = {
          sources: [{ uri: 'untitled:a.bib', text: many }],
          to: 'csl-json',
          sameWorks: 'keep',
          output: 'text',
        };
        const converting = server.connection.sendRequest(
          'colophon/convert',
          { ...params, workDoneToken: 1 },
          source.token,
        );
        await assert.rejects(converting, { code: -32800 });
        assert.deepEqual(await complete(server, '\\cite{'), []);
      });

      it('answers in between while it converts', async () => {
        const many = Array.from({ length: 5000 }, (_, index) => PEER.replace('peer2015', `k${index}`)).join('');
        const server = await start(host, { folder: workspace({}) });
        const order: string[] = [];
        const params = {
          sources: [{ uri: 'untitled:a.bib', text: many }],
          to: 'ris',
          sameWorks: 'keep',
          output: 'text',
        };
        const converting = server.connection
          .sendRequest('colophon/convert', params)
          .then(() => order.push('converted'));
        const completing = complete(server, '\\cite{').then(() => order.push('completed'));
        await Promise.all([converting, completing]);
        assert.deepEqual(order, ['completed', 'converted']);
      });

      it('says why there is nothing to convert', async () => {
        const files = { 'binary.bib': new Uint8Array([0x89, 0x50, 0, 1, 2, 0, 0, 0, 3, 0, 0]), 'empty.bib': ' \n' };
        const server = await start(host, { folder: workspace(files) });
        const sources = [
          { uri: server.uri('binary.bib') },
          { uri: server.uri('empty.bib') },
          { uri: server.uri('absent.bib') },
          { text: 'Nothing but prose.' },
          {
            uri: 'untitled:refs.bib',
            text: `${PEER}\n\n`,
            selection: { start: { line: 8, character: 0 }, end: { line: 8, character: 0 } },
          },
        ];
        const found = await server.connection.sendRequest<{ problem: string }[]>('colophon/recognise', { sources });
        assert.deepEqual(
          found.map(({ problem }) => problem),
          ['not-text', 'empty', 'unreadable', 'no-bibliography', 'no-entry-here'],
        );
      });

      it('survives a request that fails, and says so once', async () => {
        const server = await start(host, { folder: workspace({ 'refs.bib': PEER }) });
        await references(server, 1);
        await server.open('bad.tex', 'latex', '');
        const bad = { textDocument: { uri: server.uri('bad.tex') }, position: null };
        assert.equal(await server.connection.sendRequest('textDocument/completion', bad), null);
        assert.equal(server.log.length, 1);
        assert.match(server.log[0] ?? '', /^Completion failed/);
        assert.equal((await complete(server, '\\cite{'))[0]?.label, 'peer2015');
      });
    });
  }

  interface Report {
    readonly text: string;
    readonly links: readonly { readonly target: string }[];
  }

  it('cites the page of a research portal as one work', async () => {
    const server = await start('stdio', { folder: workspace({}) });
    const page = `Some prose.\n\n${PEER}\nMore prose.\n\nTY - JOUR\n\nT1 - Introducing Peer Workers to All\n\nAU - Gillard, Steve\n\nAU - Holley, Jess\n\nPY - 2015\n\nDO - 10.1007/s10488-014-0603-z\n\nER -`;
    const [found] = await server.connection.sendRequest<{ parts: unknown; sameWorks: boolean }[]>(
      'colophon/recognise',
      {
        sources: [{ text: page }],
      },
    );
    assert.deepEqual(found?.parts, [
      { format: 'bibtex', count: 1 },
      { format: 'ris', count: 1 },
    ]);
    assert.equal(found.sameWorks, true);
    const convert = (sameWorks: string) =>
      server.connection.sendRequest<{ outputs: { count: number }[]; losses: { values: number }; report: string }>(
        'colophon/convert',
        { sources: [{ text: page }], to: 'biblatex', sameWorks, output: 'text' },
      );
    const merged = await convert('merge');
    assert.equal(merged.outputs[0]?.count, 1);
    assert.equal(merged.losses.values, 1);
    const report = await server.connection.sendRequest<Report>('colophon/report', { uri: merged.report });
    assert.match(report.text, /Another record of the same work says this.*\n {6}title: Introducing Peer Workers/);
    const source = await server.connection.sendRequest<Report>('colophon/report', { uri: report.links[0]?.target });
    assert.equal(source.text, page);
    const gone = merged.report.replace(/\d+/u, '99');
    assert.equal(await server.connection.sendRequest('colophon/report', { uri: gone }), null);
    assert.equal((await convert('keep')).outputs[0]?.count, 2);
  });

  it('says where an entry goes that would break another one', async () => {
    const server = await start('stdio', { folder: workspace({}) });
    await server.open('refs.bib', 'bibtex', `${PEER}${MULLER}`);
    const place = (line: number, character: number, text: string) =>
      server.connection.sendRequest<{ range: { start: { line: number } }; newText: string } | null>('colophon/place', {
        uri: server.uri('refs.bib'),
        position: { line, character },
        text,
      });
    const placed = await place(1, 3, MULLER);
    assert.equal(placed?.range.start.line, PEER.trimEnd().split('\n').length - 1);
    assert.match(placed.newText, /^\n\n@/);
    assert.equal(await place(0, 0, MULLER), null);
    assert.equal(await place(1, 3, '% no entry (at all)'), null);
  });

  it('tells keys that several entries have: in a file, and over files that become one text', async () => {
    const server = await start('stdio', { folder: workspace({ 'a.bib': PEER + MULLER + PEER, 'b.bib': MULLER }) });
    const convert = (joins: boolean) =>
      server.connection.sendRequest<{ repeated: unknown; report: string }>('colophon/convert', {
        sources: ['a.bib', 'b.bib'].map(name => ({ name, uri: server.uri(name) })),
        to: 'csl-json',
        sameWorks: 'keep',
        output: 'text',
        joins,
      });
    const peer = { key: 'peer2015', entries: 2 };
    assert.deepEqual((await convert(false)).repeated, { count: 1, first: [peer] });
    const joined = await convert(true);
    assert.deepEqual(joined.repeated, { count: 2, first: [peer, { key: 'muller1999', entries: 2 }] });
    const { text, links } = await server.connection.sendRequest<Report>('colophon/report', { uri: joined.report });
    assert.match(text, /^ {2}peer2015: a\.bib, line 1, line \d+\n {2}muller1999: a\.bib, line \d+; b\.bib, line 1$/m);
    assert.equal(links.at(-1)?.target, `${server.uri('b.bib')}#L1,1`);
  });

  it('tells which pasted references a document has, and where the others go', async () => {
    const server = await start('stdio', { folder: workspace({}) });
    await server.open('refs.bib', 'bibtex', PEER.replace('peer2015', 'mine'));
    const params = {
      sources: [{ text: `${PEER}\n${MULLER}` }],
      to: 'bibtex',
      sameWorks: 'keep',
      output: 'text',
      into: {
        uri: server.uri('refs.bib'),
        selection: { start: { line: 2, character: 3 }, end: { line: 2, character: 3 } },
      },
    };
    interface Pasted {
      known: { key: string; knownAs: string }[];
      insertion: { range: { start: { line: number } }; newText: string };
    }
    const told = await server.connection.sendRequest<Pasted>('colophon/convert', params);
    assert.deepEqual(told.known, [{ source: 0, place: 0, key: 'peer2015', knownAs: 'mine' }]);
    const { insertion } = await server.connection.sendRequest<Pasted>('colophon/convert', {
      ...params,
      skipKnown: true,
    });
    assert.equal(insertion.range.start.line, 6);
    assert.equal(insertion.newText, `\n\n${MULLER.trimEnd()}`);
    const only = await server.connection.sendRequest<Pasted>('colophon/convert', { ...params, only: told.known });
    assert.match(only.insertion.newText, /peer2015/);
    assert.doesNotMatch(only.insertion.newText, /muller/);
  });

  it('gives pasted references keys that the document does not have, over all sources', async () => {
    const server = await start('stdio', { folder: workspace({}) });
    await server.open('refs.bib', 'bibtex', '@book{muller1999,\n  title = {A Different Book},\n}\n');
    const { renamed, insertion, known } = await server.connection.sendRequest<{
      renamed: unknown;
      insertion: { newText: string };
      known: unknown[];
    }>('colophon/convert', {
      sources: [{ text: MULLER }, { text: MULLER.replace('Other', 'Yet Another') }],
      to: 'bibtex',
      sameWorks: 'merge',
      output: 'text',
      into: { uri: server.uri('refs.bib') },
      skipKnown: true,
    });
    assert.deepEqual(known, []);
    assert.deepEqual(renamed, [
      { from: 'muller1999', to: 'muller1999a' },
      { from: 'muller1999', to: 'muller1999b' },
    ]);
    assert.match(insertion.newText, /@book\{muller1999a,[^@]*\n\}\n\n@book\{muller1999b,/);
  });

  it('replaces entries in place and leaves what stands between them', async () => {
    const server = await start('stdio', { folder: workspace({}) });
    await server.open('refs.bib', 'bibtex', `% mine\n${PEER}% end\n`);
    const { outputs } = await server.connection.sendRequest<{
      outputs: { edits: { range: { start: { line: number } }; newText: string }[] }[];
    }>('colophon/convert', {
      sources: [{ uri: server.uri('refs.bib') }],
      to: 'biblatex',
      sameWorks: 'keep',
      output: 'edits',
    });
    const [edit, ...others] = outputs[0]?.edits ?? [];
    assert.equal(others.length, 0);
    assert.equal(edit?.range.start.line, 1);
    assert.match(edit.newText, /journaltitle = \{Administration and Policy\}/);
  });

  it('finds its files itself without the help of the editor: no loops, nothing of version control or packages', async () => {
    const folder = workspace({
      'a.bib': PEER,
      'UPPER.BIB': MULLER,
      'node_modules/x/b.bib': PEER,
      '.git/c.bib': PEER,
      'deep/er/d.ris': RIS,
      'deep/notes.txt': PEER,
    });
    symlinkSync(folder, join(folder, 'deep/loop'));
    const server = await start('stdio', { folder });
    assert.equal((await references(server, 3)).bibliographies, 3);
  });

  it('reads a bibliography once that a document names before files have been found', async () => {
    let find: () => void = () => undefined;
    const named = new Promise<void>(done => (find = done));
    const folder = workspace({ 'refs.bib': PEER });
    const server = await start('worker', { folder, beforeFinding: () => named });
    await server.open('paper.tex', 'latex', '\\addbibresource{refs.bib}\\cite{');
    await server.status(status => status.references === 1);
    find();
    await references(server, 1);
    assert.deepEqual(server.reads, [server.uri('refs.bib')]);
  });

  it('answers the first list only when there is something to list', async () => {
    const outside = workspace({ 'far.bib': MULLER }, 'colophon outside ');
    const folder = workspace({ 'refs.bib': PEER });
    let release: () => void = () => undefined;
    const found = new Promise<void>(done => (release = done));
    const server = await start('ipc', { folder, beforeFinding: () => found });
    const answers: string[] = [];
    const near = complete(server, '\\cite{gillard').then(items => {
      answers.push(...items.map(item => item.label));
    });
    // Meanwhile the server answers others.
    assert.equal(await complete(server, 'no citation', 'prose.tex').then(items => items.length), 0);
    assert.deepEqual(answers, []);
    release();
    await near;
    assert.deepEqual(answers, ['peer2015']);
    await references(server, 1);
    const far = await complete(server, `\\addbibresource{${join(outside, 'far.bib')}}\\cite{muller`, 'far.tex');
    assert.deepEqual(
      far.map(item => item.label),
      ['muller1999'],
    );
  });

  it('leaves out what the user hides', async () => {
    const folder = workspace({ 'a.bib': PEER, 'build/b.bib': MULLER });
    const server = await start('ipc', { folder, excluded: path => path.startsWith('build') });
    assert.equal((await references(server, 1)).bibliographies, 1);
  });

  it('reads ten thousand files', async function () {
    this.timeout(60_000);
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, index) => [
        `d${index % 100}/r${index}.bib`,
        PEER.replace('peer2015', `k${index}`),
      ]),
    );
    const server = await start('stdio', { folder: workspace(files) });
    await references(server, 10_000);
    assert.equal((await complete(server, '\\cite{k9999'))[0]?.label, 'k9999');
  });

  it('reads what a document names outside the workspace, and follows it', async () => {
    const outside = workspace({ 'library.bib': PEER }, 'colophon outside ü ');
    const folder = workspace({ 'other.bib': MULLER });
    const server = await start('stdio', { folder });
    await references(server, 1);
    const text = `\\addbibresource{${outside}/library.bib}\\cite{`;
    await server.open('paper.tex', 'latex', text);
    await references(server, 2);
    const position = { line: 0, character: text.length };
    const params = { textDocument: { uri: server.uri('paper.tex') }, position };
    const list = await server.connection.sendRequest<CompletionList>('textDocument/completion', params);
    assert.deepEqual(
      list.items.map(item => [item.label, item.command !== undefined]),
      // What the document does not name is offered below, to be copied.
      [
        ['peer2015', false],
        ['muller1999', true],
      ],
    );
    assert.ok(server.watched.some(watcher => JSON.stringify(watcher).includes('library.bib')));
  });

  it('reads what a Makefile hands to Pandoc, and follows it', async () => {
    const folder = workspace({
      Makefile: 'a.pdf: a.md\n\tpandoc --citeproc --bibliography=bib/all.bib $< -o $@\n',
      'bib/all.bib': PEER,
      'notes/own.bib': MULLER,
    });
    const server = await start('stdio', { folder });
    await references(server, 2);
    const labels = async (): Promise<string[]> => {
      const list = await server.connection.sendRequest<CompletionList | null>('textDocument/completion', {
        textDocument: { uri: server.uri('notes/a.md') },
        position: { line: 0, character: 2 },
      });
      // What has to be copied into a bibliography first is marked.
      return list?.items.map(item => item.label + (item.command === undefined ? '' : '+')) ?? [];
    };
    await server.open('notes/a.md', 'markdown', '[@');
    assert.deepEqual(await labels(), ['peer2015', 'muller1999+']);
    const outside = workspace({ 'library.bib': '@book{doe2001, title = {Forests}}\n' });
    writeFileSync(join(folder, 'Makefile'), `all:\n\tpandoc --bibliography='${outside}/library.bib' a.md\n`);
    await watched(server, 'Makefile');
    await references(server, 3);
    assert.deepEqual(await labels(), ['doe2001', 'peer2015+', 'muller1999+']);
  });

  it('finds by name what lies in the folders of TeX, and takes the commands of the settings for citations', async () => {
    process.env.BIBINPUTS = `.:${workspace({ 'x/library.bib': PEER })}//:`;
    const settings = { latex: { citationCommands: ['\\see'] } };
    const server = await start('stdio', { folder: workspace({ 'other.bib': MULLER }), settings });
    delete process.env.BIBINPUTS;
    await references(server, 1);
    const text = '\\bibliography{library}\\see{';
    await server.open('paper.tex', 'latex', text);
    await references(server, 2);
    const position = { line: 0, character: text.length };
    const params = { textDocument: { uri: server.uri('paper.tex') }, position };
    const list = await server.connection.sendRequest<CompletionList>('textDocument/completion', params);
    assert.equal(list.items[0]?.label, 'peer2015');
  });

  it('leaves the list of references to an extension that has one, unless it is told otherwise', async () => {
    const folder = workspace({ 'refs.bib': PEER });
    const ids = ['james-yu.latex-workshop'];
    const labels = async (settings: Record<string, unknown>, others: string[]): Promise<string[]> => {
      const server = await start('stdio', { folder, settings });
      await references(server, 1);
      await server.connection.sendNotification('colophon/others', { ids: others });
      return (await complete(server, '\\cite{')).map(item => item.label);
    };
    assert.deepEqual(await labels({}, []), ['peer2015']);
    assert.deepEqual(await labels({}, ids), []);
    assert.deepEqual(await labels({ completion: { latex: 'on' } }, ids), ['peer2015']);
    assert.deepEqual(await labels({ completion: { latex: 'off' } }, []), []);
    assert.deepEqual(await labels({ completion: { typst: 'off' } }, []), ['peer2015']);
  });

  it('heeds the setting of a language that the editor does not know', async () => {
    const counts: number[] = [];
    for (const choice of ['on', 'off']) {
      const server = await start('stdio', {
        folder: workspace({ 'refs.bib': PEER }),
        settings: { completion: { typst: choice } },
      });
      await references(server, 1);
      await server.open('paper.typ', 'plaintext', 'See @');
      const params = { textDocument: { uri: server.uri('paper.typ') }, position: { line: 0, character: 5 } };
      const list = await server.connection.sendRequest<CompletionList | null>('textDocument/completion', params);
      counts.push(list?.items.length ?? 0);
    }
    assert.deepEqual(counts, [1, 0]);
  });

  it('sees the global bibliographies of the settings', async () => {
    const outside = workspace({ 'global.bib': PEER });
    const settings = { bibliographies: [join(outside, 'global.bib')] };
    const server = await start('stdio', { folder: workspace({}), settings });
    await references(server, 1);
    assert.equal((await complete(server, '\\cite{'))[0]?.label, 'peer2015');
  });

  it('takes the root document from the settings', async () => {
    const folder = workspace({
      'a.bib': PEER,
      'z.bib': MULLER,
      'main.tex': '\\documentclass{book}\\begin{document}\\bibliography{z}',
    });
    const first = async (settings: Record<string, unknown>): Promise<string | undefined> => {
      const server = await start('stdio', { folder, settings });
      await references(server, 2);
      return (await complete(server, '\\cite{'))[0]?.label;
    };
    assert.equal(await first({}), 'peer2015');
    assert.notEqual(await first({ latex: { rootDocument: 'main.tex' } }), 'peer2015');
  });

  it('says once that a file cannot be read', async () => {
    const folder = workspace({ 'binary.bib': new Uint8Array([0, 1, 2, 3, 0, 0, 0, 0]), 'good.bib': PEER });
    const server = await start('stdio', { folder });
    await references(server, 1);
    await watched(server, 'binary.bib', 'good.bib');
    write(folder, 'good.bib', PEER + MULLER);
    await watched(server, 'good.bib');
    await references(server, 2);
    assert.equal(server.log.filter(line => line.includes('binary.bib')).length, 1);
  });

  it('publishes what is wrong with an open bibliography and takes it back', async () => {
    const server = await start('stdio', { folder: workspace({}) });
    const published: number[] = [];
    const next = (count: number) =>
      new Promise<void>(done => {
        server.connection.onNotification(
          'textDocument/publishDiagnostics',
          ({ diagnostics }: { diagnostics: unknown[] }) => {
            published.push(diagnostics.length);
            if (diagnostics.length === count) done();
          },
        );
      });
    const duplicates = next(2);
    await server.open('refs.bib', 'bibtex', PEER + PEER);
    await duplicates;
    const gone = next(0);
    await server.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: server.uri('refs.bib') },
    });
    await gone;
  });

  it('tells of a mistake in a project file that is not open, as long as a document of the project is', async () => {
    const folder = workspace({ 'conf.py': "bibtex_bibfiles = ['gone.bib']\n", 'refs.bib': PEER });
    const server = await start('ipc', { folder });
    const told = (name: string, messages: readonly string[]) =>
      new Promise<void>(done => {
        server.connection.onNotification(
          'textDocument/publishDiagnostics',
          ({ uri, diagnostics }: { uri: string; diagnostics: { message: string }[] }) => {
            if (uri === server.uri(name) && diagnostics.map(one => one.message).join() === messages.join()) done();
          },
        );
      });
    const missing = told('conf.py', ['The bibliography “gone.bib” does not exist.']);
    await server.open('index.rst', 'restructuredtext', 'See :cite:p:`doe`.\n');
    await missing;
    const mended = told('conf.py', []);
    write(folder, 'conf.py', "bibtex_bibfiles = ['refs.bib']\n");
    await watched(server, 'conf.py');
    await mended;
    const again = told('conf.py', ['The bibliography “lost.bib” does not exist.']);
    write(folder, 'conf.py', "bibtex_bibfiles = ['lost.bib']\n");
    await watched(server, 'conf.py');
    await again;
    const closed = told('conf.py', []);
    await server.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: server.uri('index.rst') },
    });
    await closed;
  });
});
