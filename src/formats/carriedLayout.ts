import { append } from '../base/append.ts';
import { sortedName } from '../model/name.ts';
import type { Value } from '../model/reference.ts';
import { encodeTex } from '../syntax/tex.ts';
import { encodeXml } from '../syntax/xml.ts';
import { encodeEntities } from './risValue.ts';

type Fields = ReadonlyMap<string, Value>;

/**
 * The layout of a record: its text without the values that `fields` hold as well. In the place of a value stands the name of its field
 * between bars: `AB  - |abstract|`, for one of several `|author 2|`, for all of them with what stands between two `|author* and |`, for
 * one over several lines the line end and their lengths. `||` is a bar.
 */
export function foldRecord(text: string, format: string, fields: Fields): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { start, end, mark } of placesIn(text, textsOf(fields, format))) {
    if (start < copied || end - start <= mark.length) continue;
    parts.push(text.slice(copied, start).replaceAll('|', '||'), mark);
    copied = end;
  }
  parts.push(text.slice(copied).replaceAll('|', '||'));
  return parts.join('');
}

/** The record again, its values as the fields have them now; a value that is gone is a word that nobody wrote. */
export function unfoldRecord(layout: string, format: string, fields: Fields): string {
  const texts = textsOf(fields, format);
  let room = mostTimes * 100_000 + layout.length;
  for (const items of texts.values()) for (const item of items) room += mostTimes * item.length;
  return layout.replace(
    markPattern,
    (_, name?: string, number?: string, between?: string, lineEnd?: string, lengths?: string) => {
      if (name === undefined) return '|';
      const items = texts.get(name) ?? [];
      const [first = missing] = items;
      if (between !== undefined) {
        room -= items.reduce((sum, item) => sum + item.length + between.length, 0);
        return room < 0 || items.length === 0 ? missing : items.join(between);
      }
      const text = number === undefined ? first : (items[Number(number) - 1] ?? missing);
      room -= text.length + (lineEnd?.length ?? 0) * (lengths?.length ?? 0);
      if (room < 0) return missing;
      return lineEnd === undefined || lengths === undefined ? text : wrap(text, lineEnd, lengths);
    },
  );
}

const missing = 'no-such-value';
const markPattern = /\|(?:\||([\w.:+-]+)(?: (\d+)|\*([^|]*)|(\r?\n[\t ]*)([\d,]+))?\|)/gu;
const fieldName = /^[\w.:+-]+$/u;

/** A shorter value is not worth a mark. */
const leastLength = 16;
/** How many single values are looked for, longest first: each costs a walk over the text. */
const mostValues = 24;
/** How often one may stand in a record. */
const mostTimes = 3;
/** How much of a value is looked for; the rest is compared where that stands. */
const headLength = 24;

type Encode = (text: string) => string;

/** How a format writes running text; others write it as it is. */
const encoders: Readonly<Record<string, Encode>> = {
  bibtex: encodeTex,
  'csl-json': text => JSON.stringify(text).slice(1, -1),
  'endnote-xml': encodeXml,
  ris: encodeEntities,
};

/** By field, its text, or those of its items, as a record of the format may have them. */
function textsOf(fields: Fields, format: string): Map<string, readonly string[]> {
  const encode = encoders[format] ?? (text => text);
  const texts = new Map<string, readonly string[]>();
  for (const [name, value] of fields) {
    if (!isLong(value) || !fieldName.test(name)) continue;
    switch (value.kind) {
      case 'text':
        // Of several notes in one field each is an item.
        texts.set(name, value.text.includes('\n\n') ? value.text.split('\n\n').map(encode) : [encode(value.text)]);
        break;
      case 'verbatim':
        texts.set(name, [format === 'bibtex' || format === 'ris' ? value.text : encode(value.text)]);
        break;
      case 'names':
        texts.set(
          name,
          value.names.map(one => encode(sortedName(one))),
        );
        break;
      case 'list':
      case 'keywords':
        texts.set(name, value.items.map(encode));
        break;
    }
  }
  return texts;
}

