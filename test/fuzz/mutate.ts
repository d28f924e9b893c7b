import type { Random } from './random.ts';

/** What means something in one of the notations. */
const PIECES = [
  ...'{}()[]"\',;:=@#%\\$&~^_|<>/*+-. \t\n\r0'.split(/(?=[^])/u),
  ...['\r\n', '\n\n', '\0', '\u00a0', '\ufeff', '\ud800', '\udc00', '\u2028', '\u0301', '😀', '\u202e', 'ß', 'İ'],
  ...[
    '@article{',
    '@string{',
    '@comment{',
    '@preamble{',
    '@xdata{',
    '@inbook(',
    '}\n\n@book{key,\n',
    ' and ',
    ' # ',
    ', Jr, ',
  ],
  ...[
    'title = {',
    'author = "',
    'date = {',
    'year = 2001',
    'crossref = {',
    'xdata = {',
    'pages = {1--2}',
    ' and others',
  ],
  ...[
    'date = {2001-02/2003~}',
    'month = "10~" # nov',
    'doi = {10.1/',
    'ids = {',
    'family={',
    "{\\'e}",
    '\\textbf{',
    '{\\"',
    '$x^{2}$',
  ],
  ...[
    'TY  - JOUR\n',
    'ER  - \n',
    '\nAU  - ',
    '\nID  - ',
    'DA  - 2001/02/03/',
    'T1 - ',
    'ty  -',
    '\nPY  - ',
    'SP  - 1\nEP  - 2\n',
  ],
  ...['[{"id":', '"type": "book"', '{"date-parts":[[2001,2]]}', '"custom":{', 'null', '1e999', '\\u0000', '[[[[', ']}'],
  ...[
    '\\cite{',
    '\\parencites[a][b]{',
    '\\begin{verbatim}',
    '\\end{verbatim}',
    '\\verb|',
    '\\addbibresource{',
    '\\input{',
    '\\bibliography{',
  ],
  ...[
    '\\newcommand{\\x}[1]{\\cite{#1}}',
    '\\documentclass{',
    '\\begin{document}',
    '% !TEX root = ',
    '\\iffalse',
    '\\fi',
    '\\endinput',
    '\\bibitem[a(2001)]{k}',
    '\\bib{k}{article}{title={T},author={A}}',
    '\\begin{filecontents}{refs.bib}\n@book{k}\n',
    '\\end{filecontents}',
    '\\begin{thebibliography}{9}',
  ],
  ...[
    '[@',
    '@doe',
    '-@{',
    '`',
    '```\n',
    '~~~\n',
    '---\n',
    'bibliography: ',
    'bibliography: [a.bib, "b.bib"]\n',
    '<!--',
    '-->',
    '$$',
    '    ',
  ],
  ...[
    'nocite: |\n  @*\n',
    '<i>',
    '</i>',
    '<span class="nocase">',
    '&amp;',
    'javascript:',
    '__proto__',
    'constructor',
    'toString',
  ],
];

/** A text with one to six changes: something deleted, inserted, replaced, doubled, moved, cut off, or taken from another file. */
export function mutate(text: string, others: readonly string[], random: Random): string {
  let mutated = text;
  for (let count = 1 + random.below(6); count > 0; count--) mutated = change(mutated, others, random);
  return mutated;
}

function change(text: string, others: readonly string[], random: Random): string {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + lengthOf(random));
  const before = text.slice(0, start);
  switch (random.below(9)) {
    case 0:
      return before + text.slice(end);
    case 1:
    case 2:
      return before + random.pick(PIECES) + text.slice(start);
    case 3:
      return before + random.pick(PIECES) + text.slice(end);
    case 4:
      return before + text.slice(start, end).repeat(2 + random.below(3)) + text.slice(end);
    case 5: {
      const piece = text.slice(start, end);
      const rest = before + text.slice(end);
      const place = random.below(rest.length + 1);
      return rest.slice(0, place) + piece + rest.slice(place);
    }
    case 6:
      return random.once(4) ? before : text.slice(start);
    case 7: {
      const other = excerpt(random.pick(others), 2000, random);
      return before + other + text.slice(random.once(2) ? start : end);
    }
    default:
      return before + random.pick(PIECES).repeat(1 + random.below(300)) + text.slice(start);
  }
}

/** Mostly short. */
const lengthOf = (random: Random): number => random.below(random.pick([2, 10, 100, 1000]));

/** A stretch of a text, mostly of whole lines. */
export function excerpt(text: string, length: number, random: Random): string {
  const place = random.below(Math.max(1, text.length - length));
  const start = random.once(4) ? place : text.lastIndexOf('\n@', place) + 1;
  return text.slice(start, start + length);
}
