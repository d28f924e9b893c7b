import { seasonName, seasonNumber } from '../data/months.ts';
import type { DatePoint, DateValue } from '../model/date.ts';
import { dateFromParts, datePoint, formatEdtf, parseDate, parseEdtf, twoDigits } from '../model/date.ts';

/** What exports write where a part of a date is missing. */
const nothing = /^(?:nan|undefined|null|none|nat)?$/iu;

/**
 * Reads a RIS date: "YYYY/MM/DD/other", of which any part but the year may be missing. `other` is a season, the end of a range as we write it ("to 2012-06"),
 * or any text. What has another shape is read as any date.
 */
export function parseRisDate(text: string): DateValue {
  const trimmed = text.trim();
  const compact = /^(\d{4})(\d{2})(\d{2})$/u.exec(trimmed);
  if (compact !== null) {
    return dateFromParts(compact[1] ?? '', compact[2], compact[3]);
  }
  const [year = '', month = '', day = '', ...rest] = trimmed
    .split('/')
    .map(part => (nothing.test(part.trim()) ? '' : part.trim()));
  if (!/^-?\d{1,6}$/u.test(year)) {
    return parseMeetingDays(trimmed) ?? parseDate(trimmed);
  }
  const date = !/^-?\d{1,4}$/u.test(year)
    ? (parseEdtf(longYear(year)) ?? { literal: trimmed })
    : dateFromParts(year, month, day);
  if (date.literal !== undefined && rest.length === 0) {
    return parseEdtf(trimmed) ?? date;
  }
  const other = rest.filter(part => part !== '').join('/');
  if (other === '') {
    return date;
  }
  const whole = parseEdtf(other);
  const isWhole = whole?.literal === other && formatEdtf({ ...whole, literal: '' }) === formatEdtf(date);
  return isWhole ? whole : withOther(date, other);
}

/** "4-8 Aug. 2020": the days of a conference. */
function parseMeetingDays(text: string): DateValue | undefined {
  const match = /^(\d{1,2})\s?[-–]\s?(\d{1,2}) (\p{L}+)\.?,? (\d{4})$/u.exec(text);
  const [, first = '', last = '', month = '', year = ''] = match ?? [];
  const start = datePoint(dateFromParts(year, month, first).start);
  const end = datePoint(dateFromParts(year, month, last).start);
  return start?.day === undefined || end?.day === undefined ? undefined : { start, end };
}

const longYear = (year: string): string => (/^-?\d{4}$/u.test(year) ? year : `y${year}`);

function withOther(date: DateValue, other: string): DateValue {
  const start = datePoint(date.start);
  const season = seasonNumber(other);
  if (start === undefined) {
    return date;
  }
  if (season !== undefined && start.month === undefined) {
    return { ...date, start: { ...start, season } };
  }
  const [, first = '', rest = ''] = /^(\S+) ((?:circa|uncertain|to)(?: .*)?)$/u.exec(other) ?? [];
  const firstSeason = start.month === undefined ? seasonNumber(first) : undefined;
  if (firstSeason !== undefined) {
    const seasonal = withOther({ ...date, start: { ...start, season: firstSeason } }, rest);
    if (seasonal.literal === undefined) return seasonal;
  }
  const mark = /^(circa )?(uncertain )?(?:to (\S+))?$/u.exec(
    `${other}${/^(?:circa|uncertain|circa uncertain)$/u.test(other) ? ' ' : ''}`,
  );
  const end =
    mark?.[3] === undefined
      ? undefined
      : parseEdtf(`${formatEdtf({ start }) ?? ''}/${mark[3] === '?' ? '' : mark[3]}`)?.end;
  if (mark === null || (mark[3] !== undefined && end === undefined)) {
    // A literal says all of it: whoever writes it needs nothing else.
    return { ...date, literal: `${formatEdtf({ start }) ?? ''} ${other}` };
  }
  const marked: DatePoint = {
    ...start,
    ...(mark[1] !== undefined && { approximate: true }),
    ...(mark[2] !== undefined && { uncertain: true }),
  };
  return end === undefined ? { ...date, start: marked } : { ...date, start: marked, end };
}

