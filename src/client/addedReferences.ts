import { Uri, workspace } from 'vscode';
import type { ExecuteCommandMiddleware } from 'vscode-languageclient';
import { ADD_REFERENCES_COMMAND } from '../protocol/citing.ts';
import type { AddReferencesResult } from '../protocol/citing.ts';

/** Saves the bibliographies that got references, unless they had unsaved changes before. */
export const addedReferences: ExecuteCommandMiddleware = {
  executeCommand: async (command, args, next) => {
    if (command !== ADD_REFERENCES_COMMAND) return next(command, args) as unknown;
    const unsaved = new Set(workspace.textDocuments.filter(one => one.isDirty).map(one => one.uri.toString()));
    const result = (await next(command, args)) as AddReferencesResult | undefined;
    for (const address of result?.changed ?? []) {
      const uri = Uri.parse(address);
      if (!unsaved.has(uri.toString())) await (await workspace.openTextDocument(uri)).save();
    }
    return result;
  },
};
