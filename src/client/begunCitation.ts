import { commands, languages, window } from 'vscode';
import type { DocumentSelector } from 'vscode';
import type { BaseLanguageClient, CompletionList } from 'vscode-languageclient';

/** Opens the list for a citation that was begun before the server ran: the editor had nobody to ask then, and does not ask again. */
export async function completeBegun(client: BaseLanguageClient, selector: DocumentSelector): Promise<void> {
  const editor = window.activeTextEditor;
  // A document that nobody has typed in yet has the first version.
  if (!editor || editor.document.version < 2 || languages.match(selector, editor.document) === 0) return;
  const { document, selection } = editor;
  const params = client.code2ProtocolConverter.asTextDocumentPositionParams(document, selection.active);
  const list = await client.sendRequest<CompletionList | null>('textDocument/completion', params);
  const isThere = window.activeTextEditor === editor && editor.selection.active.line === selection.active.line;
  // Without the argument it would say so where there is nothing to suggest.
  if (list?.items.length && isThere) await commands.executeCommand('editor.action.triggerSuggest', { auto: true });
}
