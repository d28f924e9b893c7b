import type { Span } from '../text/span.ts';

/** The entries of one text in order, whatever its syntax. Spans are absolute; keys and types are as written, empty where missing. */
export interface Entries {
  readonly entryCount: number;
  entrySpan(entry: number): Span;
  key(entry: number): string;
  /** Where the key stands; for a record without one, its type. */
  keySpan(entry: number): Span;
  type(entry: number): string;
}
