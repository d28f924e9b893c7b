import { atOnce } from '../base/atOnce.ts';
import { makeCitationKey, uniqueKeys } from '../model/citationKey.ts';
import { parseSortedName } from '../model/name.ts';
import type { Value } from '../model/reference.ts';
import { mergeRisDates } from './risDate.ts';
import type { RisLine } from './risLines.ts';
import { risText } from './risValue.ts';

/** Whether an ID can be cited: nothing in it that BibTeX, a citation command or pandoc would end at. */
export const isUsableKey = (id: string): boolean => /^[^\s,;"#%'(){}[\]=\\~@]+$/u.test(id);

interface Records {
  readonly entryCount: number;
  key(entry: number): string;
}

/**
 * The keys of all records of a file, made up where the ID is none: author, year and title, so that edits elsewhere do not change them;
 * the second to have one gets `a`, the next `b`. `linesOf` gives the lines of a record.
 */
export const risKeys = (records: Records, linesOf: (record: number) => readonly RisLine[]): readonly string[] =>
  atOnce(makingRisKeys(records, linesOf));

/** The same in steps, so that others can work in between. */
export function* makingRisKeys(
  records: Records,
  linesOf: (record: number) => readonly RisLine[],
): Generator<undefined, readonly string[]> {
  const keys: string[] = [];
  const given = new Set<string>();
  const without: number[] = [];
  const made: string[] = [];
  for (let record = 0; record < records.entryCount; record++) {
    const id = records.key(record);
    keys.push(id);
    if (isUsableKey(id)) {
      given.add(id);
    } else {
      without.push(record);
      made.push(madeKey(linesOf(record)));
    }
    if (record % recordsPerStep === 0) yield;
  }
  if (without.length === 0) return keys;
  const unique = uniqueKeys([...given, ...made]).slice(given.size);
  without.forEach((record, i) => {
    keys[record] = unique[i] ?? '';
  });
  return keys;
}

const recordsPerStep = 512;

/** Author, year and title of a record as a key, before it is made unique. */
export function madeKey(lines: readonly RisLine[]): string {
  const first = (tags: readonly string[]): string => {
    const texts = tags.map(tag => lines.find(line => line.tag === tag && line.text.trim() !== '')?.text);
    return risText(texts.find(text => text !== undefined) ?? '');
  };
  const author = first(['AU', 'A1', 'ED', 'A2', 'A3', 'A4']);
  const title = first(['TI', 'T1', 'CT', 'BT', 'T2', 'JF', 'JO']);
  const date = mergeRisDates([first(['PY', 'Y1', 'DA'])].filter(text => text !== ''))?.date;
  const fields = new Map<string, Value>([['title', { kind: 'text', text: title }]]);
  if (author !== '') {
    fields.set('author', { kind: 'names', names: [parseSortedName(author)], others: false });
  }
  if (date !== undefined) {
    fields.set('date', { kind: 'date', date });
  }
  return makeCitationKey({ key: '', type: 'misc', fields, source: { format: 'ris', type: '', fields: [] } });
}
