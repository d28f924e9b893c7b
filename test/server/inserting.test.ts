import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FindReferencesResult, InsertCitationResult } from '../../src/protocol/citing.ts';
import { bundles } from './bundles.ts';
import { startServer } from './runningServer.ts';
import type { RunningServer } from './runningServer.ts';

const REFS = '@book{kestrel,\n  title = {Kestrels},\n}\n@book{heron,\n  title = {Herons},\n}\n';

/** What each document gets, by itself and by the settings below. */
const documents: readonly (readonly [file: string, languageId: string, text: string, usual: string, set: string])[] = [
  ['a.tex', 'latex', '', '\\cite{heron,kestrel}', '\\autocite{heron,kestrel}'],
  ['apa.tex', 'latex', '\\usepackage{apacite}\n', '\\cite{heron,kestrel}', '\\autocite{heron,kestrel}'],
  ['a.Rnw', 'rsweave', '', '\\cite{heron,kestrel}', '\\autocite{heron,kestrel}'],
  ['a.dtx', 'doctex', '% ', '\\cite{heron,kestrel}', '\\autocite{heron,kestrel}'],
  ['a.md', 'markdown', '', '[@heron; @kestrel]', '@heron, @kestrel'],
  ['a.qmd', 'quarto', '', '[@heron; @kestrel]', '@heron, @kestrel'],
  ['a.Rmd', 'rmd', '', '[@heron; @kestrel]', '@heron, @kestrel'],
  ['roles.md', 'markdown', '{cite}`x`\n', '{cite:p}`heron,kestrel`', '@heron, @kestrel'],
  ['a.myst', 'myst', '', '{cite:p}`heron,kestrel`', '@heron, @kestrel'],
  ['a.py', 'python', '# %% [markdown]\n# ', '[@heron; @kestrel]', '@heron, @kestrel'],
  ['a.typ', 'typst', '', '@heron @kestrel', '#footnote[@heron @kestrel]'],
  ['a.rst', 'restructuredtext', '', ':cite:p:`heron,kestrel`', ':footcite:p:`heron,kestrel`'],
  ['a.org', 'org', '', '[cite:@heron;@kestrel]', '[cite/ft:@heron;@kestrel]'],
  ['links.org', 'org', 'cite:&x\n', 'cite:&heron;&kestrel', '[cite/ft:@heron;@kestrel]'],
  ['a.adoc', 'asciidoc', '', 'cite:[heron, kestrel]', 'citenp:[heron, kestrel]'],
  // A form that the document does not have is not written.
  ['db.adoc', 'asciidoc', ':bibliography-database: refs.bib\n\n', 'citep:[heron]+[kestrel]', 'citep:[heron]+[kestrel]'],
];

describe('the usual form of a citation', () => {
  const running: RunningServer[] = [];
  let folder = '';

  before(async function () {
    this.timeout(60_000);
    await bundles();
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'colophon inserting ')));
    writeFileSync(join(folder, 'refs.bib'), REFS);
  });
  afterEach(() => Promise.all(running.splice(0).map(server => server.stop())));
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  async function written(settings: Record<string, unknown>): Promise<Map<string, string | undefined>> {
    const server = await startServer('ipc', { folder, settings });
    running.push(server);
    await server.status(status => !status.indexing && status.references === 2);
    const made = new Map<string, string | undefined>();
    for (const [file, languageId, text] of documents) {
      await server.open(file, languageId, text);
      const document = { uri: server.uri(file) };
      const lines = text.split('\n');
      const position = { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
      const asked = { document, position, query: '' };
      const found = await server.connection.sendRequest<FindReferencesResult>('colophon/findReferences', asked);
      const keys = ['heron', 'kestrel'];
      const references = keys.flatMap(key => found?.references.find(one => one.key === key)?.id ?? []);
      const selections = [{ start: position, end: position }];
      const result = await server.connection.sendRequest<InsertCitationResult | null>('colophon/insertCitation', {
        document,
        references,
        selections,
      });
      made.set(file, result?.edits.map(edit => edit.newText).join());
    }
    return made;
  }

  it('is the one of the document', async () => {
    assert.deepEqual(await written({}), new Map(documents.map(([file, , , usual]) => [file, usual])));
  });

  it('is the one of the setting', async () => {
    const insert = {
      latex: '\\autocite',
      markdown: '@key',
      typst: '#footnote[@key]',
      restructuredText: ':footcite:p:',
      org: '[cite/ft:@key]',
      asciidoc: 'citenp:[]',
    };
    assert.deepEqual(await written({ insert }), new Map(documents.map(([file, , , , set]) => [file, set])));
  });
});
