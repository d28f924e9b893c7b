import type { CitedDocument } from '../features/insertCitation.ts';
import { languageOf } from '../languages/index.ts';
import type { CitingDocument } from '../library/reach.ts';
import type { CitingDocument as NamedDocument } from '../protocol/citing.ts';
import { canonicalUri } from './canonicalUri.ts';
import { positionsOf, positionsOfText } from './positions.ts';
import type { Positions } from './positions.ts';
import type { Workspace } from './workspace.ts';

/** A document to cite in: the part that takes the citation, and the manuscript that it is of. */
export interface Cited {
  readonly part: CitedDocument;
  readonly whole: CitingDocument;
  readonly positions: Positions;
}

/** Undefined where citations of its language are not known. */
export function citedDocument(workspace: Workspace, { uri: given, content }: NamedDocument): Cited | undefined {
  const uri = canonicalUri(given);
  if (content === undefined) {
    const document = workspace.library.manuscript(uri);
    const positions = positionsOf(workspace, uri);
    return document && positions && { part: document, whole: document, positions };
  }
  const { languageId, text, manuscript } = content;
  const language = languageOf(languageId, uri);
  if (language === undefined) return undefined;
  return {
    part: { language, text, scanned: language.scan(text) },
    whole: { uri, language, text: manuscript, scanned: language.scan(manuscript) },
    positions: positionsOfText(text),
  };
}
