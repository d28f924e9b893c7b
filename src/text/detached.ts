/** Shorter parts of a text are copies anyway. */
const shortestView = 13;
/** Characters put together in one call; more would be too many arguments. */
const mostArguments = 4096;

/**
 * The same string, but a copy: engines make a part of a text a view of it, so that a key that is kept would keep the whole text of a
 * file in memory, and after each edit another one.
 */
export function detached(part: string): string {
  if (part.length < shortestView) return part;
  const pieces: string[] = [];
  for (let at = 0; at < part.length; at += mostArguments) {
    const codes: number[] = [];
    const end = Math.min(part.length, at + mostArguments);
    for (let index = at; index < end; index++) codes.push(part.charCodeAt(index));
    pieces.push(String.fromCharCode(...codes));
  }
  return pieces.join('');
}
