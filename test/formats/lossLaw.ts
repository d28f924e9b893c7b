import { canonicalFieldName } from '../../src/data/fields.ts';
import { languageTag } from '../../src/data/languages.ts';
import { monthNumber, seasonNumber } from '../../src/data/months.ts';
import { repeatsType, typeKeys } from '../../src/data/types.ts';
import { convert } from '../../src/formats/convert.ts';
import { roles } from '../../src/formats/cslFields.ts';
import type { Format } from '../../src/formats/format.ts';
import type { Loss } from '../../src/formats/loss.ts';
import { isKeyMadeFrom, makeCitationKey } from '../../src/model/citationKey.ts';
import { dateFromParts, formatEdtf } from '../../src/model/date.ts';
import { bareDoi, valueText } from '../../src/model/describe.ts';
import { withoutMarkup } from '../../src/model/markup.ts';
import type { Name } from '../../src/model/name.ts';
import { fullName, sortedName } from '../../src/model/name.ts';
import type { Reference, Value } from '../../src/model/reference.ts';
import { plainTex } from '../../src/syntax/tex.ts';
import { slice } from '../../src/text/span.ts';
import { leavesOf, type Leaf } from './leaves.ts';

export interface Located {
  readonly reference: Reference;
  readonly start: number;
  readonly text: string;
}

/** The entries of a text with their places. */
export function readLocated(text: string, format: Format): Located[] {
  const blocks = format.scan(text);
  return Array.from({ length: blocks.entryCount }, (_, entry) => ({
    reference: format.read(text, blocks, entry),
    start: blocks.entrySpan(entry).start,
    text: slice(text, blocks.entrySpan(entry)),
  }));
}

/** Entries that are no work of their own stay behind where nothing can carry them. */
export const staysBehind = ({ type }: Reference, lossless: boolean): boolean =>
  !lossless && (type === 'xdata' || type === 'bibnote');

export interface Direction {
  readonly from: Format;
  readonly to: Format;
  readonly lossless: boolean;
}

/**
 * The law of conversion: what an entry says is in the output, or in the list of losses under its name. Gives the facts for which neither
 * holds, one line each: "key field: what". A broken text has no leaves that anybody but its reader could tell.
 */
export function missingFacts(
  text: string,
  { from, to, lossless }: Direction,
  leaves: (entry: string, reference: Reference) => readonly Leaf[] = leavesOf,
): string[] {
  const sources = readLocated(text, from);
  const { text: output, losses } = convert(text, { from: from.name, to: to.name, lossless });
  const isDialect = /^bib/u.test(from.name) && /^bib/u.test(to.name);
  const results = readLocated(output, to);
  const lossesAt = new Map<number | undefined, Loss[]>();
  for (const loss of losses) lossesAt.set(loss.offset, [...(lossesAt.get(loss.offset) ?? []), loss]);
  const missing: string[] = [];
  let next = 0;
  for (const { reference, start, text: entry } of sources) {
    const isLeft = !isDialect && staysBehind(reference, lossless);
    const result = isLeft ? undefined : results[next++];
    if (isCarried(result, entry)) continue;
    const reported = new Report(reference, lossesAt.get(start) ?? []);
    const evidence = new Evidence(reference, result, to);
    const gone = [
      ...missingOf(reference, evidence, reported),
      ...leaves(entry, reference)
        .filter(leaf => !isFactOnly(leaf, reference) && !reported.hasWordsOf(leaf.text, evidence))
        .map(leaf => `<${leaf.name}>: ${leaf.text}`),
    ];
    missing.push(...gone.map(fact => `${reference.key} ${fact.slice(0, 160)}`));
  }
  return missing;
}

/** An entry that travels whole in a sidecar is in the output. */
const isCarried = (result: Located | undefined, entry: string): boolean =>
  result?.reference.carried?.text.trim() === entry.trim();

