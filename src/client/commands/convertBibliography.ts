import { Uri, window, workspace } from 'vscode';
import type { QuickPickItem, TextDocument } from 'vscode';
import type { ConversionFormat } from '../../protocol/conversion.ts';
import { mayConvertInPlace, outputFileName } from '../../protocol/conversionChoices.ts';
import { problemSentence, quantity } from '../../protocol/conversionTexts.ts';
import { BIBLIOGRAPHY_GLOB } from '../../protocol/documents.ts';
import { sourceOf } from '../documents.ts';
import { askSameWorks, askTarget, convert, recogniseUsable, tellOutcome } from './conversation.ts';
import type { Conversion, Conversations, NamedSource } from './conversation.ts';
import { putBeside, putInEditor, putInPlace, replacesEntries } from './delivery.ts';

/** The files that are selected in the Explorer, else the one clicked, else the document in the editor, else one of the workspace. */
export async function convertBibliography(
  conversations: Conversations,
  clicked?: Uri,
  selected?: unknown,
): Promise<void> {
  const sources = await chosenSources(conversations, clicked, selected);
  if (sources.length === 0) return;
  const { usable, recognised } = await recogniseUsable(conversations, sources);
  if (usable.length === 0) return;
  const to = await askTarget(recognised);
  const sameWorks = to && (await askSameWorks(recognised));
  if (!sameWorks) return;
  const destination = await askDestination(usable, to);
  if (!destination) return;

  const document = destination === 'inPlace' ? await soleDocument(usable) : undefined;
  const output = document && replacesEntries(document, to) ? 'edits' : 'text';
  const result = await convert(conversations, {
    sources: usable,
    to,
    sameWorks,
    output,
    joins: destination === 'editor',
  });
  if (!result) return;
  const delivered = await deliver(destination, usable, result, { to, document });
  if (delivered) tellOutcome(conversations, result, to);
}

async function chosenSources(
  conversations: Conversations,
  clicked: Uri | undefined,
  selected: unknown,
): Promise<NamedSource[]> {
  const several = Array.isArray(selected) ? selected.filter(item => item instanceof Uri) : [];
  if (several.length > 0) return several.map(uri => namedFile(conversations, uri));
  if (clicked instanceof Uri) return [namedFile(conversations, clicked)];
  const document = window.activeTextEditor?.document;
  if (document && CONVERTIBLE.has(document.languageId)) return [namedDocument(conversations, document)];
  const chosen = await askBibliography();
  return chosen ? [namedFile(conversations, chosen)] : [];
}

/** Languages of editors that hold a bibliography, or text that somebody pasted. */
const CONVERTIBLE = new Set(['bibtex', 'ris', 'plaintext', 'json', 'jsonc']);

async function askBibliography(): Promise<Uri | undefined> {
  const found = await workspace.findFiles(BIBLIOGRAPHY_GLOB, '**/node_modules/**');
  if (found.length === 0) {
    void window.showInformationMessage('There is no bibliography to convert: open one, or paste one into an editor.');
    return undefined;
  }
  const items = found
    .map(uri => ({ label: workspace.asRelativePath(uri), uri }))
    .sort((a, b) => (a.label < b.label ? -1 : 1));
  const chosen = await window.showQuickPick(items, {
    title: 'Convert Bibliography',
    placeHolder: 'Choose a bibliography of the workspace',
  });
  return chosen?.uri;
}

function namedFile(conversations: Conversations, uri: Uri): NamedSource {
  const open = workspace.textDocuments.find(document => document.uri.toString() === uri.toString());
  return open ? namedDocument(conversations, open) : { name: nameOf(uri), uri: uri.toString() };
}

const namedDocument = (conversations: Conversations, document: TextDocument): NamedSource => ({
  name: nameOf(document.uri),
  ...sourceOf(document, conversations.selector),
});

const nameOf = (uri: Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

type Destination = 'editor' | 'beside' | 'inPlace';

async function askDestination(sources: readonly NamedSource[], to: ConversionFormat): Promise<Destination | undefined> {
  const items: (QuickPickItem & { readonly destination: Destination })[] = [
    { label: 'New Editor', description: 'nothing is saved', destination: 'editor' },
  ];
  const document = await soleDocument(sources);
  const [only] = sources;
  if (!document?.isUntitled) {
    const description = sources.length === 1 && only ? outputFileName(only.name, to) : quantity(sources.length, 'file');
    items.push({ label: 'Beside the File', description, destination: 'beside' });
  }
  if (document && mayConvertInPlace(document.languageId, document.isUntitled, to)) {
    items.push({ label: 'In Place', description: 'can be undone in one step', destination: 'inPlace' });
  }
  const chosen = await window.showQuickPick(items, { title: 'Convert Bibliography', placeHolder: 'Where to?' });
  return chosen?.destination;
}

async function soleDocument(sources: readonly NamedSource[]): Promise<TextDocument | undefined> {
  const [only] = sources;
  if (!only || sources.length > 1 || only.uri === undefined) return undefined;
  try {
    return await workspace.openTextDocument(Uri.parse(only.uri));
  } catch {
    // Editors refuse files above a certain size; those can be converted to other places.
    return undefined;
  }
}

interface Delivery {
  readonly to: ConversionFormat;
  readonly document: TextDocument | undefined;
}

async function deliver(
  destination: Destination,
  sources: readonly NamedSource[],
  { outputs, converted }: Conversion,
  { to, document }: Delivery,
): Promise<boolean> {
  for (const [index, output] of outputs.entries()) {
    if (output.problem) {
      void window.showErrorMessage(problemSentence(output.problem, sources[index]?.name ?? ''));
      return false;
    }
  }
  if (destination === 'editor') return putInEditor(converted, to);
  if (destination === 'beside') return putBeside(sources, converted, to);
  return document !== undefined && converted[0] !== undefined && putInPlace(document, converted[0], to);
}
