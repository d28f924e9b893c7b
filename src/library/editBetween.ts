import type { TextEdit } from '../text/edit.ts';
import type { FileText } from '../text/fileText.ts';

/** The smallest single edit that makes `after` of `before`; undefined where they are equal. */
export function editBetween(before: FileText, after: FileText): TextEdit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  // Whole stretches first: engines compare them many times faster than a loop over characters.
  let start = 0;
  while (start + stretch <= shorter && before.slice(start, start + stretch) === after.slice(start, start + stretch))
    start += stretch;
  start += sameAtStart(before.slice(start, start + stretch), after.slice(start, start + stretch));
  if (start === before.length && start === after.length) return undefined;
  let same = 0;
  while (same + stretch <= shorter - start && endStretch(before, same) === endStretch(after, same)) same += stretch;
  const rest = Math.min(stretch, shorter - start - same);
  same += sameAtEnd(endStretch(before, same, rest), endStretch(after, same, rest));
  return { span: { start, end: before.length - same }, newText: after.slice(start, after.length - same) };
}

const stretch = 4096;

const endStretch = (text: FileText, same: number, length = stretch): string =>
  text.slice(text.length - same - length, text.length - same);

function sameAtStart(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one.charCodeAt(same) === other.charCodeAt(same)) same++;
  return same;
}

function sameAtEnd(one: string, other: string): number {
  let same = 0;
  while (same < one.length && one.charCodeAt(one.length - 1 - same) === other.charCodeAt(other.length - 1 - same))
    same++;
  return same;
}
