import { CancellationTokenSource, ProgressLocation, Uri, window } from 'vscode';
import type { CancellationToken, Disposable, DocumentFilter, QuickPickItem } from 'vscode';
import type {
  BaseLanguageClient,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from 'vscode-languageclient';
import { CONVERT_REQUEST, RECOGNISE_REQUEST } from '../../protocol/conversion.ts';
import type {
  ConversionFormat,
  ConversionSource,
  ConvertedPart,
  ConvertParams,
  ConvertResult,
  RangeEdit,
  RecogniseResult,
  Recognition,
} from '../../protocol/conversion.ts';
import { formatChoice, targetChoices } from '../../protocol/conversionChoices.ts';
import type { FormatChoice } from '../../protocol/conversionChoices.ts';
import { contentSentence, problemSentence, renamedSentence, summarySentence } from '../../protocol/conversionTexts.ts';
import type { Reports } from '../reports.ts';

/** What every command needs to talk with the server and with the user. */
export interface Conversations {
  client(): Promise<BaseLanguageClient>;
  readonly reports: Reports;
  readonly selector: readonly DocumentFilter[];
}

/** A source with the name that the user knows it by. */
export type NamedSource = ConversionSource & { readonly name: string };

/** What came in parts for one source, in order. */
export interface Converted {
  readonly texts: readonly string[];
  readonly edits: readonly RangeEdit[];
}

/** A result with what came before it, by source. */
export type Conversion = ConvertResult & { readonly converted: readonly Converted[] };

/** Undefined when it was cancelled, which progress offers once it takes a while. */
export async function recognise(
  conversations: Conversations,
  sources: readonly NamedSource[],
  token?: CancellationToken,
): Promise<RecogniseResult | undefined> {
  const client = await conversations.client();
  return cancellable(token, 'Reading', cancelled => ({
    request: client.sendRequest<RecogniseResult>(RECOGNISE_REQUEST, { sources }, cancelled),
  }));
}

/** Tells about sources that give nothing; the others are returned with what they hold. */
export async function recogniseUsable(
  conversations: Conversations,
  sources: readonly NamedSource[],
): Promise<{ readonly usable: readonly NamedSource[]; readonly recognised: readonly Recognition[] }> {
  const all = (await recognise(conversations, sources)) ?? [];
  const sentences: string[] = [];
  const usable: NamedSource[] = [];
  const recognised: Recognition[] = [];
  sources.forEach((source, index) => {
    const found = all[index];
    if (found?.problem) sentences.push(problemSentence(found.problem, source.name));
    else if (found) {
      usable.push(source);
      recognised.push(found);
    }
  });
  if (sentences.length > 0) void window.showWarningMessage(sentences.join(' '));
  return { usable, recognised };
}

export const askTarget = (recognised: readonly Recognition[]): Promise<ConversionFormat | undefined> =>
  askFormat(targetChoices(recognised), recognised, 'Convert References');

/** Asks for one of the formats, unless there is only one. */
export async function askFormat(
  choices: readonly FormatChoice[],
  recognised: readonly Recognition[],
  title: string,
): Promise<ConversionFormat | undefined> {
  const [only] = choices;
  if (choices.length === 1 && only) return only.format;
  const items = choices.map(choice => ({
    label: choice.title,
    description: choice.description,
    format: choice.format,
  }));
  const content = recognised.length === 1 && recognised[0] ? `From ${contentSentence(recognised[0])} to …` : 'To …';
  const chosen = await window.showQuickPick(items, { title, placeHolder: content });
  return chosen?.format;
}

/** Asks only where a source holds the same works in several formats. */
export async function askSameWorks(recognised: readonly Recognition[]): Promise<'merge' | 'keep' | undefined> {
  const twice = recognised.find(source => source.sameWorks);
  if (!twice) return 'keep';
  const items: (QuickPickItem & { readonly choice: 'merge' | 'keep' })[] = [
    { label: 'Merge into One', description: 'each work once, with what either of its entries tells', choice: 'merge' },
    { label: 'Keep Both', description: 'every entry as it stands', choice: 'keep' },
  ];
  const chosen = await window.showQuickPick(items, {
    title: 'The Same Work in Several Formats',
    placeHolder: `Found ${contentSentence(twice)}, and they describe the same work`,
  });
  return chosen?.choice;
}

/** Undefined when it was cancelled, which progress offers once the conversion takes a while. */
export async function convert(
  conversations: Conversations,
  params: ConvertParams,
  token?: CancellationToken,
): Promise<Conversion | undefined> {
  const client = await conversations.client();
  const { ProgressType, WorkDoneProgress } = await import('vscode-languageclient');
  const workDoneToken = `colophon-convert-${(tokens += 1)}`;
  const partialResultToken = `${workDoneToken}-parts`;
  const converted = params.sources.map(() => ({ texts: [] as string[], edits: [] as RangeEdit[] }));
  const taking = client.onProgress(new ProgressType<ConvertedPart>(), partialResultToken, ({ source, text, edits }) => {
    converted[source]?.texts.push(text);
    for (const edit of edits) converted[source]?.edits.push(edit);
  });
  try {
    const title = `Converting to ${formatChoice(params.to).title}`;
    const result = await cancellable(token, title, cancelled => ({
      request: client.sendRequest<ConvertResult>(
        CONVERT_REQUEST,
        { ...params, workDoneToken, partialResultToken },
        cancelled,
      ),
      onProgress: tell => client.onProgress(WorkDoneProgress.type, workDoneToken, tell),
    }));
    return result && { ...result, converted };
  } finally {
    taking.dispose();
  }
}

let tokens = 0;

interface Running<R> {
  readonly request: Promise<R>;
  readonly onProgress?: (tell: (value: WorkDone) => void) => Disposable;
}

/** A request that can be cancelled from outside, and by the user once it takes a while: then it gives undefined. */
async function cancellable<R>(
  token: CancellationToken | undefined,
  title: string,
  start: (cancelled: CancellationToken) => Running<R>,
): Promise<R | undefined> {
  if (token?.isCancellationRequested) return undefined;
  const cancellation = new CancellationTokenSource();
  const cancel = () => {
    cancellation.cancel();
  };
  const outside = token?.onCancellationRequested(cancel);
  const running = start(cancellation.token);
  try {
    if (await takesLong(running.request)) await showProgress(title, running, cancel);
    return await running.request;
  } catch (error) {
    if (cancellation.token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    outside?.dispose();
    cancellation.dispose();
  }
}

/** A notification of progress stays for a second or more, so it is not for what ends sooner. */
async function takesLong(request: Promise<unknown>): Promise<boolean> {
  const ended = () => false;
  return Promise.race([
    request.then(ended, ended),
    new Promise<boolean>(late => {
      setTimeout(late, PATIENCE, true);
    }),
  ]);
}

const PATIENCE = 500; // milliseconds

/** Until the request has ended, well or not. */
async function showProgress(
  title: string,
  { request, onProgress }: Running<unknown>,
  cancel: () => void,
): Promise<void> {
  const options = { location: ProgressLocation.Notification, title, cancellable: true };
  await window.withProgress(options, async (progress, pressed) => {
    pressed.onCancellationRequested(cancel);
    let percentage = 0;
    const listening = onProgress?.(value => {
      const told = percentageOf(value);
      progress.report({ increment: told - percentage, ...messageOf(value) });
      percentage = told;
    });
    try {
      await request;
    } finally {
      listening?.dispose();
    }
  });
}

type WorkDone = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

const percentageOf = (value: WorkDone): number => (value.kind === 'end' ? 100 : (value.percentage ?? 0));
const messageOf = (value: WorkDone): { message?: string } =>
  value.message === undefined ? {} : { message: value.message };

/** Says how many references were converted, and offers the list of what could not be carried over. Does not wait. */
export function tellOutcome({ reports }: Conversations, result: ConvertResult, to: ConversionFormat): void {
  const renamed = result.renamed && result.renamed.length > 0 ? ` ${renamedSentence(result.renamed)}` : '';
  const summary = `${summarySentence(result, to)}${renamed}`;
  const { report } = result;
  if (report === undefined) {
    void window.showInformationMessage(summary);
    return;
  }
  void window.showWarningMessage(summary, 'Show Details').then(async pressed => {
    if (pressed) await reports.open(Uri.parse(report));
  });
}
