import type { Reference } from '../model/reference.ts';
import { bibtexIn } from './bibtex.ts';
import { countCarriedValues } from './carriedValues.ts';
import { translateFile } from './bibtexFile.ts';
import { FieldBag } from './fieldBag.ts';
import { isWritable, type Blocks, type Format, type FormatName, type WritableFormat, type Written } from './format.ts';
import { Gaps, toldIn } from './gaps.ts';
import { formatNamed, recogniseFormat } from './index.ts';
import { LossList, type Loss } from './loss.ts';
import { carrier, Restorer } from './bibtexRestore.ts';
import { differencesOf, holdsSeveralFormats, readingPage } from './page.ts';
import { recordCarrier, RecordRestorer } from './recordRestore.ts';
import { scanning } from './scanning.ts';

export interface ConvertOptions {
  /** Left out: recognised from the content. */
  readonly from?: FormatName;
  readonly to: FormatName;
  /**
   * Whether what the target has no field for travels in a place its standard allows. Left out: yes, except into formats whose
   * only such place is the user's notes.
   */
  readonly lossless?: boolean;
}

export interface Conversion {
  readonly text: string;
  /** How many references were converted. */
  readonly count: number;
  /** Every value of the source that is not in the text, or not as it was. */
  readonly losses: readonly Loss[];
  /** How many values have no field in the target and travel in its notes or its `custom`; absent where none does. */
  readonly carried?: number;
  /** Why nothing was converted. */
  readonly problem?: ConversionProblem;
}

export type ConversionProblem = 'no-references' | 'unknown-format' | 'read-only-format'; // a format that is read, but not written

/** What has been done so far; `part` is the output since the last step, `losses` those found since. The parts joined are the text. */
export interface ConversionStep {
  readonly done: number;
  /** 0 as long as the source is looked through. */
  readonly total: number;
  readonly part: string;
  readonly losses: readonly Loss[];
}

/** How a conversion in steps ended. */
export type ConversionEnd = Pick<Conversion, 'count' | 'carried' | 'problem'>;

type Steps = Generator<ConversionStep, ConversionEnd>;

const sliceLength = 50;

/** Converts a text as a whole. */
export function convert(text: string, options: ConvertOptions): Conversion {
  const parts: string[] = [];
  const losses: Loss[] = [];
  const steps = convertInSteps(text, options);
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    parts.push(step.value.part);
    for (const loss of step.value.losses) losses.push(loss);
  }
  return { ...step.value, losses, text: parts.join('') };
}

/**
 * Converts slice by slice: stop asking to cancel. Nothing of the output and of the losses is kept here, so memory stays flat when the
 * caller writes them away.
 */
export function* convertInSteps(text: string, options: ConvertOptions): Steps {
  const source = options.from === undefined ? recogniseFormat(text) : formatNamed(options.from);
  const target = formatNamed(options.to);
  if (source === undefined || target === undefined) {
    return { count: 0, problem: source === undefined ? 'no-references' : 'unknown-format' };
  }
  if (!isWritable(target)) {
    return { count: 0, problem: 'read-only-format' };
  }
  const lossless = options.lossless ?? target.sidecar !== 'notes';
  const works = options.from === undefined ? yield* preparing(mixedWorks(text)) : undefined;
  if (works !== undefined) {
    return yield* writeReferences(works.values(), { total: works.length, target, lossless });
  }
  const blocks = yield* preparing(scanning(source, text));
  return yield* convertEntries({ text, source, blocks, target, lossless });
}

/** A text whose entries have been found. */
export interface ScannedText {
  readonly text: string;
  readonly source: Format;
  readonly blocks: Blocks;
  readonly target: WritableFormat;
  readonly lossless: boolean;
}

/** Converts all entries of a text in steps, with what stands between them. */
export function* convertEntries(scanned: ScannedText): Steps {
  const { text, source, blocks, target, lossless } = scanned;
  const total = blocks.entryCount;
  if (total === 0) {
    return { count: 0, problem: 'no-references' };
  }
  if (source === target) {
    yield { done: total, total, part: text, losses: [] };
    return { count: total };
  }
  if (isBibtex(source.name)) {
    yield* preparing(bibtexIn(text, blocks).reader.preparing());
    if (isBibtex(target.name)) return yield* translateSteps(scanned, target.name);
  }
  const references = readAll(scanned);
  const restore = restorerOf(source, target, lossless);
  return yield* writeReferences(references, { total, target, lossless, restore });
}

/** Work before the first reference is converted, as steps without output. */
export function* preparing<Result>(steps: Generator<undefined, Result>): Generator<ConversionStep, Result> {
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) yield { done: 0, total: 0, part: '', losses: [] };
  return step.value;
}

/** A reference on its way. */
export interface Located {
  readonly reference: Reference;
  /** Where it starts in the source text. */
  readonly offset: number;
  /** It is in the target's format already. */
  readonly asWritten?: string;
  /** What other records of the same work say otherwise. */
  readonly differences?: readonly Loss[];
  /** Text around it that is no reference: lost, unless it travels with it. */
  readonly beside?: readonly Loss[];
}

/** Gives back what was carried along: with the text around it, unless the target has a frame for that. */
export type Restore = (reference: Reference) => Written | undefined;

export function restorerOf(source: Format, target: WritableFormat, lossless: boolean): Restore {
  if (isBibtex(target.name)) {
    const restorer = new Restorer(source, target.name);
    return reference => reference.carried && restorer.restore(reference, reference.carried);
  }
  const restorer = new RecordRestorer(source, target, lossless);
  return reference => reference.record && restorer.restore(reference, reference.record);
}