function* missingOf(reference: Reference, evidence: Evidence, reported: Report): Generator<string> {
  const { result } = evidence;
  if (result?.type !== reference.type && !reported.hasType) {
    yield `@: ${reference.type} became ${result?.type ?? 'nothing'}`;
  }
  // An entry that is reported as a whole is reported under its key.
  const isLeft = result === undefined && reported.hasType;
  // A key that was made up, since the entry has none, is no value.
  const isMade = isKeyMadeFrom(reference.key, makeCitationKey(reference));
  if (!isLeft && !isMade && result?.key !== reference.key && !evidence.hasKey(reference.key) && !reported.has('key')) {
    yield `key: ${reference.key} became ${result?.key ?? 'nothing'}`;
  }
  for (const [name, value] of reference.fields) {
    if (!reported.has(name) && !isSaidElsewhere(reference, name, value)) {
      for (const fact of factsOf(name, value)) {
        if (words(fact.text) !== '' && !evidence.has(fact) && !reported.says(fact)) yield `${name}: ${fact.text}`;
      }
    }
  }
}

/** Values that are no facts of their own, each for a reason. */
function isSaidElsewhere(reference: Reference, name: string, value: Value): boolean {
  // The key of a parent that was found: everything that the parent says is in the entry.
  const isParent = /^(?:crossref|xdata)$/u.test(name) && reference.inherited?.has(name) === true;
  // RIS has the type of work in M3 as well: "Journal Article" for an article.
  const isTypeAgain = name === 'type' && value.kind === 'text' && repeatsType(reference.type, value.text);
  // "variant=british" says more of the language than "english".
  const variant = reference.fields.get('langidopts');
  const isVague = name === 'langid' && variant?.kind === 'text' && variant.text.startsWith('variant=');
  return isParent || isTypeAgain || isVague;
}

/** Values that say something else than their words, which `factsOf` compares: types, languages, parts of dates. */
const codes =
  /^(?:ty|pt|m3|%[09]|month|day|crossref|xdata|id|hyphenation|langid|langidopts|dep|status|role|work-type|ref-type|thesis-type|genre|roleTerm|(?:.*\.)?(?:type|genre|season|role)|editor[abc]?type)$/iu;

/** What formats demand where there is nothing to say. */
const fillers = new Set(['anonymous', '[untitled]', 'A list of references.', 'References']);

const pageNames = /^(?:EP|SP|PG|%P|page|pages)$/u;

const isFactOnly = ({ name, text }: Leaf, { source }: Reference): boolean =>
  codes.test(name) ||
  // Shortened ends ("682-94") are written in full.
  pageNames.test(name) ||
  languageTag(text) !== undefined ||
  fillers.has(text) ||
  (source.format === 'cff' && /^identical reference \d+$/u.test(text)) ||
  // A year that is no end of the range.
  (name.endsWith('date-parts') && text === '0') ||
  // MEDLINE repeats every name in a short form: "Gillard S" behind "Gillard, Steve".
  (source.format === 'pubmed' && /^(?:AU|ED|IR)$/u.test(name) && source.fields.some(one => one.name === `F${name}`));

/** The words of a value without those that only say what kind of value it is: "10.1000/x [doi]", "1573-3289 (Electronic)", "2014///nan". */
const withoutLabels = (text: string): string =>
  text
    .replace(
      /\[(?:doi|pii)\]|^Key: |^url: |^affiliation: |^et al\.$|(?<=\/)(?:nan|undefined|to \S+|uncertain|circa)$/gimu,
      '',
    )
    .replace(/\((?:electronic|print|linking|p?issn|isbn)\)|(?<![\p{L}\d])(?:issn|isbn)(?![\p{L}\d]):?/giu, '');

type Fact =
  | { readonly kind: 'words' | 'pages' | 'language' | 'code' | 'others'; readonly field: string; readonly text: string }
  | { readonly kind: 'name'; readonly field: string; readonly text: string; readonly name: Name }
  | { readonly kind: 'date'; readonly field: string; readonly text: string; readonly edtf: string | undefined };

function factsOf(field: string, value: Value): Fact[] {
  const words = (text: string): Fact => ({ kind: 'words', field, text });
  switch (value.kind) {
    case 'names':
      return [
        ...value.names.map((name): Fact => ({ kind: 'name', field, name, text: fullName(name) })),
        ...(value.others ? [{ kind: 'others', field, text: 'et al.' } as const] : []),
      ];
    case 'date':
      return [{ kind: 'date', field, text: valueText(value), edtf: formatEdtf(value.date) }];
    case 'list':
    case 'keywords':
      return value.items.map(text => (field === 'language' ? { kind: 'language', field, text } : words(text)));
    default: {
      const variant = field === 'langidopts' ? /^variant=([a-z]+)$/u.exec(value.text)?.[1] : undefined;
      if (variant !== undefined || field === 'langid' || field === 'language' || field === 'ris-la') {
        return [{ kind: 'language', field, text: variant ?? value.text }];
      }
      if (/^(?:entrysub)?type$|.type$/u.test(field)) return [{ kind: 'code', field, text: value.text }];
      if (field === 'pages') return [{ kind: 'pages', field, text: value.text }];
      if (field === 'isbn' || field === 'issn')
        return withoutLabels(value.text)
          .split(/[,;\s]+/u)
          .map(words);
      // A second field of a list is kept as it is written.
      return value.text.split(/\+\d+$/u.test(field) ? /\sand\s/u : /\n\s*\n/u).map(words);
    }
  }
}

