/** Begins every line of a test run in an extension host, so that it can be told from the rest of the console. */
export const testLine = '[test] ';
