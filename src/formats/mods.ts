import { person, sortedName, type Name } from '../model/name.ts';
import { makeCitationKey } from '../model/citationKey.ts';
import type { Reference, SourceField } from '../model/reference.ts';
import { childElements, findElements, parseXml, xmlText, type XmlElement } from '../syntax/xml.ts';
import type { Span } from '../text/span.ts';
import { blocksWithMadeKeys, DocumentDraft, type DocumentEntry } from './documentDraft.ts';
import type { Blocks, Format } from './format.ts';

/** MODS 3 of the Library of Congress; read only. */
export const mods: Format = {
  name: 'mods',
  title: 'MODS',
  extensions: ['.mods', '.xml'],

  recognise(text) {
    const head = text.slice(0, 20_000);
    return /<(?:[\w.-]{1,40}:)?mods(?:Collection)?[\s>]/u.test(head) ? (head.includes('loc.gov/mods') ? 1 : 0.9) : 0;
  },

  scan(text): Blocks {
    const entries = findElements(text, 'mods').map((span): DocumentEntry => {
      const record = text.slice(span.start, span.end);
      const key = keyOf(recordIn(record, { start: 0, end: record.length }));
      const at = key === '' ? -1 : record.indexOf(key);
      const keySpan =
        at < 0 ? { start: span.start, end: span.start } : { start: span.start + at, end: span.start + at + key.length };
      const type = /<(?:[\w.-]{1,40}:)?genre(?:\s[^<>]*)?>([^<>]*)</u.exec(record)?.[1] ?? '';
      return { span, key, keySpan, type: type.trim() };
    });
    return blocksWithMadeKeys(entries, entry => readSpan(text, entries[entry]?.span ?? { start: 0, end: 0 }));
  },

  readsInParts: () => true,
  makeKey: (text, record) => makeCitationKey(readSpan(text, record)),

  read(text, blocks, entry) {
    return { ...readSpan(text, blocks.entrySpan(entry)), key: blocks.key(entry) };
  },
};

const recordIn = (text: string, span: Span): XmlElement | undefined => childElements(parseXml(text, span), 'mods')[0];

