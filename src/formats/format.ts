import type { ConversionFormat } from '../protocol/conversion.ts';
import type { Span } from '../text/span.ts';
import type { Reference } from '../model/reference.ts';
import type { Loss } from './loss.ts';

/** The formats, as client and server name them to each other. */
export type FormatName = ConversionFormat;

/** One bibliographic format: reading and writing side by side. To add one is one file and one line in `index.ts`. */
export interface Format {
  readonly name: FormatName;
  /** As a user knows it: "BibLaTeX". */
  readonly title: string;
  /** File extensions with the dot, the usual one first. */
  readonly extensions: readonly string[];
  /** How sure the content alone makes us that a text is of this format: 0 (no) to 1 (certain). Reads the beginning only. */
  recognise(text: string): number;
  /** Finds the entries of a text, fast and without detail. Cannot fail. */
  scan(text: string): Blocks;
  /** The same in steps, so that others can work in between; left out by formats whose files are small. */
  readonly scanning?: (text: string) => Generator<undefined, Blocks>;
  /**
   * Whether a stretch of the text, from the line of one entry to the end of another, reads as the same entries on its own: then an edit
   * costs those around it. Left out where that is never so.
   */
  readonly readsInParts?: (text: string) => boolean;
  /** Reads one entry; strings, parents and the like come from the same text. */
  read(text: string, blocks: Blocks, entry: number): Reference;
  /** Makes a key for an entry that has none; left out where such an entry cannot be cited. */
  readonly makeKey?: (text: string, entry: Span) => string;
  /** What is wrong with the notation of an entry; spans are relative to its start. */
  readonly problems?: (text: string, entry: Span) => readonly FormatProblem[];
  /** Writes references; what the format cannot express is returned as losses. Left out by a format that is only read. */
  readonly write?: (references: Iterable<Reference>, options: WriteOptions) => Written;
  /** How a text of many references is put together from single ones; left out when `write` of each, with a blank line between, is that. */
  readonly frame?: Frame;
  /** Where the only place for what has no field is the user's notes: a lossless text is written only when it is asked for. */
  readonly sidecar?: 'notes';
}

/** A place where the notation of an entry is broken. */
export interface FormatProblem {
  readonly code: 'broken-json' | 'broken-yaml';
  readonly span: Span;
}

/** A format that is written as well. */
export type WritableFormat = Format & Required<Pick<Format, 'write'>>;

export const isWritable = (format: Format | undefined): format is WritableFormat => format?.write !== undefined;

/** `open`, then what `write` gives for each reference with `between` between them, then `close`. */
export interface Frame {
  readonly open: string;
  readonly between: string;
  readonly close: string;
  readonly write: (reference: Reference, options: WriteOptions) => Written;
  /** A `write` for all references of one file, where that may hold none twice. */
  readonly writer?: () => Frame['write'];
}

/** The entries of one text in order. Spans are absolute offsets into that text. */
export interface Blocks {
  /** Number of entries (references only: no strings, comments or preambles). */
  readonly entryCount: number;
  /** The whole entry, from `@` or `TY` to its end. */
  entrySpan(entry: number): Span;
  /** As written; empty where the entry has none. */
  key(entry: number): string;
  /** Whether brackets are missing somewhere, so that entries can be told apart only by reading all of them. */
  readonly isBroken?: boolean;
  /** Left out where `key` is as written: that may be one that was made, of author, year and title. */
  readonly writtenKey?: (entry: number) => string;
  /** Where the key stands; for a format without one (RIS without ID) the place to show instead: the type's value. */
  keySpan(entry: number): Span;
  /** The type as written. */
  type(entry: number): string;
}

export interface WriteOptions {
  /** Whether what the target has no field for travels in a place its standard allows (unknown BibTeX fields, CSL `custom`). */
  readonly lossless: boolean;
}

export interface Written {
  readonly text: string;
  readonly losses: readonly Loss[];
}
