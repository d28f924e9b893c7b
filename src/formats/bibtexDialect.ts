import { canonicalType, rowOfType, typeKeys } from '../data/types.ts';
import { dateFromParts, formatEdtf, parseEdtf } from '../model/date.ts';
import { plainTex } from '../syntax/tex.ts';
import { expandValue, needsMacros, writeYearAndMonth } from './bibtexValue.ts';

export type Dialect = 'bibtex' | 'biblatex';

/** A field as it is written: `text` with its delimiters. */
export interface WrittenField {
  readonly name: string;
  readonly text: string;
}

/** An entry in the other dialect. */
export interface Translation {
  readonly type: string;
  /** For each field of the source what stands in its place: nothing, the same object, another field, or two. */
  readonly fields: readonly (readonly WrittenField[])[];
  /** New fields at the end. */
  readonly added: readonly WrittenField[];
  /** Indexes of fields that say less than before. */
  readonly narrowed: readonly number[];
  /** Whether the type has no equal and cannot be told any more. */
  readonly typeLost: boolean;
}

/** BibTeX's names with BibLaTeX's (manual §2.2.5). */
const names: readonly (readonly [bibtex: string, biblatex: string])[] = [
  ['journal', 'journaltitle'],
  ['address', 'location'],
  ['school', 'institution'],
  ['annote', 'annotation'],
  ['archiveprefix', 'eprinttype'],
  ['primaryclass', 'eprintclass'],
  ['key', 'sortkey'],
];

const toBiblatexName: ReadonlyMap<string, string> = new Map(names);
const toBibtexName: ReadonlyMap<string, string> = new Map(names.map(([bibtex, biblatex]) => [biblatex, bibtex]));

/** What BibTeX's standard styles have for BibLaTeX's types; what is not here is `misc`. */
const bibtexTypes: Readonly<Record<string, string>> = {
  article: 'article',
  book: 'book',
  booklet: 'booklet',
  bookinbook: 'inbook',
  collection: 'book',
  inbook: 'inbook',
  incollection: 'incollection',
  inproceedings: 'inproceedings',
  inreference: 'incollection',
  manual: 'manual',
  misc: 'misc',
  mvbook: 'book',
  mvcollection: 'book',
  mvproceedings: 'proceedings',
  mvreference: 'book',
  proceedings: 'proceedings',
  reference: 'book',
  report: 'techreport',
  review: 'article',
  suppbook: 'inbook',
  suppcollection: 'incollection',
  suppperiodical: 'article',
  thesis: 'phdthesis',
  unpublished: 'unpublished',
};

/** Where a BibTeX entry keeps the BibLaTeX type that BibTeX does not know. */
export const typeField = 'biblatextype';

export function translate(
  entry: { readonly type: string; readonly fields: readonly WrittenField[] },
  to: Dialect,
  options: { readonly lossless: boolean },
): Translation {
  return to === 'biblatex' ? toBiblatex(entry) : toBibtex(entry, options);
}

type Entry = Parameters<typeof translate>[0];

const plain = (field: WrittenField | undefined): string =>
  field === undefined ? '' : plainTex(expandValue(field.text, noMacros)).trim();
const noMacros = (): undefined => undefined;

const fieldOf = (entry: Entry, name: string): WrittenField | undefined =>
  entry.fields.find(field => field.name.toLowerCase() === name);

function toBiblatex(entry: Entry): Translation {
  const taken = new Set(entry.fields.map(field => field.name.toLowerCase()));
  const { type, typeField: implied } = canonicalType(entry.type);
  const hidden = fieldOf(entry, typeField);
  const date = taken.has('date') ? undefined : exactDate(entry);
  const fields = entry.fields.map((field): WrittenField[] => {
    const name = field.name.toLowerCase();
    // A second field of one name is no part of the date.
    if (date?.fields.includes(field) === true) {
      return name === 'year' ? [{ name: inCaseOf(field.name, 'date'), text: inPlaceOf(field, date.text) }] : [];
    }
    if (name === typeField) {
      return [];
    }
    const renamed = toBiblatexName.get(name);
    return [renamed === undefined || taken.has(renamed) ? field : renameTo(renamed, field)];
  });
  // Other aliases are as good in BibLaTeX.
  const typeName =
    hidden === undefined ? (implied === undefined ? entry.type : inCaseOf(entry.type, type)) : plain(hidden);
  const added =
    implied === undefined || taken.has('type') || hidden !== undefined ? [] : [{ name: 'type', text: `{${implied}}` }];
  return { type: typeName, fields, added, narrowed: [], typeLost: false };
}

const renameTo = (name: string, field: WrittenField): WrittenField => ({
  name: inCaseOf(field.name, name),
  text: field.text,
});

/** A text between the delimiters of the value that it replaces; without any where that is the same. */
function inPlaceOf(field: WrittenField, text: string): string {
  return text === plain(field) ? field.text : field.text.startsWith('"') ? `"${text}"` : `{${text}}`;
}

/** A name in capitals where the one that it replaces is, or with a capital at its front. */
const inCaseOf = (replaced: string, name: string): string =>
  replaced === replaced.toLowerCase()
    ? name
    : replaced === replaced.toUpperCase()
      ? name.toUpperCase()
      : replaced.charAt(0) === replaced.charAt(0).toLowerCase()
        ? name
        : (camelCase[name] ?? name.charAt(0).toUpperCase() + name.slice(1));

