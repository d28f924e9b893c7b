import { CodeActionKind } from 'vscode-languageserver';
import type { CodeAction, CodeActionParams } from 'vscode-languageserver';
import { fileName } from '../features/card.ts';
import { unnamedSource, type Remedy } from '../features/unnamedBibliographies.ts';
import { notebookOf } from '../library/paths.ts';
import { ADD_REFERENCES_COMMAND } from '../protocol/citing.ts';
import type { AddReferencesParams } from '../protocol/citing.ts';
import { copyTitle, nameTitle } from '../protocol/citingTexts.ts';
import { slice } from '../text/span.ts';
import { canonicalUri } from './canonicalUri.ts';
import { citedDocument, type Cited } from './citedDocument.ts';
import { fence } from './fence.ts';
import { positionCache } from './positions.ts';
import type { Workspace } from './workspace.ts';

/** What an editor offers at a citation that only Colophon finds: to name the bibliography that has it, or to copy its entry. */
export function registerNaming(workspace: Workspace): void {
  const { connection, logger } = workspace;
  connection.onCodeAction(
    fence(logger, 'Quick fixes', (params: CodeActionParams): CodeAction[] | null => {
      const { only } = params.context;
      const isWanted = only === undefined || only.some(kind => kind === '' || kind === CodeActionKind.QuickFix);
      const uri = canonicalUri(params.textDocument.uri);
      // The metadata of a notebook are no text that could be edited.
      const cited = isWanted && notebookOf(uri) === undefined ? citedDocument(workspace, { uri }) : undefined;
      return cited === undefined ? null : actionsAt(workspace, cited, params);
    }),
  );
}

function actionsAt(workspace: Workspace, cited: Cited, { range, context }: CodeActionParams): CodeAction[] {
  const { whole, positions } = cited;
  const found = unnamedSource(workspace.library, whole, positions.offset(range.start), workspace.scope());
  if (found === undefined) return [];
  const { citation, remedies, own } = found;
  const diagnostics = context.diagnostics.filter(({ code }) => code === 'unnamed-bibliography');
  const naming = remedies.map(({ source, declarations }, index): CodeAction => ({
    title: nameTitle(fileName(source.bibliography.uri), fileName(declarations.at(-1)?.uri ?? whole.uri)),
    kind: CodeActionKind.QuickFix,
    diagnostics,
    ...(index === 0 && own === undefined && { isPreferred: true }),
    edit: { changes: changesOf(workspace, declarations) },
  }));
  const [first] = remedies;
  if (own === undefined || first === undefined) return naming;
  const { bibliography, entry } = first.source;
  const { key, span } = citation;
  const argument: AddReferencesParams = {
    document: { uri: whole.uri },
    references: [{ uri: bibliography.uri, key, index: bibliography.entriesWithKey(key).indexOf(entry) }],
    inserted: { position: positions.range(span).start, text: slice(whole.text, span), key },
  };
  const title = copyTitle(key, fileName(own));
  const command = { title, command: ADD_REFERENCES_COMMAND, arguments: [argument] };
  return [{ title, kind: CodeActionKind.QuickFix, isPreferred: true, command }, ...naming];
}

function changesOf(workspace: Workspace, declarations: Remedy['declarations']) {
  const positionsIn = positionCache(workspace);
  return Object.fromEntries(
    declarations.map(({ uri, edits }) => {
      const positions = positionsIn(uri);
      return [
        uri,
        positions === undefined ? [] : edits.map(({ span, newText }) => ({ range: positions.range(span), newText })),
      ];
    }),
  );
}
