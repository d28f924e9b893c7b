import type { Span } from '../text/span.ts';
import { addWork, readAddress, readBraces, readMarkup } from './markdownMarkup.ts';
import { indexWithin } from './markdownSegment.ts';
import type { Bracket, InlineReader, Item, Segment } from './markdownSegment.ts';
import { followsWord, isCrossReference, keyEnd } from './pandocKeys.ts';
import { readRawCommand } from './rawTex.ts';
import { isCitingRole, roleGroup } from './sphinxRoles.ts';

/** Reads a stretch of running text and returns where it ends: a comment may go on behind `end`. */
export function readInline(reader: InlineReader, start: number, end: number): number {
  const segment: Segment = {
    reader,
    start,
    end,
    open: [],
    runs: undefined,
    noMath: false,
    noDisplay: false,
    noLinkEnd: false,
    tagEnd: -1,
  };
  let at = start;
  while (at < end) {
    switch (reader.text.charCodeAt(at)) {
      case BACKSLASH:
        at = readTexCommand(reader, at, end);
        break;
      case BACKTICK:
        at = readCode(segment, at);
        break;
      case DOLLAR:
        at = readMath(segment, at);
        break;
      case LESS:
        at = readMarkup(segment, at);
        break;
      case COLON:
        at = readAddress(segment, at);
        break;
      case OPEN_BRACKET:
        segment.open.push({
          start: at,
          mayCite: !'^!'.includes(reader.text[at - 1] ?? ' ') || at === start,
          items: [],
        });
        at++;
        break;
      case CLOSE_BRACKET:
        at = closeBracket(segment, at);
        break;
      case OPEN_BRACE:
        at = readBraces(segment, at);
        break;
      case AT:
        at = readKey(segment, at);
        break;
      default:
        at++;
    }
  }
  for (const bracket of segment.open) leaveOpen(segment, bracket);
  return at;
}

/** A raw TeX command, or an escaped character. */
export function readTexCommand(reader: InlineReader, start: number, limit: number): number {
  // `\@` escapes the sign, though it is a letter inside TeX packages.
  if (reader.text[start + 1] === '@') return start + 2;
  const { name, end, group } = readRawCommand(reader.tex, start);
  if (end > limit && name !== '') return start + 1 + name.length;
  if (group !== undefined) reader.groups.push(group);
  return end;
}

/** A code span ends at a run of as many backticks as began it. */
function readCode(segment: Segment, start: number): number {
  const { text } = segment.reader;
  const role = mystRole(text, segment.start, start);
  if (role !== undefined) return readRole(segment, role, start + 1);
  segment.runs ??= backtickRuns(text, segment.start, segment.end);
  const first = runEnd(text, start);
  const length = first - start;
  if ((segment.runs.get(length) ?? -1) < first) return first;
  for (let at = first; at < segment.end; at++) {
    if (text.charCodeAt(at) !== BACKTICK) continue;
    const end = runEnd(text, at);
    if (end - at === length) return end;
    at = end - 1;
  }
  return first;
}

/** `{cite:p}` before a backtick, as MyST writes it. */
function mystRole(text: string, limit: number, at: number): { name: string; start: number } | undefined {
  if (text[at - 1] !== '}' || at === limit) return undefined;
  const name = /\{([a-z:]+)\}$/.exec(text.slice(Math.max(limit, at - 30), at))?.[1];
  return name !== undefined && isCitingRole(name) ? { name, start: at - name.length - 2 } : undefined;
}

/** Keys of a role up to the next backtick, or to the end of the line while it is being typed. */
function readRole({ reader, end }: Segment, role: { name: string; start: number }, start: number): number {
  const { text } = reader;
  let close = start;
  while (close < end && !'`\r\n'.includes(text[close] ?? '')) close++;
  const isClosed = close < end && text[close] === '`';
  const span = { start: role.start, end: isClosed ? close + 1 : close };
  const inside = { start, end: close };
  reader.groups.push(roleGroup(text, span, role.name, { inside, separators: ',;', isClosed }));
  return span.end;
}

function backtickRuns(text: string, start: number, end: number): Map<number, number> {
  const runs = new Map<number, number>();
  for (let at = start; at < end; at++) {
    if (text.charCodeAt(at) !== BACKTICK) continue;
    const next = runEnd(text, at);
    runs.set(next - at, at);
    at = next - 1;
  }
  return runs;
}

function runEnd(text: string, start: number): number {
  let end = start;
  while (text.charCodeAt(end) === BACKTICK) end++;
  return end;
}

/** `$x$` has no space inside its signs and no digit behind (Pandoc manual, "Math"); `$$…$$` is a formula of its own. */
function readMath(segment: Segment, start: number): number {
  const { text } = segment.reader;
  if (text.charCodeAt(start + 1) === DOLLAR) {
    const end = segment.noDisplay ? -1 : indexWithin(text, '$$', start + 2, segment.end);
    if (end >= 0) return end + 2;
    segment.noDisplay = true;
    return start + 2;
  }
  if (segment.noMath || ' \t\r\n'.includes(text[start + 1] ?? ' ')) return start + 1;
  for (let at = start + 1; at < segment.end; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === DOLLAR && !' \t\r\n'.includes(text[at - 1] ?? ' ') && !/\d/.test(text[at + 1] ?? ''))
      return at + 1;
  }
  segment.noMath = true;
  return start + 1;
}

