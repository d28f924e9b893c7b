import type { CompletionItem, CompletionList, CompletionParams, InitializeParams } from 'vscode-languageserver';
import { completionDocumentation, completions } from '../features/completion.ts';
import type { CompletionData } from '../features/completion.ts';
import { definition } from '../features/definition.ts';
import { foldings } from '../features/folding.ts';
import { hover } from '../features/hover.ts';
import { symbols } from '../features/symbols.ts';
import { usualLanguageId } from '../languages/index.ts';
import { offersReferences } from '../protocol/otherExtensions.ts';
import { canonicalUri } from './canonicalUri.ts';
import { cardOptions } from './cardOptions.ts';
import { fence } from './fence.ts';
import { positionCache, positionsOf } from './positions.ts';
import { toCompletionList, toDocumentSymbol, toFoldingRange, toHover, toLocationLinks, toMarkdown } from './toLsp.ts';
import type { Workspace } from './workspace.ts';

/** The requests of the protocol: each finds its document, asks one feature, and says its answer in the protocol's words. */
export function registerFeatures(workspace: Workspace, { capabilities }: InitializeParams): void {
  const { connection, library, logger, reading } = workspace;
  const style = {
    labelDetails: capabilities.textDocument?.completion?.completionItem?.labelDetailsSupport === true,
  };

  const complete = ({ textDocument, position }: CompletionParams): CompletionList | undefined => {
    const uri = canonicalUri(textDocument.uri);
    const { options, others } = workspace;
    const languageId = usualLanguageId(workspace.documents.get(uri)?.languageId ?? '', uri);
    if (!offersReferences(options.completion.get(languageId) ?? 'auto', { uri, languageId }, others)) return undefined;
    const positions = positionsOf(workspace, uri);
    const list = positions && completions(library, uri, positions.offset(position), { scope: workspace.scope() });
    return list && toCompletionList(list, { uri, positions, cursor: position }, style);
  };
  connection.onCompletion(
    fence(logger, 'Completion', async (params, token) => {
      // An editor does not ask again by itself for a list that was empty.
      const isEnough = (list?: CompletionList): boolean => list?.items.length !== 0;
      return (await reading.untilEnough(() => complete(params), isEnough, token)) ?? null;
    }),
  );
  const resolve = fence(logger, 'Details of a completion', async (item: CompletionItem) => {
    const options = await cardOptions(workspace);
    const documentation = isCompletionData(item.data) && completionDocumentation(library, item.data, options);
    return documentation ? { ...item, documentation: toMarkdown(documentation) } : item;
  });
  connection.onCompletionResolve(async (item, token) => {
    const answer = await resolve(item, token);
    if (answer === null) return item;
    return answer;
  });
  connection.onHover(
    fence(logger, 'Hover', async ({ textDocument, position }) => {
      const uri = canonicalUri(textDocument.uri);
      const scope = workspace.scope();
      // Once without the styles: most hovers are over nothing, and must not load them.
      const before = positionsOf(workspace, uri);
      if (!before || !hover(library, uri, before.offset(position), { scope })) return null;
      const options = { ...(await cardOptions(workspace)), scope };
      const positions = positionsOf(workspace, uri);
      const found = positions && hover(library, uri, positions.offset(position), options);
      return found ? toHover(found, positions) : null;
    }),
  );
  connection.onDefinition(
    fence(logger, 'Definition', ({ textDocument, position }) => {
      const uri = canonicalUri(textDocument.uri);
      const positions = positionsOf(workspace, uri);
      const found = positions && definition(library, uri, positions.offset(position), { scope: workspace.scope() });
      return found ? toLocationLinks(found, positions, positionCache(workspace)) : null;
    }),
  );
  connection.onDocumentSymbol(
    fence(logger, 'Outline', ({ textDocument }) => {
      const uri = canonicalUri(textDocument.uri);
      const positions = positionsOf(workspace, uri);
      return (positions && symbols(library, uri)?.map(symbol => toDocumentSymbol(symbol, positions))) ?? null;
    }),
  );
  connection.onFoldingRanges(
    fence(logger, 'Folding', ({ textDocument }) => {
      const uri = canonicalUri(textDocument.uri);
      const positions = positionsOf(workspace, uri);
      return (positions && foldings(library, uri)?.map(span => toFoldingRange(span, positions))) ?? null;
    }),
  );
}

const isCompletionData = (data: unknown): data is CompletionData =>
  typeof data === 'object' && data !== null && 'uri' in data && 'key' in data && 'index' in data;
