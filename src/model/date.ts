import { monthNumber, seasonNumber } from '../data/months.ts';

/** One end of a date. Month 1 to 12; season 21 to 24 as in EDTF level 1 (BibLaTeX manual §2.3.8). */
export interface DatePoint {
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
  readonly season?: 21 | 22 | 23 | 24;
  readonly approximate?: boolean;
  readonly uncertain?: boolean;
}

/** An end that is open ("1999/..") or unknown ("1999/"), or a point. */
export type DateEnd = DatePoint | 'open' | 'unknown';

/**
 * A date, a range, or what somebody wrote instead of one.
 * `literal` holds text that is no date ("in press"), or that says more than the points do ("Spring", "199X", a time of day).
 */
export interface DateValue {
  readonly start?: DateEnd;
  readonly end?: DateEnd;
  readonly literal?: string;
}

/** The point itself; undefined for an end that is none. */
export const datePoint = (end: DateEnd | undefined): DatePoint | undefined =>
  typeof end === 'object' ? end : undefined;

/** The first year a date names. */
export const yearOfDate = (date: DateValue): number | undefined => (datePoint(date.start) ?? datePoint(date.end))?.year;

/** Whether two dates are the same in every part, `literal` among them. */
export const isSameDate = (one: DateValue, other: DateValue): boolean =>
  one.literal === other.literal && isSameEnd(one.start, other.start) && isSameEnd(one.end, other.end);

const isSameEnd = (one: DateEnd | undefined, other: DateEnd | undefined): boolean =>
  typeof one === 'object' && typeof other === 'object'
    ? one.year === other.year &&
      one.month === other.month &&
      one.day === other.day &&
      one.season === other.season &&
      one.approximate === other.approximate &&
      one.uncertain === other.uncertain
    : one === other;

/** Reads an EDTF date of level 0 or 1; undefined for anything else. */
export function parseEdtf(text: string): DateValue | undefined {
  const trimmed = text.trim();
  const slash = trimmed.indexOf('/');
  if (slash < 0) {
    return parseSingle(trimmed);
  }
  const start = parseEnd(trimmed.slice(0, slash));
  const end = parseEnd(trimmed.slice(slash + 1));
  const points = typeof start === 'object' || typeof end === 'object';
  if (start === undefined || end === undefined || !points || trimmed.includes('/', slash + 1)) {
    return undefined;
  }
  const timed = trimmed.includes('T');
  return timed ? { start, end, literal: trimmed } : { start, end };
}

const masked = /^(\d{2})(\d|X)X$/u;

function parseSingle(text: string): DateValue | undefined {
  const decade = masked.exec(text);
  if (decade !== null) {
    const [, century = '', ten = ''] = decade;
    const first = Number(`${century}${ten === 'X' ? '0' : ten}0`);
    return { start: { year: first }, end: { year: ten === 'X' ? first + 99 : first + 9 }, literal: text };
  }
  const unmasked = text.replace(/(?:-XX){1,2}$/u, '');
  const point = parsePoint(unmasked);
  if (point === undefined) {
    return undefined;
  }
  return unmasked !== text || text.includes('T') ? { start: point, literal: text } : { start: point };
}

function parseEnd(text: string): DateEnd | undefined {
  const trimmed = text.trim();
  if (trimmed === '..') {
    return 'open';
  }
  return trimmed === '' ? 'unknown' : parsePoint(trimmed);
}

