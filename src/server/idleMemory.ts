import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often it is looked, in milliseconds. */
const PACE = 3000;
/** Microseconds of processor time within that time up to which the process is idle. */
const LITTLE = 100_000;
/** Bytes that the process has grown by since the last time, from which on it is worth the pause. */
const MUCH = 16e6;

/** The first finds what is unused; only the others make the engine notice that hardly anything is new, so that it needs less room. */
const ROUNDS = 4;

/**
 * Gives memory back when nobody waits: the engine looks for what is unused when it needs more, and a server that has read its files
 * needs none and would keep it for ever.
 */
export function collectWhenIdle(): void {
  let before = processorTime();
  let least = process.memoryUsage.rss();
  let left = 0;
  setInterval(() => {
    const now = processorTime();
    const isIdle = now - before < LITTLE;
    before = now;
    if (!isIdle) return;
    const size = process.memoryUsage.rss();
    least = Math.min(least, size);
    if (left === 0 && size < least + MUCH) return;
    collect();
    left = (left === 0 ? ROUNDS : left) - 1;
    least = process.memoryUsage.rss();
    // What this took is no work.
    before = processorTime();
  }, PACE).unref();
}

function processorTime(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
}
