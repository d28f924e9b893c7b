import { env, window, workspace } from 'vscode';
import type { TextEditor } from 'vscode';
import type { ConversionFormat, ConvertParams, ConvertResult, KnownReference } from '../../protocol/conversion.ts';
import { documentChoices, formatOfDocument } from '../../protocol/conversionChoices.ts';
import { knownSentence } from '../../protocol/conversionTexts.ts';
import { sourceOf } from '../documents.ts';
import { askFormat, askSameWorks, convert, recognise, recogniseUsable, tellOutcome } from './conversation.ts';
import type { Conversion, Conversations, NamedSource } from './conversation.ts';
import { insertionEdit, putInEditor } from './delivery.ts';

/** What the clipboard holds (entries, records, a page with both) as entries at the cursor. */
export async function pasteAs(conversations: Conversations): Promise<void> {
  const clipboard: NamedSource = { name: 'the clipboard', text: await env.clipboard.readText() };
  const { usable, recognised } = await recogniseUsable(conversations, [clipboard]);
  if (usable.length === 0) return;
  const editor = window.activeTextEditor;
  const to =
    (editor && (await formatOf(conversations, editor))) ??
    (await askFormat(documentChoices(editor?.document.languageId ?? ''), recognised, 'Paste References'));
  const sameWorks = to && (await askSameWorks(recognised));
  if (!sameWorks) return;
  const result = await convertForPasting(conversations, editor, {
    sources: [clipboard],
    to,
    sameWorks,
    output: 'text',
  });
  if (!result) return;
  const pasted = editor ? await insert(editor, result) : await putInEditor(result.converted, to);
  if (pasted) tellOutcome(conversations, result, to);
}

async function formatOf(conversations: Conversations, editor: TextEditor): Promise<ConversionFormat | undefined> {
  const document = { name: '', ...sourceOf(editor.document, conversations.selector) };
  const [found] = (await recognise(conversations, [document])) ?? [];
  return formatOfDocument(editor.document.languageId, found?.parts[0]?.format);
}

/** Asks what to do with references that the document has already; undefined when the user would rather stop. */
async function convertForPasting(
  conversations: Conversations,
  editor: TextEditor | undefined,
  params: ConvertParams,
): Promise<Conversion | undefined> {
  if (!editor) return convert(conversations, params);
  const into = sourceOf(editor.document, conversations.selector, editor.selection);
  const result = await convert(conversations, { ...params, into });
  if (!result || result.known.length === 0) return result;
  const count = result.outputs.reduce((sum, output) => sum + output.count, 0);
  const choice = await askKnown(result.known, count);
  if (choice === 'skip') return convert(conversations, { ...params, into, skipKnown: true });
  return choice === 'insert' ? result : undefined;
}

async function askKnown(known: readonly KnownReference[], count: number): Promise<'insert' | 'skip' | undefined> {
  const buttons = known.length < count ? ['Insert All', 'Leave These Out'] : ['Insert All'];
  const pressed = await window.showWarningMessage(knownSentence(known, count), { modal: true }, ...buttons);
  return pressed === undefined ? undefined : pressed === 'Insert All' ? 'insert' : 'skip';
}

async function insert(editor: TextEditor, result: ConvertResult): Promise<boolean> {
  const edit = insertionEdit(editor.document, result);
  const applied = edit !== undefined && (await workspace.applyEdit(edit));
  if (!applied) void window.showErrorMessage('The document is read-only or changed meanwhile; nothing was inserted.');
  return applied;
}
