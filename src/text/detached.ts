/** Shorter parts of a text are copies anyway. */
const shortestView = 13;
/**
 * The same string, but a copy: engines make a part of a text a view of it, so that a key that is kept would keep the whole text of a
 * file in memory, and after each edit another one.
 */
export const detached = (part: string): string =>
  // Parts that are joined are copied; adding them could give a view of both.
  part.length < shortestView ? part : [part.slice(0, 1), part.slice(1)].join('');

/** The same for many at once, at less cost: together they are a copy, of which each is a view. */
export function allDetached(parts: readonly string[]): string[] {
  // What is joined from one part alone would be that part.
  const copy = ['\n', ...parts].join('');
  let end = 1;
  return parts.map(part => copy.slice(end, (end += part.length)));
}
