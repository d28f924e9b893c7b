import { ProgressType, ResponseError } from 'vscode-languageserver';
import type { CancellationToken } from 'vscode-languageserver';
import { convertSource, hasSameWorks, keysOf, partsOf, referencesOf } from '../features/convert.ts';
import type { RecognisedSource } from '../features/convert.ts';
import { fileName } from '../features/card.ts';
import { findKnown } from '../features/knownReferences.ts';
import { LossReport } from '../features/lossReport.ts';
import { joinConverted, pasteApart, pasteEntries } from '../features/paste.ts';
import { TakenKeys, makeKeysFresh } from '../features/pasteKeys.ts';
import type { KeyChange } from '../features/pasteKeys.ts';
import { RepeatedKeys } from '../features/repeatedKeys.ts';
import { isWritable, type Blocks, type WritableFormat } from '../formats/format.ts';
import { formatNamed } from '../formats/index.ts';
import { CONVERT_REQUEST, PLACE_REQUEST, RECOGNISE_REQUEST, REPORT_REQUEST } from '../protocol/conversion.ts';
import type {
  ConversionOutput,
  ConversionSource,
  ConvertedPart,
  ConvertParams,
  ConvertResult,
  KnownReference,
  PlaceParams,
  PlaceResult,
  RangeEdit,
  ReferencePlace,
  RecogniseParams,
  RecogniseResult,
  ReportParams,
} from '../protocol/conversion.ts';
import { MOST_NAMED } from '../protocol/conversionTexts.ts';
import { LineCounter } from '../text/lineCounter.ts';
import { wholeText } from '../text/fileText.ts';
import type { Span } from '../text/span.ts';
import { canonicalUri } from './canonicalUri.ts';
import { loadSource, spanIn } from './conversionSources.ts';
import type { LoadedSource } from './conversionSources.ts';
import { ConvertedParts } from './convertedParts.ts';
import { cancelled, fence, whenCancelled } from './fence.ts';
import { createLossReports } from './lossReports.ts';
import { stepsInSlices } from './pacing.ts';
import { positionsOf } from './positions.ts';
import { createProgress } from './progress.ts';
import type { ConvertProgress, Progress } from './progress.ts';
import type { Workspace } from './workspace.ts';

