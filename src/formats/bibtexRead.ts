import { atOnce } from '../base/atOnce.ts';
import { canonicalFieldName, fieldKind } from '../data/fields.ts';
import { monthMacros, monthNames } from '../data/months.ts';
import { canonicalType } from '../data/types.ts';
import { nameOptions } from '../model/bibtexName.ts';
import { dateFromParts } from '../model/date.ts';
import type { Reference, SourceField, Value } from '../model/reference.ts';
import type { BibtexEntries } from '../syntax/bibtex.ts';
import { BlockKind, keySpan } from '../syntax/bibtex.ts';
import { FieldReader } from '../syntax/bibtexFields.ts';
import { plainTex } from '../syntax/tex.ts';
import { detached } from '../text/detached.ts';
import type { FileText } from '../text/fileText.ts';
import { slice } from '../text/span.ts';
import type { FormatName } from './format.ts';
import { inheritFrom, inheritPlain } from './bibtexInheritance.ts';
import { typeField } from './bibtexDialect.ts';
import { recordInField } from './bibtexRecord.ts';
import type { FoldedRecord } from './carried.ts';
import { expandValue, needsMacros, readTexValue } from './bibtexValue.ts';

/** The references of one text, read when asked for; its strings and its list of keys are built at most once. */
export class BibtexReader {
  readonly #text: FileText;
  readonly #entries: BibtexEntries;
  readonly #fields: FieldReader;
  #strings: Map<string, string> | undefined;
  #byKey: KnownKeys | undefined;

  constructor(text: FileText, entries: BibtexEntries) {
    this.#text = text;
    this.#entries = entries;
    this.#fields = new FieldReader(text);
  }

  /** A reader of the text as it is after an edit that touched no `@string`. */
  following(text: FileText, entries: BibtexEntries): BibtexReader {
    const reader = new BibtexReader(text, entries);
    reader.#strings = this.#strings;
    return reader;
  }

  /** The reference with everything it inherits. */
  read(entry: number, format: FormatName): Reference {
    const own = this.#readOwn(entry, format);
    if (!own.fields.has('crossref') && !own.fields.has('xdata')) {
      return own;
    }
    const found = new Set<string>();
    const fields = this.#inherit(own, found);
    if (found.size === 0) {
      return own;
    }
    const inherited = new Set([...fields.keys()].filter(name => !own.fields.has(name) || found.has(name)));
    return { ...own, fields, inherited };
  }

  /** The macros of the text: months first, then what `@string` defines; the last definition counts. */
  macro(name: string): string | undefined {
    return (this.#strings ??= this.#readStrings()).get(name);
  }

  #readStrings(): Map<string, string> {
    const strings = new Map<string, string>(monthMacros.map((macro, index) => [macro, monthNames[index] ?? '']));
    const { blocks } = this.#entries;
    const lookUp = (name: string): string | undefined => strings.get(name);
    // A reader of its own: strings are first asked for in the middle of an entry.
    const reader = new FieldReader(this.#text);
    for (const block of blocks.blocksOfKind(BlockKind.string)) {
      const name = slice(this.#text, keySpan(blocks, block)).toLowerCase();
      reader.enterBlock(blocks, block);
      if (reader.next()) {
        const value = expandValue(reader.text.slice(reader.valueStart, reader.valueEnd), lookUp);
        strings.set(detached(name), detached(value));
      }
    }
    return strings;
  }

  #readOwn(entry: number, format: FormatName): Reference {
    const written = this.#entries.type(entry);
    const { type, typeField: impliedType } = canonicalType(written);
    const collector = new FieldCollector(name => this.macro(name));
    this.#fields.enterBlock(this.#entries.blocks, this.#entries.blockOf(entry));
    while (this.#fields.next()) {
      const { text, nameStart, nameEnd, valueStart, valueEnd } = this.#fields;
      collector.add(text.slice(nameStart, nameEnd), text.slice(valueStart, valueEnd));
    }
    const fields = collector.finish();
    const hidden = fields.get(typeField);
    if (hidden?.kind === 'text') {
      fields.delete(typeField);
    } else if (impliedType !== undefined && !fields.has('type')) {
      fields.set('type', { kind: 'text', text: impliedType });
    }
    return {
      key: this.#entries.key(entry),
      type: hidden?.kind === 'text' ? canonicalType(hidden.text).type : type,
      fields,
      source: { format, type: written, fields: collector.source },
      ...(collector.record !== undefined && { record: collector.record(fields) }),
    };
  }

  /** Parents first: the fields of `crossref` parents and `xdata` containers, as far as they exist and are no circle. Names in `found` which there are. */
  #inherit(own: Reference, found: Set<string>): Map<string, Value> {
    const chain: Reference[] = [own];
    const seen = new Set<string>([own.key]);
    for (let current: Reference | undefined = own; current !== undefined && chain.length <= mostParents;) {
      current = this.#parent(current, 'crossref', seen);
      if (current !== undefined) {
        found.add('crossref');
        chain.push(current);
      }
    }
    let fields: Map<string, Value> | undefined;
    let type = '';
    for (const reference of chain.reverse()) {
      const complete = this.#withData(reference, found);
      fields =
        fields === undefined ? complete : inheritFrom({ type, fields }, { type: reference.type, fields: complete });
      type = reference.type;
    }
    return fields ?? new Map<string, Value>();
  }