/** As editors for BibTeX write them. */
const camelCase: Readonly<Record<string, string>> = {
  mastersthesis: 'MastersThesis',
  phdthesis: 'PhdThesis',
  techreport: 'TechReport',
};

/** The date of `year`, `month` and `day` in EDTF when it says the same; undefined when they are better left alone. */
function exactDate(entry: Entry): { readonly text: string; readonly fields: readonly WrittenField[] } | undefined {
  const parts = ['year', 'month', 'day'].map(name => fieldOf(entry, name));
  if (parts[0] === undefined || parts.some(field => field !== undefined && needsMacros(field.text))) {
    return undefined;
  }
  const [year = '', month = '', day = ''] = parts.map(plain);
  const date = dateFromParts(year, month, day);
  const text = date.literal === undefined ? formatEdtf(date) : undefined;
  return text === undefined ? undefined : { text, fields: parts.filter(field => field !== undefined) };
}

function toBibtex(entry: Entry, options: { readonly lossless: boolean }): Translation {
  const taken = new Set(entry.fields.map(field => field.name.toLowerCase()));
  const { type, dropsTypeField, typeText } = bibtexType(entry);
  const narrowed: number[] = [];
  const dated = taken.has('year') ? undefined : fieldOf(entry, 'date');
  const fields = entry.fields.map((field, index): WrittenField[] => {
    const name = field.name.toLowerCase();
    if (field === dated) {
      const { fields: parts, exact } = yearFields(field);
      if (exact) {
        return parts;
      }
      if (!options.lossless) {
        narrowed.push(index);
      }
      return options.lossless ? [...parts, field] : parts;
    }
    if (name === 'type' && (dropsTypeField || typeText !== undefined)) {
      return typeText === undefined ? [] : [{ name: field.name, text: `{${typeText}}` }];
    }
    const renamed = name === 'institution' && !/thesis$/iu.test(type) ? undefined : toBibtexName.get(name);
    return [renamed === undefined || taken.has(renamed) ? field : renameTo(renamed, field)];
  });
  const canonical = canonicalType(entry.type).type;
  const back = canonicalType(type);
  const isLost = back.type !== canonical;
  // A report without a kind would come back as a technical report.
  const gainsType = back.typeField !== undefined && canonical === entry.type.toLowerCase() && !taken.has('type');
  const keeps = (isLost || gainsType) && options.lossless && !taken.has(typeField);
  return {
    type,
    fields,
    added: keeps ? [{ name: typeField, text: `{${entry.type}}` }] : [],
    narrowed,
    typeLost: isLost && !keeps,
  };
}

function bibtexType(entry: Entry): { type: string; dropsTypeField: boolean; typeText?: string } {
  const written = entry.type.toLowerCase();
  const { type } = canonicalType(written);
  if (type !== written && type !== 'online') {
    // phdthesis and its like are BibTeX's own.
    return { type: entry.type, dropsTypeField: false };
  }
  const kind = plain(fieldOf(entry, 'type')).toLowerCase();
  if (type === 'thesis') {
    const isMaster = kind === 'mathesis' || kind === 'mastersthesis' || kind === "master's thesis";
    const isDoctor = kind === 'phdthesis' || kind === 'phd thesis';
    const text = isMaster || isDoctor || !Object.hasOwn(typeKeys, kind) ? undefined : typeKeys[kind];
    return {
      type: inCaseOf(entry.type, isMaster ? 'mastersthesis' : 'phdthesis'),
      dropsTypeField: isMaster || isDoctor,
      ...(text !== undefined && { typeText: text }),
    };
  }
  if (type === 'report') {
    const text = kind === 'techreport' || !Object.hasOwn(typeKeys, kind) ? undefined : typeKeys[kind];
    const bibtex = inCaseOf(entry.type, 'techreport');
    return { type: bibtex, dropsTypeField: kind === 'techreport', ...(text !== undefined && { typeText: text }) };
  }
  const bibtex = Object.hasOwn(bibtexTypes, type) ? bibtexTypes[type] : undefined;
  // What no style knows BibTeX takes for `misc`, whatever it is called.
  const isKept = bibtex === written || (bibtex === undefined && rowOfType(type) === undefined);
  return { type: isKept ? entry.type : inCaseOf(entry.type, bibtex ?? 'misc'), dropsTypeField: false };
}

function yearFields(field: WrittenField): { fields: WrittenField[]; exact: boolean } {
  const date = parseEdtf(expandValue(field.text, noMacros));
  if (date === undefined || needsMacros(field.text)) {
    return { fields: [renameTo('year', field)], exact: true };
  }
  const { year, month, exact } = writeYearAndMonth(date);
  const fields = [
    ...(year === undefined ? [] : [{ name: inCaseOf(field.name, 'year'), text: inPlaceOf(field, year.slice(1, -1)) }]),
    ...(month === undefined ? [] : [{ name: inCaseOf(field.name, 'month'), text: month }]),
  ];
  return { fields, exact };
}
