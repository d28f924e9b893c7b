import type { Span } from '../text/span.ts';
import type { Citation } from './language.ts';
import { frame, pop, push, type Frame, type Reader, type TypstFindings } from './typstFrames.ts';
import {
  addressEnd,
  beforeEmptyLine,
  commentEnd,
  followsLatinWord,
  identifierEnd,
  isLetterCode,
  labelEnd,
  labelStep,
  rawEnd,
  referenceEnd,
  shortStringEnd,
  stringEnd,
} from './typstLexis.ts';

export function readTypst(text: string): TypstFindings {
  return readUpTo(text);
}

/** In which mode Typst reads what stands at an offset. */
export function modeAt(text: string, offset: number): 'content' | 'math' | 'code' {
  const { top, frames } = readUpTo(text.slice(0, offset));
  // An expression behind `#` is over unless its arguments go on.
  const { kind } = top.kind === 'chain' ? (frames.at(-1) ?? top) : top;
  return kind === 'content' || kind === 'math' ? kind : 'code';
}

function readUpTo(text: string): Reader {
  const reader: Reader = {
    source: { text, missing: new Set() },
    groups: [],
    declarations: [],
    includes: [],
    labels: new Set(),
    frames: [],
    top: frame('content', ''),
    word: { name: '', start: 0, end: -1 },
  };
  let at = 0;
  while (at < text.length) {
    const { kind } = reader.top;
    if (kind === 'content') at = readMarkup(reader, at);
    else if (kind === 'math') at = readMath(reader, at);
    else if (kind === 'chain') at = readChain(reader, at);
    else at = readCode(reader, at);
  }
  return reader;
}

function readMarkup(reader: Reader, at: number): number {
  const { source } = reader;
  const { text } = source;
  switch (text.charCodeAt(at)) {
    case BACKSLASH:
      return at + 2;
    case SLASH:
      return addressEnd(text, at) ?? commentEnd(source, at) ?? at + 1;
    case BACKTICK:
      return rawEnd(source, at);
    case DOLLAR:
      push(reader, frame('math', '$'));
      return at + 1;
    case HASH:
      return readHash(reader, at);
    case AT:
      return readReference(reader, at);
    case LESS:
      return readLabel(reader, at);
    case OPEN_BRACKET:
      push(reader, frame('content', ']'));
      return at + 1;
    case CLOSE_BRACKET:
      pop(reader, at + 1);
      endBlock(reader, text, at + 1);
      return at + 1;
    default:
      return at + 1;
  }
}

/** A formula; an empty line ends one that is not finished. */
function readMath(reader: Reader, at: number): number {
  const { source } = reader;
  const { text } = source;
  switch (text.charCodeAt(at)) {
    case BACKSLASH:
      return at + 2;
    case SLASH:
      return commentEnd(source, at) ?? at + 1;
    case QUOTE:
      return shortStringEnd(text, at) + 1;
    case HASH:
      return readHash(reader, at);
    case DOLLAR:
      pop(reader, at + 1);
      return at + 1;
    case LINE_FEED:
      if (beforeEmptyLine(text, at)) pop(reader, at);
      return at + 1;
    default:
      return at + 1;
  }
}

/** `#` begins code: a name with its fields and arguments, a keyword with the rest of its line, or brackets. */
function readHash(reader: Reader, at: number): number {
  const { text } = reader.source;
  const next = at + 1;
  if (isLetterCode(text.charCodeAt(next))) {
    const end = readWord(reader, next);
    const { name } = reader.word;
    reader.word = { ...reader.word, start: at };
    push(reader, frame(keywords.has(name) ? 'statement' : 'chain', '', name, at));
    return readInclusion(reader, name, end);
  }
  if ('({['.includes(text[next] ?? ' ')) {
    push(reader, frame('chain', ''));
    return next;
  }
  return text[next] === '"' ? shortStringEnd(text, next) + 1 : next;
}

const keywords: ReadonlySet<string> = new Set(
  'let set show import include return while for if else context break continue'.split(' '),
);

function readWord(reader: Reader, start: number): number {
  const end = identifierEnd(reader.source.text, start);
  reader.word = { name: reader.source.text.slice(start, Math.min(end, start + 40)), start, end };
  return end;
}

/** `include "chapter.typ"`; what begins with `@` is a package. */
function readInclusion(reader: Reader, name: string, end: number): number {
  if (name !== 'include' && name !== 'import') return end;
  const { text } = reader.source;
  let open = end;
  while (text[open] === ' ' || text[open] === '\t') open++;
  if (text[open] !== '"') return end;
  const close = shortStringEnd(text, open);
  const span = { start: open + 1, end: close };
  const target = unescape(text, span);
  if (target !== '' && !target.startsWith('@'))
    reader.includes.push({ target, span, isFromHere: true, impliedExtensions: [] });
  return text[close] === '"' ? close + 1 : close;
}

