import { closeSync, existsSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Where converted text goes. Nothing of it is seen before `keep` unless it flows. */
export interface Output {
  write(text: string): Promise<void>;
  keep(): Promise<void>;
  discard(): void;
}

/** A file that is replaced as a whole: written beside itself, then renamed. */
export function fileOutput(path: string): Output {
  const known = existsSync(path) ? statSync(path) : undefined;
  // A device or pipe (`/dev/null`, `/dev/stderr`) is written to, not replaced.
  if (known !== undefined && !known.isFile()) return openOutput(opened(path, path, 'w'));
  // A link stays a link.
  const target = known === undefined ? path : realpathSync(path);
  const beside = join(dirname(target), `.${basename(target)}.${String(process.pid)}.tmp`);
  const file = opened(beside, path, 'wx', known?.mode);
  const remove = (): void => {
    rmSync(beside, { force: true });
  };
  const interrupted = (): void => {
    remove();
    process.exit(130);
  };
  const closeFile = closing(file);
  const close = (): void => {
    closeFile();
    process.off('SIGINT', interrupted).off('SIGTERM', interrupted);
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  return {
    write(text) {
      writeAll(file, text);
      return Promise.resolve();
    },
    keep() {
      close();
      renameSync(beside, target);
      return Promise.resolve();
    },
    discard() {
      close();
      remove();
    },
  };
}

function openOutput(file: number): Output {
  const close = closing(file);
  return {
    write(text) {
      writeAll(file, text);
      return Promise.resolve();
    },
    keep() {
      close();
      return Promise.resolve();
    },
    discard: close,
  };
}

/** Closes a file, once: what was kept may be discarded when something else fails. */
function closing(file: number): () => void {
  let isOpen = true;
  return () => {
    if (isOpen) closeSync(file);
    isOpen = false;
  };
}

/** Opens a file to write; the error names the path that was given. */
function opened(file: string, path: string, flags: 'w' | 'wx', mode?: number): number {
  try {
    return openSync(file, flags, mode);
  } catch (error) {
    throw new Error(`cannot write ${path}: ${systemReason(error)}`, { cause: error });
  }
}

function writeAll(file: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let written = 0; written < bytes.length;) written += writeSync(file, bytes, written);
}

/** Text that flows on as it comes. */
export const streamOutput = (stream: Writable): Output => ({
  async write(text) {
    if (text !== '' && !stream.write(text)) await once(stream, 'drain');
  },
  keep: () => Promise.resolve(),
  discard: () => undefined,
});

/** Text that is held back until it is known to be wanted. */
export function heldOutput(output: Output): Output {
  const parts: string[] = [];
  return {
    write(text) {
      parts.push(text);
      return Promise.resolve();
    },
    async keep() {
      for (const part of parts) await output.write(part);
      await output.keep();
    },
    discard() {
      output.discard();
    },
  };
}

/** What the system says, without its code and call: "no such file or directory". */
export function systemReason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const isFolder = 'code' in error && error.code === 'EISDIR';
  return isFolder ? 'this is a directory' : error.message.replace(/^E[A-Z]+: /, '').replace(/, .*$/s, '');
}
