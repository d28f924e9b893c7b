import type { Span } from '../text/span.ts';
import type { Citation, CitationGroup, CitationSite } from './language.ts';
import type { TexSource } from './texArguments.ts';
import {
  BACKSLASH,
  CLOSE_BRACE,
  closerOf,
  COMMA,
  isBlankLine,
  isLetter,
  isLineBreak,
  isSpace,
  isWhite,
  lineEnd,
  OPEN_BRACE,
  OPEN_BRACKET,
  PERCENT,
  skipTrivia,
} from './texArguments.ts';
import type { KeyPlace } from './texCommands.ts';

/** A citation command, or what has been typed of it; undefined when it has no argument for keys. */
export function readCitation(source: TexSource, command: TexCommand, place: KeyPlace): CitationGroup | undefined {
  const slots = readSlots(source, command, place);
  const last = slots.at(-1);
  if (last === undefined) return undefined;
  const end = isClosedSlot(source.text, last) ? last.end + 1 : last.end;
  return keyGroup(source.text, { start: command.start, end }, command.name, slots);
}

/** The group of the keys in `slots`. */
export function keyGroup(text: string, span: Span, command: string, slots: readonly Span[]): CitationGroup {
  const citations: Citation[] = [];
  for (const slot of slots) readKeys(text, slot, citations);
  return { span, command, citations, slots };
}

/** The place for a key at `offset` inside the braces of a citation command; undefined in a comment. */
export function texCitationSite(text: string, { group, slot }: SlotPlace, offset: number): CitationSite | undefined {
  const replace = itemAt(text, slot, offset);
  if (replace === undefined) return undefined;
  const query = text.slice(replace.start, offset);
  const maybeProse = !isClosedSlot(text, slot) && query.includes(' ');
  return { query, replace, taken: otherKeys(group, replace), maybeProse };
}

/** Keys of a group but for those that touch a stretch. */
export const otherKeys = (group: CitationGroup, { start, end }: Span): string[] =>
  group.citations.filter(({ span }) => span.end < start || span.start > end).map(({ key }) => key);

export interface SlotPlace {
  readonly group: CitationGroup;
  readonly slot: Span;
}

/** Number of groups that begin at `offset` or before. */
export function groupsUpTo(groups: readonly CitationGroup[], offset: number): number {
  let low = 0;
  let high = groups.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((groups[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The slot that `offset` is in, and its group; where groups are nested, the inner one. */
export function slotAt(groups: readonly CitationGroup[], offset: number): SlotPlace | undefined {
  for (let index = groupsUpTo(groups, offset) - 1; index >= 0; index--) {
    const group = groups[index];
    const slot = group?.slots.find(({ start, end }) => start <= offset && offset <= end);
    if (group !== undefined && slot !== undefined) return { group, slot };
  }
  return undefined;
}

export interface TexCommand {
  readonly name: string;
  /** Of the backslash. */
  readonly start: number;
  /** Where the arguments begin; `*` and the like may stand before them. */
  readonly end: number;
}

/** Whether the slot has its closing brace: what an unfinished one holds may be prose. */
const isClosedSlot = (text: string, slot: Span): boolean => text.charCodeAt(slot.end) === CLOSE_BRACE;

function readSlots(source: TexSource, command: TexCommand, place: KeyPlace): Span[] {
  const { text } = source;
  const slots: Span[] = [];
  const isMultiple = place === 'every' || place === 'everySecond';
  let at = command.end;
  while (at < text.length && "*+'".includes(text[at] ?? '')) at++;
  let braces = 0;
  let globals = 0;
  for (;;) {
    const next = skipTrivia(text, at);
    const code = text.charCodeAt(next);
    if (code === OPEN_BRACKET) at = closerOf(source, next) + 1;
    else if (code === OPEN_BRACE) {
      // An unknown command has no second argument behind a space: that is a group of the prose.
      if (place === 'last' && braces > 0 && next !== at) break;
      if (holdsKeys(place, braces)) {
        const slot = keySlot(text, next);
        if (braces > 0 && isLostSlot(text, slot)) break;
        if (place === 'last') slots.length = 0;
        slots.push(slot);
        at = isClosedSlot(text, slot) ? slot.end + 1 : 0;
      } else at = closerOf(source, next) + 1;
      braces++;
      if (typeof place !== 'string' && place.every(one => braces > one)) break;
    } else if (braces === 0 && code === OPEN_ANGLE) at = shortNote(text, next, '>') + 1;
    else if (braces === 0 && code === OPEN_PAREN && isMultiple && globals < 2) {
      globals++;
      at = shortNote(text, next, ')') + 1;
    } else break;
    if (at === 0) break;
  }
  return slots;
}

function holdsKeys(place: KeyPlace, index: number): boolean {
  if (place === 'last' || place === 'every') return true;
  return place === 'everySecond' ? index % 2 === 1 : place.includes(index);
}

/** Behind the first argument, braces that begin with a command are prose: `\cites{a}{b} {\em text}`. */
const isLostSlot = (text: string, slot: Span): boolean =>
  text.charCodeAt(slot.end) === BACKSLASH && slot.end - slot.start < 2;

const longestNote = 300;

/** End of a note in parentheses or angle brackets, or -1. These cannot be matched like brackets, so they are kept short. */
function shortNote(text: string, open: number, closer: string): number {
  const limit = Math.min(text.length, open + longestNote);
  for (let at = open + 1; at < limit; at++) {
    if (text[at] === closer) return at;
    if (isLineBreak(text.charCodeAt(at)) && isBlankLine(text, at)) return -1;
  }
  return -1;
}

/**
 * The inside of the braces at `open`. Where the closing brace is missing it ends at an empty line, at a command, at another
 * brace, or at the end of the line on which prose begins: a key has no space in it.
 */
function keySlot(text: string, open: number): Span {
  const start = open + 1;
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === CLOSE_BRACE) return { start, end: at };
    if (code === OPEN_BRACE) break;
    if (code === BACKSLASH) {
      const next = text.charCodeAt(at + 1);
      if (isLetter(next) || Number.isNaN(next)) break;
      at++;
    } else if (code === PERCENT) at = lineEnd(text, at) - 1;
    else if (isLineBreak(code) && isBlankLine(text, at)) break;
  }
  return { start, end: proseLineEnd(text, start, Math.min(at, text.length)) };
}

/** End of the first line whose last item goes on behind a space, or `end`. */
function proseLineEnd(text: string, start: number, end: number): number {
  let itemLine = -1;
  let hasSpace = false;
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      itemLine = -1;
      hasSpace = false;
    } else if (code === PERCENT) at = lineEnd(text, at) - 1;
    else if (isWhite(code)) hasSpace = itemLine >= 0;
    else if (itemLine < 0) itemLine = at;
    else if (hasSpace) return lineEnd(text, itemLine, end);
  }
  return end;
}

