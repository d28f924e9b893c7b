import { DocumentLink, Range, Uri, languages, window, workspace } from 'vscode';
import type { Report } from '../protocol/conversionTexts.ts';

const SCHEME = 'colophon-report';

/** Reports are documents that nobody can edit; their links lead to entries. */
export interface Reports {
  open(title: string, report: Report): Promise<void>;
  dispose(): void;
}

export function createReports(): Reports {
  const reports = new Map<string, Report>();
  let count = 0;
  const registered = [
    workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: uri => reports.get(uri.toString())?.text,
    }),
    languages.registerDocumentLinkProvider(
      { scheme: SCHEME },
      { provideDocumentLinks: document => linksOf(reports.get(document.uri.toString())) },
    ),
    workspace.onDidCloseTextDocument(document => {
      reports.delete(document.uri.toString());
    }),
  ];
  return {
    open: async (title, report) => {
      count += 1;
      const uri = Uri.from({ scheme: SCHEME, path: `/${title} (${count})` });
      reports.set(uri.toString(), report);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    },
    dispose: () => {
      for (const one of registered) one.dispose();
    },
  };
}

const linksOf = (report: Report | undefined): DocumentLink[] =>
  (report?.links ?? []).map(({ line, start, end, uri, place }) => {
    // The editor understands a line and column in the fragment of an address.
    const target = Uri.parse(uri).with({ fragment: `L${place.line + 1},${place.character + 1}` });
    const link = new DocumentLink(new Range(line, start, line, end), target);
    link.tooltip = 'Go to the entry';
    return link;
  });
