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
  declare: (text, _manuscript, path) =>
    loadsBiblatex(text)
      ? declareBefore(text, '\\begin{document}', `\\addbibresource{${escaped(path)}}\n`)
      : declareBefore(text, '\\end{document}', bibliographyLines(text, path).join('')),
};

/** The list stands in the documentation, behind `%`, before what ends that (ltxdoc). */
export const docTexProcessor: Processor = {
  ...latexProcessor,
  declare: (text, manuscript, path) => {
    if (loadsBiblatex(text)) return latexProcessor.declare(text, manuscript, path);
    const lines = bibliographyLines(text, path).map(line => `% ${line}`);
    const end = /^(?:%[ \t]*\\Finale|\\endinput)/m.exec(text)?.index ?? text.length;
    return [ownLine(text, end, lines.join(''))];
  },
};

const escaped = (path: string): string => path.replaceAll('%', '\\%');

const bibliographyLines = (text: string, path: string): string[] => [
  ...(text.includes('\\bibliographystyle') ? [] : ['\\bibliographystyle{plain}\n']),
  `\\bibliography{${escaped(path).replace(/\.bib$/, '')}}\n`,
];

/** On a line of its own before a command, else at the end. */
function declareBefore(text: string, command: string, line: string): TextEdit[] {
  const at = commandAt(text, command);
  return [ownLine(text, at >= 0 ? at : text.length, line)];
}

const ownLine = (text: string, at: number, line: string): TextEdit =>
  insertion(at, at === 0 || text[at - 1] === '\n' ? line : `\n${line}`);

/** Beginning of the line on which a command stands, -1 where it stands in comments only. */
function commandAt(text: string, command: string): number {
  for (let at = text.indexOf(command); at >= 0;) {
    const lineStart = text.lastIndexOf('\n', at - 1) + 1;
    if (!text.slice(lineStart, at).includes('%')) return lineStart;
    const lineEnd = text.indexOf('\n', at);
    at = lineEnd < 0 ? -1 : text.indexOf(command, lineEnd);
  }
  return -1;
}
