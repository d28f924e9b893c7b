import { parseSortedName, sortedName } from '../model/name.ts';
import { parseDate, datePoint, formatEdtf, type DateValue } from '../model/date.ts';
import { languageTag } from '../data/languages.ts';
import { typeKeys } from '../data/types.ts';
import { makeCitationKey } from '../model/citationKey.ts';
import type { Reference, SourceField } from '../model/reference.ts';
import {
  childElements,
  decodeXml,
  encodeXml,
  findElements,
  parseXml,
  xmlText,
  type XmlElement,
} from '../syntax/xml.ts';
import type { Span } from '../text/span.ts';
import {
  blocksWithMadeKeys,
  DocumentDraft,
  lossesAgainst,
  withJoinedTitles,
  type DocumentEntry,
} from './documentDraft.ts';
import { endnoteTypeFor, endnoteTypeOf } from './endnoteTypes.ts';
import { FieldBag, markupText } from './fieldBag.ts';
import type { Blocks, Format, Frame, Written } from './format.ts';
import { styledText, writeStyled } from './xmlMarkup.ts';

const frame: Frame = {
  open: '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n<records>\n',
  between: '',
  close: '</records>\n</xml>\n',
  write: writeOne,
};

/** EndNote's XML: `records` of `record`, text perhaps in `style` elements. */
export const endnoteXml: Format = {
  name: 'endnote-xml',
  title: 'EndNote XML',
  extensions: ['.xml'],

  recognise(text) {
    const head = text.slice(0, 20_000);
    return /<records?[\s>]/u.test(head) && /<ref-type[\s>]/u.test(head)
      ? 1
      : /<xml>\s*<records\s*\/?>/u.test(head)
        ? 0.8
        : 0;
  },

  scan,

  readsInParts: () => true,
  makeKey: (text, record) => makeCitationKey(readSpan(text, record)),

  read(text, blocks, entry) {
    return { ...readSpan(text, blocks.entrySpan(entry)), key: blocks.key(entry) };
  },

  write(references) {
    const written = Array.from(references, writeOne);
    return {
      text: frame.open + written.map(one => one.text).join('') + frame.close,
      losses: written.flatMap(one => one.losses),
    };
  },

  frame,
};

function scan(text: string): Blocks {
  const entries = findElements(text, 'record').map((span): DocumentEntry => {
    const record = text.slice(span.start, span.end);
    const label = /<label(?:\s[^<>]*)?>(?:<style[^<>]*>)?\s*([^<>\s]+)\s*</u.exec(record);
    const type = /<ref-type(?:\s[^<>]*)?>/u.exec(record);
    const at = label === null ? (type?.index ?? 0) : label.index + label[0].lastIndexOf(label[1] ?? '');
    const written = label?.[1] ?? '';
    const keySpan = {
      start: span.start + at,
      end: span.start + at + (label === null ? (type?.[0].length ?? 0) : written.length),
    };
    return {
      span,
      key: decodeXml(written),
      keySpan,
      type: /name\s*=\s*["']([^"']*)["']/u.exec(type?.[0] ?? '')?.[1] ?? '',
    };
  });
  return blocksWithMadeKeys(entries, entry => readSpan(text, entries[entry]?.span ?? { start: 0, end: 0 }));
}

function readSpan(text: string, span: Span): Reference {
  const [record] = childElements(parseXml(text, span), 'record');
  const children = record === undefined ? [] : childElements(record);
  const refType = children.find(child => child.name === 'ref-type');
  const source = children
    .filter(child => child.name !== 'ref-type')
    .flatMap((child): SourceField[] => leaves(child).map(leaf => ({ name: leaf.name, text: xmlText(leaf).trim() })))
    .filter(field => field.text !== '');
  const typeName = refType?.attributes.get('name') ?? '';
  return {
    ...readRecord(children, typeName, refType === undefined ? '' : xmlText(refType).trim()),
    source: { format: 'endnote-xml', type: typeName, fields: source },
  };
}

/** The elements that hold the values: those of groups, and single ones. */
const leaves = (element: XmlElement): XmlElement[] => {
  const inner = childElements(element).filter(child => child.name !== 'style');
  return inner.length === 0
    ? [element]
    : inner.flatMap(child => {
        const innermost = childElements(child).filter(one => one.name !== 'style');
        return innermost.length === 0 ? [child] : innermost;
      });
};

