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
import { ownNaming } from '../features/unnamedBibliographies.ts';
import { editBetween } from '../library/editBetween.ts';
import type { LibraryEntry } from '../library/library.ts';
import { notebookOf } from '../library/paths.ts';
import type { CitingDocument } from '../library/reach.ts';
import type { AddReferencesParams, AddReferencesResult, ReferenceId } from '../protocol/citing.ts';
import type { RenamedKey } from '../protocol/conversion.ts';
import {
  REFUSALS,
  SHOW_ENTRY,
  additionSentence,
  createButton,
  createQuestion,
  nameTitle,
  uncorrectedSentence,
  undeclaredSentence,
} from '../protocol/citingTexts.ts';
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
  const { addition } = adoption;
  if (addition?.kind === 'impossible') return refuse(addition.reason);
  const creation = addition?.kind === 'create' ? creationFor(params, addition.creation) : undefined;
  const operations = capabilities.workspace?.workspaceEdit?.resourceOperations ?? [];
  if (creation && !operations.includes('create')) return refuse('unapplied');
  const declarations = creation?.kind === 'possible' ? creation.declarations : [];
  const intended = declarations.map(edits => {
    const isHere = edits.uri === document.whole.uri;
    return { ...edits, text: isHere ? document.whole.text : textAt(workspace, edits.uri) };
  });
  // First the bibliography: where that is refused, nothing else has happened.
  if (addition && !(await apply(workspace, copyEdit(workspace, addition.copy, creation)))) return refuse('unapplied');
  const { declaredIn, undeclaredIn, uncorrected } = await editDocuments(workspace, intended, { adoption, params });
  if (addition === undefined) {
    if (uncorrected) connection.window.showWarningMessage(uncorrectedSentence(uncorrected));
    return null;
  }
  const missing = creation?.kind === 'possible' && creation.undeclaredIn !== undefined ? [creation.undeclaredIn] : [];
  const added: Added = {
    copy: addition.copy,
    isNew: creation !== undefined,
    undeclaredIn: [...undeclaredIn.map(fileName), ...missing],
    uncorrected,
    document: params.document,
  };
  // The user reads it at leisure.
  void fenceNotification(logger, 'Telling what was added', () => tellAdded(workspace, added, capabilities))(undefined);
  return { changed: [addition.copy.uri, ...declaredIn] };
}

/** The metadata of a notebook are no text that could be edited. */
function creationFor({ document }: AddReferencesParams, creation: NewBibliography): NewBibliography {
  if (creation.kind !== 'possible' || !isNotebook(document)) return creation;
  return { ...creation, declarations: [], undeclaredIn: fileName(document.uri) };
}

const isNotebook = ({ content, uri }: AddReferencesParams['document']): boolean =>
  content !== undefined || notebookOf(uri) !== undefined;

interface Added {
  readonly document: AddReferencesParams['document'];
  readonly copy: BibliographyCopy;
  readonly isNew: boolean;
  /** Names of files that should name the bibliography and do not. */
  readonly undeclaredIn: readonly string[];
  readonly uncorrected: RenamedKey | undefined;
}

/** Says what was added to another file than the one that the user is in, and leads there. */
async function tellAdded(
  workspace: Workspace,
  { document, copy, isNew, undeclaredIn, uncorrected }: Added,
  { window: client }: ClientCapabilities,
): Promise<void> {
  const { window } = workspace.connection;
  const message = additionSentence({
    file: fileName(copy.uri),
    keys: copy.keys,
    isNew,
    renamed: copy.changes,
    lostFields: copy.losses.map(loss => loss.field),
    undeclaredIn,
    ...(uncorrected && { uncorrected }),
  });
  const naming = ownNamingOf(workspace, document, copy.uri).at(-1);
  const name = naming === undefined ? [] : [{ title: nameTitle(fileName(copy.uri), fileName(naming.uri)) }];
  const show = client?.showDocument?.support === true ? [{ title: SHOW_ENTRY }] : [];
  const buttons = [...name, ...show];
  const isWarning = copy.losses.length > 0 || undeclaredIn.length > 0 || uncorrected !== undefined;
  const pressed = isWarning
    ? await window.showWarningMessage(message, ...buttons)
    : await window.showInformationMessage(message, ...buttons);
  if (!pressed) return;
  if (pressed.title === name[0]?.title) {
    await nameOwn(workspace, document, copy.uri);
    return;
  }
  const bibliography = workspace.library.bibliography(copy.uri);
  const [entry] = bibliography?.entriesWithKey(copy.keys[0] ?? '') ?? [];
  const place = entry === undefined ? undefined : bibliography?.keySpan(entry);
  const selection = place && positionsOf(workspace, copy.uri)?.range(place);
  await window.showDocument({ uri: copy.uri, takeFocus: true, ...(selection && { selection }) });
}

