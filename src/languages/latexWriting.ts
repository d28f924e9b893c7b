import type { CitationEffect, CitationForm } from '../protocol/citing.ts';
import type { Affixes, CitationWriting } from './language.ts';
import { both, joinList, neither, separatorIn } from './writtenLists.ts';

/** Citations of LaTeX; which commands there are is up to the packages that the document loads. */
export const latexWriting: CitationWriting = {
  forms,
  takesOthers: true,
  write,
  fill: (keys, { text, group }) => keys.join(separatorIn(text, group, ',')),
  join: (keys, { text, group, offset }) => joinList(text, group, { offset, written: keys, usual: ',' }),
};

/** Whether BibLaTeX makes the bibliography of a document. */
export const loadsBiblatex = (text: string): boolean =>
  text.includes('{biblatex') || text.includes('\\addbibresource') || text.includes('\\printbibliography');

const loadsNatbib = (text: string): boolean => text.includes('natbib');

const command = (name: string, effect: CitationEffect): CitationForm => ({
  name: `\\${name}`,
  effect,
  takes: effect === 'listed' ? neither : both,
});

const cite = command('cite', 'plain');
const nocite = command('nocite', 'listed');

/** Commands of BibLaTeX (manual §3.9). */
const biblatex: readonly CitationForm[] = [
  command('autocite', 'plain'),
  command('parencite', 'parenthetical'),
  command('textcite', 'textual'),
  command('footcite', 'footnote'),
  command('parencite*', 'suppressAuthor'),
  command('citeauthor', 'author'),
  command('citeyear', 'year'),
  command('fullcite', 'full'),
  command('footfullcite', 'full'),
];

const natbib: readonly CitationForm[] = [
  command('citep', 'parenthetical'),
  command('citet', 'textual'),
  command('citeyearpar', 'suppressAuthor'),
  command('citeauthor', 'author'),
  command('citeyear', 'year'),
];

function forms(text: string): readonly CitationForm[] {
  if (loadsBiblatex(text)) return [cite, ...biblatex, nocite];
  if (loadsNatbib(text)) return [cite, ...natbib, nocite];
  // A class may load either.
  const all = new Map([...biblatex, ...natbib].map(form => [form.name, form]));
  return [cite, ...all.values(), nocite];
}

function write(keys: readonly string[], form: string, { prefix, locator }: Affixes): string {
  const name = form.startsWith('\\') ? form : `\\${form}`;
  const before = prefix === '' ? '' : note(prefix);
  // One note alone stands behind the citation.
  const behind = locator === '' && prefix === '' ? '' : note(locator);
  return `${name}${before}${behind}{${keys.join(',')}}`;
}

/** Braces keep a bracket in the note from ending it. */
const note = (text: string): string => (/[[\]]/.test(text) ? `[{${text}}]` : `[${text}]`);