/** Behind a name: fields and arguments follow without a space. */
function readChain(reader: Reader, at: number): number {
  const { text } = reader.source;
  const char = text[at];
  if (char === '.' && isLetterCode(text.charCodeAt(at + 1))) return readWord(reader, at + 1);
  if (char === '(' || char === '{' || char === '[') return openBracket(reader, at);
  pop(reader, at);
  return at;
}

function openBracket(reader: Reader, at: number): number {
  const { text } = reader.source;
  const { word } = reader;
  if (text[at] === '[') push(reader, frame('content', ']'));
  else if (text[at] === '{') push(reader, frame('code', '}'));
  else push(reader, word.end === at ? frame('code', ')', word.name, word.start) : frame('code', ')'));
  return at + 1;
}

function readCode(reader: Reader, at: number): number {
  const { source, top } = reader;
  const { text } = source;
  const code = text.charCodeAt(at);
  if (isLetterCode(code)) {
    const end = readWord(reader, at);
    return readInclusion(reader, reader.word.name, end);
  }
  switch (code) {
    case QUOTE:
      return readString(reader, at);
    case SLASH:
      return commentEnd(source, at) ?? at + 1;
    case BACKTICK:
      return rawEnd(source, at);
    case DOLLAR:
      if (isInMath(reader)) {
        pop(reader, at);
        return at;
      }
      push(reader, frame('math', '$'));
      return at + 1;
    case LESS:
      return readCodeLabel(reader, at);
    case COMMA:
      top.position++;
      top.argument = '';
      return at + 1;
    case COLON:
      if (reader.word.end === at) top.argument = reader.word.name;
      return at + 1;
    case HASH:
    case AT:
      return recover(reader, at);
    case LINE_FEED:
    case SEMICOLON:
      return endLine(reader, at);
    default:
      return readCodeBracket(reader, at);
  }
}

/** Whether the top is a statement that stands in a formula. */
const isInMath = (reader: Reader): boolean => reader.top.kind === 'statement' && reader.frames.at(-1)?.kind === 'math';

function readCodeBracket(reader: Reader, at: number): number {
  const { text } = reader.source;
  const char = text[at] ?? '';
  if (char === '(' || char === '{' || char === '[') return openBracket(reader, at);
  if (char !== ')' && char !== '}' && char !== ']') return at + 1;
  if (reader.top.kind === 'statement') {
    // The bracket closes what the statement stands in.
    pop(reader, at);
    return at;
  }
  const below = reader.frames.at(-1);
  if (reader.top.closer === char) pop(reader, at + 1);
  else if (below?.closer === char || char === ']') {
    pop(reader, at);
    return at;
  }
  endBlock(reader, text, at + 1);
  return at + 1;
}

/** `#if a [b]` and `#for x in y { }` end with their block. */
function endBlock(reader: Reader, text: string, at: number): void {
  if (reader.top.kind !== 'statement' || !blockKeywords.has(reader.top.callee) || text[at - 1] === ')') return;
  if (!/^\s{0,20}else\b/.test(text.slice(at, at + 30))) pop(reader, at);
}

const blockKeywords: ReadonlySet<string> = new Set(['if', 'for', 'while', 'context']);

/** The line ends a statement; an empty line ends the arguments of a citation that is not finished. */
function endLine(reader: Reader, at: number): number {
  const { text } = reader.source;
  const { top } = reader;
  if (top.kind === 'statement') pop(reader, at);
  else if (isCiting(top.callee) && text.charCodeAt(at) === LINE_FEED && beforeEmptyLine(text, at)) pop(reader, at);
  return at + 1;
}

/** There is neither `#` nor `@` in code: brackets have been left open before, and this is running text. */
function recover(reader: Reader, at: number): number {
  const { text } = reader.source;
  if (text.charCodeAt(at) === AT && labelStep(text, at + 1) === at + 1) return at + 1;
  while (reader.top.kind !== 'content' && reader.top.kind !== 'math') pop(reader, at);
  return at;
}

const isCiting = (callee: string): boolean => callee === 'cite' || callee === 'ref';

/** `@key`, and an `@` that waits for its key. */
function readReference(reader: Reader, at: number): number {
  const { text } = reader.source;
  if (followsLatinWord(text, at)) return at + 1;
  const start = at + 1;
  const end = referenceEnd(text, start);
  const span = { start, end };
  if (end > start) addGroup(reader, at, '@', span, [{ key: text.slice(start, end), span }]);
  else if (waits(text, at)) addGroup(reader, at, '@', span, []);
  return Math.max(end, start);
}

