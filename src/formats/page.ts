import { atOnce } from '../base/atOnce.ts';
import { datePoint } from '../model/date.ts';
import { valueText } from '../model/describe.ts';
import { groupByWork } from '../model/duplicates.ts';
import { withoutMarkup } from '../model/markup.ts';
import { familyName } from '../model/name.ts';
import type { Reference, Value } from '../model/reference.ts';
import type { Span } from '../text/span.ts';
import { biblatex } from './biblatex.ts';
import { bibtex } from './bibtex.ts';
import type { Format, FormatName } from './format.ts';
import { pubmed } from './pubmed.ts';
import { refer } from './refer.ts';
import type { Loss } from './loss.ts';
import { ris } from './ris.ts';
import { scanning } from './scanning.ts';
import { webOfScience } from './webOfScience.ts';

/** The records found in a text that may be mostly prose, put together by the work they describe. */
export interface Page {
  readonly works: readonly PageWork[];
}

export interface PageWork {
  /** In the order of the text. */
  readonly records: readonly PageRecord[];
  /** All records as one: the first record's values, and what only the others have. */
  readonly merged: Reference;
  /** Where the records say different things about the work. */
  readonly differences: readonly Difference[];
}

export interface PageRecord {
  readonly format: FormatName;
  readonly span: Span;
  readonly reference: Reference;
  /** Whether the key stands in the text; false when it was made from author, year and title. */
  readonly hasKey: boolean;
}

export interface Difference {
  readonly field: string;
  /** The merged reference has the first. */
  readonly values: readonly { readonly text: string; readonly format: FormatName; readonly offset: number }[];
}

/** What the merged reference does not say, because another record of the same work says something else. */
export const differencesOf = (work: PageWork): Loss[] =>
  work.differences.flatMap(({ field, values }) =>
    values
      .slice(1)
      .map(({ text, offset }) => ({ key: work.merged.key, field, value: text, reason: 'differs' as const, offset })),
  );

/** Finds all records in a text, whatever stands around them. Prose is never read as a field. */
export const readPage = (text: string): Page => atOnce(readingPage(text));

/** The same in steps, so that others can work in between. */
export function* readingPage(text: string): Generator<undefined, Page> {
  const records = yield* findingRecords(text);
  const byReference = new Map(records.map(record => [record.reference, record]));
  const works = groupByWork(records.map(record => record.reference)).flatMap(group => {
    const ordered = group
      .flatMap(reference => byReference.get(reference) ?? [])
      .sort((a, b) => Number(b.hasKey) - Number(a.hasKey));
    const [first, ...others] = ordered;
    return first === undefined ? [] : [mergeRecords(first, others)];
  });
  return { works };
}

/** Whether there may be records of more than one format in a text: cheap, because no record is read. */
export function* holdsSeveralFormats(text: string): Generator<undefined, boolean> {
  let rest = text;
  let found = 0;
  for (const format of formatsOfPages(text)) {
    const blocks = yield* scanning(format, seenBy(format, rest));
    if (blocks.entryCount === 0) continue;
    found++;
    if (found > 1) return true;
    const spans = Array.from({ length: blocks.entryCount }, (_, entry) => blocks.entrySpan(entry));
    rest = blanked(rest, spans);
    yield;
  }
  return false;
}

const besideBibtex = [ris, pubmed, refer, webOfScience];

/** Whether records of a format are found among prose; a text of any other is in that format as a whole. */
export const standsInPages = (format: Format): boolean =>
  format === bibtex || format === biblatex || besideBibtex.includes(format);

const formatsOfPages = (text: string): Format[] => [
  biblatex.recognise(text) > bibtex.recognise(text) ? biblatex : bibtex,
  ...besideBibtex,
];

/** An entry of BibTeX that a record of RIS carries along is no record of its own. */
const seenBy = (format: Format, text: string): string =>
  format === bibtex || format === biblatex
    ? text.replace(/^[\t ]*N1 {2}- bib:entry: .*$/gmu, line => ' '.repeat(line.length))
    : text;

