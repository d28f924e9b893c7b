/**
 * Colophon's core as a library: reading, writing and converting bibliographies, without an editor, files or network.
 *
 * - `convert(text, { from, to, lossless })` gives `{ text, count, losses }`; `from` left out means recognised from the content.
 * - `convertInSteps` is the same as a generator: progress and a part of the output after every slice, stop asking to cancel.
 * - `parse(text, { from })` gives the references with key, type, fields and their places in the text.
 * - `readPage(text)` finds the records in a page of prose and puts those together that describe one work.
 * - `formatNames`: `bibtex`, `biblatex`, `ris`, `csl-json`, `csl-yaml`, `hayagriva`, `cff`, `endnote-xml`, `pubmed`, `refer`, `wos`, `mods`;
 *   `writableFormatNames`: those without `wos` and `mods`.
 */
import { formatNamed, formats, recogniseFormat, writableFormats } from './formats/index.ts';
import type { FormatName } from './formats/format.ts';
import type { Value } from './model/reference.ts';
import type { Span } from './text/span.ts';

export { convert, convertInSteps } from './formats/convert.ts';
export type { Conversion, ConversionProblem, ConversionStep, ConvertOptions } from './formats/convert.ts';
export { readPage } from './formats/page.ts';
export type { Difference, Page, PageRecord, PageWork } from './formats/page.ts';
export type { FormatName } from './formats/format.ts';
export type { Loss, LossReason } from './formats/loss.ts';
export type { Value } from './model/reference.ts';
export type { Name } from './model/name.ts';
export type { DateEnd, DatePoint, DateValue } from './model/date.ts';
export type { Span } from './text/span.ts';

/** The formats by name. */
export const formatNames: readonly FormatName[] = formats.map(format => format.name);

/** The formats that can be converted to. */
export const writableFormatNames: readonly FormatName[] = writableFormats.map(format => format.name);

/** What `parse` gives for one entry. */
export interface ParsedReference {
  readonly key: string;
  /** A BibLaTeX entry type in lower case. */
  readonly type: string;
  /** By BibLaTeX's field names. */
  readonly fields: Readonly<Record<string, Value>>;
  /** The entry in the text. */
  readonly span: Span;
  /** The key in the text. */
  readonly keySpan: Span;
}

export interface Parsed {
  /** Undefined when the text is no bibliography. */
  readonly format: FormatName | undefined;
  readonly references: readonly ParsedReference[];
}

/** Reads all references of a text. */
export function parse(text: string, options: { readonly from?: FormatName } = {}): Parsed {
  const format = options.from === undefined ? recogniseFormat(text) : formatNamed(options.from);
  if (format === undefined) {
    return { format: undefined, references: [] };
  }
  const blocks = format.scan(text);
  const references = Array.from({ length: blocks.entryCount }, (_, entry) => {
    const { key, type, fields } = format.read(text, blocks, entry);
    return {
      key,
      type,
      fields: Object.fromEntries(fields),
      span: blocks.entrySpan(entry),
      keySpan: blocks.keySpan(entry),
    };
  });
  return { format: format.name, references };
}
