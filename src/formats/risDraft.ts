import { fieldKind } from '../data/fields.ts';
import { typeKeys } from '../data/types.ts';
import { parseSortedName, sortedName } from '../model/name.ts';
import type { Name } from '../model/name.ts';
import type { Value } from '../model/reference.ts';
import { parseRisDate } from './risDate.ts';
import type { RisLine } from './risLines.ts';
import { doiIn, risText } from './risValue.ts';

/** A line with its place in the record. */
export interface NumberedLine extends RisLine {
  readonly index: number;
}

/** So many are searched through faster than looked up. */
const fewOrigins = 20;

/** The fields of a record while it is read, and from which lines they came. A value that does not fit is kept under its tag. */
export class RisDraft {
  readonly fields = new Map<string, Value>();
  readonly origins = new Map<string, number[]>();
  // A record may have any number of lines with one tag: what a field has already is looked up, not searched for.
  readonly #originsSeen = new WeakMap<readonly number[], Set<number>>();
  readonly #namesSeen = new WeakMap<readonly Name[], SeenNames>();
  readonly #itemsSeen = new WeakMap<readonly string[], Set<string>>();
  readonly #kept = new Map<string, number>();

  has(field: string): boolean {
    return this.fields.has(field);
  }

  /** A text field's value. */
  text(field: string): string | undefined {
    const value = this.fields.get(field);
    return value?.kind === 'text' || value?.kind === 'verbatim' ? value.text : undefined;
  }

  set(field: string, value: Value, line?: NumberedLine): void {
    this.fields.set(field, value);
    if (line !== undefined) {
      this.addOrigin(field, line);
    }
  }

  setText(field: string, text: string): void {
    this.fields.set(field, { kind: 'text', text });
  }

  /** Notes that a line says what the field already holds. */
  addOrigin(field: string, line: NumberedLine): void {
    const origins = this.origins.get(field);
    if (origins === undefined) {
      this.origins.set(field, [line.index]);
      return;
    }
    if (origins.length < fewOrigins) {
      if (!origins.includes(line.index)) origins.push(line.index);
      return;
    }
    const seen = this.#originsSeen.get(origins) ?? new Set(origins);
    this.#originsSeen.set(origins, seen);
    if (!seen.has(line.index)) origins.push(line.index);
    seen.add(line.index);
  }

  /** Replaces a field by another one that came from the same lines. */
  replace(from: string, to: string, value: Value | undefined): void {
    const origins = this.origins.get(from) ?? [];
    this.fields.delete(from);
    this.origins.delete(from);
    this.origins.set(to, [...(this.origins.get(to) ?? []), ...origins]);
    if (value !== undefined) {
      this.fields.set(to, value);
    }
  }

  /** Adds the value of a line to a field; undefined: no field is meant for it. */
  add(field: string | undefined, line: NumberedLine): void {
    if (field === undefined) {
      this.keep(line);
      return;
    }
    switch (fieldKind(field)) {
      case 'names':
        this.#addName(field, line);
        return;
      case 'list':
        this.#addItems(field, 'list', risText(line.text).split(/;\s/u), line);
        return;
      case 'keywords':
        // A comma belongs to the keyword: "Models, Animal".
        this.#addItems(field, 'keywords', line.text.split(/[;\r\n]/u).map(risText), line);
        return;
      case 'date':
        this.addOnce(field, { kind: 'date', date: parseRisDate(risText(line.text)) }, line);
        return;
      default:
        this.#addText(field, line);
    }
  }

  /** Sets a field that has one value; an equal one is the same, another one is kept under its tag. */
  addOnce(field: string, value: Value, line: NumberedLine): void {
    const known = this.fields.get(field);
    if (known === undefined) {
      this.set(field, value, line);
    } else if (isSame(known, value)) {
      this.addOrigin(field, line);
    } else if (field === 'abstract' && known.kind === 'text' && value.kind === 'text') {
      // Two abstracts: the longer one is it, the other one a note (AB was a note in 2001).
      const [longer, other] = value.text.length > known.text.length ? [value, known] : [known, value];
      this.set('abstract', longer, line);
      this.#addParagraph('note', other.text, line);
    } else {
      this.keep(line);
    }
  }

