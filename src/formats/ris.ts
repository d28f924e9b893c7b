import { isKeyMadeFrom } from '../model/citationKey.ts';
import type { FileText } from '../text/fileText.ts';
import type { Reference, SourceEntry, SourceField } from '../model/reference.ts';
import { risEntries, risTypeSpan, scanRis, scanningRis, type RisEntries } from '../syntax/tagged.ts';
import type { Blocks, WritableFormat, WriteOptions, Written } from './format.ts';
import type { Loss } from './loss.ts';
import { isUsableKey, madeKey, makingRisKeys, risKeys } from './risKey.ts';
import { risLines, type RisLine } from './risLines.ts';
import { isSame } from './risDraft.ts';
import { readRisRecord, type RisReading } from './risRead.ts';
import { carriedIn, isCarriedLine, recordOfLine, withSidecarNotes } from './risSidecar.ts';
import { writeRisRecord, type WrittenRecord } from './risWrite.ts';

/** RIS: the union of the specifications of 2001 (Reference Manager) and 2011 (EndNote), as files in use mix them. */
export const ris: WritableFormat = {
  name: 'ris',
  title: 'RIS',
  extensions: ['.ris'],
  sidecar: 'notes',
  recognise,
  scan: text => blocksOf(text, risEntries(text, scanRis(text))),
  *scanning(text) {
    const entries = risEntries(text, yield* scanningRis(text));
    return blocksOf(text, entries, yield* makingRisKeys(entries, linesIn(text, entries)));
  },
  read: readRis,
  write,
};

const beginning = 20_000;

/** Certain when the text begins with a record; header lines or prose may stand before it. */
function recognise(text: string): number {
  const head = text.slice(0, beginning);
  const entries = risEntries(head, scanRis(head));
  if (entries.entryCount === 0 || entries.type(0) === '' || risLines(head, entries.entrySpan(0)).length < 2) {
    return 0;
  }
  const before = head.slice(0, entries.entrySpan(0).start).trim();
  return before === '' ? 1 : before.length < 2000 && !before.includes('@') ? 0.9 : 0.5;
}

const linesIn =
  (text: string, entries: RisEntries) =>
  (record: number): RisLine[] =>
    risLines(text, entries.entrySpan(record));

/** The keys of records without one are made when one is first asked for, unless they are known. */
function blocksOf(text: string, entries: RisEntries, known?: readonly string[]): Blocks {
  let keys = known;
  return {
    entryCount: entries.entryCount,
    entrySpan: entry => entries.entrySpan(entry),
    key: entry => {
      const id = entries.key(entry);
      if (isUsableKey(id)) {
        return id;
      }
      keys ??= risKeys(entries, linesIn(text, entries));
      return keys[entry] ?? '';
    },
    keySpan: entry =>
      isUsableKey(entries.key(entry)) ? entries.keySpan(entry) : risTypeSpan(entries.blocks, entries.blockOf(entry)),
    type: entry => entries.type(entry),
  };
}

export function readRis(text: FileText, blocks: Blocks, entry: number): Reference {
  const type = blocks.type(entry);
  const all = withoutFrame(risLines(text, blocks.entrySpan(entry)));
  const recordLine = all.find(line => recordOfLine(line) !== undefined);
  const lines = all.filter(line => !isCarriedLine(line) && line !== recordLine);
  const reading = readRisRecord(type, lines);
  const carried = carriedIn(all);
  const record = recordLine && recordOfLine(recordLine);
  return {
    key: blocks.key(entry),
    type: reading.type,
    fields: reading.fields,
    source: { format: 'ris', type, fields: sourceFields(lines, reading) },
    ...(carried !== undefined && { carried }),
    ...(record !== undefined && { record }),
  };
}

/** The lines as they stand, each with the field it went into. */
function sourceFields(lines: readonly RisLine[], { origins }: RisReading): SourceField[] {
  const fieldOf: (string | undefined)[] = [];
  for (const [field, indexes] of origins) for (const index of indexes) fieldOf[index] = field;
  return lines.map(({ tag, text }, index) => {
    const field = fieldOf[index];
    return field === undefined ? { name: tag, text } : { name: tag, text, field };
  });
}

