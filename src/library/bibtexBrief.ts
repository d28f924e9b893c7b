import type { BibtexReader } from '../formats/bibtexRead.ts';
import { expandValue, readTexValue } from '../formats/bibtexValue.ts';
import { splitAtAnd } from '../model/bibtexName.ts';
import { dateFromParts } from '../model/date.ts';
import type { Value } from '../model/reference.ts';
import type { BibtexEntries } from '../syntax/bibtex.ts';
import { FieldReader } from '../syntax/bibtexFields.ts';
import { plainTex } from '../syntax/tex.ts';
import type { FileText } from '../text/fileText.ts';
import { among, Characters, yearAt } from './characters.ts';
import { between, lastBetween, place, type Place, type VisitPart } from './searchWords.ts';

/** The few fields of BibTeX entries that lists and search read. One reader serves all entries of a text. */
export class BibtexBriefFields {
  readonly #entries: BibtexEntries;
  readonly #fields: FieldReader;
  readonly #macros: (name: string) => string | undefined;
  /** Start and end of the value of each brief field of the entry at hand; both 0 where it has none. */
  readonly #places = new Int32Array(2 * briefNames.length);
  readonly #characters = new Characters();

  constructor(text: FileText, entries: BibtexEntries & { readonly reader: BibtexReader }) {
    this.#entries = entries;
    this.#fields = new FieldReader(text);
    this.#macros = name => entries.reader.macro(name);
  }

