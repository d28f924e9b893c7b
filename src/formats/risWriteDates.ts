import { isRisTypeIn } from '../data/risTags.ts';
import { datePoint, formatEdtf, type DateValue } from '../model/date.ts';
import type { FieldBag } from './fieldBag.ts';
import { formatRisDate, risYear } from './risDate.ts';
import type { RisSheet } from './risSheet.ts';
import { encodeEntities } from './risValue.ts';

/** Writes the dates of a reference into a record of a RIS type. */
export function writeRisDates(bag: FieldBag, sheet: RisSheet, ris: string): void {
  const issued = bag.peek('date');
  if (issued?.kind === 'date') {
    bag.take('date');
    writeIssued(issued.date, sheet);
  }
  const accessed = bag.take('urldate');
  if (accessed?.kind === 'date') {
    sheet.put('Y2', formatRisDate(accessed.date) ?? encodeEntities(accessed.date.literal ?? ''));
  }
  const available = bag.peek('available-date');
  if (available?.kind === 'date' && isRisTypeIn(ris, 'ARTICLES') && !bag.has('edition')) {
    bag.take('available-date');
    sheet.put('ET', formatEdtf(available.date)?.replaceAll('-', '/') ?? available.date.literal ?? '');
  }
  writeOriginal(bag, sheet);
}

function writeIssued(date: DateValue, sheet: RisSheet): void {
  const point = datePoint(date.start);
  if (point === undefined) {
    const text = date.literal ?? formatEdtf(date) ?? '';
    sheet.put('PY', encodeEntities(text.replace(/\s+/gu, ' ').trim()));
    return;
  }
  sheet.put('PY', risYear(point));
  const full = formatRisDate(date) ?? '';
  if (full !== `${risYear(point)}///`) {
    sheet.put('DA', full);
  }
  // "199X" is a range of years, but says more than one.
  const { literal } = date;
  if (literal !== undefined && date.end !== undefined && formatEdtf({ ...date, literal: '' }) !== literal) {
    sheet.narrow('date');
  }
}

/** Everything about the first publication goes into OP. */
function writeOriginal(bag: FieldBag, sheet: RisSheet): void {
  const date = bag.peek('origdate');
  const year = date?.kind === 'date' ? (formatEdtf(date.date) ?? date.date.literal ?? '') : '';
  const original = [sheet.take('origtitle'), sheet.take('origpublisher'), sheet.take('origlocation'), year];
  bag.take('origdate');
  sheet.put('OP', original.filter(part => part !== undefined && part !== '').join('; '));
}