/** TY, which the type of the source tells, and the empty ER are no values; lines without a tag behind TY are a note. */
function withoutFrame(lines: readonly RisLine[]): RisLine[] {
  const inside: RisLine[] = [];
  for (const line of lines) {
    if (line.tag === 'TY') {
      const rest = line.text.replace(/^[^\r\n]*/u, '').trim();
      if (rest !== '') inside.push({ tag: 'N1', text: rest });
    } else if (line.tag !== 'ER' || line.text.trim() !== '') {
      inside.push(line);
    }
  }
  return inside;
}

function write(references: Iterable<Reference>, options: WriteOptions): Written {
  const records: string[] = [];
  const losses: Loss[] = [];
  for (const reference of references) {
    const hasLabels = !options.lossless;
    const own = reference.source.format === 'ris' ? rewrite(reference, hasLabels) : writeNew(reference, hasLabels);
    const record = options.lossless ? withSidecarNotes(own, reference) : own;
    records.push(`TY  - ${record.type}\n${record.lines.map(lineText).join('')}ER  - \n`);
    for (const loss of record.losses) {
      losses.push(loss);
    }
  }
  return { text: records.join('\n'), losses };
}

const writeNew = (reference: Reference, hasLabels: boolean): WrittenRecord =>
  withKey(writeRisRecord(reference, { hasLabels }), reference.key);

const lineText = (line: RisLine): string => `${line.tag}  - ${line.text}\n`;

/** The key as ID, unless the record carries an ID that cannot be a key. */
function withKey(record: WrittenRecord, key: string): WrittenRecord {
  const ids = record.lines.filter(line => line.tag === 'ID');
  const others = record.lines.filter(line => line.tag !== 'ID');
  const isReplaced = key === '' || ids.some(line => !isUsableKey(line.text));
  return { ...record, lines: [...(isReplaced ? [] : [{ tag: 'ID', text: key }]), ...ids, ...others] };
}

/** A record that was RIS: the lines of the source, those of changed fields written anew in the place of the old ones. */
function rewrite(reference: Reference, hasLabels: boolean): WrittenRecord {
  const source = sourceLines(reference.source);
  const before = readRisRecord(reference.source.type, source);
  const after = reference.fields;
  const changed = [...new Set([...before.fields.keys(), ...after.keys()])].filter(name => {
    const [old, now] = [before.fields.get(name), after.get(name)];
    return old === undefined || now === undefined || !isSame(old, now);
  });
  const isKept = before.type === reference.type;
  if (changed.length === 0 && isKept) {
    return { type: reference.source.type, lines: withSourceKey(source, reference.key), losses: [], lost: new Map() };
  }
  if (!isKept) {
    return writeNew(reference, hasLabels);
  }
  const dropped = new Set(changed.flatMap(name => before.origins.get(name) ?? []));
  const anew = new Set(changed);
  const fields = new Map([...after].filter(([name]) => anew.has(name)));
  const fresh = writeRisRecord({ ...reference, fields }, { type: reference.source.type, hasLabels });
  const firstDropped = source.findIndex((_, i) => dropped.has(i));
  const at = firstDropped < 0 ? source.length : firstDropped;
  const lines = source.flatMap((line, i) => [...(i === at ? fresh.lines : []), ...(dropped.has(i) ? [] : [line])]);
  const all = at === source.length ? [...lines, ...fresh.lines] : lines;
  // The type was not written anew.
  const losses = fresh.losses.filter(loss => loss.reason !== 'type');
  const { lost } = fresh;
  return { type: reference.source.type, lines: withSourceKey(all, reference.key), losses, lost };
}

const sourceLines = (source: SourceEntry): RisLine[] =>
  source.fields.map(field => ({ tag: field.name.toUpperCase(), text: field.text }));

/** The lines with their ID, or a new one where the reference got another key than the record had or gets by itself. */
function withSourceKey(lines: readonly RisLine[], key: string): readonly RisLine[] {
  const at = lines.findIndex(line => line.tag === 'ID');
  if (isUsableKey(lines[at]?.text ?? '')) {
    return lines.map((line, i) => (i === at ? { tag: 'ID', text: key } : line));
  }
  const made = madeKey(lines);
  return isKeyMadeFrom(key, made) || key === '' ? lines : [{ tag: 'ID', text: key }, ...lines];
}
