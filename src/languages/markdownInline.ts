import type { Span } from '../text/span.ts';
import type { Citation, CitationGroup, Include } from './language.ts';
import { followsWord, isCrossReference, keyEnd } from './pandocKeys.ts';
import { listItems } from './slotSites.ts';
import { isCitingRole, roleGroup } from './sphinxRoles.ts';
import type { TexSource } from './texArguments.ts';
import { texSource, wordEnd } from './texArguments.ts';
import { readCitation } from './texCitations.ts';
import { keyPlace } from './texCommands.ts';

/** Collects what running text cites. Searches that failed are kept, so that none is made twice. */
export interface InlineReader {
  readonly text: string;
  readonly groups: CitationGroup[];
  readonly includes: Include[];
  /** Works that links name by DOI. */
  readonly works: Citation[];
  /** In `nocite`, `@*` is a key. */
  readonly place: 'text' | 'nocite';
  readonly tex: TexSource;
  /** Ends of comments and elements (`-->`, `</style`) that do not occur any more. */
  readonly missing: Set<string>;
}

export const inlineReader = (text: string, place: InlineReader['place'] = 'text'): InlineReader => ({
  text,
  groups: [],
  includes: [],
  works: [],
  place,
  tex: texSource(text),
  missing: new Set(),
});

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

interface Segment {
  readonly reader: InlineReader;
  readonly start: number;
  readonly end: number;
  readonly open: Bracket[];
  /** Lengths of runs of backticks with the place of the last run of each. */
  runs: Map<number, number> | undefined;
  noMath: boolean;
  noDisplay: boolean;
  noLinkEnd: boolean;
  /** Where the next `%}` stands, as far as one was looked for; infinite where there is none. */
  tagEnd: number;
}

interface Bracket {
  readonly start: number;
  /** Not that of a note (`^[`) or picture (`![`). */
  readonly mayCite: boolean;
  readonly items: Item[];
}

/** An `@` with its key, or the place for one. */
interface Item {
  readonly span: Span;
  readonly slot: Span;
  readonly citation: Citation | undefined;
}

/** A raw TeX command, or an escaped character. */
export function readTexCommand(reader: InlineReader, start: number, limit: number): number {
  const end = wordEnd(reader.text, start + 1);
  // `\@` escapes the sign, though it is a letter inside TeX packages.
  if (end === start + 1 || reader.text[start + 1] === '@') return start + 2;
  const name = reader.text.slice(start + 1, end);
  const place = keyPlace(name);
  const group = place && readCitation(reader.tex, { name, start, end }, place);
  if (group === undefined || group.span.end > limit) return end;
  reader.groups.push(group);
  return group.span.end;
}

