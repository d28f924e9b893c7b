import type { BibliographyDeclaration, Declarations, ProjectFile } from './language.ts';
import { declarationAt } from './yamlMetadata.ts';

/** Variables of a folder in Emacs, read as data: nothing of them is evaluated. */
export const orgProjectFiles: readonly ProjectFile[] = [
  { name: '.dir-locals.el', isRoot: false, scan: scanVariables },
  { name: '.dir-locals-2.el', isRoot: false, scan: scanVariables },
];

/** `(citar-bibliography . ("a.bib" "b.bib"))`: the strings in the parentheses around the name. */
function scanVariables(text: string): Declarations {
  const declarations: BibliographyDeclaration[] = [];
  const variable =
    /\((?:org-cite-global-bibliography|bibtex-completion-bibliography|citar-bibliography|reftex-default-bibliography|org-ref-default-bibliography)(?=\s)/g;
  let done = 0;
  for (const match of text.matchAll(variable)) {
    if (match.index >= done) done = readStrings(text, match.index, declarations);
  }
  return { declarations, includes: [] };
}

/** Reads the form that begins at `start` and returns where it ends. */
function readStrings(text: string, start: number, found: BibliographyDeclaration[]): number {
  let depth = 0;
  for (let at = start; at < text.length; at++) {
    const char = text[at];
    if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at + 1;
    else if (char === ';') {
      while (at < text.length && text[at] !== '\n') at++;
    } else if (char === '"') {
      const end = stringEnd(text, at + 1);
      const target = text.slice(at + 1, end);
      if (target !== '' && !target.includes('\\')) found.push(declarationAt({ target, span: { start: at + 1, end } }));
      at = end;
    }
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return Math.min(at, text.length);
}