  /** The fields of an entry and of all data containers it names, directly or through another container. */
  #withData(reference: Reference, found: Set<string>): Map<string, Value> {
    const seen = new Set<string>([reference.key]);
    let fields = new Map(reference.fields);
    const waiting: Reference[] = [reference];
    for (let current = waiting.pop(); current !== undefined; current = waiting.pop()) {
      for (const key of keysOf(current, 'xdata')) {
        const container = seen.has(key) || seen.size > mostParents ? undefined : this.#named(key);
        if (container !== undefined) {
          seen.add(key);
          found.add('xdata');
          fields = inheritPlain(container.fields, fields);
          waiting.push(container);
        }
      }
    }
    return fields;
  }

  #parent(reference: Reference, field: string, seen: Set<string>): Reference | undefined {
    const [key] = keysOf(reference, field);
    if (key === undefined || seen.has(key)) {
      return undefined;
    }
    seen.add(key);
    return this.#named(key);
  }

  #named(key: string): Reference | undefined {
    this.#byKey ??= atOnce(this.#readKeys());
    const folded = key.toLowerCase();
    const entry = this.#byKey.written.get(key) ?? this.#byKey.written.get(folded) ?? this.#byKey.folded.get(folded);
    return entry === undefined ? undefined : this.#readOwn(entry, 'biblatex');
  }

  /** Looks for parents once ahead, in steps, so that the first entry that has one need not wait for all keys. */
  *preparing(): Generator<undefined, void> {
    for (let at = 0; at < this.#text.length; at += partLength) {
      if (/crossref|xdata/iu.test(this.#text.slice(at, at + partLength))) {
        this.#byKey ??= yield* this.#readKeys();
        return;
      }
      yield;
    }
  }

  /** Keys as written win over keys that differ in case; the first of several entries wins. */
  *#readKeys(): Generator<undefined, KnownKeys> {
    const written = new Map<string, number>();
    const folded = new Map<string, number>();
    for (let entry = 0; entry < this.#entries.entryCount; entry++) {
      const key = this.#entries.key(entry);
      if (!written.has(key)) written.set(key, entry);
      const lower = key.toLowerCase();
      if (lower !== key && !folded.has(lower)) folded.set(lower, entry);
      if (entry % keysPerStep === 0) yield;
    }
    return { written, folded };
  }
}

/** The first entry with each key, as written and in small letters. */
interface KnownKeys {
  readonly written: ReadonlyMap<string, number>;
  readonly folded: ReadonlyMap<string, number>;
}

/** Characters looked through, and keys looked up, in one step. */
const partLength = 1 << 19;
const keysPerStep = 1024;

/** A longer chain is no library: to read all its entries would cost the square of its length. */
const mostParents = 50;

const keysOf = (reference: Reference, field: string): string[] => {
  const value = reference.fields.get(field);
  return value?.kind === 'verbatim'
    ? value.text
        .split(',')
        .map(key => key.trim())
        .filter(key => key !== '')
    : [];
};

const dateParts = new Set(['year', 'month', 'day']);

/** Turns written fields into values, in order. The first of two fields of one name wins, as in BibTeX; the second keeps its text. */
class FieldCollector {
  readonly source: SourceField[] = [];
  /** A record of another format, which is no value of the entry. */
  record: FoldedRecord | undefined;
  readonly #macros: (name: string) => string | undefined;
  readonly #fields = new Map<string, Value>();
  readonly #dates = new Map<string, string>();
  /** By field: the number that the next of its name may get. */
  readonly #counts = new Map<string, number>();

  constructor(macros: (name: string) => string | undefined) {
    this.#macros = macros;
  }