/** A code span ends at a run of as many backticks as began it. */
function readCode(segment: Segment, start: number): number {
  const { text } = segment.reader;
  segment.runs ??= backtickRuns(text, segment.start, segment.end);
  const first = runEnd(text, start);
  const length = first - start;
  const role = mystRole(text, segment.start, start);
  if (role !== undefined) return readRole(segment, role, start + 1);
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

/** Looks no further than `end`, unlike `indexOf`. */
function indexWithin(text: string, what: string, start: number, end: number): number {
  for (let at = start; at + what.length <= end; at++) if (text.startsWith(what, at)) return at;
  return -1;
}

/** A comment, a tag with its attributes, an address in angle brackets, or an element whose content is not Markdown. */
function readMarkup(segment: Segment, start: number): number {
  const { reader, end } = segment;
  const { text } = reader;
  if (text.startsWith('<!--', start)) return behind(reader, '-->', start + 4) ?? start + 4;
  const isClosing = text[start + 1] === '/';
  const nameStart = isClosing ? start + 2 : start + 1;
  let nameEnd = nameStart;
  while (isLetter(text.charCodeAt(nameEnd))) nameEnd++;
  if (nameEnd === nameStart) return start + 1;
  let at = nameEnd;
  while (at < end && text[at] !== '>' && text[at] !== '<') at++;
  if (at >= end || text[at] === '<') return start + 1;
  addWork(reader, start + 1, at);
  const name = nameEnd - nameStart < 10 ? text.slice(nameStart, nameEnd).toLowerCase() : '';
  readCitedData(reader, nameEnd, at);
  const isRaw = !isClosing && rawElements.has(name) && text[at - 1] !== '/';
  return (isRaw ? behind(reader, `</${name}`, at) : undefined) ?? at + 1;
}

/** `<cite data-cite="a,b">` of nbconvert: keys in an attribute of any tag. */
function readCitedData(reader: InlineReader, start: number, end: number): void {
  const { text } = reader;
  const at = indexWithin(text, 'data-cite=', start, end);
  const quote = at < 0 ? '' : (text[at + 10] ?? '');
  if (quote === '' || !'"\''.includes(quote)) return;
  const close = indexWithin(text, quote, at + 11, end);
  if (close < 0) return;
  const slot = { start: at + 11, end: close };
  const citations = listItems(text, slot, ',').map(span => ({ key: text.slice(span.start, span.end), span }));
  reader.groups.push({ span: { start: at, end: close + 1 }, command: 'data-cite', citations, slots: [slot] });
}

const rawElements: ReadonlySet<string> = new Set(['style', 'script', 'pre', 'code', 'textarea']);

/** Behind the next occurrence of a text; undefined where there is none. */
function behind(reader: InlineReader, what: string, start: number): number | undefined {
  if (reader.missing.has(what)) return undefined;
  const found = reader.text.indexOf(what, start);
  if (found >= 0) return found + what.length;
  reader.missing.add(what);
  return undefined;
}

/** An address (`https://…`) reaches to the next space or closing bracket. */
function readAddress(segment: Segment, start: number): number {
  const { text } = segment.reader;
  if (!text.startsWith('://', start) || !isLetter(text.charCodeAt(start - 1))) return start + 1;
  let at = start + 3;
  while (at < segment.end && !' \t\r\n)>]"'.includes(text[at] ?? '')) at++;
  for (const scheme of ['https', 'http'])
    if (text.slice(start - scheme.length, start) === scheme) addWork(segment.reader, start - scheme.length, at);
  return at;
}

/** A link to a DOI, as `https://doi.org/10.…` or, in MyST, `doi:10.…`. */
function addWork({ text, works }: InlineReader, start: number, end: number): void {
  if (end - start > 300) return;
  const address = /^(?:doi:|https?:\/\/(?:dx\.|www\.)?doi\.org\/)(10\.\d{4,9}\/\S+)$/i.exec(text.slice(start, end));
  const key = address?.[1]?.replace(/[.,;]$/, '');
  if (address === null || key === undefined) return;
  const from = start + address[0].indexOf(key);
  works.push({ key, span: { start: from, end: from + key.length } });
}

/** Attributes (`{#id .class}`) hold no citations; `{{< include file >}}` names a document, `{% cite key %}` is Jekyll's. */
function readBraces(segment: Segment, start: number): number {
  const { text, includes } = segment.reader;
  const next = text[start + 1] ?? '';
  if (next === '%') return readLiquidTag(segment, start);
  if (text.startsWith('{{<', start)) {
    const words = /^\{\{<\s{0,20}include\s{1,20}(\S{1,500})\s/.exec(
      text.slice(start, Math.min(segment.end, start + 600)),
    );
    const target = words?.[1];
    if (words === null || target === undefined) return start + 3;
    const from = start + words[0].lastIndexOf(target);
    includes.push({ target, span: { start: from, end: from + target.length }, impliedExtensions: [] });
    return from + target.length;
  }
  if (next === '' || !'#.='.includes(next)) return start + 1;
  for (let at = start + 2; at < segment.end; at++) {
    const char = text[at] ?? '';
    if (char === '}') return at + 1;
    if ('{\r\n'.includes(char)) break;
  }
  return start + 1;
}

/** `{% cite a b --file books -l 42 %}` of jekyll-scholar: keys with spaces between, then options. */
function readLiquidTag(segment: Segment, start: number): number {
  const { reader, end } = segment;
  const { text } = reader;
  const head = /^\{%-?[ \t]{0,20}(cite|nocite|quote|reference|cite_details)(?=[ \t\r\n%])[ \t]?/.exec(
    text.slice(start, Math.min(end, start + 60)),
  );
  if (segment.tagEnd < start) {
    const found = indexWithin(text, '%}', start + 2, end);
    segment.tagEnd = found < 0 ? Infinity : found;
  }
  const close = segment.tagEnd;
  const isClosed = close < end && indexWithin(text, '{%', start + 2, close) < 0;
  if (head === null) return isClosed ? close + 2 : start + 2;
  const from = start + head[0].length;
  const limit = isClosed ? close : openTagEnd(text, from, end);
  let to = Math.min(from, limit);
  while (to < limit && !(text[to] === '%' || (text[to] === '-' && ' \t'.includes(text[to - 1] ?? '')))) to++;
  const slot = { start: Math.min(from, limit), end: to };
  const citations = listItems(text, slot, ' \t\r\n').map(span => ({ key: text.slice(span.start, span.end), span }));
  const spanEnd = isClosed ? close + 2 : limit;
  reader.groups.push({ span: { start, end: spanEnd }, command: head[1] ?? '', citations, slots: [slot] });
  return spanEnd;
}

/** A tag that is being typed reaches to the next one or the end of the line. */
function openTagEnd(text: string, start: number, limit: number): number {
  let end = start;
  while (end < limit && !'\r\n'.includes(text[end] ?? '\n') && !text.startsWith('{%', end)) end++;
  return end;
}

/** Brackets with keys in them are one group, unless they are the text of a link. */
function closeBracket(segment: Segment, at: number): number {
  const { text } = segment.reader;
  const bracket = segment.open.pop();
  const isLink = text[at + 1] === '(';
  if (bracket !== undefined && bracket.items.length > 0) {
    if (isLink) for (const item of bracket.items) addAlone(segment, item);
    else addGroup(segment, { start: bracket.start, end: at + 1 }, bracket.items);
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
  if (!isCrossReference(key, text[end])) add(segment, { span: { start, end }, slot, citation: { key, span: slot } });
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

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

const BACKSLASH = 92;
const BACKTICK = 96;
const DOLLAR = 36;
const LESS = 60;
const COLON = 58;
const AT = 64;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
