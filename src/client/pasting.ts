import { DocumentDropOrPasteEditKind, DocumentPasteEdit, DocumentPasteTriggerKind, languages } from 'vscode';
import type { Disposable, DocumentPasteEditContext, DocumentPasteEditProvider } from 'vscode';
import type { ConversionFormat } from '../protocol/conversion.ts';
import { isOfLanguage, mayHoldReferences } from '../protocol/pasteOffers.ts';
import type { Conversations } from './commands/conversation.ts';
import { BIBLIOGRAPHY_SELECTOR, arrive, kindOf, offersFor, unlessCancelled } from './insertion.ts';
import type { Arrival } from './insertion.ts';

/** Text that holds references is pasted as entries; the editor offers to paste it as it is instead. */
export const registerPasting = (conversations: Conversations): Disposable =>
  languages.registerDocumentPasteEditProvider(BIBLIOGRAPHY_SELECTOR, pasteProvider(conversations), {
    providedPasteEditKinds: [kindOf()],
    pasteMimeTypes: ['text/plain'],
  });

class ReferencePaste extends DocumentPasteEdit {
  readonly arrival: Arrival;
  readonly format: ConversionFormat;

  constructor(title: string, arrival: Arrival, format: ConversionFormat) {
    // What the editor inserts at the cursor is nothing: entries have their place, which may be behind the one around it.
    super('', title, kindOf(format));
    this.arrival = arrival;
    this.format = format;
  }
}

const pasteProvider = (conversations: Conversations): DocumentPasteEditProvider<ReferencePaste> => ({
  async provideDocumentPasteEdits(document, ranges, dataTransfer, context, token) {
    const text = (await dataTransfer.get('text/plain')?.asString()) ?? '';
    const isOwn = isOfLanguage(document.languageId, text);
    const [place] = ranges;
    if (!place || !mayHoldReferences(text) || (isOwn && !isAskedFor(context))) return [];
    const arrival: Arrival = { document, place, sources: [{ name: 'the clipboard', text }] };
    const offers = await unlessCancelled(token, offersFor(conversations, arrival, token));
    return (offers ?? []).map(({ name, format }) => {
      const edit = new ReferencePaste(`Paste as ${name}`, arrival, format);
      if (isOwn) edit.yieldTo = [DocumentDropOrPasteEditKind.Text];
      return edit;
    });
  },
  async resolveDocumentPasteEdit(edit, token) {
    const made = await arrive(conversations, edit.arrival, edit.format, token);
    if (made) edit.additionalEdit = made;
    return edit;
  },
});

/** Whether the user chose *Paste As…* of the editor; otherwise this is any paste, which nobody should notice. */
const isAskedFor = ({ triggerKind, only }: DocumentPasteEditContext): boolean =>
  triggerKind === DocumentPasteTriggerKind.PasteAs || only !== undefined;
