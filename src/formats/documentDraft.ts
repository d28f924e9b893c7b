import { append } from '../base/append.ts';
import { fieldKind } from '../data/fields.ts';
import { babelName, languageTag } from '../data/languages.ts';
import { typeKeys } from '../data/types.ts';
import { formatEdtf, parseDate } from '../model/date.ts';
import { valueText } from '../model/describe.ts';
import { makeCitationKey, uniqueKeys } from '../model/citationKey.ts';
import { isSameName } from '../model/name.ts';
import type { Reference, SourceField, Value } from '../model/reference.ts';
import type { Span } from '../text/span.ts';
import { FieldBag, markupText, narrowing } from './fieldBag.ts';
import { yamlProblem } from '../syntax/yaml.ts';
import type { Blocks, FormatProblem } from './format.ts';
import type { Loss } from './loss.ts';

/** The fields of a reference while a structured document (YAML, XML) is read. What has no field is kept under its own name behind the format's. */
export class DocumentDraft {
  readonly fields = new Map<string, Value>();
  readonly #prefix: string;
  /** Lists of this draft's own, which grow in place. */
  readonly #grown = new WeakSet<object>();
  /** How many values are kept under a name. */
  readonly #kept = new Map<string, number>();

  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  /** Sets a field by its kind. A field that has another value already keeps it, and this one stands under its own name. */
  put(field: string, text: string, member = field): void {
    const clean = text.trim();
    if (clean === '') {
      return;
    }
    const kind = fieldKind(field);
    const value: Value =
      kind === 'verbatim'
        ? { kind, text: clean }
        : kind === 'list'
          ? { kind, items: clean.split(/;\s/u).map(item => item.trim()) }
          : kind === 'keywords'
            ? { kind, items: clean.split(/[;,]\s*/u).filter(item => item !== '') }
            : kind === 'names'
              ? { kind, names: [{ literal: clean }], others: false }
              : kind === 'date'
                ? { kind, date: parseDate(clean) }
                : { kind: 'text', text: clean };
    this.set(field, value, member);
  }