/** Whether a layout may leave a value out. */
export function isLong(value: Value): boolean {
  switch (value.kind) {
    case 'text':
    case 'verbatim':
      return value.text.length >= leastLength;
    case 'names':
      return value.names.length > 1;
    case 'list':
    case 'keywords':
      return value.items.length > 1 || (value.items[0]?.length ?? 0) >= leastLength;
    case 'date':
      return false; // and written in many ways
  }
}

interface Place {
  readonly start: number;
  readonly end: number;
  /** What stands in the layout instead. */
  readonly mark: string;
}

/** Where the text has the values, in order; the longer of two that begin at the same place first. */
function placesIn(text: string, texts: ReadonlyMap<string, readonly string[]>): Place[] {
  const places: Place[] = [];
  const single: { readonly name: string; readonly value: string }[] = [];
  for (const [name, items] of texts) {
    const [value = ''] = items;
    if (items.length === 1 && value.length >= leastLength) single.push({ name, value });
  }
  for (const { name, value } of single.sort((a, b) => b.value.length - a.value.length).slice(0, mostValues)) {
    let place = find(text, name, value, 0);
    for (let times = 0; times < mostTimes && place !== undefined; times++) {
      places.push(place);
      place = find(text, name, value, place.end);
    }
  }
  for (const [name, items] of texts) {
    if (items.length > 1) append(places, runOf(text, name, items));
  }
  return places.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** The places of items that stand one behind another; a single one when the same stands between any two of all. */
function runOf(text: string, name: string, items: readonly string[]): Place[] {
  const places: Place[] = [];
  let last = 0;
  for (const [index, item] of items.entries()) {
    const place = item === '' ? undefined : find(text, `${name} ${String(index + 1)}`, item, last);
    if (place === undefined) break;
    places.push(place);
    last = place.end;
  }
  const [first, second] = places;
  if (first === undefined || second === undefined || places.length < items.length) return places;
  const between = text.slice(first.end, second.start);
  const isSame = places.every((place, index) => index === 0 || isGap(text, places[index - 1], between, place));
  return isSame && between.length < 80 && !between.includes('|') && places.every(place => !place.mark.includes('\n'))
    ? [{ start: first.start, end: last, mark: `|${name}*${between}|` }]
    : places;
}

const isGap = (text: string, before: Place | undefined, between: string, behind: Place): boolean =>
  before !== undefined && behind.start - before.end === between.length && text.startsWith(between, before.end);

/** The first place of a value behind `from`, be it broken into lines. */
function find(text: string, name: string, value: string, from: number): Place | undefined {
  const start = text.indexOf(value.slice(0, headLength), from);
  if (start < 0) return undefined;
  if (text.startsWith(value, start)) return { start, end: start + value.length, mark: `|${name}|` };
  const wrapped = name.includes(' ') ? undefined : wrappedAt(text, start, value);
  return wrapped && { start, end: wrapped.end, mark: `|${name}${wrapped.lineEnd}${wrapped.lengths.join(',')}|` };
}

interface Wrapped {
  readonly end: number;
  /** With the indent behind it. */
  readonly lineEnd: string;
  readonly lengths: readonly number[];
}

/** A value with line ends of one kind in the place of some of its blanks. */
function wrappedAt(text: string, start: number, value: string): Wrapped | undefined {
  const lengths: number[] = [];
  let lineEnd = '';
  let lineStart = 0;
  let at = start;
  for (let index = 0; index < value.length; index++, at++) {
    if (text[at] === value[index]) continue;
    const pattern = /\r?\n[\t ]*/uy;
    pattern.lastIndex = at;
    const [here = ''] = value[index] === ' ' ? (pattern.exec(text) ?? []) : [];
    if (here === '' || (lineEnd !== '' && here !== lineEnd)) return undefined;
    lineEnd = here;
    lengths.push(index - lineStart);
    lineStart = index + 1;
    at += here.length - 1;
  }
  return { end: at, lineEnd, lengths };
}

function wrap(text: string, lineEnd: string, lengths: string): string {
  const lines: string[] = [];
  let start = 0;
  for (const length of lengths.split(',').map(Number)) {
    if (start + length >= text.length) break;
    lines.push(text.slice(start, start + length));
    start += length + 1;
  }
  return [...lines, text.slice(start)].join(lineEnd);
}