const parts = new Set(['incollection', 'inbook', 'bookinbook', 'inproceedings', 'inreference']);
const articles = new Set(['article', 'periodical']);
const wholes = new Set(['book', 'mvbook', 'collection', 'report', 'software', 'misc', 'booklet']);

/** Elements with the field they hold, for types where it depends: `a` articles, `p` parts, `o` others. */
function fieldOf(element: string, type: string): string | undefined {
  const isArticle = articles.has(type);
  const isPart = parts.has(type);
  switch (element) {
    case 'secondary-title':
    case 'full-title':
      return isArticle
        ? 'journaltitle'
        : isPart
          ? 'booktitle'
          : wholes.has(type)
            ? 'series'
            : type === 'unpublished'
              ? 'eventtitle'
              : 'maintitle';
    case 'tertiary-title':
      return isPart ? 'series' : 'maintitle';
    case 'secondary-authors':
      return isArticle || isPart ? 'editor' : 'collection-editor';
    case 'tertiary-authors':
      return isPart ? 'collection-editor' : 'editor';
    case 'authors':
      return type === 'collection' ? 'editor' : 'author';
    case 'isbn':
      return isArticle ? 'issn' : type === 'report' || type === 'patent' || type === 'standard' ? 'number' : 'isbn';
    case 'publisher':
      return type === 'thesis' || type === 'report' ? 'institution' : type === 'online' ? 'organization' : 'publisher';
    case 'edition':
      return type === 'software' ? 'version' : 'edition';
    default:
      return Object.hasOwn(plain, element) ? plain[element] : undefined;
  }
}

const plain: Readonly<Record<string, string>> = {
  title: 'title',
  'short-title': 'shorttitle',
  'alt-title': 'shortjournal',
  'abbr-1': 'shortjournal',
  'translated-title': 'translatedtitle',
  'subsidiary-authors': 'translator',
  'translated-authors': 'translator',
  volume: 'volume',
  number: 'number',
  issue: 'issue',
  'num-vols': 'volumes',
  section: 'section',
  'pub-location': 'location',
  'electronic-resource-num': 'doi',
  abstract: 'abstract',
  notes: 'note',
  'research-notes': 'annotation',
  'call-num': 'library',
  'accession-num': 'eprint',
  'remote-database-name': 'eprinttype',
  'remote-database-provider': 'source',
  'auth-address': 'affiliation',
  caption: 'caption',
  'orig-pub': 'origtitle',
  'reviewed-item': 'reviewed-title',
  custom2: 'pmcid',
  availability: 'archive_location',
  'meeting-place': 'venue',
  size: 'dimensions',
  'access-date': 'urldate',
};

function readRecord(
  children: readonly XmlElement[],
  typeName: string,
  typeNumber: string,
): Pick<Reference, 'key' | 'type' | 'fields'> {
  const row = endnoteTypeOf(typeName, typeNumber);
  const draft = new DocumentDraft('endnote');
  const type = row?.type ?? 'misc';
  const subtype = row === undefined ? typeName.toLowerCase() : (row.subtype ?? '');
  draft.put('entrysubtype', subtype, 'ref-type');
  let key = '';
  for (const child of children) {
    const text = tidy(child);
    if (child.name === 'label' && key === '' && /^\S+$/u.test(text)) {
      key = text;
    } else if (child.name === 'foreign-keys') {
      draft.keep(child.name, childElements(child).map(foreignKey).join('; '));
    } else if (child.name !== 'ref-type') {
      readElement(child, type, draft);
    }
  }
  return { key, type, fields: draft.fields };
}

/** The number of a record in another database, behind what tells which one: "app=EN db-id=5z2w 17". */
const foreignKey = (element: XmlElement): string =>
  [...[...element.attributes].map(([name, value]) => `${name}=${value}`), xmlText(element).trim()].join(' ');

/** Text with its lines joined, but in elements whose lines mean something. */
const tidy = (element: XmlElement): string => {
  const text = styledText(element).replace(/\r\n?/gu, '\n').trim();
  return element.name === 'abstract' || element.name === 'notes' || element.name === 'research-notes'
    ? text
    : text.replace(/\s+/gu, ' ');
};

