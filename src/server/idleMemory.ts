import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** How often it is looked, in milliseconds. */
const PACE = 3000;
/** Milliseconds of work within that time up to which the process is idle. */
const LITTLE = 100;
/** Bytes that the process has grown by since the last time, from which on it is worth the pause. */
const MUCH = 16e6;

/**
 * Gives memory back when nobody waits: the engine looks for what is unused when it needs more, and a server that has read its files
 * needs none and would keep it for ever.
 */
export function collectWhenIdle(): void {
  let before = performance.eventLoopUtilization();
  let least = process.memoryUsage.rss();
  let stage: 'waiting' | 'again' = 'waiting';
  setInterval(() => {
    const now = performance.eventLoopUtilization();
    const isIdle = now.active - before.active < LITTLE;
    before = now;
    if (!isIdle) return;
    if (stage === 'waiting' && process.memoryUsage.rss() < least + MUCH) return;
    collect();
    // The first time finds what is unused; the second makes the engine notice that hardly anything is new, so that it needs less room.
    stage = stage === 'waiting' ? 'again' : 'waiting';
    least = process.memoryUsage.rss();
    // What this took is no work.
    before = performance.eventLoopUtilization();
  }, PACE).unref();
}

function collect(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
}