/** The date that several tags tell together, and which of them tell something else. */
export interface MergedDate {
  readonly date: DateValue;
  /** Positions in the list of texts that contradict the date or could not be taken into it. */
  readonly left: readonly number[];
}

/**
 * One date of the texts of PY, Y1 and DA in this order. The first year counts; month and day come from whichever text has the same year or, like Web of Science's
 * "AUG" and "NOV 2", none.
 */
export function mergeRisDates(texts: readonly string[]): MergedDate | undefined {
  const dates = texts.map(parseRisDate);
  const [only] = dates;
  if (only !== undefined && dates.length === 1) {
    return { date: only, left: [] };
  }
  const base = dates.find(date => datePoint(date.start) !== undefined);
  if (base === undefined) {
    const [first] = dates;
    return first === undefined
      ? undefined
      : { date: first, left: texts.map((_, i) => i).filter(i => texts[i] !== texts[0]) };
  }
  const year = datePoint(base.start)?.year;
  const candidates = dates.map((date, i) =>
    date.start === undefined && year !== undefined ? dateFromParts(String(year), texts[i] ?? '') : date,
  );
  let best = base;
  candidates.forEach((candidate, i) => {
    const isWhole = dates[i]?.start !== undefined || candidate.literal === undefined;
    if (isWhole && datePoint(candidate.start)?.year === year && precision(candidate) > precision(best)) {
      best = candidate;
    }
  });
  const left = candidates.flatMap((candidate, i) => (dates[i] !== best && contradicts(candidate, best) ? [i] : []));
  return { date: best, left };
}

/** Whether a date says something that the better one does not. */
function contradicts(date: DateValue, best: DateValue): boolean {
  const point = datePoint(date.start);
  const other = datePoint(best.start);
  return (
    point === undefined ||
    point.year !== other?.year ||
    (point.month !== undefined && point.month !== other.month) ||
    (point.day !== undefined && point.day !== other.day) ||
    (date.literal !== undefined && date.literal !== best.literal)
  );
}

function precision(date: DateValue): number {
  const start = datePoint(date.start);
  const parts = [start?.year, start?.month, start?.day, start?.season].filter(part => part !== undefined).length;
  const isMarked = start?.approximate === true || start?.uncertain === true;
  return parts * 2 + (date.end !== undefined || isMarked ? 1 : 0);
}

/** A date as RIS has it, the fourth part taking what the first three cannot; undefined when nothing in it is a date. */
export function formatRisDate(date: DateValue): string | undefined {
  const start = datePoint(date.start);
  if (start === undefined) {
    return undefined;
  }
  const end =
    date.end === undefined
      ? ''
      : `to ${date.end === 'open' ? '..' : date.end === 'unknown' ? '?' : (formatEdtf({ start: date.end }) ?? '')}`;
  const marks = [start.approximate === true ? 'circa' : '', start.uncertain === true ? 'uncertain' : '', end];
  const season = start.season === undefined ? '' : seasonName(start.season);
  const known = formatEdtf({ start }) ?? '';
  const text = date.end !== undefined || saysTheSame(date) ? '' : (date.literal ?? '');
  const literal = text.startsWith(`${known} `) ? text.slice(known.length + 1) : text;
  const other = [season, ...marks].filter(part => part !== '').join(' ');
  const month = start.month === undefined ? '' : twoDigits(start.month);
  return [
    risYear(start),
    month,
    start.day === undefined ? '' : twoDigits(start.day),
    other === '' ? literal : other,
  ].join('/');
}

/** The year as RIS has it. */
export const risYear = (point: DatePoint): string =>
  `${point.year < 0 ? '-' : ''}${String(Math.abs(point.year)).padStart(4, '0')}`;

/** Whether the text of a date says no more than the points do. */
const saysTheSame = (date: DateValue): boolean =>
  date.literal !== undefined && formatEdtf({ ...date, literal: '' }) === date.literal;
