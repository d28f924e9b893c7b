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
  /** Something has been read that may be offered. */
  came(): void;
  /**
   * The first answer that is enough, asked for anew whenever something came; else the last one, once all that is named has been read.
   * Lets nobody wait for a slow disk, and does not ask for whoever has cancelled.
   */
  untilEnough<T>(ask: () => T, isEnough: (answer: T) => boolean, asker: Asker): Promise<T>;
}

/** A request, which may be cancelled. */
export interface Asker {
  readonly isCancellationRequested: boolean;
}

export function createReading(): Reading {
  // Until files have been looked for, nobody knows how many there are.
  let waiting = 1;
  let isMoreExpected = false;
  const listeners = new Set<() => void>();

  const hasEnded = (): boolean => waiting === 0 && !isMoreExpected;

  function tell(): void {
    const told = [...listeners];
    listeners.clear();
    for (const listener of told) listener();
  }

  const news = (patience: number): Promise<void> =>
    new Promise(resolve => {
      const timer = setTimeout(resolve, patience);
      listeners.add(() => {
        clearTimeout(timer);
        resolve();
      });
    });

  return {
    waitingFor: count => {
      waiting = count;
      if (hasEnded()) tell();
    },
    expectMore: isExpected => {
      isMoreExpected = isExpected;
      if (hasEnded()) tell();
    },
    isGoingOn: () => waiting > 0,
    isShort: () => waiting < FEW,
    came: tell,
    untilEnough: async (ask, isEnough, asker) => {
      const end = performance.now() + PATIENCE;
      let answer = ask();
      for (let left = PATIENCE; !isEnough(answer) && !hasEnded() && left > 0; left = end - performance.now()) {
        await news(left);
        if (asker.isCancellationRequested) break;
        answer = ask();
      }
      return answer;
    },
  };
}
