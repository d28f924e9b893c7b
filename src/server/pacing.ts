/** Lets everything that waits have its turn: messages that have arrived are handled before this settles. */
export type Pause = () => Promise<void>;

/**
 * Turns of the event loop in one pause: messages are read in one, and the connection handles one message in each. An editor sends few for
 * one keystroke: the change, the request, the end of the request before.
 */
const TURNS = 6;
/** The same where a turn may take a millisecond. */
const FEW_TURNS = 3;

/** Where there is `setImmediate` (Node) it is the quickest way round the event loop; a browser's is a message to oneself. */
export function createPause(): Pause {
  if (typeof setImmediate === 'function') {
    return async () => {
      for (let turn = 0; turn < TURNS; turn++) await new Promise(resolve => setImmediate(resolve));
    };
  }
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  let lastTimeout = performance.now();
  port1.onmessage = () => waiting.shift()?.();
  return async () => {
    // Some hosts hand out many messages of one port before they look at another; a timeout, slower, always lets others in.
    if (performance.now() - lastTimeout > LONGEST_TURN) {
      for (let turn = 0; turn < FEW_TURNS; turn++) await new Promise(resolve => setTimeout(resolve, 0));
      lastTimeout = performance.now();
      return;
    }
    await new Promise<void>(resolve => {
      waiting.push(resolve);
      port2.postMessage(undefined);
    });
  };
}

/** Milliseconds for which messages to oneself may follow each other. */
const LONGEST_TURN = 15;

/** How long work may go on before others have their turn, in milliseconds. */
const SLICE = 8;

/**
 * Runs steps to their end, in slices. After each slice the last step is shown to `goOn`; undefined when it said no. What the steps
 * returned is the value.
 */
export async function stepsInSlices<T, R>(
  pause: Pause,
  steps: Iterator<T, R>,
  goOn: (last: T) => boolean | Promise<boolean>,
): Promise<{ readonly value: R } | undefined> {
  for (;;) {
    const until = performance.now() + SLICE;
    let step = steps.next();
    while (step.done !== true && performance.now() < until) step = steps.next();
    if (step.done === true) return { value: step.value };
    await pause();
    if (!(await goOn(step.value))) return undefined;
  }
}

/** The same for steps that only have to be taken; false when they were stopped. */
export const inSlices = async (
  pause: Pause,
  steps: Iterator<unknown>,
  stopped: () => boolean = () => false,
): Promise<boolean> => (await stepsInSlices(pause, steps, () => !stopped())) !== undefined;
