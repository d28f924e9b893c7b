import { ConfigurationTarget, extensions, window, workspace } from 'vscode';
import type { Disposable, ExtensionContext, TextDocument } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { OTHERS_NOTIFICATION } from '../protocol/messages.ts';
import type { OthersParams } from '../protocol/messages.ts';
import { OTHER_EXTENSIONS, completionSetting, isOfferedBy } from '../protocol/otherExtensions.ts';
import type { OtherExtension } from '../protocol/otherExtensions.ts';

/** Tells the server which other extensions offer references, now and whenever one comes or goes. */
export function tellOfOthers(client: BaseLanguageClient): Disposable {
  const tell = (): void => {
    const params: OthersParams = { ids: installed().map(one => one.id) };
    void client.sendNotification(OTHERS_NOTIFICATION, params);
  };
  tell();
  return extensions.onDidChange(tell);
}

/** Tells the user once for each of them who offers references, and lets them choose. */
export function explainOthers({ globalState }: ExtensionContext): Disposable {
  const explain = async (document: TextDocument | undefined): Promise<void> => {
    if (document === undefined) return;
    const { languageId, uri } = document;
    const other = installed().find(one => isOfferedBy(one, { languageId, uri: uri.toString() }));
    const setting = completionSetting(languageId);
    if (other === undefined || setting === undefined) return;
    const known = `explained.${other.id}`;
    const settings = workspace.getConfiguration();
    if (globalState.get<boolean>(known) === true || settings.get(setting) !== 'auto') return;
    await globalState.update(known, true);
    const own = 'Use Colophon';
    const chosen = await window.showInformationMessage(
      `${other.title} lists references while you type, so Colophon does not. Hovers, definitions and Insert Citation work.`,
      own,
      `Keep ${other.title}`,
    );
    if (chosen === own) await settings.update(setting, 'on', ConfigurationTarget.Global);
  };
  void explain(window.activeTextEditor?.document);
  return window.onDidChangeActiveTextEditor(editor => void explain(editor?.document));
}

const installed = (): OtherExtension[] =>
  OTHER_EXTENSIONS.filter(({ id }) => extensions.getExtension(id) !== undefined);
