import { translateFile } from '../formats/bibtexFile.ts';
import { convertInSteps } from '../formats/convert.ts';
import type { Blocks, Format, FormatName, WritableFormat } from '../formats/format.ts';
import { recogniseFormat } from '../formats/index.ts';
import { LossList, type Loss } from '../formats/loss.ts';
import { differencesOf, readPage, standsInPages } from '../formats/page.ts';
import type { PageRecord, PageWork } from '../formats/page.ts';
import { parentsOf, withStrings } from './entryStrings.ts';
import { identityOf, sameWork } from '../model/duplicates.ts';
import type { WorkIdentity } from '../model/duplicates.ts';
import { titleOf } from '../model/describe.ts';
import type { Reference } from '../model/reference.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { fold } from '../text/fold.ts';
import { slice } from '../text/span.ts';

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

export function recogniseSource({ text, fileName, selection }: SourceText): RecognisedSource {
  if (text.trim() === '') return { kind: 'none', problem: 'empty' };
  const format = recogniseFormat(text, fileName);
  const isPage = fileName === undefined && (!format || standsInPages(format)) && text.length <= LONGEST_PAGE;
  if (isPage) return recognisePage(text, selection);
  const blocks = format?.scan(text);
  if (!format || !blocks || blocks.entryCount === 0) return { kind: 'none', problem: 'no-bibliography' };
  if (!selection) return { kind: 'entries', format, blocks, entries: 'all' };
  const entries: number[] = [];
  for (let entry = 0; entry < blocks.entryCount; entry += 1) {
    if (touches(blocks.entrySpan(entry), selection)) entries.push(entry);
  }
  return entries.length === 0
    ? { kind: 'none', problem: 'no-entry-here' }
    : { kind: 'entries', format, blocks, entries };
}

