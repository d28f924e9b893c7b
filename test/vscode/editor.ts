import * as vscode from 'vscode';

/** A file of the workspace that the test run has open. */
export function fileUri(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('The test run has no workspace folder.');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function openFile(name: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(fileUri(name));
  await vscode.window.showTextDocument(document);
  return document;
}

/** A document that is on no disk, with a cursor where the text has `|`. */
export async function untitled(language: string, text: string): Promise<Place> {
  const offset = text.indexOf('|');
  if (offset === -1) throw new Error('The text has no cursor.');
  const content = text.slice(0, offset) + text.slice(offset + 1);
  const document = await vscode.workspace.openTextDocument({ language, content });
  return { document, position: document.positionAt(offset) };
}

export interface Place {
  readonly document: vscode.TextDocument;
  readonly position: vscode.Position;
}

/** The first place where the text stands, at its first character. */
export function placeOf(document: vscode.TextDocument, text: string): Place {
  const offset = document.getText().indexOf(text);
  if (offset === -1) throw new Error(`The document has no "${text}".`);
  return { document, position: document.positionAt(offset) };
}

/** Unsaved. */
export async function replaceText(document: vscode.TextDocument, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, new vscode.Range(0, 0, document.lineCount, 0), text);
  if (!(await vscode.workspace.applyEdit(edit))) throw new Error('The document could not be changed.');
}

/** References that the document can cite, and those that would have to be copied. */
const REFERENCE_KINDS: readonly unknown[] = [vscode.CompletionItemKind.Reference, vscode.CompletionItemKind.File];

/** The references that completion offers; those of other extensions and word lists are left out. */
export async function offered({ document, position }: Place, resolved = 0): Promise<vscode.CompletionItem[]> {
  const list = await vscode.commands.executeCommand<vscode.CompletionList>(
    'vscode.executeCompletionItemProvider',
    document.uri,
    position,
    undefined,
    resolved,
  );
  const own = list.items.filter(item => REFERENCE_KINDS.includes(item.kind));
  return own.sort((a, b) => ((a.sortText ?? '') < (b.sortText ?? '') ? -1 : 1));
}

export const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);

/** The document's text after an item was accepted as the editor does it. */
export function accepted({ document }: Place, item: vscode.CompletionItem): string {
  const range = item.range instanceof vscode.Range ? item.range : item.range?.replacing;
  const inserted = typeof item.insertText === 'string' ? item.insertText : item.insertText?.value;
  if (range === undefined || inserted === undefined) throw new Error('The item replaces nothing.');
  const edits = [{ range, newText: inserted }, ...(item.additionalTextEdits ?? [])];
  let text = document.getText();
  for (const edit of edits.sort((a, b) => b.range.start.compareTo(a.range.start))) {
    text =
      text.slice(0, document.offsetAt(edit.range.start)) + edit.newText + text.slice(document.offsetAt(edit.range.end));
  }
  return text;
}

/** What hovers at a place say, as Markdown. */
export async function hovers({ document, position }: Place): Promise<string[]> {
  const found = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    document.uri,
    position,
  );
  return found
    .flatMap(hover => hover.contents)
    .flatMap(content => (content instanceof vscode.MarkdownString ? [content.value] : []));
}

/** Markdown as it reads on the screen, as far as its escaped characters go. */
export const unescaped = (markdown: string): string =>
  markdown.replace(/\\([!-/:-@[-`{-~])/g, '$1').replaceAll('&amp;', '&');

/** Places that a definition leads to, as file name and line counted from 1. */
export async function definitions({ document, position }: Place): Promise<string[]> {
  const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    document.uri,
    position,
  );
  return found.map(target => {
    const uri = 'targetUri' in target ? target.targetUri : target.uri;
    const range = 'targetUri' in target ? (target.targetSelectionRange ?? target.targetRange) : target.range;
    return `${uri.path.slice(uri.path.lastIndexOf('/') + 1)}:${range.start.line + 1}`;
  });
}

/** Asks until the answer is right, because the server learns of files on its own time; mocha's limit ends it. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  const end = Date.now() + 15_000;
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    if (Date.now() > end) throw new Error(`It never became right; the last answer was ${JSON.stringify(answer)}`);
    await new Promise(next => setTimeout(next, 25));
  }
}

/** The problems of Colophon in a document, once they are as wanted. */
export async function problems(
  uri: vscode.Uri,
  isRight: (found: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  const found = (): vscode.Diagnostic[] =>
    vscode.languages.getDiagnostics(uri).filter(({ source }) => source === 'Colophon');
  return new Promise(done => {
    const check = (): void => {
      const now = found();
      if (!isRight(now)) return;
      listening.dispose();
      done(now);
    };
    const listening = vscode.languages.onDidChangeDiagnostics(check);
    check();
  });
}

export async function writeFile(name: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(fileUri(name), new TextEncoder().encode(text));
}

/** Closes the editor of a file and gives up what is not saved in it. */
export async function discard(name: string): Promise<void> {
  await openFile(name);
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
}
