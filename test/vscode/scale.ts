import * as vscode from 'vscode';
import { fileUri, hovers, offered, openFile, type Place } from './editor.ts';
import type { ScaleFigures, ScaleTask } from './scaleFigures.ts';

/** A program for an extension host: measures what a user waits for beside a large library. The task lies beside the workspace. */
export async function run(): Promise<void> {
  const task = JSON.parse(
    new TextDecoder().decode(await vscode.workspace.fs.readFile(beside('task.json'))),
  ) as ScaleTask;
  const figures = await measure(task);
  await vscode.workspace.fs.writeFile(beside('result.json'), new TextEncoder().encode(JSON.stringify(figures)));
}

const beside = (name: string): vscode.Uri => fileUri(`../${name}`);

async function measure({ typed, cited, last }: ScaleTask): Promise<ScaleFigures> {
  const extension = vscode.extensions.getExtension('colophon.colophon');
  if (extension === undefined) throw new Error('The extension is not there.');
  if (extension.isActive) throw new Error('The extension was active before the document was opened.');
  await bringLibrary();

  const start = performance.now();
  const busy = busyTime();
  await extension.activate();
  const activation = performance.now() - start;
  const activationBusy = busy();
  const document = await openFile('paper.tex');
  const line = document.lineCount - 1;
  const end = (): Place => ({ document, position: document.lineAt(line).range.end });
  await offers(end);
  const firstCompletion = performance.now() - start;
  const startBusy = busy();
  await replaceLine(document, line, `\\cite{${last}`);
  await offers(end);
  const allFound = performance.now() - start;

  const completionTimes: number[] = [];
  for (const query of typed) {
    await replaceLine(document, line, '\\cite{');
    for (const character of query) {
      await insert(end(), character);
      completionTimes.push(await timed(() => offered(end())));
    }
  }
  const hoverTimes: number[] = [];
  for (const key of cited) {
    const place = { document, position: document.positionAt(document.getText().indexOf(key) + 1) };
    hoverTimes.push(
      await timed(async () => {
        if ((await hovers(place)).length === 0) throw new Error(`There is no card for ${key}.`);
      }),
    );
  }
  return { activation, activationBusy, startBusy, firstCompletion, allFound, completionTimes, hoverTimes };
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
async function offers(place: () => Place): Promise<void> {
  while ((await offered(place())).length === 0) await new Promise(next => setTimeout(next, 10));
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

async function replaceLine(document: vscode.TextDocument, line: number, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, document.lineAt(line).range, text);
  await vscode.workspace.applyEdit(edit);
}

async function insert({ document, position }: Place, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, position, text);
  await vscode.workspace.applyEdit(edit);
}
