/** Lets everything that waits have its turn: messages that have arrived are handled before this settles. */
export type Pause = () => Promise<void>;

/** Where there is `setImmediate` (Node) it is the quickest way round the event loop; a browser's is a message to oneself. */
export function createPause(): Pause {
  if (typeof setImmediate === 'function') return () => new Promise(resolve => setImmediate(resolve));
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise(resolve => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
}

/** How long work may go on before others have their turn, in milliseconds. */
const SLICE = 8;

/** Runs steps until there is none left, in slices. `stopped` is asked between them; true when the work was finished. */
export async function inSlices(
  pause: Pause,
  steps: Iterator<unknown>,
  stopped: () => boolean = () => false,
): Promise<boolean> {
  for (;;) {
    const until = performance.now() + SLICE;
    do {
      if (steps.next().done === true) return true;
    } while (performance.now() < until);
    await pause();
    if (stopped()) return false;
  }
}
