import type { TextEdit } from '../text/edit.ts';
import type { BibliographyDeclaration, Manuscript, Processor } from './language.ts';
import { insertion } from './writtenLists.ts';

/** Pandoc, alone or within Quarto and R Markdown (Pandoc manual, "Specifying bibliographic data"). */
export const pandocProcessor: Processor = {
  reads: ['bibtex', 'biblatex', 'csl-json', 'csl-yaml', 'ris'],
  isToldElsewhere: true,
  dialect: () => 'biblatex',
  declare: declareInMetadata,
};

/** Reads BibTeX only. */
export const mystProcessor: Processor = {
  ...pandocProcessor,
  reads: ['bibtex', 'biblatex'],
  isToldElsewhere: false,
  takesBeside: true,
};

/** A member `bibliography` of the metadata at the beginning of the document. */
function declareInMetadata(text: string, { declarations }: Manuscript, file: string): TextEdit[] {
  const path = yamlPath(file);
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const end = metadataEnd(text, start);
  if (end === undefined) return [insertion(start, `---\nbibliography: ${path}\n---\n\n`)];
  const last = declarations.findLast(one => one.span.end <= end);
  return last === undefined ? [insertion(end, `bibliography: ${path}\n`)] : addToList(text, last, path);
}

/** In quotes where YAML would take some of it for notation. */
export const yamlPath = (path: string): string =>
  /^[\p{L}\p{N}_.~/][\p{L}\p{N}_.~/ -]*$/u.test(path) ? path : JSON.stringify(path);

/** Where the line begins that ends the metadata; undefined where there is none. */
function metadataEnd(text: string, start: number): number | undefined {
  if (!/^---[ \t]*\r?\n/.test(text.slice(start, start + 80))) return undefined;
  const close = /^(?:---|\.\.\.)[ \t]*$/m;
  for (let at = text.indexOf('\n', start) + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const lineFeed = text.indexOf('\n', at);
    if (close.test(text.slice(at, lineFeed < 0 ? text.length : lineFeed).replace('\r', ''))) return at;
  }
  return undefined;
}

/** Beside the one that is there: on a line below in a list of lines (in comments of a script, too), else within brackets. */
export function addToList(text: string, { span }: BibliographyDeclaration, path: string): TextEdit[] {
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  const before = text.slice(lineStart, span.start);
  const item = /^#?[ \t]*-[ \t]+/.exec(before)?.[0];
  const isQuoted = /["']$/.test(before);
  const from = isQuoted ? span.start - 1 : span.start;
  const to = isQuoted ? span.end + 1 : span.end;
  if (item !== undefined) return [insertion(to, `\n${item}${path}`)];
  if (before.includes('[')) return [insertion(to, `, ${path}`)];
  return [insertion(from, '['), insertion(to, `, ${path}]`)];
}
