import { DocumentDropEdit, Range, Uri, languages, workspace } from 'vscode';
import type { DataTransfer, DataTransferFile, Disposable, DocumentDropEditProvider } from 'vscode';
import { mayBeBibliography } from '../protocol/pasteOffers.ts';
import type { Conversations, NamedSource } from './commands/conversation.ts';
import { sourceOf } from './documents.ts';
import { BIBLIOGRAPHY_SELECTOR, arrive, kindOf, offersFor, unlessCancelled } from './insertion.ts';
import type { Arrival } from './insertion.ts';

/** Bibliographies that are dropped on another one put their references there. */
export const registerDropping = (conversations: Conversations): Disposable =>
  languages.registerDocumentDropEditProvider(BIBLIOGRAPHY_SELECTOR, dropProvider(conversations), {
    providedDropEditKinds: [kindOf()],
    dropMimeTypes: [URI_LIST, 'files'],
  });

const URI_LIST = 'text/uri-list';

const dropProvider = (conversations: Conversations): DocumentDropEditProvider => ({
  async provideDocumentDropEdits(document, position, dataTransfer, token) {
    const sources = await droppedSources(conversations, dataTransfer);
    const isOnItself = sources.some(({ uri }) => uri === document.uri.toString());
    if (sources.length === 0 || isOnItself) return [];
    const arrival: Arrival = { document, place: new Range(position, position), sources };
    const [offer] = (await unlessCancelled(token, offersFor(conversations, arrival, token))) ?? [];
    if (!offer) return [];
    const edit = new DocumentDropEdit('', `Insert as ${offer.name}`, kindOf(offer.format));
    // The editor asks no drop edit for more later on, so it has to be complete.
    const made = await arrive(conversations, arrival, offer.format, token);
    if (made) edit.additionalEdit = made;
    return [edit];
  },
});

/** The dropped files if all of them may be bibliographies; with an address where they have one, else with their text. */
async function droppedSources(conversations: Conversations, dataTransfer: DataTransfer): Promise<NamedSource[]> {
  const list = (await dataTransfer.get(URI_LIST)?.asString()) ?? '';
  const lines = list.split(/\r?\n/u).filter(line => line.trim() !== '' && !line.startsWith('#'));
  const uris = lines.map(line => Uri.parse(line));
  if (uris.length > 0) {
    return uris.every(uri => mayBeBibliography(uri.path)) ? uris.map(uri => fileSource(conversations, uri)) : [];
  }
  const files: DataTransferFile[] = [];
  for (const [, item] of dataTransfer) {
    const file = item.asFile();
    if (file) files.push(file);
  }
  return files.every(file => mayBeBibliography(file.name)) ? Promise.all(files.map(contentSource)) : [];
}

function fileSource(conversations: Conversations, uri: Uri): NamedSource {
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  const open = workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  return { name, ...(open ? sourceOf(open, conversations.selector) : { uri: uri.toString() }) };
}

async function contentSource(file: DataTransferFile): Promise<NamedSource> {
  return { name: file.name, text: new TextDecoder().decode(await file.data()) };
}
