import { readFileSync } from 'node:fs';
import type { Readable, Writable } from 'node:stream';
import { sentenceOf } from '../features/messages.ts';
import { RepeatedKeys } from '../features/repeatedKeys.ts';
import type { ConversionStep } from '../formats/convert.ts';
import { convertInSteps } from '../formats/convert.ts';
import type { Format, FormatName } from '../formats/format.ts';
import { formatNamed, formatOfFile, recogniseFormat } from '../formats/index.ts';
import { entryReaderFor } from '../library/entryReader.ts';
import { formatChoice } from '../protocol/conversionChoices.ts';
import { decode } from '../text/decode.ts';
import { LineCounter } from '../text/lineCounter.ts';
import type { Place } from '../text/lineIndex.ts';
import type { ConvertArguments } from './arguments.ts';
import { EXIT } from './exit.ts';
import type { LossOutput } from './lossOutput.ts';
import { lossFile, lossLines } from './lossOutput.ts';
import { fileOutput, heldOutput, streamOutput, systemReason } from './output.ts';
import type { Output } from './output.ts';
import { progressBar } from './progress.ts';
import type { Progress, Terminal } from './progress.ts';

export interface Streams {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Terminal;
}

/** Converts all files into one output; gives the exit code. */
export async function runConvert(task: ConvertArguments, { stdin, stdout, stderr }: Streams): Promise<number> {
  const progress = progressBar(stderr, () => performance.now());
  const sources: Source[] = [];
  for (const file of task.files) sources.push(await readSource(file, task.from, stdin));
  const keys = new RepeatedKeys();
  const problems = sources.flatMap((_, number) => problemsOf(sources, number, { keys, progress }));
  progress.clear();
  for (const problem of problems) stderr.write(`${problem.text}\n`);
  const isBad = problems.some(({ isError, isHarmless }) => isError || (task.isStrict && isHarmless !== true));
  const readable = sources.filter(source => source.text !== undefined);
  if (readable.length === 0 || (isBad && task.isStrict)) return EXIT.badInput;

  const isHeld = task.output === undefined && stdout.isTTY === true;
  const losses =
    task.losses === undefined
      ? lossLines(stderr, { title: formatChoice(task.to).title, isHeld })
      : lossFile(task.losses);
  let output: Output | undefined;
  try {
    output = outputOf(task, stdout);
    const { lost, count } = await convertAll(readable, task, { output, losses, progress });
    progress.clear();
    await losses.finish();
    if (count === 0 || (task.isStrict && lost > 0)) {
      output.discard();
      return count === 0 ? EXIT.badInput : EXIT.lost;
    }
    await output.keep();
    return isBad ? EXIT.badInput : lost > 0 ? EXIT.lost : EXIT.done;
  } catch (error) {
    progress.clear();
    output?.discard();
    losses.discard();
    throw error;
  }
}

function outputOf({ output, isStrict }: ConvertArguments, stdout: Writable): Output {
  if (output !== undefined) return fileOutput(output);
  return isStrict ? heldOutput(streamOutput(stdout)) : streamOutput(stdout);
}

interface Source {
  readonly name: string;
  /** Undefined when it could not be read. */
  readonly text?: string;
  /** Undefined: nothing was recognised. */
  readonly format?: Format;
  /** What conversion is told; undefined where the text may hold records of several formats. */
  readonly from?: FormatName;
  readonly problem?: string;
}

async function readSource(file: string, from: FormatName | undefined, stdin: Readable): Promise<Source> {
  const name = file === '-' ? '<stdin>' : file;
  let bytes: Uint8Array;
  try {
    bytes = file === '-' ? await readStream(stdin) : readFileSync(file);
  } catch (error) {
    return { name, problem: systemReason(error) };
  }
  if (bytes.length > LARGEST_TEXT) return { name, problem: 'larger than 512 MB, which is more than one text can be' };
  const text = decode(bytes)?.text;
  if (text === undefined) return { name, problem: 'this is no text' };
  const named = file === '-' ? undefined : formatOfFile(file);
  const format = from === undefined ? recogniseFormat(text, named === undefined ? undefined : file) : formatNamed(from);
  if (format === undefined) return { name, problem: 'no references found' };
  const told = from ?? (named === undefined ? undefined : format.name);
  return told === undefined ? { name, text, format } : { name, text, format, from: told };
}

/** Characters of a string, at most, and a character has one byte at least. */
const LARGEST_TEXT = 0x1fffffe8;

async function readStream(stream: Readable): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