function* findingRecords(text: string): Generator<undefined, PageRecord[]> {
  const found: PageRecord[] = [];
  let rest = text;
  for (const format of formatsOfPages(text)) {
    const records = yield* readingRecords(seenBy(format, rest), format);
    // Each format is looked for outside the records of the others only, at unchanged offsets.
    rest =
      records.length === 0
        ? rest
        : blanked(
            rest,
            records.map(record => record.span),
          );
    for (const record of records) {
      found.push(record);
    }
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

function* readingRecords(text: string, format: Format): Generator<undefined, PageRecord[]> {
  const blocks = yield* scanning(format, text);
  const records: PageRecord[] = [];
  for (let entry = 0; entry < blocks.entryCount; entry++) {
    const reference = format.read(text, blocks, entry);
    if (reference.fields.size > 0) {
      const { start, end } = blocks.keySpan(entry);
      const hasKey = reference.key !== '' && text.slice(start, end) === reference.key;
      records.push({ format: format.name, span: blocks.entrySpan(entry), reference, hasKey });
    }
    yield;
  }
  return records;
}

/** The text with blanks in the place of the records. */
function blanked(text: string, records: readonly Span[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { start, end } of records) {
    parts.push(text.slice(copied, start), blank(end - start));
    copied = end;
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

const blank = (length: number): string => `${' '.repeat(Math.max(0, length - 1))}${length > 0 ? '\n' : ''}`;

/** The first has the say: a key that stands in the text before one that was made. */
function mergeRecords(first: PageRecord, others: readonly PageRecord[]): PageWork {
  const fields = new Map(first.reference.fields);
  const origin = new Map([...fields.keys()].map(name => [name, first]));
  const differing = new Map<string, { text: string; format: FormatName; offset: number }[]>();
  const told = (record: PageRecord, value: Value) => ({
    text: valueText(value),
    format: record.format,
    offset: record.span.start,
  });
  for (const record of others) {
    for (const [name, value] of record.reference.fields) {
      const before = fields.get(name);
      if (before === undefined) {
        fields.set(name, value);
        origin.set(name, record);
        continue;
      }
      if (saysSame(before, value)) {
        continue;
      }
      const from = origin.get(name) ?? first;
      const values = differing.get(name) ?? [told(from, before)];
      differing.set(name, values);
      if (saysMore(value, before)) {
        fields.set(name, value);
        origin.set(name, record);
        values.unshift(told(record, value));
      } else {
        values.push(told(record, value));
      }
    }
  }
  const source = { ...first.reference.source, fields: [] };
  const merged =
    others.length === 0 ? first.reference : { ...first.reference, fields, source: { ...source, format: 'page' } };
  const records = [first, ...others].sort((a, b) => a.span.start - b.span.start);
  return { records, merged, differences: [...differing].map(([field, values]) => ({ field, values })) };
}

function saysSame(a: Value, b: Value): boolean {
  if (a.kind === 'names' && b.kind === 'names') {
    const families = (value: typeof a): string => value.names.map(name => fold(familyName(name))).join('|');
    return families(a) === families(b);
  }
  if (a.kind === 'date' && b.kind === 'date') {
    return (
      JSON.stringify([datePoint(a.date.start), datePoint(a.date.end)]) ===
      JSON.stringify([datePoint(b.date.start), datePoint(b.date.end)])
    );
  }
  return fold(valueText(a)) === fold(valueText(b));
}

/** Whether a value is the other one and more: a title with its subtitle, a date with its month. */
function saysMore(value: Value, than: Value): boolean {
  if (value.kind === 'date' && than.kind === 'date') {
    const [a, b] = [datePoint(value.date.start), datePoint(than.date.start)];
    return a !== undefined && a.year === b?.year && b.month === undefined && a.month !== undefined;
  }
  const short = fold(valueText(than));
  return value.kind === 'text' && short !== '' && fold(valueText(value)).startsWith(short);
}

/** Letters and digits only: spacing, dashes, case and punctuation make no difference between two records. */
const fold = (text: string): string =>
  withoutMarkup(text)
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
