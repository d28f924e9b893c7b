import type { DateEnd, DatePoint, DateValue } from '../model/date.ts';
import { datePoint, formatEdtf, parseDate, parseEdtf } from '../model/date.ts';
import { seasonNumber } from '../data/months.ts';
import type { Name, NameList } from '../model/name.ts';
import { person } from '../model/name.ts';

/** A name variable's member. */
export interface CslName {
  family?: string;
  given?: string;
  'dropping-particle'?: string;
  'non-dropping-particle'?: string;
  suffix?: string;
  literal?: string;
}

/** The structured form of a date variable. */
export interface CslDate {
  'date-parts'?: number[][];
  season?: number;
  circa?: boolean;
  literal?: string;
}

/** CSL has no "and others"; a last literal of this text is what styles print and readers understand. */
const others = 'others';

export function writeCslNames(list: NameList): CslName[] {
  const names = list.names.map(writeCslName);
  return list.others ? [...names, { literal: others }] : names;
}

function writeCslName(name: Name): CslName {
  if ('literal' in name) {
    return { literal: name.literal };
  }
  const particle = name.useprefix === false ? 'dropping-particle' : 'non-dropping-particle';
  return {
    family: name.family,
    ...(name.given !== undefined && { given: name.given }),
    ...(name.prefix !== undefined && { [particle]: name.prefix }),
    ...(name.suffix !== undefined && { suffix: name.suffix }),
  };
}

/** Reads a name variable; undefined when it is no list of names. */
export function readCslNames(value: unknown): NameList | undefined {
  if (!Array.isArray(value)) {
    return undefined;
  }
  const names = value.map(readCslName).filter(name => name !== undefined);
  const last = names.at(-1);
  const hasOthers = last !== undefined && 'literal' in last && /^(?:others|et\.? al\.?)$/iu.test(last.literal);
  return hasOthers ? { names: names.slice(0, -1), others: true } : { names, others: false };
}

function readCslName(value: unknown): Name | undefined {
  if (typeof value === 'string') {
    return { literal: value };
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const part = (name: string): string => {
    const text = (value as Record<string, unknown>)[name];
    return typeof text === 'string' ? text.trim() : typeof text === 'number' ? String(text) : '';
  };
  const family = part('family');
  const given = part('given');
  if (family === '') {
    const literal = part('literal') || given;
    return literal === '' ? undefined : { literal };
  }
  const dropping = part('dropping-particle');
  const kept = part('non-dropping-particle');
  const suffix = part('suffix');
  return dropping === ''
    ? person({ family, given, prefix: kept, suffix })
    : // "de" of "de La Fontaine" drops, "La" never leaves the family name.
      person({ family: kept === '' ? family : `${kept} ${family}`, given, prefix: dropping, suffix, useprefix: false });
}

const nameParts = new Set(['family', 'given', 'dropping-particle', 'non-dropping-particle', 'suffix']);

/** Whether `readCslNames` finds everything that a name variable says: not so `static-ordering` and `comma-suffix`. */
export const isWholeNames = (value: unknown): boolean => Array.isArray(value) && value.every(isWholeName);

function isWholeName(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return typeof value === 'string';
  const name = value as Readonly<Record<string, unknown>>;
  const isPerson = typeof name['family'] === 'string' && name['family'] !== '';
  for (const part in name) {
    const isRead = part === 'literal' ? !isPerson : nameParts.has(part) && (isPerson || part === 'given');
    const says = name[part] !== '' && name[part] !== false && name[part] !== null && name[part] !== undefined;
    if (!isRead && says) return false;
  }
  return true;
}

/**
 * Writes a date. `exact` is false when CSL cannot say all of it: an unknown end, an uncertain point.
 * A second part of [0] is an open end; a season in a range is a month above 20, as in EDTF, for `season` speaks of one date only.
 */
export function writeCslDate(date: DateValue): { readonly value: CslDate; readonly exact: boolean } {
  const start = datePoint(date.start);
  const end = datePoint(date.end);
  const point = start ?? end;
  // Text that is itself EDTF ("199X") is said well enough by its points.
  const literal =
    date.literal === undefined || (point !== undefined && parseEdtf(date.literal) !== undefined)
      ? {}
      : { literal: date.literal };
  if (point === undefined) {
    return { value: literal, exact: true };
  }
  const parts = date.end === undefined ? [dateParts(point)] : [endParts(date.start), endParts(date.end)];
  const season = date.end === undefined && point.season !== undefined ? { season: point.season - 20 } : {};
  const circa = [start, end].some(one => one?.approximate === true || one?.uncertain === true) ? { circa: true } : {};
  const value = { 'date-parts': parts, ...season, ...circa, ...literal };
  const saysMore = date.literal !== undefined && !('literal' in literal) && date.literal !== pointsText(date);
  return { value, exact: !hasLost(date) && !saysMore };
}

const pointsText = (date: DateValue): string | undefined => formatEdtf({ ...date, literal: '' });

const hasLost = (date: DateValue): boolean =>
  date.start === 'unknown' ||
  date.end === 'unknown' ||
  [date.start, date.end].some(
    end => typeof end === 'object' && (end.uncertain === true || (date.end !== undefined && end.approximate === true)),
  );

const endParts = (end: DateEnd | undefined): number[] =>
  typeof end !== 'object' ? [0] : end.season === undefined ? dateParts(end) : [end.year, end.season];

const dateParts = (point: DatePoint): number[] =>
  point.month === undefined
    ? [point.year]
    : point.day === undefined
      ? [point.year, point.month]
      : [point.year, point.month, point.day];

/** Reads a date variable in any form in use: date-parts, EDTF text, `raw`, `literal`. Undefined: nothing in it is a date. */
export function readCslDate(value: unknown): DateValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') {
    return value === '' ? undefined : parseDate(String(value));
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return undefined;
  }
  const record = value as Record<string, unknown>;
  const parts: unknown[] = Array.isArray(record['date-parts']) ? record['date-parts'] : [];
  const start = readParts(parts[0]);
  const literal = typeof record['literal'] === 'string' && record['literal'] !== '' ? record['literal'] : undefined;
  if (start === undefined) {
    const raw = record['raw'] ?? literal;
    return typeof raw === 'string' || typeof raw === 'number' ? parseDate(String(raw)) : undefined;
  }
  const circa =
    record['circa'] === true || record['circa'] === 1 || record['circa'] === 'true' || record['circa'] === '1';
  const season = readSeason(record['season']);
  const marked: DateEnd =
    typeof start === 'object'
      ? {
          ...start,
          ...(season !== undefined && start.month === undefined && { season }),
          ...(circa && { approximate: true }),
        }
      : start;
  const end = readParts(parts[1]);
  if (marked === 'open' && end === undefined) {
    // A year zero; only beside another date is it an end.
    return { start: { year: 0 }, ...(literal !== undefined && { literal }) };
  }
  return { start: marked, ...(end !== undefined && { end }), ...(literal !== undefined && { literal }) };
}