  /** Keeps a value that has no field: `ris-c1`, a second one `ris-c1-2`. */
  keep(line: RisLine & { readonly index: number }): void {
    const base = `ris-${line.tag.toLowerCase()}`;
    let count = this.#kept.get(base) ?? 1;
    const name = () => (count === 1 ? base : `${base}-${count}`);
    while (this.fields.has(name())) count++;
    const field = name();
    this.#kept.set(base, count);
    this.set(field, { kind: 'text', text: risText(line.text) }, line);
  }

  #addText(field: string, line: NumberedLine): void {
    if (field === 'note' || field === 'annotation') {
      this.#addParagraph(field, risText(line.text), line);
      return;
    }
    const isVerbatim = fieldKind(field) === 'verbatim';
    const clean = isVerbatim && field !== 'doi' ? line.text.trim() : risText(line.text);
    const text = field === 'doi' ? (doiIn(clean) ?? clean) : field === 'type' ? typeKey(clean) : clean;
    this.addOnce(field, { kind: isVerbatim ? 'verbatim' : 'text', text }, line);
  }

  /** Distinct notes stay distinct: one paragraph each. */
  #addParagraph(field: string, text: string, line: NumberedLine): void {
    const known = this.text(field);
    this.set(field, { kind: 'text', text: known === undefined ? text : `${known}\n\n${text}` }, line);
  }

  #addName(field: string, line: NumberedLine): void {
    const text = risText(line.text);
    const clean = /\s\s|[^\S ]/u.test(text) ? text.replace(/\s+/gu, ' ') : text;
    const known = this.fields.get(field);
    const { names, others } = known?.kind === 'names' ? known : { names: [], others: false };
    if (/^(?:et\.? al\.?|and others|others)$/iu.test(clean)) {
      this.set(field, { kind: 'names', names, others: true }, line);
      return;
    }
    const name = parseSortedName(clean);
    let seen = this.#namesSeen.get(names);
    if (seen === undefined) {
      seen = { list: [...names], tag: line.tag };
      this.#namesSeen.set(seen.list, seen);
    }
    // Careful programs repeat the names of A2 or A3 in ED.
    if (seen.sorted === undefined && seen.tag !== line.tag) seen.sorted = new Set(seen.list.map(sortedName));
    const sorted = seen.sorted && sortedName(name);
    if (sorted === undefined || seen.sorted?.has(sorted) !== true) {
      seen.list.push(name);
      if (sorted !== undefined) seen.sorted?.add(sorted);
    }
    this.set(field, { kind: 'names', names: seen.list, others }, line);
  }

  #addItems(field: string, kind: 'list' | 'keywords', items: readonly string[], line: NumberedLine): void {
    const known = this.fields.get(field);
    const before = known?.kind === kind ? known.items : [];
    const list = this.#itemsSeen.has(before) ? (before as string[]) : [...before];
    const seen = this.#itemsSeen.get(list) ?? new Set(list);
    this.#itemsSeen.set(list, seen);
    // What stood before this line: an item that it names twice is there twice.
    const fresh = items
      .map(item => item.trim())
      .filter(item => item !== '' && (kind === 'keywords' || !seen.has(item)));
    for (const item of fresh) {
      list.push(item);
      seen.add(item);
    }
    this.set(field, { kind, items: list }, line);
  }
}

interface SeenNames {
  /** The names of the field so far; grows in place. */
  readonly list: Name[];
  /** The first tag that they came from. */
  readonly tag: string;
  /** How they are sorted; only where they came from several tags. */
  sorted?: Set<string>;
}

const typeKeyOf: ReadonlyMap<string, string> = new Map(Object.entries(typeKeys).map(([key, text]) => [text, key]));

const typeKey = (text: string): string => typeKeyOf.get(text) ?? text;

/** Whether two values say the same. */
export const isSame = (a: Value, b: Value): boolean =>
  a.kind === 'text' && b.kind === 'text'
    ? a.text === b.text
    : a.kind === b.kind && JSON.stringify(a) === JSON.stringify(b);
