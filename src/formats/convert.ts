import type { Reference } from '../model/reference.ts';
import { translateFile } from './bibtexFile.ts';
import { FieldBag } from './fieldBag.ts';
import { isWritable, type Blocks, type Format, type FormatName, type WritableFormat, type Written } from './format.ts';
import { formatNamed, recogniseFormat } from './index.ts';
import { LossList, type Loss } from './loss.ts';
import { carrier, Restorer } from './bibtexRestore.ts';
import { differencesOf, readPage } from './page.ts';
import { recordCarrier, RecordRestorer } from './recordRestore.ts';

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
  /** Why nothing was converted. */
  readonly problem?: ConversionProblem;
}

export type ConversionProblem = 'no-references' | 'unknown-format' | 'read-only-format'; // a format that is read, but not written

/** What has been done so far; `part` is the output since the last step. The parts joined are the text. */
export interface ConversionStep {
  readonly done: number;
  readonly total: number;
  readonly part: string;
}

const sliceLength = 100;

/** Converts a text as a whole. */
export function convert(text: string, options: ConvertOptions): Conversion {
  const parts: string[] = [];
  const steps = convertInSteps(text, options);
  let step = steps.next();
  while (step.done !== true) {
    parts.push(step.value.part);
    step = steps.next();
  }
  return { ...step.value, text: parts.join('') };
}

/**
 * Converts slice by slice: stop asking to cancel. Nothing of the output is kept here, so memory stays flat when the caller writes the
 * parts away.
 */
export function* convertInSteps(
  text: string,
  options: ConvertOptions,
): Generator<ConversionStep, Omit<Conversion, 'text'>> {
  const source = options.from === undefined ? recogniseFormat(text) : formatNamed(options.from);
  const target = formatNamed(options.to);
  if (source === undefined || target === undefined) {
    return { count: 0, losses: [], problem: source === undefined ? 'no-references' : 'unknown-format' };
  }
  if (!isWritable(target)) {
    return { count: 0, losses: [], problem: 'read-only-format' };
  }
  const lossless = options.lossless ?? target.sidecar !== 'notes';
  const works = options.from === undefined ? mixedWorks(text) : undefined;
  if (works !== undefined) {
    return yield* writeAll(works.values(), works.length, target, lossless);
  }
  if (isBibtex(source.name) && isBibtex(target.name)) {
    return yield* translateSteps(text, source.name, target.name, lossless);
  }
  const blocks = source.scan(text);
  if (blocks.entryCount === 0) {
    return { count: 0, losses: [], problem: 'no-references' };
  }
  if (source === target) {
    yield { done: blocks.entryCount, total: blocks.entryCount, part: text };
    return { count: blocks.entryCount, losses: [] };
  }
  const references = readAll(text, source, blocks, lossless);
  const restorer = restorerOf(source, target, lossless);
  return yield* writeAll(references, blocks.entryCount, target, lossless, restorer);
}

interface Located {
  readonly reference: Reference;
  /** Where it starts in the source text. */
  readonly offset: number;
  /** What other records of the same work say otherwise. */
  readonly differences?: readonly Loss[];
}

/** Gives back what was carried along: with the text around it, unless the target has a frame for that. */
type Restore = (reference: Reference) => Written | undefined;

function restorerOf(source: Format, target: WritableFormat, lossless: boolean): Restore {
  if (isBibtex(target.name)) {
    const restorer = new Restorer(source, target.name);
    return reference => reference.carried && restorer.restore(reference, reference.carried);
  }
  const restorer = new RecordRestorer(source, target, lossless);
  return reference => reference.record && restorer.restore(reference, reference.record);
}

function* readAll(text: string, source: Format, blocks: Blocks, carries: boolean): Generator<Located> {
  const carry = carries && isBibtex(source.name) ? carrier(text, blocks) : undefined;
  const carryRecord = carries ? recordCarrier(text, blocks, source) : undefined;
  for (let entry = 0; entry < blocks.entryCount; entry++) {
    const reference = source.read(text, blocks, entry);
    const offset = blocks.entrySpan(entry).start;
    const isFirst = reference.carried === undefined && reference.record === undefined;
    const record = isFirst ? carryRecord?.(entry) : undefined;
    yield {
      reference: {
        ...reference,
        ...(carry !== undefined && { carried: carry(entry, reference) }),
        ...(record !== undefined && { record }),
      },
      offset,
    };
  }
}

/** The works of a text that holds records of several formats; undefined for one that does not. */
function mixedWorks(text: string): Located[] | undefined {
  const page = readPage(text);
  const names = new Set(page.works.flatMap(work => work.records.map(record => record.format)));
  return names.size > 1
    ? page.works.map(work => ({
        reference: work.merged,
        offset: work.records[0]?.span.start ?? 0,
        differences: differencesOf(work),
      }))
    : undefined;
}

function* writeAll(
  references: Iterator<Located>,
  total: number,
  target: WritableFormat,
  lossless: boolean,
  restore?: Restore,
): Generator<ConversionStep, Omit<Conversion, 'text'>> {
  const { open, between, close } = target.frame ?? { open: '', between: '\n', close: '' };
  const write = target.frame?.write ?? ((reference: Reference) => target.write([reference], { lossless }));
  const losses = new LossList();
  let done = 0;
  let count = 0;
  let wasRestored = false;
  let parts: string[] = [open];
  for (let next = references.next(); next.done !== true; next = references.next()) {
    const { reference, offset, differences = [] } = next.value;
    const isWork = lossless || !noWorks.has(reference.type);
    const restored = restore?.(reference);
    const written = restored ?? (isWork ? write(reference, { lossless }) : { text: '', losses: leftOut(reference) });
    // A restored entry has its own text before it, and none behind it.
    const gap = wasRestored ? '\n\n' : count === 0 ? '' : between;
    const hasGap = restored !== undefined && target.frame === undefined;
    parts.push(hasGap || !isWork ? '' : gap, written.text);
    wasRestored = hasGap;
    count += isWork ? 1 : 0;
    for (const loss of differences) {
      losses.add(loss, offset);
    }
    for (const loss of written.losses) {
      losses.add(loss, offset);
    }
    done++;
    if (done % sliceLength === 0) {
      yield { done, total, part: parts.join('') };
      parts = [];
    }
  }
  parts.push(close);
  yield { done, total, part: parts.join('') };
  return { count, losses: losses.all };
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

function* translateSteps(
  text: string,
  from: 'bibtex' | 'biblatex',
  to: 'bibtex' | 'biblatex',
  lossless: boolean,
): Generator<ConversionStep, Omit<Conversion, 'text'>> {
  const total = formatNamed(from)?.scan(text).entryCount ?? 0;
  if (total === 0) {
    return { count: 0, losses: [], problem: 'no-references' };
  }
  if (from === to) {
    yield { done: total, total, part: text };
    return { count: total, losses: [] };
  }
  const losses = new LossList();
  let parts: string[] = [];
  let done = 0;
  for (const block of translateFile(text, to, { lossless })) {
    parts.push(block.text);
    for (const loss of block.losses) {
      losses.add(loss, block.start);
    }
    done += block.isEntry ? 1 : 0;
    if (block.isEntry && done % sliceLength === 0) {
      yield { done, total, part: parts.join('') };
      parts = [];
    }
  }
  yield { done, total, part: parts.join('') };
  return { count: done, losses: losses.all };
}
