import {
  referTagOfRisTag,
  referTagOrder,
  referTypeOfRisType,
  risTagOfReferTag,
  risTypeOfReferType,
} from '../data/referTags.ts';
import { fieldOfRisTag, isRisTypeIn } from '../data/risTags.ts';
import { beginsWithRecord, referFamily } from '../syntax/refer.ts';
import type { Reference, Value } from '../model/reference.ts';
import { withoutMarkup } from '../model/markup.ts';
import { markupText } from './fieldBag.ts';
import type { WritableFormat, WriteOptions } from './format.ts';
import type { Loss } from './loss.ts';
import { RecordDraft, sameValue, type NumberedTagLine, type RecordReading, type TagLine } from './recordDraft.ts';
import {
  makeRecordKey,
  readRecordFormat,
  recogniseRecords,
  scanRecordFormat,
  writeRecordFormat,
  type RecordDialect,
  type RecordWriter,
  type WrittenLines,
} from './recordFormat.ts';
import { isUsableKey } from './risKey.ts';
import type { RisLine } from './risLines.ts';
import { readRisRecord } from './risRead.ts';
import { decodeEntities, oneLine } from './risValue.ts';
import { writeRisRecord } from './risWrite.ts';

const noteTag = 'Z';

const dialect: RecordDialect = {
  name: 'refer',
  family: referFamily,
  isRecord,
  typeTag: '0',
  keyTags: new Set('0AETDJB'),
  keyOf: lines => {
    const index = lines.findIndex(line => line.tag === 'F');
    const key = lines[index]?.text.trim() ?? '';
    return isUsableKey(key) ? { index, key } : undefined;
  },
  read: readLines,
};

const writer: RecordWriter = {
  noteTag,
  keyPlace: 'second',
  write: writeLines,
  keyLine: key => ({ tag: 'F', text: key }),
  lineText: ({ tag, text }) => `%${tag} ${text}`,
};

/** Refer, as EndNote imports and exports it: the fields are those of RIS under other names, and are read and written as such. */
export const refer: WritableFormat = {
  name: 'refer',
  title: 'EndNote (Refer)',
  extensions: ['.enw'],
  sidecar: 'notes',
  recognise: text => recogniseRecords(text, dialect),
  scan: text => scanRecordFormat(text, dialect),
  readsInParts: beginsWithRecord,
  makeKey: (text, record) => makeRecordKey(text, record, dialect),
  read: (text, blocks, entry) => readRecordFormat(text, blocks, entry, dialect, noteTag),
  write: (references, options) => writeRecordFormat(references, options, dialect, writer),
};

/** "%T" and the like stand in comments of TeX too: a record has a type, or a title with an author, a year or a place where it appeared. */
function isRecord(lines: readonly TagLine[]): boolean {
  const has = (tag: string): boolean => lines.some(line => line.tag === tag && line.text.trim() !== '');
  return (
    (has('0') && (lines.length > 1 || isKnownType(lines))) || (has('T') && ['A', 'E', 'D', 'J', 'B', 'I'].some(has))
  );
}

const isKnownType = ([line]: readonly TagLine[]): boolean => risTypeOfReferType(line?.text ?? '') !== undefined;

/** The RIS type of a record; one without `%0` is what its fields say. */
function risTypeOf(lines: readonly TagLine[]): string {
  const written = lines.find(line => line.tag === '0')?.text.trim() ?? '';
  const has = (tag: string): boolean => lines.some(line => line.tag === tag);
  if (written !== '') {
    return risTypeOfReferType(written) ?? written;
  }
  return has('J') ? 'JOUR' : has('B') ? 'CHAP' : has('R') && !has('I') ? 'RPRT' : has('I') ? 'BOOK' : 'GEN';
}

