/** What the exit code says. */
export const EXIT = {
  done: 0,
  /** Something could not be read: a file, an entry. */
  badInput: 1,
  usage: 2,
  /** All was read, but not every value is in the output. */
  lost: 3,
} as const;
