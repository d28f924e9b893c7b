import type { Span } from '../text/span.ts';

export type XmlTokenKind = 'text' | 'open' | 'close' | 'empty' | 'cdata' | 'comment' | 'instruction' | 'declaration';

/** A token; every character of the text is in exactly one. */
export interface XmlToken {
  readonly kind: XmlTokenKind;
  readonly start: number;
  readonly end: number;
  /** Of a tag, without its namespace prefix; else empty. */
  readonly name: string;
}

/** The token that begins at `at`. What is no markup is text, so reading cannot fail; external things are never looked up. */
function xmlToken(text: string, at: number): XmlToken {
  if (text.charCodeAt(at) !== 0x3c) {
    return { kind: 'text', start: at, end: textEnd(text, at), name: '' };
  }
  if (text.startsWith('<!--', at)) {
    return token('comment', at, endAfter(text, '-->', at + 4));
  }
  if (text.startsWith('<![CDATA[', at)) {
    return token('cdata', at, endAfter(text, ']]>', at + 9));
  }
  if (text.startsWith('<?', at)) {
    return token('instruction', at, endAfter(text, '?>', at + 2));
  }
  if (text.startsWith('<!', at)) {
    return token('declaration', at, declarationEnd(text, at));
  }
  return tagToken(text, at) ?? { kind: 'text', start: at, end: textEnd(text, at + 1), name: '' };
}

const token = (kind: XmlTokenKind, start: number, end: number): XmlToken => ({ kind, start, end, name: '' });

function textEnd(text: string, from: number): number {
  const next = text.indexOf('<', from);
  return next < 0 ? text.length : next;
}

function endAfter(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** A document type ends at `>`, or with its own declarations in brackets at `]>`, which are not read. */
function declarationEnd(text: string, at: number): number {
  const close = endAfter(text, '>', at);
  const bracket = text.slice(at, close).indexOf('[');
  if (bracket < 0) {
    return close;
  }
  const end = /\]\s{0,20}>/gu;
  end.lastIndex = at + bracket;
  return end.exec(text) === null ? text.length : end.lastIndex;
}

/** A tag ends at the first `>` outside quotes; a `<` in it says that it was none (XML 1.0 §2.3, §3.1). */
function tagToken(text: string, at: number): XmlToken | undefined {
  const isClose = text.charCodeAt(at + 1) === 0x2f;
  const nameStart = isClose ? at + 2 : at + 1;
  if (!isNameStart(text.charCodeAt(nameStart))) {
    return undefined;
  }
  let quote = 0;
  for (let place = nameStart; place < text.length; place++) {
    const char = text.charCodeAt(place);
    if (char === 0x3c) {
      return undefined;
    }
    if (quote !== 0) {
      quote = char === quote ? 0 : quote;
    } else if (char === 0x22 || char === 0x27) {
      quote = char;
    } else if (char === 0x3e) {
      const kind = isClose ? 'close' : text.charCodeAt(place - 1) === 0x2f ? 'empty' : 'open';
      return { kind, start: at, end: place + 1, name: localName(text, nameStart, place) };
    }
  }
  return undefined;
}

const isNameStart = (char: number): boolean =>
  (char >= 0x41 && char <= 0x5a) || (char >= 0x61 && char <= 0x7a) || char === 0x5f || char > 0x7f;

function localName(text: string, start: number, limit: number): string {
  let end = start;
  while (end < limit && !/[\s/>]/u.test(text[end] ?? '')) {
    end++;
  }
  const name = text.slice(start, end);
  return name.slice(name.indexOf(':') + 1);
}

/** Every token in order. Joined they are the text. */
export function* xmlTokens(text: string, from = 0, to = text.length): Generator<XmlToken> {
  for (let at = from; at < to;) {
    const next = xmlToken(text, at);
    yield next;
    at = next.end;
  }
}

export interface XmlElement {
  /** Without its namespace prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  /** From the first character of the tag to behind the end tag. */
  readonly span: Span;
  /** Between the tags. */
  readonly inner: Span;
}

export type XmlNode = XmlElement | string;

interface Building extends XmlElement {
  readonly children: XmlNode[];
  readonly span: { start: number; end: number };
  readonly inner: { start: number; end: number };
}

