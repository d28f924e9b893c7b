/** Files that may wait without the index waiting for them. */
const FEW = 20;
/** Milliseconds after which nobody waits any longer for what is still being read. */
const PATIENCE = 5000;

/** How far reading files has come, and who waits for it. */
export interface Reading {
  /** The number of files that wait. */
  waitingFor(count: number): void;
  /** Whether it is still to be found out what open documents name. */
  expectMore(isExpected: boolean): void;
  isGoingOn(): boolean;
  /** Whether it is about to end. */
  isShort(): boolean;
  /** Settles when all that is named has been read, but lets nobody wait for a slow disk. False: it had been already. */
  ended(): Promise<boolean>;
}

export function createReading(): Reading {
  // Until files have been looked for, nobody knows how many there are.
  let waiting = 1;
  let isMoreExpected = false;
  const listeners = new Set<() => void>();

  function tell(): void {
    if (waiting > 0 || isMoreExpected) return;
    for (const listener of listeners) listener();
    listeners.clear();
  }

  return {
    waitingFor: count => {
      waiting = count;
      tell();
    },
    expectMore: isExpected => {
      isMoreExpected = isExpected;
      tell();
    },
    isGoingOn: () => waiting > 0,
    isShort: () => waiting < FEW,
    ended: async () => {
      if (waiting === 0 && !isMoreExpected) return false;
      await new Promise<void>(end => {
        const timer = setTimeout(end, PATIENCE);
        listeners.add(() => {
          clearTimeout(timer);
          end();
        });
      });
      return true;
    },
  };
}
