import type { Blocks, FormatName } from '../formats/format.ts';
import type { TextEdit } from '../text/edit.ts';
import { withoutLineEndsAround } from '../text/lineEnds.ts';
import type { Span } from '../text/span.ts';

/** A document that entries are pasted into. */
export interface PasteTarget {
  readonly text: string;
  readonly selection: Span;
  /** The entries that the document has; undefined where it is in no bibliographic format. */
  readonly blocks: Blocks | undefined;
}

/** How entries, converted to `format`, get into the document: behind the entry that the cursor stands in, kept apart from neighbours. */
export function pasteEntries(target: PasteTarget, converted: string, format: FormatName): TextEdit {
  if (format === 'csl-json' && target.blocks) return pasteItems(target, target.blocks, converted);
  const span = insertionSpan(target);
  const before = target.text.slice(0, span.start);
  const after = target.text.slice(span.end);
  const leading = '\n'.repeat(before.trim() === '' ? 0 : Math.max(0, 2 - lineEndsBefore(before)));
  const isLast = after.trim() === '';
  const trailing = isLast
    ? '\n'.repeat(lineEndsAfter(after) === 0 ? 1 : 0)
    : '\n'.repeat(Math.max(0, 2 - lineEndsAfter(after)));
  return { span, newText: `${leading}${withoutLineEndsAround(converted)}${trailing}` };
}

/**
 * How entries that are in the format of the document already get in where inserting them at the cursor would break an entry that is there:
 * behind it. Undefined where it would break none.
 */
export function pasteApart(target: PasteTarget, entries: string, format: FormatName): TextEdit | undefined {
  const { start, end } = target.selection;
  return start === end && target.blocks && breaksAt(target.text, target.blocks, { offset: start, entries, format })
    ? pasteEntries(target, entries, format)
    : undefined;
}

interface PlainPaste {
  readonly offset: number;
  readonly entries: string;
  readonly format: FormatName;
}

function breaksAt(text: string, blocks: Blocks, { offset, entries, format }: PlainPaste): boolean {
  const last = lastEntryBefore(blocks, offset);
  if (last && offset < last.end) return true;
  // Records end and begin on lines of their own.
  if (format !== 'ris') return false;
  const isBehindOnLine = last !== undefined && !/[\r\n]/u.test(text.slice(last.end, offset));
  return isBehindOnLine || (!/[\r\n][\t ]*$/u.test(entries.slice(-LONGEST_END)) && isStart(blocks, offset));
}

/** The blanks behind the last line of what is pasted. */
const LONGEST_END = 100;

function isStart(blocks: Blocks, offset: number): boolean {
  return lastEntryBefore(blocks, offset + 1)?.start === offset;
}

/** The selection where it holds whole entries or none; else the place behind the entry that it cuts, and nothing is replaced. */
function insertionSpan({ selection, blocks }: PasteTarget): Span {
  const { start, end } = selection;
  const last = blocks && lastEntryBefore(blocks, end);
  if (!last || last.end <= start) return selection;
  const first = start === end ? last : lastEntryBefore(blocks, start);
  const isWhole = last.end <= end && (first === undefined || first.end <= start);
  return isWhole && start < end ? selection : { start: Math.max(last.end, end), end: Math.max(last.end, end) };
}

/** Items of JSON go into the array, with the commas that it needs. */
function pasteItems({ text, selection }: PasteTarget, blocks: Blocks, converted: string): TextEdit {
  if (blocks.entryCount === 0) return { span: { start: 0, end: text.length }, newText: converted };
  const items = withoutBrackets(converted.trim());
  const before = lastEntryBefore(blocks, selection.start);
  const place = before?.end ?? blocks.entrySpan(0).start;
  return { span: { start: place, end: place }, newText: before ? `,\n  ${items}` : `${items},\n  ` };
}

/** The last entry that starts before `offset`. */
function lastEntryBefore(blocks: Blocks, offset: number): Span | undefined {
  let low = 0;
  let high = blocks.entryCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (blocks.entrySpan(middle).start < offset) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? undefined : blocks.entrySpan(low - 1);
}

/** Converted texts of several sources as one. */
export function joinConverted(texts: readonly string[], format: FormatName): string {
  const filled = texts.filter(text => text.trim() !== '');
  if (filled.length < 2) return filled.join('');
  if (format !== 'csl-json') return `${filled.map(withoutLineEndsAround).join('\n\n')}\n`;
  const items = filled.map(text => withoutBrackets(text.trim())).filter(item => item !== '');
  return `[\n  ${items.join(',\n  ')}\n]\n`;
}

const withoutBrackets = (array: string): string =>
  array.startsWith('[') && array.endsWith(']') ? array.slice(1, -1).trim() : array;

/** How many lines end at the end of a text: 0, 1, or 2 for more. */
function lineEndsBefore(text: string): number {
  const tail = text.slice(-4).replace(/\r\n?/g, '\n');
  return tail.endsWith('\n\n') ? 2 : tail.endsWith('\n') ? 1 : 0;
}

function lineEndsAfter(text: string): number {
  const head = text.slice(0, 4).replace(/\r\n?/g, '\n');
  return head.startsWith('\n\n') ? 2 : head.startsWith('\n') ? 1 : 0;
}
