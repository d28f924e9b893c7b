import type { Place, Range, RangeEdit } from './conversion.ts';

/** Citing as client and server talk about it. */

/** What a citation looks like in the finished document; how exactly is up to its style. */
export type CitationEffect =
  | 'plain' // as the style does it by default
  | 'parenthetical' // (Gillard, 2015)
  | 'textual' // Gillard (2015)
  | 'footnote'
  | 'suppressAuthor' // (2015)
  | 'author'
  | 'year'
  | 'full' // the whole reference
  | 'listed'; // in the list of references only

/** One way to write a citation. */
export interface CitationForm {
  /** As it is written, and as the setting names it: `\parencite`, `[@key]`, `:cite:t:`. */
  readonly name: string;
  readonly effect: CitationEffect;
  /** The package or program that has it, where the document may be made with another. */
  readonly of?: string;
  /** Whether text can stand before the key ("see") and behind it ("p. 7"). */
  readonly takes: { readonly prefix: boolean; readonly locator: boolean };
}

/** A document to cite in; with its text where the server does not have it, as for the cell of a notebook. */
export interface CitingDocument {
  readonly uri: string;
  readonly content?: {
    readonly languageId: string;
    readonly text: string;
    /** All that belongs to the same manuscript, this text among it. */
    readonly manuscript: string;
  };
}

/** What finds a reference again: an entry of a bibliography by its key, and which of several with that key. */
export interface ReferenceId {
  readonly uri: string;
  readonly key: string;
  readonly index: number;
}

/** Client to server: the references that match what was typed, as completion finds them. */
export const FIND_REFERENCES_REQUEST = 'colophon/findReferences';
export interface FindReferencesParams {
  readonly document: CitingDocument;
  readonly position: Place;
  /** Absent at first: what the document has at the position, as far as it is no key. */
  readonly query?: string;
}

/** Null: citations of the document's language are not known. */
export type FindReferencesResult = FoundReferences | null;

export interface FoundReferences {
  /** What was looked for. */
  readonly query: string;
  readonly references: readonly FoundReference[];
  /** Whether the position is in a citation, which takes what is chosen. */
  readonly joins: boolean;
  /** What will happen, for the user to read. */
  readonly title: string;
  /** The forms that fit the document; the first is the user's default. */
  readonly forms: readonly FormChoice[];
}

/** A form as it is offered. */
export interface FormChoice extends Pick<CitationForm, 'name' | 'takes'> {
  /** What the citation looks like in the finished document. */
  readonly description: string;
}

export interface FoundReference {
  readonly id: ReferenceId;
  readonly key: string;
  /** Authors and year. */
  readonly detail: string;
  readonly title: string;
  /** The file that it would come from, where the document's own bibliographies do not have it. */
  readonly from?: string;
}

/** Client to server: how the chosen references get into the document. */
export const INSERT_CITATION_REQUEST = 'colophon/insertCitation';
export interface InsertCitationParams {
  readonly document: CitingDocument;
  readonly selections: readonly Range[];
  readonly references: readonly ReferenceId[];
  /** The name of a form; absent: the user's default. */
  readonly form?: string;
  readonly prefix?: string;
  readonly locator?: string;
}

export interface InsertCitationResult {
  readonly edits: readonly RangeEdit[];
  /** Where the cursors go, in the text with the edits made. */
  readonly cursors: readonly Place[];
  /** What is to be added to the document's bibliography afterwards, with `ADD_REFERENCES_COMMAND`. */
  readonly add?: AddReferencesParams;
}

/**
 * A command of the server (`workspace/executeCommand`), with one argument: adds references to the bibliography of a document that
 * cites them. Asks before it creates one.
 */
export const ADD_REFERENCES_COMMAND = 'colophon.addReferences';
export interface AddReferencesParams {
  readonly document: CitingDocument;
  readonly references: readonly ReferenceId[];
  /** The key as it was just inserted: it is changed where the bibliography needs another one. */
  readonly inserted?: { readonly position: Place; readonly text: string; readonly key: string };
}

/** What the command did; null: nothing, and the user was told why. */
export type AddReferencesResult = AddedReferences | null;
export interface AddedReferences {
  /** Addresses of the files that were changed; the editor may save them. */
  readonly changed: readonly string[];
}