function readLines(lines: readonly NumberedTagLine[]): RecordReading {
  const type = risTypeOf(lines);
  const tags = new Set(lines.map(line => line.tag));
  const frame = new Set([lines.find(line => line.tag === '0'), lines.find(isKeyLine)]);
  const ris: NumberedTagLine[] = [];
  const draft = new RecordDraft('refer');
  for (const line of lines.filter(one => !frame.has(one))) {
    const tag = risTagOf(line.tag, type, tags);
    if (tag !== undefined) {
      for (const text of valuesOf(tag, line.text)) ris.push({ tag, text, index: line.index });
    } else if (line.text.trim() !== '') {
      draft.keep({ ...line, tag: tagName(line.tag) });
    }
  }
  const reading = readRisRecord(type, ris);
  const origins = [...reading.origins].map(([field, from]) => [field, from.map(i => ris[i]?.index ?? 0)] as const);
  return {
    type: reading.type,
    fields: new Map([...reading.fields, ...draft.fields]),
    origins: new Map([...origins, ...draft.origins]),
  };
}

/** `%F` is a label; where it can be cited, it is the key. */
const isKeyLine = (line: TagLine): boolean => line.tag === 'F' && isUsableKey(line.text.trim());

/** A tag as part of a field's name: a digit or capital as itself, anything else by its code. */
const tagName = (tag: string): string =>
  /^[A-Z0-9]$/u.test(tag) ? tag.toLowerCase() : `x${tag.charCodeAt(0).toString(16)}`;

/** The tag of a field that keeps one: `refer-x3d` is `%=`. */
function tagOfKept(field: string): string | undefined {
  const name = /^refer-(?:([a-z0-9])|x([0-9a-f]{2}))(?:-\d+)?$/u.exec(field);
  return name?.[1]?.toUpperCase() ?? (name?.[2] === undefined ? undefined : String.fromCharCode(parseInt(name[2], 16)));
}

/** The RIS tag that means the same in a record of the type. */
function risTagOf(tag: string, type: string, tags: ReadonlySet<string>): string | undefined {
  const ris = risTagOfReferTag(tag);
  switch (tag) {
    case 'F':
      return 'LB';
    case 'E':
      // A whole book's secondary author edits its series, if anybody else edits the book; most programs know no other editor.
      return isRisTypeIn(type, 'WHOLES') && !tags.has('Y') ? 'ED' : 'A2';
    case 'N':
      return fieldOfRisTag('IS', type) === 'number' && !isRisTypeIn(type, 'REPORTS') ? 'IS' : 'M1';
    case 'J':
      return isRisTypeIn(type, 'ARTICLES') ? 'T2' : 'JF';
    case 'B':
      return isRisTypeIn(type, 'ARTICLES') && tags.has('J') ? undefined : 'T2';
    default:
      return ris;
  }
}

/** Names, keywords and numbers may stand one a line below a tag. */
const listed: ReadonlySet<string> = new Set(['AU', 'A2', 'A3', 'A4', 'ED', 'KW', 'SN', 'UR', 'L1']);

const valuesOf = (tag: string, text: string): string[] =>
  listed.has(tag) && /[\r\n]/u.test(text) ? text.split(/[\r\n]+/u).filter(line => line.trim() !== '') : [oneLine(text)];

function writeLines(reference: Reference, { lossless }: WriteOptions): WrittenLines {
  const record = writeRisRecord(reference, { hasLabels: !lossless });
  const { type } = record;
  const word = referTypeOfRisType(type) ?? 'Generic';
  const typeLine = { tag: '0', text: type === 'GEN' ? genericType(reference) : word };
  const groups = new Map<string, TagLine[]>();
  for (const line of asReferLines(record.lines, type)) {
    const group = groups.get(line.tag);
    if (group === undefined) {
      groups.set(line.tag, [line]);
    } else {
      group.push(line);
    }
  }
  for (const [field, value] of reference.fields) {
    const tag = tagOfKept(field);
    if (tag !== undefined) {
      groups.set(tag, [...(groups.get(tag) ?? []), { tag, text: oneLine(withoutMarkup(markupText(value))) }]);
    }
  }
  const known = referTagOrder.flatMap(tag => groups.get(tag) ?? []);
  const others = [...groups].filter(([tag]) => !referTagOrder.includes(tag)).flatMap(([, lines]) => lines);
  const lines = [typeLine, ...known, ...others];
  return { lines, typeLines: [typeLine], ...verdict(reference, record.losses, record, lines) };
}

