import { datePoint, yearOfDate } from './date.ts';
import type { DateValue } from './date.ts';
import { withoutMarkup } from './markup.ts';
import type { Name, NameList } from './name.ts';
import { familyName } from './name.ts';
import type { Reference, Value } from './reference.ts';

/** A field as plain text of one kind or another; undefined when it is missing or empty. */
export function textOf(reference: Reference, field: string): string | undefined {
  const value = reference.fields.get(field);
  const text = value === undefined ? '' : valueText(value);
  return text === '' ? undefined : text;
}

/** Any value as plain text without markup, lists joined with "; ". */
export function valueText(value: Value): string {
  switch (value.kind) {
    case 'text':
      return withoutMarkup(value.text);
    case 'verbatim':
      return value.text;
    case 'list':
    case 'keywords':
      return value.items.map(withoutMarkup).join('; ');
    case 'names':
      return [...value.names.map(familyName), ...(value.others ? ['et al.'] : [])].join('; ');
    case 'date':
      return value.date.literal ?? dateText(value.date);
  }
}

function dateText(date: DateValue): string {
  const ends = [date.start, date.end].map(end => {
    const point = datePoint(end);
    return point === undefined
      ? ''
      : [point.year, point.season ?? point.month, point.day].filter(part => part !== undefined).join('-');
  });
  return date.end === undefined ? (ends[0] ?? '') : ends.join('/');
}

/** Title and subtitle. */
export function titleOf(reference: Reference): string | undefined {
  const title = textOf(reference, 'title') ?? textOf(reference, 'booktitle') ?? textOf(reference, 'maintitle');
  const subtitle = textOf(reference, 'subtitle');
  return title !== undefined && subtitle !== undefined ? `${title}: ${subtitle}` : (title ?? subtitle);
}

const creators = [
  'author',
  'editor',
  'translator',
  'director',
  'compiler',
  'bookauthor',
  'collection-editor',
  'holder',
  'editora',
];

/** The first role that is filled: author, else editor, and so on. */
export function creatorsOf(reference: Reference): NameList {
  for (const role of creators) {
    const value = reference.fields.get(role);
    if (value?.kind === 'names' && (value.names.length > 0 || value.others)) {
      return value;
    }
  }
  return { names: [], others: false };
}

export const authorsOf = (reference: Reference): readonly Name[] => creatorsOf(reference).names;

/** "Gillard", "Gillard & Holley", "Gillard et al."; undefined when nobody is named. */
export function shortAuthors(reference: Reference): string | undefined {
  const { names, others } = creatorsOf(reference);
  const [first, second] = names.map(name => withoutMarkup(familyName(name)));
  if (first === undefined) {
    return undefined;
  }
  if (names.length > 2 || others) {
    return `${first} et al.`;
  }
  return second === undefined ? first : `${first} & ${second}`;
}

/** The year of publication as text; what the source has instead of a year ("in press") as it is. */
export function yearOf(reference: Reference): string | undefined {
  const value = reference.fields.get('date') ?? reference.fields.get('origdate') ?? reference.fields.get('eventdate');
  if (value?.kind !== 'date') {
    return undefined;
  }
  const year = yearOfDate(value.date);
  return year === undefined ? value.date.literal : String(year);
}

/** Journal, book, series or site in which the work stands. */
export const containerOf = (reference: Reference): string | undefined =>
  textOf(reference, 'journaltitle') ??
  (textOf(reference, 'title') === undefined ? undefined : textOf(reference, 'booktitle')) ??
  textOf(reference, 'eventtitle') ??
  textOf(reference, 'series') ??
  textOf(reference, 'shortjournal');

export const abstractOf = (reference: Reference): string | undefined => textOf(reference, 'abstract');

export function keywordsOf(reference: Reference): readonly string[] {
  const value = reference.fields.get('keywords');
  return value?.kind === 'keywords' ? value.items.map(withoutMarkup) : [];
}

const doiPrefix = /^(?:https?:\/\/(?:dx\.|www\.)?doi\.org\/|doi:\s*)/iu;

/** A DOI without address or prefix, its case as written. */
export const bareDoi = (text: string): string => text.trim().replace(doiPrefix, '');

/** The bare DOI ("10.1000/x"). */
export function doiOf(reference: Reference): string | undefined {
  const doi = textOf(reference, 'doi');
  return doi === undefined ? undefined : bareDoi(doi);
}

export const urlOf = (reference: Reference): string | undefined => textOf(reference, 'url');
