import {
  BulkRegistration,
  DefinitionRequest,
  DidChangeTextDocumentNotification,
  DidCloseTextDocumentNotification,
  DidOpenTextDocumentNotification,
  DocumentSymbolRequest,
  HoverRequest,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import type { InitializeParams } from 'vscode-languageserver';
import { languages, projectFileOf } from '../languages/index.ts';
import { BIBLIOGRAPHY_EXTENSIONS, BIBLIOGRAPHY_NAMES, mayHoldAnything } from '../protocol/documents.ts';
import { literalGlob } from './outsideWatcher.ts';
import type { Workspace } from './workspace.ts';

/**
 * Bibliographies in JSON, YAML or XML under names that tell nothing, and files of projects: the editor is asked to tell of them when they
 * are open, and of no other file in those languages. To be called when bibliographies may have been added.
 */
export function createFollowedFiles(workspace: Workspace, { capabilities }: InitializeParams): () => void {
  const { connection, library, logger } = workspace;
  const can = capabilities.textDocument;
  const asked = new Set<string>();
  if (!can?.synchronization?.dynamicRegistration || !can.hover?.dynamicRegistration) return () => undefined;

  function follow(documentSelector: readonly { readonly scheme: string; readonly pattern: string }[]): void {
    const selection = { documentSelector: [...documentSelector] };
    const registration = BulkRegistration.create();
    registration.add(DidOpenTextDocumentNotification.type, selection);
    registration.add(DidChangeTextDocumentNotification.type, {
      ...selection,
      syncKind: TextDocumentSyncKind.Incremental,
    });
    registration.add(DidCloseTextDocumentNotification.type, selection);
    registration.add(HoverRequest.type, selection);
    if (can?.definition?.dynamicRegistration) registration.add(DefinitionRequest.type, selection);
    if (can?.documentSymbol?.dynamicRegistration) registration.add(DocumentSymbolRequest.type, selection);
    connection.client.register(registration).catch((error: unknown) => {
      logger.warn(`Open bibliographies cannot be followed: ${String(error)}`);
    });
  }

  const schemes = new Set<string>();
  return () => {
    const further = ['file', ...workspace.folders.map(schemeOf)].filter(scheme => !schemes.has(scheme));
    for (const scheme of further) schemes.add(scheme);
    if (further.length > 0) follow([...new Set(further)].map(projectFilter));
    const added = library
      .bibliographies()
      .map(({ uri }) => uri)
      .filter(uri => !asked.has(uri) && mayHoldAnything(uri) && !isToldAnyway(nameOf(uri)));
    if (added.length === 0) return;
    for (const uri of added) asked.add(uri);
    follow(added.map(uri => ({ scheme: schemeOf(uri), pattern: `**/${literalGlob(nameOf(uri))}` })));
  };
}

/** Those that are no documents as well. A document that two selectors match would be told of twice. */
const projectFiles = languages
  .flatMap(language => language.projectFiles.map(({ name }) => name))
  .filter(name => !/\.py$|^\.asciidoctorconfig/u.test(name));

const projectFilter = (scheme: string) => ({ scheme, pattern: `**/{${[...new Set(projectFiles)].join(',')}}` });

const schemeOf = (uri: string): string => uri.slice(0, uri.indexOf(':'));

const nameOf = (uri: string): string => decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));

const isToldAnyway = (name: string): boolean =>
  projectFileOf(name) !== undefined ||
  BIBLIOGRAPHY_NAMES.includes(name) ||
  BIBLIOGRAPHY_EXTENSIONS.some(extension => name.endsWith(extension));
