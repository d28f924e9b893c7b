import { Selection, commands, window } from 'vscode';
import type { TextEditor } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { ADD_REFERENCES_COMMAND, INSERT_CITATION_REQUEST } from '../../protocol/citing.ts';
import type { FormChoice, InsertCitationParams, InsertCitationResult } from '../../protocol/citing.ts';
import { INSERT_AS, affixPrompt } from '../../protocol/citingTexts.ts';
import { rangeOf } from '../documents.ts';
import type { Conversations } from './conversation.ts';
import { pickReferences } from './referencePicker.ts';

/** Asks for references and cites them at every cursor, as the language of the document does it. `asks`: in which form, too. */
export async function insertCitation(conversations: Conversations, asks: 'nothing more' | 'form'): Promise<void> {
  const editor = window.activeTextEditor;
  if (!editor) {
    void window.showInformationMessage('Open the document that you want to cite in.');
    return;
  }
  const client = await conversations.client();
  const document = { uri: client.code2ProtocolConverter.asUri(editor.document.uri) };
  const picked = await pickReferences(client, { document, position: rangeOf(editor.selection).end, asks });
  if (picked === 'unknown language') {
    void window.showInformationMessage(
      `How to cite in a document of the language "${editor.document.languageId}" is not known.`,
    );
    return;
  }
  if (!picked) return;
  const form = asks === 'form' && !picked.joins ? await askForm(picked.forms, picked.references.length) : {};
  if (!form) return;
  const references = picked.references.map(({ id }) => id);
  const result = await requestFor(client, editor, { document, references, ...form });
  if (result) await apply(editor, result);
}

/** Undefined when the user would rather stop. */
async function askForm(
  forms: readonly FormChoice[],
  references: number,
): Promise<Pick<InsertCitationParams, 'form' | 'prefix' | 'locator'> | undefined> {
  const items = forms.map(form => ({ label: form.name, ...form }));
  const chosen = await window.showQuickPick(items, { title: INSERT_AS, placeHolder: 'How to cite' });
  if (!chosen) return undefined;
  const { name, takes } = chosen;
  const ask = (affix: 'prefix' | 'locator'): Thenable<string | undefined> =>
    window.showInputBox({ title: `${INSERT_AS} ${name}`, prompt: affixPrompt(affix, references) });
  const prefix = takes.prefix ? await ask('prefix') : '';
  if (prefix === undefined) return undefined;
  const locator = takes.locator ? await ask('locator') : '';
  return locator === undefined ? undefined : { form: name, prefix, locator };
}

/** Asks once more if the document changed while the server thought. */
async function requestFor(
  client: BaseLanguageClient,
  editor: TextEditor,
  asked: Omit<InsertCitationParams, 'selections'>,
): Promise<InsertCitationResult | null> {
  for (let attempt = 1; ; attempt += 1) {
    const { version } = editor.document;
    const params: InsertCitationParams = { ...asked, selections: editor.selections.map(rangeOf) };
    const result = await client.sendRequest<InsertCitationResult | null>(INSERT_CITATION_REQUEST, params);
    if (editor.document.version === version || attempt === ATTEMPTS) return result;
  }
}

const ATTEMPTS = 3;

/** One step to undo. What has to be added to the bibliography follows only when the document took the citation. */
async function apply(editor: TextEditor, { edits, cursors, add }: InsertCitationResult): Promise<void> {
  if (edits.length === 0) {
    void window.showInformationMessage('The citation at the cursor has all of these references already.');
    return;
  }
  const isApplied = await editor.edit(builder => {
    for (const { range, newText } of edits) {
      builder.replace(
        new Selection(range.start.line, range.start.character, range.end.line, range.end.character),
        newText,
      );
    }
  });
  if (!isApplied) {
    void window.showErrorMessage('The document is read-only; nothing was inserted.');
    return;
  }
  const places = cursors.map(({ line, character }) => new Selection(line, character, line, character));
  if (places.length > 0) editor.selections = places;
  if (add) await commands.executeCommand(ADD_REFERENCES_COMMAND, add);
}
