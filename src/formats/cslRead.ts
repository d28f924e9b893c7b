import { fieldNamed } from '../data/fields.ts';
import { babelName, languageTag } from '../data/languages.ts';
import { rowOfCslType, typeKeys } from '../data/types.ts';
import { readNames } from '../model/bibtexName.ts';
import { parseDate } from '../model/date.ts';
import type { Reference, Value } from '../model/reference.ts';
import { eprintArchives, fieldFor } from './cslFields.ts';
import { isWholeNames, isWhollyRead, readCslDate, readCslNames } from './cslValue.ts';
import { markupText } from './fieldBag.ts';

export function readPlain(item: Readonly<Record<string, unknown>>): Omit<Reference, 'source'> {
  const id = item['id'] ?? item['citation-key'];
  const key = typeof id === 'string' || typeof id === 'number' ? String(id) : '';
  const { type, subtype } = readType(item);
  const found = new Map<string, Value>();
  const put = (field: string, value: Value, variable: string): void => {
    if (isEmpty(value)) {
      return;
    }
    const before = found.get(field);
    if (before === undefined) {
      found.set(field, value);
    } else if (markupText(before) !== markupText(value)) {
      found.set(`csl:${variable}`, { kind: 'text', text: markupText(value) });
    }
  };
  for (const [variable, value] of Object.entries(item)) {
    if (variable === 'id' || variable === 'type' || variable === 'custom' || value === null || value === undefined) {
      continue;
    }
    if (variable === 'citation-key' && value === key) {
      continue;
    }
    readVariable(variable, value, { item, type, put });
  }
  if (subtype !== undefined && !found.has('entrysubtype')) {
    found.set('entrysubtype', { kind: 'text', text: subtype });
  }
  return { key, type, fields: found };
}

/** The entry type of an item, and the subtype that tells it from others of the type. */
export function readType(item: Readonly<Record<string, unknown>>): { type: string; subtype?: string } {
  const csl = typeof item['type'] === 'string' ? item['type'] : 'document';
  const row = rowOfCslType(csl);
  const genre = [item['genre'], item['medium']]
    .map(text => (typeof text === 'string' ? text.toLowerCase() : ''))
    .join(' ');
  if (csl === 'book') {
    const type =
      item['event-title'] !== undefined || item['event'] !== undefined
        ? 'proceedings'
        : item['author'] === undefined && item['editor'] !== undefined
          ? 'collection'
          : 'book';
    return { type };
  }
  if (csl === 'chapter') {
    return { type: item['container-author'] !== undefined ? 'inbook' : 'incollection' };
  }
  if (
    csl === 'article' &&
    item['number'] !== undefined &&
    item['archive'] !== undefined &&
    item['container-title'] === undefined
  ) {
    return { type: 'article' };
  }
  if (csl === 'broadcast' && /video|tele|tv|film/u.test(genre)) {
    return { type: 'video', subtype: 'broadcast' };
  }
  if (csl === 'song' && genre.includes('music')) {
    return { type: 'music' };
  }
  if (csl === 'report' && genre.trim() === 'manual') {
    return { type: 'manual' };
  }
  if (
    csl === 'speech' &&
    (item['event-title'] !== undefined || item['event-place'] !== undefined || item['event-date'] !== undefined)
  ) {
    return { type: 'unpublished' };
  }
  return row === undefined
    ? { type: 'misc', ...(csl !== 'document' && { subtype: csl }) }
    : row.subtype === undefined
      ? { type: row.biblatex }
      : { type: row.biblatex, subtype: row.subtype };
}

interface VariableContext {
  readonly item: Readonly<Record<string, unknown>>;
  readonly type: string;
  readonly put: (field: string, value: Value, variable: string) => void;
}

