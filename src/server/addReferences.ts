import type {
  ClientCapabilities,
  CreateFile,
  InitializeParams,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver';
import { adopting, type Adoption, type BibliographyCopy } from '../features/adoption.ts';
import { fileName } from '../features/card.ts';
import type { FileEdits, NewBibliography } from '../features/newBibliography.ts';
import type { LibraryEntry } from '../library/library.ts';
import { notebookOf } from '../library/paths.ts';
import type { CitingDocument } from '../library/reach.ts';
import type { AddReferencesParams, AddReferencesResult, ReferenceId } from '../protocol/citing.ts';
import { REFUSALS, SHOW_ENTRY, additionSentence, createButton, createQuestion } from '../protocol/citingTexts.ts';
import type { TextEdit } from '../text/edit.ts';
import { slice } from '../text/span.ts';
import { canonicalUri } from './canonicalUri.ts';
import { citedDocument } from './citedDocument.ts';
import type { Cited } from './citedDocument.ts';
import { fenceNotification } from './fence.ts';
import { stepsInSlices } from './pacing.ts';
import { positionsOf, positionsOfText } from './positions.ts';
import type { Workspace } from './workspace.ts';

/** The entries that references name, as far as they are there. */
export const entriesOf = ({ library }: Workspace, references: readonly ReferenceId[]): LibraryEntry[] =>
  references.flatMap(({ uri, key, index }) => {
    const bibliography = library.bibliographiesAt(canonicalUri(uri)).find(one => one.countOf(key) > 0);
    const entry = bibliography?.entriesWithKey(key)[index];
    return bibliography === undefined || entry === undefined ? [] : [{ bibliography, entry }];
  });

/** What is to be done so that a document can cite references; found in slices. */
export async function planAdoption(
  workspace: Workspace,
  document: CitingDocument,
  references: readonly LibraryEntry[],
): Promise<Adoption> {
  const options = { scope: workspace.scope(), lossless: workspace.options.lossless };
  const steps = adopting(workspace.library, document, references, options);
  const done = await stepsInSlices(workspace.pause, steps, () => true);
  return done?.value ?? { keys: [] };
}

/** Adds references to the bibliography of a document, through the editor: each file is one step to undo. */
export async function addReferences(
  workspace: Workspace,
  params: AddReferencesParams,
  { capabilities }: InitializeParams,
): Promise<AddReferencesResult> {
  const { connection, logger } = workspace;
  const refuse = (reason: keyof typeof REFUSALS): null => {
    connection.window.showWarningMessage(REFUSALS[reason]);
    return null;
  };
  const plan = async () => {
    const document = citedDocument(workspace, params.document);
    const references = entriesOf(workspace, params.references);
    if (document === undefined || references.length < params.references.length) return undefined;
    return { document, adoption: await planAdoption(workspace, document.whole, references) };
  };
  let planned = await plan();
  const first = planned?.adoption.addition;
  if (first?.kind === 'create' && first.creation.kind === 'possible') {
    const file = fileName(first.creation.uri);
    const button = { title: createButton(file) };
    const pressed = await connection.window.showInformationMessage(
      createQuestion(fileName(params.document.uri), file),
      button,
    );
    if (pressed?.title !== button.title) return null;
    // Meanwhile the files may have changed.
    planned = await plan();
  }
  if (planned === undefined) return refuse('gone');
  const { document, adoption } = planned;
  await correctKey(workspace, document, adoption, params);
  const { addition } = adoption;
  if (addition === undefined) return null;
  if (addition.kind === 'impossible') return refuse(addition.reason);
  const creation = addition.kind === 'create' ? creationFor(params, addition.creation) : undefined;
  const operations = capabilities.workspace?.workspaceEdit?.resourceOperations ?? [];
  if (creation && !operations.includes('create')) return refuse('unapplied');
  if (!(await apply(workspace, copyEdit(workspace, addition.copy, creation)))) return refuse('unapplied');
  const declarations = creation?.kind === 'possible' ? creation.declarations : [];
  for (const edits of declarations) await apply(workspace, fileEdit(workspace, edits));
  // The user reads it at leisure.
  void fenceNotification(logger, 'Telling what was added', () =>
    tellAdded(workspace, addition.copy, creation, capabilities),
  )(undefined);
  return { changed: [addition.copy.uri, ...declarations.map(one => one.uri)] };
}

/** The metadata of a notebook are no text that could be edited. */
function creationFor({ document }: AddReferencesParams, creation: NewBibliography): NewBibliography {
  const isNotebook = document.content !== undefined || notebookOf(document.uri) !== undefined;
  if (creation.kind !== 'possible' || !isNotebook) return creation;
  return { ...creation, declarations: [], undeclaredIn: fileName(document.uri) };
}

/** Says what was added to another file than the one that the user is in, and leads there. */
async function tellAdded(
  workspace: Workspace,
  copy: BibliographyCopy,
  creation: NewBibliography | undefined,
  { window: client }: ClientCapabilities,
): Promise<void> {
  const { window } = workspace.connection;
  const undeclaredIn = creation?.kind === 'possible' ? creation.undeclaredIn : undefined;
  const message = additionSentence({
    file: fileName(copy.uri),
    keys: copy.keys,
    isNew: creation !== undefined,
    renamed: copy.changes,
    lostFields: copy.losses.map(loss => loss.field),
    ...(undeclaredIn === undefined ? {} : { undeclaredIn }),
  });
  const show = client?.showDocument?.support === true ? [{ title: SHOW_ENTRY }] : [];
  const isWarning = copy.losses.length > 0 || undeclaredIn !== undefined;
  const pressed = isWarning
    ? await window.showWarningMessage(message, ...show)
    : await window.showInformationMessage(message, ...show);
  const bibliography = workspace.library.bibliography(copy.uri);
  const [entry] = bibliography?.entriesWithKey(copy.keys[0] ?? '') ?? [];
  const place = entry === undefined ? undefined : bibliography?.keySpan(entry);
  const selection = place && positionsOf(workspace, copy.uri)?.range(place);
  if (pressed) await window.showDocument({ uri: copy.uri, takeFocus: true, ...(selection && { selection }) });
}

/** The key that was inserted was the likely one; where the bibliography has the work under another, or the key for another work, it changes. */
async function correctKey(
  workspace: Workspace,
  { part, whole, positions }: Cited,
  { keys }: Adoption,
  { inserted }: AddReferencesParams,
): Promise<void> {
  const [key] = keys;
  if (inserted === undefined || key === undefined || key === inserted.key) return;
  const { text, scanned, language } = part;
  const start = positions.offset(inserted.position);
  const end = start + inserted.text.length;
  const site = language.citationSite(text, scanned, end);
  if (site === undefined || slice(text, { start, end }) !== inserted.text || site.replace.start !== start) return;
  await apply(
    workspace,
    fileEdit(workspace, { uri: whole.uri, edits: [{ span: { start, end }, newText: language.writeKey(key, site) }] }),
  );
}

const apply = async ({ connection }: Workspace, edit: WorkspaceEdit): Promise<boolean> =>
  (await connection.workspace.applyEdit({ label: 'Add to Bibliography', edit })).applied;

function copyEdit(workspace: Workspace, copy: BibliographyCopy, creation: NewBibliography | undefined): WorkspaceEdit {
  if (creation === undefined) return fileEdit(workspace, copy);
  const create: CreateFile = { kind: 'create', uri: copy.uri, options: { ignoreIfExists: true } };
  const filled: TextDocumentEdit = {
    textDocument: { uri: copy.uri, version: null },
    edits: toEdits(copy.edits, positionsOfText('')),
  };
  return { documentChanges: [create, filled] };
}

function fileEdit(workspace: Workspace, { uri, edits }: FileEdits): WorkspaceEdit {
  const positions = positionsOf(workspace, uri) ?? positionsOfText('');
  return { changes: { [uri]: toEdits(edits, positions) } };
}

const toEdits = (edits: readonly TextEdit[], positions: ReturnType<typeof positionsOfText>) =>
  edits.map(({ span, newText }) => ({ range: positions.range(span), newText }));
