import { languages, workspace } from 'vscode';
import type { DocumentFilter, Range as EditorRange, TextDocument } from 'vscode';
import {
  BIBLIOGRAPHY_EXTENSIONS,
  BIBLIOGRAPHY_NAMES,
  DOCUMENT_EXTENSIONS,
  LANGUAGE_IDS,
  SCRIPT_LANGUAGE_IDS,
} from '../protocol/documents.ts';
import type { ConversionSource, Range } from '../protocol/conversion.ts';

/** The documents that the server is told of: real ones and cells of notebooks, not the old sides of comparisons or virtual views. */
export function documentSelector(): {
  readonly scheme: string;
  readonly language?: string;
  readonly pattern?: string;
}[] {
  const schemes = new Set(['file', 'untitled', 'vscode-remote', 'vscode-vfs', 'vscode-test-web']);
  for (const folder of workspace.workspaceFolders ?? []) schemes.add(folder.uri.scheme);
  const endings = [...DOCUMENT_EXTENSIONS, ...BIBLIOGRAPHY_EXTENSIONS].map(extension => `*${extension}`);
  const cells = ['markdown', 'raw'].map(language => ({ scheme: 'vscode-notebook-cell', language }));
  const files = [...schemes].flatMap(scheme => [
    ...[...LANGUAGE_IDS, ...SCRIPT_LANGUAGE_IDS].map(language => ({ scheme, language })),
    { scheme, pattern: `**/{${[...endings, ...BIBLIOGRAPHY_NAMES].join(',')}}` },
  ]);
  return [...files, ...cells];
}

/** A document, or a selection of it, as something to convert; its text goes along where the server does not have it. */
export function sourceOf(
  document: TextDocument,
  selector: readonly DocumentFilter[],
  selection?: EditorRange,
): ConversionSource {
  const known = languages.match(selector, document) > 0;
  return {
    uri: document.uri.toString(),
    ...(known ? {} : { text: document.getText() }),
    ...(selection ? { selection: rangeOf(selection) } : {}),
  };
}

export const rangeOf = ({ start, end }: EditorRange): Range => ({
  start: { line: start.line, character: start.character },
  end: { line: end.line, character: end.character },
});
