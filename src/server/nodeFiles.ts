import { open, readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { URI } from 'vscode-uri';
import type { FindFilesParams } from '../protocol/messages.ts';
import { decodings, FileDecoder, LEAST_PART } from '../text/decode.ts';
import { LARGEST_FILE, PART_SIZE, type FileContent, type Files } from './files.ts';

/** Files of the disk, for a server that is a process. `folders` are the workspace's, as URIs; others than `file:` are passed over. */
export function nodeFiles(folders: () => readonly string[]): Files {
  return {
    find: async wanted => {
      const seen = new Set<string>();
      const found: string[] = [];
      for (const folder of folders()) {
        const { scheme, fsPath } = URI.parse(folder);
        if (scheme === 'file') await walk(fsPath, wanted, seen, found);
      }
      return found;
    },
    read: uri => read(URI.parse(uri).fsPath),
    newestFirst,
  };
}

/** Files asked for their time at once. */
const AT_ONCE = 64;

async function newestFirst(uris: readonly string[]): Promise<readonly string[]> {
  const times = new Map<string, number>();
  for (let from = 0; from < uris.length; from += AT_ONCE) {
    const asked = uris.slice(from, from + AT_ONCE).map(async uri => {
      const time = await stat(URI.parse(uri).fsPath).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      );
      times.set(uri, time);
    });
    await Promise.all(asked);
  }
  return [...uris].sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0));
}

/** Files of a folder that nobody may have tidied, so that there is an end to it; none where there is no such folder. */
export async function nodeFilesIn(
  folder: string,
  { extensions, isTree }: { readonly extensions: readonly string[]; readonly isTree: boolean },
): Promise<string[]> {
  const { scheme, fsPath } = URI.parse(folder);
  const found: string[] = [];
  const waiting = scheme === 'file' ? [fsPath] : [];
  const seen = new Set<string>();
  let left = MOST_ENTRIES;
  // The nearest folders first: these are the likeliest when there is an end.
  for (const path of waiting) {
    const real = await realpath(path).catch(() => undefined);
    if (real === undefined || seen.has(real) || left <= 0) continue;
    seen.add(real);
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    left -= entries.length + 1;
    for (const entry of entries) {
      const address = join(path, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await isDirectory(address)));
      if (!isFolder && isWanted(entry.name, { extensions, names: [] })) found.push(URI.file(address).toString());
      else if (isFolder && isTree && !PASSED_OVER.has(entry.name)) waiting.push(address);
    }
  }
  return found;
}

/** Entries of folders that are looked at in one tree. */
const MOST_ENTRIES = 20_000;

/** Never bibliographies of the user's own. An editor that answers `colophon/findFiles` applies its `files.exclude` instead. */
const PASSED_OVER = new Set(['.git', '.hg', '.svn', '.jj', 'node_modules']);

/** Follows symbolic links; a folder that was seen under any name is not entered again, so loops end. */
async function walk(root: string, wanted: FindFilesParams, seen: Set<string>, found: string[]): Promise<void> {
  const waiting = [root];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    const real = await realpath(folder).catch(() => undefined);
    if (real === undefined || seen.has(real)) continue;
    seen.add(real);
    const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (PASSED_OVER.has(entry.name)) continue;
      const path = join(folder, entry.name);
      const isFolder = entry.isDirectory() || (entry.isSymbolicLink() && (await isDirectory(path)));
      if (isFolder) waiting.push(path);
      else if (isWanted(entry.name, wanted)) found.push(URI.file(path).toString());
    }
  }
}

const isDirectory = (path: string): Promise<boolean> =>
  stat(path).then(
    found => found.isDirectory(),
    () => false,
  );

function isWanted(name: string, { extensions, names }: FindFilesParams): boolean {
  const lower = name.toLowerCase();
  return extensions.some(extension => lower.endsWith(extension)) || names.includes(name);
}

/** How often a file that changes while it is read is read again before it is taken as it came. */
const ATTEMPTS = 3;

async function read(path: string): Promise<FileContent> {
  try {
    for (let attempt = 1; ; attempt += 1) {
      const before = await stat(path);
      // Reading a pipe or a device could wait for ever.
      if (!before.isFile()) return { kind: 'failed', reason: 'it is not a file' };
      if (before.size > LARGEST_FILE) return { kind: 'too-large' };
      const { content, size } = await readText(path, before.size);
      const after = await stat(path);
      const still = before.mtimeMs === after.mtimeMs && before.size === after.size && before.ino === after.ino;
      if ((still && (size ?? after.size) === after.size) || attempt === ATTEMPTS) return content;
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return { kind: 'missing' };
    return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
  }
}

interface ReadText {
  readonly content: FileContent;
  /** Bytes, if all were read. */
  readonly size?: number;
}

/** Reads part by part into the same memory: the bytes of a large file would take as much again as its text. */
async function readText(path: string, expected: number): Promise<ReadText> {
  const buffer = Buffer.allocUnsafe(Math.min(Math.max(expected + 1, LEAST_PART), PART_SIZE));
  for (const encoding of decodings) {
    const decoder = new FileDecoder(encoding);
    const file = await open(path);
    try {
      let held = 0;
      let size = 0;
      for (let isAtEnd = false; !isAtEnd && !decoder.hasFailed;) {
        const { bytesRead } = await file.read(buffer, held, buffer.length - held, null);
        size += bytesRead;
        held += bytesRead;
        isAtEnd = bytesRead === 0;
        if (size > LARGEST_FILE) return { content: { kind: 'too-large' } };
        if (held < buffer.length) continue;
        const taken = decoder.take(buffer);
        buffer.copyWithin(0, taken, held);
        held -= taken;
      }
      const decoded = decoder.finish(buffer.subarray(0, held));
      if (decoded !== undefined) return { content: { kind: 'text', text: decoded.text }, size };
    } finally {
      await file.close();
    }
  }
  return { content: { kind: 'binary' } };
}
