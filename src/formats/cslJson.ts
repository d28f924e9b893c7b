import type { ParseError } from 'jsonc-parser';
import { createScanner, parse } from 'jsonc-parser';
import type { Reference, SourceField } from '../model/reference.ts';
import type { Span } from '../text/span.ts';
import type { Blocks, Format, Frame, WriteOptions, Written } from './format.ts';
import { readItem, writeItem } from './cslItem.ts';

const frame: Frame = { open: '[\n', between: ',\n', close: '\n]\n', write: writeOne };

function writeOne(reference: Reference, options: WriteOptions): Written {
  const { item, losses } = writeItem(reference, options);
  return { text: `  ${JSON.stringify(item, null, 2).replaceAll('\n', '\n  ')}`, losses };
}

/** CSL-JSON 1.0.2: an array of items, one item, or an object that holds the array as `items` or `references`. */
export const cslJson: Format = {
  name: 'csl-json',
  title: 'CSL-JSON',
  extensions: ['.json', '.csljson'],

  recognise(text) {
    const head = text.slice(0, 20_000).trimStart();
    if (!head.startsWith('[') && !head.startsWith('{')) {
      return 0;
    }
    const isItem = /"type"\s*:\s*"[a-z_-]+"/u.test(head) && /"(?:id|title|author|issued)"\s*:/u.test(head);
    return isItem ? 0.95 : /^\[\s*\]\s*$/u.test(head) ? 0.3 : 0;
  },

  scan: scanItems,

  read(text, blocks, entry) {
    const { start, end } = blocks.entrySpan(entry);
    const item = parseItem(text.slice(start, end));
    return { ...readItem(item), source: { format: 'csl-json', type: blocks.type(entry), fields: sourceFields(item) } };
  },

  write(references, options) {
    const written = Array.from(references, reference => writeOne(reference, options));
    const items = written.map(one => one.text).join(frame.between);
    return {
      text: written.length === 0 ? '[]\n' : frame.open + items + frame.close,
      losses: written.flatMap(one => one.losses),
    } satisfies Written;
  },

  frame,
};

function parseItem(text: string): Record<string, unknown> {
  const value = parseJson(withoutDepths(text));
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
}

/** No item has lists in lists as deep as this; to read or write deeper ones, libraries recurse. */
const deepest = 64;

/** The text with `null` for whatever lies deeper than anything that means something. */
function withoutDepths(text: string): string {
  const parts: string[] = [];
  let copied = 0;
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x22) {
      at = stringEnd(text, at);
    } else if (char === 0x5b || char === 0x7b) {
      if (depth++ === deepest) {
        parts.push(text.slice(copied, at), 'null');
        copied = text.length;
      }
    } else if ((char === 0x5d || char === 0x7d) && depth-- === deepest + 1) {
      copied = at + 1;
    }
  }
  parts.push(text.slice(copied));
  return parts.length === 1 ? text : parts.join('');
}

/** The quote that ends the string that begins at `start`; a string ends with its line at the latest. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const char = text.charCodeAt(at);
    if (char === 0x5c) {
      at++;
    } else if (char === 0x22 || char === 0x0a || char === 0x0d) {
      return at;
    }
  }
  return text.length;
}

/** Strict JSON first, since it is fast; what is broken or has comments is read as far as it goes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const errors: ParseError[] = [];
    return parse(text, errors, { allowTrailingComma: true }) as unknown;
  }
}

const sourceFields = (item: Readonly<Record<string, unknown>>): SourceField[] =>
  Object.entries(item)
    .filter(([name]) => name !== 'id' && name !== 'type')
    .map(([name, value]) => ({ name, text: JSON.stringify(value) }));

// Token kinds and scan errors of jsonc-parser, whose const enums cannot be imported.
const OPEN_BRACE = 1;
const CLOSE_BRACE = 2;
const OPEN_BRACKET = 3;
const CLOSE_BRACKET = 4;
const COLON = 6;
const STRING = 10;
const NUMBER = 11;
const END = 17;

interface Item {
  readonly start: number;
  end: number;
  key: string;
  keySpan: Span | undefined;
  type: string;
  typeSpan: Span | undefined;
}

/** One pass over the tokens. Items are the objects of the outermost array, or the outermost object. */
function scanItems(text: string): Blocks {
  const items: Item[] = [];
  const scanner = createScanner(text, true);
  const open: number[] = [];
  let itemDepth = -1;
  let item: Item | undefined;
  let name = '';
  let expectsValue = false;
  for (let token = scanner.scan() as number; token !== END; token = scanner.scan() as number) {
    const start = scanner.getTokenOffset();
    const end = start + scanner.getTokenLength();
    if (token === OPEN_BRACE || token === OPEN_BRACKET) {
      open.push(token);
      if (
        token === OPEN_BRACE &&
        itemDepth < 0 &&
        (open.length === 1 ? !isWrapper(text, start) : open.at(-2) === OPEN_BRACKET)
      ) {
        itemDepth = open.length;
      }
      if (token === OPEN_BRACE && open.length === itemDepth) {
        item = { start, end: text.length, key: '', keySpan: undefined, type: '', typeSpan: undefined };
        items.push(item);
      }
      expectsValue = false;
    } else if (token === CLOSE_BRACE || token === CLOSE_BRACKET) {
      if (open.length === itemDepth && item !== undefined) {
        item.end = end;
        item = undefined;
      }
      open.pop();
      expectsValue = false;
    } else if (token === COLON) {
      expectsValue = true;
    } else if ((token === STRING || token === NUMBER) && item !== undefined && open.length === itemDepth) {
      if (expectsValue) {
        setMember(
          item,
          name,
          scanner.getTokenValue(),
          token === STRING ? { start: start + 1, end: Math.max(start + 1, end - 1) } : { start, end },
        );
        expectsValue = false;
      } else {
        name = scanner.getTokenValue();
      }
    } else {
      expectsValue = false;
    }
  }
  return blocksOf(items);
}

/** Whether the outermost object is no item but holds the list of items. */
const isWrapper = (text: string, start: number): boolean =>
  /^\{\s*"(?:items|references)"\s*:\s*\[/u.test(text.slice(start, start + 200));

function setMember(item: Item, name: string, value: string, span: Span): void {
  if (name === 'id' || (name === 'citation-key' && item.keySpan === undefined)) {
    item.key = value;
    item.keySpan = span;
  } else if (name === 'type') {
    item.type = value;
    item.typeSpan = span;
  }
}

const blocksOf = (items: readonly Item[]): Blocks => ({
  entryCount: items.length,
  entrySpan: entry => ({ start: items[entry]?.start ?? 0, end: items[entry]?.end ?? 0 }),
  key: entry => items[entry]?.key ?? '',
  keySpan: entry => {
    const item = items[entry];
    const start = item?.start ?? 0;
    return item?.keySpan ?? item?.typeSpan ?? { start, end: start };
  },
  type: entry => items[entry]?.type ?? '',
});
