import type { TextEdit } from '../text/edit.ts';
import type { Citation, CitationGroup } from './language.ts';

/** Inserts at a place. */
export const insertion = (offset: number, newText: string): TextEdit => ({
  span: { start: offset, end: offset },
  newText,
});

/** The separator that stands between the keys of a group already, `usual` where it has only one. */
export function separatorIn(text: string, { citations, slots }: CitationGroup, usual: string): string {
  const [first, second] = citations;
  const isOneSlot = first !== undefined && second !== undefined && slots.some(slot => holdsBoth(slot, first, second));
  const between = isOneSlot ? text.slice(first.span.end, second.span.start) : '';
  return /^[,;][ \t]*$/.test(between) ? between : usual;
}

const holdsBoth = (slot: { start: number; end: number }, first: Citation, second: Citation): boolean =>
  slot.start <= first.span.start && second.span.end <= slot.end;

/** Keys behind the one at the cursor, in a group whose slots hold lists of keys; behind the last where the cursor is at no key. */
export function joinList(
  text: string,
  group: CitationGroup,
  { offset, written, usual }: { readonly offset: number; readonly written: readonly string[]; readonly usual: string },
): TextEdit {
  const slot = group.slots.find(one => one.start <= offset && offset <= one.end);
  const within = slot ?? group.slots.at(-1) ?? group.span;
  const here = group.citations.filter(({ span }) => within.start <= span.start && span.end <= within.end);
  const separator = separatorIn(text, group, usual);
  const anchor = slot === undefined ? here.at(-1) : here.findLast(({ span }) => span.start <= offset);
  const keys = written.join(separator);
  if (anchor !== undefined) return insertion(anchor.span.end, separator + keys);
  const [first] = here;
  return first === undefined ? insertion(within.start, keys) : insertion(first.span.start, keys + separator);
}

/**
 * Where an item of a group ends whose items are separated by a sign outside of braces and brackets: before that sign or the end of the
 * group's inside.
 */
export function itemEnd(text: string, start: number, limit: number, separator: string): number {
  let depth = 0;
  for (let at = start; at < limit; at++) {
    const char = text[at] ?? '';
    if (char === '\\') at++;
    else if ('{['.includes(char)) depth++;
    else if ('}]'.includes(char)) depth = Math.max(0, depth - 1);
    else if (char === separator && depth === 0) return at;
  }
  return limit;
}

/** The citation at the cursor or the last one before it; the last of all where the cursor is before the first. */
export const citationBefore = ({ citations }: CitationGroup, offset: number): Citation | undefined =>
  citations.findLast(({ span }) => span.start <= offset) ?? citations.at(-1);

/** Nothing to say before or behind a key. */
export const neither = { prefix: false, locator: false } as const;
export const both = { prefix: true, locator: true } as const;
export const locatorOnly = { prefix: false, locator: true } as const;
