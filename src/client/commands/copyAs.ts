import { env, window } from 'vscode';
import { askSameWorks, askTarget, convert, recogniseUsable, tellOutcome } from './conversation.ts';
import type { Conversations } from './conversation.ts';
import { selectedSource } from './convertSelection.ts';

/** Puts the selected entries, or the one around the cursor, on the clipboard in another format. */
export async function copyAs(conversations: Conversations): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage('Open a bibliography and select the entries to copy.');
    return;
  }
  const source = selectedSource(conversations, editor);
  const { usable, recognised } = await recogniseUsable(conversations, [source]);
  if (usable.length === 0) return;
  const to = await askTarget(recognised);
  const sameWorks = to && (await askSameWorks(recognised));
  if (!sameWorks) return;
  const result = await convert(conversations, { sources: [source], to, sameWorks, output: 'text' });
  const [converted] = result?.converted ?? [];
  if (!result || !converted) return;
  await env.clipboard.writeText(converted.texts.join(''));
  tellOutcome(conversations, result, to);
}