function recognisePage(text: string, selection: Span | undefined): RecognisedSource {
  const { works } = readPage(text);
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

export interface ConvertedSource {
  readonly text: string;
  readonly edits: readonly TextEdit[];
  readonly count: number;
  readonly losses: readonly Loss[];
}

export interface ConvertProgress {
  readonly done: number;
  readonly total: number;
}

/** Converts step by step; whoever stops asking cancels. Single BibTeX entries bring along what they need: parents and strings. */
export function* convertSource(task: ConvertTask): Generator<ConvertProgress, ConvertedSource> {
  const { to, text, output, into = '' } = task;
  const source = withoutSkipped(task);
  if (!isBibtex(to) || output !== 'text' || source.kind === 'none') return yield* convertChosen(task, source);
  if (source.kind === 'page') {
    const converted = yield* convertChosen(task, source);
    return { ...converted, text: withStrings(converted.text, text, into) };
  }
  if (source.entries === 'all' || !isBibtex(source.format)) return yield* convertChosen(task, source);
  const entries = [...source.entries, ...parentsOf(text, source.entries, into)];
  const converted = yield* convertChosen(task, { ...source, entries });
  return { ...converted, text: withStrings(converted.text, text, into) };
}

function* convertChosen(task: ConvertTask, source: RecognisedSource): Generator<ConvertProgress, ConvertedSource> {
  const { to } = task;
  if (source.kind === 'none') return { text: '', edits: [], count: 0, losses: [] };
  if (source.kind === 'page') return yield* writeReferences(task, pageReferences(task, source.works));
  if (
    isBibtex(source.format) &&
    isBibtex(to) &&
    source.format !== to &&
    !(source.entries === 'all' && task.output === 'text')
  ) {
    return yield* translateEntries(task, source.blocks, source.entries);
  }
  if (source.entries === 'all') return yield* convertWhole(task, source.format);
  return yield* writeReferences(task, entryReferences(task, source, source.entries));
}

/** Entries that are left out are not even chosen; works of a page are left out when they are written. */
function withoutSkipped({ source, skip }: ConvertTask): RecognisedSource {
  if (source.kind !== 'entries' || !skip || skip.size === 0) return source;
  const chosen = entriesOf(source).filter((_, place) => !skip.has(place));
  return { ...source, entries: chosen };
}

const entriesOf = ({ entries, blocks }: RecognisedSource & { readonly kind: 'entries' }): readonly number[] =>
  entries === 'all' ? Array.from({ length: blocks.entryCount }, (_, entry) => entry) : entries;

const isBibtex = (format: Format): boolean => format.name === 'bibtex' || format.name === 'biblatex';

function* convertWhole({ text, to, lossless }: ConvertTask, from: Format): Generator<ConvertProgress, ConvertedSource> {
  const parts: string[] = [];
  const options = { from: from.name, to: to.name, ...(lossless === undefined ? {} : { lossless }) };
  const steps = convertInSteps(text, options);
  let step = steps.next();
  while (step.done !== true) {
    parts.push(step.value.part);
    yield step.value;
    step = steps.next();
  }
  return { text: parts.join(''), edits: [], count: step.value.count, losses: step.value.losses };
}

interface LocatedReference {
  readonly reference: Reference;
  readonly span: Span;
  readonly format: FormatName;
  readonly losses: readonly Loss[];
}

interface References {
  readonly total: number;
  readonly all: Iterable<LocatedReference>;
}

function pageReferences(task: ConvertTask, works: readonly PageWork[]): References {
  if (task.sameWorks === 'keep') {
    const records = recordsOf(works);
    return pageList(
      task,
      records.map(record => ({ ...record, losses: [] })),
    );
  }
  const all = works.map(work => ({
    reference: work.merged,
    span: work.records[0]?.span ?? { start: 0, end: 0 },
    // What was put together stands nowhere in this form.
    format: work.records.length === 1 && work.records[0] ? work.records[0].format : NO_FORMAT,
    losses: differencesOf(work),
  }));
  return pageList(task, all);
}

function pageList({ skip }: ConvertTask, references: readonly LocatedReference[]): References {
  const all = skip ? references.filter((_, place) => !skip.has(place)) : references;
  return { total: all.length, all };
}

const NO_FORMAT = '' as FormatName;

function entryReferences(
  { text }: ConvertTask,
  { format, blocks }: { readonly format: Format; readonly blocks: Blocks },
  entries: readonly number[],
): References {
  function* all(): Generator<LocatedReference> {
    for (const entry of entries) {
      yield {
        reference: format.read(text, blocks, entry),
        span: blocks.entrySpan(entry),
        format: format.name,
        losses: [],
      };
    }
  }
  return { total: entries.length, all: all() };
}

function* writeReferences(task: ConvertTask, references: References): Generator<ConvertProgress, ConvertedSource> {
  const { to, text } = task;
  const frame = to.frame ?? { open: '', between: '\n', close: '', write: (one, options) => to.write([one], options) };
  const lossless = task.lossless ?? to.sidecar !== 'notes';
  const parts: string[] = [];
  const losses = new LossList();
  let done = 0;
  for (const { reference, span, format, losses: before } of references.all) {
    yield { done, total: references.total };
    const isSame = format === to.name && isBibtex(to);
    const written = isSame ? { text: `${slice(text, span)}\n`, losses: [] } : frame.write(reference, { lossless });
    parts.push(done === 0 ? frame.open : frame.between, written.text);
    for (const loss of before) losses.add(loss, span.start);
    for (const loss of written.losses) losses.add(loss, span.start);
    done += 1;
  }
  if (done > 0) parts.push(frame.close);
  return { text: parts.join(''), edits: [], count: done, losses: losses.all };
}

/** From one BibTeX dialect to the other: fields that are the same in both stay as they are, byte for byte. */
function* translateEntries(
  task: ConvertTask,
  blocks: Blocks,
  entries: readonly number[] | 'all',
): Generator<ConvertProgress, ConvertedSource> {
  const { text, to } = task;
  const chosen = entries === 'all' ? undefined : new Set(entries.map(entry => blocks.entrySpan(entry).start));
  const dialect = to.name === 'bibtex' ? 'bibtex' : 'biblatex';
  const edits: TextEdit[] = [];
  const parts: string[] = [];
  const losses = new LossList();
  let seen = 0;
  let count = 0;
  for (const block of translateFile(text, dialect, { lossless: task.lossless ?? true })) {
    if (!block.isEntry) continue;
    const span = blocks.entrySpan(seen);
    seen += 1;
    yield { done: seen, total: blocks.entryCount };
    if (chosen && !chosen.has(span.start)) continue;
    count += 1;
    const translated = block.text.trimEnd();
    parts.push(`${translated}\n`);
    const before = text.slice(block.start, block.start + span.end - span.start).trimEnd();
    if (translated !== before)
      edits.push({ span: { start: block.start, end: block.start + before.length }, newText: translated });
    for (const loss of block.losses) losses.add(loss, block.start);
  }
  return { text: parts.join('\n'), edits, count, losses: losses.all };
}

/** A reference, by its place in a list, that a document has already. */
export interface KnownPlace {
  readonly place: number;
  readonly key: string;
  readonly knownAs: string;
}

/** Which of the references a document has already: as the same work, or by a key under which it has no other work. Step by step. */
export function* findKnown(
  references: readonly Reference[],
  document: { readonly text: string; readonly format: Format; readonly blocks: Blocks },
): Generator<ConvertProgress, KnownPlace[]> {
  const { text, format, blocks } = document;
  const wanted = new Candidates(references);
  const known = new Map<Reference, string>();
  for (let entry = 0; entry < blocks.entryCount && known.size < references.length; entry += 1) {
    yield { done: entry, total: blocks.entryCount };
    const there = format.read(text, blocks, entry);
    for (const reference of wanted.like(there)) if (!known.has(reference)) known.set(reference, there.key);
  }
  return references.flatMap((reference, place) => {
    const knownAs = known.get(reference);
    return knownAs === undefined ? [] : [{ place, key: reference.key, knownAs }];
  });
}

/** References by all that can tell that another one is the same. */
class Candidates {
  readonly #byTrait = new Map<string, { reference: Reference; identity: WorkIdentity }[]>();

  constructor(references: readonly Reference[]) {
    for (const reference of references) {
      const identity = identityOf(reference);
      for (const trait of traitsOf(reference, identity)) {
        const same = this.#byTrait.get(trait);
        if (same) same.push({ reference, identity });
        else this.#byTrait.set(trait, [{ reference, identity }]);
      }
    }
  }

  /** May name one twice. */
  like(other: Reference): Reference[] {
    const identity = identityOf(other);
    return traitsOf(other, identity)
      .flatMap(trait => this.#byTrait.get(trait) ?? [])
      .filter(
        one =>
          sameWork(one.identity, identity) ||
          (other.key !== '' && one.reference.key === other.key && !hasOtherTitle(one.reference, other)),
      )
      .map(one => one.reference);
  }
}

function hasOtherTitle(one: Reference, other: Reference): boolean {
  const [title, otherTitle] = [one, other].map(reference => fold(titleOf(reference) ?? '').trim());
  return title !== '' && otherTitle !== '' && title !== otherTitle;
}

const traitsOf = ({ key }: Reference, { doi, title }: WorkIdentity): string[] => [
  ...(key === '' ? [] : [`key ${key}`]),
  ...(doi === undefined ? [] : [`doi ${doi}`]),
  ...(title === undefined ? [] : [`title ${title}`]),
];

/** The references of a source as they would be pasted. */
export function referencesOf({
  text,
  source,
  sameWorks,
}: Pick<ConvertTask, 'text' | 'source' | 'sameWorks'>): Reference[] {
  if (source.kind === 'none') return [];
  if (source.kind === 'page') {
    return sameWorks === 'merge'
      ? source.works.map(work => work.merged)
      : recordsOf(source.works).map(record => record.reference);
  }
  const { format, blocks } = source;
  return entriesOf(source).map(entry => format.read(text, blocks, entry));
}
