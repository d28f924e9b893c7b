import { ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from 'vscode-languageserver';
import { convertSource, findKnown, hasSameWorks, partsOf, recogniseSource, referencesOf } from '../features/convert.ts';
import type { ConvertProgress, RecognisedSource } from '../features/convert.ts';
import { fileName } from '../features/card.ts';
import { joinConverted, pasteEntries } from '../features/paste.ts';
import { TakenKeys, makeKeysFresh } from '../features/pasteKeys.ts';
import type { KeyChange } from '../features/pasteKeys.ts';
import { isWritable, type Blocks, type WritableFormat } from '../formats/format.ts';
import { formatNamed, formatOfFile } from '../formats/index.ts';
import { CONVERT_REQUEST, RECOGNISE_REQUEST } from '../protocol/conversion.ts';
import type {
  ConversionOutput,
  ConversionSource,
  ConvertParams,
  ConvertResult,
  KnownReference,
  RangeEdit,
  ReferencePlace,
  RecogniseParams,
  RecogniseResult,
  SourceProblem,
} from '../protocol/conversion.ts';
import { decode } from '../text/decode.ts';
import type { Span } from '../text/span.ts';
import { canonicalUri } from './canonicalUri.ts';
import { cancelled, fence } from './fence.ts';
import { stepsInSlices } from './pacing.ts';
import { positionsOfText } from './positions.ts';
import { createProgress } from './progress.ts';
import type { Progress } from './progress.ts';
import type { Workspace } from './workspace.ts';

/** What editors ask of conversions. */
export function registerConversion(workspace: Workspace): void {
  const { connection, logger } = workspace;
  connection.onRequest(
    RECOGNISE_REQUEST,
    fence(logger, 'Recognising', ({ sources }: RecogniseParams) => recognise(workspace, sources)),
  );
  connection.onRequest(
    CONVERT_REQUEST,
    fenceConversion((params: ConvertParams, token) => convert(workspace, params, token)),
  );

  /** A conversion that fails is told, not passed over: somebody waits for its text. */
  function fenceConversion<R>(handle: (params: ConvertParams, token: CancellationToken) => Promise<R>) {
    return async (params: ConvertParams, token: CancellationToken) => {
      try {
        return await handle(params, token);
      } catch (error) {
        if (!(error instanceof ResponseError)) logger.error('Converting failed', error);
        throw error;
      }
    };
  }
}

async function recognise(workspace: Workspace, sources: readonly ConversionSource[]): Promise<RecogniseResult> {
  const found: RecogniseResult[number][] = [];
  for (const source of sources) {
    const loaded = await load(workspace, source);
    const problem =
      'problem' in loaded ? loaded.problem : loaded.source.kind === 'none' ? loaded.source.problem : undefined;
    found.push({
      parts: 'problem' in loaded ? [] : partsOf(loaded.source),
      sameWorks: !('problem' in loaded) && hasSameWorks(loaded.source),
      ...(problem === undefined ? {} : { problem }),
    });
    await workspace.pause();
  }
  return found;
}

interface Loaded {
  readonly text: string;
  readonly selection: Span | undefined;
  readonly source: RecognisedSource;
}

async function load(
  workspace: Workspace,
  given: ConversionSource,
): Promise<Loaded | { readonly problem: SourceProblem }> {
  const text = given.text ?? (await textOf(workspace, given.uri ?? ''));
  if (typeof text !== 'string') return text;
  const selection = given.selection && positionsOfText(text).span(given.selection);
  const name = bibliographyName(given);
  const source = recogniseSource({
    text,
    ...(name === undefined ? {} : { fileName: name }),
    ...(selection === undefined ? {} : { selection }),
  });
  return { text, selection, source };
}

/** The name of a file that is a bibliography by its name; a text that came along may be anything, whatever it is called. */
function bibliographyName({ uri, text }: ConversionSource): string | undefined {
  const name = uri === undefined ? '' : fileName(uri);
  if (text === undefined) return name;
  return formatOfFile(name) ? name : undefined;
}

async function textOf(workspace: Workspace, uri: string): Promise<string | { readonly problem: SourceProblem }> {
  const canonical = canonicalUri(uri);
  const open = workspace.documents.get(canonical);
  if (open) return open.getText();
  const content = await workspace.files.read(canonical);
  if (content.kind !== 'bytes') return { problem: 'unreadable' };
  return decode(content.bytes)?.text ?? { problem: 'not-text' };
}

async function convert(workspace: Workspace, params: ConvertParams, token: CancellationToken): Promise<ConvertResult> {
  const to = formatNamed(params.to);
  if (!isWritable(to)) throw new Error(`No format to convert to: ${params.to}`);
  const progress = createProgress(workspace.connection, params.workDoneToken, params.sources.length);
  const run = async <R>(steps: Iterator<ConvertProgress, R>): Promise<R> => {
    const result = await stepsInSlices(workspace.pause, steps, step => {
      progress.report(step);
      return !token.isCancellationRequested;
    });
    if (result === undefined) throw cancelled();
    return result.value;
  };
  progress.begin();
  try {
    const context: ConvertContext = { workspace, params, to, run, progress };
    const target = params.into && (await loadTarget(workspace, params.into));
    return await convertAll(context, target);
  } finally {
    progress.end();
  }
}

interface ConvertContext {
  readonly workspace: Workspace;
  readonly params: ConvertParams;
  readonly to: WritableFormat;
  /** In slices, with progress; throws when cancelled. */
  readonly run: <R>(steps: Iterator<ConvertProgress, R>) => Promise<R>;
  readonly progress: Progress;
}

/** The document that is pasted into. */
interface Target {
  readonly text: string;
  readonly selection: Span;
  readonly source: RecognisedSource;
}

async function loadTarget(workspace: Workspace, into: ConversionSource): Promise<Target | undefined> {
  const { selection, ...whole } = into;
  const loaded = await load(workspace, whole);
  if ('problem' in loaded) return undefined;
  const end = { start: loaded.text.length, end: loaded.text.length };
  return { ...loaded, selection: selection ? positionsOfText(loaded.text).span(selection) : end };
}

async function convertAll(context: ConvertContext, target: Target | undefined): Promise<ConvertResult> {
  const { workspace, params, run, to } = context;
  const outputs: ConversionOutput[] = [];
  const known: KnownReference[] = [];
  const renamed: KeyChange[] = [];
  const there = target?.source.kind === 'entries' ? target.source : undefined;
  const taken = target && new TakenKeys(keysOf(there?.blocks));
  for (const [source, given] of params.sources.entries()) {
    const loaded = await load(workspace, given);
    if ('problem' in loaded || loaded.source.kind === 'none') {
      const problem =
        'problem' in loaded ? loaded.problem : loaded.source.kind === 'none' ? loaded.source.problem : 'empty';
      outputs.push({ text: '', edits: [], count: 0, losses: [], problem });
      continue;
    }
    const references = there || params.only ? referencesOf({ ...loaded, sameWorks: params.sameWorks }) : [];
    const already = there && target ? await run(findKnown(references, { ...there, text: target.text })) : [];
    for (const one of already) known.push({ source, ...one });
    const skipped = params.skipKnown ? already : [];
    const skip = params.only ? placesBut(params.only, source, references.length) : skipped.map(({ place }) => place);
    const output = await convertOne(context, loaded, new Set(skip), there && target?.text);
    const left = skipped.map(({ key, knownAs }) => ({ from: key, to: knownAs }));
    const fresh = taken && makeKeysFresh(output.text, to, taken, left);
    for (const change of fresh?.changes ?? []) renamed.push(change);
    outputs.push(fresh ? { ...output, text: fresh.text } : output);
    context.progress.nextSource();
  }
  const converted = joinConverted(
    outputs.map(output => output.text),
    to.name,
  );
  const insertion = target && converted.trim() !== '' ? insertionInto(target, converted, to) : undefined;
  return { outputs, known, ...(target ? { renamed } : {}), ...(insertion ? { insertion } : {}) };
}

function placesBut(wanted: readonly ReferencePlace[], source: number, count: number): number[] {
  const chosen = new Set(wanted.filter(one => one.source === source).map(({ place }) => place));
  return Array.from({ length: count }, (_, place) => place).filter(place => !chosen.has(place));
}

function* keysOf(blocks: Blocks | undefined): Generator<string> {
  for (let entry = 0; entry < (blocks?.entryCount ?? 0); entry += 1) yield blocks?.key(entry) ?? '';
}

async function convertOne(
  { workspace, params, to, run }: ConvertContext,
  { text, source }: Loaded,
  skip: ReadonlySet<number>,
  into: string | undefined,
): Promise<ConversionOutput> {
  const lossless = params.lossless ?? workspace.options.lossless;
  const converted = await run(
    convertSource({
      text,
      source,
      to,
      sameWorks: params.sameWorks,
      output: params.output,
      ...(lossless === undefined ? {} : { lossless }),
      skip,
      ...(into === undefined ? {} : { into }),
    }),
  );
  const positions = positionsOfText(text);
  return {
    text: converted.text,
    count: converted.count,
    edits: converted.edits.map(({ span, newText }) => ({ range: positions.range(span), newText })),
    losses: converted.losses.map(({ key, field, value, reason, offset }) => ({
      key,
      field,
      value,
      reason,
      ...(offset === undefined ? {} : { place: positions.position(offset) }),
    })),
  };
}

function insertionInto({ text, selection, source }: Target, converted: string, to: WritableFormat): RangeEdit {
  const blocks = source.kind === 'entries' ? source.blocks : undefined;
  const { span, newText } = pasteEntries({ text, selection, blocks }, converted, to.name);
  return { range: positionsOfText(text).range(span), newText };
}
