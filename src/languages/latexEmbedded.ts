import type { FormatName } from '../formats/format.ts';
import { formatOfFile } from '../formats/index.ts';
import { lineAfter, skipSpace, texGroupEnd } from '../syntax/texItems.ts';
import type { EmbeddedEntries } from './language.ts';

type ItemCommand = 'bibitem' | 'bib' | 'entry';

export const isItemCommand = (name: string): name is ItemCommand => Object.hasOwn(lists, name);

/** What the items of a list are called, and where it ends. */
const lists: Readonly<Record<ItemCommand, { readonly format: FormatName; readonly end: string }>> = {
  bibitem: { format: 'thebibliography', end: '\\end{thebibliography}' },
  bib: { format: 'amsrefs', end: '\\end{biblist}' },
  // The same entries may stand in several lists.
  entry: { format: 'bbl', end: '\\endinput' },
};

/** Takes in the list that the first of its `\bibitem`, `\bib` or `\entry` begins; the others stand in it. */
export function readItems(embedded: EmbeddedEntries[], text: string, command: ItemCommand, start: number): void {
  const { format, end: closer } = lists[command];
  if (embedded.length >= mostStretches || embedded.some(one => one.format === format && start < one.span.end)) return;
  // Documents have commands of that name, too.
  if (command === 'entry' && !isMadeByBiber(text)) return;
  const end = text.indexOf(closer, start);
  embedded.push({ format, span: { start, end: end < 0 ? text.length : end } });
}

const isMadeByBiber = (text: string): boolean => /^%[^\n]{0,20}biblatex auxiliary file/.test(text.slice(0, 100));

/** A document has a handful. */
const mostStretches = 500;

/** `\begin{filecontents}[options]{refs.bib}`: LaTeX writes what stands from the next line to `end` into that file. */
export function readFileContents(embedded: EmbeddedEntries[], text: string, at: number, end: number): void {
  let open = skipSpace(text, at);
  if (text[open] === '[') open = skipSpace(text, texGroupEnd(text, open, end) + 1);
  const close = text[open] === '{' ? texGroupEnd(text, open, end) : -1;
  const start = close < 0 ? end : lineAfter(text, close);
  const fileName = text.slice(open + 1, Math.max(open + 1, close)).trim();
  const format = formatOfFile(fileName);
  if (format !== undefined && start < end) embedded.push({ format: format.name, span: { start, end }, fileName });
}
