/** What the measuring in an extension host needs to know. */
export interface ScaleTask {
  /** The extension that is measured. */
  readonly extension: string;
  /** What is typed to find papers. */
  readonly typed: readonly string[];
  /** Keys that the document cites. */
  readonly cited: readonly string[];
}

/** The last entry of the library: once it is found by its title, so are all. */
export const LAST_ENTRY = { key: 'last-of-all', title: 'zyxwv quetzal' };

/** What a user waits for, in milliseconds. */
export interface ScaleFigures {
  readonly activation: number;
  /** How long the main thread of the host was busy meanwhile; absent where it cannot be told. */
  readonly activationBusy?: number | undefined;
  /** The same until the first completion. */
  readonly startBusy?: number | undefined;
  /** From before the activation, as are the others. */
  readonly firstCompletion: number;
  /** Until the last entry was found by its key. */
  readonly allFound: number;
  /** Until the last entry was found by its title. */
  readonly indexed: number;
  /** Completions between the first one and that. */
  readonly earlyTimes: readonly number[];
  /** Completions after that. */
  readonly completionTimes: readonly number[];
  readonly hoverTimes: readonly number[];
}
