import { DocumentDropOrPasteEditKind, window, workspace } from 'vscode';
import type { CancellationToken, Range as EditorRange, TextDocument, WorkspaceEdit } from 'vscode';
import type { ConversionFormat, ConvertResult } from '../protocol/conversion.ts';
import { formatOfDocument } from '../protocol/conversionChoices.ts';
import { leftOutSentence, renamedSentence } from '../protocol/conversionTexts.ts';
import { pasteOffers } from '../protocol/pasteOffers.ts';
import type { PasteOffer } from '../protocol/pasteOffers.ts';
import { convert, recognise, tellOutcome } from './commands/conversation.ts';
import type { Conversations, NamedSource } from './commands/conversation.ts';
import { insertionEdit } from './commands/delivery.ts';
import { sourceOf } from './documents.ts';

/** The documents that take references pasted or dropped. */
export const BIBLIOGRAPHY_SELECTOR = [{ language: 'bibtex' }, { language: 'ris' }];

/** The kind of the edits; a setting of the editor (`editor.pasteAs.preferences`) can name it. */
export function kindOf(format?: ConversionFormat): DocumentDropOrPasteEditKind {
  return DocumentDropOrPasteEditKind.Empty.append('colophon', ...(format === undefined ? [] : [format]));
}

/** What a request gives, or undefined when it was cancelled on the way. */
export async function unlessCancelled<T>(token: CancellationToken, request: Promise<T>): Promise<T | undefined> {
  try {
    const result = await request;
    return token.isCancellationRequested ? undefined : result;
  } catch (error) {
    if (token.isCancellationRequested) return undefined;
    throw error;
  }
}

/** References that somebody pastes or drops, on their way into a document. */
export interface Arrival {
  readonly document: TextDocument;
  readonly place: EditorRange;
  readonly sources: readonly NamedSource[];
}

/** In which formats the references can go into the document; none when there are none. */
export async function offersFor(
  conversations: Conversations,
  { document, sources }: Arrival,
  token: CancellationToken,
): Promise<PasteOffer[]> {
  const into: NamedSource = { name: '', ...sourceOf(document, conversations.selector) };
  const [target, ...recognised] = (await recognise(conversations, [into, ...sources], token)) ?? [];
  const format = formatOfDocument(document.languageId, target?.parts[0]?.format);
  return pasteOffers(document.languageId, format, recognised);
}

/**
 * The edit that puts the references into the document: works that it has already are left out, keys that it has are changed. What
 * the user should know of it is told. Undefined: cancelled, or nothing is left to put there.
 */
export async function arrive(
  conversations: Conversations,
  arrival: Arrival,
  to: ConversionFormat,
  token: CancellationToken,
): Promise<WorkspaceEdit | undefined> {
  const { document, place, sources } = arrival;
  const result = await convert(
    conversations,
    {
      sources,
      to,
      sameWorks: 'merge',
      output: 'text',
      into: sourceOf(document, conversations.selector, place),
      skipKnown: true,
    },
    token,
  );
  if (!result) return undefined;
  tellArrival(conversations, arrival, result, to);
  return insertionEdit(document, result);
}

/** Silent where the text that appears says it all. */
function tellArrival(
  conversations: Conversations,
  arrival: Arrival,
  result: ConvertResult,
  to: ConversionFormat,
): void {
  if (result.known.length > 0) void offerKnown(conversations, arrival, result, to);
  if (result.report !== undefined) tellOutcome(conversations, result, to);
  else if (result.renamed && result.renamed.length > 0) {
    void window.showInformationMessage(renamedSentence(result.renamed));
  }
}

/** Says which works were left out, and puts them in all the same if that is wanted. */
async function offerKnown(
  conversations: Conversations,
  { document, place, sources }: Arrival,
  { known, outputs }: ConvertResult,
  to: ConversionFormat,
): Promise<void> {
  const inserted = outputs.reduce((sum, output) => sum + output.count, 0);
  const pressed = await window.showWarningMessage(leftOutSentence(known, inserted + known.length), INSERT_ANYWAY);
  if (pressed !== INSERT_ANYWAY) return;
  const editor = window.visibleTextEditors.find(candidate => candidate.document === document);
  const into = sourceOf(document, conversations.selector, editor?.selection ?? place);
  const result = await convert(conversations, {
    sources,
    to,
    sameWorks: 'merge',
    output: 'text',
    into,
    only: known,
  });
  const edit = result && insertionEdit(document, result);
  if (!edit) return;
  if (await workspace.applyEdit(edit)) tellOutcome(conversations, result, to);
  else void window.showErrorMessage('The document is read-only or changed meanwhile; nothing was inserted.');
}

const INSERT_ANYWAY = 'Insert Anyway';
