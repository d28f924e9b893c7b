import type { Span } from '../text/span.ts';

/** A part of a Markdown document. What is not listed (code, empty lines) cites nothing. */
export interface Block {
  readonly kind: 'metadata' | 'text' | 'tex' | 'bibliography';
  readonly span: Span;
}

export interface BlockReader {
  readonly text: string;
  /** Whether the line above is empty, or there is none. */
  afterBlank: boolean;
  /** Whether indented lines belong to a list item or note rather than to code. */
  inList: boolean;
  /** No line below ends a metadata block. */
  noMetadataEnd: boolean;
}

export const blockReader = (text: string): BlockReader => ({
  text,
  afterBlank: true,
  inList: false,
  noMetadataEnd: false,
});

/** Reads the block at `start`, mostly the beginning of a line; the next one begins at `end`. */
export function readBlock(
  reader: BlockReader,
  start: number,
): { readonly block: Block | undefined; readonly end: number } {
  const { text } = reader;
  const end = nextLine(text, start);
  const content = contentStart(text, start, end);
  if (isEmpty(text, content, end)) {
    reader.afterBlank = true;
    return { block: undefined, end };
  }
  const indent = indentOf(text, start);
  const isCode = reader.afterBlank && indent >= 4 && !reader.inList;
  if (isCode) return { block: undefined, end };
  const fence = fenceAt(text, content, reader.inList);
  if (fence !== undefined) return readFence(reader, fence, { start, end, content });
  if (reader.afterBlank && isRule(text, start, end)) {
    const metadata = readMetadataBlock(reader, start, end);
    if (metadata !== undefined) return metadata;
  }
  const isItem = isListItem(text, content, end);
  if (isItem || (reader.afterBlank && indent === 0)) reader.inList = isItem;
  reader.afterBlank = false;
  return readText(reader, start, end);
}

/** A paragraph, list item, heading or row of a table: code spans and brackets do not reach beyond it. */
function readText(reader: BlockReader, start: number, firstEnd: number): { block: Block; end: number } {
  const { text } = reader;
  let end = firstEnd;
  const isLine = '#|'.includes(text[contentStart(text, start, firstEnd)] ?? ' ');
  while (!isLine && end < text.length) {
    const lineEnd = nextLine(text, end);
    const content = contentStart(text, end, lineEnd);
    if (isEmpty(text, content, lineEnd) || '#|'.includes(text[content] ?? '') || isListItem(text, content, lineEnd))
      break;
    if (fenceAt(text, content, true) !== undefined) break;
    end = lineEnd;
  }
  return { block: { kind: 'text', span: { start, end } }, end };
}

interface Fence {
  readonly mark: string;
  readonly length: number;
  /** What follows the marks, as in "{r, echo=FALSE}". */
  readonly info: string;
}

function fenceAt(text: string, content: number, isIndentFree: boolean): Fence | undefined {
  let at = content;
  while (text[at] === ' ' || text[at] === '\t') at++;
  if (at - content > 3 && !isIndentFree) return undefined;
  const mark = text[at];
  if (mark !== '`' && mark !== '~') return undefined;
  const start = at;
  while (text[at] === mark) at++;
  if (at - start < 3) return undefined;
  const info = text.slice(at, nextLine(text, at)).trim();
  return mark === '`' && info.includes('`') ? undefined : { mark, length: at - start, info };
}

/** Code up to the closing fence, else to the end of the quotation or document. `{=latex}` is passed on to TeX. */
function readFence(
  reader: BlockReader,
  fence: Fence,
  first: { start: number; end: number; content: number },
): { block: Block | undefined; end: number } {
  const { text } = reader;
  const isQuoted = first.content > first.start;
  let at = first.end;
  let inner = at;
  while (at < text.length) {
    const end = nextLine(text, at);
    const content = contentStart(text, at, end);
    inner = at;
    if (isQuoted && content === at) break;
    const closing = fenceAt(text, content, true);
    at = end;
    if (closing?.mark === fence.mark && closing.length >= fence.length && closing.info === '') break;
    inner = end;
  }
  reader.afterBlank = true;
  const isTex = /^\{\s*=\s*(?:latex|tex)\s*\}$/.test(fence.info);
  const isText =
    /^\{(?:note|warning|tip|hint|important|caution|danger|attention|error|seealso|admonition|figure|table|list-table|margin|sidebar|topic|epigraph|dropdown|card)\}/.test(
      fence.info,
    );
  const isList = /^\{bibliography\}/.test(fence.info);
  if (isList) return { block: { kind: 'bibliography', span: { start: first.start, end: inner } }, end: at };
  if (isText) return { block: { kind: 'text', span: { start: first.end, end: Math.max(inner, first.end) } }, end: at };
  return {
    block: isTex ? { kind: 'tex', span: { start: first.end, end: Math.max(inner, first.end) } } : undefined,
    end: at,
  };
}

/** Metadata between `---` and `---` or `...`, at the beginning or, in Pandoc, anywhere below an empty line. */
function readMetadataBlock(
  reader: BlockReader,
  start: number,
  firstEnd: number,
): { block: Block; end: number } | undefined {
  const { text } = reader;
  const isFirst = text.slice(0, Math.min(start, 4)).trim() === '' && start < 4;
  if (reader.noMetadataEnd || (!isFirst && !/^[\w.-]{1,80}[ \t]*:(?:\s|$)/.test(text.slice(firstEnd, firstEnd + 90))))
    return undefined;
  for (let at = firstEnd; at < text.length;) {
    const end = nextLine(text, at);
    if (isRule(text, at, end) || text.slice(at, Math.min(end, at + 5)).trimEnd() === '...') {
      reader.afterBlank = true;
      return { block: { kind: 'metadata', span: { start: firstEnd, end: at } }, end };
    }
    at = end;
  }
  reader.noMetadataEnd = true;
  return undefined;
}

const isRule = (text: string, start: number, end: number): boolean =>
  text.startsWith('---', start) && isEmpty(text, start + 3, end);

/** Bullets, numbers, definitions and notes: lines below them may be indented. */
const isListItem = (text: string, content: number, end: number): boolean =>
  /^[ \t]{0,40}(?:[-*+:]|\(?(?:\d{1,9}|[a-zA-Z#])[.)]|\[\^[^\]\s]{1,40}\]:)[ \t]/.test(
    text.slice(content, Math.min(end, content + 90)),
  );

/** Behind the `>` of a quotation. */
function contentStart(text: string, start: number, end: number): number {
  let content = start;
  for (let at = start; at < end; at++) {
    if (text[at] === '>') content = at + 1;
    else if (text[at] !== ' ') break;
  }
  return content;
}

/** In columns; a tab counts four. */
function indentOf(text: string, start: number): number {
  let width = 0;
  for (let at = start; text[at] === ' ' || text[at] === '\t'; at++) width += text[at] === '\t' ? 4 : 1;
  return width;
}

function isEmpty(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!' \t\r\n'.includes(text[at] ?? '')) return false;
  return true;
}

/** Beginning of the next line, or the end of the text. A lone carriage return ends a line, too. */
function nextLine(text: string, start: number): number {
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) return at + 1;
    if (code === 13) return text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  }
  return text.length;
}
