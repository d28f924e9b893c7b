import type { BibliographyDeclaration, Declarations, ProjectFile } from './language.ts';
import { declarationAt } from './yamlMetadata.ts';

/** Sphinx looks for what `conf.py` names from its folder, the source directory. */
export const sphinxProjectFiles: readonly ProjectFile[] = [{ name: 'conf.py', isRoot: true, scan: scanConfiguration }];

/** `bibtex_bibfiles = ['a.bib', "sub/b.bib"]`, read as text: nothing of it is run. */
function scanConfiguration(text: string): Declarations {
  const declarations: BibliographyDeclaration[] = [];
  const assignment = /^[ \t]*bibtex_bibfiles\b(?:[ \t]*:[^=\r\n]{0,80})?[ \t]*(?:\+?=|\.append\(|\.extend\()/gm;
  let done = 0;
  for (const match of text.matchAll(assignment)) {
    if (match.index >= done) done = readList(text, match.index + match[0].length, declarations);
  }
  return { declarations, includes: [], ...(readsMarkdown(text) && { dialect: 'myst' }) };
}

/** Sphinx reads Markdown by an extension: `extensions = ['myst_parser']`. */
const readsMarkdown = (text: string): boolean => /^[^#\r\n\u2028\u2029]*["']myst_(?:parser|nb)["']/m.test(text);

/** Strings of a list; those that a call or a formatted string makes are not known without running it. */
function readList(text: string, start: number, found: BibliographyDeclaration[]): number {
  let depth = 0;
  let calls = 0;
  let at = start;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '#') at = endOfLine(text, at);
    else if (char === '"' || char === "'") {
      const end = stringEnd(text, at);
      const isPlain = calls === 0 && !/[fFbB]/.test(text[at - 1] ?? '') && text[at + 1] !== char;
      const target = text.slice(at + 1, end);
      if (isPlain && target !== '' && !/[+/%\\]\s*$/.test(text.slice(Math.max(start, at - 3), at)))
        found.push(declarationAt({ target, span: { start: at + 1, end } }));
      at = end + 1;
    } else {
      if (char === '\n' && depth === 0) return at;
      if (char === '(' && /[\w)\]]/.test(text[at - 1] ?? ' ')) calls++;
      else if (char === ')' && calls > 0) calls--;
      else if ('[('.includes(char)) depth++;
      else if ('])'.includes(char) && --depth <= 0) return at;
      at++;
    }
  }
  return at;
}

/** Offset of the quote that ends the string at `start`, or of the end of its line. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== text[start] && text[at] !== '\n') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}

function endOfLine(text: string, start: number): number {
  const lineFeed = text.indexOf('\n', start);
  return lineFeed < 0 ? text.length : lineFeed;
}
