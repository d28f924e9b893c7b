import {
  BulkRegistration,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  HoverRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { InitializeParams } from 'vscode-languageserver';
import { BIBLIOGRAPHY_EXTENSIONS, BIBLIOGRAPHY_NAMES, mayHoldAnything } from '../protocol/documents.ts';
import { literalGlob } from './outsideWatcher.ts';
import type { Workspace } from './workspace.ts';

/**
 * Bibliographies in JSON, YAML or XML under names that tell nothing: the editor is asked to tell of them when they are open, and of no
 * other file in those languages. To be called when bibliographies may have been added.
 */
export function createNamedBibliographies(workspace: Workspace, { capabilities }: InitializeParams): () => void {
  const { connection, library, logger } = workspace;
  const can = capabilities.textDocument;
  const asked = new Set<string>();
  if (!can?.synchronization?.dynamicRegistration || !can.hover?.dynamicRegistration) return () => undefined;
  return () => {
    const added = library
      .bibliographies()
      .map(({ uri }) => uri)
      .filter(uri => !asked.has(uri) && mayHoldAnything(uri) && !isToldAnyway(nameOf(uri)));
    if (added.length === 0) return;
    for (const uri of added) asked.add(uri);
    const documentSelector = added.map(uri => ({
      scheme: uri.slice(0, uri.indexOf(':')),
      pattern: `**/${literalGlob(nameOf(uri))}`,
    }));
    const registration = BulkRegistration.create();
    registration.add(DidOpenTextDocumentNotification.type, { documentSelector });
    registration.add(DidChangeTextDocumentNotification.type, {
      documentSelector,
      syncKind: TextDocumentSyncKind.Incremental,
    });
    registration.add(DidCloseTextDocumentNotification.type, { documentSelector });
    registration.add(HoverRequest.type, { documentSelector });
    if (can.documentSymbol?.dynamicRegistration) registration.add(DocumentSymbolRequest.type, { documentSelector });
    connection.client.register(registration).catch((error: unknown) => {
      logger.warn(`Open bibliographies cannot be followed: ${String(error)}`);
    });
  };
}

const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));

const isToldAnyway = (name: string): boolean =>
  BIBLIOGRAPHY_NAMES.includes(name) || BIBLIOGRAPHY_EXTENSIONS.some(extension => name.endsWith(extension));
