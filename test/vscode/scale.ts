import * as vscode from 'vscode';
import { fileUri, hovers, labelOf, offered, openFile, type Place } from './editor.ts';
import { LAST_ENTRY, type ScaleFigures, type ScaleTask } from './scaleFigures.ts';

/** A program for an extension host: measures what a user waits for beside a large library. The task lies beside the workspace. */
export async function run(): Promise<void> {
  const task = JSON.parse(
    new TextDecoder().decode(await vscode.workspace.fs.readFile(beside('task.json'))),
  ) as ScaleTask;
  const figures = await measure(task);
  await vscode.workspace.fs.writeFile(beside('result.json'), new TextEncoder().encode(JSON.stringify(figures)));
}

const beside = (name: string): vscode.Uri => fileUri(`../${name}`);

async function measure(task: ScaleTask): Promise<ScaleFigures> {
  const extension = vscode.extensions.getExtension(task.extension);
  if (extension === undefined) throw new Error('The extension is not there.');
  if (extension.isActive) throw new Error('The extension was active before the document was opened.');
  await bringLibrary();

  const start = performance.now();
  const sinceStart = (): number => performance.now() - start;
  const busy = busyTime();
  await extension.activate();
  const [activation, activationBusy] = [sinceStart(), busy()];
  const page = new TypedLine(await openFile('paper.tex'));
  await offers(page);
  const [firstCompletion, startBusy] = [sinceStart(), busy()];

  const { key, title } = LAST_ENTRY;
  const finds = async (query: string): Promise<boolean> => {
    await page.write(`\\cite{${query}`);
    return (await offered(page.end)).some(item => labelOf(item) === key);
  };
  while (!(await finds(key)));
  const allFound = sinceStart();
  const earlyTimes: number[] = [];
  for (let round = 0; !(await finds(title)); round++)
    earlyTimes.push(...(await typingTimes(page, task.typed[round % task.typed.length] ?? '')));
  const indexed = sinceStart();

  const completionTimes: number[] = [];
  for (const query of task.typed) completionTimes.push(...(await typingTimes(page, query)));
  const hoverTimes = await timesOfHovers(page.document, task.cited);
  return {
    ...{ activation, activationBusy, startBusy, firstCompletion, allFound, indexed },
    ...{ earlyTimes, completionTimes, hoverTimes },
  };
}

/** The last line of a document. */
class TypedLine {
  readonly document: vscode.TextDocument;

  constructor(document: vscode.TextDocument) {
    this.document = document;
  }

  get end(): Place {
    return { document: this.document, position: this.#line.range.end };
  }

  /** Replaces what stands there. */
  async write(text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.replace(this.document.uri, this.#line.range, text);
    await vscode.workspace.applyEdit(edit);
  }

  async type(text: string): Promise<void> {
    const edit = new vscode.WorkspaceEdit();
    edit.insert(this.document.uri, this.end.position, text);
    await vscode.workspace.applyEdit(edit);
  }

  get #line(): vscode.TextLine {
    return this.document.lineAt(this.document.lineCount - 1);
  }
}

/** How long the completion after each letter of a query took. */
async function typingTimes(page: TypedLine, query: string): Promise<number[]> {
  const times: number[] = [];
  await page.write('\\cite{');
  for (const character of query) {
    await page.type(character);
    times.push(await timed(() => offered(page.end)));
  }
  return times;
}

async function timesOfHovers(document: vscode.TextDocument, keys: readonly string[]): Promise<number[]> {
  const times: number[] = [];
  for (const key of keys) {
    const place = { document, position: document.positionAt(document.getText().indexOf(key) + 1) };
    times.push(
      await timed(async () => {
        if ((await hovers(place)).length === 0) throw new Error(`There is no card for ${key}.`);
      }),
    );
  }
  return times;
}

/** Only when the editor is there: a workspace with a bibliography would have started the extension before the document is opened. */
async function bringLibrary(): Promise<void> {
  const watcher = vscode.workspace.createFileSystemWatcher('**/library.bib');
  const quiet = new Promise<void>(done => {
    const again = (): void => {
      clearTimeout(timer);
      timer = setTimeout(done, QUIET);
    };
    let timer = setTimeout(done, 5 * QUIET);
    watcher.onDidCreate(again);
    watcher.onDidChange(again);
  });
  await vscode.workspace.fs.rename(beside('library.bib'), fileUri('library.bib'));
  await quiet;
  watcher.dispose();
}

/** Milliseconds after which no more is told of one change: otherwise the file would look like one that changes while it is read. */
const QUIET = 2000;

/** Milliseconds that the main thread of a Node host has been busy since; undefined in a web worker, which cannot tell. */
function busyTime(): () => number | undefined {
  const clock = performance as Performance & { eventLoopUtilization?: () => { readonly active: number } };
  const start = clock.eventLoopUtilization?.().active ?? 0;
  return () => clock.eventLoopUtilization && clock.eventLoopUtilization().active - start;
}

/** Waits until something is offered. */
async function offers(page: TypedLine): Promise<void> {
  while ((await offered(page.end)).length === 0) await new Promise(next => setTimeout(next, 10));
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}
