import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs an action when this process ends, on a signal too; returns a function that runs it now instead. */
export function atExit(action: () => void): () => void {
  if (actions.size === 0) {
    process.on('exit', runAll);
    for (const signal of signals) process.on(signal, endBySignal);
  }
  actions.add(action);
  return () => {
    if (!actions.delete(action)) return;
    if (actions.size === 0) {
      process.off('exit', runAll);
      for (const signal of signals) process.off(signal, endBySignal);
    }
    action();
  };
}

/** A new folder that is removed when this process ends, or earlier by `remove`. */
export function temporaryFolder(): TemporaryFolder {
  const path = mkdtempSync(join(tmpdir(), 'colophon-'));
  // A program that was just killed may still hold a file for a moment.
  const remove = atExit(() => {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return { path, remove };
}

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const actions = new Set<() => void>();

function runAll(): void {
  // Latest first: programs are ended before the folders they write to are removed.
  for (const action of [...actions].reverse()) action();
}

function endBySignal(): void {
  process.exit(1);
}
