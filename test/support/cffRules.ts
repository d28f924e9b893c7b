import { parse } from 'yaml';

/** What CITATION.cff 1.2.0 allows, as far as a list of references goes: each member with the rule of its value. */
type Rule = (value: unknown) => boolean;

const text: Rule = value => typeof value === 'string' && value !== '';
const whole: Rule = value => Number.isInteger(value);
const textOrNumber: Rule = value => text(value) || typeof value === 'number';
const matches =
  (pattern: RegExp): Rule =>
  value =>
    typeof value === 'string' && pattern.test(value);
const date = matches(/^\d{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12]\d|3[01])$/u);
const url = matches(/^(?:https|http|ftp|sftp):\/\/.+/u);
const doi = matches(/^10\.\d{4,9}(?:\.\d+)?\/[A-Za-z0-9:/_;\-.()[\]\\]+$/u);
const oneOf = (words: string): Rule => {
  const known = new Set<unknown>(words.split(' '));
  return value => known.has(value);
};
const listOf =
  (rule: Rule): Rule =>
  value =>
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(rule) &&
    new Set(value.map(one => JSON.stringify(one))).size === value.length;

const references: Rule = value => listOf(record(reference, ['authors', 'title', 'type']))(value);

const record =
  (rules: Readonly<Record<string, Rule>>, required: readonly string[]): Rule =>
  value =>
    problemsOf(value, rules, required, '').length === 0;

const all = (names: string, rule: Rule): Record<string, Rule> =>
  Object.fromEntries(names.split(' ').map(name => [name, rule]));

const place = {
  ...all('address alias city fax region tel email', text),
  'post-code': textOrNumber,
  country: matches(/^[A-Z]{2}$/u),
  website: url,
  orcid: url,
};
const entity = record({ ...place, ...all('name location', text), ...all('date-start date-end', date) }, ['name']);
const person = record({ ...place, ...all('family-names given-names name-particle name-suffix affiliation', text) }, []);
const anybody: Rule = value => entity(value) || person(value);

const identifier: Rule = value =>
  record({ type: oneOf('doi'), value: doi, description: text }, ['type', 'value'])(value) ||
  record({ type: oneOf('url'), value: url, description: text }, ['type', 'value'])(value) ||
  record({ type: oneOf('other swh'), value: text, description: text }, ['type', 'value'])(value);

const reference: Readonly<Record<string, Rule>> = {
  ...all(
    'abbreviation abstract collection-title collection-type commit copyright data-type database department edition entry filename format issue-date issue-title journal medium nihmsid notes scope term thesis-type title volume-title',
    text,
  ),
  ...all('authors contact editors editors-series recipients senders translators', listOf(anybody)),
  ...all('conference database-provider institution location publisher', entity),
  ...all('date-accessed date-downloaded date-published date-released', date),
  ...all('url license-url repository repository-artifact repository-code', url),
  ...all('end loc-end loc-start number-volumes pages start volume year year-original', whole),
  ...all('issue number section version', textOrNumber),
  ...all('doi collection-doi', doi),
  isbn: matches(/^[\d\- ]{10,17}X?$/u),
  issn: matches(/^\d{4}-\d{3}[\dxX]$/u),
  pmcid: matches(/^PMC\d{7}$/u),
  month: value => whole(value) && Number(value) >= 1 && Number(value) <= 12,
  identifiers: listOf(identifier),
  keywords: listOf(text),
  'patent-states': listOf(text),
  languages: listOf(matches(/^[a-z]{2,3}$/u)),
  license: text,
  status: oneOf('abstract advance-online in-preparation in-press preprint submitted'),
  type: oneOf(
    'art article audiovisual bill blog book catalogue conference-paper conference data database dictionary edited-work encyclopedia film-broadcast generic government-document grant hearing historical-work legal-case legal-rule magazine-article manual map multimedia music newspaper-article pamphlet patent personal-communication proceedings report serial slides software-code software-container software-executable software-virtual-machine software sound-recording standard statute thesis unpublished video website',
  ),
};

const root: Readonly<Record<string, Rule>> = {
  'cff-version': value => value === '1.2.0',
  ...all('message title', text),
  authors: listOf(anybody),
  references,
};

/** Which members of a file of references break the format; empty when it is valid. */
export function cffProblems(file: string): string[] {
  const value = parse(file) as Readonly<Record<string, unknown>>;
  const listed = Array.isArray(value['references']) ? (value['references'] as unknown[]) : [];
  return [
    ...problemsOf(value, root, ['cff-version', 'message', 'title', 'authors'], ''),
    ...listed.flatMap((one, index) =>
      problemsOf(one, reference, ['authors', 'title', 'type'], `/references/${String(index)}`),
    ),
  ];
}

function problemsOf(
  value: unknown,
  rules: Readonly<Record<string, Rule>>,
  required: readonly string[],
  path: string,
): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [`${path}: no map`];
  const members = value as Readonly<Record<string, unknown>>;
  return [
    ...required.filter(name => !(name in members)).map(name => `${path}: no ${name}`),
    ...Object.entries(members)
      .filter(([name, one]) => rules[name]?.(one) !== true)
      .map(([name, one]) => `${path}/${name}: ${JSON.stringify(one).slice(0, 200)}`),
  ];
}
