/** How many tests passed and failed. */
export interface Count {
  readonly passed: number;
  readonly failed: number;
}

export function sum(counts: readonly Count[]): Count {
  return {
    passed: counts.reduce((total, count) => total + count.passed, 0),
    failed: counts.reduce((total, count) => total + count.failed, 0),
  };
}

/** The form that scripts around the test command read. */
export function formatCount(count: Count): string {
  return `${count.passed} passed, ${count.failed} failed`;
}
