import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Position, Range } from 'vscode-languageserver';
import type { Bibliography } from '../library/bibliography.ts';
import { wholeText } from '../text/fileText.ts';
import type { Span } from '../text/span.ts';
import type { Workspace } from './workspace.ts';

/** Between the offsets of the core and the lines and characters of the protocol, for one text. */
export interface Positions {
  position(offset: number): Position;
  range(span: Span): Range;
  offset(position: Position): number;
  span(range: Range): Span;
}

/** For a document that is open, or a file that the library knows; undefined for another. */
export function positionsOf({ documents, library }: Workspace, uri: string): Positions | undefined {
  const open = documents.get(uri);
  if (open) return positionsIn(open);
  const bibliography = library.bibliography(uri);
  if (bibliography) return positionsInFile(bibliography);
  const text = library.text(uri);
  return text === undefined ? undefined : positionsOfText(text);
}

/** Its lines are counted already: a large one need not be read for the sake of one place. */
function positionsInFile(bibliography: Bibliography): Positions {
  const position = (offset: number) => bibliography.placeAt(offset);
  let whole: Positions | undefined;
  const ofText = () => (whole ??= positionsOfText(wholeText(bibliography.text)));
  return {
    position,
    offset: at => ofText().offset(at),
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    span: range => ofText().span(range),
  };
}

export const positionsOfText = (text: string): Positions => positionsIn(TextDocument.create('', '', 0, text));

function positionsIn(document: TextDocument): Positions {
  const position = (offset: number) => document.positionAt(offset);
  const offset = (at: Position) => document.offsetAt(at);
  return {
    position,
    offset,
    range: ({ start, end }) => ({ start: position(start), end: position(end) }),
    span: ({ start, end }) => ({ start: offset(start), end: offset(end) }),
  };
}

/** For several places, in few files: the lines of each file are counted once. */
export function positionCache(workspace: Workspace): (uri: string) => Positions | undefined {
  const known = new Map<string, Positions | undefined>();
  return uri => {
    if (!known.has(uri)) known.set(uri, positionsOf(workspace, uri));
    return known.get(uri);
  };
}
