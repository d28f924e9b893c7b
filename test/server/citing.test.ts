import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CompletionItemKind } from 'vscode-languageserver-protocol';
import type {
  ApplyWorkspaceEditParams,
  CodeAction,
  Command,
  CompletionItem,
  CompletionList,
  TextEdit,
} from 'vscode-languageserver-protocol';
import type {
  AddReferencesResult,
  FindReferencesParams,
  FindReferencesResult,
  InsertCitationParams,
  InsertCitationResult,
} from '../../src/protocol/citing.ts';
import { bundles } from './bundles.ts';
import { startServer } from './runningServer.ts';
import type { Host, RunningServer } from './runningServer.ts';

const REFS = '@article{muller2013,\n  author = {M{\\"u}ller, Eva},\n  title = {Tunneling},\n  year = 2013,\n}\n';
const RIS = 'TY  - JOUR\nID  - doe2001\nAU  - Doe, Jane\nTI  - Forests\nPY  - 2001\nER  - \n';

describe('the server, citing', () => {
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

  interface Editor {
    readonly server: RunningServer;
    /** Edits that the server asked for, in order. */
    readonly applied: ApplyWorkspaceEditParams[];
    /** The first edit of a file that the server asks for, once it does. */
    readonly appliedTo: (name: string) => Promise<ApplyWorkspaceEditParams>;
    /** Questions and messages that the user saw. */
    readonly told: string[];
    /** The file that the server leads to, once it does. */
    readonly shown: Promise<string>;
  }

  interface EditorOptions {
    readonly host?: Host;
    readonly presses?: boolean;
    readonly settings?: object;
    /** Edits that the editor does not take. */
    readonly refuses?: (params: ApplyWorkspaceEditParams) => boolean;
  }

  /** A server with an editor that takes every edit and presses the first button, or none. */
  async function start(
    files: Record<string, string>,
    count: number,
    { host = 'ipc', presses = true, settings = {}, refuses = () => false }: EditorOptions = {},
  ): Promise<Editor> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon citing ')));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    const server = await startServer(host, { folder, settings: { ...settings } });
    running.push(server);
    const applied: ApplyWorkspaceEditParams[] = [];
    const told: string[] = [];
    const shown = new Promise<string>(show => {
      server.connection.onRequest('window/showDocument', ({ uri }: { uri: string }) => {
        show(uri);
        return { success: true };
      });
    });
    const waiting: (() => void)[] = [];
    const appliedTo = (name: string): Promise<ApplyWorkspaceEditParams> =>
      new Promise(found => {
        const look = (): void => {
          const one = applied.find(({ edit }) => edit.changes?.[server.uri(name)]);
          if (one) found(one);
        };
        waiting.push(look);
        look();
      });
    server.connection.onRequest('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
      if (refuses(params)) return { applied: false };
      applied.push(params);
      for (const look of waiting) look();
      return { applied: true };
    });
    server.connection.onRequest('window/showMessageRequest', (params: { message: string; actions: unknown[] }) => {
      told.push(params.message);
      return presses ? params.actions[0] : null;
    });
    server.connection.onNotification(
      'window/showMessage',
      ({ message }: { message: string }) => void told.push(message),
    );
    await server.status(status => !status.indexing && status.references === count);
    return { server, applied, appliedTo, told, shown };
  }

  async function complete({ server }: Editor, text: string): Promise<CompletionItem> {
    await server.open('paper.tex', 'latex', text);
    const line = text.split('\n').length - 1;
    const list = await server.connection.sendRequest<CompletionList>('textDocument/completion', {
      textDocument: { uri: server.uri('paper.tex') },
      position: { line, character: text.length - text.lastIndexOf('\n') - 1 },
    });
    const [item] = list.items;
    assert.ok(item);
    return item;
  }

  const accept = ({ server }: Editor, { command }: CompletionItem) =>
    server.connection.sendRequest<AddReferencesResult>('workspace/executeCommand', {
      command: command?.command,
      arguments: command?.arguments,
    });

  const change = ({ server }: Editor, text: string) =>
    server.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri: server.uri('paper.tex'), version: 2 },
      contentChanges: [{ text }],
    });

  for (const host of ['stdio', 'worker'] as const) {
    it(`adds an accepted reference to the bibliography through the editor, over ${host}`, async () => {
      const editor = await start({ 'refs.bib': REFS, 'doe.ris': RIS }, 2, { host });
      const item = await complete(editor, '\\bibliography{refs}\n\\cite{forests');
      assert.equal(item.label, 'doe2001');
      assert.match(item.detail ?? '', /doe\.ris/);
      assert.equal(item.kind, CompletionItemKind.File);
      assert.equal(editor.applied.length, 0);
      const result = await accept(editor, item);
      assert.deepEqual(result?.changed, [editor.server.uri('refs.bib')]);
      const [edit] = editor.applied;
      const [text] = edit?.edit.changes?.[editor.server.uri('refs.bib')] ?? [];
      assert.match(text?.newText ?? '', /^\n\n?@article\{doe2001,\n/);
      assert.deepEqual(text?.range.start, { line: 4, character: 1 });
      assert.deepEqual(editor.told, ['doe2001 was added to refs.bib.']);
      assert.equal(await editor.shown, editor.server.uri('refs.bib'));
    });
  }

  it('says nothing and changes nothing for a reference that the document can cite', async () => {
    const editor = await start({ 'refs.bib': REFS }, 1);
    const item = await complete(editor, '\\bibliography{refs}\n\\cite{tunnel');
    assert.equal(item.command, undefined);
    assert.equal(item.kind, CompletionItemKind.Reference);
  });

  /** What the editor offers to do at a place in the document. */
  const quickFixes = ({ server }: Editor, line: number, character: number, only?: string[]) =>
    server.connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', {
      textDocument: { uri: server.uri('paper.tex') },
      range: { start: { line, character }, end: { line, character } },
      context: { diagnostics: [], ...(only && { only }) },
    });

  it('offers to name a bibliography that the document does not name', async () => {
    const editor = await start({ 'refs.bib': REFS }, 1);
    const told = new Promise<string>(found => {
      editor.server.connection.onNotification(
        'textDocument/publishDiagnostics',
        ({ diagnostics: [first] }: { diagnostics: { message: string }[] }) => {
          if (first) found(first.message);
        },
      );
    });
    await editor.server.open(
      'paper.tex',
      'latex',
      '\\documentclass{article}\n\\begin{document}\n\\cite{muller2013}\n\\end{document}\n',
    );
    assert.match(await told, /“muller2013” is in refs\.bib/);
    const [action, ...others] = (await quickFixes(editor, 2, 8)) ?? [];
    assert.deepEqual(others, []);
    assert.equal(action?.title, 'Name refs.bib in paper.tex');
    assert.deepEqual(action.edit?.changes, {
      [editor.server.uri('paper.tex')]: [
        {
          range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
          newText: '\\bibliographystyle{plain}\n\\bibliography{refs}\n',
        },
      ],
    });
    assert.deepEqual(await quickFixes(editor, 1, 3), []);
    assert.equal(await quickFixes(editor, 2, 8, ['source.organizeImports']), null);
    assert.equal((await quickFixes(editor, 2, 8, ['quickfix']))?.length, 1);
  });

  it('offers to copy an entry into the bibliography that the document names', async () => {
    const editor = await start({ 'refs.bib': '@book{other}\n', 'more.bib': REFS }, 2);
    await editor.server.open('paper.tex', 'latex', '\\bibliography{refs}\n\\cite{muller2013}');
    const actions = (await quickFixes(editor, 1, 8)) ?? [];
    assert.deepEqual(
      actions.map(({ title, isPreferred = false }) => [title, isPreferred]),
      [
        ['Copy muller2013 to refs.bib', true],
        ['Name more.bib in paper.tex', false],
      ],
    );
    const { command, arguments: given } = actions[0]?.command as Command;
    await editor.server.connection.sendRequest('workspace/executeCommand', { command, arguments: given });
    const [edit] = editor.applied[0]?.edit.changes?.[editor.server.uri('refs.bib')] ?? [];
    assert.match(edit?.newText ?? '', /^\n\n?@article\{muller2013,\n/);
  });

  it('offers to name the bibliography that an entry went into, where the document names none', async () => {
    const editor = await start({ 'refs.bib': REFS, 'doe.ris': RIS }, 2);
    const begun = '\\documentclass{article}\n\\begin{document}\n\\cite{forests';
    const item = await complete(editor, begun);
    await change(editor, `${begun.replace('forests', 'doe2001}')}\n\\end{document}\n`);
    await accept(editor, item);
    const named = await editor.appliedTo('paper.tex');
    assert.equal(named.label, 'Name Bibliography');
    assert.deepEqual(named.edit.changes?.[editor.server.uri('paper.tex')], [
      {
        range: { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } },
        newText: '\\bibliographystyle{plain}\n\\bibliography{refs}\n',
      },
    ]);
    assert.deepEqual(editor.told, ['doe2001 was added to refs.bib.']);
  });

  it('changes the key that was inserted where the bibliography has the work under another', async () => {
    const twin = RIS.replace('Forests', 'Woods, or: ').replace('TI  - ', 'DO  - 10.1000/x\nTI  - ');
    const own = '@article{own, title = {Forests}, doi = {10.1000/X}}\n';
    const editor = await start({ 'refs.bib': own, 'doe.ris': twin }, 2);
    const before = '\\bibliography{refs}\n\\cite{';
    const item = await complete(editor, `${before}woods`);
    assert.equal(item.label, 'doe2001');
    await change(editor, `${before}doe2001`);
    assert.equal(await accept(editor, item), null);
    const edits = editor.applied.map(one => one.edit.changes?.[editor.server.uri('paper.tex')]);
    const expected: TextEdit[] = [
      { range: { start: { line: 1, character: 6 }, end: { line: 1, character: 13 } }, newText: 'own' },
    ];
    assert.deepEqual(edits, [expected]);
  });

  it('offers to create a bibliography that the document names then', async () => {
    const editor = await start({ 'doe.ris': RIS }, 1);
    const before = '\\documentclass{article}\n\\usepackage{biblatex}\n\\begin{document}\n\\cite{';
    const result = await accept(editor, await complete(editor, `${before}forests`));
    assert.deepEqual(editor.told, [
      'paper.tex has no bibliography that could take the reference. Create references.bib?',
      'doe2001 was added to the new references.bib.',
    ]);
    assert.deepEqual(result?.changed, [editor.server.uri('references.bib'), editor.server.uri('paper.tex')]);
    const [created, declared] = editor.applied;
    const [file, filled] = created?.edit.documentChanges ?? [];
    assert.deepEqual(file, {
      kind: 'create',
      uri: editor.server.uri('references.bib'),
      options: { ignoreIfExists: true },
    });
    assert.match(JSON.stringify(filled), /@article\{doe2001,/);
    assert.deepEqual(declared?.edit.changes?.[editor.server.uri('paper.tex')], [
      {
        range: { start: { line: 2, character: 0 }, end: { line: 2, character: 0 } },
        newText: '\\addbibresource{references.bib}\n',
      },
    ]);
  });

  /** Another work with the key that was offered. */
  const TAKEN = `${REFS}@book{doe2001,\n  title = {Deserts},\n}\n`;
  const editsOf = ({ applied, server }: Editor, name: string) =>
    applied.map(one => one.edit.changes?.[server.uri(name)]?.map(({ newText }) => newText));

  it('corrects the key that was inserted once its entry is there', async () => {
    const editor = await start({ 'refs.bib': REFS, 'doe.ris': RIS }, 2);
    const before = '\\bibliography{refs}\n\\cite{';
    const item = await complete(editor, `${before}forests`);
    await editor.server.open('refs.bib', 'bibtex', TAKEN);
    await change(editor, `${before}doe2001`);
    await accept(editor, item);
    assert.match(String(editsOf(editor, 'refs.bib')[0]), /@article\{doe2001a,/);
    assert.deepEqual(editsOf(editor, 'paper.tex').slice(1), [['doe2001a']]);
    assert.deepEqual(editor.told, ['doe2001a was added to refs.bib. doe2001 became doe2001a: this key was taken.']);
  });

  it('changes nothing else where the bibliography cannot be changed', async () => {
    const refuses = ({ edit }: ApplyWorkspaceEditParams) => JSON.stringify(edit).includes('refs.bib');
    const editor = await start({ 'refs.bib': REFS, 'doe.ris': RIS }, 2, { refuses });
    const before = '\\bibliography{refs}\n\\cite{';
    const item = await complete(editor, `${before}forests`);
    await editor.server.open('refs.bib', 'bibtex', TAKEN);
    await change(editor, `${before}doe2001`);
    assert.equal(await accept(editor, item), null);
    assert.deepEqual(editor.applied, []);
    assert.deepEqual(editor.told, ['The bibliography is read-only or changed meanwhile; nothing was added.']);
  });

  it('says which key a citation should have that could not be changed', async () => {
    const refuses = ({ edit }: ApplyWorkspaceEditParams) => JSON.stringify(edit).includes('paper.tex');
    const editor = await start({ 'refs.bib': REFS, 'doe.ris': RIS }, 2, { refuses });
    const before = '\\bibliography{refs}\n\\cite{';
    const item = await complete(editor, `${before}forests`);
    await editor.server.open('refs.bib', 'bibtex', TAKEN);
    await change(editor, `${before}doe2001`);
    const result = await accept(editor, item);
    assert.deepEqual(result?.changed, [editor.server.uri('refs.bib')]);
    assert.match(editor.told[0] ?? '', /The key is doe2001a; the citation has doe2001 and could not be changed\.$/);
  });

  it('says that a document does not name the new bibliography where it could not be changed', async () => {
    const refuses = ({ edit }: ApplyWorkspaceEditParams) => JSON.stringify(edit).includes('paper.tex');
    const editor = await start({ 'doe.ris': RIS }, 1, { refuses });
    const result = await accept(
      editor,
      await complete(editor, '\\documentclass{article}\n\\begin{document}\n\\cite{forests'),
    );
    assert.deepEqual(result?.changed, [editor.server.uri('references.bib')]);
    assert.equal(
      editor.told[1],
      'doe2001 was added to the new references.bib. paper.tex does not name references.bib yet.',
    );
  });

  it('declares where the place is by now, when the user goes on typing', async () => {
    const typed: { editor?: Editor } = {};
    const before = '\\documentclass{article}\n\\usepackage{biblatex}\n\\begin{document}\n\\cite{';
    const refuses = ({ edit }: ApplyWorkspaceEditParams) => {
      // While the file is created somebody writes a line at the beginning.
      if (typed.editor && edit.documentChanges) void change(typed.editor, `% first\n${before}doe2001`);
      return false;
    };
    const editor = await start({ 'doe.ris': RIS }, 1, { refuses });
    const item = await complete(editor, `${before}forests`);
    await change(editor, `${before}doe2001`);
    typed.editor = editor;
    await accept(editor, item);
    const [, declared] = editor.applied;
    const [edit] = declared?.edit.changes?.[editor.server.uri('paper.tex')] ?? [];
    assert.deepEqual(edit?.range.start, { line: 3, character: 0 });
    assert.equal(edit.newText, '\\addbibresource{references.bib}\n');
  });

  it('creates nothing that the user does not want', async () => {
    const editor = await start({ 'doe.ris': RIS }, 1, { presses: false });
    assert.equal(await accept(editor, await complete(editor, '\\cite{forests')), null);
    assert.equal(editor.applied.length, 0);
  });

  it('refuses what is gone', async () => {
    const editor = await start({ 'refs.bib': REFS, 'doe.ris': RIS }, 2);
    const item = await complete(editor, '\\bibliography{refs}\n\\cite{forests');
    const [asked] = (item.command?.arguments ?? []) as { references: { key: string }[] }[];
    assert.ok(asked);
    const gone = { ...asked, references: [{ ...asked.references[0], key: 'nobody' }] };
    const request = { command: item.command?.command, arguments: [gone] };
    assert.equal(await editor.server.connection.sendRequest('workspace/executeCommand', request), null);
    for (const nonsense of [[], [7], [{}], [{ document: {}, references: 'x' }]]) {
      const wrong = { command: item.command?.command, arguments: nonsense };
      assert.equal(await editor.server.connection.sendRequest('workspace/executeCommand', wrong), null);
    }
    assert.equal(editor.applied.length, 0);
  });

  const find = ({ server }: Editor, params: FindReferencesParams) =>
    server.connection.sendRequest<FindReferencesResult>('colophon/findReferences', params);
  const insert = ({ server }: Editor, params: InsertCitationParams) =>
    server.connection.sendRequest<InsertCitationResult>('colophon/insertCitation', params);

  it('finds references for a command of the editor and inserts them', async () => {
    const settings = { insert: { latex: '\\autocite' } };
    const editor = await start({ 'refs.bib': REFS, 'doe.ris': RIS }, 2, { settings });
    const { server } = editor;
    await server.open('paper.tex', 'latex', '\\bibliography{refs}\nsee  here');
    const document = { uri: server.uri('paper.tex') };
    const position = { line: 1, character: 4 };
    const found = await find(editor, { document, position });
    assert.equal(found?.query, '');
    assert.equal(found.joins, false);
    assert.deepEqual(
      found.references.map(({ key, detail, title, from }) => [key, detail, title, from]),
      [
        ['muller2013', 'Müller 2013', 'Tunneling', undefined],
        ['doe2001', 'Doe 2001', 'Forests', 'doe.ris'],
      ],
    );
    assert.deepEqual(found.forms[0]?.name, '\\autocite');
    const typed = await find(editor, { document, position, query: 'tuneling' });
    assert.deepEqual(
      typed?.references.map(({ key }) => key),
      ['muller2013'],
    );
    const references = found.references.map(({ id }) => id);
    const result = await insert(editor, { document, references, selections: [{ start: position, end: position }] });
    assert.deepEqual(result.edits, [
      { range: { start: position, end: position }, newText: '\\autocite{muller2013,doe2001}' },
    ]);
    assert.deepEqual(result.cursors, [{ line: 1, character: 33 }]);
    assert.ok(result.add);
    const added = await server.connection.sendRequest<AddReferencesResult>('workspace/executeCommand', {
      command: 'colophon.addReferences',
      arguments: [result.add],
    });
    assert.deepEqual(added?.changed, [server.uri('refs.bib')]);
  });

  it('begins with what was typed, and joins the citation at the cursor', async () => {
    const editor = await start({ 'refs.bib': REFS }, 1);
    const { server } = editor;
    await server.open('paper.md', 'markdown', 'As [@tunnel] and [@muller2013].');
    const document = { uri: server.uri('paper.md') };
    const found = await find(editor, { document, position: { line: 0, character: 11 } });
    assert.deepEqual([found?.query, found?.joins], ['tunnel', true]);
    const other = await find(editor, { document, position: { line: 0, character: 29 } });
    assert.deepEqual([other?.query, other?.joins], ['', true]);
    // What the citation has already is not offered.
    assert.deepEqual(other?.references, []);
  });

  it('cites in the cell of a notebook', async () => {
    const editor = await start({ 'refs.bib': REFS, 'other.bib': '@misc{other, title = {Other}}' }, 2);
    const { server } = editor;
    const document = {
      uri: server.uri('book.ipynb'),
      content: { languageId: 'markdown', text: 'See ', manuscript: '---\nbibliography: refs.bib\n---\n\nSee ' },
    };
    const position = { line: 0, character: 4 };
    const found = await find(editor, { document, position });
    assert.deepEqual(
      found?.references.map(({ key, from }) => [key, from]),
      [
        ['muller2013', undefined],
        ['other', 'other.bib'],
      ],
    );
    const references = found.references.slice(0, 1).map(({ id }) => id);
    const result = await insert(editor, { document, references, selections: [{ start: position, end: position }] });
    assert.deepEqual(
      result.edits.map(edit => edit.newText),
      ['[@muller2013]'],
    );
  });

  it('knows no citations in other documents', async () => {
    const editor = await start({ 'refs.bib': REFS }, 1);
    const content = { languageId: 'plaintext', text: '', manuscript: '' };
    const document = { uri: editor.server.uri('x.txt'), content };
    assert.equal(await find(editor, { document, position: { line: 0, character: 0 } }), null);
  });
});
