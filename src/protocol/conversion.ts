/** Conversion as client and server talk about it. */

/** The last two are found inside of documents only. */
export type ConversionFormat =
  | 'bibtex'
  | 'biblatex'
  | 'ris'
  | 'csl-json'
  | 'pubmed'
  | 'refer'
  | 'wos'
  | 'csl-yaml'
  | 'hayagriva'
  | 'cff'
  | 'endnote-xml'
  | 'mods'
  | 'thebibliography'
  | 'amsrefs'
  | 'bbl';

/** Line and character from 0, characters in UTF-16, as in the Language Server Protocol. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Place;
  readonly end: Place;
}

export interface RangeEdit {
  readonly range: Range;
  readonly newText: string;
}

/** A text without an address (a clipboard), or a file or document, of which a selection may be all that counts. */
export interface ConversionSource {
  /** As the user knows it: "refs.bib", "the clipboard". */
  readonly name?: string;
  readonly uri?: string;
  /** Needed where the server has no document or file to read: a clipboard, an editor in a language that is not Colophon's. */
  readonly text?: string;
  /** The entries that it touches count; an empty one stands for the entry around it. */
  readonly selection?: Range;
}

/** Why a source gives nothing to convert. */
export type SourceProblem =
  | 'empty' // not a character in it
  | 'no-bibliography' // text, but no reference in any format
  | 'not-text' // bytes that no encoding makes text
  | 'unreadable' // no such file, or not allowed
  | 'too-large' // more than one text can be
  | 'no-entry-here'; // a document with entries, none of them touched by the selection

/** Client to server: what is in these sources? */
export const RECOGNISE_REQUEST = 'colophon/recognise';
export interface RecogniseParams {
  readonly sources: readonly ConversionSource[];
}
export type RecogniseResult = readonly Recognition[];

/** What one source holds. */
export interface Recognition {
  readonly parts: readonly { readonly format: ConversionFormat; readonly count: number }[];
  /** Whether entries of different parts describe the same works, as on a page that offers one work in several formats. */
  readonly sameWorks: boolean;
  readonly problem?: SourceProblem;
}

/** Client to server, with progress by `workDoneToken`, can be cancelled. */
export const CONVERT_REQUEST = 'colophon/convert';
export interface ConvertParams {
  readonly sources: readonly ConversionSource[];
  readonly to: ConversionFormat;
  /** Absent: as the setting says. */
  readonly lossless?: boolean;
  /** What becomes of one work that a source holds in several formats. */
  readonly sameWorks: 'merge' | 'keep';
  /** `edits`: the entries are replaced where they stand, everything between them stays. */
  readonly output: 'text' | 'edits';
  /** Whether the texts of all sources become one: a key has to be told once in all of them. */
  readonly joins?: boolean;
  /** The document that will receive the text at its selection: references that it has already are told. */
  readonly into?: ConversionSource;
  /** References that `into` has already are left out. */
  readonly skipKnown?: boolean;
  /** These references and no others. */
  readonly only?: readonly ReferencePlace[];
  readonly workDoneToken?: string | number;
  /** With it texts and edits come in parts before the result, which then has none. */
  readonly partialResultToken?: string | number;
}

/** Server to client, as the progress of `partialResultToken`: what follows the parts before it. */
export interface ConvertedPart {
  /** The number of the source. */
  readonly source: number;
  readonly text: string;
  readonly edits: readonly RangeEdit[];
}

export interface ConvertResult {
  /** One for each source, in order. */
  readonly outputs: readonly ConversionOutput[];
  readonly losses: LossCount;
  /** The address under which the server has the list of what could not be carried over; absent where there is nothing to tell. */
  readonly report?: string;
  /** References that `into` holds already. */
  readonly known: readonly KnownReference[];
  /** Keys that `into` had given to other works, with those that the pasted entries have instead; absent without `into`. */
  readonly renamed?: readonly RenamedKey[];
  /** Keys that several entries have, which stayed as they are; absent with `into`, where keys are made unique, and where there are none. */
  readonly repeated?: RepeatedKeyCount;
  /** How the texts of all sources get into `into`: kept apart from its neighbours, and inside no other entry. Absent: there is nothing. */
  readonly insertion?: RangeEdit;
}

export interface RepeatedKeyCount {
  readonly count: number;
  /** The first of them, and how many entries have each. */
  readonly first: readonly { readonly key: string; readonly entries: number }[];
}

export interface ConversionOutput {
  readonly text: string;
  readonly edits: readonly RangeEdit[];
  readonly count: number;
  /** How many values without a field in the target travel in its notes, or in `custom`. */
  readonly carried?: number;
  readonly problem?: SourceProblem;
}

/** How many values were not carried over as they were. */
export interface LossCount {
  readonly values: number;
  /** Those of them that have only lost the protection of their capitals. */
  readonly capitals: number;
}

/** Why a value was not carried over. */
export type LossReason =
  | 'no-slot' // the target has no field for it
  | 'slot-taken' // the target has one slot and another value took it
  | 'case' // carried, but not that capitals in it are to stay such
  | 'narrowed' // carried, but less exactly: a range as its first date, markup as plain text
  | 'type' // the entry type has no equal in the target
  | 'unreadable' // the source itself could not be read here
  | 'differs'; // another record of the same work says so, and the one that was kept says something else

/** A reference by the number of its source, and its number among those that are converted of it. */
export interface ReferencePlace {
  readonly source: number;
  readonly place: number;
}

export interface KnownReference extends ReferencePlace {
  readonly key: string;
  /** The key under which the document has it. */
  readonly knownAs: string;
}

export interface RenamedKey {
  readonly from: string;
  readonly to: string;
}

/**
 * Client to server: where entries that are in the format of a document already have to go, because at the cursor they would break one that is
 * there; null where they would not.
 */
export const PLACE_REQUEST = 'colophon/place';
export interface PlaceParams {
  readonly uri: string;
  readonly position: Place;
  readonly text: string;
}
export type PlaceResult = RangeEdit | null;

/** The scheme of documents that only the server has: reports of what a conversion could not carry over. */
export const REPORT_SCHEME = 'colophon-report';

/** Client to server: a document of a report, or null where it is kept no longer. */
export const REPORT_REQUEST = 'colophon/report';
export interface ReportParams {
  readonly uri: string;
}
export type ReportResult = {
  readonly text: string;
  readonly links: readonly {
    readonly line: number;
    readonly start: number;
    readonly end: number;
    readonly tooltip: string;
    /** A document, or another one of the report, with a place as fragment. */
    readonly target: string;
  }[];
} | null;
