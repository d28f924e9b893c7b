import { Uri, workspace } from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';

const CELL = 'vscode-notebook-cell';

/**
 * How client and server write addresses. On a remote machine a cell's address tells the notebook's as the window sees it; the server
 * has to hear it as the extension host does, like those of all files.
 */
export function uriConverters(): NonNullable<LanguageClientOptions['uriConverters']> {
  const cells = new Map<string, Uri>();
  return {
    code2Protocol: uri => {
      const notebook =
        uri.scheme === CELL ? workspace.notebookDocuments.find(one => one.uri.path === uri.path)?.uri : undefined;
      if (notebook === undefined) return uri.toString();
      const fragment = uri.fragment.replace(/s.*/, `s${btoa(notebook.scheme)}`);
      const address = notebook.with({ scheme: CELL, fragment }).toString();
      cells.set(address, uri);
      return address;
    },
    protocol2Code: address => cells.get(address) ?? Uri.parse(address),
  };
}
