import type { Span } from '../text/span.ts';
import type { Citation, CitationGroup, Include } from './language.ts';
import type { RawTex } from './rawTex.ts';

/** Collects what running text cites. Searches that failed are kept, so that none is made twice. */
export interface InlineReader {
  readonly text: string;
  readonly groups: CitationGroup[];
  readonly includes: Include[];
  /** Works that links name by DOI. */
  readonly works: Citation[];
  /** In `nocite`, `@*` is a key. */
  readonly place: 'text' | 'nocite';
  /** In MyST, the text of a link cites nothing. */
  readonly dialect: 'pandoc' | 'myst';
  readonly tex: RawTex;
  /** Ends of comments and elements (`-->`, `</style`) that do not occur any more. */
  readonly missing: Set<string>;
}

export const inlineReader = (
  text: string,
  { tex, dialect, place = 'text' }: Pick<InlineReader, 'tex' | 'dialect'> & Partial<Pick<InlineReader, 'place'>>,
): InlineReader => ({
  text,
  groups: [],
  includes: [],
  works: [],
  place,
  dialect,
  tex,
  missing: new Set(),
});

/** A stretch of running text that is being read. */
export interface Segment {
  readonly reader: InlineReader;
  readonly start: number;
  readonly end: number;
  readonly open: Bracket[];
  /** Lengths of runs of backticks with the place of the last run of each. */
  runs: Map<number, number> | undefined;
  noMath: boolean;
  noDisplay: boolean;
  noLinkEnd: boolean;
  /** Where the next `%}` stands, as far as one was looked for; infinite where there is none. */
  tagEnd: number;
}

export interface Bracket {
  readonly start: number;
  /** Not that of a note (`^[`) or picture (`![`). */
  readonly mayCite: boolean;
  readonly items: Item[];
}

/** An `@` with its key, or the place for one. */
export interface Item {
  readonly span: Span;
  readonly slot: Span;
  readonly citation: Citation | undefined;
}

/** Looks no further than `end`, unlike `indexOf`. */
export function indexWithin(text: string, what: string, start: number, end: number): number {
  for (let at = start; at + what.length <= end; at++) if (text.startsWith(what, at)) return at;
  return -1;
}
