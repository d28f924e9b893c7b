import { Uri, window, workspace } from 'vscode';
import type { ExecuteCommandMiddleware } from 'vscode-languageclient';
import { ADD_REFERENCES_COMMAND } from '../protocol/citing.ts';
import type { AddReferencesResult } from '../protocol/citing.ts';

/** Milliseconds for which the status bar tells what was added. */
const TOLD = 8000;

/** Saves the bibliographies that got references, unless they had unsaved changes before, and tells what was added. */
export const addedReferences: ExecuteCommandMiddleware = {
  executeCommand: async (command, args, next) => {
    if (command !== ADD_REFERENCES_COMMAND) return next(command, args) as unknown;
    const unsaved = new Set(workspace.textDocuments.filter(one => one.isDirty).map(one => one.uri.toString()));
    const result = (await next(command, args)) as AddReferencesResult | undefined;
    if (!result) return result;
    for (const address of result.changed) {
      const uri = Uri.parse(address);
      if (!unsaved.has(uri.toString())) await (await workspace.openTextDocument(uri)).save();
    }
    if (result.isWarning) void window.showWarningMessage(result.message);
    else window.setStatusBarMessage(result.message, TOLD);
    return result;
  },
};
