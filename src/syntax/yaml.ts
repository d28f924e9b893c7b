import { isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Scalar } from 'yaml';
import type { Span } from '../text/span.ts';
import { flowMembers, flowPieces } from './yamlFlow.ts';
import { mostColons, parseYaml, tooDeepAt, type ParsedYaml } from './yamlParser.ts';

/** What a stretch of YAML says. Numbers are such only where they are written the way they would be printed ("007" is text). */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | YamlMap;
export type YamlMap = { readonly [name: string]: YamlValue };

/** A member of a block mapping; the value ends with its last line that is not blank. */
export interface YamlMember {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  /** From behind the colon. */
  readonly value: Span;
}

interface Line {
  readonly start: number;
  /** Behind the last character of the line. */
  readonly end: number;
  /** The first character that is no blank. */
  readonly content: number;
}

function* linesOf(text: string, { start, end }: Span): Generator<Line> {
  for (let at = start; at < end;) {
    const next = lineEnd(text, at, end);
    let last = next;
    while (last > at && isBlank(text.charCodeAt(last - 1))) {
      last--;
    }
    let content = at;
    while (content < last && isBlank(text.charCodeAt(content))) {
      content++;
    }
    if (content < last) {
      yield { start: at, end: last, content };
    }
    at = next;
  }
}

/** Behind the line feed of the line; looks no further than `limit`, since many stretches may stand in one line. */
function lineEnd(text: string, start: number, limit: number): number {
  for (let at = start; at < limit; at += linePiece) {
    const feed = text.slice(at, Math.min(limit, at + linePiece)).indexOf('\n');
    if (feed >= 0) {
      return at + feed + 1;
    }
  }
  return limit;
}

const linePiece = 4096;

const isBlank = (char: number): boolean =>
  char === 0x20 || char === 0x0a || char === 0x0d || char === 0x09 || char === 0xfeff;

const wholeOf = (text: string): Span => ({ start: 0, end: text.length });

/**
 * The members of a mapping. Those of a block are found by their indentation alone: that of its first line. A dash in front of the first member, as in
 * a list of maps, counts as a blank. `inside` begins at that dash, or anywhere in front of the first member.
 */
