import type { CitationEffect, CitationForm } from '../protocol/citing.ts';
import type { Affixes, CitationWriting, JoinedCitation } from './language.ts';
import { both, insertion, neither } from './writtenLists.ts';

const form = (name: string, effect: CitationEffect): CitationForm => ({
  name: `${name}:[]`,
  effect,
  takes: effect === 'listed' ? neither : both,
});

/** Macros of asciidoctor-bibtex. */
const bibtexForms: readonly CitationForm[] = [form('cite', 'parenthetical'), form('citenp', 'textual')];

/** Macros of asciidoctor-bibliography, which knows those of natbib. */
const bibliographyForms: readonly CitationForm[] = [
  form('citep', 'parenthetical'),
  form('citet', 'textual'),
  form('citeyearpar', 'suppressAuthor'),
  form('citeauthor', 'author'),
  form('citeyear', 'year'),
  form('fullcite', 'full'),
  form('nocite', 'listed'),
];

export const asciidocWriting: CitationWriting = {
  forms: text => (usesBibliography(text) ? bibliographyForms : bibtexForms),
  takesOthers: false,
  write: (keys, form, { prefix, locator }) => {
    const name = form.slice(0, form.indexOf(':'));
    const isNatbib = bibliographyForms.some(one => one.name === form);
    if (isNatbib)
      return `${name}:${keys.map((key, index) => item(key, index, keys.length, { prefix, locator })).join('+')}`;
    const pages = locator === '' ? '' : `(${locator.replace(/[()[\]]/g, '')})`;
    return `${name}:${prefix.replace(/[[\]]/g, '')}[${keys.join(', ')}${pages}]`;
  },
  fill: (keys, place) => keys.join(isOneEach(place) ? ']+[' : ', '),
  join: (keys, place) => {
    const { text, group } = place;
    const isClosed = text[group.span.end - 1] === ']';
    const end = isClosed ? group.span.end - 1 : group.span.end;
    if (isOneEach(place) && isClosed && group.citations.length > 0)
      return insertion(group.span.end, keys.map(key => `+[${key}]`).join(''));
    return insertion(end, `${group.citations.length === 0 ? '' : ', '}${keys.join(', ')}`);
  },
};

/** asciidoctor-bibliography takes what is behind a comma for an option: each key has brackets of its own. */
function isOneEach({ text, group }: JoinedCitation): boolean {
  const isBibtex = group.command === 'cite' || group.command === 'citenp' || group.command === 'bibitem';
  return !isBibtex || usesBibliography(text) || /\]\+|=/.test(text.slice(group.span.start, group.span.end));
}

const usesBibliography = (text: string): boolean => text.includes(':bibliography-database:');

/** One key of asciidoctor-bibliography with its options. */
function item(key: string, index: number, count: number, { prefix, locator }: Affixes): string {
  const before = index === 0 && prefix !== '' ? `, prefix="${withoutQuotes(prefix)} "` : '';
  const pages = /^\d+(?:\s*[-–]+\s*\d+)?$/.test(locator)
    ? `, page=${locator}`
    : `, locator="${withoutQuotes(locator)}"`;
  return `[${key}${before}${index === count - 1 && locator !== '' ? pages : ''}]`;
}

const withoutQuotes = (text: string): string => text.replace(/["[\]]/g, '');
