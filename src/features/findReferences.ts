import { isUsableKey } from '../formats/risKey.ts';
import type { Bibliography } from '../library/bibliography.ts';
import type { LibraryEntry } from '../library/library.ts';
import type { Reach } from '../library/reach.ts';
import { search } from '../library/search.ts';
import { keySuffix } from '../model/citationKey.ts';
import { fold } from '../text/fold.ts';
import { fileName } from './card.ts';
import { isBibtex, keyForCopy } from './copyEntries.ts';

/** What finds a reference again. */
export interface ReferenceData {
  readonly uri: string;
  readonly key: string;
  /** Which of the entries with that key in that file. */
  readonly index: number;
}

export interface FoundReference {
  readonly key: string;
  /** Authors and year; the file, too, where others have the key. */
  readonly detail: string;
  readonly title: string;
  readonly data: ReferenceData;
  /** The file that it would be copied from; undefined where the document can cite it at once. */
  readonly from?: string;
  /** The key that the copy most likely has; undefined where it is the same. */
  readonly keyForCopy?: string;
}

/** More are not looked at. */
const mostReferences = 100;

interface Hit extends LibraryEntry {
  readonly key: string;
}

interface FindOptions {
  /** Keys that are left out. */
  readonly taken?: ReadonlySet<string>;
  /** Addresses of bibliographies whose references stand before those of others. */
  readonly first?: ReadonlySet<string>;
}

/** References for what was typed, best first: what the document can cite, then what can be copied. */
export function findReferences(reach: Reach, query: string, options: FindOptions = {}): FoundReference[] {
  const { usable, outside, own } = reach;
  const { taken = new Set(), first = new Set() } = options;
  const before = usable.filter(({ uri }) => first.has(uri));
  const foremost = before.length === 0 ? [] : hits(before, query, mostReferences, taken);
  const others = before.length === 0 ? usable : usable.filter(({ uri }) => !first.has(uri));
  const near = [...foremost, ...hits(others, query, mostReferences - foremost.length, taken)];
  const left = mostReferences - near.length;
  const far = left > 0 && outside.length > 0 ? worthCopying(hits(outside, query, left, taken), near) : [];
  const times = countKeys([...near, ...far]);
  const twins = twinsOf([...near, ...far]);
  const describe = ({ bibliography, entry, key }: Hit) => {
    const { authors, year, title } = bibliography.summary(entry);
    const index = Math.max(0, twins.get(bibliography)?.get(key)?.indexOf(entry) ?? 0);
    return { authors, year, title, data: { uri: bibliography.uri, key, index } };
  };
  return [
    ...near.map((hit): FoundReference => {
      const { authors, year, title, data } = describe(hit);
      const place = (times.get(hit.key) ?? 0) > 1 ? [fileName(hit.bibliography.uri)] : [];
      return { key: hit.key, detail: joined([authors, year, ...place]), title, data };
    }),
    ...far.map((hit): FoundReference => {
      const { authors, year, title, data } = describe(hit);
      const copied = likelyKey(hit, own);
      return {
        key: hit.key,
        detail: joined([authors, year]),
        title,
        data,
        from: fileName(hit.bibliography.uri),
        ...(copied === hit.key ? {} : { keyForCopy: copied }),
      };
    }),
  ];
}

/** Whether any bibliography has a key. */
export const knowsKey = ({ usable, outside }: Reach, key: string): boolean =>
  [...usable, ...outside].some(bibliography => bibliography.countOf(key) > 0);

const joined = (parts: readonly string[]): string => parts.filter(part => part !== '').join(' ');

const hits = (
  bibliographies: readonly Bibliography[],
  query: string,
  most: number,
  taken: ReadonlySet<string>,
): Hit[] =>
  search(bibliographies, query, most + taken.size)
    .map(({ source, entry }) => ({ bibliography: source, entry, key: source.key(entry) }))
    .filter(({ key }) => key !== '' && !taken.has(key))
    .slice(0, most);

/** Without works that are among the nearer ones; of copies in files of one name, which would look the same, the first. */
function worthCopying(far: readonly Hit[], near: readonly Hit[]): Hit[] {
  if (far.length === 0) return [];
  const works = new Set(near.map(workOf));
  const shown = new Map<string, Bibliography>();
  return far.filter(hit => {
    const work = workOf(hit);
    if (works.has(work)) return false;
    const row = [fileName(hit.bibliography.uri), hit.key, work].join('\n');
    const first = shown.get(row) ?? hit.bibliography;
    shown.set(row, first);
    return first === hit.bibliography;
  });
}

/** What tells works apart well enough for a list. */
function workOf({ bibliography, entry, key }: Hit): string {
  const { title, year } = bibliography.summary(entry);
  return title === '' ? `key ${key}` : `${fold(title).replace(/[^\p{L}\p{N}]+/gu, '')}|${year}`;
}

/** The key in the document's own bibliography, as far as it is known without looking for the work there. */
function likelyKey({ bibliography, entry, key }: Hit, own: Bibliography | undefined): string {
  const isOwnNotation = isBibtex(bibliography.format.name);
  const wanted = isOwnNotation || isUsableKey(key) ? key : keyForCopy(bibliography.reference(entry), isOwnNotation);
  if (own === undefined || own.countOf(wanted) === 0) return wanted;
  for (let count = 0; ; count++) {
    const free = wanted + keySuffix(count);
    if (own.countOf(free) === 0) return free;
  }
}

/** By file the entries of each key that several entries of the file have. */
function twinsOf(found: readonly Hit[]): ReadonlyMap<Bibliography, ReadonlyMap<string, readonly number[]>> {
  const keys = new Map<Bibliography, Set<string>>();
  for (const { bibliography, key } of found) keys.set(bibliography, (keys.get(bibliography) ?? new Set()).add(key));
  return new Map([...keys].map(([bibliography, some]) => [bibliography, bibliography.entriesWithRepeated(some)]));
}

function countKeys(found: readonly Hit[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const { key } of found) times.set(key, (times.get(key) ?? 0) + 1);
  return times;
}
