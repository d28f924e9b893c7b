import { FIND_FILES_REQUEST, READ_FILE_REQUEST } from '../protocol/messages.ts';
import type { FindFilesResult, ReadFileResult } from '../protocol/messages.ts';
import { decodings, FileDecoder } from '../text/decode.ts';
import { canonicalUri } from './canonicalUri.ts';
import { LARGEST_FILE, PART_SIZE, type FileContent, type Files } from './files.ts';
import type { Pause } from './pacing.ts';

export type SendRequest = <R>(method: string, params: unknown) => Promise<R>;

/**
 * Files as the editor reaches them: in a browser, and on file systems that only the editor knows. `asBytes`: messages carry bytes as they
 * are.
 */
export function clientFiles(send: SendRequest, pause: Pause, asBytes = false): Files {
  return {
    find: async wanted => (await send<FindFilesResult>(FIND_FILES_REQUEST, wanted)).map(canonicalUri),
    read: async uri => {
      try {
        const answer = await send<ReadFileResult>(READ_FILE_REQUEST, { uri, asBytes });
        if (answer === null) return { kind: 'missing' };
        return await textIn('bytes' in answer ? answer.bytes : bytesOf(answer.base64), pause);
      } catch (error) {
        return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/**
 * A process in an editor that answers: the editor finds files, because it knows what the user hides, and reads those that are
 * on no disk; files of the disk are read directly, which spares sending them.
 */
export function filesOfBoth(disk: Files, client: Files): Files {
  return {
    find: wanted => client.find(wanted),
    read: uri => (isOnDisk(uri) ? disk.read(uri) : client.read(uri)),
    newestFirst: async uris => {
      const onDisk = uris.filter(isOnDisk);
      return [...((await disk.newestFirst?.(onDisk)) ?? onDisk), ...uris.filter(uri => !isOnDisk(uri))];
    },
  };
}

const isOnDisk = (uri: string): boolean => uri.startsWith('file:');

async function textIn(bytes: Uint8Array, pause: Pause): Promise<FileContent> {
  if (bytes.length > LARGEST_FILE) return { kind: 'too-large' };
  for (const encoding of decodings) {
    const decoder = new FileDecoder(encoding);
    let from = 0;
    while (from + PART_SIZE < bytes.length && !decoder.hasFailed) {
      from += decoder.take(bytes.subarray(from, from + PART_SIZE));
      await pause();
    }
    const decoded = decoder.finish(bytes.subarray(from));
    if (decoded !== undefined) return { kind: 'text', text: decoded.text };
  }
  return { kind: 'binary' };
}

function bytesOf(base64: string): Uint8Array {
  const characters = atob(base64);
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < characters.length; i += 1) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
