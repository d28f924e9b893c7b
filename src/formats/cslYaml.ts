import type { Reference } from '../model/reference.ts';
import {
  closingQuote,
  readYaml,
  writeYaml,
  yamlItems,
  yamlMembers,
  type YamlMap,
  type YamlValue,
} from '../syntax/yaml.ts';
import type { Span } from '../text/span.ts';
import { readItem, writeItem } from './cslItem.ts';
import { fromMarkdown, toMarkdown, withoutEscapes } from './cslMarkdown.ts';
import { brokenYaml, documentBlocks, sourceFieldsOf, type DocumentEntry } from './documentDraft.ts';
import type { Blocks, Format, Frame, WriteOptions, Written } from './format.ts';

const frame: Frame = { open: '---\nreferences:\n', between: '', close: '...\n', write: writeOne };

function writeOne(reference: Reference, options: WriteOptions): Written {
  const { item, losses } = writeItem(reference, options);
  return { text: writeYaml([inMarkdown(JSON.parse(JSON.stringify(item)) as YamlMap, toMarkdown, toMarkdown)]), losses };
}

/** Members that are no text to read. */
const noText = new Set(['id', 'type', 'citation-key', 'custom']);
/** Members that hold no markup: what looks like some is part of an address or a number. */
const verbatim = new Set(['URL', 'DOI', 'ISBN', 'ISSN', 'PMID', 'PMCID']);

/** An item with its texts changed; those of names and dates, too. */
function inMarkdown(item: YamlMap, text: (value: string) => string, address: (value: string) => string): YamlMap {
  const changed = (value: YamlValue, change: (value: string) => string): YamlValue =>
    typeof value === 'string'
      ? change(value)
      : Array.isArray(value)
        ? (value as readonly YamlValue[]).map(one => changed(one, change))
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, changed(one, change)]))
          : value;
  return Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      noText.has(name) ? value : changed(value, verbatim.has(name) ? address : text),
    ]),
  );
}

/** CSL-YAML: items of CSL-JSON in YAML, as Pandoc reads them: a list, or the list of `references`. */
export const cslYaml: Format = {
  name: 'csl-yaml',
  title: 'CSL-YAML',
  extensions: ['.yaml', '.yml'],

  recognise(text) {
    const head = text.slice(0, 20_000);
    const items = itemsIn(head);
    const names = new Set(items.slice(0, 3).flatMap(item => yamlMembers(head, item).map(member => member.name)));
    return names.has('id') && (names.has('type') || names.has('title') || names.has('issued')) ? 0.95 : 0;
  },

  scan: scanItems,

  readsInParts: () => true,
  problems: brokenYaml,

  read(text, blocks, entry) {
    const span = blocks.entrySpan(entry);
    const item = readYaml(text, span);
    const type = blocks.type(entry);
    if (!isMap(item)) {
      const lines = text.slice(span.start, span.end);
      return {
        key: blocks.key(entry),
        type: 'misc',
        fields: new Map([['csl:unreadable', { kind: 'text', text: lines }]]),
        source: { format: 'csl-yaml', type, fields: [{ name: 'unreadable', text: lines }] },
      };
    }
    const plain = withDates(inMarkdown(item, fromMarkdown, withoutEscapes));
    return {
      ...readItem(plain),
      key: blocks.key(entry),
      source: { format: 'csl-yaml', type, fields: sourceFieldsOf(item, new Set(['id', 'type'])) },
    };
  },

  write(references, options) {
    const written = Array.from(references, reference => writeOne(reference, options));
    return {
      text:
        written.length === 0
          ? '---\nreferences: []\n...\n'
          : frame.open + written.map(one => one.text).join('') + frame.close,
      losses: written.flatMap(one => one.losses),
    };
  },

  frame,
};

const isMap = (value: YamlValue | undefined): value is YamlMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Older files of Pandoc have dates as `year`, `month`, `day`, alone or as a list of two ends. */
const withDates = (item: YamlMap): Record<string, unknown> =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, datePartsOf(value) ?? value]));

function datePartsOf(value: YamlValue): unknown {
  const ends = Array.isArray(value) ? (value as readonly YamlValue[]) : [value];
  const points = ends.filter((end): end is YamlMap => isMap(end) && 'year' in end);
  const [first] = points;
  if (first === undefined || points.length !== ends.length) {
    return undefined;
  }
  const parts = points.map(({ year, month, day }) => [year, month, day].filter(part => part !== undefined));
  const { season, circa, literal } = first;
  return {
    'date-parts': parts,
    ...(season !== undefined && { season }),
    ...(circa !== undefined && { circa }),
    ...(literal !== undefined && { literal }),
  };
}

function itemsIn(text: string): Span[] {
  // An item may have `references` as well.
  if (/^[\s\uFEFF]*(?:-[ \t]|\[)/u.test(text)) {
    return yamlItems(text);
  }
  const references = yamlMembers(text).find(member => member.name === 'references');
  return yamlItems(text, references?.value);
}

function scanItems(text: string): Blocks {
  return documentBlocks(
    itemsIn(text).map((span): DocumentEntry => {
      const members = yamlMembers(text, span);
      const id = members.find(member => member.name === 'id') ?? members.find(member => member.name === 'citation-key');
      const type = members.find(member => member.name === 'type');
      const keySpan = id === undefined ? undefined : scalarSpan(text, id.value);
      return {
        span,
        key: id === undefined ? '' : scalar(text, id.value),
        keySpan: keySpan ?? { start: span.start, end: span.start },
        type: type === undefined ? '' : scalar(text, type.value),
      };
    }),
  );
}

/** Where a short scalar stands, without its quotes and what is behind it. */
function scalarSpan(text: string, { start, end }: Span): Span {
  const raw = text.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  const close = text[from] === '"' || text[from] === "'" ? closingQuote(text, from, end) : -1;
  if (close >= 0) return { start: from + 1, end: close };
  const [plain = ''] = text.slice(from, end).split(/\s#/u, 1);
  return { start: from, end: from + plain.trimEnd().length };
}

function scalar(text: string, span: Span): string {
  const value = readYaml(text, {
    start: scalarSpan(text, span).start - (/^\s*["']/u.test(text.slice(span.start, span.end)) ? 1 : 0),
    end: span.end,
  });
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