/** Brackets with keys in them are one group, unless they are the text of a link. */
function closeBracket(segment: Segment, at: number): number {
  const { text } = segment.reader;
  const bracket = segment.open.pop();
  const isLink = text[at + 1] === '(';
  if (bracket !== undefined && bracket.items.length > 0) {
    if (!isLink) addGroup(segment, { start: bracket.start, end: at + 1 }, bracket.items);
    else if (segment.reader.dialect !== 'myst') for (const item of bracket.items) addAlone(segment, item);
  }
  if (!isLink || bracket === undefined || segment.noLinkEnd) return at + 1;
  const close = indexWithin(text, ')', at + 2, segment.end);
  if (close >= 0) {
    // `(https://doi.org/10.1016/S0140-6736(96)00001-1)`
    const hasBrackets = close - at < 300 && text.slice(at + 2, close).includes('(');
    const second = hasBrackets ? indexWithin(text, ')', close + 1, Math.min(segment.end, close + 300)) : -1;
    const end = second >= 0 && !/\s/.test(text.slice(close, second)) ? second : close;
    addWork(segment.reader, at + 2, end);
    return end + 1;
  }
  segment.noLinkEnd = true;
  return at + 1;
}

/** The bracket may still be being typed: what stands on its line belongs to it. */
function leaveOpen(segment: Segment, { start, items }: Bracket): void {
  const { text } = segment.reader;
  const last = items.at(-1);
  if (last === undefined) return;
  const isOneLine = !/[\r\n]/.test(text.slice(start, last.span.end));
  if (isOneLine) addGroup(segment, { start, end: last.span.end }, items);
  else for (const item of items) addAlone(segment, item);
}

/** `@key`, `-@key`, `@{any key}`, and an `@` that waits for its key. */
function readKey(segment: Segment, at: number): number {
  const { text, place } = segment.reader;
  if (followsWord(text, at) || text[at - 1] === '@') return at + 1;
  const start = text[at - 1] === '-' && at > segment.start ? at - 1 : at;
  if (text[at + 1] === '{') return readBracedKey(segment, start, at);
  const isAll = place === 'nocite' && text[at + 1] === '*';
  const end = isAll ? at + 2 : keyEnd(text, at + 1, segment.end);
  const slot = { start: at + 1, end };
  if (end === at + 1) {
    if (waitsForKey(segment, at)) add(segment, { span: { start, end }, slot, citation: undefined });
    return end;
  }
  const key = text.slice(slot.start, end);
  const isLabelLike = isCrossReference(key, text[end]);
  add(segment, { span: { start, end }, slot, citation: { key, span: slot, ...(isLabelLike && { isLabelLike }) } });
  return end;
}

function readBracedKey(segment: Segment, start: number, at: number): number {
  const { text } = segment.reader;
  const inside = at + 2;
  let end = inside;
  while (end < segment.end && !'{}\r\n'.includes(text[end] ?? '')) end++;
  if (text[end] === '}' && end < segment.end) {
    const slot = { start: inside, end };
    const key = text.slice(inside, end);
    add(segment, { span: { start, end: end + 1 }, slot, citation: key === '' ? undefined : { key, span: slot } });
    return end + 1;
  }
  const typed = keyEnd(text, inside, segment.end);
  add(segment, { span: { start, end: typed }, slot: { start: inside, end: typed }, citation: undefined });
  return typed;
}

/** An `@` stands alone where a citation could begin, and nothing is joined to it. */
function waitsForKey(segment: Segment, at: number): boolean {
  const { text } = segment.reader;
  const before = at === segment.start ? ' ' : (text[at - 1] ?? ' ');
  const after = at + 1 >= segment.end ? ' ' : (text[at + 1] ?? ' ');
  return ' \t\r\n[(;-"\'>*_'.includes(before) && ' \t\r\n]);,.:"\''.includes(after);
}

function add(segment: Segment, item: Item): void {
  const bracket = segment.open.at(-1);
  if (bracket?.mayCite === true) bracket.items.push(item);
  else addAlone(segment, item);
}

function addAlone(segment: Segment, { span, slot, citation }: Item): void {
  segment.reader.groups.push({ span, command: '@', citations: citation ? [citation] : [], slots: [slot] });
}

function addGroup(segment: Segment, span: Span, items: readonly Item[]): void {
  const citations = items.flatMap(item => item.citation ?? []);
  segment.reader.groups.push({ span, command: '[@', citations, slots: items.map(item => item.slot) });
}

const BACKSLASH = 92;
const BACKTICK = 96;
const DOLLAR = 36;
const LESS = 60;
const COLON = 58;
const AT = 64;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