/** The edits that make a document name the bibliography that an entry went into, though nothing names it. */
function ownNamingOf(
  workspace: Workspace,
  document: AddReferencesParams['document'],
  bibliography: string,
): readonly FileEdits[] {
  const cited = isNotebook(document) ? undefined : citedDocument(workspace, document);
  return cited === undefined ? [] : ownNaming(workspace.library, cited.whole, bibliography, workspace.scope());
}

async function nameOwn(
  workspace: Workspace,
  document: AddReferencesParams['document'],
  bibliography: string,
): Promise<void> {
  for (const edits of ownNamingOf(workspace, document, bibliography)) {
    if (await apply(workspace, fileEdit(workspace, edits), 'Name Bibliography')) continue;
    workspace.connection.window.showWarningMessage(undeclaredSentence(fileName(edits.uri), fileName(bibliography)));
  }
}

/** Edits of a file with the text that they were planned for. */
interface PlannedEdits extends FileEdits {
  readonly text: string | undefined;
}

interface EditedDocuments {
  readonly declaredIn: readonly string[];
  readonly undeclaredIn: readonly string[];
  /** The key that the citation still has, and the one that it should have. */
  readonly uncorrected: RenamedKey | undefined;
}

/** Names the bibliography where it has to be named, and corrects the key that was inserted: each file is one step to undo. */
async function editDocuments(
  workspace: Workspace,
  declarations: readonly PlannedEdits[],
  { adoption, params }: { readonly adoption: Adoption; readonly params: AddReferencesParams },
): Promise<EditedDocuments> {
  const correction = correctionOf(adoption, params);
  const document = correction && citedDocument(workspace, params.document);
  const keyEdit = document && correctingEdit(document, correction);
  let isCorrected = correction === undefined;
  const declaredIn: string[] = [];
  const undeclaredIn: string[] = [];
  for (const { uri, edits, text } of declarations) {
    const now = textAt(workspace, uri);
    const moved = text === undefined || now === undefined ? undefined : movedEdits(edits, text, now);
    // Two edits of one file, one after the other, would each have to know what the other one moves.
    const isCited = uri === document?.whole.uri && params.document.content === undefined;
    const withKey = isCited ? keyEdit : undefined;
    const all = moved && fileEdit(workspace, { uri, edits: withKey ? [...moved, withKey] : moved });
    const isApplied = all !== undefined && (await apply(workspace, all));
    (isApplied ? declaredIn : undeclaredIn).push(uri);
    isCorrected ||= isApplied && withKey !== undefined;
  }
  if (!isCorrected && document && keyEdit) {
    isCorrected = await apply(workspace, { changes: { [document.whole.uri]: toEdits([keyEdit], document.positions) } });
  }
  return { declaredIn, undeclaredIn, uncorrected: isCorrected ? undefined : correction?.change };
}

interface Correction {
  readonly inserted: NonNullable<AddReferencesParams['inserted']>;
  readonly change: RenamedKey;
}

/** The key that was inserted was the likely one; where the bibliography has the work under another, or the key for another work, it changes. */
function correctionOf({ keys }: Adoption, { inserted }: AddReferencesParams): Correction | undefined {
  const [key] = keys;
  return inserted === undefined || key === undefined || key === inserted.key
    ? undefined
    : { inserted, change: { from: inserted.key, to: key } };
}

/** Undefined where what was inserted is no longer there. */
function correctingEdit({ part, positions }: Cited, { inserted, change }: Correction): TextEdit | undefined {
  const { text, scanned, language } = part;
  const start = positions.offset(inserted.position);
  const end = start + inserted.text.length;
  const site = language.citationSite(text, scanned, end);
  const isThere = site?.replace.start === start && slice(text, { start, end }) === inserted.text;
  return isThere ? { span: { start, end }, newText: language.writeKey(change.to, site) } : undefined;
}

const textAt = ({ documents, library }: Workspace, uri: string): string | undefined =>
  documents.get(uri)?.getText() ?? library.text(uri);

/** The same edits in a text in which the user went on typing; undefined where that is at their places. */
function movedEdits(edits: readonly TextEdit[], before: string, after: string): readonly TextEdit[] | undefined {
  const typed = editBetween(before, after);
  if (typed === undefined) return edits;
  const { start, end } = typed.span;
  const shift = typed.newText.length - (end - start);
  const moved = edits.flatMap(({ span, newText }) => {
    if (span.end <= start) return [{ span, newText }];
    return span.start < end ? [] : [{ span: { start: span.start + shift, end: span.end + shift }, newText }];
  });
  return moved.length === edits.length ? moved : undefined;
}

const apply = async ({ connection }: Workspace, edit: WorkspaceEdit, label = 'Add to Bibliography'): Promise<boolean> =>
  (await connection.workspace.applyEdit({ label, edit })).applied;

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