  /** Shows names, title and year of an entry. */
  searched(entry: number, visit: VisitPart): void {
    this.#find(entry);
    const next = this.#showNames(brief.author, place.firstName, visit);
    this.#showNames(brief.editor, next, visit);
    if (!this.#showTitle(brief.title, visit)) this.#showTitle(brief.booktitle, visit);
    this.#showTitle(brief.subtitle, visit);
    if (this.#load(brief.year) === undefined && this.#load(brief.date) === undefined) return;
    const year = yearAt(this.#characters);
    if (year !== -1) visit(place.year, this.#characters.letters, year, year + 4);
  }

  /** The values of the fields that stand in lists. */
  listed(entry: number): ReadonlyMap<string, Value> {
    this.#find(entry);
    const fields = new Map<string, Value>();
    for (const name of ['author', 'editor', 'title', 'subtitle', 'booktitle', 'date'] as const) {
      const value = this.#value(brief[name]).slice(0, mostShown);
      if (value !== '') fields.set(name, readTexValue(name, value));
    }
    const year = this.#value(brief.year).slice(0, mostShown);
    if (!fields.has('date') && year !== '') fields.set('date', { kind: 'date', date: dateFromParts(plainTex(year)) });
    return fields;
  }

  /** Notes where the fields that matter are; the first of two with one name counts, unless it is empty. */
  #find(entry: number): void {
    const fields = this.#fields;
    this.#places.fill(0);
    fields.enterBlock(this.#entries.blocks, this.#entries.blockOf(entry));
    while (fields.next()) {
      const { valueStart, valueEnd } = fields;
      const field = briefField(fields.text, fields.nameStart, fields.nameEnd);
      if (field === -1 || valueEnd === valueStart || this.#value(field) !== '') continue;
      this.#places[2 * field] = valueStart;
      this.#places[2 * field + 1] = valueEnd;
    }
  }

  /** Shows each name of a list, the first as `first`; returns what the next list begins with. */
  #showNames(field: number, first: Place, visit: VisitPart): Place {
    const bits = this.#load(field);
    if (bits === undefined) return first;
    let at = first;
    if ((bits & among.tex) !== 0 && !this.#characters.loadTex(this.#value(field))) {
      for (const name of splitAtAnd(this.#value(field))) {
        this.#characters.load(plainTex(name));
        visit(at, this.#characters.letters, 0, this.#characters.length);
        at = place.name;
      }
      return place.name;
    }
    const { letters, length } = this.#characters;
    for (let start = 0; start < length;) {
      const end = nameEnd(letters, start, length);
      visit(at, letters, start, end);
      at = place.name;
      start = end + ' and'.length;
    }
    return place.name;
  }

  #showTitle(field: number, visit: VisitPart): boolean {
    const bits = this.#load(field);
    if (bits === undefined) return false;
    // Whatever else stands in a value parts words as it is; braces are read over.
    if ((bits & among.tex) !== 0) {
      const value = this.#value(field);
      if (!this.#characters.loadTex(value)) this.#characters.load(plainTex(value));
    }
    visit(place.title, this.#characters.letters, 0, this.#characters.length);
    return true;
  }

  /** Takes in the value of a field; returns what stands in it, undefined where it is empty. */
  #load(field: number): number | undefined {
    const start = this.#places[2 * field]!;
    const end = this.#places[2 * field + 1]!;
    if (start === end) return undefined;
    let bits: number = among.hash;
    if (this.#isPiece(start, end)) bits = this.#characters.load(this.#fields.text, start + 1, insideEnd(start, end));
    if ((bits & among.hash) === 0) return this.#characters.length > 0 ? bits : undefined;
    const value = this.#value(field);
    return value === '' ? undefined : this.#characters.load(value);
  }

  /** The TeX of a field, empty where there is none. Most values are one piece in braces or quotes. */
  #value(field: number): string {
    const start = this.#places[2 * field]!;
    const end = this.#places[2 * field + 1]!;
    if (start === end) return '';
    if (this.#isPiece(start, end)) {
      const inside = this.#fields.text.slice(start + 1, insideEnd(start, end));
      if (!inside.includes('#')) return inside;
    }
    return expandValue(this.#fields.text.slice(start, end), this.#macros);
  }

  #isPiece(start: number, end: number): boolean {
    const { text } = this.#fields;
    const first = text.charCodeAt(start);
    const last = text.charCodeAt(end - 1);
    return end - start > 1 && ((first === OPEN_BRACE && last === CLOSE_BRACE) || (first === QUOTE && last === QUOTE));
  }
}

/** Characters of one value that are searched, and that are put together for a list: no title is longer. */
const mostSearched = 200_000;
const mostShown = 5000;

const insideEnd = (start: number, end: number): number => Math.min(end - 1, start + 1 + mostSearched);

const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const QUOTE = 0x22;

const brief = { author: 0, editor: 1, title: 2, subtitle: 3, booktitle: 4, year: 5, date: 6 } as const;
const briefNames = Object.keys(brief);
/** By first letter: no two begin alike. */
const briefByLetter = Int8Array.from({ length: 128 }, (_, code) =>
  briefNames.findIndex(name => name.charCodeAt(0) === code),
);

/** The number of a field by its name, without making a string of it; -1 for others. */
function briefField(text: string, start: number, end: number): number {
  const field = briefByLetter[text.charCodeAt(start) | 0x20] ?? -1;
  if (field === -1) return -1;
  const name = briefNames[field]!;
  if (name.length !== end - start) return -1;
  for (let at = 1; at < name.length; at++) if ((text.charCodeAt(start + at) | 0x20) !== name.charCodeAt(at)) return -1;
  return field;
}

/** Where ` and `, outside braces, ends the name at `start` (btxdoc §4). */
function nameEnd(letters: Uint16Array, start: number, length: number): number {
  let depth = 0;
  for (let at = start; at < length; at++) {
    const letter = letters[at]!;
    if (letter > lastBetween) continue;
    if (letter === between.space) {
      if (depth === 0 && isAnd(letters, at + 1, length)) return at;
    } else if (letter === between.openBrace) {
      depth++;
    } else if (letter === between.closeBrace && depth > 0) {
      depth--;
    }
  }
  return length;
}

const isAnd = (letters: Uint16Array, at: number, length: number): boolean =>
  at + 3 < length &&
  letters[at] === SMALL_A &&
  letters[at + 1] === SMALL_N &&
  letters[at + 2] === SMALL_D &&
  letters[at + 3] === between.space;

const SMALL_A = 0x61;
const SMALL_D = 0x64;
const SMALL_N = 0x6e;
