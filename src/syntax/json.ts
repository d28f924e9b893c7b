import type { Span } from '../text/span.ts';

/** The items of a text, in order. */
export interface JsonItems {
  readonly count: number;
  /** For each item start and end, then those of its key and of its type, both 0 where it has none. */
  readonly places: Int32Array;
  /** Whether an item is never closed. */
  readonly isBroken: boolean;
}

/** Numbers for each item. */
const WIDTH = 6;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;
const SLASH = 0x2f;
const STAR = 0x2a;

/** How many characters are read between two pauses. */
const charactersPerStep = 1 << 19;

/**
 * Finds the items of CSL-JSON: the objects of a list, be it alone or the `items` or `references` of an object, those of an object
 * whose names are the keys, or a single one. Cannot fail: an item that is never closed ends at the next line that begins like its own.
 */
export function* scanningJsonItems(text: string): Generator<undefined, JsonItems> {
  const scanner = new ItemScanner(text);
  for (let limit = charactersPerStep; !scanner.advance(limit); limit += charactersPerStep) yield;
  return scanner.items();
}

export function scanJsonItems(text: string): JsonItems {
  const scanner = new ItemScanner(text);
  scanner.advance(text.length);
  return scanner.items();
}

export const jsonItemSpan = ({ places }: JsonItems, item: number): Span => span(places, item * WIDTH);
/** Without its quotes. */
export const jsonKeySpan = ({ places }: JsonItems, item: number): Span => span(places, item * WIDTH + 2);
export const jsonTypeSpan = ({ places }: JsonItems, item: number): Span => span(places, item * WIDTH + 4);

const span = (places: Int32Array, at: number): Span => ({ start: places[at] ?? 0, end: places[at + 1] ?? 0 });

/** What lies between items is passed over: brackets are not counted there, so that any stretch of items reads as they do in their file. */
class ItemScanner {
  readonly #text: string;
  readonly #places: number[] = [];
  #at = 0;
  /** The string before the current place, if a colon may follow it. */
  #nameStart = -1;
  #nameEnd = 0;
  /** Whether an item was never closed: from there on, lines may end items. */
  #isBroken = false;

  constructor(text: string) {
    this.#text = text;
  }

  items(): JsonItems {
    return {
      count: this.#places.length / WIDTH,
      places: Int32Array.from(this.#places),
      isBroken: this.#isBroken,
    };
  }

  /** Reads up to `limit`, and the item there to its end; whether it came to the end of the text. */
  advance(limit: number): boolean {
    const text = this.#text;
    let at = this.#at;
    while (at < text.length && at < limit) {
      const code = text.charCodeAt(at);
      if (code === OPEN_BRACE && !this.#isContainer(at)) {
        at = this.#readItem(at);
        this.#nameStart = -1;
        continue;
      }
      if (code === QUOTE) {
        this.#nameStart = at;
        at = stringEnd(text, at);
        this.#nameEnd = at;
        continue;
      }
      if (code === SLASH) {
        at = commentEnd(text, at);
        continue;
      }
      if (isSign(code) && code !== COLON) this.#nameStart = -1;
      at++;
    }
    this.#at = at;
    return at >= text.length;
  }

  /** Only the outermost object can be no item. */
  #isContainer(at: number): boolean {
    return this.#places.length === 0 && this.#text.slice(0, at).trim() === '' && isContainer(this.#text, at);
  }

