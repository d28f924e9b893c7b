import type { InlineReader, Segment } from './markdownSegment.ts';
import { indexWithin } from './markdownSegment.ts';
import { listItems } from './slotSites.ts';

/** A comment, a tag with its attributes, an address in angle brackets, or an element whose content is not Markdown. */
export function readMarkup(segment: Segment, start: number): number {
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
export function readAddress(segment: Segment, start: number): number {
  const { text } = segment.reader;
  if (!text.startsWith('://', start) || !isLetter(text.charCodeAt(start - 1))) return start + 1;
  let at = start + 3;
  while (at < segment.end && !' \t\r\n)>]"'.includes(text[at] ?? '')) at++;
  for (const scheme of ['https', 'http'])
    if (text.slice(start - scheme.length, start) === scheme) addWork(segment.reader, start - scheme.length, at);
  return at;
}

/** A link to a DOI, as `https://doi.org/10.…` or, in MyST, `doi:10.…`. */
export function addWork({ text, works }: InlineReader, start: number, end: number): void {
  if (end - start > 300) return;
  const address = /^(?:doi:|https?:\/\/(?:dx\.|www\.)?doi\.org\/)(10\.\d{4,9}\/\S+)$/i.exec(text.slice(start, end));
  const key = address?.[1]?.replace(/[.,;]$/, '');
  if (address === null || key === undefined) return;
  const from = start + address[0].indexOf(key);
  works.push({ key, span: { start: from, end: from + key.length } });
}

/** Attributes (`{#id .class}`) hold no citations; `{{< include file >}}` names a document, `{% cite key %}` is Jekyll's. */
export function readBraces(segment: Segment, start: number): number {
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
    const span = { start: from, end: from + target.length };
    includes.push({ target, span, ...(target.startsWith('/') && { isFromHere: true }), impliedExtensions: [] });
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

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
