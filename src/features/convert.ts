import { translateFile } from '../formats/bibtexFile.ts';
import { usualGap } from '../formats/carried.ts';
import { carrierOf, convertEntries, preparing, restorerOf, writeReferences } from '../formats/convert.ts';
import type { ConversionEnd, ConversionStep, Located, Restore } from '../formats/convert.ts';
import type { Blocks, Format, FormatName, WritableFormat } from '../formats/format.ts';
import { formatNamed, recogniseFormat } from '../formats/index.ts';
import { LossList } from '../formats/loss.ts';
import { differencesOf, readingPage, standsInPages } from '../formats/page.ts';
import type { PageRecord, PageWork } from '../formats/page.ts';
import { scanning } from '../formats/scanning.ts';
import type { Reference } from '../model/reference.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { slice } from '../text/span.ts';
import { parentsOf, withStrings } from './entryStrings.ts';

/** A text that somebody wants converted. */
export interface SourceText {
  readonly text: string;
  /** The name of a file that is a bibliography; undefined for free text (a clipboard, a page), in which entries are looked for. */
  readonly fileName?: string;
  /** The entries that it touches count; an empty one stands for the entry around it. */
  readonly selection?: Span;
}

/** What a source holds: the entries of one format, or the records that were found among prose. */
export type RecognisedSource =
  | { readonly kind: 'none'; readonly problem: 'empty' | 'no-bibliography' | 'no-entry-here' }
  | {
      readonly kind: 'entries';
      readonly format: Format;
      readonly blocks: Blocks;
      readonly entries: readonly number[] | 'all';
    }
  | { readonly kind: 'page'; readonly works: readonly PageWork[] };

/** Free text longer than this is taken for a bibliography and not searched for records of several formats. */
const LONGEST_PAGE = 2_000_000;

/** In steps, so that others can work in between. */
export function* recogniseSource({ text, fileName, selection }: SourceText): Generator<undefined, RecognisedSource> {
  if (text.trim() === '') return { kind: 'none', problem: 'empty' };
  const format = recogniseFormat(text, fileName);
  const isPage = fileName === undefined && (!format || standsInPages(format)) && text.length <= LONGEST_PAGE;
  if (isPage) return yield* recognisePage(text, selection);
  const blocks = format && (yield* scanning(format, text));
  if (!blocks || blocks.entryCount === 0) return { kind: 'none', problem: 'no-bibliography' };
  if (!selection) return { kind: 'entries', format, blocks, entries: 'all' };
  const entries: number[] = [];
  for (let entry = 0; entry < blocks.entryCount; entry += 1) {
    if (touches(blocks.entrySpan(entry), selection)) entries.push(entry);
    if (entry % ENTRIES_PER_STEP === 0) yield;
  }
  return entries.length === 0
    ? { kind: 'none', problem: 'no-entry-here' }
    : { kind: 'entries', format, blocks, entries };
}

const ENTRIES_PER_STEP = 4096;

function* recognisePage(text: string, selection: Span | undefined): Generator<undefined, RecognisedSource> {
  const { works } = yield* readingPage(text);
  if (works.length === 0) return { kind: 'none', problem: 'no-bibliography' };
  const chosen = selection ? works.filter(work => work.records.some(record => touches(record.span, selection))) : works;
  return chosen.length === 0 ? { kind: 'none', problem: 'no-entry-here' } : { kind: 'page', works: chosen };
}

/** A selection that ends where the entry begins does not touch it; a cursor there does. */
const touches = (entry: Span, { start, end }: Span): boolean =>
  start === end ? entry.start <= start && start <= entry.end : entry.start < end && start < entry.end;

/** The formats of a source with the number of entries of each, in the order of the text. */
export function partsOf(source: RecognisedSource): { readonly format: FormatName; readonly count: number }[] {
  if (source.kind === 'none') return [];
  if (source.kind === 'entries') {
    const count = source.entries === 'all' ? source.blocks.entryCount : source.entries.length;
    return [{ format: source.format.name, count }];
  }
  const counts = new Map<FormatName, number>();
  for (const { format } of recordsOf(source.works)) counts.set(format, (counts.get(format) ?? 0) + 1);
  return [...counts].map(([format, count]) => ({ format, count }));
}

/** Whether the same work is there in more than one format. */
export const hasSameWorks = (source: RecognisedSource): boolean =>
  source.kind === 'page' && source.works.some(work => new Set(work.records.map(record => record.format)).size > 1);

const recordsOf = (works: readonly PageWork[]): PageRecord[] =>
  works.flatMap(work => work.records).sort((a, b) => a.span.start - b.span.start);