/** A type that only the source knows stays as it is. */
const genericType = ({ source }: Reference): string =>
  source.format === 'refer' && source.type !== '' ? source.type : 'Generic';

/** RIS lines under refer's tags. What has no tag there, or stands twice, is left out: reading back tells what that costs. */
function asReferLines(lines: readonly RisLine[], type: string): TagLine[] {
  const isWhole = isRisTypeIn(type, 'WHOLES');
  const tags = new Set(lines.map(line => line.tag));
  const has = (tag: string): boolean => tags.has(tag);
  const pages = ['SP', 'EP'].map(tag => lines.find(line => line.tag === tag)?.text ?? '');
  return lines.flatMap(({ tag, text }): TagLine[] => {
    switch (tag) {
      case 'SP':
        return [{ tag: 'P', text: pages.filter(part => part !== '').join('-') }];
      case 'EP':
      case 'ID':
        return [];
      case 'JF':
        return has('T2') && isRisTypeIn(type, 'ARTICLES') ? [] : [{ tag: 'J', text }];
      case 'T2':
        return [{ tag: isRisTypeIn(type, 'ARTICLES') ? 'J' : 'B', text }];
      case 'ED':
        return isWhole && has('A3') ? [] : [{ tag: 'E', text }];
      case 'A3':
        return [{ tag: isWhole && !has('A2') ? 'E' : 'Y', text }];
      case 'LB':
        return isUsableKey(text) ? [] : [{ tag: 'F', text }];
      case 'M1':
      case 'SV':
        return has('IS') ? [] : [{ tag: 'N', text }];
      default: {
        const own = referTagOfRisTag(tag);
        return own === undefined ? [] : [{ tag: own, text }];
      }
    }
  });
}

/** What RIS itself could not take is lost here as well; what it took counts as carried when it comes back as from RIS. */
function verdict(
  reference: Reference,
  losses: readonly Loss[],
  record: { readonly type: string; readonly lines: readonly RisLine[] },
  lines: readonly TagLine[],
): Pick<WrittenLines, 'carried' | 'losses'> {
  const back = readLines(lines.map((line, index) => ({ ...line, index })));
  const changed = [...reference.fields].filter(([field, value]) => !sameValue(back.fields.get(field), value));
  const carried = new Set<string>();
  if (changed.length > 0 || back.type !== reference.type) {
    const asRis = readRisRecord(record.type, record.lines);
    const output = spoken(decodeEntities(lines.map(line => line.text).join('\n')).toLowerCase());
    for (const [field, value] of changed) {
      if (sameValue(asRis.fields.get(field), back.fields.get(field)) && isTold(value, output)) carried.add(field);
    }
    if (asRis.type === back.type) carried.add('type=');
  }
  const isBack = (loss: Loss): boolean =>
    loss.reason === 'type'
      ? back.type === reference.type
      : sameValue(back.fields.get(loss.field), reference.fields.get(loss.field)) && back.fields.has(loss.field);
  return { carried, losses: losses.filter(loss => !isBack(loss)) };
}

/** What is written, to look for many texts in. */
interface Output {
  has(text: string): boolean;
  hasWord(word: string): boolean;
}

function spoken(text: string): Output {
  let words: ReadonlySet<string> | undefined;
  let last = 0;
  return {
    // Texts that are looked for one after the other mostly stand in the same order.
    has: part => {
      const next = text.indexOf(part, last);
      if (next === -1) return text.includes(part);
      last = next;
      return true;
    },
    hasWord: word => (words ??= new Set(` ${text} `.split(/[^\p{L}\p{N}]+/u))).has(word),
  };
}

/** Whether a value stands in the output, whatever its place is read as. A person in another role is not the same. */
const isTold = (value: Value, output: Output): boolean =>
  value.kind !== 'names' &&
  (value.kind === 'list' || value.kind === 'keywords' ? value.items : markupText(value).split(/\n\s*\n/u)).every(
    part => {
      const text = oneLine(withoutMarkup(part)).toLowerCase();
      // What is short stands in many a word by chance.
      return text.length > 3 ? output.has(text) : output.hasWord(text);
    },
  );
