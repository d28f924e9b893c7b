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
  | 'amsrefs';

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
  /** The document that will receive the text at its selection: references that it has already are told. */
  readonly into?: ConversionSource;
  /** References that `into` has already are left out. */
  readonly skipKnown?: boolean;
  /** These references and no others. */
  readonly only?: readonly ReferencePlace[];
  readonly workDoneToken?: string | number;
}

export interface ConvertResult {
  /** One for each source, in order. */
  readonly outputs: readonly ConversionOutput[];
  /** References that `into` holds already. */
  readonly known: readonly KnownReference[];
  /** Keys that `into` had given to other works, with those that the pasted entries have instead; absent without `into`. */
  readonly renamed?: readonly RenamedKey[];
  /** How the texts of all sources get into `into`: kept apart from its neighbours, and inside no other entry. Absent: there is nothing. */
  readonly insertion?: RangeEdit;
}

export interface ConversionOutput {
  readonly text: string;
  readonly edits: readonly RangeEdit[];
  readonly count: number;
  readonly losses: readonly ReportedLoss[];
  readonly problem?: SourceProblem;
}

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

/** One value that the target could not take as it was. */
export interface ReportedLoss {
  readonly key: string;
  readonly field: string;
  readonly value: string;
  readonly reason: string;
  /** Where the entry stands; absent for a text that is no document. */
  readonly place?: Place;
}
