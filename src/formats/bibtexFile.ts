import type { Span } from '../text/span.ts';
import { slice } from '../text/span.ts';
import { bibtexEntries, BlockKind, keySpan, scanBibtex, typeSpan } from '../syntax/bibtex.ts';
import { blockSpan } from '../syntax/blockTable.ts';
import { FieldReader, valuePieces } from '../syntax/bibtexFields.ts';
import { skipSpace, trimEnd } from '../syntax/bibtexLexis.ts';
import { bibtexIn, inheritedFields } from './bibtex.ts';
import type { Dialect, Translation, WrittenField } from './bibtexDialect.ts';
import { translate } from './bibtexDialect.ts';
import type { Blocks, WriteOptions } from './format.ts';
import type { Loss } from './loss.ts';

const COMMA = 0x2c;
const BLANK = 0x20;
const EQUALS = 0x3d;

/** One block of a file in the other dialect. */
export interface TranslatedBlock {
  readonly text: string;
  readonly losses: readonly Loss[];
  readonly isEntry: boolean;
  /** Where it starts in the source. */
  readonly start: number;
}

/**
 * Translates a whole file from one BibTeX dialect to the other, block by block. Comments, strings, text between entries, and every
 * field that is the same in both stay as they are, byte for byte.
 */
export function* translateFile(
  text: string,
  to: Dialect,
  options: WriteOptions,
  scanned: Blocks = bibtexEntries(text, scanBibtex(text)),
): Generator<TranslatedBlock> {
  const { blocks, reader } = bibtexIn(text, scanned);
  const fields = new FieldReader(text);
  let entry = 0;
  for (let block = 0; block < blocks.count; block++) {
    const span = blockSpan(blocks, block);
    if (blocks.kind(block) !== BlockKind.entry) {
      yield { text: slice(text, span), losses: [], isEntry: false, start: span.start };
      continue;
    }
    const places: FieldPlace[] = [];
    fields.enterBlock(blocks, block);
    while (fields.next()) {
      places.push({
        name: { start: fields.nameStart, end: fields.nameEnd },
        value: { start: fields.valueStart, end: fields.valueEnd },
      });
    }
    const written = places.map(place => ({ name: slice(text, place.name), text: slice(text, place.value) }));
    const type = typeSpan(blocks, block);
    const keyText = slice(text, keySpan(blocks, block));
    // Behind a broken key a new field would make another entry of it.
    const lossless = options.lossless && !/[@{]/u.test(keyText);
    const translation = translate({ type: slice(text, type), fields: written }, to, { lossless });
    const inherits = written.some(field => /^(?:crossref|xdata)$/iu.test(field.name));
    const needed = inherits ? inheritedFields(reader.read(entry, to), to) : [];
    yield {
      text: rewrite(
        text,
        { span, type, keyEnd: keySpan(blocks, block).end, places, written },
        { ...translation, added: [...translation.added, ...needed] },
      ),
      losses: lossesOf(keyText, slice(text, type), written, translation),
      isEntry: true,
      start: span.start,
    };
    entry++;
  }
}

interface FieldPlace {
  readonly name: Span;
  readonly value: Span;
}

interface EntryPlaces {
  readonly span: Span;
  readonly type: Span;
  readonly keyEnd: number;
  readonly places: readonly FieldPlace[];
  readonly written: readonly WrittenField[];
}

/** The text of an entry with only those stretches changed that the translation changes. */
function rewrite(text: string, entry: EntryPlaces, translation: Translation): string {
  const width = alignedWidth(text, entry.places);
  const parts: string[] = [];
  let copied = entry.span.start;
  const replace = (start: number, end: number, by: string): void => {
    parts.push(text.slice(copied, start), by);
    copied = end;
  };
  if (translation.type !== slice(text, entry.type)) {
    replace(entry.type.start, entry.type.end, translation.type);
  }
  const isOpen = isLeftOpen(entry.written.at(-1)?.text);
  const lastKept = entry.places.findLastIndex((_, index) => (translation.fields[index] ?? []).length > 0);
  if ((lastKept < 0 || isOpen) && translation.added.length > 0) {
    const keyEnd = pastComma(text, entry.keyEnd, entry.span.end);
    const comma = keyEnd === entry.keyEnd ? ',' : '';
    const end = isOpen ? ',' : '';
    replace(keyEnd, keyEnd, comma + translation.added.map(field => ` ${field.name} = ${field.text}`).join(',') + end);
  }
  entry.places.forEach((place, index) => {
    const [first, ...more] = translation.fields[index] ?? [];
    const source = entry.written[index];
    if (first === undefined) {
      const end = pastComma(text, place.value.end, entry.span.end);
      const start = Math.max(copied, trimEnd(text, copied, place.name.start));
      // The last field of an entry without a comma behind it takes the one before it along.
      const comma = end === place.value.end && start > copied && text.charCodeAt(start - 1) === COMMA ? 1 : 0;
      replace(start - comma, end, '');
      return;
    }
    if (first.name !== source?.name) {
      const end = width === 0 ? place.name.end : columnEnd(text, place.name.end);
      replace(place.name.start, end, padded(first.name, width));
    }
    if (first.text !== source?.text) {
      replace(place.value.start, place.value.end, first.text);
    }
    const added = index === lastKept && !isOpen ? [...more, ...translation.added] : more;
    if (added.length > 0) {
      replace(
        place.value.end,
        place.value.end,
        added
          .map(field => {
            const gap = gapBefore(text, place.name.start);
            const name = width === 0 ? `${field.name} ` : padded(field.name, width);
            return `,${gap}${name}= ${field.text}`;
          })
          .join(''),
      );
    }
  });
  parts.push(text.slice(copied, entry.span.end));
  return parts.join('');
}

/**
 * How wide names are with the space behind them, where all equals signs of an entry stand below each other, but for names that are too
 * long for that; 0 where they do not.
 */
function alignedWidth(text: string, places: readonly FieldPlace[]): number {
  const names = places.map(({ name }) => ({
    length: name.end - name.start,
    width: columnEnd(text, name.end) - name.start,
  }));
  const width = names.reduce((least, name) => Math.min(least, name.width), Infinity);
  const aligned = names.filter(name => name.width === width);
  const isTooLong = (name: (typeof names)[number]): boolean => name.length >= width && name.width === name.length + 1;
  const isColumn = new Set(aligned.map(name => name.length)).size > 1 && aligned.length > names.length / 2;
  return isColumn && width > 0 && names.every(name => name.width === width || isTooLong(name)) ? width : 0;
}

/** Where the equals sign behind a name stands, with only blanks before it; negative when it does not. */
function columnEnd(text: string, nameEnd: number): number {
  let at = nameEnd;
  while (text.charCodeAt(at) === BLANK) at++;
  return text.charCodeAt(at) === EQUALS ? at : -1;
}

const padded = (name: string, width: number): string =>
  width === 0 ? name : name.padEnd(Math.max(width, name.length + 1));

/** Whether a value has no end, so that nothing can stand behind it. */
const isLeftOpen = (value: string | undefined): boolean =>
  value !== undefined && valuePieces(value, 0, value.length).some(piece => !piece.isClosed);

/** The white space before a field: what stands between it and its neighbour, so that a new field looks like the others. */
function gapBefore(text: string, start: number): string {
  const gap = text.slice(trimEnd(text, Math.max(0, start - 200), start), start);
  return gap === '' ? ' ' : gap;
}

/** Behind the comma that follows a value; the value's end when none does. */
function pastComma(text: string, valueEnd: number, end: number): number {
  const next = skipSpace(text, valueEnd, end);
  return text.charCodeAt(next) === COMMA ? next + 1 : valueEnd;
}

function lossesOf(key: string, type: string, written: readonly WrittenField[], translation: Translation): Loss[] {
  const losses: Loss[] = translation.narrowed.map(index => ({
    key,
    field: written[index]?.name ?? '',
    value: written[index]?.text ?? '',
    reason: 'narrowed',
  }));
  return translation.typeLost ? [...losses, { key, field: 'entry type', value: type, reason: 'type' }] : losses;
}