export interface ConvertTask {
  readonly text: string;
  readonly source: RecognisedSource;
  readonly to: WritableFormat;
  /** Absent: as is usual for the target. */
  readonly lossless?: boolean;
  readonly sameWorks: 'merge' | 'keep';
  /** `edits`: entries are replaced where they stand. Only between BibTeX and BibLaTeX. */
  readonly output: 'text' | 'edits';
  /** References that are left out, by their place in `referencesOf`. */
  readonly skip?: ReadonlySet<number>;
  /** The BibTeX document that the entries go into, where they go into one: what stands there need not come along. */
  readonly into?: string;
}

/** What has been done since the last step: the parts joined are the text, and the edits are in the order of the source. */
export interface SourceStep extends ConversionStep {
  readonly edits?: readonly TextEdit[];
}

type SourceSteps = Generator<SourceStep, ConversionEnd>;

/** Converts step by step; whoever stops asking cancels. Single BibTeX entries bring along what they need: parents and strings. */
export function* convertSource(task: ConvertTask): SourceSteps {
  const { to, text, output, into = '' } = task;
  const source = withoutSkipped(task);
  if (!isBibtex(to) || output !== 'text' || source.kind === 'none') return yield* convertChosen(task, source);
  if (source.kind === 'page') return yield* withStringsAround(convertChosen(task, source), text, into);
  if (source.entries === 'all' || !isBibtex(source.format)) return yield* convertChosen(task, source);
  const parents = yield* preparing(parentsOf({ ...source, text }, source.entries, into));
  const entries = [...source.entries, ...parents];
  return yield* withStringsAround(convertChosen(task, { ...source, entries }), text, into);
}

/** Holds the output back to its end, when all is known that it needs. */
function* withStringsAround(steps: SourceSteps, source: string, into: string): SourceSteps {
  const parts: string[] = [];
  let last = { done: 0, total: 0 };
  let step = steps.next();
  for (; step.done !== true; step = steps.next()) {
    parts.push(step.value.part);
    last = step.value;
    yield { ...step.value, part: '' };
  }
  yield { ...last, part: withStrings(parts.join(''), source, into), losses: [] };
  return step.value;
}

function* convertChosen(task: ConvertTask, source: RecognisedSource): SourceSteps {
  const { to, text, output } = task;
  const lossless = task.lossless ?? to.sidecar !== 'notes';
  if (source.kind === 'none') return { count: 0 };
  if (source.kind === 'page') return yield* convertPage(task, source.works, lossless);
  const { format, blocks, entries } = source;
  if (entries === 'all' && output === 'text' && task.into === undefined) {
    return yield* convertEntries({ text, source: format, blocks, target: to, lossless });
  }
  if (isBibtex(format) && isBibtex(to) && format !== to) return yield* translateEntries(task, source);
  const chosen = entriesOf(source);
  const restore = restorerOf(format, to, lossless);
  const references = chosenReferences(task, source, chosen, lossless);
  return yield* writeReferences(references, { total: chosen.length, target: to, lossless, restore });
}

/** Entries that are left out are not even chosen; works of a page are left out when they are written. */
function withoutSkipped({ source, skip }: ConvertTask): RecognisedSource {
  if (source.kind !== 'entries' || !skip || skip.size === 0) return source;
  const chosen = entriesOf(source).filter((_, place) => !skip.has(place));
  return { ...source, entries: chosen };
}

type Entries = RecognisedSource & { readonly kind: 'entries' };

const entriesOf = ({ entries, blocks }: Entries): readonly number[] =>
  entries === 'all' ? Array.from({ length: blocks.entryCount }, (_, entry) => entry) : entries;

const isBibtex = (format: Format): boolean => format.name === 'bibtex' || format.name === 'biblatex';

function* convertPage(task: ConvertTask, works: readonly PageWork[], lossless: boolean): SourceSteps {
  const { to, text, skip } = task;
  const records = task.sameWorks === 'keep' ? recordsOf(works).map(record => [record]) : undefined;
  const all = records?.map(one => one.map(asLocated)) ?? works.map(work => [mergedWork(work)]);
  const chosen = all.flat().filter((_, place) => skip?.has(place) !== true);
  const restorers = new Map<FormatName, Restore>();
  const restore: Restore = reference => {
    const source = formatNamed(reference.source.format);
    if (source === undefined) return undefined;
    const known = restorers.get(source.name) ?? restorerOf(source, to, lossless);
    restorers.set(source.name, known);
    return known(reference);
  };
  const references = chosen.map(({ record, ...located }) =>
    record?.format === to.name && isBibtex(to) ? { ...located, asWritten: `${slice(text, record.span)}\n` } : located,
  );
  return yield* writeReferences(references.values(), { total: chosen.length, target: to, lossless, restore });
}