/** What travels with the references of a text so that they can come back as they were; nothing where `carries` is false. */
export function carrierOf(
  { text, source, blocks }: Pick<ScannedText, 'text' | 'source' | 'blocks'>,
  carries: boolean,
): (entry: number, reference: Reference) => Reference {
  const carry = carries && isBibtex(source.name) ? carrier(text, blocks) : undefined;
  const carryRecord = carries ? recordCarrier(text, blocks, source) : undefined;
  return (entry, reference) => {
    const isFirst = reference.carried === undefined && reference.record === undefined;
    const record = isFirst ? carryRecord?.(entry) : undefined;
    return {
      ...reference,
      ...(carry !== undefined && { carried: carry(entry, reference) }),
      ...(record !== undefined && { record }),
    };
  };
}

function* readAll({ text, source, blocks, lossless }: ScannedText): Generator<Located> {
  const carry = carrierOf({ text, source, blocks }, lossless);
  const gaps = new Gaps(text, source, blocks);
  for (let entry = 0; entry < blocks.entryCount; entry++) {
    const reference = source.read(text, blocks, entry);
    const { start } = blocks.entrySpan(entry);
    yield { reference: carry(entry, reference), offset: start, beside: gaps.around(entry, reference) };
  }
}

/** The works of a text that holds records of several formats; undefined for one that does not. */
function* mixedWorks(text: string): Generator<undefined, Located[] | undefined> {
  if (!(yield* holdsSeveralFormats(text))) return undefined;
  const { works } = yield* readingPage(text);
  const names = new Set(works.flatMap(work => work.records.map(record => record.format)));
  return names.size > 1
    ? works.map(work => ({
        reference: work.merged,
        offset: work.records[0]?.span.start ?? 0,
        differences: differencesOf(work),
      }))
    : undefined;
}

export interface Writing {
  readonly total: number;
  readonly target: WritableFormat;
  readonly lossless: boolean;
  readonly restore?: Restore;
}

/** Writes references in steps. */
export function* writeReferences(references: Iterator<Located>, { total, target, lossless, restore }: Writing): Steps {
  const { frame } = target;
  const { open, between, close } = frame ?? { open: '', between: '\n', close: '' };
  const write =
    frame?.writer?.() ?? frame?.write ?? ((reference: Reference) => target.write([reference], { lossless }));
  const hasSidecar = lossless && !isBibtex(target.name);
  const losses = new LossList();
  let done = 0;
  let count = 0;
  let carried = 0;
  let wasRestored = false;
  let parts: string[] = [open];
  for (let next = references.next(); next.done !== true; next = references.next()) {
    const { reference, offset, asWritten, differences = [], beside = [] } = next.value;
    const isWork = lossless || asWritten !== undefined || !noWorks.has(reference.type);
    const restored = asWritten === undefined ? restore?.(reference) : undefined;
    const written =
      asWritten === undefined
        ? (restored ?? (isWork ? write(reference, { lossless }) : { text: '', losses: leftOut(reference) }))
        : { text: asWritten, losses: [] };
    // A restored entry has its own text before it, and none behind it.
    const gap = wasRestored ? '\n\n' : count === 0 ? '' : between;
    const hasGap = restored !== undefined && frame === undefined;
    parts.push(hasGap || !isWork ? '' : gap, written.text);
    wasRestored = hasGap;
    if (hasSidecar && restored === undefined) carried += countCarriedValues(written.text);
    count += isWork ? 1 : 0;
    const isTold = toldIn(written.text);
    for (const loss of beside) if (!isTold(loss.value)) losses.add(loss, offset);
    for (const loss of differences) losses.add(loss, offset);
    for (const loss of written.losses) losses.add(loss, offset);
    done++;
    if (done % sliceLength === 0) {
      yield { done, total, part: parts.join(''), losses: losses.taken() };
      parts = [];
    }
  }
  parts.push(close);
  yield { done, total, part: parts.join(''), losses: losses.taken() };
  return { count, ...(carried > 0 && { carried }) };
}

/** Entries that are no work of their own: data for others, notes. They travel only where they can come back. */
const noWorks = new Set(['xdata', 'bibnote']);

/** The entry itself, and everything in it. */
function leftOut(reference: Reference): Loss[] {
  const bag = new FieldBag(reference);
  bag.loseRest('type');
  const { key, source } = reference;
  return [{ key, field: 'entry type', value: source.type, reason: 'type' }, ...bag.losses];
}

const isBibtex = (name: FormatName): name is 'bibtex' | 'biblatex' => name === 'bibtex' || name === 'biblatex';

function* translateSteps({ text, blocks, lossless }: ScannedText, to: 'bibtex' | 'biblatex'): Steps {
  const total = blocks.entryCount;
  const losses = new LossList();
  let parts: string[] = [];
  let done = 0;
  for (const block of translateFile(text, to, { lossless }, blocks)) {
    parts.push(block.text);
    for (const loss of block.losses) {
      losses.add(loss, block.start);
    }
    done += block.isEntry ? 1 : 0;
    if (block.isEntry && done % sliceLength === 0) {
      yield { done, total, part: parts.join(''), losses: losses.taken() };
      parts = [];
    }
  }
  yield { done, total, part: parts.join(''), losses: losses.taken() };
  return { count: done };
}