/** A key that other programs gave, the ID of the record, or what its library calls it. */
function keyOf(record: XmlElement | undefined): string {
  if (record === undefined) {
    return '';
  }
  const cited = childElements(record, 'identifier').find(one => one.attributes.get('type') === 'citekey');
  const info = childElements(record, 'recordInfo').flatMap(one => childElements(one, 'recordIdentifier'));
  const key = [
    cited === undefined ? '' : xmlText(cited),
    record.attributes.get('ID') ?? '',
    info[0] === undefined ? '' : xmlText(info[0]),
  ]
    .map(one => one.trim())
    .find(one => /^[^\s,{}"#%~]+$/u.test(one));
  return key ?? '';
}

function readSpan(text: string, span: Span): Reference {
  const record = recordIn(text, span);
  const children = record === undefined ? [] : childElements(record);
  const draft = new DocumentDraft('mods');
  const { type, subtype } = typeOf(children);
  draft.put('entrysubtype', subtype ?? '', 'genre');
  for (const child of children) {
    readElement(child, { draft, type, level: 'own', depth: 0 });
  }
  return {
    key: keyOf(record),
    type,
    fields: draft.fields,
    source: {
      format: 'mods',
      type: children.filter(one => one.name === 'genre').map(tidy)[0] ?? '',
      fields: children.map(asField),
    },
  };
}

const asField = (element: XmlElement): SourceField => ({ name: element.name, text: tidy(element) });

const tidy = (element: XmlElement): string => xmlText(element).replace(/\s+/gu, ' ').trim();

/** Genres (MARC's and usual ones) with the type; `part` where the work has a host. */
const genres: Readonly<Record<string, string>> = {
  article: 'article',
  'journal article': 'article',
  'academic journal': 'article',
  book: 'book',
  thesis: 'thesis',
  'phd thesis': 'thesis',
  dissertation: 'thesis',
  "master's thesis": 'thesis',
  report: 'report',
  'technical report': 'report',
  'conference publication': 'proceedings',
  'conference paper': 'inproceedings',
  'book chapter': 'incollection',
  chapter: 'incollection',
  'web site': 'online',
  website: 'online',
  patent: 'patent',
  letter: 'letter',
  dataset: 'dataset',
  software: 'software',
  periodical: 'periodical',
  newspaper: 'periodical',
  map: 'misc',
};

function typeOf(children: readonly XmlElement[]): { type: string; subtype?: string } {
  const named = children.filter(one => one.name === 'genre').map(one => tidy(one).toLowerCase());
  const host = children.find(one => one.name === 'relatedItem' && one.attributes.get('type') === 'host');
  const hostGenres = host === undefined ? [] : childElements(host, 'genre').map(one => tidy(one).toLowerCase());
  const isSerial =
    hostGenres.some(genre => /journal|periodical|magazine|newspaper/u.test(genre)) ||
    (host !== undefined &&
      tidy(host).length > 0 &&
      childElements(host, 'identifier').some(one => one.attributes.get('type') === 'issn'));
  const own = named
    .map(genre => (Object.hasOwn(genres, genre) ? genres[genre] : undefined))
    .find(type => type !== undefined);
  if (host !== undefined && (own === undefined || own === 'book' || own === 'proceedings')) {
    const isConference = [...named, ...hostGenres].some(genre => genre.includes('conference'));
    return { type: isConference ? 'inproceedings' : isSerial || own === undefined ? 'article' : 'incollection' };
  }
  const resource = children.filter(one => one.name === 'typeOfResource').map(one => tidy(one).toLowerCase())[0] ?? '';
  const byResource = /software/u.test(resource)
    ? 'software'
    : /moving image/u.test(resource)
      ? 'video'
      : /sound/u.test(resource)
        ? 'audio'
        : /still image/u.test(resource)
          ? 'image'
          : undefined;
  const isBook = children.some(one => one.name === 'originInfo' && /monographic/u.test(tidy(one)));
  return own === undefined
    ? { type: byResource ?? (isBook ? 'book' : 'misc'), ...(named[0] !== undefined && { subtype: named[0] }) }
    : { type: own };
}

/** A part of a book of a series has two. */
const deepest = 20;

interface Context {
  readonly draft: DocumentDraft;
  readonly type: string;
  readonly level: 'own' | 'host' | 'series';
  /** How many hosts and series it stands in. */
  readonly depth: number;
}

function readElement(element: XmlElement, context: Context): void {
  const { draft, type, level, depth } = context;
  const kind = element.attributes.get('type') ?? '';
  switch (element.name) {
    case 'titleInfo':
      readTitle(element, context);
      return;
    case 'name':
      readName(element, context);
      return;
    case 'originInfo':
      readOrigin(element, draft);
      return;
    case 'part':
      readPart(element, draft);
      return;
    case 'identifier':
      readIdentifier(element, kind.toLowerCase(), draft);
      return;
    case 'relatedItem':
      if ((kind === 'host' || kind === 'series') && depth < deepest) {
        for (const child of childElements(element)) {
          readElement(child, { draft, type, level: kind, depth: depth + 1 });
        }
      } else {
        draft.keep(`related-${kind}`, tidy(element));
      }
      return;
    case 'subject':
      draft.addKeywords(
        childElements(element)
          .map(tidy)
          .filter(word => word !== ''),
      );
      return;
    case 'location':
      childElements(element).forEach(one => {
        draft.put(one.name === 'url' ? 'url' : 'library', tidy(one), one.name);
        const accessed = one.attributes.get('dateLastAccessed');
        if (accessed !== undefined) {
          draft.put('urldate', accessed);
        }
      });
      return;
    case 'language':
      childElements(element).forEach(term => {
        draft.putLanguage(tidy(term));
      });
      return;
    case 'genre':
      if (
        level === 'own' &&
        Object.hasOwn(genres, tidy(element).toLowerCase()) &&
        genres[tidy(element).toLowerCase()] === type
      ) {
        return;
      }
      draft.keep(level === 'own' ? 'genre' : `${level}-genre`, tidy(element));
      return;
    case 'abstract':
    case 'note':
      draft.put(element.name, xmlText(element).trim(), element.name);
      return;
    case 'accessCondition':
      draft.put('rights', tidy(element), element.name);
      return;
    case 'classification':
      draft.put('library', tidy(element), element.name);
      return;
    default:
      draft.keep(element.name, tidy(element));
  }
}

function readTitle(element: XmlElement, { draft, type, level }: Context): void {
  const part = (name: string): string => childElements(element, name).map(tidy).join(' ');
  const nonSort = part('nonSort');
  const main = nonSort === '' ? part('title') : `${nonSort}${/['’-]$/u.test(nonSort) ? '' : ' '}${part('title')}`;
  const kind = element.attributes.get('type') ?? '';
  const isArticle = type === 'article';
  const field = level === 'series' ? 'series' : level === 'host' ? (isArticle ? 'journaltitle' : 'booktitle') : 'title';
  const subtitle =
    level === 'series'
      ? 'seriessubtitle'
      : level === 'host'
        ? isArticle
          ? 'journalsubtitle'
          : 'booksubtitle'
        : 'subtitle';
  if (kind === 'abbreviated') {
    draft.put(level === 'host' && isArticle ? 'shortjournal' : 'shorttitle', main, 'title-abbreviated');
  } else if (kind === 'translated') {
    draft.put('translatedtitle', main, 'title-translated');
  } else if (kind !== '') {
    draft.keep(`title-${kind}`, main);
  } else {
    draft.put(field, main, `${level}-title`);
    draft.put(subtitle, part('subTitle'), `${level}-subtitle`);
  }
  draft.put(level === 'own' ? 'part' : 'volume', part('partNumber'), 'part-number');
  draft.put('titleaddon', part('partName'), 'part-name');
}

const roles: Readonly<Record<string, string>> = {
  aut: 'author',
  author: 'author',
  cre: 'author',
  creator: 'author',
  edt: 'editor',
  editor: 'editor',
  trl: 'translator',
  translator: 'translator',
  ill: 'illustrator',
  illustrator: 'illustrator',
  ctb: 'contributor',
  contributor: 'contributor',
  com: 'compiler',
  compiler: 'compiler',
  drt: 'director',
  director: 'director',
  cmp: 'composer',
  composer: 'composer',
  rcp: 'recipient',
  addressee: 'recipient',
};

function readName(element: XmlElement, { draft, level }: Context): void {
  const terms = childElements(element, 'role')
    .flatMap(role => childElements(role, 'roleTerm'))
    .map(term => tidy(term).toLowerCase());
  const known = terms
    .map(term => (Object.hasOwn(roles, term) ? roles[term] : undefined))
    .find(role => role !== undefined);
  const parts = childElements(element, 'namePart');
  const part = (kind: string): string =>
    parts
      .filter(one => (one.attributes.get('type') ?? '') === kind)
      .map(tidy)
      .join(' ');
  const plain = part('');
  const family = part('family');
  const isPerson = element.attributes.get('type') === 'personal' || family !== '';
  const comma = plain.indexOf(',');
  const name: Name =
    family !== ''
      ? person({ family, given: part('given'), suffix: part('termsOfAddress') })
      : isPerson && comma > 0
        ? person({
            family: plain.slice(0, comma).trim(),
            given: plain.slice(comma + 1).trim(),
            suffix: part('termsOfAddress'),
          })
        : { literal: plain === '' ? tidy(element) : plain };
  const own = terms.length === 0 ? 'author' : known;
  if ('literal' in name && name.literal === '') {
    return;
  }
  if (own === undefined || element.attributes.get('type') === 'conference') {
    draft.keep(`name-${terms[0] ?? 'conference'}`, [sortedName(name), ...terms].join(', '));
  } else {
    draft.set(level === 'host' && own === 'author' ? 'bookauthor' : own, {
      kind: 'names',
      names: [name],
      others: false,
    });
  }
  for (const extra of [
    ...childElements(element, 'affiliation'),
    ...parts.filter(one => one.attributes.get('type') === 'date'),
  ]) {
    draft.keep(extra.name === 'affiliation' ? 'affiliation' : 'name-date', tidy(extra));
  }
}

const origins: Readonly<Record<string, string>> = {
  publisher: 'publisher',
  edition: 'edition',
  dateIssued: 'date',
  copyrightDate: 'date',
  dateCreated: 'date',
};

function readOrigin(element: XmlElement, draft: DocumentDraft): void {
  for (const child of childElements(element)) {
    if (child.name === 'place') {
      const terms = childElements(child, 'placeTerm');
      const texts = terms.filter(term => term.attributes.get('type') !== 'code');
      (texts.length > 0 ? texts : terms).forEach(term => {
        draft.put('location', tidy(term), 'place');
      });
    } else {
      const field = Object.hasOwn(origins, child.name) ? origins[child.name] : undefined;
      if (field === undefined) {
        draft.keep(child.name, tidy(child));
      } else {
        draft.put(field, tidy(child), child.name);
      }
    }
  }
}

function readPart(element: XmlElement, draft: DocumentDraft): void {
  for (const child of childElements(element)) {
    const kind = child.attributes.get('type') ?? child.attributes.get('unit') ?? '';
    if (child.name === 'detail') {
      const number = childElements(child, 'number').map(tidy)[0] ?? tidy(child);
      const field = { volume: 'volume', issue: 'number', number: 'number', chapter: 'chapter' }[kind];
      if (field === undefined) {
        draft.keep(`part-${kind}`, number);
      } else {
        draft.put(field, number, `part-${kind}`);
      }
    } else if (child.name === 'extent' && /^pages?$/u.test(kind)) {
      const [start = '', end = '', list = ''] = ['start', 'end', 'list'].map(
        name => childElements(child, name).map(tidy)[0],
      );
      draft.putPages(start === '' ? list : end === '' ? start : `${start}–${end}`);
    } else if (child.name === 'date') {
      draft.put('date', tidy(child), 'part-date');
    } else {
      draft.keep(`part-${child.name}`, tidy(child));
    }
  }
}

function readIdentifier(element: XmlElement, kind: string, draft: DocumentDraft): void {
  const text = tidy(element);
  const field = { doi: 'doi', isbn: 'isbn', issn: 'issn', pmcid: 'pmcid', pmc: 'pmcid', uri: 'url', url: 'url' }[kind];
  if (kind === 'citekey') {
    return;
  }
  if (kind === 'pmid' || kind === 'pubmed' || kind === 'arxiv') {
    draft.put('eprinttype', kind === 'arxiv' ? 'arxiv' : 'pubmed');
    draft.put('eprint', text, 'identifier');
  } else if (field === undefined) {
    draft.keep(kind === '' ? 'identifier' : `identifier-${kind}`, text);
  } else {
    draft.put(
      field,
      field === 'doi' ? text.replace(/^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/iu, '') : text,
      `identifier-${kind}`,
    );
  }
}