  set(field: string, value: Value, member = field): void {
    const before = this.fields.get(field);
    if (before === undefined) {
      this.fields.set(field, value);
    } else if (before.kind === 'names' && value.kind === 'names') {
      this.fields.set(field, { ...before, names: this.#joined(before.names, value.names) });
    } else if (!isSame(field, before, value)) {
      this.keep(member, valueText(value));
    }
  }

  addKeywords(items: readonly string[]): void {
    const before = this.fields.get('keywords');
    // The field stands where its last words stood.
    this.fields.delete('keywords');
    const known = before?.kind === 'keywords' ? before.items : [];
    this.set('keywords', { kind: 'keywords', items: this.#joined(known, items) });
  }

  #joined<Item>(known: readonly Item[], more: readonly Item[]): Item[] {
    const list = this.#grown.has(known) ? (known as Item[]) : [...known];
    this.#grown.add(list);
    append(list, more);
    return list;
  }

  /** Keeps a value that no field is meant for. */
  keep(member: string, text: string): void {
    if (text.trim() === '') {
      return;
    }
    const base = `${this.#prefix}-${member.toLowerCase().replace(/[^a-z0-9]+/gu, '-')}`;
    let count = this.#kept.get(base) ?? 1;
    let name = numbered(base, count);
    while (this.fields.has(name) && count < mostOfOneName) {
      name = numbered(base, ++count);
    }
    this.#kept.set(base, count);
    const before = this.fields.get(name);
    const known = before?.kind === 'text' ? `${before.text}\n` : '';
    this.fields.set(name, { kind: 'text', text: known + text });
  }

  putLanguage(text: string): void {
    const babel = babelName(text);
    if (babel !== undefined && languageTag(babel) === languageTag(text)) {
      this.set('langid', { kind: 'text', text: babel }, 'language');
    } else {
      this.put('language', text);
    }
  }

  putType(text: string, member = 'type'): void {
    const key = Object.entries(typeKeys).find(([, name]) => name.toLowerCase() === text.toLowerCase())?.[0];
    this.put('type', key ?? text, member);
  }

  /** A page range, its ends joined by an en dash. */
  putPages(text: string, member = 'pages'): void {
    this.put('pages', text.replace(/(?<=[\p{L}\d])\s?-{1,2}\s?(?=[\p{L}\d])/gu, '–'), member);
  }

  text(field: string): string | undefined {
    const value = this.fields.get(field);
    return value === undefined ? undefined : valueText(value);
  }
}

const numbered = (base: string, count: number): string => (count === 1 ? base : `${base}-${String(count)}`);

/** Further ones stand in the last. */
const mostOfOneName = 1000;

/** Titles with what these formats have only as part of them. */
const joins: Readonly<Record<string, readonly [subtitle: string, addon: string]>> = {
  title: ['subtitle', 'titleaddon'],
  journaltitle: ['journalsubtitle', 'journaltitleaddon'],
  booktitle: ['booksubtitle', 'booktitleaddon'],
  maintitle: ['mainsubtitle', 'maintitleaddon'],
  eventtitle: ['', 'eventtitleaddon'],
};

/** A reference whose subtitles and additions stand behind their titles: "Title: Subtitle. Addition". */
export function withJoinedTitles(reference: Reference): Reference {
  const fields = new Map(reference.fields);
  for (const [title, [subtitle, addon]] of Object.entries(joins)) {
    const [first, second, third] = [title, subtitle, addon].map(name => {
      const value = reference.fields.get(name);
      return value === undefined ? undefined : markupText(value);
    });
    if (second !== undefined || third !== undefined) {
      const head = [first, second].filter(text => text !== undefined).join(': ');
      fields.delete(subtitle);
      fields.delete(addon);
      fields.set(title, { kind: 'text', text: third === undefined ? head : head === '' ? third : `${head}. ${third}` });
    }
  }
  return { ...reference, fields };
}

/**
 * The values of a reference that come back differently, or not at all, when what was written with joined titles is read: its
 * losses.
 */
export function lossesAgainst(reference: Reference, back: Pick<Reference, 'key' | 'type' | 'fields'>): Loss[] {
  const bag = new FieldBag(reference);
  if (back.type !== reference.type) {
    const value = reference.source.type || reference.type;
    bag.losses.push({ key: reference.key, field: 'type', value, reason: 'type' });
  }
  if (back.key !== reference.key && reference.key !== '') {
    const reason = back.key === '' ? 'no-slot' : 'narrowed';
    bag.losses.push({ key: reference.key, field: 'key', value: reference.key, reason });
  }
  for (const [name, value] of withJoinedTitles(reference).fields) {
    const found = back.fields.get(name);
    if (found === undefined || !isSame(name, found, value)) {
      for (const part of [name, ...(Object.hasOwn(joins, name) ? (joins[name] ?? []) : [])]) {
        bag.lose(part, found === undefined ? 'no-slot' : narrowing(value, found));
      }
    }
  }
  return bag.losses;
}

/** Whether two values say the same, whatever kind of text they are. A long value differs from a short one at once: many may be compared with it. */
function isSame(name: string, a: Value, b: Value): boolean {
  if (isText(a) || isText(b)) {
    return isText(a) && isText(b) && (a.text === b.text || (name === 'pages' && isSameRange(a.text, b.text)));
  }
  if (a.kind === 'names') {
    return b.kind === 'names' && a.others === b.others && isSameList(a.names, b.names, isSameName);
  }
  if (a.kind === 'date') {
    return b.kind === 'date' && a.date.literal === b.date.literal && formatEdtf(a.date) === formatEdtf(b.date);
  }
  return b.kind !== 'names' && b.kind !== 'date' && isSameList(a.items, b.items, Object.is);
}

const isText = (value: Value): value is Extract<Value, { readonly text: string }> => 'text' in value;

const isSameList = <Item>(a: readonly Item[], b: readonly Item[], isSameItem: (a: Item, b: Item) => boolean): boolean =>
  a.length === b.length && a.every((item, at) => b[at] !== undefined && isSameItem(item, b[at]));

/** Programs write the dash of a range in one, two or three strokes. */
const isSameRange = (a: string, b: string): boolean =>
  Math.max(a.length, b.length) < longestRange && a.replace(dashes, '-') === b.replace(dashes, '-');

const dashes = /[-–—]{1,3}/gu;
const longestRange = 1000;

/** Blocks of a document whose entries are found by their places. */
export interface DocumentEntry {
  readonly span: Span;
  readonly key: string;
  readonly keySpan: Span;
  readonly type: string;
}

export const documentBlocks = (entries: readonly DocumentEntry[]): Blocks => ({
  entryCount: entries.length,
  entrySpan: entry => entries[entry]?.span ?? { start: 0, end: 0 },
  key: entry => entries[entry]?.key ?? '',
  keySpan: entry => entries[entry]?.keySpan ?? { start: 0, end: 0 },
  type: entry => entries[entry]?.type ?? '',
});

/** Blocks of a format in which entries may lack a key: it is made from author, year and title when somebody asks for it. */
export function blocksWithMadeKeys(entries: readonly DocumentEntry[], read: (entry: number) => Reference): Blocks {
  const blocks = documentBlocks(entries);
  let keys: readonly string[] | undefined;
  const made = (): readonly string[] =>
    uniqueKeys(entries.map((one, entry) => (one.key === '' ? makeCitationKey(read(entry)) : one.key)));
  return {
    ...blocks,
    writtenKey: entry => blocks.key(entry),
    key: entry => {
      const own = blocks.key(entry);
      if (own !== '') {
        return own;
      }
      keys ??= made();
      return keys[entry] ?? '';
    },
  };
}

/** Where an entry is no YAML. */
export function brokenYaml(text: string, entry: Span): FormatProblem[] {
  const span = yamlProblem(text, entry);
  return span === undefined ? [] : [{ code: 'broken-yaml', span }];
}

/** Members of a document as they are told in a report. */
export const sourceFieldsOf = (
  members: Readonly<Record<string, unknown>>,
  except: ReadonlySet<string>,
): SourceField[] =>
  Object.entries(members)
    .filter(([name]) => !except.has(name))
    .map(([name, value]) => ({ name, text: typeof value === 'string' ? value : JSON.stringify(value) }));