  /** Takes in the item whose brace is at `open`; returns its end. */
  #readItem(open: number): number {
    const text = this.#text;
    const first = this.#places.length;
    const hasName = this.#nameStart >= 0;
    this.#places.push(hasName ? this.#nameStart : open, text.length, 0, 0, 0, 0);
    let end = this.#readMembers(open, first);
    if (end < 0) {
      this.#isBroken = true;
      this.#places.fill(0, first + 2, first + WIDTH);
      end = this.#readMembers(open, first);
    }
    this.#places[first + 1] = end < 0 ? text.length : end;
    if (hasName && this.#places[first + 3] === 0) {
      this.#places[first + 2] = this.#nameStart + 1;
      this.#places[first + 3] = Math.max(this.#nameStart + 1, this.#nameEnd - 1);
    }
    return this.#places[first + 1] ?? text.length;
  }

  /** The end of the item; -1 where it has none. */
  #readMembers(open: number, first: number): number {
    const text = this.#text;
    const indent = this.#isBroken ? indentOf(text, open) : '';
    const opened: number[] = [];
    let depth = 0;
    let nameStart = -1;
    let nameEnd = 0;
    let isValue = false;
    for (let at = open; at < text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) {
        const end = stringEnd(text, at);
        if (depth === 1) {
          if (isValue) this.#setMember(first, nameStart, nameEnd, at + 1, Math.max(at + 1, end - 1));
          else {
            nameStart = at + 1;
            nameEnd = end - 1;
          }
          isValue = false;
        }
        at = end - 1;
      } else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
        opened[depth++] = code;
        isValue = false;
      } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) {
        // Signs that do not belong together: a bracket is missing somewhere before.
        if (opened[--depth] !== code - 2 && !this.#isBroken) return -1;
        if (depth <= 0) return at + 1;
      } else if (code === LINE_FEED) {
        if (this.#isBroken && beginsItem(text, at + 1, indent)) return trimmedEnd(text, open, at);
      } else if (depth === 1) {
        if (code === COLON) isValue = true;
        else if (code === COMMA) isValue = false;
        else if (isValue && isNumber(code)) {
          let end = at + 1;
          while (isNumber(text.charCodeAt(end))) end++;
          this.#setMember(first, nameStart, nameEnd, at, end);
          at = end - 1;
          isValue = false;
        }
      }
      if (code === SLASH) at = commentEnd(text, at) - 1;
    }
    return -1;
  }

  #setMember(first: number, nameStart: number, nameEnd: number, start: number, end: number): void {
    const length = nameEnd - nameStart;
    const places = this.#places;
    const is = (name: string): boolean => length === name.length && this.#text.startsWith(name, nameStart);
    if (is('id') || (is('citation-key') && places[first + 3] === 0)) {
      places[first + 2] = start;
      places[first + 3] = end;
    } else if (is('type')) {
      places[first + 4] = start;
      places[first + 5] = end;
    }
  }
}

/** Behind the quote that ends the string at `start`; a string ends with its line at the latest. */
export function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at + 1;
    if (code === BACKSLASH) at++;
    else if (code === LINE_FEED || code === CARRIAGE_RETURN) return at;
  }
  return text.length;
}

/** Behind the comment at `at`, or behind the slash that begins none. */
function commentEnd(text: string, at: number): number {
  const next = text.charCodeAt(at + 1);
  if (next === SLASH) {
    const end = text.indexOf('\n', at);
    return end < 0 ? text.length : end;
  }
  if (next !== STAR) return at + 1;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

const isSign = (code: number): boolean =>
  code === COMMA || code === COLON || code === OPEN_BRACE || code === OPEN_BRACKET || isCloser(code);

const isCloser = (code: number): boolean => code === CLOSE_BRACE || code === CLOSE_BRACKET;

/** Digits and what else stands in numbers: `-`, `+`, `.`, `e`. */
const isNumber = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 45 || code === 43 || code === 46 || code === 101 || code === 69;

/** More blanks before a line nobody writes. */
const mostIndent = 200;

/** The blanks before the line of `at`. */
function indentOf(text: string, at: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  return /^[ \t]*/u.exec(text.slice(start, Math.min(at, start + mostIndent)))?.[0] ?? '';
}

/** Whether a line begins an item, or the name of one, as far to the right as another item began. */
function beginsItem(text: string, line: number, indent: string): boolean {
  const at = line + indent.length;
  const code = text.charCodeAt(at);
  if ((code !== OPEN_BRACE && code !== QUOTE) || !text.startsWith(indent, line)) return false;
  return code === OPEN_BRACE || /^"[^"\n]{0,200}"\s{0,5}:\s{0,5}\{/u.test(text.slice(at, at + 220));
}

function trimmedEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && text.charCodeAt(last - 1) <= 32) last--;
  return last;
}

/** As much of an object as tells what it is. */
const beginning = 4000;

/** Whether an object holds items: the list of them, or each under its key. */
function isContainer(text: string, at: number): boolean {
  const head = text.slice(at, at + beginning);
  if (
    /^\{\s*(?:"[^"]{0,40}"\s*:\s*(?:"[^"]{0,400}"|[\d.]{1,20}|true|false|null)\s*,\s*){0,8}"(?:items|references)"\s*:\s*\[/u.test(
      head,
    )
  ) {
    return true;
  }
  const [, name = '', inside = ''] = /^\{\s*"([^"]{1,400})"\s*:\s*\{([^{}[\]]*)/u.exec(head) ?? [];
  return name !== 'custom' && /"(?:type|title|id)"\s*:\s*["\d]|"author"\s*:/u.test(inside);
}
