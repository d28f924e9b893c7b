import { datePoint, parseDate, type DateValue } from '../model/date.ts';
import { parseSortedName } from '../model/name.ts';
import type { Reference, SourceField } from '../model/reference.ts';
import { childElements, parseXml, xmlText, type XmlElement } from '../syntax/xml.ts';
import type { Span } from '../text/span.ts';
import { DocumentDraft } from './documentDraft.ts';
import { endnoteTypeOf } from './endnoteTypes.ts';
import { fieldOf } from './endnoteXmlFields.ts';
import { styledText } from './xmlMarkup.ts';

/** Reads one `record`. */
export function readEndnoteRecord(text: string, span: Span): Reference {
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