function readVariable(variable: string, value: unknown, context: VariableContext): void {
  const { item, type, put } = context;
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : undefined;
  const field = fieldFor(variable, item, type);
  const kind = field === undefined ? undefined : (fieldNamed(field)?.kind ?? 'text');
  if (field === undefined) {
    // Structured values of unknown members are kept as JSON.
    put(`csl:${variable}`, { kind: 'text', text: text ?? JSON.stringify(value) }, variable);
  } else if (kind === 'names') {
    const names = readCslNames(value);
    put(
      field,
      names === undefined ? { kind: 'text', text: text ?? JSON.stringify(value) } : { kind: 'names', ...names },
      variable,
    );
    if (names !== undefined && !isWholeNames(value)) {
      put(`csl:${variable}-text`, { kind: 'text', text: JSON.stringify(value) }, variable);
    }
  } else if (kind === 'date') {
    const date = readCslDate(value);
    if (date !== undefined) {
      put(field, { kind: 'date', date }, variable);
    }
    if (!isWhollyRead(value)) {
      put(`csl:${variable}-text`, { kind: 'text', text: JSON.stringify(value) }, variable);
    }
  } else if (text === undefined) {
    const items = Array.isArray(value) ? value.filter(one => typeof one === 'string') : [];
    const joined = items.length > 0 ? items.join(' ') : JSON.stringify(value);
    put(
      field,
      kind === 'keywords' && items.length > 0 ? { kind: 'keywords', items } : { kind: 'text', text: joined },
      variable,
    );
  } else if (variable === 'language') {
    const babel = babelName(text);
    const exact = babel !== undefined && languageTag(babel) === languageTag(text);
    put(
      exact ? 'langid' : 'language',
      exact ? { kind: 'text', text: babel } : { kind: 'list', items: [text] },
      variable,
    );
  } else if (variable === 'PMID') {
    put('eprinttype', { kind: 'text', text: 'pubmed' }, variable);
    put('eprint', { kind: 'verbatim', text }, variable);
  } else if (variable === 'archive' && field === 'eprinttype') {
    const known = Object.entries(eprintArchives).find(([, name]) => name === text);
    put(field, { kind: 'text', text: known?.[0] ?? text }, variable);
  } else if (variable === 'genre' && type === 'manual') {
    // It has told the type, and that is all it says.
  } else if (variable === 'genre') {
    const key = Object.entries(typeKeys).find(([, name]) => name.toLowerCase() === text.toLowerCase());
    put(field, { kind: 'text', text: key?.[0] ?? text }, variable);
  } else if (variable === 'note' || variable === 'annote') {
    const { note, addresses } = takeAddresses(text);
    put(field, { kind: 'text', text: note }, variable);
    addresses.forEach((address, index) => {
      put(index === 0 ? 'ris-ur' : `ris-ur-${String(index + 1)}`, { kind: 'verbatim', text: address }, variable);
    });
  } else {
    put(
      field,
      textValue(field, variable === 'page' ? text.replace(/(?<=[\d\p{L}])-{1,2}(?=[\d\p{L}])/gu, '–') : text),
      variable,
    );
  }
}

/** The lines at the end of a note that hold further addresses, as the writer puts them there. */
function takeAddresses(text: string): { note: string; addresses: string[] } {
  const lines = text.split('\n');
  let end = lines.length;
  while (end > 0 && /^url: \S+$/u.test(lines[end - 1] ?? '')) {
    end--;
  }
  return { note: lines.slice(0, end).join('\n'), addresses: lines.slice(end).map(line => line.slice('url: '.length)) };
}

/** A text as the kind of value its field holds. */
export function textValue(field: string, text: string): Value {
  switch (fieldNamed(field)?.kind) {
    case 'verbatim':
      return { kind: 'verbatim', text };
    case 'list':
      return { kind: 'list', items: splitText(text, /;\s+/u) };
    case 'keywords':
      return { kind: 'keywords', items: splitText(text, text.includes(';') ? /;\s*/u : /,\s*/u) };
    case 'names':
      return { kind: 'names', ...readNames(text, part => part) };
    case 'date':
      return { kind: 'date', date: parseDate(text) };
    default:
      return { kind: 'text', text };
  }
}

const splitText = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map(item => item.trim())
    .filter(item => item !== '');

const isEmpty = (value: Value): boolean =>
  value.kind === 'names'
    ? value.names.length === 0 && !value.others
    : value.kind === 'date'
      ? value.date.start === undefined && value.date.literal === undefined
      : markupText(value) === '';
