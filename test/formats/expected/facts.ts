import { convert } from '../../../src/formats/convert.ts';
import type { FormatName } from '../../../src/formats/format.ts';

/** An input beside the reading that the project it comes from expects of it. */
export interface Unit {
  readonly id: string;
  readonly src: string;
  readonly from: string;
  readonly kind: string;
  readonly input: string;
  readonly expect: unknown;
}

/** One thing that an expected reading says of a work, under the name of the CSL variable that has it. */
export interface Fact {
  readonly field: string;
  readonly value: string;
}

export interface ExpectedItem {
  readonly key: string;
  readonly title: string;
  readonly facts: readonly Fact[];
}

export type Item = Readonly<Record<string, unknown>>;

const readFrom: Readonly<Record<string, FormatName>> = {
  bib: 'biblatex',
  ris: 'ris',
  nbib: 'pubmed',
  endnotexml: 'endnote-xml',
  mods: 'mods',
};

/** What we read, as CSL-JSON without a sidecar; undefined for a format that we do not read. */
export function ourReading({ from, input }: Unit): readonly Item[] | undefined {
  const format = readFrom[from];
  return format === undefined ? undefined : toItems(input, format);
}

function toItems(text: string, from: FormatName): Item[] {
  const written = convert(text, { from, to: 'csl-json', lossless: false }).text;
  return written === '' ? [] : (JSON.parse(written) as Item[]);
}

/** The expected items of a unit; undefined for a kind that says nothing about CSL. */
export function expectedReading({ kind, expect }: Unit): readonly ExpectedItem[] | undefined {
  switch (kind) {
    case 'csl':
      return (expect as Item[]).map(expectedCsl);
    case 'zot':
      return (expect as Item[]).filter(item => item['itemType'] !== 'note').map(expectedZotero);
    case 'bib':
      return toItems(expect as string, 'biblatex').map(item => expectedCsl(withoutImplied(item)));
    default:
      return undefined;
  }
}

/** BibTeX has no reports and theses of no kind: what its types imply is not what the record says. */
function withoutImplied(item: Item): Item {
  const { genre, ...others } = item;
  return genre === 'Technical report' || genre === 'PhD thesis' ? others : item;
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value);

function expectedCsl(item: Item): ExpectedItem {
  const facts = Object.entries(item).flatMap(([field, value]) => cslFacts(field, value));
  return { key: textOf(item['id'] ?? ''), title: textOf(item['title'] ?? ''), facts };
}

/** Names one by one, keywords one by one; everything else whole. */
export function cslFacts(field: string, value: unknown): Fact[] {
  if (field === 'id' || field === 'citation-key' || field === '_graph' || field === 'custom') return [];
  if (isNames(value)) {
    return value.map(name => ({ field, value: cslName(name) })).filter(({ value: name }) => name !== placeholder);
  }
  if (typeof value === 'object' && value !== null) {
    const date = cslDate(value as Item);
    return date === '' ? [] : [{ field, value: date }];
  }
  const text = textOf(value);
  const values = field === 'keyword' ? text.split(/[,;]/u) : field === 'note' ? text.split('\n') : [text];
  return values
    .map(one => ({ field, value: one.trim() }))
    .filter(one => one.value !== '' && one.value !== placeholder)
    .map(one => (field === 'note' ? labelledNote(one) : one));
}

/** What CoLRev puts where a record has nothing. */
const placeholder = 'UNKNOWN';

/** What has no variable stands in the note behind the name of its field: it may stand anywhere with us. */
function labelledNote(fact: Fact): Fact {
  const label = /^(?:comment|refid|database|fulltext|journaltitle): /u.exec(fact.value);
  return label === null ? fact : { field: 'anywhere', value: fact.value.slice(label[0].length) };
}

const isNames = (value: unknown): value is Readonly<Record<string, string>>[] =>
  Array.isArray(value) && value.every(one => typeof one === 'object' && one !== null);

/** "Family, Given" with particles and suffix where they are spoken. */
const cslName = (name: Readonly<Record<string, string>>): string =>
  name['literal'] ??
  [
    [name['dropping-particle'], name['non-dropping-particle'], name['family']].filter(Boolean).join(' '),
    [name['given'], name['suffix']].filter(Boolean).join(' '),
  ]
    .filter(part => part !== '')
    .join(', ');

function cslDate(date: Item): string {
  const parts = date['date-parts'];
  if (Array.isArray(parts)) return (parts as (string | number)[][]).map(point => point.map(Number).join('-')).join('/');
  const text = textOf(date['raw'] ?? date['literal'] ?? '');
  return text === '""' ? '' : text;
}

const zoteroTypes: Readonly<Record<string, string>> = {
  artwork: 'graphic',
  audioRecording: 'song',
  bill: 'bill',
  bookSection: 'chapter',
  case: 'legal_case',
  computerProgram: 'software',
  conferencePaper: 'paper-conference',
  encyclopediaArticle: 'entry-encyclopedia',
  film: 'motion_picture',
  journalArticle: 'article-journal',
  presentation: 'speech',
  statute: 'legislation',
  tvBroadcast: 'broadcast',
  videoRecording: 'motion_picture',
};

const zoteroFields: Readonly<Record<string, string>> = {
  title: 'title',
  publicationTitle: 'container-title',
  journalAbbreviation: 'container-title-short',
  shortTitle: 'title-short',
  series: 'collection-title',
  seriesTitle: 'collection-title',
  conferenceName: 'event-title',
  volume: 'volume',
  issue: 'issue',
  number: 'number',
  pages: 'page',
  numPages: 'number-of-pages',
  publisher: 'publisher',
  assignee: 'publisher',
  place: 'publisher-place',
  DOI: 'DOI',
  ISBN: 'ISBN',
  ISSN: 'ISSN',
  url: 'URL',
  abstractNote: 'abstract',
  language: 'language',
  edition: 'edition',
  type: 'genre',
  date: 'issued',
  originalDate: 'original-date',
  accessDate: 'accessed',
  versionNumber: 'version',
  section: 'section',
  callNumber: 'call-number',
  rights: 'rights',
};

const zoteroRoles: Readonly<Record<string, string>> = {
  editor: 'editor',
  translator: 'translator',
  seriesEditor: 'collection-editor',
  bookAuthor: 'container-author',
  contributor: 'contributor',
  counsel: 'contributor',
  castMember: 'performer',
};

/** `extra` is where Zotero puts what it has no field for: no reading. Attachments and identifiers of its own are none either. */
function expectedZotero(item: Item): ExpectedItem {
  const facts: Fact[] = [{ field: 'type', value: zoteroTypes[textOf(item['itemType'])] ?? textOf(item['itemType']) }];
  const add = (field: string, value: string): void => {
    if (value.trim() !== '') facts.push({ field, value: value.trim() });
  };
  for (const [name, value] of Object.entries(item)) {
    const field = zoteroFields[name];
    if (field !== undefined) add(field, textOf(value));
  }
  for (const creator of (item['creators'] ?? []) as Readonly<Record<string, string>>[]) {
    const { lastName = '', firstName = '', name, creatorType = '' } = creator;
    add(zoteroRoles[creatorType] ?? 'author', name ?? (firstName === '' ? lastName : `${lastName}, ${firstName}`));
  }
  for (const { tag } of (item['tags'] ?? []) as { tag: string }[]) add('keyword', tag);
  for (const note of (item['notes'] ?? []) as (string | { note: string })[]) {
    add('note', typeof note === 'string' ? note : note.note);
  }
  return { key: textOf(item['citationKey'] ?? item['itemID'] ?? ''), title: textOf(item['title'] ?? ''), facts };
}
