import type { FindFilesParams } from '../protocol/messages.ts';

/** The files of the world, as the host of the server reaches them. Addresses are URIs in the spelling of `canonicalUri`. */
export interface Files {
  /** In all workspace folders; what the user hides from the editor is left out. */
  find(wanted: FindFilesParams): Promise<readonly string[]>;
  read(uri: string): Promise<FileContent>;
  /** The same files, those first that were changed last, where that is known. */
  newestFirst?(uris: readonly string[]): Promise<readonly string[]>;
}

export type FileContent =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly reason: string };
