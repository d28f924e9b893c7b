import type { CitationEffect, CitationForm } from '../protocol/citing.ts';
import type { Affixes, CitationWriting } from './language.ts';
import { both, joinList, locatorOnly, neither, separatorIn } from './writtenLists.ts';

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

/** Commands of apacite (manual §4.1): what stands before the key goes in angle brackets. */
const apacite: readonly CitationForm[] = [
  command('cite<>', 'parenthetical'),
  command('citeA<>', 'textual'),
  command('citeNP<>', 'plain'),
  command('citeyear<>', 'suppressAuthor'),
  command('citeauthor<>', 'author'),
  command('citeyearNP<>', 'year'),
];

/** By name; those that another package has, too, are nobody's. */
const ofPackage = (
  of: string,
  forms: readonly CitationForm[],
  others: readonly CitationForm[],
): [string, CitationForm][] =>
  forms.map(form => [form.name, others.some(({ name }) => name === form.name) ? form : { ...form, of }]);

const withoutPrefix = (form: CitationForm): CitationForm => ({ ...form, takes: locatorOnly });

/** Commands of packages that have one note, by the name of the package. */
const oneNote: readonly (readonly [name: string, forms: readonly CitationForm[]])[] = [
  ['abntex2cite', [command('cite', 'parenthetical'), command('citeonline', 'textual'), command('citeyear', 'year')]],
  ['{harvard}', [command('cite', 'parenthetical'), command('citeasnoun', 'textual'), command('citeyear', 'year')]],
];

/** Classes that load no package for citations. */
const plainClass =
  /\\documentclass(?:\[[^\]]{0,500}\])?\{(?:article|report|book|letter|proc|amsart|amsbook|amsproc|IEEEtran|llncs|memoir|scr[a-z]{1,9}|ext[a-z]{1,9}|ltxdoc)\}/;
const otherCommand = /\\(?:cite[pt]|[Pp]arencite|[Tt]extcite|[Aa]utocite|footcite)\b/;

function forms(text: string): readonly CitationForm[] {
  if (loadsBiblatex(text)) return [cite, ...biblatex, nocite];
  if (loadsNatbib(text)) return [cite, ...natbib, nocite];
  if (text.includes('{apacite}')) return [...apacite, nocite];
  const known = oneNote.find(([name]) => text.includes(name));
  if (known !== undefined) return [...known[1].map(withoutPrefix), nocite];
  // LaTeX's own command has one note.
  if (plainClass.test(text) && !otherCommand.test(text)) return [withoutPrefix(cite), nocite];
  // A class may load either.
  const all = new Map([...ofPackage('BibLaTeX', biblatex, natbib), ...ofPackage('natbib', natbib, biblatex)]);
  return [cite, ...all.values(), nocite];
}

function write(keys: readonly string[], form: string, { prefix, locator }: Affixes): string {
  const isAngled = form.endsWith('<>');
  const written = isAngled ? form.slice(0, -2) : form;
  const name = written.startsWith('\\') ? written : `\\${written}`;
  const angled = isAngled && prefix !== '' ? `<${prefix.replace(/[<>]/g, '')}>` : '';
  const before = isAngled || prefix === '' ? '' : note(prefix);
  // One note alone stands behind the citation.
  const behind = locator === '' && before === '' ? '' : note(locator);
  return `${name}${angled}${before}${behind}{${keys.join(',')}}`;
}

/** Braces keep a bracket in the note from ending it. */
const note = (text: string): string => (/[[\]]/.test(text) ? `[{${text}}]` : `[${text}]`);
