import type { Span } from '../text/span.ts';
import type { CitationGroup, CitationSite } from './language.ts';
import { groupsUpTo, otherKeys, slotAt } from './texCitations.ts';
import type { SlotPlace } from './texCitations.ts';

/** How keys stand beside each other in a slot. */
interface KeyList {
  readonly separators: string;
  /** What may stand behind a finished slot: what an unfinished one holds may be prose. */
  readonly closers: string;
}

/** The place for a key at `offset` in a slot that holds a list of keys. */
export function listSite(
  text: string,
  groups: readonly CitationGroup[],
  offset: number,
  list: KeyList,
): CitationSite | undefined {
  const place = slotAt(groups, offset);
  if (place === undefined) return undefined;
  const isClosed = list.closers.includes(text[place.slot.end] ?? ' ');
  const replace = itemAt(text, place.slot, offset, isClosed ? list.separators : `${list.separators} `);
  const query = text.slice(replace.start, offset);
  return { query, replace, taken: otherKeys(place.group, replace), maybeProse: !isClosed && query.includes(' ') };
}

/** The item around `offset` without the spaces before and behind it; an unfinished one ends with the word of the cursor. */
function itemAt(text: string, slot: Span, offset: number, ends: string): Span {
  const separators = ends.replace(' ', '');
  let start = offset;
  while (start > slot.start && !separators.includes(text[start - 1] ?? '') && !isLineBreak(text[start - 1])) start--;
  while (start < offset && isSpace(text[start])) start++;
  let end = offset;
  while (end < slot.end && !ends.includes(text[end] ?? '') && !isLineBreak(text[end])) end++;
  while (end > offset && isSpace(text[end - 1])) end--;
  return { start, end };
}

/** The parts of a stretch between separators, without the spaces around them; empty ones left out. */
export function listItems(text: string, slot: Span, separators: string): Span[] {
  const found: Span[] = [];
  let start = -1;
  let end = -1;
  for (let at = slot.start; at <= slot.end; at++) {
    const char = text[at] ?? '';
    if (at === slot.end || separators.includes(char)) {
      if (start >= 0) found.push({ start, end });
      start = -1;
    } else if (!isSpace(char) && !isLineBreak(char)) {
      if (start < 0) start = at;
      end = at + 1;
    }
  }
  return found;
}

/** Groups that may follow the one of a cursor in the order of their beginning: those nested in it. */
const nestedGroups = 64;

/** The last slot behind an `@` that begins before the cursor on its line: words to search for may follow what is its key. */
export function slotBefore(text: string, groups: readonly CitationGroup[], offset: number): SlotPlace | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const last = groupsUpTo(groups, offset) - 1;
  let best: SlotPlace | undefined;
  for (let index = last; index >= 0 && index > last - nestedGroups; index--) {
    const group = groups[index];
    const slot = group?.slots.findLast(({ start }) => lineStart <= start && start <= offset);
    if (group !== undefined && slot !== undefined && slot.start > (best?.slot.start ?? -1)) best = { group, slot };
  }
  return best;
}

/** Words that a person searches for; more of them are prose. */
const mostWords = 6;

/** Whether what stands between an `@` and the cursor can still be a search: the key, then words with one space between. */
export function isSearch(query: string, keyLength: number, isLone: boolean): boolean {
  if (query.length <= keyLength) return true;
  const [mark = '', ...words] = query.slice(keyLength).split(' ');
  if (words.length >= mostWords) return false;
  // A sentence ends with the key: `as shown by @doe.`
  if (!/^[:.#$%&+?<>~/-]*$/.test(mark) || /[.?~<>$%]$/.test(mark)) return false;
  if (words.length > 0 && mark !== '') return false;
  return words.every(
    (word, index) =>
      /^[\p{L}\p{M}\p{N}'’-]*$/u.test(word) &&
      (word !== '' || index === words.length - 1) &&
      !(isLone && keyLength === 0),
  );
}

const isSpace = (char: string | undefined): boolean => char === ' ' || char === '\t';
const isLineBreak = (char: string | undefined): boolean => char === '\n' || char === '\r';