interface Problem {
  readonly text: string;
  readonly isError: boolean;
  /** Whether all the same everything is read and carried over. */
  readonly isHarmless?: boolean;
}

interface Check {
  /** Of all files: they go into one text. */
  readonly keys: RepeatedKeys;
  readonly progress: Progress;
}

/** What of a source could not be read, and keys that an entry before has, with the place as compilers give it. */
function problemsOf(sources: readonly Source[], number: number, { keys, progress }: Check): Problem[] {
  const { name = '', text, format, problem } = sources[number] ?? {};
  if (problem !== undefined || text === undefined || format === undefined) {
    return [{ text: `${name}:1:1: ${problem ?? ''}`, isError: true }];
  }
  const reader = entryReaderFor(format);
  const entries = reader.scan(text);
  // The reader of RIS knows no keys that are made.
  const keyed = format.name === 'ris' ? format.scan(text) : entries;
  const lines = new LineCounter(text);
  const found: Problem[] = [];
  if (entries.entryCount === 0) found.push({ text: `${name}:1:1: no references found`, isError: true });
  for (let entry = 0; entry < entries.entryCount; entry++) {
    progress.show(entry, entries.entryCount, `checked in ${name}`);
    for (const { code, span } of reader.problems(text, entries, entry)) {
      const place = lines.placeAt(entries.entrySpan(entry).start + span.start);
      const isError = code !== 'unclosed-record' && code !== 'missing-key';
      found.push({ text: `${placeIn(name, place)}: ${isError ? '' : 'warning: '}${sentenceOf(code, [])}`, isError });
    }
    const key = keyed.key(entry);
    const place = { source: number, ...lines.placeAt(entries.entrySpan(entry).start) };
    const first = keys.add(key, place);
    if (first === undefined) continue;
    const used = placeIn(sources[first.source]?.name ?? '', first);
    const sentence = `The key ${key.replace(/\s+/gu, ' ')} is used at ${used} already.`;
    found.push({ text: `${placeIn(name, place)}: warning: ${sentence}`, isError: false, isHarmless: true });
  }
  return found;
}

const placeIn = (file: string, { line, character }: Place): string =>
  `${file}:${String(line + 1)}:${String(character + 1)}`;

interface Destinations {
  readonly output: Output;
  readonly losses: LossOutput;
  readonly progress: Progress;
}

async function convertAll(
  sources: readonly Source[],
  task: ConvertArguments,
  { output, losses, progress }: Destinations,
): Promise<{ readonly lost: number; readonly count: number }> {
  const joined = new JoinedText(formatNamed(task.to)?.frame);
  let lost = 0;
  let count = 0;
  for (const { name, text = '', from } of sources) {
    const options = {
      to: task.to,
      ...(from !== undefined && { from }),
      ...(task.lossless !== undefined && { lossless: task.lossless }),
    };
    const lines = new LineCounter(text);
    const steps = convertInSteps(text, options);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      await output.write(joined.next(step.value));
      if (step.value.losses.length > 0) progress.clear();
      for (const loss of step.value.losses) await losses.add(loss, name, lines.placeAt(loss.offset ?? 0));
      lost += step.value.losses.length;
      progress.show(step.value.done, step.value.total, `from ${name}`);
    }
    count += step.value.count;
    joined.endDocument(step.value.count);
  }
  await output.write(joined.end());
  return { lost, count };
}

/** Several documents of a format as one: a list of items is opened and closed once. */
class JoinedText {
  readonly #frame: { readonly open: string; readonly between: string; readonly close: string };
  /** What may turn out to be the end of a document. */
  #held = '';
  #isStart = true;
  #hasBefore = false;

  constructor(frame: { readonly open: string; readonly between: string; readonly close: string } | undefined) {
    this.#frame = frame ?? { open: '', between: '\n', close: '' };
  }

  next({ part }: ConversionStep): string {
    if (part === '') return '';
    let text = this.#held + part;
    if (this.#isStart && this.#hasBefore) {
      text = this.#frame.between + text.slice(this.#frame.open.length);
    }
    this.#isStart = false;
    const end = text.length - this.#frame.close.length;
    this.#held = text.slice(end);
    return text.slice(0, end);
  }

  endDocument(count: number): void {
    this.#hasBefore ||= count > 0;
    this.#held = this.#hasBefore ? '' : this.#held;
    this.#isStart = true;
  }

  end(): string {
    return this.#hasBefore ? this.#frame.close : this.#held;
  }
}
