import { Range, TextEditorRevealType, Uri, WorkspaceEdit, commands, languages, window, workspace } from 'vscode';
import type { Selection, TextDocument } from 'vscode';
import type { ConversionFormat, ConvertResult, Range as WrittenRange } from '../../protocol/conversion.ts';
import { formatChoice, joinOutputs, outputFileName } from '../../protocol/conversionChoices.ts';
import type { Converted, NamedSource } from './conversation.ts';

/** All of it in one new document; in a file where editors would refuse it. */
export async function putInEditor(converted: readonly Converted[], to: ConversionFormat): Promise<boolean> {
  const { extension, languageId, title } = formatChoice(to);
  const content = joinOutputs(
    converted.map(({ texts }) => texts.join('')),
    to,
  );
  if (content.length <= LARGEST_DOCUMENT) {
    await window.showTextDocument(await workspace.openTextDocument({ content, language: languageId }));
    return true;
  }
  const target = await window.showSaveDialog({
    title: 'Too Large for an Unsaved Editor: Save to a File',
    filters: { [title]: [extension.slice(1)] },
  });
  if (target) await writeWhole(target, [content]);
  return target !== undefined;
}

/** Characters of a document that VS Code shares with extensions. */
const LARGEST_DOCUMENT = 50 * 1024 * 1024;

/** Whether entries are replaced one by one, so that what stands between them stays. */
export const replacesEntries = (document: TextDocument, to: ConversionFormat): boolean =>
  document.languageId === 'bibtex' && formatChoice(to).languageId === 'bibtex';

/** One edit of the workspace, so one step to undo. */
export async function putInPlace(
  document: TextDocument,
  { texts, edits }: Converted,
  to: ConversionFormat,
  selection?: Selection,
): Promise<boolean> {
  const edit = new WorkspaceEdit();
  if (replacesEntries(document, to)) {
    for (const { range, newText } of edits) edit.replace(document.uri, editorRange(range), newText);
  } else {
    const whole = new Range(0, 0, document.lineCount, 0);
    edit.replace(document.uri, selection ?? whole, texts.join(''));
  }
  const applied = await workspace.applyEdit(edit);
  if (!applied) {
    void window.showErrorMessage('The document changed while it was converted, or is read-only; nothing was replaced.');
    return false;
  }
  const { languageId } = formatChoice(to);
  const shown =
    document.languageId === languageId || selection
      ? document
      : await languages.setTextDocumentLanguage(document, languageId);
  await window.showTextDocument(shown);
  return true;
}

/**
 * Puts converted references into the document they were converted for: one edit, so one step to undo. Undefined: there are none. Once they are
 * there, they are shown.
 */
export function insertionEdit(
  document: TextDocument,
  { insertion }: Pick<ConvertResult, 'insertion'>,
): WorkspaceEdit | undefined {
  if (!insertion) return undefined;
  const edit = new WorkspaceEdit();
  const { line } = insertion.range.start;
  // No more than its beginning: where that is in sight already, nothing moves.
  const place = new Range(line, 0, line + 3, 0);
  const waiting = workspace.onDidChangeTextDocument(changed => {
    if (changed.document !== document) return;
    waiting.dispose();
    const editor = window.visibleTextEditors.find(one => one.document === document);
    editor?.revealRange(place, TextEditorRevealType.InCenterIfOutsideViewport);
  });
  edit.replace(document.uri, editorRange(insertion.range), insertion.newText);
  return edit;
}

const editorRange = ({ start, end }: WrittenRange): Range =>
  new Range(start.line, start.character, end.line, end.character);

/** A file beside each source; asks before it replaces one. */
export async function putBeside(
  sources: readonly NamedSource[],
  converted: readonly Converted[],
  to: ConversionFormat,
): Promise<boolean> {
  const files = sources.flatMap(({ name, uri }, index) => {
    const { texts } = converted[index] ?? {};
    return texts && uri !== undefined ? [{ name, folder: Uri.joinPath(Uri.parse(uri), '..'), texts }] : [];
  });
  const present: string[] = [];
  for (const { name, folder } of files) {
    const target = outputFileName(name, to);
    if (await exists(Uri.joinPath(folder, target))) present.push(target);
  }
  const replace = present.length === 0 ? 'keep' : await askReplace(present);
  if (!replace) return false;
  const written: Uri[] = [];
  for (const { name, folder, texts } of files) {
    let target = Uri.joinPath(folder, outputFileName(name, to));
    if (replace === 'keep') {
      for (let copy = 2; await exists(target); copy += 1) target = Uri.joinPath(folder, outputFileName(name, to, copy));
    }
    await writeWhole(target, texts);
    written.push(target);
  }
  // Unlike `showTextDocument`, this opens files of any size.
  if (written.length === 1) await commands.executeCommand('vscode.open', written[0]);
  return true;
}

async function askReplace(names: readonly string[]): Promise<'replace' | 'keep' | undefined> {
  const [only] = names;
  const message = names.length === 1 ? `${only ?? ''} exists already.` : `${names.length} files exist already.`;
  const options = { modal: true, ...(names.length === 1 ? {} : { detail: names.join('\n') }) };
  // The first button is the one that Enter presses.
  const pressed = await window.showWarningMessage(message, options, 'Keep Both', 'Replace');
  return pressed === undefined ? undefined : pressed === 'Replace' ? 'replace' : 'keep';
}

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );

/** Under another name first, so that nobody ever reads half a file. */
async function writeWhole(target: Uri, texts: readonly string[]): Promise<void> {
  const temporary = target.with({ path: `${target.path}.colophon-${Date.now().toString(36)}` });
  try {
    const bytes = await new Blob(texts as string[]).arrayBuffer();
    await workspace.fs.writeFile(temporary, new Uint8Array(bytes));
    await workspace.fs.rename(temporary, target, { overwrite: true });
  } catch (error) {
    await Promise.resolve(workspace.fs.delete(temporary)).catch(() => undefined);
    throw error;
  }
}