/** What editors ask of conversions. */
export function registerConversion(workspace: Workspace): void {
  const { connection, logger } = workspace;
  const reports = createLossReports();
  connection.onRequest(
    RECOGNISE_REQUEST,
    fence(logger, 'Recognising', ({ sources }: RecogniseParams, token) => recognise(workspace, sources, token)),
  );
  connection.onRequest(
    PLACE_REQUEST,
    fence(logger, 'Placing', (params: PlaceParams) => placeApart(workspace, params)),
  );
  connection.onRequest(
    REPORT_REQUEST,
    fence(logger, 'Reporting', (params: ReportParams) => reports.find(params)),
  );
  connection.onRequest(
    CONVERT_REQUEST,
    fenceConversion(async (params: ConvertParams, token) => {
      const to = formatNamed(params.to);
      if (!isWritable(to)) throw new Error(`No format to convert to: ${params.to}`);
      const report = new LossReport(to.title);
      // Whoever cancels waits for nothing, not even for a slow disk.
      const converting = convert(workspace, { params, to, report }, token);
      const result = await Promise.race([converting, whenCancelled(token)]);
      if (report.count === 0 && report.repeatedKeys === 0) return result;
      const title = report.count === 0 ? `Conversion to ${to.title}` : `Not carried over to ${to.title}`;
      return { ...result, report: reports.keep(title, report) };
    }),
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

function placeApart(workspace: Workspace, { uri, position, text }: PlaceParams): PlaceResult {
  const canonical = canonicalUri(uri);
  const bibliography = workspace.library.bibliography(canonical);
  const positions = positionsOf(workspace, canonical);
  if (!bibliography || !positions) return null;
  const { format, entries: blocks } = bibliography;
  // Somebody waits for a paste: whether it begins with an entry is enough to know.
  if (format.scan(text.slice(0, BEGINNING)).entryCount === 0) return null;
  const at = positions.offset(position);
  const target = { text: wholeText(bibliography.text), selection: { start: at, end: at }, blocks };
  const edit = pasteApart(target, text, format.name);
  return edit ? { range: positions.range(edit.span), newText: edit.newText } : null;
}

const BEGINNING = 50_000;

async function recognise(
  workspace: Workspace,
  sources: readonly ConversionSource[],
  token: CancellationToken,
): Promise<RecogniseResult> {
  const found: RecogniseResult[number][] = [];
  for (const source of sources) {
    const loaded = await loadSource(workspace, source, token);
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

interface Task {
  readonly params: ConvertParams;
  readonly to: WritableFormat;
  readonly report: LossReport;
}

async function convert(workspace: Workspace, task: Task, token: CancellationToken): Promise<ConvertResult> {
  const { params } = task;
  const progress = createProgress(workspace.connection, params.workDoneToken, params.sources.length);
  const run = async <T extends ConvertProgress, R>(steps: Iterator<T, R>, flush?: () => Promise<void>): Promise<R> => {
    const result = await stepsInSlices(workspace.pause, steps, async step => {
      progress.report(step);
      if (!token.isCancellationRequested) await flush?.();
      return !token.isCancellationRequested;
    });
    if (result === undefined) throw cancelled();
    return result.value;
  };
  progress.begin();
  try {
    const context: ConvertContext = { ...task, workspace, token, run, progress };
    const target = params.into && (await loadTarget(context, params.into));
    return await convertAll(context, target);
  } finally {
    progress.end();
  }
}

interface ConvertContext extends Task {
  readonly workspace: Workspace;
  readonly token: CancellationToken;
  /** In slices, with progress; `flush` is called after each; throws when cancelled. */
  readonly run: <T extends ConvertProgress, R>(steps: Iterator<T, R>, flush?: () => Promise<void>) => Promise<R>;
  readonly progress: Progress;
}

/** The document that is pasted into. */
interface Target {
  readonly text: string;
  readonly selection: Span;
  readonly source: RecognisedSource;
}

async function loadTarget({ workspace, token }: ConvertContext, into: ConversionSource): Promise<Target | undefined> {
  const { selection, ...whole } = into;
  const loaded = await loadSource(workspace, whole, token);
  if ('problem' in loaded) return undefined;
  const end = { start: loaded.text.length, end: loaded.text.length };
  return { ...loaded, selection: selection ? spanIn(loaded.text, selection) : end };
}

async function convertAll(context: ConvertContext, target: Target | undefined): Promise<ConvertResult> {
  const { workspace, params, run, to, token, report } = context;
  const outputs: ConversionOutput[] = [];
  const known: KnownReference[] = [];
  const renamed: KeyChange[] = [];
  const there = target?.source.kind === 'entries' ? target.source : undefined;
  const taken = target && new TakenKeys(blockKeys(there?.blocks));
  let inText = new RepeatedKeys();
  for (const [source, given] of params.sources.entries()) {
    const loaded = await loadSource(workspace, given, token);
    if ('problem' in loaded || loaded.source.kind === 'none') {
      const problem =
        'problem' in loaded ? loaded.problem : loaded.source.kind === 'none' ? loaded.source.problem : 'empty';
      outputs.push({ text: '', edits: [], count: 0, problem });
      continue;
    }
    const reported = report.begin(reportSource(given));
    if (params.joins !== true) {
      report.addRepeated(inText.found);
      inText = new RepeatedKeys();
    }
    if (!target)
      await run(
        inText.adding(keysOf({ ...loaded, sameWorks: params.sameWorks }), reported, new LineCounter(loaded.text)),
      );
    const chosen = { ...loaded, sameWorks: params.sameWorks };
    const references = there || params.only ? await run(referencesOf(chosen)) : [];
    const already = there && target ? await run(findKnown(references, { ...there, text: target.text })) : [];
    for (const one of already) known.push({ source, ...one });
    const skipped = params.skipKnown ? already : [];
    const skip = params.only ? placesBut(params.only, source, references.length) : skipped.map(({ place }) => place);
    const output = await convertOne(context, loaded, { source, skip: new Set(skip), into: target?.text });
    const left = skipped.map(({ key, knownAs }) => ({ from: key, to: knownAs }));
    const fresh = taken && makeKeysFresh(output.text, to, taken, left);
    for (const change of fresh?.changes ?? []) renamed.push(change);
    outputs.push(fresh ? { ...output, text: fresh.text } : output);
    context.progress.nextSource();
  }
  report.addRepeated(inText.found);
  const losses = { values: report.count, capitals: report.capitals };
  const insertion = target && insertionInto(target, outputs, to);
  return {
    outputs,
    losses,
    known,
    ...(target ? { renamed } : {}),
    ...repeatedIn(report),
    ...(insertion ? { insertion } : {}),
  };
}

const repeatedIn = (report: LossReport): Pick<ConvertResult, 'repeated'> =>
  report.repeatedKeys === 0
    ? {}
    : { repeated: { count: report.repeatedKeys, first: report.firstRepeated(MOST_NAMED) } };

/** Entries of a text that is nowhere to be opened are shown in that text. */
const reportSource = ({ name, uri, text }: ConversionSource) => ({
  name: name ?? (uri === undefined ? 'the text' : fileName(uri)),
  ...(uri === undefined ? {} : { uri }),
  ...(uri === undefined && text !== undefined && text.length <= LONGEST_KEPT ? { text } : {}),
});

/** A longer text is not kept for the sake of its report. */
const LONGEST_KEPT = 1_000_000;

function placesBut(wanted: readonly ReferencePlace[], source: number, count: number): number[] {
  const chosen = new Set(wanted.filter(one => one.source === source).map(({ place }) => place));
  return Array.from({ length: count }, (_, place) => place).filter(place => !chosen.has(place));
}

function* blockKeys(blocks: Blocks | undefined): Generator<string> {
  for (let entry = 0; entry < (blocks?.entryCount ?? 0); entry += 1) yield blocks?.key(entry) ?? '';
}

interface OneSource {
  readonly source: number;
  readonly skip: ReadonlySet<number>;
  /** The text of the document that it goes into. */
  readonly into: string | undefined;
}

async function convertOne(
  { workspace, params, to, run, report, token }: ConvertContext,
  { text, source: recognised }: LoadedSource,
  { source, skip, into }: OneSource,
): Promise<ConversionOutput> {
  const lossless = params.lossless ?? workspace.options.lossless;
  const lines = new LineCounter(text);
  // What is pasted is looked through as a whole once more.
  const partToken = params.into ? undefined : params.partialResultToken;
  const send =
    partToken === undefined
      ? undefined
      : (part: ConvertedPart) => workspace.connection.sendProgress(PART, partToken, part);
  const parts = new ConvertedParts(source, lines, send);
  const steps = convertSource({
    text,
    source: recognised,
    to,
    sameWorks: params.sameWorks,
    output: params.output,
    ...(lossless === undefined ? {} : { lossless }),
    skip,
    ...(into === undefined ? {} : { into }),
  });
  const flush = () => parts.flush(token);
  const { count, carried } = await run(parts.collecting(steps, report), flush);
  await flush();
  return { ...parts.rest(), count, ...(carried === undefined ? {} : { carried }) };
}

const PART = new ProgressType<ConvertedPart>();

function insertionInto(
  target: Target,
  outputs: readonly ConversionOutput[],
  to: WritableFormat,
): RangeEdit | undefined {
  const converted = joinConverted(
    outputs.map(output => output.text),
    to.name,
  );
  if (converted.trim() === '') return undefined;
  const { text, selection, source } = target;
  const blocks = source.kind === 'entries' ? source.blocks : undefined;
  const { span, newText } = pasteEntries({ text, selection, blocks }, converted, to.name);
  const lines = new LineCounter(text);
  return { range: { start: lines.placeAt(span.start), end: lines.placeAt(span.end) }, newText };
}
