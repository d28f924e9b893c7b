/** What the measuring in an extension host needs to know. */
export interface ScaleTask {
  /** What is typed to find papers. */
  readonly typed: readonly string[];
  /** Keys that the document cites. */
  readonly cited: readonly string[];
  /** The key of the last entry of the library. */
  readonly last: string;
}

/** What a user waits for, in milliseconds. */
export interface ScaleFigures {
  readonly activation: number;
  /** How long the main thread of the host was busy meanwhile; absent where it cannot be told. */
  readonly activationBusy?: number | undefined;
  /** The same until the first completion. */
  readonly startBusy?: number | undefined;
  /** From before the activation, as are the others. */
  readonly firstCompletion: number;
  /** Until the last entry was found. */
  readonly allFound: number;
  readonly completionTimes: readonly number[];
  readonly hoverTimes: readonly number[];
}
