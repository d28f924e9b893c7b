import { isWebOfScienceTag } from '../data/webOfScienceTags.ts';
import { webOfScienceFamily } from '../syntax/webOfScience.ts';
import type { Format } from './format.ts';
import type { TagLine } from './recordDraft.ts';
import {
  makeRecordKey,
  readRecordFormat,
  recogniseRecords,
  scanRecordFormat,
  type RecordDialect,
} from './recordFormat.ts';
import { readWebOfScienceLines } from './webOfScienceRead.ts';

const dialect: RecordDialect = {
  name: 'wos',
  family: webOfScienceFamily,
  isRecord,
  typeTag: 'PT',
  keyTags: new Set('PT AU AF CA BE TI SO PY'.split(' ')),
  keyOf: () => undefined,
  read: readWebOfScienceLines,
};

/** The tagged export of Web of Science ("plain text", "EndNote desktop"). It is only read: no other program writes it. */
export const webOfScience: Format = {
  name: 'wos',
  title: 'Web of Science',
  extensions: ['.ciw', '.isi'],
  recognise: text => recogniseRecords(text, dialect),
  scan: text => scanRecordFormat(text, dialect),
  readsInParts: () => true,
  makeKey: (text, record) => makeRecordKey(text, record, dialect),
  read: (text, blocks, entry) => readRecordFormat(text, blocks, entry, dialect, undefined),
};

/** A record has its kind and three more tags, or lost its kind and has its end; "US" and "TV" begin lines of prose too. */
function isRecord(lines: readonly TagLine[]): boolean {
  const known = new Set(lines.map(line => line.tag).filter(isWebOfScienceTag)).size;
  const isWhole = lines.some(line => line.tag === 'PT') && lines.length > 1;
  const isHeadless =
    lines.some(line => line.tag === 'ER') && lines.some(line => line.tag === 'TI' || line.tag === 'UT');
  return known >= 2 && known * 2 > new Set(lines.map(line => line.tag)).size && (isWhole || isHeadless);
}
