import type { DateValue } from './date.ts';
import type { Name } from './name.ts';

/**
 * What an entry describes, in no notation. Types and fields carry BibLaTeX's names (manual §2.1, §2.2), the richest of the
 * vocabularies in use; what only CSL or RIS can say has a name of its own in `data/fields.ts`.
 */
export interface Reference {
  readonly key: string;
  /** A BibLaTeX entry type in lower case, aliases resolved ("article", "inproceedings", "thesis"); subtype in `entrysubtype`. */
  readonly type: string;
  /** In the order of the source. */
  readonly fields: ReadonlyMap<string, Value>;
  /** Every field of the entry as it was written, in order, known or not: what a lossless conversion carries along. */
  readonly source: SourceEntry;
  /** Fields that come from parent entries, not from the entry itself; and `crossref` and `xdata` themselves where such parents were found. */
  readonly inherited?: ReadonlySet<string>;
  /** The BibTeX entry that it was before it was converted to the notation that it stands in now. */
  readonly carried?: CarriedEntry;
  /** The same for a record of a format that is not BibTeX. */
  readonly record?: CarriedRecord;
}

/** A record as it stood in its file. */
export interface CarriedRecord {
  /** The name of the format. */
  readonly format: string;
  readonly text: string;
  /** The text between the record before it and it. */
  readonly before: string;
  /** The text behind the last record of the file; empty for the others. */
  readonly after: string;
}

/** An entry of a BibTeX file as it stood there. */
export interface CarriedEntry {
  /** From `@` to its end. */
  readonly text: string;
  /** The text between the entry before it and it: comments, strings, white space. */
  readonly before: string;
  /** The text behind the last entry of the file; empty for the others. */
  readonly after: string;
  /** What the macros in it stand for. */
  readonly strings: Readonly<Record<string, string>>;
  /** Names of fields that it has from its parents. */
  readonly inherited: readonly string[];
}

/**
 * Text is Unicode with CSL's inline markup (`<i>`, `<b>`, `<sup>`, `<sub>`, `<span class="nocase">`, `<span style="font-variant:small-caps;">`)
 * and mathematics kept between dollar signs. The ends of a page range are joined by an en dash.
 */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'verbatim'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'keywords'; readonly items: readonly string[] }
  | { readonly kind: 'names'; readonly names: readonly Name[]; /** "and others" */ readonly others: boolean }
  | { readonly kind: 'date'; readonly date: DateValue };

/** An entry as written: notation, type and every field with its exact text. */
export interface SourceEntry {
  readonly format: string;
  readonly type: string;
  readonly fields: readonly SourceField[];
}

/** `text` is the value as it stands in the file, delimiters and macros included. */
export interface SourceField {
  readonly name: string;
  readonly text: string;
  /** The TeX of a value that names `@string` macros, their text put in, without delimiters. */
  readonly expanded?: string;
  /** The field of the reference that it went into, where the notation's name for it does not tell. */
  readonly field?: string;
}
