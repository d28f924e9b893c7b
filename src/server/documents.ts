import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextDocumentContentChangeEvent } from 'vscode-languageserver-textdocument';
import type { TextEdit } from '../text/edit.ts';
import { canonicalUri } from './canonicalUri.ts';

/** The documents that the editor holds, by canonical address. What it holds counts, not the disk. */
export interface Documents {
  get(uri: string): TextDocument | undefined;
  all(): Iterable<TextDocument>;
  open(document: { uri: string; languageId: string; version: number; text: string }): TextDocument;
  /** The changes as edits, each of the text that the one before it left; undefined where the whole text was replaced. */
  change(uri: string, version: number, changes: readonly TextDocumentContentChangeEvent[]): DocumentChange | undefined;
  close(uri: string): void;
}

export interface DocumentChange {
  readonly document: TextDocument;
  readonly edits: readonly TextEdit[] | undefined;
}

export function createDocuments(): Documents {
  const documents = new Map<string, TextDocument>();
  return {
    get: uri => documents.get(canonicalUri(uri)),
    all: () => documents.values(),
    open: ({ uri, languageId, version, text }) => {
      const document = TextDocument.create(canonicalUri(uri), languageId, version, text);
      documents.set(document.uri, document);
      return document;
    },
    change: (uri, version, changes) => {
      const document = documents.get(canonicalUri(uri));
      if (!document) return undefined;
      let edits: TextEdit[] | undefined = [];
      for (const change of changes) {
        if ('range' in change) {
          const span = { start: document.offsetAt(change.range.start), end: document.offsetAt(change.range.end) };
          edits?.push({ span, newText: change.text });
        } else edits = undefined;
        TextDocument.update(document, [change], version);
      }
      return { document, edits };
    },
    close: uri => {
      documents.delete(canonicalUri(uri));
    },
  };
}
