import { isKeyMadeFrom, makeCitationKey, mayBeMade, uniqueKeys } from '../model/citationKey.ts';
import type { Reference, SourceField } from '../model/reference.ts';
import { parseRecordLines, scanRecords, type TagFamily } from '../syntax/recordLines.ts';
import { slice, type Span } from '../text/span.ts';
import { FieldBag, narrowing } from './fieldBag.ts';
import type { Blocks, Format, WriteOptions, Written } from './format.ts';
import type { Loss } from './loss.ts';
import { sameValue, type NumberedTagLine, type RecordReading, type TagLine } from './recordDraft.ts';
import { partSidecar, sidecarLines, withSidecar } from './recordSidecar.ts';
import { isUsableKey } from './risKey.ts';

/** What is particular to one of the formats whose records are lines with tags; the rest is the same for all. */
export interface RecordDialect {
  readonly name: Format['name'];
  readonly family: TagFamily;
  /** Whether some lines are a record of this format, and not of a relative or prose. */
  isRecord(lines: readonly TagLine[]): boolean;
  /** The tag whose value is the type as written. */
  readonly typeTag: string;
  /** Tags that tell the author, title and date from which a key is made. */
  readonly keyTags: ReadonlySet<string>;
  /** The key that stands in a record. */
  keyOf(lines: readonly TagLine[]): { readonly index: number; readonly key: string } | undefined;
  /** Reads the lines; those of the key and of the frame (as `ER`) are among them. */
  read(lines: readonly NumberedTagLine[]): RecordReading;
}

/** How a dialect writes. */
export interface RecordWriter {
  /** The tag of notes, which carry what has no other place. */
  readonly noteTag: string;
  /** Where the line of the key stands: behind the first one or at the end. */
  readonly keyPlace: 'second' | 'last';
  write(reference: Reference, options: WriteOptions): WrittenLines;
  /** The line of a key. */
  keyLine(key: string): TagLine;
  lineText(line: TagLine): string;
}

export interface WrittenLines {
  readonly lines: readonly TagLine[];
  /** Those of the lines that tell the type. */
  readonly typeLines: readonly TagLine[];
  /** Fields that are told in another way than they are read back: a subtitle behind its title. */
  readonly carried: ReadonlySet<string>;
  readonly losses: readonly Loss[];
}

/** The lines of a record. */
const recordLines = (text: string, record: Span, family: TagFamily): NumberedTagLine[] =>
  parseRecordLines(text, record, family).lines.map(({ tag, value }, index) => ({
    tag: text.slice(record.start + tag.start, record.start + tag.end),
    text: text.slice(record.start + value.start, record.start + value.end),
    index,
  }));

const beginning = 20_000;

/** Certain when the text begins with a record; header lines or prose may stand before it. */
export function recogniseRecords(text: string, dialect: RecordDialect): number {
  const head = text.slice(0, beginning);
  const { family } = dialect;
  const first = scanRecords(head, family).find(span => dialect.isRecord(recordLines(head, span, family)));
  if (first === undefined) {
    return 0;
  }
  const before = head.slice(0, first.start).trim();
  return before === '' ? 1 : before.length < 2000 && !before.includes('@') ? 0.9 : 0.5;
}

export function scanRecordFormat(text: string, dialect: RecordDialect): Blocks {
  const { family } = dialect;
  const spans = scanRecords(text, family).filter(span => dialect.isRecord(recordLines(text, span, family)));
  const spanOf = (entry: number): Span => spans[entry] ?? { start: 0, end: 0 };
  const linesOf = (entry: number): NumberedTagLine[] => recordLines(text, spanOf(entry), family);
  const writtenKey = (entry: number): string => dialect.keyOf(linesOf(entry))?.key ?? '';
  let keys: readonly string[] | undefined;
  return {
    writtenKey,
    entryCount: spans.length,
    entrySpan: spanOf,
    key: entry => (keys ??= recordKeys(spans.length, linesOf, dialect))[entry] ?? '',
    keySpan: entry => {
      const { start } = spanOf(entry);
      const { lines } = parseRecordLines(text, spanOf(entry), family);
      const index = dialect.keyOf(linesOf(entry))?.index ?? 0;
      const value = lines[index]?.value ?? { start: 0, end: 0 };
      const span = { start: start + value.start, end: start + value.end };
      const key = dialect.keyOf(linesOf(entry))?.key ?? '';
      const at = slice(text, span).indexOf(key);
      return key === '' || at < 0 ? span : { start: span.start + at, end: span.start + at + key.length };
    },
    type: entry =>
      linesOf(entry)
        .find(line => line.tag === dialect.typeTag)
        ?.text.trim() ?? '',
  };
}

