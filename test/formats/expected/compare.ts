import { languageTag } from '../../../src/data/languages.ts';
import { decodeEntities } from '../../../src/formats/risValue.ts';
import { datePoint, parseDate } from '../../../src/model/date.ts';
import { cslFacts, type ExpectedItem, type Fact, type Item } from './facts.ts';

/** A fact of an expected reading that ours does not have. */
export interface Difference extends Fact {
  readonly unit: string;
  readonly key: string;
  /** What we have in its place. */
  readonly found: string;
  readonly item: Item | undefined;
}

/** Where a fact may stand with us; left out: under its own name only. */
const places: Readonly<Record<string, readonly string[]>> = {
  'container-title': ['container-title', 'container-title-short', 'collection-title', 'volume-title', 'event-title'],
  'collection-title': ['collection-title', 'container-title'],
  'event-title': ['event-title', 'container-title'],
  number: ['number', 'issue', 'collection-number'],
  issue: ['issue', 'number', 'collection-number'],
  'collection-number': ['collection-number', 'number', 'issue', 'volume'],
  publisher: ['publisher', 'authority'],
  'publisher-place': ['publisher-place', 'event-place', 'jurisdiction'],
  'event-place': ['event-place', 'publisher-place'],
  abstract: ['abstract', 'note'],
  note: ['note', 'annote', 'abstract'],
  annote: ['annote', 'note'],
  genre: ['genre', 'medium'],
  // Zotero has other roles for other types.
  contributor: ['contributor', 'author', 'performer', 'director', 'composer', 'chair'],
};

/** Fields of which ours may say more than the expected one; so may dates. */
const contained = new Set(['note', 'annote', 'abstract', 'anywhere', 'ISSN', 'ISBN']);

const nameFields = /^(?:author|editor|translator|contributor|director|composer|performer|.*-author|.*-editor)$/u;

/** Pairs expected and found items, most alike first; gives the facts that are missing and how many there are. */
export function compareReadings(
  unit: string,
  expected: readonly ExpectedItem[],
  found: readonly Item[],
): { readonly total: number; readonly differences: readonly Difference[] } {
  const free = new Map(found.map((item, index) => [index, factsByField(item)]));
  const differences: Difference[] = [];
  const pairUp = (item: ExpectedItem, candidates: readonly number[]): boolean => {
    let best: { readonly index: number | undefined; readonly missing: readonly Fact[] } | undefined;
    for (const index of candidates) {
      const missing = missingFacts(item, free.get(index));
      if (best === undefined || missing.length < best.missing.length) best = { index, missing };
    }
    if (best?.index === undefined) return false;
    const ours = free.get(best.index);
    for (const fact of best.missing) {
      const instead = (ours?.get(fact.field) ?? []).map(one => one.value).join(' | ');
      differences.push({ unit, key: item.key, ...fact, found: instead, item: found[best.index] });
    }
    free.delete(best.index);
    return true;
  };
  const byKey = expected.filter(
    item =>
      !pairUp(
        item,
        sameKey(item, found).filter(index => free.has(index)),
      ),
  );
  const byTitle = byKey.filter(
    item =>
      !pairUp(
        item,
        sameTitle(item, found).filter(index => free.has(index)),
      ),
  );
  for (const item of byTitle) {
    if (!pairUp(item, [...free.keys()])) {
      for (const fact of item.facts) differences.push({ unit, key: item.key, ...fact, found: '', item: undefined });
    }
  }
  return { total: expected.reduce((sum, item) => sum + item.facts.length, 0), differences };
}

const sameKey = ({ key }: ExpectedItem, found: readonly Item[]): number[] =>
  found.flatMap((one, index) => (key !== '' && one['id'] === key ? [index] : []));

const sameTitle = ({ title }: ExpectedItem, found: readonly Item[]): number[] =>
  found.flatMap((one, index) => (title !== '' && titleOf(one) === letters(title) ? [index] : []));

const titleOf = ({ title }: Item): string => (typeof title === 'string' ? letters(title) : '');

function factsByField(item: Item): ReadonlyMap<string, readonly Fact[]> {
  const facts = new Map<string, Fact[]>();
  for (const fact of Object.entries(item).flatMap(([name, value]) => cslFacts(name, value))) {
    const known = facts.get(fact.field);
    if (known === undefined) facts.set(fact.field, [fact]);
    else known.push(fact);
  }
  return facts;
}

const missingFacts = (item: ExpectedItem, ours: ReadonlyMap<string, readonly Fact[]> | undefined): Fact[] =>
  item.facts.filter(({ field, value }) => {
    const all = [...(ours?.values() ?? [])].flat();
    const candidates = field === 'anywhere' ? all : (places[field] ?? [field]).flatMap(name => ours?.get(name) ?? []);
    return !candidates.some(candidate => agrees(field, value, candidate.value));
  });

/** Whether two spellings say the same: markup, case, dashes, quotation marks and spaces make no difference. */
function agrees(field: string, expected: string, found: string): boolean {
  if (field === 'type') return expected === found;
  if (field === 'edition') return edition(expected) === edition(found);
  if (/^(?:issued|accessed|.*-date)$/u.test(field)) return `${dateOf(found)}-`.startsWith(`${dateOf(expected)}-`);
  if (field === 'language') return (languageTag(expected) ?? expected) === (languageTag(found) ?? found);
  if (field === 'DOI' || field === 'URL') return address(expected) === address(found);
  const [a, b] = [letters(expected), letters(found)];
  if (contained.has(field)) return b.includes(a);
  if (field === 'publisher') return list(expected) === list(found);
  if (nameFields.test(field)) return a === b || nameParts(expected) === nameParts(found);
  return a === b;
}

/** "2nd ed." and "Second" are 2. */
function edition(text: string): string {
  const [word = ''] = text.toLowerCase().split(/[ .]/u);
  return word === 'second' ? '2' : /^\d/u.test(word) ? word.replace(/(?:st|nd|rd|th)$/u, '') : letters(text);
}

const address = (text: string): string =>
  text
    .trim()
    .toLowerCase()
    .replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/u, '')
    .replace(/\/$/u, '');

/** Several publishers, however they are joined. */
const list = (text: string): string => letters(text.replace(/ and |[/&;,]/gu, ' '));

/** The parts of a name in any order. */
const nameParts = (name: string): string =>
  name
    .split(/[\s,.]+/u)
    .map(letters)
    .filter(part => part !== '')
    .sort()
    .join(' ');

/** Letters and digits only, in lower case. */
export const letters = (text: string): string =>
  decodeEntities(text)
    .replace(/<[^<>]*>/gu, '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '')
    .toLowerCase();

/** Year, month and day, as far as they are said, of the first date. */
function dateOf(text: string): string {
  const point = datePoint(parseDate(text.split('/')[0] ?? '').start);
  return point === undefined
    ? letters(text)
    : [point.year, point.month, point.day].filter(part => part !== undefined).join('-');
}