/** The tree of a stretch of text under a root without a name. An end tag that fits no open one is passed over; elements left open end with their parent. */
export function parseXml(text: string, inside: Span = { start: 0, end: text.length }): XmlElement {
  const root = building('', new Map(), { start: inside.start, end: inside.start });
  root.span.end = inside.end;
  root.inner.end = inside.end;
  const open: Building[] = [root];
  const openNames = new Map<string, number>();
  for (const one of xmlTokens(text, inside.start, inside.end)) {
    const parent = open.at(-1) ?? root;
    if (one.kind === 'text') {
      parent.children.push(decodeXml(text.slice(one.start, one.end)));
    } else if (one.kind === 'cdata') {
      parent.children.push(text.slice(one.start + 9, text.endsWith(']]>', one.end) ? one.end - 3 : one.end));
    } else if (one.kind === 'open' || one.kind === 'empty') {
      const element = building(one.name, attributesOf(text.slice(one.start, one.end)), one);
      parent.children.push(element);
      if (one.kind === 'open') {
        open.push(element);
        openNames.set(one.name, (openNames.get(one.name) ?? 0) + 1);
      }
    } else if (one.kind === 'close' && (openNames.get(one.name) ?? 0) > 0) {
      let closed = open.pop();
      while (closed !== undefined) {
        openNames.set(closed.name, (openNames.get(closed.name) ?? 1) - 1);
        closed.inner.end = one.start;
        closed.span.end = closed.name === one.name ? one.end : one.start;
        closed = closed.name === one.name ? undefined : open.pop();
      }
    }
  }
  for (const left of open) {
    left.inner.end = inside.end;
    left.span.end = inside.end;
  }
  return root;
}

const building = (name: string, attributes: ReadonlyMap<string, string>, tag: Span): Building => ({
  name,
  attributes,
  children: [],
  span: { start: tag.start, end: tag.end },
  inner: { start: tag.end, end: tag.end },
});

const attribute = /(?<![^\s=<>"'/])([^\s=<>"'/]{1,200})\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)')/gu;

function attributesOf(tag: string): ReadonlyMap<string, string> {
  return tag.includes('=')
    ? new Map(
        [...tag.matchAll(attribute)].map(([, name = '', double, single]) => [
          name.slice(name.indexOf(':') + 1),
          decodeXml(double ?? single ?? ''),
        ]),
      )
    : new Map();
}

const predefined: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Character references and the five entities that XML itself knows; others stay as they are, since only a declaration could tell. */
export const decodeXml = (text: string): string =>
  text.includes('&')
    ? text.replace(
        /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(amp|lt|gt|quot|apos));/giu,
        (whole, decimal?: string, hex?: string, name?: string) => {
          if (name !== undefined) {
            return predefined[name] ?? whole;
          }
          const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
          return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
        },
      )
    : text;

/** Text as content of an element or of an attribute in double quotes; characters that XML 1.0 forbids (§2.2) are left out. */
export const encodeXml = (text: string): string =>
  text

    .replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** The children that are elements, of one name if given. */
export const childElements = (element: XmlElement, name?: string): XmlElement[] =>
  element.children.filter(
    (child): child is XmlElement => typeof child !== 'string' && (name === undefined || child.name === name),
  );

/** All text in an element, in order. */
export function xmlText(element: XmlElement): string {
  const parts: string[] = [];
  const stack: XmlNode[] = [element];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (typeof node === 'string') {
      parts.push(node);
    } else {
      for (let child = node.children.length - 1; child >= 0; child--) {
        stack.push(node.children[child] ?? '');
      }
    }
  }
  return parts.join('');
}

/** The outermost elements of a name with the spans they fill; one that opens inside another of the name ends it. Builds no tree. */
export function findElements(text: string, name: string): Span[] {
  const found: Span[] = [];
  let start = -1;
  for (const one of xmlTokens(text)) {
    if (one.name !== name) {
      continue;
    }
    if (one.kind === 'open') {
      if (start >= 0) {
        found.push({ start, end: one.start });
      }
      start = one.start;
    } else if (one.kind === 'close' && start >= 0) {
      found.push({ start, end: one.end });
      start = -1;
    }
  }
  if (start >= 0) {
    found.push({ start, end: text.length });
  }
  return found;
}
