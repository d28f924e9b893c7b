/** A stretch of formatted text. The text itself is plain: who shows it escapes it for the notation of the place. */
export interface TextRun {
  readonly text: string;
  readonly italic?: true;
  readonly bold?: true;
  readonly smallCaps?: true;
  readonly position?: 'super' | 'sub';
}

/** The text of all runs without its formatting. */
export const plainText = (runs: readonly TextRun[]): string => runs.map(run => run.text).join('');
