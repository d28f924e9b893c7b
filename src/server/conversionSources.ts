import type { CancellationToken } from 'vscode-languageserver';
import { fileName } from '../features/card.ts';
import { recogniseSource } from '../features/convert.ts';
import type { RecognisedSource } from '../features/convert.ts';
import { formatOfFile } from '../formats/index.ts';
import type { ConversionSource, SourceProblem } from '../protocol/conversion.ts';
import { wholeText } from '../text/fileText.ts';
import { LineIndex } from '../text/lineIndex.ts';
import type { Span } from '../text/span.ts';
import { canonicalUri } from './canonicalUri.ts';
import { cancelled } from './fence.ts';
import { stepsInSlices } from './pacing.ts';
import type { Workspace } from './workspace.ts';

/** A source that has been read, with what it holds. */
export interface LoadedSource {
  readonly text: string;
  readonly selection: Span | undefined;
  readonly source: RecognisedSource;
}

/** Reads a source, and finds its entries, in slices; throws when cancelled. */
export async function loadSource(
  workspace: Workspace,
  given: ConversionSource,
  token: CancellationToken,
): Promise<LoadedSource | { readonly problem: SourceProblem }> {
  const run = async <R>(steps: Iterator<undefined, R>): Promise<R> => {
    const result = await stepsInSlices(workspace.pause, steps, () => !token.isCancellationRequested);
    if (result === undefined) throw cancelled();
    return result.value;
  };
  const text = given.text ?? (await textOf(workspace, given.uri ?? ''));
  if (typeof text !== 'string') return text;
  const selection = given.selection && spanIn(text, given.selection);
  const name = bibliographyName(given);
  const source = await run(
    recogniseSource({
      text,
      ...(name === undefined ? {} : { fileName: name }),
      ...(selection === undefined ? {} : { selection }),
    }),
  );
  return { text, selection, source };
}

export function spanIn(text: string, { start, end }: NonNullable<ConversionSource['selection']>): Span {
  const lines = new LineIndex(text);
  return { start: lines.offsetAt(start), end: lines.offsetAt(end) };
}

/** The name of a file that is a bibliography by its name; a text that came along may be anything, whatever it is called. */
function bibliographyName({ uri, text }: ConversionSource): string | undefined {
  const name = uri === undefined ? '' : fileName(uri);
  if (text === undefined) return name;
  return formatOfFile(name) ? name : undefined;
}

async function textOf(
  workspace: Workspace,
  uri: string,
): Promise<string | { readonly problem: SourceProblem }> {
  const canonical = canonicalUri(uri);
  const open = workspace.documents.get(canonical);
  if (open) return open.getText();
  const content = await workspace.files.read(canonical);
  if (content.kind !== 'text') return { problem: problemOf[content.kind] };
  // Putting the parts together is work at one go.
  await workspace.pause();
  return wholeText(content.text);
}

const problemOf = { missing: 'unreadable', failed: 'unreadable', binary: 'not-text', 'too-large': 'too-large' } as const;
