import type { FindFilesParams } from '../protocol/messages.ts';
import type { FileText } from '../text/fileText.ts';

/** The files of the world, as the host of the server reaches them. Addresses are URIs in the spelling of `canonicalUri`. */
export interface Files {
  /** In all workspace folders; what the user hides from the editor is left out. */
  find(wanted: FindFilesParams): Promise<readonly string[]>;
  read(uri: string): Promise<FileContent>;
  /** The same files, those first that were changed last, where that is known. */
  newestFirst?(uris: readonly string[]): Promise<readonly string[]>;
}

export type FileContent =
  | { readonly kind: 'text'; readonly text: FileText }
  /** Bytes that are no text in any encoding. */
  | { readonly kind: 'binary' }
  /** More than a text can be. */
  | { readonly kind: 'too-large' }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly reason: string };

/** Characters of a string, at most, and a character has one byte at least. */
export const LARGEST_FILE = 0x1fffffe8;

/** Bytes that are decoded at one go, without others having their turn. */
export const PART_SIZE = 1 << 20;