/** Whether `readCslDate` finds everything that a date variable says. Crossref's `[[null]]` says nothing. */
export function isWhollyRead(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return true;
  }
  const record = value as Readonly<Record<string, unknown>>;
  const parts = record['date-parts'];
  const points = (Array.isArray(parts) ? (parts as unknown[]) : []).filter(point => !isNothing(point));
  const [start] = points;
  const isSeason =
    readSeason(record['season']) !== undefined && points.length === 1 && Array.isArray(start) && start.length === 1;
  return Object.entries(record).every(([name, member]) => {
    switch (name) {
      case 'date-parts':
        return isNothing(parts) || (points.length > 0 && points.length <= 2 && points.every(isWholePoint));
      case 'season':
        return isSeason || isNothing(member);
      case 'circa':
        return ['true', 'false', '1', '0'].includes(String(member)) || isNothing(member);
      case 'literal':
        return typeof member === 'string';
      case 'raw':
        return points.length === 0 && (record['literal'] ?? '') === '';
      default:
        return isNothing(member);
    }
  });
}

const isNothing = (member: unknown): boolean =>
  Array.isArray(member)
    ? member.every(one => isBlank(one) || (Array.isArray(one) && one.every(isBlank)))
    : isBlank(member) || member === false;

const isBlank = (member: unknown): boolean => member === '' || member === null;

function isWholePoint(parts: unknown): boolean {
  const point = readParts(parts);
  const numbers = Array.isArray(parts) ? parts.filter(part => !isBlank(part)).map(Number) : [];
  return typeof point === 'string'
    ? numbers.length === 1
    : point !== undefined &&
        numbers.length <= 3 &&
        (numbers.length < 2 || point.month === numbers[1] || (point.season !== undefined && numbers.length === 2)) &&
        (numbers.length < 3 || point.day === numbers[2]);
}

function readSeason(value: unknown): 21 | 22 | 23 | 24 | undefined {
  if (typeof value === 'string' && !/^\d+$/u.test(value)) {
    return seasonNumber(value);
  }
  const number = Number(value) % 20;
  return number === 1 ? 21 : number === 2 ? 22 : number === 3 ? 23 : number === 4 ? 24 : undefined;
}

function readParts(value: unknown): DateEnd | undefined {
  if (!Array.isArray(value) || value.length === 0 || isBlank(value[0])) {
    return undefined;
  }
  const [year, month, day] = value.map(Number);
  if (year === undefined || Number.isNaN(year)) {
    return undefined;
  }
  if (year === 0 && value.length === 1) {
    return 'open';
  }
  // Months above 12 are seasons: 13 to 16 for citeproc, 21 to 24 as in EDTF.
  const season =
    month === undefined
      ? undefined
      : month >= 21
        ? readSeason(month - 20)
        : month >= 13
          ? readSeason(month - 12)
          : undefined;
  if (season !== undefined) {
    return { year, season };
  }
  if (month === undefined || !(month >= 1 && month <= 12)) {
    return { year };
  }
  return day !== undefined && day >= 1 && day <= 31 ? { year, month, day } : { year, month };
}
