import type { ParseError } from 'jsonc-parser';
import { parse } from 'jsonc-parser';
import type { Reference, SourceField } from '../model/reference.ts';
import {
  jsonItemSpan,
  jsonKeySpan,
  jsonTypeSpan,
  scanJsonItems,
  scanningJsonItems,
  stringEnd,
  type JsonItems,
} from '../syntax/json.ts';
import { slice, type Span } from '../text/span.ts';
import type { Blocks, Format, Frame, WriteOptions, Written } from './format.ts';
import { readItem, writeItem } from './cslItem.ts';

const frame: Frame = { open: '[\n', between: ',\n', close: '\n]\n', write: writeOne };

function writeOne(reference: Reference, options: WriteOptions): Written {
  const { item, losses } = writeItem(reference, options);
  // As the only item of an array it has its indent; `[`, `]` and their line ends are the frame's.
  return { text: JSON.stringify([item], null, 2).slice('[\n'.length, -'\n]'.length), losses };
}

/** CSL-JSON 1.0.2: an array of items, one item, or an object that holds items by their keys or the array as `items` or `references`. */
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

  scan: text => blocksOf(text, scanJsonItems(text)),

  *scanning(text) {
    return blocksOf(text, yield* scanningJsonItems(text));
  },

  readsInParts: () => true,

  problems(text, entry) {
    const written = slice(text, entry);
    const item = withoutName(written);
    const start = written.length - item.length;
    const [error] = item === withoutDepths(item) ? errorsIn(item) : [];
    return error === undefined
      ? []
      : [{ code: 'broken-json', span: { start: start + error.offset, end: start + error.offset + error.length } }];
  },

  read(text, blocks, entry) {
    const item = parseItem(withoutName(slice(text, blocks.entrySpan(entry))));
    return {
      ...readItem(item),
      key: blocks.key(entry),
      source: { format: 'csl-json', type: blocks.type(entry), fields: sourceFields(item) },
    };
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
      at = stringEnd(text, at) - 1;
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

/** An item without the key in front that it has in an object of items. */
const withoutName = (item: string): string =>
  item.startsWith('"') ? item.slice(item.indexOf('{', stringEnd(item, 0))) : item;

/** Strict JSON first, since it is fast; what is broken or has comments is read as far as it goes. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const errors: ParseError[] = [];
    return parse(text, errors, { allowTrailingComma: true }) as unknown;
  }
}

function errorsIn(text: string): readonly ParseError[] {
  const errors: ParseError[] = [];
  try {
    JSON.parse(text);
  } catch {
    parse(text, errors);
  }
  return errors;
}

const sourceFields = (item: Readonly<Record<string, unknown>>): SourceField[] =>
  Object.entries(item)
    .filter(([name]) => name !== 'id' && name !== 'type')
    .map(([name, value]) => ({ name, text: typeof value === 'string' ? value : JSON.stringify(value) }));

const blocksOf = (text: string, items: JsonItems): Blocks => ({
  entryCount: items.count,
  isBroken: items.isBroken,
  entrySpan: entry => jsonItemSpan(items, entry),
  key: entry => stringAt(text, jsonKeySpan(items, entry)),
  keySpan: entry => {
    const place = [jsonKeySpan(items, entry), jsonTypeSpan(items, entry)].find(({ end }) => end > 0);
    const { start } = jsonItemSpan(items, entry);
    return place ?? { start, end: start };
  },
  type: entry => stringAt(text, jsonTypeSpan(items, entry)),
});

/** What a string says whose quotes stand around `span`, or a number. */
function stringAt(text: string, span: Span): string {
  const written = slice(text, span);
  const value = written.includes('\\') ? parseJson(`"${written}"`) : written;
  return typeof value === 'string' ? value : written;
}