const edtf = /^(-?\d{4}|y-?\d{5,12}|-\d{1,3})(?:-(\d{2})(?:-(\d{2}))?)?(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?([?~%]?)$/iu;

function parsePoint(text: string): DatePoint | undefined {
  const match = edtf.exec(text);
  if (match === null) {
    return undefined;
  }
  const [, year = '', month, day, mark] = match;
  return makePoint(Number(year.replace(/^y/iu, '')), month, day, {
    ...((mark === '~' || mark === '%') && { approximate: true }),
    ...((mark === '?' || mark === '%') && { uncertain: true }),
  });
}

function makePoint(
  year: number,
  month: string | undefined,
  day: string | undefined,
  marks: Partial<DatePoint>,
): DatePoint | undefined {
  if (month === undefined) {
    return { year, ...marks };
  }
  const number = Number(month);
  if (isSeason(number)) {
    return day === undefined ? { year, season: number, ...marks } : undefined;
  }
  if (number < 1 || number > 12) {
    return undefined;
  }
  if (day === undefined) {
    return { year, month: number, ...marks };
  }
  return isDay(Number(day)) ? { year, month: number, day: Number(day), ...marks } : undefined;
}

const isSeason = (number: number): number is 21 | 22 | 23 | 24 => number >= 21 && number <= 24;
const isDay = (number: number): boolean => number >= 1 && number <= 31;

/** Writes a date as EDTF; undefined when it holds nothing but text that is no EDTF. */
export function formatEdtf(date: DateValue): string | undefined {
  if (date.literal !== undefined && parseEdtf(date.literal) !== undefined) {
    return date.literal;
  }
  if (date.start === undefined) {
    return undefined;
  }
  const start = formatEnd(date.start);
  return date.end === undefined ? start : `${start}/${formatEnd(date.end)}`;
}

function formatEnd(end: DateEnd): string {
  if (typeof end !== 'object') {
    return end === 'open' ? '..' : '';
  }
  const month = end.season ?? end.month;
  const mark = end.approximate === true ? (end.uncertain === true ? '%' : '~') : end.uncertain === true ? '?' : '';
  const monthText = month === undefined ? '' : `-${twoDigits(month)}`;
  return `${formatYear(end.year)}${monthText}${end.day === undefined ? '' : `-${twoDigits(end.day)}`}${mark}`;
}

function formatYear(year: number): string {
  const digits = String(Math.abs(year)).padStart(4, '0');
  const sign = year < 0 ? '-' : '';
  return digits.length > 4 ? `y${sign}${digits}` : `${sign}${digits}`;
}

export const twoDigits = (number: number): string => String(number).padStart(2, '0');

/**
 * Reads what BibTeX has in `year`, `month` and `day`, all plain text: month as number, name or macro, with a day ("10 jan"), as a range
 * ("jan/feb", "May 3--5") or a season. What is no date stays as literal.
 */
export function dateFromParts(year: string, month = '', day = ''): DateValue {
  const text = year.trim();
  // Some have "June 1980" as the year.
  const base = /\p{L}/u.test(text) ? parseDate(text) : readYear(text);
  if (month.trim() === '' && day.trim() === '') {
    return base;
  }
  const parts = readMonth(month);
  const point = datePoint(base.start);
  if (parts === undefined || point === undefined || base.end !== undefined || point.month !== undefined) {
    return {
      ...base,
      literal: [day.trim(), month.trim(), base.literal ?? text].filter(word => word !== '').join(' '),
    };
  }
  const ownDay = wholeNumber(day.trim());
  const start = {
    ...point,
    ...parts.start,
    ...(ownDay !== undefined && isDay(ownDay) && parts.start.month !== undefined && { day: ownDay }),
  };
  const literal = base.literal === undefined ? {} : { literal: base.literal };
  return parts.end === undefined
    ? { start, ...literal }
    : { start, end: { year: point.year, ...parts.end }, ...literal };
}

/** Reads a date in any of the usual spellings: EDTF, "21 Oct 2014", "2013 Aug", "Spring 2012", "2012/3/4". */
export function parseDate(text: string): DateValue {
  const trimmed = text.trim();
  const exact = parseEdtf(trimmed);
  if (exact !== undefined) {
    return exact;
  }
  const numeric = /^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?$/u.exec(trimmed);
  if (numeric !== null) {
    const point = makePoint(Number(numeric[1]), numeric[2], numeric[3], {});
    return point === undefined ? readYear(trimmed) : { start: point };
  }
  const years = trimmed.match(/(?<!\d)\d{4}(?!\d)/gu) ?? [];
  const year = years.length === 1 ? years[0] : undefined;
  if (year !== undefined && year !== trimmed) {
    const at = trimmed.indexOf(year);
    const rest = `${trimmed.slice(0, at)} ${trimmed.slice(at + 4)}`.trim();
    const parts = readMonth(rest);
    if (parts !== undefined) {
      return dateFromParts(year, rest);
    }
  }
  return readYear(trimmed);
}

function readYear(text: string): DateValue {
  if (text === '') {
    return {};
  }
  if (/^-?\d{1,4}$/u.test(text)) {
    return { start: { year: Number(text) } };
  }
  const range = /^(\d{4})\s?(?:-{1,3}|–|—|\/)\s?(\d{4}|\d{2})?$/u.exec(text);
  if (range !== null) {
    const [, first = '', last] = range;
    if (last === undefined) {
      return { start: { year: Number(first) }, end: 'open' };
    }
    const end = Number(last.length === 2 ? first.slice(0, 2) + last : last);
    // "2015-11" is a month, "2020-21" in a year can only be two years.
    if (end > Number(first) && (last.length === 4 || Number(last) > 12)) {
      return { start: { year: Number(first) }, end: { year: end } };
    }
  }
  const exact = parseEdtf(text);
  if (exact !== undefined) {
    return exact;
  }
  const years = text.match(/(?<!\d)\d{4}(?!\d)/gu) ?? [];
  return years.length === 1 ? { start: { year: Number(years[0]) }, literal: text } : { literal: text };
}

interface MonthParts {
  readonly start: Omit<DatePoint, 'year'>;
  readonly end?: Omit<DatePoint, 'year'>;
}

/** The words and numbers of a month field; undefined when they are no month, or more than one. */
function readMonth(text: string): MonthParts | undefined {
  const tokens = text.match(/\p{L}+|\d+/gu) ?? [];
  const parts: { month?: number; day?: number; season?: 21 | 22 | 23 | 24 }[] = [];
  let day: number | undefined;
  for (const [at, token] of tokens.entries()) {
    const number = wholeNumber(token);
    const month = number === undefined ? monthNumber(token) : undefined;
    const season = number === undefined ? seasonNumber(token) : undefined;
    const last = parts.at(-1);
    if (month !== undefined) {
      parts.push(day === undefined ? { month } : { month, day });
      day = undefined;
    } else if (season !== undefined) {
      parts.push({ season });
    } else if (number !== undefined && tokens.length === 1 && number >= 1 && number <= 12) {
      parts.push({ month: number });
    } else if (number !== undefined && isDay(number) && last?.month !== undefined && last.day === undefined) {
      last.day = number;
    } else if (number !== undefined && isDay(number) && day === undefined && isBeforeMonth(tokens, at)) {
      day = number;
    } else if (number !== undefined && isDay(number) && last?.month !== undefined) {
      parts.push({ month: last.month, day: number });
    } else if (number !== undefined && isDay(number) && last === undefined && day === undefined) {
      day = number;
    } else if (!/^(?:st|nd|rd|th|of|and|de|und|et)$/iu.test(token)) {
      return undefined;
    }
  }
  const [start, end] = parts;
  if (start === undefined || parts.length > 2 || day !== undefined) {
    return undefined;
  }
  return end === undefined ? { start } : { start, end };
}

const isBeforeMonth = (tokens: readonly string[], at: number): boolean =>
  monthNumber(tokens[at + 1]?.replace(/^\d+$/u, '') ?? '') !== undefined;

const wholeNumber = (text: string): number | undefined => (/^\d{1,2}$/u.test(text) ? Number(text) : undefined);
