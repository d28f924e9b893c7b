/** The part of `node:assert/strict` that the editor tests use, for the web-worker host, which has no Node. */
export function ok(value: unknown, message = 'expected something true'): asserts value {
  if (!isTruthy(value)) throw new Error(message);
}

export function equal(actual: unknown, expected: unknown, message = 'not equal'): void {
  if (!Object.is(actual, expected)) throw difference(message, actual, expected);
}

export function notEqual(actual: unknown, unexpected: unknown, message = 'equal'): void {
  if (Object.is(actual, unexpected)) throw difference(message, actual, `other than ${show(unexpected)}`);
}

/** Plain data only, which is what editor tests compare. */
export function deepEqual(actual: unknown, expected: unknown, message = 'not deeply equal'): void {
  if (show(actual) !== show(expected)) throw difference(message, actual, expected);
}

export function match(actual: string, pattern: RegExp, message = 'no match'): void {
  if (!pattern.test(actual)) throw difference(message, actual, String(pattern));
}

export function doesNotMatch(actual: string, pattern: RegExp, message = 'a match'): void {
  if (pattern.test(actual)) throw difference(message, actual, `nothing like ${String(pattern)}`);
}

export function fail(message: string): never {
  throw new Error(message);
}

function isTruthy(value: unknown): boolean {
  return Boolean(value);
}

function difference(message: string, actual: unknown, expected: unknown): Error {
  return new Error(`${message}\n  actual:   ${show(actual)}\n  expected: ${show(expected)}`);
}

/** Keys in alphabetical order, so that equal data reads equally. */
function show(value: unknown): string {
  if (value === undefined) return 'undefined';
  return JSON.stringify(value, (_key, part: unknown) => {
    if (part === undefined) return '(undefined)';
    if (part === null || typeof part !== 'object' || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

// The module it stands in for has a default export.
export * as default from './assert.ts';
