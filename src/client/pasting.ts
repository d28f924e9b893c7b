import { DocumentDropOrPasteEditKind, DocumentPasteEdit, DocumentPasteTriggerKind, languages } from 'vscode';
import type {
  Disposable,
  DocumentPasteEditContext,
  DocumentPasteEditProvider,
  Range as EditorRange,
  TextDocument,
} from 'vscode';
import { PLACE_REQUEST } from '../protocol/conversion.ts';
import type { ConversionFormat, PlaceParams, PlaceResult, RangeEdit } from '../protocol/conversion.ts';
import { isOfLanguage, mayHoldReferences } from '../protocol/pasteOffers.ts';
import type { Conversations } from './commands/conversation.ts';
import { insertionEdit } from './commands/delivery.ts';
import { BIBLIOGRAPHY_SELECTOR, arrive, kindOf, offersFor, unlessCancelled } from './insertion.ts';
import type { Arrival } from './insertion.ts';

/**
 * Text that holds references is pasted as entries; the editor offers to paste it as it is instead. Entries of the document's own language are
 * pasted as they are, but behind the one that the cursor is in.
 */
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

class PlacedPaste extends DocumentPasteEdit {
  readonly document: TextDocument;
  readonly insertion: RangeEdit;

  constructor(document: TextDocument, insertion: RangeEdit) {
    super('', `Paste Behind the ${document.languageId === 'ris' ? 'Record' : 'Entry'}`, kindOf().append('behind'));
    this.document = document;
    this.insertion = insertion;
  }
}

const pasteProvider = (conversations: Conversations): DocumentPasteEditProvider<ReferencePaste | PlacedPaste> => ({
  async provideDocumentPasteEdits(document, ranges, dataTransfer, context, token) {
    const text = (await dataTransfer.get('text/plain')?.asString()) ?? '';
    const isOwn = isOfLanguage(document.languageId, text);
    const [place] = ranges;
    if (!place || !mayHoldReferences(text)) return [];
    const [only] = isOwn && ranges.length === 1 ? [place] : [];
    const insertion = only && (await unlessCancelled(token, placeOf(conversations, document, { place: only, text })));
    const placed = insertion ? [new PlacedPaste(document, insertion)] : [];
    if (isOwn && !isAskedFor(context)) return placed;
    const arrival: Arrival = { document, place, sources: [{ name: 'the clipboard', text }] };
    const offers = await unlessCancelled(token, offersFor(conversations, arrival, token));
    const edits = (offers ?? []).map(({ name, format }) => {
      const edit = new ReferencePaste(`Paste as ${name}`, arrival, format);
      if (isOwn) edit.yieldTo = [DocumentDropOrPasteEditKind.Text];
      return edit;
    });
    return [...placed, ...edits];
  },
  async resolveDocumentPasteEdit(edit, token) {
    const made =
      edit instanceof PlacedPaste
        ? insertionEdit(edit.document, edit)
        : await arrive(conversations, edit.arrival, edit.format, token);
    if (made) edit.additionalEdit = made;
    return edit;
  },
});

/** Where entries go that would break another one at the cursor; null or undefined where they would not. */
async function placeOf(
  conversations: Conversations,
  document: TextDocument,
  { place, text }: { readonly place: EditorRange; readonly text: string },
): Promise<PlaceResult | undefined> {
  if (!place.isEmpty) return undefined;
  const client = await conversations.client();
  const params: PlaceParams = { uri: document.uri.toString(), position: place.start, text };
  return client.sendRequest<PlaceResult>(PLACE_REQUEST, params);
}

/** Whether the user chose *Paste As…* of the editor; otherwise this is any paste, which nobody should notice. */
const isAskedFor = ({ triggerKind, only }: DocumentPasteEditContext): boolean =>
  triggerKind === DocumentPasteTriggerKind.PasteAs || only !== undefined;
