import type { TextEdit } from '../text/edit.ts';

/** The smallest single edit that makes `after` of `before`; undefined where they are equal. */
export function editBetween(before: string, after: string): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  // Whole stretches first: engines compare them many times faster than a loop over characters.
  let start = 0;
  while (start + stretch <= shorter && before.slice(start, start + stretch) === after.slice(start, start + stretch))
    start += stretch;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let same = 0;
  while (same + stretch <= shorter - start && endStretch(before, same) === endStretch(after, same)) same += stretch;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  return { span: { start, end: before.length - same }, newText: after.slice(start, after.length - same) };
}

const stretch = 4096;

const endStretch = (text: string, same: number): string => text.slice(text.length - same - stretch, text.length - same);