/** What an output says: what its own reader finds, and its words. */
class Evidence {
  readonly result: Reference | undefined;
  readonly #source: Reference;
  readonly #values: readonly [field: string, value: Value][];
  readonly #texts: ReadonlySet<string>;
  readonly #all: string;
  readonly #written: string;
  readonly #words: ReadonlySet<string>;

  constructor(source: Reference, result: Located | undefined, to: Format) {
    this.#source = source;
    this.result = result?.reference;
    this.#values = [...(this.result?.fields ?? [])];
    const texts = this.#values.flatMap(([, value]) => textsOf(value));
    this.#written = result?.text ?? '';
    const written = result === undefined ? [] : outputTexts(result, to);
    this.#texts = new Set(texts.map(words));
    this.#all = ` ${[...texts, ...written].map(words).join(' | ')} `;
    this.#words = new Set([this.result?.key ?? '', this.result?.type ?? '', this.#all].flatMap(text => wordsOf(text)));
  }

  has(fact: Fact): boolean {
    switch (fact.kind) {
      case 'name':
        return this.#hasName(fact.field, fact.name);
      case 'others':
        return (
          this.#values.some(([, value]) => value.kind === 'names' && value.others) ||
          / (?:et al|and others) /u.test(this.#all)
        );
      case 'date':
        return this.#hasDate(fact);
      case 'language':
        return (
          this.#values.some(([, value]) => textsOf(value).some(text => isLanguage(text, fact.text))) ||
          this.says(fact.text)
        );
      case 'pages':
        return (
          this.says(fact.text) ||
          words(fact.text)
            .split(' ')
            .every(page => this.#words.has(page))
        );
      case 'code': {
        const code = fact.text.toLowerCase();
        const role = roleOf(code);
        return (
          this.says(fact.text) ||
          (Object.hasOwn(typeKeys, code) && this.says(typeKeys[code] ?? '')) ||
          this.#values.some(([field]) => field === role)
        );
      }
      case 'words':
        return this.says(fact.text) || this.says(bareDoi(fact.text));
    }
  }

  hasKey(key: string): boolean {
    return this.says(key) || this.#written.includes(key);
  }

  hasWord(word: string): boolean {
    return this.#words.has(word);
  }

  /** A long text wherever it stands; a short one, which may stand anywhere by chance, as a value of its own or behind a label. */
  says(text: string): boolean {
    const said = words(text);
    const isLong = said.length > 3 || said.includes(' ');
    return said === '' || this.#texts.has(said) || (isLong ? this.#all.includes(` ${said} `) : this.#words.has(said));
  }

  #hasName(field: string, name: Name): boolean {
    const parts = sortedWords(fullName(name));
    const role = roleIn(this.#source, field);
    const isThere = this.#values.some(
      ([other, value]) =>
        (other === field || roleIn(this.result, other) === role) &&
        value.kind === 'names' &&
        value.names.some(one => sortedWords(fullName(one)) === parts),
    );
    // In a note, behind the role.
    return isThere || this.#saysInText(fullName(name)) || this.#saysInText(sortedName(name));
  }

  #saysInText(text: string): boolean {
    return this.#values.some(
      ([, value]) =>
        value.kind !== 'names' && textsOf(value).some(one => ` ${words(one)} `.includes(` ${words(text)} `)),
    );
  }

  #hasDate({ edtf, text: written }: Fact & { readonly kind: 'date' }): boolean {
    const text = oneBlank(written);
    if (edtf !== undefined && edtf === this.#dateInParts()) return true;
    return this.#values.some(([, value]) =>
      value.kind === 'date'
        ? (edtf !== undefined && formatEdtf({ ...value.date, literal: '' }) === edtf && valueText(value) !== '') ||
          oneBlank(valueText(value)).includes(text)
        : textsOf(value).some(one => one.includes(edtf ?? text) || one.includes(text)),
    );
  }

  /** The date of `year`, `month` and `day`, which stand as they are written beside a `date` that says something else. */
  #dateInParts(): string | undefined {
    const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map(name => {
      const value = this.result?.fields.get(name);
      return value?.kind === 'text' ? value.text : '';
    });
    return year === '' ? undefined : formatEdtf(dateFromParts(year, month, day));
  }
}

