import { FileSystemError, Uri, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { anyCase } from '../protocol/documents.ts';
import {
  FIND_FILES_REQUEST,
  READ_FILE_REQUEST,
  READ_SCRIPT_REQUEST,
  STATUS_NOTIFICATION,
} from '../protocol/messages.ts';
import type {
  FindFilesParams,
  FindFilesResult,
  ReadFileParams,
  ReadFileResult,
  ReadScriptParams,
  StatusParams,
} from '../protocol/messages.ts';

/** Answers what the server asks of the editor: files that only the editor can find or read, and scripts of the extension. */
export function answerServer(
  client: BaseLanguageClient,
  extension: Uri,
  showStatus: (status: StatusParams) => void,
): void {
  client.onNotification(STATUS_NOTIFICATION, showStatus);
  client.onRequest(FIND_FILES_REQUEST, findFiles);
  client.onRequest(READ_FILE_REQUEST, readFile);
  client.onRequest(READ_SCRIPT_REQUEST, async ({ name }: ReadScriptParams): Promise<string> => {
    return new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(extension, 'dist', name)));
  });
}

async function findFiles({ extensions, names }: FindFilesParams): Promise<FindFilesResult> {
  const endings = extensions.map(anyCase);
  // An exclusion of our own is taken in addition to `files.exclude`.
  const found = await workspace.findFiles(`**/{${[...endings, ...names].join(',')}}`, '**/node_modules/**');
  return found.map(uri => uri.toString());
}

async function readFile({ uri, asBytes }: ReadFileParams): Promise<ReadFileResult> {
  try {
    const bytes = await workspace.fs.readFile(Uri.parse(uri));
    return asBytes ? { bytes } : { base64: base64(bytes) };
  } catch (error) {
    if (error instanceof FileSystemError && error.code === 'FileNotFound') return null;
    throw error;
  }
}

/** In pieces, because a call takes only so many arguments. */
function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let from = 0; from < bytes.length; from += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(from, from + 0x8000)));
  }
  return btoa(pieces.join(''));
}