interface LocatedRecord extends Located {
  /** The one that it is; none for what was put together and stands nowhere in this form. */
  readonly record?: PageRecord;
}

const asLocated = (record: PageRecord): LocatedRecord => ({
  record,
  reference: record.reference,
  offset: record.span.start,
});

function mergedWork(work: PageWork): LocatedRecord {
  const [first] = work.records;
  const located = { reference: work.merged, offset: first?.span.start ?? 0, differences: differencesOf(work) };
  return first && work.records.length === 1 ? { ...located, record: first } : located;
}

/** What stands around single entries stays where it is. */
function* chosenReferences(
  { text, to, into }: ConvertTask,
  { format, blocks }: Entries,
  entries: readonly number[],
  lossless: boolean,
): Generator<Located> {
  // What goes into a document of the user is kept there, not sent on: no copy of what it was.
  const carry = carrierOf({ text, source: format, blocks }, lossless && into === undefined);
  for (const entry of entries) {
    const span = blocks.entrySpan(entry);
    const reference = alone(carry(entry, format.read(text, blocks, entry)));
    const isSame = format === to && isBibtex(to);
    yield { reference, offset: span.start, ...(isSame ? { asWritten: `${slice(text, span)}\n` } : {}) };
  }
}

/** Without the text around what it carries. */
const alone = (reference: Reference): Reference => ({
  ...reference,
  ...(reference.carried && { carried: { ...reference.carried, before: usualGap, after: '' } }),
  ...(reference.record && { record: { ...reference.record, before: usualGap, after: '' } }),
});

/** From one BibTeX dialect to the other: fields that are the same in both stay as they are, byte for byte. */
function* translateEntries(task: ConvertTask, { blocks, entries }: Entries): SourceSteps {
  const { text, to } = task;
  const total = blocks.entryCount;
  const chosen = entries === 'all' ? undefined : new Set(entries.map(entry => blocks.entrySpan(entry).start));
  const dialect = to.name === 'bibtex' ? 'bibtex' : 'biblatex';
  const losses = new LossList();
  let done = 0;
  let count = 0;
  for (const block of translateFile(text, dialect, { lossless: task.lossless ?? true }, blocks)) {
    if (!block.isEntry) continue;
    const span = blocks.entrySpan(done);
    done += 1;
    if (chosen && !chosen.has(span.start)) {
      if (done % ENTRIES_PER_STEP === 0) yield { done, total, part: '', losses: [] };
      continue;
    }
    count += 1;
    const translated = block.text.trimEnd();
    const before = text.slice(block.start, block.start + span.end - span.start).trimEnd();
    const end = block.start + before.length;
    const edits = translated === before ? [] : [{ span: { start: block.start, end }, newText: translated }];
    for (const loss of block.losses) losses.add(loss, block.start);
    yield { done, total, part: `${count === 1 ? '' : '\n'}${translated}\n`, edits, losses: losses.taken() };
  }
  return { count };
}

/** The key of each entry that is converted, empty where it has none, and where the entry starts. */
export function* keysOf({
  source,
  sameWorks,
}: Pick<ConvertTask, 'source' | 'sameWorks'>): Generator<{ readonly key: string; readonly offset: number }> {
  if (source.kind === 'none') return;
  if (source.kind === 'page') {
    const merged = sameWorks === 'merge' ? source.works.map(mergedWork) : recordsOf(source.works).map(asLocated);
    for (const { reference, offset } of merged) yield { key: reference.key, offset };
    return;
  }
  const { blocks, entries } = source;
  const count = entries === 'all' ? blocks.entryCount : entries.length;
  for (let place = 0; place < count; place += 1) {
    const entry = entries === 'all' ? place : (entries[place] ?? 0);
    yield { key: blocks.key(entry), offset: blocks.entrySpan(entry).start };
  }
}

/** The references of a source as they would be pasted. Step by step. */
export function* referencesOf({
  text,
  source,
  sameWorks,
}: Pick<ConvertTask, 'text' | 'source' | 'sameWorks'>): Generator<
  { readonly done: number; readonly total: number },
  Reference[]
> {
  if (source.kind === 'none') return [];
  if (source.kind === 'page') {
    return sameWorks === 'merge'
      ? source.works.map(work => work.merged)
      : recordsOf(source.works).map(record => record.reference);
  }
  const { format, blocks } = source;
  const entries = entriesOf(source);
  const references: Reference[] = [];
  for (const entry of entries) {
    references.push(format.read(text, blocks, entry));
    yield { done: references.length, total: entries.length };
  }
  return references;
}
