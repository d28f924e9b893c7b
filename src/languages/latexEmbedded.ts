import { formatOfFile } from '../formats/index.ts';
import { lineAfter, skipSpace, texGroupEnd } from '../syntax/texItems.ts';
import type { EmbeddedEntries } from './language.ts';

/** Takes in the list that the first of its `\bibitem` or `\bib` begins; the others stand in it. */
export function readItems(embedded: EmbeddedEntries[], text: string, command: 'bibitem' | 'bib', start: number): void {
  const format = command === 'bibitem' ? 'thebibliography' : 'amsrefs';
  if (embedded.length >= mostStretches || embedded.some(one => one.format === format && start < one.span.end)) return;
  const end = text.indexOf(command === 'bibitem' ? '\\end{thebibliography}' : '\\end{biblist}', start);
  embedded.push({ format, span: { start, end: end < 0 ? text.length : end } });
}

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
