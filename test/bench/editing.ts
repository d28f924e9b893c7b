import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionList } from 'vscode-languageserver-protocol';
import { startServer } from './languageClient.ts';
import { libraryOf } from './libraries.ts';
import { percentile, table, times } from './measure.ts';

const SIZES = [1_000, 10_000, 100_000];
/** What people type to find a paper: words of titles, an author with a year, a word with a typo. */
const QUERIES = [
  'optimization',
  'learning graph',
  'smith 2010',
  'analysis of',
  'goldberg genetic 1989',
  'algoritm',
  'muller',
  'knuth',
];

/** A LaTeX document beside a library of each size, through `server.js --stdio`: what the user waits for. */
export async function benchEditing(): Promise<string> {
  const rows: (string | number)[][] = [];
  for (const size of SIZES) rows.push(await measure(size));
  const head = [
    'references',
    'library MB',
    'first completion ms',
    'all indexed ms',
    'keystroke p50',
    'keystroke p99',
    'hover p50',
    'hover first',
    'memory MB',
    'memory / file',
  ];
  return `## Editing: server.js --stdio, from start to first completion, then a completion at every keystroke\n\n${table(head, rows)}`;
}

async function measure(size: number): Promise<(string | number)[]> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  try {
    const library = libraryOf(size);
    writeFileSync(join(folder, 'library.bib'), library);
    const start = performance.now();
    const server = await startServer(folder);
    const document = new TypedDocument(server.connection, pathToFileURL(join(folder, 'paper.tex')).href);
    await document.open('\\documentclass{article}\\addbibresource{library.bib}\\begin{document}\n');
    await document.type('\\cite{');
    const first = await firstUsefulCompletion(document);
    const firstCompletion = performance.now() - start;
    await server.indexed;
    const indexed = performance.now() - start;

    const keystrokes: number[] = [];
    for (const query of QUERIES) {
      await document.replaceLine('\\cite{');
      for (const character of query) {
        await document.type(character);
        keystrokes.push(...(await times(1, () => document.complete())));
      }
    }
    await document.replaceLine(`\\cite{${first}} `);
    const hovers = await times(30, () => document.hover(8));
    const memory = server.memory();
    await server.stop();
    const bytes = Buffer.byteLength(library);
    return [
      size.toLocaleString('en'),
      bytes / 1e6,
      firstCompletion,
      indexed,
      percentile(keystrokes, 0.5),
      percentile(keystrokes, 0.99),
      percentile(hovers, 0.5),
      hovers[0] ?? NaN,
      memory / 1e6,
      memory / bytes,
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The first list that is not empty; its first key. */
async function firstUsefulCompletion(document: TypedDocument): Promise<string> {
  for (;;) {
    const list = await document.complete();
    const item = list?.items[0];
    if (item) return item.label;
  }
}

type Connection = Awaited<ReturnType<typeof startServer>>['connection'];

/** One open document whose second line is being typed. */
class TypedDocument {
  readonly #connection: Connection;
  readonly #uri: string;
  #version = 1;
  #line = '';

  constructor(connection: Connection, uri: string) {
    this.#connection = connection;
    this.#uri = uri;
  }

  async open(text: string): Promise<void> {
    const textDocument = { uri: this.#uri, languageId: 'latex', version: this.#version, text };
    await this.#connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  async type(characters: string): Promise<void> {
    await this.#change(this.#line.length, this.#line.length, characters);
    this.#line += characters;
  }

  async replaceLine(line: string): Promise<void> {
    await this.#change(0, this.#line.length, line);
    this.#line = line;
  }

  complete(): Promise<CompletionList | null> {
    return this.#connection.sendRequest('textDocument/completion', this.#at(this.#line.length));
  }

  hover(character: number): Promise<unknown> {
    return this.#connection.sendRequest('textDocument/hover', this.#at(character));
  }

  #at(character: number): object {
    return { textDocument: { uri: this.#uri }, position: { line: 1, character } };
  }

  async #change(start: number, end: number, text: string): Promise<void> {
    const range = { start: { line: 1, character: start }, end: { line: 1, character: end } };
    const textDocument = { uri: this.#uri, version: ++this.#version };
    await this.#connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges: [{ range, text }],
    });
  }
}