function readElement(element: XmlElement, type: string, draft: DocumentDraft): void {
  const { name } = element;
  if (name === 'contributors') {
    childElements(element).forEach(group => {
      readNames(group, type, draft);
    });
  } else if (name === 'titles' || name === 'periodical' || name === 'alt-periodical') {
    for (const title of childElements(element)) {
      const text = tidy(title);
      const field = name === 'alt-periodical' ? undefined : fieldOf(title.name, type);
      if (field === undefined) {
        draft.keep(name === 'alt-periodical' ? `alt-${title.name}` : title.name, text);
      } else {
        draft.put(field, text, title.name);
      }
    }
  } else if (name === 'keywords') {
    const words = childElements(element, 'keyword')
      .map(tidy)
      .filter(word => word !== '');
    const items =
      words.length > 0
        ? words
        : tidy(element)
            .split(/[;\n]/u)
            .map(word => word.trim())
            .filter(word => word !== '');
    if (items.length > 0) {
      draft.set('keywords', { kind: 'keywords', items });
    }
  } else if (name === 'dates') {
    readDates(element, draft);
  } else if (name === 'urls') {
    readUrls(element, draft);
  } else if (name === 'pages') {
    draft.putPages(tidy(element));
  } else if (name === 'language') {
    draft.putLanguage(tidy(element));
  } else if (name === 'work-type') {
    draft.putType(tidy(element), name);
  } else {
    const field = fieldOf(name, type);
    if (field === undefined) {
      draft.keep(name, tidy(element));
    } else {
      draft.put(field, tidy(element), name);
    }
  }
}

function readNames(group: XmlElement, type: string, draft: DocumentDraft): void {
  const names = childElements(group, 'author')
    .map(tidy)
    .filter(name => name !== '');
  // A comma at the end says that the whole is a body.
  const read = names.map(name => (name.endsWith(',') ? { literal: name.slice(0, -1).trim() } : parseSortedName(name)));
  const field = fieldOf(group.name, type);
  if (field === undefined) {
    draft.keep(group.name, names.join('; '));
  } else if (read.length > 0) {
    draft.set(field, { kind: 'names', names: read, others: false }, group.name);
  }
}

function readDates(element: XmlElement, draft: DocumentDraft): void {
  const year = childElements(element, 'year').map(tidy)[0] ?? '';
  const days = childElements(element, 'pub-dates')
    .flatMap(dates => childElements(dates, 'date'))
    .map(tidy);
  const [day = ''] = days;
  const whole = parseDate(day.includes(year) ? day : `${day} ${year}`.trim());
  const fits =
    day !== '' &&
    (year === '' || String(datePoint(whole.start)?.year ?? '') === year.replace(/^0+/u, '') || day.includes(year));
  const date: DateValue = fits ? whole : parseDate(year);
  if (year !== '' || day !== '') {
    draft.set('date', { kind: 'date', date });
  }
  if (day !== '' && !fits) {
    draft.keep('pub-dates', day);
  }
  days.slice(1).forEach(other => {
    draft.keep('pub-dates', other);
  });
  for (const other of childElements(element)) {
    if (other.name !== 'year' && other.name !== 'pub-dates') {
      draft.keep(other.name, tidy(other));
    }
  }
}

function readUrls(element: XmlElement, draft: DocumentDraft): void {
  for (const group of childElements(element)) {
    const urls = group.name === 'url' ? [group] : childElements(group, 'url');
    for (const url of urls) {
      const isFile = group.name === 'pdf-urls' || group.name === 'text-urls' || group.name === 'image-urls';
      draft.put(isFile ? 'file' : 'url', tidy(url), isFile ? group.name : 'url');
    }
  }
}

function writeOne(reference: Reference): Written {
  const text = recordText(withJoinedTitles(reference));
  const back = readSpan(text, { start: 0, end: text.length });
  return { text, losses: lossesAgainst(reference, back) };
}

const nameElements = ['authors', 'secondary-authors', 'tertiary-authors', 'subsidiary-authors'];
const titleElements = ['title', 'secondary-title', 'tertiary-title', 'alt-title', 'short-title', 'translated-title'];
const singleElements =
  'volume number issue num-vols edition section pub-location publisher isbn accession-num call-num electronic-resource-num abstract caption notes research-notes reviewed-item availability remote-database-provider remote-database-name auth-address meeting-place size orig-pub custom2'.split(
    ' ',
  );

function recordText(reference: Reference): string {
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
