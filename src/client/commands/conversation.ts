import { CancellationTokenSource, ProgressLocation, window } from 'vscode';
import type { CancellationToken, DocumentFilter, QuickPickItem } from 'vscode';
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
  ConvertParams,
  ConvertResult,
  RecogniseResult,
  Recognition,
} from '../../protocol/conversion.ts';
import { formatChoice, targetChoices } from '../../protocol/conversionChoices.ts';
import {
  contentSentence,
  lossReport,
  problemSentence,
  renamedSentence,
  summarySentence,
} from '../../protocol/conversionTexts.ts';
import type { Reports } from '../reports.ts';

/** What every command needs to talk with the server and with the user. */
export interface Conversations {
  client(): Promise<BaseLanguageClient>;
  readonly reports: Reports;
  readonly selector: readonly DocumentFilter[];
}

/** A source with the name that the user knows it by. */
export interface NamedSource {
  readonly name: string;
  readonly source: ConversionSource;
}

export async function recognise(
  conversations: Conversations,
  sources: readonly NamedSource[],
  token?: CancellationToken,
): Promise<readonly Recognition[]> {
  const client = await conversations.client();
  const params = { sources: sources.map(({ source }) => source) };
  // An undefined token would be sent as one more parameter.
  return token
    ? client.sendRequest<RecogniseResult>(RECOGNISE_REQUEST, params, token)
    : client.sendRequest<RecogniseResult>(RECOGNISE_REQUEST, params);
}

/** Tells about sources that give nothing; the others are returned with what they hold. */
export async function recogniseUsable(
  conversations: Conversations,
  sources: readonly NamedSource[],
): Promise<{ readonly usable: readonly NamedSource[]; readonly recognised: readonly Recognition[] }> {
  const all = await recognise(conversations, sources);
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

export async function askTarget(recognised: readonly Recognition[]): Promise<ConversionFormat | undefined> {
  const items = targetChoices(recognised).map(choice => ({
    label: choice.title,
    description: choice.description,
    format: choice.format,
  }));
  const content = recognised.length === 1 && recognised[0] ? `From ${contentSentence(recognised[0])} to …` : 'To …';
  const chosen = await window.showQuickPick(items, { title: 'Convert References', placeHolder: content });
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
): Promise<ConvertResult | undefined> {
  const client = await conversations.client();
  const workDoneToken = `colophon-convert-${(tokens += 1)}`;
  const cancellation = new CancellationTokenSource();
  if (token?.isCancellationRequested) return undefined;
  const outside = token?.onCancellationRequested(() => {
    cancellation.cancel();
  });
  const request = client.sendRequest<ConvertResult>(CONVERT_REQUEST, { ...params, workDoneToken }, cancellation.token);
  try {
    if (await takesLong(request)) await showProgress(client, workDoneToken, { request, to: params.to, cancellation });
    return await request;
  } catch (error) {
    if (cancellation.token.isCancellationRequested) return undefined;
    throw error;
  } finally {
    outside?.dispose();
    cancellation.dispose();
  }
}

let tokens = 0;

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

interface Running {
  readonly request: Promise<unknown>;
  readonly to: ConversionFormat;
  readonly cancellation: CancellationTokenSource;
}

/** Until the request has ended, well or not. */
async function showProgress(client: BaseLanguageClient, workDoneToken: string, running: Running): Promise<void> {
  const { WorkDoneProgress } = await import('vscode-languageclient');
  const options = {
    location: ProgressLocation.Notification,
    title: `Converting to ${formatChoice(running.to).title}`,
    cancellable: true,
  };
  await window.withProgress(options, async (progress, pressed) => {
    pressed.onCancellationRequested(() => {
      running.cancellation.cancel();
    });
    let percentage = 0;
    const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, value => {
      const told = percentageOf(value);
      progress.report({ increment: told - percentage, ...messageOf(value) });
      percentage = told;
    });
    try {
      await running.request;
    } finally {
      listening.dispose();
    }
  });
}

type Progress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

const percentageOf = (value: Progress): number => (value.kind === 'end' ? 100 : (value.percentage ?? 0));
const messageOf = (value: Progress): { message?: string } =>
  value.message === undefined ? {} : { message: value.message };

/** Says how many references were converted, and offers the list of what could not be carried over. Does not wait. */
export function tellOutcome(
  conversations: Conversations,
  sources: readonly NamedSource[],
  result: ConvertResult,
  to: ConversionFormat,
): void {
  const renamed = result.renamed && result.renamed.length > 0 ? ` ${renamedSentence(result.renamed)}` : '';
  const summary = `${summarySentence(result.outputs, to)}${renamed}`;
  if (result.outputs.every(output => output.losses.length === 0)) {
    void window.showInformationMessage(summary);
    return;
  }
  const report = lossReport(
    result.outputs.map((output, index) => {
      const source = sources[index];
      const uri = source?.source.uri;
      return { name: source?.name ?? '', losses: output.losses, ...(uri === undefined ? {} : { uri }) };
    }),
    to,
  );
  void window.showWarningMessage(summary, 'Show Details').then(async pressed => {
    if (pressed) await conversations.reports.open(`Not carried over to ${formatChoice(to).title}`, report);
  });
}