function readKeys(text: string, slot: Span, citations: Citation[]): void {
  const isClosed = isClosedSlot(text, slot);
  for (const item of items(text, slot)) {
    // `*b` in mciteplus and REVTeX joins b to the citation before it.
    const start = text[item.start] === '*' && item.end - item.start > 1 ? item.start + 1 : item.start;
    const key = text.slice(start, item.end);
    if (isParameter(key) || (!isClosed && /\s/.test(key))) continue;
    citations.push({ key, span: { start, end: item.end } });
  }
}

/** `#1` in the body of a definition. */
const isParameter = (key: string): boolean => key.startsWith('#');

/** Numbers of the parameters (`#1`) among the keys. */
export function parametersIn(text: string, slot: Span): number[] {
  if (
    text.charCodeAt(slot.start) !== HASH &&
    !text.slice(slot.start, Math.min(slot.end, slot.start + 99)).includes('#')
  )
    return [];
  const keys = items(text, slot).map(item => text.slice(item.start, item.end));
  return keys.filter(isParameter).map(key => Number(key[1]));
}

/** Parts between commas; a comment ends the part before it. */
function items(text: string, slot: Span): Span[] {
  const found: Span[] = [];
  let start = -1;
  let end = -1;
  for (let at = slot.start; at < slot.end; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      if (start >= 0) found.push({ start, end });
      start = -1;
    } else if (code === PERCENT) {
      at = lineEnd(text, at);
      if (start >= 0) found.push({ start, end });
      start = -1;
    } else if (!isWhite(code)) {
      if (start < 0) start = at;
      end = at + 1;
    }
  }
  if (start >= 0) found.push({ start, end });
  return found;
}

/** The item at `offset`, on its line, without the spaces around it; empty between commas, undefined in a comment. */
function itemAt(text: string, slot: Span, offset: number): Span | undefined {
  const lineStart = Math.max(slot.start, text.lastIndexOf('\n', offset - 1) + 1);
  if (text.slice(lineStart, offset).includes('%')) return undefined;
  let start = offset;
  while (start > slot.start && text.charCodeAt(start - 1) !== COMMA && !isLineBreak(text.charCodeAt(start - 1)))
    start--;
  while (start < offset && isSpace(text.charCodeAt(start))) start++;
  let end = offset;
  const isClosed = isClosedSlot(text, slot);
  while (end < slot.end) {
    const code = text.charCodeAt(end);
    if (code === COMMA || code === PERCENT || isLineBreak(code) || (!isClosed && isSpace(code))) break;
    end++;
  }
  while (end > offset && isSpace(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

const HASH = 35;
const OPEN_ANGLE = 60;
const OPEN_PAREN = 40;
