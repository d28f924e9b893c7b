import { append } from '../base/append.ts';
import { fieldKind } from '../data/fields.ts';
import { formatEdtf } from '../model/date.ts';
import type { Name, NameList } from '../model/name.ts';
import type { Value } from '../model/reference.ts';
import { risText } from './risValue.ts';

/** A line of a record: its tag, and its value as it stands in the file, continuation lines included. */
export interface TagLine {
  readonly tag: string;
  readonly text: string;
}

/** A line with its place in the record. */
export interface NumberedTagLine extends TagLine {
  readonly index: number;
}

/** What a record says. */
export interface RecordReading {
  readonly type: string;
  readonly fields: ReadonlyMap<string, Value>;
  /** For each field the numbers of the lines it came from. */
  readonly origins: ReadonlyMap<string, readonly number[]>;
}

/** The fields of a record while it is read, and from which lines they came. A value that does not fit is kept under its tag. */
export class RecordDraft {
  readonly fields = new Map<string, Value>();
  readonly origins = new Map<string, number[]>();
  readonly #prefix: string;
  /** How often each tag is kept already. */
  readonly #kept = new Map<string, number>();
  readonly #items = new Map<string, string[]>();
  readonly #names = new Map<string, Name[]>();
  readonly #parts = new Map<string, { readonly separator: string; readonly texts: Set<string> }>();

  /** `prefix` is the name of the format, as it stands before the tag of a kept value: `pubmed-own`. */
  constructor(prefix: string) {
    this.#prefix = prefix;
  }

  has(field: string): boolean {
    return this.fields.has(field);
  }

  set(field: string, value: Value, line: NumberedTagLine): void {
    this.fields.set(field, value);
    this.addOrigin(field, line);
  }

  /** Notes that a line says what the field already holds. */
  addOrigin(field: string, line: NumberedTagLine): void {
    const origins = this.origins.get(field);
    if (origins === undefined) {
      this.origins.set(field, [line.index]);
    } else if (origins.at(-1) !== line.index) {
      origins.push(line.index);
    }
  }

  /** Sets a field that has one value; an equal one is the same, another one is kept under its tag. */
  addOnce(field: string, value: Value, line: NumberedTagLine): void {
    const known = this.fields.get(field);
    if (known === undefined) {
      this.set(field, value, line);
    } else if (sameValue(known, value)) {
      this.addOrigin(field, line);
    } else {
      this.keep(line);
    }
  }

  /** Adds a text to a field by the kind of that field; notes become paragraphs. */
  addText(field: string, text: string, line: NumberedTagLine): void {
    const kind = fieldKind(field);
    if (field === 'note') {
      const known = this.fields.get(field);
      this.set(field, { kind: 'text', text: known?.kind === 'text' ? `${known.text}\n\n${text}` : text }, line);
    } else if (kind === 'list' || kind === 'keywords') {
      this.addItems(field, kind, [text], line);
    } else {
      this.addOnce(field, { kind: kind === 'verbatim' ? 'verbatim' : 'text', text }, line);
    }
  }

  addItems(field: string, kind: 'list' | 'keywords', items: readonly string[], line: NumberedTagLine): void {
    const all = this.#grown(this.#items, field);
    append(all, items);
    this.set(field, { kind, items: all }, line);
  }

  /** Adds a part to a text that lists several, each of them once. */
  addPart(field: string, part: string, separator: string, line: NumberedTagLine): void {
    const parts = this.#parts.get(field) ?? { separator, texts: new Set<string>() };
    parts.texts.add(part);
    this.#parts.set(field, parts);
    this.set(field, { kind: 'text', text: '' }, line);
  }

  addNames(field: string, list: NameList, line: NumberedTagLine): void {
    const known = this.fields.get(field);
    const names = this.#grown(this.#names, field);
    append(names, list.names);
    this.set(field, { kind: 'names', names, others: list.others || (known?.kind === 'names' && known.others) }, line);
  }

  /** The list of a field, which grows in place. */
  #grown<Item>(lists: Map<string, Item[]>, field: string): Item[] {
    const list = lists.get(field) ?? [];
    lists.set(field, list);
    return list;
  }

  /** Keeps a value that has no field, and tells under which name: `pubmed-own`, a second one `pubmed-own-2`. */
  keep(line: NumberedTagLine): string {
    const base = `${this.#prefix}-${line.tag.toLowerCase()}`;
    const count = (this.#kept.get(base) ?? 0) + 1;
    this.#kept.set(base, count);
    const field = count === 1 ? base : `${base}-${count}`;
    this.set(field, { kind: 'text', text: risText(line.text) }, line);
    return field;
  }

  /** The fields in the order of the lines they came from. */
  reading(type: string): RecordReading {
    for (const [field, { separator, texts }] of this.#parts) {
      this.fields.set(field, { kind: 'text', text: [...texts].join(separator) });
    }
    const first = (field: string): number => this.origins.get(field)?.[0] ?? -1;
    return {
      type,
      fields: new Map([...this.fields].sort(([a], [b]) => first(a) - first(b))),
      origins: this.origins,
    };
  }
}

/** Whether two values of a field say the same, whatever order their parts were put together in. */
export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && said(a) === said(b));

function said(value: Value): string {
  switch (value.kind) {
    case 'names':
      return JSON.stringify([
        value.others,
        ...value.names.map(name =>
          'literal' in name ? name.literal : [name.family, name.given, name.prefix, name.suffix, name.useprefix],
        ),
      ]);
    case 'date':
      return JSON.stringify(['date', formatEdtf({ ...value.date, literal: '' }), value.date.literal]);
    case 'list':
    case 'keywords':
      return JSON.stringify([value.kind, ...value.items]);
    default:
      return `${value.kind} ${value.text}`;
  }
}

/** The tag of a field that keeps one in a format: `pubmed-own`, `pubmed-own-2`. */
export function keptTag(field: string, prefix: string): string | undefined {
  const match = /^([a-z]+)-([a-z0-9]+)(?:-\d+)?$/u.exec(field);
  return match?.[1] === prefix ? match[2]?.toUpperCase() : undefined;
}
