import { fieldNamed, fields } from '../data/fields.ts';

/** One item of CSL-JSON 1.0.2. */
export type CslItem = Record<string, unknown> & { id: string; type: string };

/** Fields that become one variable, with what stands before the second and third. Reading gives the first. */
export const joins: readonly (readonly [variable: string, title: string, subtitle: string, addon: string])[] = [
  ['title', 'title', 'subtitle', 'titleaddon'],
  ['volume-title', 'issuetitle', 'issuesubtitle', 'issuetitleaddon'],
  ['event-title', 'eventtitle', '', 'eventtitleaddon'],
];

export const containers = {
  journal: ['journaltitle', 'journalsubtitle', 'journaltitleaddon'],
  book: ['booktitle', 'booksubtitle', 'booktitleaddon'],
  main: ['maintitle', 'mainsubtitle', 'maintitleaddon'],
} as const;

export const articleTypes = new Set(['article', 'suppperiodical', 'periodical', 'review']);
export const bookTypes = new Set(
  'book mvbook collection mvcollection reference mvreference proceedings mvproceedings commentary inbook bookinbook suppbook incollection suppcollection inproceedings inreference booklet'.split(
    ' ',
  ),
);

/** `editortype` and its like (BibLaTeX manual §2.3.6) with the CSL role; those of CSL under their own names. */
export const roles: Readonly<Record<string, string>> = {
  compiler: 'compiler',
  redactor: 'editorial-director',
  series: 'collection-editor',
  ...Object.fromEntries(
    fields.filter(field => field.kind === 'names' && !field.biblatex).map(field => [field.name, field.name]),
  ),
};

/** Contributors for whom CSL has no role of their own. */
export const contributors = [
  'annotator',
  'commentator',
  'introduction',
  'foreword',
  'afterword',
  'editora',
  'editorb',
  'editorc',
];

export const eprintArchives: Readonly<Record<string, string>> = {
  arxiv: 'arXiv',
  jstor: 'JSTOR',
  hdl: 'HDL',
  googlebooks: 'Google Books',
};

/** The variable of a field whatever the type; fields read from CSL that have no name with us are `csl:variable`. */
export function variableOf(name: string): string | undefined {
  const variable = name.startsWith('csl:') ? name.slice(4) : fieldNamed(name)?.csl;
  return variable !== undefined && kindOfVariable.has(variable) ? variable : undefined;
}

/** Every variable with the field it is read into. */
const fieldOfVariable: ReadonlyMap<string, string> = new Map(
  fields.flatMap(field => (field.csl === undefined ? [] : [[field.csl, field.name] as const])),
);

/** Variables that need a decision when they are read, beside those of the table. */
const decided =
  'number issue collection-number container-title PMID event journalAbbreviation shortTitle call-number chapter-number citation-key'.split(
    ' ',
  );

const kindOfVariable: ReadonlySet<string> = new Set([...fieldOfVariable.keys(), ...decided]);

/** The field a variable is read into, which may depend on the type; undefined for what is no variable of CSL. */
export function fieldFor(variable: string, item: Readonly<Record<string, unknown>>, type: string): string | undefined {
  const isArticle = articleTypes.has(type);
  switch (variable) {
    case 'container-title':
      return isArticle
        ? 'journaltitle'
        : item['volume-title'] !== undefined || type === 'book' || type === 'bookinbook'
          ? 'maintitle'
          : 'booktitle';
    case 'volume-title':
      return !isArticle && item['container-title'] !== undefined ? 'booktitle' : 'issuetitle';
    case 'journalAbbreviation':
      return 'shortjournal';
    case 'shortTitle':
      return 'shorttitle';
    case 'event':
      return 'eventtitle';
    case 'issue':
      return isArticle ? 'number' : 'issue';
    case 'number':
      return isEprint(item) ? 'eprint' : isArticle ? 'eid' : 'number';
    case 'archive_location':
      return item['archive'] === undefined || (isEprint(item) && item['number'] === undefined)
        ? 'eprint'
        : 'archive_location';
    case 'archive':
      return isEprint(item) ? 'eprinttype' : 'archive';
    case 'collection-number':
      return item['number'] === undefined && item['issue'] === undefined ? 'number' : undefined;
    case 'publisher':
      return type === 'thesis' || type === 'report'
        ? 'institution'
        : type === 'manual' || type === 'online'
          ? 'organization'
          : 'publisher';
    case 'authority':
      return type === 'jurisdiction' ? 'institution' : 'authority';
    case 'publisher-place':
      return 'location';
    case 'jurisdiction':
      return type === 'patent' && item['publisher-place'] === undefined ? 'location' : 'jurisdiction';
    case 'PMID':
      return 'eprint';
    default:
      return fieldOfVariable.get(variable);
  }
}

/** An archive that is one word ("arXiv", "HAL") names a kind of eprint; an archive of paper has more to its name. */
const isEprint = (item: Readonly<Record<string, unknown>>): boolean =>
  typeof item['archive'] === 'string' &&
  /^(?:\S+|Google Books)$/u.test(item['archive']) &&
  (item['number'] !== undefined || item['archive_location'] !== undefined) &&
  item['PMID'] === undefined;
