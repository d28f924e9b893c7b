import { DocumentLink, Range, Uri, languages, window, workspace } from 'vscode';
import type { Report } from '../protocol/conversionTexts.ts';

const SCHEME = 'colophon-report';

/** Reports are documents that nobody can edit; their links lead to entries, and to whole values. */
export interface Reports {
  open(title: string, report: Report): Promise<void>;
  dispose(): void;
}

export function createReports(): Reports {
  const reports = new Map<string, Report>();
  let count = 0;
  const registered = [
    workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: uri => {
        const report = reports.get(numberOf(uri));
        return uri.query === '' ? report?.text : report?.values[Number(uri.query)]?.value;
      },
    }),
    languages.registerDocumentLinkProvider(
      { scheme: SCHEME },
      { provideDocumentLinks: ({ uri }) => (uri.query === '' ? linksOf(uri, reports.get(numberOf(uri))) : []) },
    ),
    workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === SCHEME && uri.query === '') reports.delete(numberOf(uri));
    }),
  ];
  return {
    open: async (title, report) => {
      count += 1;
      const uri = addressOf(String(count), title);
      reports.set(numberOf(uri), report);
      await window.showTextDocument(await workspace.openTextDocument(uri), { preview: false });
    },
    dispose: () => {
      for (const one of registered) one.dispose();
    },
  };
}

/** `/3/Not carried over to RIS` is the third report; `/3/abstract of smith2020?12` one of its values. */
const addressOf = (number: string, title: string): Uri =>
  Uri.from({ scheme: SCHEME, path: `/${number}/${title.replaceAll('/', ' ')}` });

const numberOf = (uri: Uri): string => uri.path.split('/')[1] ?? '';

function linksOf(address: Uri, report: Report | undefined): DocumentLink[] {
  const entries = (report?.links ?? []).map(({ line, start, end, uri, place }) => {
    // The editor understands a line and column in the fragment of an address.
    const target = Uri.parse(uri).with({ fragment: `L${place.line + 1},${place.character + 1}` });
    return link(new Range(line, start, line, end), target, 'Go to the entry');
  });
  const values = (report?.values ?? []).map(({ line, start, end, title }, place) => {
    const target = addressOf(numberOf(address), title).with({ query: String(place) });
    return link(new Range(line, start, line, end), target, 'Show the whole value');
  });
  return [...entries, ...values];
}

function link(range: Range, target: Uri, tooltip: string): DocumentLink {
  const made = new DocumentLink(range, target);
  made.tooltip = tooltip;
  return made;
}