export function yamlMembers(text: string, inside: Span = wholeOf(text)): YamlMember[] {
  const flow = flowStart(text, inside, '{');
  if (flow !== undefined) {
    return flowMembers(text, flow).map(({ name, value }) => {
      const own = text.slice(name.start, name.end);
      const isQuoted = /^["']/u.test(own);
      const nameSpan = isQuoted ? { start: name.start + 1, end: name.end - 1 } : name;
      return { name: isQuoted ? unquoted(own) : own, nameSpan, span: { start: name.start, end: value.end }, value };
    });
  }
  const found: { name: string; nameSpan: Span; start: number; end: number; value: number }[] = [];
  let column = -1;
  for (const line of linesOf(text, inside)) {
    const first = column < 0 ? contentAfterDash(text, line) : line.content;
    if (isMarker(text, line) || text.charCodeAt(first) === 0x23) {
      continue;
    }
    const own = first - lineStart(text, first);
    const name = column < 0 || own === column ? nameAt(text, first, line.end) : undefined;
    const last = found.at(-1);
    if (name !== undefined) {
      column = own;
      found.push({ name: name.name, nameSpan: name.span, start: first, end: line.end, value: name.after });
    } else if (last !== undefined && own > column) {
      last.end = line.end;
    } else if (last !== undefined && own === column && text.charCodeAt(first) === 0x2d) {
      // A list may stand under its name without being indented.
      last.end = line.end;
    }
  }
  return found.map(one => ({
    name: one.name,
    nameSpan: one.nameSpan,
    span: { start: one.start, end: one.end },
    value: { start: one.value, end: one.end },
  }));
}

function contentAfterDash(text: string, line: Line): number {
  let at = line.content;
  if (text.charCodeAt(at) === 0x2d && isBlank(text.charCodeAt(at + 1))) {
    at++;
    while (at < line.end && isBlank(text.charCodeAt(at))) {
      at++;
    }
  }
  return at;
}

/** Where the line of a character begins; a mark of the byte order is no column. */
function lineStart(text: string, at: number): number {
  const from = Math.max(0, at - farthestColumn);
  const start = from + text.slice(from, at).lastIndexOf('\n') + 1;
  return text.charCodeAt(start) === 0xfeff ? start + 1 : start;
}

/** Columns further to the right are all the same. */
const farthestColumn = 1000;

const isMarker = (text: string, line: Line): boolean =>
  line.content === line.start && (text.startsWith('---', line.start) || text.startsWith('...', line.start));

const longestName = 1000;

function nameAt(text: string, at: number, lineEnd: number): { name: string; span: Span; after: number } | undefined {
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = closingQuote(text, at, lineEnd);
    const colon = close + 1;
    return close > at && close < lineEnd && text[colon] === ':'
      ? { name: unquoted(text.slice(at, close + 1)), span: { start: at + 1, end: close }, after: colon + 1 }
      : undefined;
  }
  // Looked for in the line alone: there may be none in the whole file.
  const line = text.slice(at, Math.min(lineEnd, at + longestName));
  for (let colon = line.indexOf(':'); colon >= 0; colon = line.indexOf(':', colon + 1)) {
    const after = at + colon + 1;
    if (after === lineEnd || isBlank(text.charCodeAt(after))) {
      const name = line.slice(0, colon).trimEnd();
      return name === '' || (/^[-?[{&*!|>%@`#]/u.test(name) && !/^[-?]\S/u.test(name))
        ? undefined
        : { name, span: { start: at, end: at + name.length }, after };
    }
  }
  return undefined;
}

/** The quote that ends the scalar that begins at `start`; -1 when none does. In double quotes `\` makes a quote a character, in single ones a second. */
export function closingQuote(text: string, start: number, end: number): number {
  const quote = text[start];
  for (let at = start + 1; at < end; at++) {
    if (text[at] === '\\' && quote === '"') {
      at++;
    } else if (text[at] === quote) {
      if (quote === '"' || text[at + 1] !== quote) {
        return at;
      }
      at++;
    }
  }
  return -1;
}

const unquoted = (text: string): string => {
  const value = readYaml(text);
  return typeof value === 'string' ? value : text.slice(1, -1);
};

/** The items of a sequence, in a block each from its dash; empty where there is none. */
export function yamlItems(text: string, inside: Span = wholeOf(text)): Span[] {
  const flow = flowStart(text, inside, '[');
  if (flow !== undefined) {
    return flowPieces(text, flow);
  }
  const items: { start: number; end: number }[] = [];
  let column = -1;
  for (const line of linesOf(text, inside)) {
    if (isMarker(text, line) || text.charCodeAt(line.content) === 0x23) {
      continue;
    }
    const own = line.content - lineStart(text, line.content);
    const isDash =
      text.charCodeAt(line.content) === 0x2d &&
      (line.content + 1 === line.end || isBlank(text.charCodeAt(line.content + 1)));
    if (isDash && (column < 0 || own === column)) {
      column = own;
      items.push({ start: line.content, end: line.end });
    } else if (column < 0) {
      return [];
    } else if (own <= column) {
      // A line too far to the left that is no member of the map around the list is a slip of the pen.
      if (isMember(text, line)) {
        return items;
      }
    } else {
      const last = items.at(-1);
      if (last !== undefined) {
        last.end = line.end;
      }
    }
  }
  return items;
}

const isMember = (text: string, line: Line): boolean => nameAt(text, line.content, line.end) !== undefined;

/** The flow collection that a stretch is, or that stands behind its dash; undefined where it begins otherwise. */
function flowStart(text: string, inside: Span, bracket: '[' | '{'): Span | undefined {
  for (const line of linesOf(text, inside)) {
    if (!isMarker(text, line) && text.charCodeAt(line.content) !== 0x23) {
      const start = bracket === '{' ? contentAfterDash(text, line) : line.content;
      return text[start] === bracket ? { start, end: inside.end } : undefined;
    }
  }
  return undefined;
}

/**
 * Reads a stretch of YAML that stands at some column of its line, without its dash. Undefined where it is nested too deeply or broken
 * beyond reading. Aliases are not followed: what they stand for could be endless.
 */
export function readYaml(text: string, inside: Span = wholeOf(text)): YamlValue | undefined {
  const column = inside.start - lineStart(text, inside.start);
  const { source, document } = parsed(text.slice(inside.start, inside.end).replace(/^\uFEFF/u, ''), column);
  return document === undefined ? undefined : document.contents === null ? null : valueOf(document.contents, source);
}

/** The first place, relative to its start, where a stretch that `readYaml` reads is no YAML. */
export function yamlProblem(text: string, inside: Span): Span | undefined {
  const column = inside.start - lineStart(text, inside.start);
  const { error } = parsed(text.slice(inside.start, inside.end), column);
  if (error === undefined) {
    return undefined;
  }
  const placeOf = (at: number): number => Math.min(Math.max(at - column, 0), inside.end - inside.start);
  return { start: placeOf(error.start), end: placeOf(error.end) };
}

function parsed(body: string, column: number): ParsedYaml & { readonly source: string } {
  const isItem = /^-\s/u.test(body);
  const source = ' '.repeat(column) + (isItem ? ` ${body.slice(1)}` : body);
  const deep = tooDeepAt(source);
  return {
    source,
    ...(deep === undefined ? parseYaml(source, 'failsafe') : { error: { start: deep, end: deep + 1 } }),
  };
}

/** As deep as `tooDeepAt` allows, so recursion is safe here. */
function valueOf(node: unknown, source: string): YamlValue {
  if (isMap(node)) {
    const members: Record<string, YamlValue> = Object.create(null) as Record<string, YamlValue>;
    for (const [at, { key, value }] of node.items.entries()) {
      // A name that is a map or a list itself stands as it is written: in words it would grow with every level.
      const text = isScalar(key) ? String(scalarValue(key)) : written(key, source);
      // A name that stands twice: both values are kept.
      members[text in members ? `${text}-${String(at + 1)}` : text] = valueOf(value, source);
    }
    return members;
  }
  if (isSeq(node)) {
    return node.items.map(item => valueOf(item, source));
  }
  if (isScalar(node)) {
    return scalarValue(node);
  }
  // An alias.
  return node === null ? null : written(node, source);
}

function scalarValue({ value, type }: Scalar): string | number | boolean | null {
  const text = typeof value === 'string' ? value : '';
  return type === 'PLAIN' || type === undefined ? plainValue(text) : text;
}

function written(node: unknown, source: string): string {
  const range = isNode(node) ? node.range : undefined;
  return range ? source.slice(range[0], range[1]) : '';
}

/** YAML 1.2 §10.3, but for numbers whose spelling says more than their value. */
function plainValue(text: string): string | number | boolean | null {
  if (text === '' || text === '~' || text === 'null') {
    return null;
  }
  if (text === 'true' || text === 'false') {
    return text === 'true';
  }
  return /^-?\d{1,15}$/u.test(text) && String(Number(text)) === text ? Number(text) : text;
}

/** Writes a value in block style, each line behind `indent`. Text that could read as anything else stands in double quotes. */
export function writeYaml(value: YamlValue, indent = ''): string {
  if (Array.isArray(value)) {
    return (value as readonly YamlValue[])
      .map(item => `${indent}- ${writeYaml(item, `${indent}  `).trimStart()}`)
      .join('');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([name, member]) => `${indent}${nameText(name, indent)}:${memberText(member, indent)}`)
      .join('');
  }
  return `${indent}${typeof value === 'string' ? scalarText(value) : String(value)}\n`;
}

/** A name must not be longer in front of its colon (YAML 1.2 §7.4.2); a longer one stands behind a question mark, on a line of its own. */
const longestPlainName = 1000;

function nameText(name: string, indent: string): string {
  const text = scalarText(name);
  return text.length > longestPlainName ? `? ${text}\n${indent}` : text;
}

function memberText(value: YamlValue, indent: string): string {
  if (typeof value !== 'object' || value === null) {
    return ` ${writeYaml(value)}`;
  }
  const isEmpty = Object.keys(value).length === 0;
  return isEmpty
    ? ` ${Array.isArray(value) ? '[]' : '{}'}\n`
    : `\n${writeYaml(value, Array.isArray(value) ? indent : `${indent}  `)}`;
}

/** Words that some version of YAML takes for truth or nothing. */
const otherWords = /^(?:true|false|yes|no|on|off|y|n|null|nan|inf)$/iu;

function scalarText(text: string): string {
  const isPlain =
    /^[\p{L}][^\p{C}\p{Zl}\p{Zp}]*$/u.test(text) &&
    !otherWords.test(text) &&
    !/\s$|:(?:\s|$)|\s#|[[\]{},]/u.test(text.replaceAll(', ', ' ').replaceAll(',', ' ')) &&
    !text.includes('\u0085');
  return isPlain ? text : JSON.stringify(text).replace(isCrowded(text) ? crowd : forbidden, escaped);
}

const forbidden = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/gu;

/** Marks that a careful reader counts, whatever they stand in: `tooDeepAt` does. */
const crowd = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF[\]{}:]/gu;

function isCrowded(text: string): boolean {
  let open = 0;
  for (const [bracket] of text.matchAll(/[[\]{}]/gu)) {
    open = bracket === '[' || bracket === '{' ? open + 1 : Math.max(0, open - 1);
    if (open > mostOpen) {
      return true;
    }
  }
  return open > 2 || text.split(': ', mostColons).length > mostColons / 3;
}

const mostOpen = 10;

const escaped = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
