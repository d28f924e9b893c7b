import { languageTag } from '../data/languages.ts';
import { typeKeys } from '../data/types.ts';
import { datePoint, formatEdtf } from '../model/date.ts';
import { sortedName } from '../model/name.ts';
import type { Reference } from '../model/reference.ts';
import { encodeXml } from '../syntax/xml.ts';
import { endnoteTypeFor } from './endnoteTypes.ts';
import { articles, fieldOf } from './endnoteXmlFields.ts';
import { FieldBag, markupText } from './fieldBag.ts';
import { writeStyled } from './xmlMarkup.ts';

/** One `record`, with a line end behind it. */
export function writeEndnoteRecord(reference: Reference): string {
  const bag = new FieldBag(reference);
  const row = endnoteTypeFor(reference.type, bag.peekText('entrysubtype')?.toLowerCase());
  const lines = [element('ref-type', encodeXml(row.number), ` name="${encodeXml(row.name)}"`)];
  const typeFields = (name: string): string | undefined => fieldOf(name, row.type);
  lines.push(
    group(
      'contributors',
      nameElements.map(name => writeNames(bag, name, typeFields(name))),
    ),
  );
  const titles = titleElements.map(name => leaf(bag, name, typeFields(name)));
  lines.push(group('titles', titles));
  if (articles.has(row.type)) {
    const journal = reference.fields.get('journaltitle');
    const short = reference.fields.get('shortjournal');
    lines.push(
      group('periodical', [
        journal === undefined ? '' : element('full-title', writeStyled(markupText(journal))),
        short === undefined ? '' : element('abbr-1', writeStyled(markupText(short))),
      ]),
    );
  }
  const pages = bag.takeText('pages');
  lines.push(
    pages === undefined ? '' : element('pages', encodeXml(pages.replace(/(?<=[\p{L}\d])–(?=[\p{L}\d])/gu, '-'))),
  );
  for (const name of singleElements) lines.push(leaf(bag, name, typeFields(name)));
  const keywords = bag.take('keywords');
  lines.push(
    group(
      'keywords',
      keywords?.kind === 'keywords' ? keywords.items.map(word => element('keyword', writeStyled(word))) : [],
    ),
  );
  lines.push(writeDates(bag));
  lines.push(reference.key === '' ? '' : element('label', encodeXml(reference.key)));
  const genre = bag.takeText('type');
  lines.push(genre === undefined ? '' : element('work-type', writeStyled(typeKeys[genre] ?? genre)));
  lines.push(writeLanguage(bag), writeUrls(bag));
  for (const [name, value] of [...bag.left()]) {
    // What was read from an element that we have no field for goes back into it.
    const own =
      /^endnote-((?:custom|misc)\d|reprint-(?:edition|status)|modified-date|rec-number|database|source-app|report-id|coden|image|label)$/u.exec(
        name,
      )?.[1];
    lines.push(own === undefined ? '' : element(own, writeStyled(markupText(value))));
  }
  return `<record>\n${lines.join('')}</record>\n`;
}

const nameElements = ['authors', 'secondary-authors', 'tertiary-authors', 'subsidiary-authors'];
const titleElements = ['title', 'secondary-title', 'tertiary-title', 'alt-title', 'short-title', 'translated-title'];
const singleElements =
  'volume number issue num-vols edition section pub-location publisher isbn accession-num call-num electronic-resource-num abstract caption notes research-notes reviewed-item availability remote-database-provider remote-database-name auth-address meeting-place size orig-pub custom2'.split(
    ' ',
  );

const element = (name: string, content: string, attributes = ''): string =>
  `<${name}${attributes}>${content}</${name}>\n`;

const group = (name: string, members: readonly string[]): string => {
  const content = members.join('');
  return content === '' ? '' : `<${name}>\n${content}</${name}>\n`;
};

function leaf(bag: FieldBag, name: string, field: string | undefined): string {
  const text = field === undefined ? undefined : bag.takeText(field);
  return text === undefined || text === '' ? '' : element(name, writeStyled(text));
}

function writeNames(bag: FieldBag, name: string, field: string | undefined): string {
  const value = field === undefined ? undefined : bag.take(field);
  if (value?.kind !== 'names' || value.names.length === 0) {
    return '';
  }
  const names = value.names.map(one =>
    'literal' in one && one.literal.includes(',') ? `${one.literal},` : sortedName(one),
  );
  return group(
    name,
    names.map(one => element('author', encodeXml(one))),
  );
}

function writeDates(bag: FieldBag): string {
  const value = bag.take('date');
  const accessed = bag.take('urldate');
  const date = value?.kind === 'date' ? value.date : {};
  const exact = formatEdtf(date) ?? date.literal ?? '';
  const year = datePoint(date.start)?.year;
  const dates = group('dates', [
    year === undefined ? '' : element('year', String(year)),
    exact === '' || exact === String(year) ? '' : group('pub-dates', [element('date', encodeXml(exact))]),
  ]);
  const day = accessed?.kind === 'date' ? (formatEdtf(accessed.date) ?? accessed.date.literal) : undefined;
  return dates + (day === undefined ? '' : element('access-date', encodeXml(day)));
}

function writeLanguage(bag: FieldBag): string {
  const language = bag.takeText('langid') ?? bag.takeText('language');
  return language === undefined ? '' : element('language', encodeXml(languageTag(language) ?? language));
}

function writeUrls(bag: FieldBag): string {
  const url = bag.takeText('url');
  const file = bag.takeText('file');
  return group('urls', [
    url === undefined ? '' : group('related-urls', [element('url', encodeXml(url))]),
    file === undefined ? '' : group('pdf-urls', [element('url', encodeXml(file))]),
  ]);
}
