import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionList } from 'vscode-languageserver-protocol';
import { biblatex } from '../../src/formats/biblatex.ts';
import { Bibliography } from '../../src/library/bibliography.ts';
import { startServer, type RunningServer } from './languageClient.ts';
import { libraryOf, withAbstracts } from './libraries.ts';
import { percentile, table, times } from './measure.ts';
import { typedQueries } from './typedQueries.ts';

/** The last one has abstracts, up to so many bytes. */
const LIBRARIES: readonly { readonly count: number; readonly bytes?: number }[] = [
  { count: 1_000 },
  { count: 10_000 },
  { count: 100_000 },
  { count: 100_000, bytes: 100e6 },
];
/** Queries of each kind: some hundreds of keystrokes, so that the slowest hundredth is not the slowest one. */
const SAMPLES = 60;
/** In milliseconds, for the slowest hundredth. */
const BARS = { 'one word': 10, 'two words': 10, 'author and year': 10, mistyped: 30 } as const;
/** Milliseconds after which a server that is left alone has given back what it does not need. */
const REST = 30_000;

/** A LaTeX document beside a library of each size, through `server.js --stdio`: what the user waits for. */
export async function benchEditing(): Promise<string> {
  const rows: (string | number)[][] = [];
  const kinds: (string | number)[][] = [];
  for (const { count, bytes } of LIBRARIES) {
    const library = libraryOf(count);
    const measured = await measure(count, bytes === undefined ? library : withAbstracts(library, count, bytes));
    rows.push(measured.row);
    kinds.push(...measured.kinds);
  }
  const head = [
    'references',
    'library MB',
    'first completion ms',
    'all indexed ms',
    'hover p50',
    'hover first',
    'after a rest',
    'memory MB',
    'bar: 3 x file + 80',
  ];
  const kindHead = [
    'references',
    'typed',
    'keystrokes',
    'p50 ms (bar 5)',
    'p99 ms',
    'bar p99',
    'max ms',
    'thread p50',
    'thread p99',
  ];
  return `## Editing: server.js --stdio, from start to first completion, then a completion at every keystroke (thread: what the main thread of the server worked for it; on a busy machine the clock tells of others, too). After a rest: the slowest keystroke of the first word typed when the server has been left alone and has given memory back\n\n${table(head, rows)}\n\n${table(kindHead, kinds)}`;
}

async function measure(
  size: number,
  library: string,
): Promise<{ row: (string | number)[]; kinds: (string | number)[][] }> {
  const folder = mkdtempSync(join(tmpdir(), 'colophon-bench-'));
  try {
    writeFileSync(join(folder, 'library.bib'), library);
    const queries = typedQueries(new Bibliography('file:///library.bib', biblatex, library), SAMPLES);
    const start = performance.now();
    const server = await startServer(folder);
    const document = new TypedDocument(server.connection, pathToFileURL(join(folder, 'paper.tex')).href);
    await document.open('\\documentclass{article}\\addbibresource{library.bib}\\begin{document}\n');
    await document.type('\\cite{');
    const first = await firstUsefulCompletion(document);
    const firstCompletion = performance.now() - start;
    await server.indexed;
    const indexed = performance.now() - start;

    const kinds: (string | number)[][] = [];
    for (const [kind, typed] of Object.entries(queries)) {
      const keystrokes: Keystroke[] = [];
      for (const query of typed) keystrokes.push(...(await type(server, document, query)));
      const [clock, thread] = [keystrokes.map(one => one.clock), keystrokes.map(one => one.thread)];
      const bar = BARS[kind as keyof typeof BARS];
      const [p50, p99] = [percentile(clock, 0.5), percentile(clock, 0.99)];
      const worked = [percentile(thread, 0.5), percentile(thread, 0.99)];
      kinds.push([size.toLocaleString('en'), kind, keystrokes.length, p50, p99, bar, percentile(clock, 1), ...worked]);
    }
    await document.replaceLine(`\\cite{${first}} `);
    const hovers = await times(30, () => document.hover(8));
    await new Promise(resolve => setTimeout(resolve, REST));
    const memory = server.memory();
    const rested = await type(server, document, queries['one word'][0] ?? '');
    await server.stop();
    const bytes = Buffer.byteLength(library);
    const row = [
      size.toLocaleString('en'),
      bytes / 1e6,
      firstCompletion,
      indexed,
      percentile(hovers, 0.5),
      hovers[0] ?? NaN,
      Math.max(...rested.map(one => one.clock)),
      memory / 1e6,
      (3 * bytes) / 1e6 + 80,
    ];
    return { row, kinds };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Keystroke {
  /** Milliseconds from the keystroke to the list. */
  readonly clock: number;
  /** Milliseconds that the server's main thread worked for it. */
  readonly thread: number;
}

/** Types a query into a new citation, letter by letter. */
async function type(server: RunningServer, document: TypedDocument, query: string): Promise<Keystroke[]> {
  const keystrokes: Keystroke[] = [];
  await document.replaceLine('\\cite{');
  for (const character of query) {
    const thread = server.threadTime();
    const start = performance.now();
    await document.type(character);
    await document.complete();
    const clock = performance.now() - start;
    keystrokes.push({ clock, thread: server.threadTime() - thread });
  }
  return keystrokes;
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