/** What the names of a field are: `editora` may be anybody, its type says who. */
function roleIn(reference: Reference | undefined, field: string): string {
  const kind = reference?.fields.get(`${field}type`);
  return roleOf(kind?.kind === 'text' ? kind.text.toLowerCase() : field);
}

const roleOf = (code: string): string =>
  Object.hasOwn(roles, code) ? (roles[code] ?? code) : canonicalFieldName(code);

/** The losses of one entry. */
class Report {
  readonly hasType: boolean;
  readonly #fields = new Set<string>();
  readonly #values: readonly string[];
  readonly #words: ReadonlySet<string>;

  constructor({ source }: Reference, losses: readonly Loss[]) {
    this.hasType = losses.some(loss => loss.reason === 'type');
    for (const { field } of losses) {
      const name = field.toLowerCase();
      this.#fields.add(name).add(canonicalFieldName(name));
      if (/^(?:year|month|day)$/u.test(name)) this.#fields.add('date');
      for (const one of source.fields) {
        if (one.name === field && one.field !== undefined) this.#fields.add(one.field);
      }
    }
    this.#values = losses.map(loss => ` ${words(loss.value)} `);
    this.#words = new Set(losses.flatMap(loss => [...wordsOf(loss.value), ...wordsOf(plainTex(loss.value))]));
  }

  has(field: string): boolean {
    const name = field.replace(/\+\d+$/u, '');
    return this.#fields.has(field) || this.#fields.has(name) || this.#fields.has(canonicalFieldName(name));
  }

  /** Whether a loss, whatever the source calls its field, has the value of a fact. */
  says(fact: Fact): boolean {
    const text = ` ${words(fact.kind === 'name' ? sortedName(fact.name) : fact.text)} `;
    return this.#values.some(value =>
      text.trim().length > 3 || text.trim().includes(' ') ? value.includes(text) : value === text,
    );
  }

  /** Whether every word of a text is in the output or in the value of a loss. */
  hasWordsOf(text: string, evidence: Evidence): boolean {
    return wordsOf(bareDoi(withoutLabels(text))).every(
      word => this.#words.has(word) || evidence.hasWord(word) || isGlue(word),
    );
  }
}

/** Whether a language is the other one, or a variety of it. */
function isLanguage(one: string, other: string): boolean {
  const [tag, expected] = [languageTag(one), languageTag(other)];
  return one === other || (tag !== undefined && (tag === expected || tag.startsWith(`${expected ?? '?'}-`)));
}

const textsOf = (value: Value): string[] =>
  value.kind === 'names'
    ? value.names.map(fullName)
    : value.kind === 'list' || value.kind === 'keywords'
      ? [...value.items, valueText(value)]
      : value.kind === 'date'
        ? [valueText(value)]
        : [value.text];

const outputTexts = ({ text, reference }: Located, to: Format): string[] =>
  /^bib/u.test(to.name) ? [text] : leavesOf(text, reference, to.name).map(leaf => leaf.text);

const oneBlank = (text: string): string => text.replace(/\s+/gu, ' ').trim();

/** Letters and digits in lower case, parted by single blanks. */
const words = (text: string): string => wordsOf(text).join(' ');

const wordsOf = (text: string): string[] =>
  withoutMarkup(text)
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu)
    ?.map(withoutZeros) ?? [];

/** Words between values, names of the parts of a name, and months and seasons, which other notations have as numbers. */
const isGlue = (word: string): boolean =>
  /^(?:and|others|given|family|prefix|suffix|useprefix|true|false)$/u.test(word) ||
  monthNumber(word) !== undefined ||
  seasonNumber(word) !== undefined;

const withoutZeros = (word: string): string => word.replace(/^0+(?=\d)/u, '');

const sortedWords = (text: string): string => wordsOf(text).sort().join(' ');
