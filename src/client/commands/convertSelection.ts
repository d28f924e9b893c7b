import { window } from 'vscode';
import type { QuickPickItem, TextEditor } from 'vscode';
import type { ConversionFormat } from '../../protocol/conversion.ts';
import { mayConvertInPlace } from '../../protocol/conversionChoices.ts';
import { sourceOf } from '../documents.ts';
import { askSameWorks, askTarget, convert, recogniseUsable, tellOutcome } from './conversation.ts';
import type { Conversations, NamedSource } from './conversation.ts';
import { putInEditor, putInPlace, replacesEntries } from './delivery.ts';

/** The entries that the selection touches, or the one around the cursor. */
export async function convertSelection(conversations: Conversations): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage('Open a bibliography and select the entries to convert.');
    return;
  }
  const source = selectedSource(conversations, editor);
  const { usable, recognised } = await recogniseUsable(conversations, [source]);
  if (usable.length === 0) return;
  const to = await askTarget(recognised);
  const sameWorks = to && (await askSameWorks(recognised));
  if (!sameWorks) return;
  const destination = await askDestination(editor, to);
  if (!destination) return;
  const output = destination === 'inPlace' && replacesEntries(editor.document, to) ? 'edits' : 'text';
  const result = await convert(conversations, { sources: [source], to, sameWorks, output });
  const [converted] = result?.converted ?? [];
  if (!result || !converted) return;
  const delivered =
    destination === 'inPlace'
      ? await putInPlace(editor.document, converted, to, editor.selection)
      : await putInEditor(result.converted, to);
  if (delivered) tellOutcome(conversations, result, to);
}

export const selectedSource = (conversations: Conversations, editor: TextEditor): NamedSource => ({
  name: 'the selection',
  ...sourceOf(editor.document, conversations.selector, editor.selection),
});

type Destination = 'editor' | 'inPlace';

async function askDestination({ document }: TextEditor, to: ConversionFormat): Promise<Destination | undefined> {
  if (!mayConvertInPlace(document.languageId, document.isUntitled, to)) return 'editor';
  const items: (QuickPickItem & { readonly destination: Destination })[] = [
    { label: 'New Editor', description: 'nothing is saved', destination: 'editor' },
    { label: 'In Place', description: 'can be undone in one step', destination: 'inPlace' },
  ];
  const chosen = await window.showQuickPick(items, { title: 'Convert Selection', placeHolder: 'Where to?' });
  return chosen?.destination;
}
