import { CompletionItemKind, DiagnosticSeverity, MarkupKind, SymbolKind } from 'vscode-languageserver';
import type {
  Command,
  CompletionItem as LspCompletionItem,
  CompletionList as LspCompletionList,
  Diagnostic as LspDiagnostic,
  DocumentSymbol,
  FoldingRange,
  Hover as LspHover,
  LocationLink,
  Position,
  TextEdit,
} from 'vscode-languageserver';
import type { CompletionItem, CompletionList } from '../features/completion.ts';
import type { Definition } from '../features/definition.ts';
import type { Diagnostic } from '../features/diagnostics.ts';
import type { Hover } from '../features/hover.ts';
import { sentenceOf } from '../features/messages.ts';
import type { EntrySymbol } from '../features/symbols.ts';
import { ADD_REFERENCES_COMMAND } from '../protocol/citing.ts';
import type { AddReferencesParams } from '../protocol/citing.ts';
import type { Span } from '../text/span.ts';
import type { Positions } from './positions.ts';

// Answers of features as the Language Server Protocol says them: the only place where they get lines and characters.

export interface CompletionStyle {
  /** Whether the editor shows authors and title behind the label. */
  readonly labelDetails: boolean;
}

/** Where completion was asked for. */
export interface CompletionPlace {
  readonly uri: string;
  readonly positions: Positions;
  readonly cursor: Position;
}

export function toCompletionList(
  list: CompletionList,
  { uri, positions, cursor }: CompletionPlace,
  style: CompletionStyle,
): LspCompletionList {
  const [first] = list.items;
  if (!first) return { isIncomplete: list.incomplete, items: [] };
  // All items of a list replace the same text.
  const place = replacement(first, positions, cursor);
  return { isIncomplete: list.incomplete, items: list.items.map(item => toCompletionItem(item, uri, place, style)) };
}

interface Replacement {
  readonly range: { start: Position; end: Position };
  readonly rest: TextEdit[];
  readonly filterText: string;
}

/** Editors take only what is on the line of the cursor; what the user typed on other lines is deleted beside it. */
function replacement({ replace, filterText }: CompletionItem, positions: Positions, cursor: Position): Replacement {
  const { start, end } = positions.range(replace);
  if (start.line === cursor.line && end.line === cursor.line) return { range: { start, end }, rest: [], filterText };
  const lineStart = { line: cursor.line, character: 0 };
  const lineEnd = positions.position(positions.offset({ line: cursor.line + 1, character: 0 }) - 1);
  const from = start.line < cursor.line ? lineStart : start;
  const to = end.line > cursor.line ? lineEnd : end;
  const rest: TextEdit[] = [];
  if (from !== start) rest.push({ range: { start, end: from }, newText: '' });
  if (to !== end) rest.push({ range: { start: to, end }, newText: '' });
  const typed = positions.offset(cursor) - positions.offset(from);
  return {
    range: { start: from, end: to },
    rest,
    filterText: filterText.slice(Math.max(0, filterText.length - typed)),
  };
}

function toCompletionItem(
  item: CompletionItem,
  document: string,
  place: Replacement,
  style: CompletionStyle,
): LspCompletionItem {
  const shown = style.labelDetails
    ? { labelDetails: { detail: ` ${item.detail}`, description: item.description } }
    : { detail: [item.detail, item.description].filter(part => part !== '').join(' · ') };
  return {
    label: item.label,
    ...shown,
    kind: item.data.keyForCopy === undefined ? CompletionItemKind.Reference : CompletionItemKind.File,
    filterText: place.filterText,
    sortText: item.sortText,
    textEdit: { range: place.range, newText: item.insertText },
    ...(place.rest.length > 0 ? { additionalTextEdits: place.rest } : {}),
    ...(item.data.keyForCopy === undefined ? {} : { command: addition(item, document, place, item.data.keyForCopy) }),
    data: item.data,
  };
}

/** Run by the editor once the item is accepted: the reference is none of the document's own yet. */
function addition(
  { data, insertText }: CompletionItem,
  document: string,
  { range }: Replacement,
  key: string,
): Command {
  const { uri, key: ownKey, index } = data;
  const asked: AddReferencesParams = {
    document: { uri: document },
    references: [{ uri, key: ownKey, index }],
    inserted: { position: range.start, text: insertText, key },
  };
  return { title: 'Add to Bibliography', command: ADD_REFERENCES_COMMAND, arguments: [asked] };
}

export const toMarkdown = (value: string) => ({ kind: MarkupKind.Markdown, value });

export const toHover = ({ span, markdown }: Hover, positions: Positions): LspHover => ({
  contents: toMarkdown(markdown),
  range: positions.range(span),
});

const START: Span = { start: 0, end: 0 };

/** `positionsOf` is asked for each file that a target is in. */
export const toLocationLinks = (
  { origin, targets }: Definition,
  positions: Positions,
  positionsOf: (uri: string) => Positions | undefined,
): LocationLink[] =>
  targets.flatMap(({ uri, span, selectionSpan }) => {
    const there = positionsOf(uri);
    if (!there) return [];
    return [
      {
        originSelectionRange: positions.range(origin),
        targetUri: uri,
        targetRange: there.range(span ?? START),
        targetSelectionRange: there.range(selectionSpan ?? START),
      },
    ];
  });

export const toDocumentSymbol = (
  { name, detail, span, selectionSpan }: EntrySymbol,
  positions: Positions,
): DocumentSymbol => ({
  name,
  detail,
  kind: SymbolKind.Key,
  range: positions.range(span),
  selectionRange: positions.range(selectionSpan),
});

export function toFoldingRange(span: Span, positions: Positions): FoldingRange {
  const { start, end } = positions.range(span);
  return { startLine: start.line, endLine: end.line };
}

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

export function toDiagnostic(
  { span, severity, code, values, related }: Diagnostic,
  positions: Positions,
  positionsOf: (uri: string) => Positions | undefined,
): LspDiagnostic {
  const message = sentenceOf(code, values);
  const relatedInformation = related.flatMap(({ uri, span: place }) => {
    const there = positionsOf(uri);
    return there ? [{ location: { uri, range: there.range(place) }, message }] : [];
  });
  return {
    range: positions.range(span),
    severity: SEVERITIES[severity],
    code,
    source: 'Colophon',
    message,
    ...(relatedInformation.length > 0 ? { relatedInformation } : {}),
  };
}
