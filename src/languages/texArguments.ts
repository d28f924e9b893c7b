import type { Span } from '../text/span.ts';

/** A TeX text and the brackets matched in it so far: every stretch is matched once, however often it is asked for. */
export interface TexSource {
  readonly text: string;
  /** Offset of `{` or `[` to that of its partner, -1 without one. */
  readonly closers: Map<number, number>;
}

export const texSource = (text: string): TexSource => ({ text, closers: new Map() });

/**
 * The partner of the `{` or `[` at `open`, or -1. Inside braces a lone `]` is text. A `[` also ends, without a partner, at an
 * empty line. The answer does not depend on where the search began: what it met on its way is kept.
 */
export function closerOf(source: TexSource, open: number): number {
  const known = source.closers.get(open);
  if (known !== undefined) return known;
  const { text, closers } = source;
  const stack: number[] = [];
  let at = open;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === PERCENT) at = lineEnd(text, at) - 1;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) stack.push(at);
    else if (code === CLOSE_BRACKET && isOpen(text, stack, OPEN_BRACKET)) closers.set(stack.pop() ?? -1, at);
    else if (code === CLOSE_BRACE) {
      dropBrackets(source, stack);
      closers.set(stack.pop() ?? -1, at);
    } else if (isLineBreak(code) && isBlankLine(text, at)) dropBrackets(source, stack);
    if (stack.length === 0) break;
    at++;
  }
  for (const unclosed of stack) closers.set(unclosed, -1);
  return closers.get(open) ?? -1;
}

const isOpen = (text: string, stack: readonly number[], code: number): boolean =>
  stack.length > 0 && text.charCodeAt(stack[stack.length - 1] ?? 0) === code;

function dropBrackets(source: TexSource, stack: number[]): void {
  while (isOpen(source.text, stack, OPEN_BRACKET)) source.closers.set(stack.pop() ?? -1, -1);
}

/** Behind spaces, line ends and comments; an empty line ends a paragraph and stops it. */
export function skipTrivia(text: string, start: number): number {
  let at = start;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === PERCENT) {
      // The line end belongs to the comment, so the next line is not an empty one.
      at = lineEnd(text, at);
      if (text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(at + 1) === LINE_FEED) at++;
    } else if (isLineBreak(code)) {
      if (isBlankLine(text, at)) return at;
    } else if (!isSpace(code)) return at;
  }
  return text.length;
}

/** Offset of the line break that ends the line of `at`, or `limit`. */
export function lineEnd(text: string, at: number, limit = text.length): number {
  let end = at;
  while (end < limit && !isLineBreak(text.charCodeAt(end))) end++;
  return end;
}

/** Whether the line after the line break at `at` is empty but not the end of the text. Looks no further than that line's first character. */
export function isBlankLine(text: string, at: number): boolean {
  let next = at + 1;
  if (text.charCodeAt(at) === CARRIAGE_RETURN && text.charCodeAt(next) === LINE_FEED) next++;
  while (next < text.length && isSpace(text.charCodeAt(next))) next++;
  return next < text.length && isLineBreak(text.charCodeAt(next));
}

/** The parts between the commas of a stretch, outside braces, without the spaces and comments around them; empty ones left out. */
export function listItems(source: TexSource, inside: Span): Span[] {
  const { text } = source;
  const items: Span[] = [];
  let start = -1;
  let end = -1;
  for (let at = inside.start; at < inside.end; at++) {
    const code = text.charCodeAt(at);
    if (code === COMMA) {
      if (start >= 0) items.push({ start, end });
      start = -1;
    } else if (code === PERCENT) at = lineEnd(text, at) - 1;
    else if (!isSpace(code) && !isLineBreak(code)) {
      if (start < 0) start = at;
      if (code === OPEN_BRACE) at = Math.max(at, Math.min(closerOf(source, at), inside.end - 1));
      else if (code === BACKSLASH) at = Math.min(at + 1, inside.end - 1);
      end = at + 1;
    }
  }
  if (start >= 0) items.push({ start, end });
  return items;
}

interface KeyValue {
  readonly name: string;
  /** Without the braces around it; undefined for a bare name. */
  readonly value?: Span;
}

/** Reads `name=value, name={value}, name`. */
export function keyValues(source: TexSource, inside: Span): KeyValue[] {
  return listItems(source, inside).map(item => {
    const equals = source.text.slice(item.start, item.end).indexOf('=');
    if (equals < 0) return { name: source.text.slice(item.start, item.end) };
    const name = source.text.slice(item.start, item.start + equals).trim();
    return { name, value: unbrace(source.text, trim(source.text, { start: item.start + equals + 1, end: item.end })) };
  });
}

/** Without the braces or double quotes around it. */
export function unbrace(text: string, span: Span): Span {
  const first = text[span.start];
  const last = span.end - span.start > 1 ? text[span.end - 1] : undefined;
  const isWrapped = (first === '{' && last === '}') || (first === '"' && last === '"');
  return isWrapped ? trim(text, { start: span.start + 1, end: span.end - 1 }) : span;
}

export function trim(text: string, span: Span): Span {
  let { start, end } = span;
  while (start < end && isWhite(text.charCodeAt(start))) start++;
  while (end > start && isWhite(text.charCodeAt(end - 1))) end--;
  return { start, end };
}

/** End of the control word whose first letter is at `start`; `@` counts as a letter, as inside packages. */
export function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isLetter(text.charCodeAt(end))) end++;
  return end;
}

export const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 64 && code <= 90);
export const isSpace = (code: number): boolean => code === 32 || code === 9;
export const isLineBreak = (code: number): boolean => code === LINE_FEED || code === CARRIAGE_RETURN;
export const isWhite = (code: number): boolean => isSpace(code) || isLineBreak(code);

export const BACKSLASH = 92;
export const PERCENT = 37;
export const OPEN_BRACE = 123;
export const CLOSE_BRACE = 125;
export const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
export const COMMA = 44;
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
