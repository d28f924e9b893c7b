/** Begins every line of a test run in an extension host, so that it can be told from the rest of the console. */
export const testLine = '[test] ';

/** How a run with failures ends; by then every failure has been reported. */
export function failedMessage(failed: number): string {
  return `${failed} editor tests failed`;
}
