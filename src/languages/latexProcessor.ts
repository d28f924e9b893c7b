import type { TextEdit } from '../text/edit.ts';
import type { Processor } from './language.ts';
import { loadsBiblatex } from './latexWriting.ts';
import { insertion } from './writtenLists.ts';

/** BibTeX or Biber. */
export const latexProcessor: Processor = {
  reads: ['bibtex', 'biblatex'],
  // The package citation-style-language goes to a processor of CSL.
  alsoReads: text => (text.includes('citation-style-language') ? ['csl-json', 'csl-yaml'] : []),
  isToldElsewhere: false,
  dialect: text => (loadsBiblatex(text) ? 'biblatex' : 'bibtex'),
  declare: (text, _manuscript, file) => {
    const path = file.replaceAll('%', '\\%');
    if (loadsBiblatex(text)) return declareBefore(text, '\\begin{document}', `\\addbibresource{${path}}\n`);
    const style = text.includes('\\bibliographystyle') ? '' : '\\bibliographystyle{plain}\n';
    return declareBefore(text, '\\end{document}', `${style}\\bibliography{${path.replace(/\.bib$/, '')}}\n`);
  },
};

/** On a line of its own before a command, else at the end. */
function declareBefore(text: string, command: string, line: string): TextEdit[] {
  const at = commandAt(text, command);
  if (at >= 0) return [insertion(at, line)];
  return [insertion(text.length, text === '' || text.endsWith('\n') ? line : `\n${line}`)];
}

/** Beginning of the line on which a command stands, -1 where it stands in comments only. */
function commandAt(text: string, command: string): number {
  for (let at = text.indexOf(command); at >= 0; at = text.indexOf(command, at + 1)) {
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    if (!text.slice(lineStart, at).includes('%')) return lineStart;
  }
  return -1;
}