function addGroup(reader: Reader, start: number, command: string, slot: Span, citations: readonly Citation[]): void {
  reader.groups.push({ span: { start, end: slot.end }, command, citations, slots: [slot] });
}

const waits = (text: string, at: number): boolean =>
  ' \t\r\n[(;-"\'*_~'.includes(text[at - 1] ?? ' ') && ' \t\r\n]);,.:"\'*_'.includes(text[at + 1] ?? ' ');

/** `<label>` in running text names what stands before it. */
function readLabel(reader: Reader, at: number): number {
  const { text } = reader.source;
  const end = labelEnd(text, at + 1);
  if (end === at + 1 || text[end] !== '>') return at + 1;
  reader.labels.add(text.slice(at + 1, end));
  return end + 1;
}

/** `<label>` in code is a key as the first argument of `cite` and `ref`. */
function readCodeLabel(reader: Reader, at: number): number {
  const { text } = reader.source;
  const { top } = reader;
  const isKey = top.kind === 'code' && isCiting(top.callee) && top.position === 0 && top.argument === '';
  const end = labelEnd(text, at + 1);
  if (!isKey) return end > at + 1 && text[end] === '>' ? end + 1 : at + 1;
  let close = end;
  while (close < text.length && !'>\r\n),#@['.includes(text[close] ?? '')) close++;
  const slot = { start: at + 1, end: close };
  const isComplete = slot.end === end && end > at + 1;
  citeInCall(reader, top, slot, isComplete ? text.slice(slot.start, end) : '');
  return text[close] === '>' ? close + 1 : close;
}

function citeInCall(reader: Reader, call: Frame, slot: Span, key: string): void {
  if (call.group >= 0) return;
  call.group = reader.groups.length;
  addGroup(reader, call.start, call.callee, slot, key === '' ? [] : [{ key, span: slot }]);
}

/** A string is a key in `cite(label("…"))`, or the path of a bibliography. */
function readString(reader: Reader, at: number): number {
  const { source, top, frames } = reader;
  const { text } = source;
  const below = frames.at(-1);
  const isKey = top.callee === 'label' && below !== undefined && isCiting(below.callee) && below.position === 0;
  const isPath = isKey ? false : holdsBibliography(reader);
  const close = isKey || isPath ? shortStringEnd(text, at) : stringEnd(source, at);
  const span = { start: at + 1, end: Math.min(close, text.length) };
  const written = text.slice(span.start, span.end);
  if (isKey) citeInCall(reader, below, span, written.includes('\\') ? '' : written);
  else if (isPath) declare(reader, span);
  return text[close] === '"' ? close + 1 : close;
}

/** Whether a string here is a path: in the first argument of `bibliography`, or one that a template names so. */
function holdsBibliography(reader: Reader): boolean {
  // The bytes of a string are a bibliography, not where one is.
  if (reader.top.callee === 'bytes') return false;
  let current: Frame | undefined = reader.top;
  for (let depth = 1; depth < 5 && current?.kind === 'code'; depth++) {
    if (namesBibliography.test(current.argument)) return true;
    if (current.argument !== '') return false;
    if (current.callee === 'bibliography') return current.position === 0;
    if (current.callee !== '' && !pathFunctions.has(current.callee)) return false;
    if (current.callee !== '' && current.position > 0) return false;
    current = reader.frames.at(-depth);
  }
  return false;
}

const namesBibliography = /^bib(?:liography)?s?(?:-(?:files?|paths?|sources?))?$/;
const pathFunctions: ReadonlySet<string> = new Set(['path', 'read', 'bytes']);

function declare(reader: Reader, span: Span): void {
  const target = unescape(reader.source.text, span);
  const isNamed = reader.top.argument !== '';
  if (target === '' || (isNamed && !/\.(?:bib|ya?ml)$/i.test(target))) return;
  const kind = /^https?:\/\//i.test(target) ? 'url' : 'file';
  reader.declarations.push({ target, span, kind, impliedExtensions: [] });
}

const unescape = (text: string, { start, end }: Span): string =>
  text
    .slice(start, end)
    .replace(/\\(["\\])/g, '$1')
    .trim();

const LINE_FEED = 10;
const QUOTE = 34;
const HASH = 35;
const DOLLAR = 36;
const COMMA = 44;
const SLASH = 47;
const COLON = 58;
const SEMICOLON = 59;
const LESS = 60;
const AT = 64;
const OPEN_BRACKET = 91;
const BACKSLASH = 92;
const CLOSE_BRACKET = 93;
const BACKTICK = 96;