  add(name: string, text: string): void {
    const tex = expandValue(text, this.#macros);
    this.source.push(needsMacros(text) ? { name, text, expanded: tex } : { name, text });
    const lower = name.toLowerCase();
    if (this.record === undefined) {
      this.record = recordInField(lower, text);
      if (this.record !== undefined) {
        return;
      }
    }
    if (dateParts.has(lower) && !this.#dates.has(lower)) {
      this.#dates.set(lower, plainTex(tex));
      // Keeps the place among the fields.
      if (!this.#fields.has('date')) {
        this.#fields.set('date', { kind: 'date', date: {} });
      }
      return;
    }
    if (lower === 'pmid' && !this.#fields.has('eprint') && !this.#fields.has('eprinttype')) {
      this.#fields.set('eprinttype', { kind: 'text', text: 'pubmed' });
      this.#fields.set('eprint', { kind: 'verbatim', text: plainTex(tex) });
      return;
    }
    this.#put(lower, canonicalFieldName(lower), tex);
  }

  #put(written: string, field: string, tex: string): void {
    const before = this.#fields.get(field);
    if (tex.includes('=') && fieldKind(field) === 'names') {
      this.#putOptions(field, tex);
    }
    const isPlace = before?.kind === 'date' && before.date.start === undefined && before.date.literal === undefined;
    if (before === undefined || isPlace) {
      const value = readTexValue(field, tex);
      if (!isEmpty(value)) {
        this.#fields.set(field, value);
      }
      return;
    }
    const value = readTexValue(field, tex);
    if (isEmpty(value) || JSON.stringify(value) === JSON.stringify(before)) {
      return;
    }
    let name = written === field ? `${field}+2` : written;
    let count = this.#counts.get(field) ?? 3;
    for (; this.#fields.has(name); count++) {
      name = `${field}+${String(count)}`;
    }
    this.#counts.set(field, count);
    this.#fields.set(name, readTexValue(name, tex));
  }

  /** What BibLaTeX is told about single names stands beside them. */
  #putOptions(field: string, tex: string): void {
    const options = nameOptions(tex).map(plainTex).join(', ');
    if (options !== '') {
      this.#fields.set(`${field}+options`, { kind: 'text', text: options });
    }
  }

  /** Puts year, month and day together, unless there is a `date`: then they are kept as they are. */
  finish(): Map<string, Value> {
    this.#placeEvent();
    const date = this.#fields.get('date');
    const [year = '', month = '', day = ''] = ['year', 'month', 'day'].map(name => this.#dates.get(name));
    if (date?.kind !== 'date') {
      return this.#fields;
    }
    if (date.date.start !== undefined || date.date.literal !== undefined) {
      for (const [name, text] of this.#dates) {
        if (!says(date.date, name, text)) {
          this.#fields.set(name, { kind: 'text', text });
        }
      }
      return this.#fields;
    }
    const value: Value = { kind: 'date', date: dateFromParts(year, month, day) };
    if (isEmpty(value)) {
      this.#fields.delete('date');
    } else {
      this.#fields.set('date', value);
    }
    return this.#fields;
  }

  /** Publishers of proceedings have the publisher's place in `address` and that of the conference in `location`. */
  #placeEvent(): void {
    if (this.#fields.has('venue')) {
      return;
    }
    const location = this.#fields.get('location');
    const address = this.#fields.get('address');
    const second = this.#fields.get('location+2');
    if (location !== undefined && address !== undefined) {
      this.#fields.set('venue', location).set('location', address).delete('address');
    } else if (second !== undefined && this.source.some(field => field.name.toLowerCase() === 'address')) {
      this.#fields.set('venue', second).delete('location+2');
    }
  }
}

/** Whether a date already says what `year`, `month` or `day` says. */
function says(date: { readonly start?: unknown }, name: string, text: string): boolean {
  const point = date.start as Readonly<Record<string, unknown>> | undefined;
  if (typeof point !== 'object') {
    return false;
  }
  const parts = dateFromParts(
    name === 'year' ? text : '2000',
    name === 'month' ? text : name === 'day' ? '1' : '',
    name === 'day' ? text : '',
  );
  const read = parts.start as Readonly<Record<string, unknown>> | undefined;
  return (
    parts.literal === undefined &&
    parts.end === undefined &&
    read !== undefined &&
    read[name] !== undefined &&
    read[name] === point[name]
  );
}

const isEmpty = (value: Value): boolean =>
  value.kind === 'names'
    ? value.names.length === 0 && !value.others
    : value.kind === 'date'
      ? value.date.start === undefined && value.date.literal === undefined
      : value.kind === 'text' || value.kind === 'verbatim'
        ? value.text === ''
        : value.items.length === 0;
