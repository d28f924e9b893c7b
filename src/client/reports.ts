import { DocumentLink, Range, Uri, languages, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { REPORT_REQUEST, REPORT_SCHEME } from '../protocol/conversion.ts';
import type { ReportResult } from '../protocol/conversion.ts';

/** Reports are documents that nobody can edit; the server has them. Their links lead to entries, whole values and other pages. */
export interface Reports {
  open(uri: Uri): Promise<void>;
  dispose(): void;
}

export function createReports(client: () => Promise<BaseLanguageClient>): Reports {
  const links = new Map<string, DocumentLink[]>();
  const registered = [
    workspace.registerTextDocumentContentProvider(REPORT_SCHEME, {
      provideTextDocumentContent: async uri => {
        const found = await (await client()).sendRequest<ReportResult>(REPORT_REQUEST, { uri: uri.toString() });
        links.set(uri.toString(), (found?.links ?? []).map(linkOf));
        return found?.text ?? GONE;
      },
    }),
    languages.registerDocumentLinkProvider(
      { scheme: REPORT_SCHEME },
      { provideDocumentLinks: ({ uri }) => links.get(uri.toString()) },
    ),
    workspace.onDidCloseTextDocument(({ uri }) => {
      links.delete(uri.toString());
    }),
  ];
  return {
    open: async uri => {
      await window.showTextDocument(uri, { preview: false });
    },
    dispose: () => {
      for (const one of registered) one.dispose();
    },
  };
}

const GONE = 'This list is no longer kept, because others were made since. Convert again to see it.';

function linkOf({ line, start, end, tooltip, target }: NonNullable<ReportResult>['links'][number]): DocumentLink {
  const link = new DocumentLink(new Range(line, start, line, end), Uri.parse(target));
  link.tooltip = tooltip;
  return link;
}
