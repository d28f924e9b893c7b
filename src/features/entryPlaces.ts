import type { Blocks, WritableFormat } from '../formats/format.ts';
import type { TextEdit } from '../text/edit.ts';
import { isBibtex, type CopiedEntry } from './copyEntries.ts';
import { pasteEntries } from './paste.ts';

/** A bibliography that entries are added to. */
interface Target {
  readonly text: string;
  readonly format: WritableFormat;
}

/** Adds entries to a bibliography: each where its key belongs if the keys are in order, else behind the last. Edits do not overlap. */
export function placeEntries(target: Target, entries: readonly CopiedEntry[], strings: readonly string[]): TextEdit[] {
  const { text, format } = target;
  const blocks = format.scan(text);
  if (blocks.entryCount === 0) return [wholeText(target, entries, strings)];
  const places = placesOf(blocks, entries, isBibtex(format.name));
  const groups = new Map<number, CopiedEntry[]>();
  for (const [index, entry] of entries.entries()) {
    const place = places[index] ?? blocks.entryCount;
    groups.set(place, [...(groups.get(place) ?? []), entry]);
  }
  const isOrdered = orderOf(blocks) !== undefined;
  const edits = [...groups].map(([place, here]) => insertAt(target, blocks, place, isOrdered ? inOrder(here) : here));
  return withNewLines(text, strings.length === 0 ? edits : withStrings(blocks, edits, strings));
}

/** Into a file without entries, whose comments stay. */
function wholeText({ text, format }: Target, entries: readonly CopiedEntry[], strings: readonly string[]): TextEdit {
  const { open, between, close } = format.frame ?? { open: '', between: '\n', close: '' };
  const gap = /^\s*[,\n]/.test(between) && between !== '\n' ? between : '\n\n';
  const texts = entries.map(entry => (format.name === 'csl-json' ? `  ${entry.text}` : entry.text));
  const separator = format.name === 'csl-yaml' ? '\n' : gap;
  const head = strings.length === 0 ? '' : `${strings.join('\n')}\n\n`;
  const written = `${open}${head}${texts.join(separator)}${close.startsWith('\n') ? '' : '\n'}${close}`;
  const keepsText = isBibtex(format.name) && text.trim() !== '';
  if (!keepsText) return { span: { start: 0, end: text.length }, newText: written };
  const lead = text.endsWith('\n') ? '\n' : '\n\n';
  return { span: { start: text.length, end: text.length }, newText: `${lead}${written}` };
}

/** The number of the entry before which each one goes. */
function placesOf(blocks: Blocks, entries: readonly CopiedEntry[], isBibtexFile: boolean): number[] {
  const order = orderOf(blocks);
  const places = entries.map(({ key }) =>
    order === undefined ? blocks.entryCount : placeOf(blocks, order(key), order),
  );
  if (!isBibtexFile || entries.every(({ parents }) => parents.length === 0)) return places;
  // BibTeX wants parents behind their children.
  entries.forEach(({ parents }, index) => {
    for (const parent of parents) {
      const added = entries.findIndex(({ key }) => key === parent);
      const here = places[index] ?? 0;
      if (added >= 0) places[added] = Math.max(places[added] ?? 0, here);
      else places[index] = Math.min(here, entryWithKey(blocks, parent) ?? here);
    }
  });
  return places;
}

function entryWithKey(blocks: Blocks, key: string): number | undefined {
  for (let entry = 0; entry < blocks.entryCount; entry++) if (blocks.key(entry) === key) return entry;
  return undefined;
}

type Order = (key: string) => string;

const orders: readonly Order[] = [key => key.toLowerCase(), key => key];

/** Fewer keys are in order by chance. */
const fewest = 3;

/** What the keys of a file are ordered by; undefined where they are in no order. */
function orderOf(blocks: Blocks): Order | undefined {
  if (blocks.entryCount < fewest) return undefined;
  return orders.find(order => {
    let last = '';
    for (let entry = 0; entry < blocks.entryCount; entry++) {
      const key = order(blocks.key(entry));
      if (key < last) return false;
      last = key;
    }
    return true;
  });
}

/** The first entry whose key comes behind. */
function placeOf(blocks: Blocks, key: string, order: Order): number {
  let low = 0;
  let high = blocks.entryCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (order(blocks.key(middle)) <= key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** By key, but parents behind their children. */
function inOrder(entries: readonly CopiedEntry[]): CopiedEntry[] {
  const parents = new Set(entries.flatMap(entry => entry.parents));
  const rank = ({ key }: CopiedEntry): string => `${parents.has(key) ? 1 : 0}${key.toLowerCase()}`;
  return [...entries].sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
}

function insertAt(target: Target, blocks: Blocks, place: number, entries: readonly CopiedEntry[]): TextEdit {
  const { text, format } = target;
  const at = place === 0 ? blocks.entrySpan(0).start : blocks.entrySpan(place - 1).end;
  if (format.name === 'csl-yaml') return insertItems(text, blocks, place, entries);
  const isJson = format.name === 'csl-json';
  const joined = isJson
    ? `[\n  ${entries.map(entry => entry.text).join(',\n  ')}\n]`
    : entries.map(entry => entry.text).join('\n\n');
  return pasteEntries({ text, selection: { start: at, end: at }, blocks }, joined, format.name);
}

/** Items of a YAML list, indented as their neighbour is. */
function insertItems(text: string, blocks: Blocks, place: number, entries: readonly CopiedEntry[]): TextEdit {
  const neighbour = blocks.entrySpan(Math.max(0, place - 1));
  const indent = text.slice(text.lastIndexOf('\n', neighbour.start - 1) + 1, neighbour.start);
  const written = entries.map(entry => entry.text.replaceAll('\n', `\n${indent}`)).join(`\n${indent}`);
  const isFirst = place === 0;
  const at = isFirst ? neighbour.start : neighbour.end;
  return { span: { start: at, end: at }, newText: isFirst ? `${written}\n${indent}` : `\n${indent}${written}` };
}

/** Definitions before all entries. */
function withStrings(blocks: Blocks, edits: readonly TextEdit[], strings: readonly string[]): TextEdit[] {
  const at = blocks.entrySpan(0).start;
  const newText = `${strings.join('\n')}\n\n`;
  const same = edits.find(({ span }) => span.start === at && span.end === at);
  if (same === undefined) return [{ span: { start: at, end: at }, newText }, ...edits];
  return edits.map(edit => (edit === same ? { span: edit.span, newText: newText + edit.newText } : edit));
}

/** Line ends as the file has them. */
function withNewLines(text: string, edits: readonly TextEdit[]): TextEdit[] {
  const lineFeed = text.indexOf('\n');
  if (lineFeed < 1 || text[lineFeed - 1] !== '\r') return [...edits];
  return edits.map(edit => ({ ...edit, newText: edit.newText.replace(/\r?\n/g, '\r\n') }));
}
