/** The messages that Colophon's client and server exchange beyond the Language Server Protocol. */

/** Server to client: the state of the index, whenever it changes. */
export const STATUS_NOTIFICATION = 'colophon/status';
export interface StatusParams {
  readonly indexing: boolean;
  readonly bibliographies: number;
  readonly references: number;
}

/**
 * Server to client: the addresses of all files with one of the extensions, `files.exclude` respected. Answered by editors that
 * announce `colophon: { files: true }` in their initialization options; a server that can read no disk needs them.
 */
export const FIND_FILES_REQUEST = 'colophon/findFiles';
export interface FindFilesParams {
  /** With the dot: ".bib". */
  readonly extensions: readonly string[];
  /** Whole file names: "_quarto.yml". */
  readonly names: readonly string[];
}
export type FindFilesResult = readonly string[];

/** Server to client: the bytes of a file, in base64 unless they are asked for as such, or null where there is none. */
export const READ_FILE_REQUEST = 'colophon/readFile';
export interface ReadFileParams {
  readonly uri: string;
  /** The connection carries bytes as they are, which JSON does not. */
  readonly asBytes?: boolean;
}
export type ReadFileResult = { readonly base64: string } | { readonly bytes: Uint8Array } | null;

/** Server to client: the text of a script that comes with the extension, by its name in `dist`. */
export const READ_SCRIPT_REQUEST = 'colophon/readScript';
export interface ReadScriptParams {
  readonly name: string;
}

/** Client to server: the extensions that offer references, too, by their ids; whenever they change. */
export const OTHERS_NOTIFICATION = 'colophon/others';
export interface OthersParams {
  readonly ids: readonly string[];
}

/** What an editor tells in `initializationOptions` when it answers the requests above. */
export interface InitializationOptions {
  readonly colophon?: { readonly files?: boolean };
}
