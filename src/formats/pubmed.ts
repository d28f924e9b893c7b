import { isPubmedTag } from '../data/pubmedTags.ts';
import { medlineFamily } from '../syntax/medline.ts';
import type { WritableFormat } from './format.ts';
import { readPubmedLines } from './pubmedRead.ts';
import { writePubmedLines } from './pubmedWrite.ts';
import type { TagLine } from './recordDraft.ts';
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
import { oneLine } from './risValue.ts';

const noteTag = 'GN';

/** MEDLINE knows no keys: ours is an identifier of another source (OID), which has the name of that source before it. */
const ownKey = /^Key:\s*(\S+)$/u;

const dialect: RecordDialect = {
  name: 'pubmed',
  family: medlineFamily,
  isRecord,
  typeTag: 'PT',
  keyTags: new Set('FAU AU CN FED ED DP DEP TI BTI JT'.split(' ')),
  keyOf: lines => {
    const index = lines.findIndex(isKeyLine);
    const key = ownKey.exec(lines[index]?.text ?? '')?.[1] ?? '';
    return isUsableKey(key) ? { index, key } : undefined;
  },
  read: lines =>
    readPubmedLines(lines.filter(line => !isUsableKey(ownKey.exec(isKeyLine(line) ? line.text : '')?.[1] ?? ''))),
};

const writer: RecordWriter = {
  noteTag,
  keyPlace: 'last',
  write: reference => recognisable(writePubmedLines(reference)),
  keyLine: key => ({ tag: 'OID', text: `Key: ${key}` }),
  lineText: ({ tag, text }) => `${tag.padEnd(4)}- ${text}`,
};

/** PubMed's MEDLINE display, as its files and the button "Cite" give it. */
export const pubmed: WritableFormat = {
  name: 'pubmed',
  title: 'PubMed/MEDLINE',
  extensions: ['.nbib'],
  sidecar: 'notes',
  recognise: text => recogniseRecords(text, dialect),
  scan: text => scanRecordFormat(text, dialect),
  readsInParts: () => true,
  makeKey: (text, record) => makeRecordKey(text, record, dialect),
  read: (text, blocks, entry) => readRecordFormat(text, blocks, entry, dialect, noteTag),
  write: (references, options) => writeRecordFormat(references, options, dialect, writer),
};

const isKeyLine = (line: TagLine): boolean => line.tag === 'OID' && ownKey.test(line.text);

/** Lines that would not be known for a record begin with an empty PMID. */
function recognisable(written: WrittenLines): WrittenLines {
  return isRecord(written.lines) ? written : { ...written, lines: [{ tag: 'PMID', text: '' }, ...written.lines] };
}

/** Tags of two letters that relatives of the format (RIS, Ovid) do not have. */
const ownTags: ReadonlySet<string> = new Set(['JT', 'DP', 'VI', 'IP', 'TA', 'PT', 'MH', 'OT']);

/** A record has a PMID, or two lines of which one is MEDLINE's alone. RIS has a type in TY and an end. */
function isRecord(lines: readonly TagLine[]): boolean {
  if (lines.some(line => line.tag === 'TY' || line.tag === 'ER')) {
    return false;
  }
  if (lines.some(line => (line.tag === 'PMID' && /^\d*$/u.test(oneLine(line.text))) || isKeyLine(line))) {
    return true;
  }
  const known = lines.filter(line => isPubmedTag(line.tag));
  return known.length >= 2 && known.some(line => line.tag.length > 2 || ownTags.has(line.tag));
}