/** The keys of all records, made up where a record has none: author, year and title. */
function recordKeys(count: number, linesOf: (entry: number) => NumberedTagLine[], dialect: RecordDialect): string[] {
  const keys: string[] = [];
  const made: string[] = [];
  const without: number[] = [];
  for (let entry = 0; entry < count; entry++) {
    const lines = linesOf(entry);
    const key = dialect.keyOf(lines)?.key ?? '';
    keys.push(key);
    if (key === '') {
      without.push(entry);
      made.push(madeRecordKey(lines, dialect));
    }
  }
  const given = [...new Set(keys.filter(key => key !== ''))];
  const unique = uniqueKeys([...given, ...made]).slice(given.length);
  without.forEach((entry, i) => {
    keys[entry] = unique[i] ?? '';
  });
  return keys;
}

/** The key of a record that has none. */
export const makeRecordKey = (text: string, record: Span, dialect: RecordDialect): string =>
  madeRecordKey(recordLines(text, record, dialect.family), dialect);

function madeRecordKey(lines: readonly NumberedTagLine[], dialect: RecordDialect): string {
  const { type, fields } = dialect.read(lines.filter(line => dialect.keyTags.has(line.tag)));
  return makeCitationKey({ key: '', type, fields, source: { format: dialect.name, type: '', fields: [] } });
}

export function readRecordFormat(
  text: string,
  blocks: Blocks,
  entry: number,
  dialect: RecordDialect,
  noteTag: string | undefined,
): Reference {
  const lines = recordLines(text, blocks.entrySpan(entry), dialect.family);
  const { type, fields, origins } = readLines(lines, dialect, noteTag);
  const fieldOf = new Map([...origins].flatMap(([field, from]) => from.map(index => [index, field] as const)));
  return {
    key: blocks.key(entry),
    type,
    fields,
    source: {
      format: dialect.name,
      type: blocks.type(entry),
      fields: lines.map(({ tag, text: value, index }): SourceField => {
        const field = fieldOf.get(index);
        return field === undefined ? { name: tag, text: value } : { name: tag, text: value, field };
      }),
    },
  };
}

function readLines(lines: readonly TagLine[], dialect: RecordDialect, noteTag: string | undefined): RecordReading {
  const numbered = lines.map(({ tag, text }, index) => ({ tag, text, index }));
  if (noteTag === undefined) {
    return dialect.read(numbered);
  }
  const { own, sidecar } = partSidecar(numbered, noteTag);
  return withSidecar(dialect.read(own), sidecar);
}

export function writeRecordFormat(
  references: Iterable<Reference>,
  options: WriteOptions,
  dialect: RecordDialect,
  writer: RecordWriter,
): Written {
  const records: string[] = [];
  const losses: Loss[] = [];
  for (const reference of references) {
    const written =
      reference.source.format === dialect.name
        ? rewrite(reference, options, dialect, writer)
        : writeNew(reference, options, dialect, writer);
    records.push(written.lines.map(line => `${writer.lineText(line)}\n`).join(''));
    for (const loss of written.losses) {
      losses.push(loss);
    }
  }
  return { text: records.join('\n'), losses };
}

interface WrittenRecord {
  readonly lines: readonly TagLine[];
  readonly losses: readonly Loss[];
}

/** Writes a record and reads it back: what does not come back goes into the sidecar, or is reported. */
function writeNew(
  reference: Reference,
  options: WriteOptions,
  dialect: RecordDialect,
  writer: RecordWriter,
): WrittenRecord {
  const { lines, carried, losses } = writer.write(reference, options);
  const plain = withNewKey(lines, reference.key, dialect, writer);
  const back = readLines(plain, dialect, writer.noteTag);
  if (!options.lossless) {
    return { lines: plain, losses: [...losses, ...lossesBetween(reference, back, carried, losses)] };
  }
  const sidecar = sidecarLines(reference, back, writer.noteTag);
  const all = [...plain, ...sidecar];
  const restored = sidecar.length === 0 ? back : readLines(all, dialect, writer.noteTag);
  return { lines: all, losses: lossesBetween(reference, restored, new Set(), []) };
}

