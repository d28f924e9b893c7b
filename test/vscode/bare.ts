import * as vscode from 'vscode';
import { LAST_ENTRY } from './scaleFigures.ts';

/**
 * An extension that does as little as one can to cite from a library: it reads the file, makes nothing of it, and offers as many references as
 * Colophon does, without a server, a search or a card. What it takes is the editor's own.
 */
export function activate(context: vscode.ExtensionContext): void {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) throw new Error('There is no folder.');
  const library = vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder.uri, 'library.bib'));
  context.subscriptions.push(
    vscode.languages.registerCompletionItemProvider({ language: 'latex' }, { provideCompletionItems: offer }, '{'),
    vscode.languages.registerHoverProvider({ language: 'latex' }, { provideHover: () => new vscode.Hover('A card.') }),
  );

  async function offer(document: vscode.TextDocument, position: vscode.Position): Promise<vscode.CompletionList> {
    await library;
    const line = document.lineAt(position).text.slice(0, position.character);
    const typed = line.slice(line.lastIndexOf('{') + 1);
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    const others = Array.from({ length: LISTED - 1 }, (_, number) => `knuth${number}`);
    const items = [LAST_ENTRY.key, ...others].map((key, rank) => itemOf(key, { typed, range, rank }));
    return new vscode.CompletionList(items, true);
  }
}

const LISTED = 100;

interface ItemPlace {
  readonly typed: string;
  readonly range: vscode.Range;
  readonly rank: number;
}

function itemOf(key: string, { typed, range, rank }: ItemPlace): vscode.CompletionItem {
  const label = { label: key, detail: ' Knuth 1984', description: 'Literate programming, a title of the usual length' };
  const item = new vscode.CompletionItem(label, vscode.CompletionItemKind.Reference);
  item.filterText = typed;
  item.sortText = String(rank).padStart(3, '0');
  item.insertText = key;
  item.range = range;
  return item;
}