/** The lines with their key, unless the record gets that key by itself. */
function withNewKey(
  lines: readonly TagLine[],
  key: string,
  dialect: RecordDialect,
  writer: RecordWriter,
): readonly TagLine[] {
  const isMade = (): boolean =>
    key ===
    madeRecordKey(
      lines.map((line, index) => ({ ...line, index })),
      dialect,
    );
  if (key === '' || (mayBeMade(key) && isMade())) {
    return lines;
  }
  const at = writer.keyPlace === 'second' ? 1 : lines.length;
  return [...lines.slice(0, at), writer.keyLine(key), ...lines.slice(at)];
}

/** What a reference says and its record does not. */
function lossesBetween(
  reference: Reference,
  back: RecordReading,
  carried: ReadonlySet<string>,
  reported: readonly Loss[],
): Loss[] {
  const bag = new FieldBag(reference);
  const known = new Set(reported.map(loss => loss.field));
  for (const [field, value] of reference.fields) {
    const now = back.fields.get(field);
    if (!carried.has(field) && !known.has(field) && !sameValue(now, value)) {
      bag.lose(field, now === undefined ? 'no-slot' : narrowing(value, now));
    }
  }
  const isReported = (loss: Loss): boolean =>
    reported.some(other => other.field === loss.field && other.value === loss.value);
  const fresh = bag.losses.filter(loss => !isReported(loss));
  const { key, type, source } = reference;
  const isTypeLost = back.type !== type && !carried.has('type=') && !reported.some(loss => loss.reason === 'type');
  return isTypeLost
    ? [...fresh, { key, field: 'type', value: source.type === '' ? type : source.type, reason: 'type' }]
    : fresh;
}

/** Fields that tell one thing together. */
const together: Readonly<Record<string, readonly string[]>> = {
  eprint: ['eprinttype'],
  eprinttype: ['eprint'],
  title: ['subtitle'],
  subtitle: ['title'],
  journaltitle: ['shortjournal'],
  shortjournal: ['journaltitle'],
};

/** A record that was in this format: its own lines, those of changed fields written anew in the place of the old ones. */
function rewrite(
  reference: Reference,
  options: WriteOptions,
  dialect: RecordDialect,
  writer: RecordWriter,
): WrittenRecord {
  const source = reference.source.fields.map(field => ({ tag: field.name, text: field.text }));
  const before = readLines(source, dialect, writer.noteTag);
  if (source.length === 0 || before.type !== reference.type) {
    return writeNew(reference, options, dialect, writer);
  }
  const changed = new Set(
    [...before.fields.keys(), ...reference.fields.keys()]
      .filter(name => !sameValue(before.fields.get(name), reference.fields.get(name)))
      .flatMap(name => [name, ...(together[name] ?? [])]),
  );
  const named = withKey(source, reference.key, dialect, writer);
  if (changed.size === 0) {
    return { lines: named, losses: [] };
  }
  const fields = new Map([...reference.fields].filter(([name]) => changed.has(name)));
  const written = writer.write({ ...reference, fields }, options);
  const fresh = written.lines.filter(line => !written.typeLines.includes(line));
  const dropped = new Set([...changed].flatMap(name => before.origins.get(name) ?? []));
  const firstDropped = source.findIndex((_, i) => dropped.has(i));
  const at = firstDropped < 0 ? source.length : firstDropped;
  const lines = source.flatMap((line, i) => [...(i === at ? fresh : []), ...(dropped.has(i) ? [] : [line])]);
  const all = withKey(at === source.length ? [...lines, ...fresh] : lines, reference.key, dialect, writer);
  const back = readLines(all, dialect, writer.noteTag);
  const isWhole =
    back.type === reference.type &&
    [...reference.fields].every(([name, value]) => sameValue(back.fields.get(name), value)) &&
    [...back.fields.keys()].every(name => reference.fields.has(name));
  // Lines that tell several fields at once are better written anew altogether.
  return isWhole ? { lines: all, losses: [] } : writeNew(reference, options, dialect, writer);
}

/** The lines with their key, or a new one where the reference got another key than the record had or gets by itself. */
function withKey(
  lines: readonly TagLine[],
  key: string,
  dialect: RecordDialect,
  writer: RecordWriter,
): readonly TagLine[] {
  const own = dialect.keyOf(lines);
  if (key === '' || own?.key === key) {
    return lines;
  }
  if (own !== undefined) {
    return lines.map((line, i) => (i === own.index ? writer.keyLine(key) : line));
  }
  const made = madeRecordKey(
    lines.map((line, index) => ({ ...line, index })),
    dialect,
  );
  const at = writer.keyPlace === 'second' ? 1 : lines.length;
  return isKeyMadeFrom(key, made) || !isUsableKey(key)
    ? lines
    : [...lines.slice(0, at), writer.keyLine(key), ...lines.slice(at)];
}
