import type { LossReason } from '../formats/loss.ts';
import { counted, quantity, reasonSentence } from '../protocol/conversionTexts.ts';
import type { Place } from '../text/lineIndex.ts';
import type { KeyPlace } from './repeatedKeys.ts';

/** Where lost values come from: its name to show, and its address, or its text where it has none (a clipboard). */
export interface ReportSource {
  readonly name: string;
  readonly uri?: string;
  readonly text?: string;
}

/** A document of a report with what its stretches lead to. */
export interface ReportDocument {
  readonly text: string;
  readonly links: readonly ReportLink[];
}

/** A stretch of one line of the text; the line counts from 0. */
export interface ReportLink {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly tooltip: string;
  readonly target: string;
}

/** The address of another document of the same report, at a place of it. */
export type ReportAddress = (title: string, query: string, place?: Place) => string;

/** Flat, because there may be hundreds of thousands. */
export interface LostValue extends Place {
  readonly key: string;
  readonly field: string;
  readonly value: string;
  readonly reason: LossReason;
}

/** Losses of one source. */
export interface Section {
  readonly source: ReportSource;
  /** The number of the source. */
  readonly number: number;
  /** One loss of nearly every title: in one list, so that it does not bury the others. */
  readonly isCapitals: boolean;
  readonly values: LostValue[];
}

export const isSameEntry = (a: LostValue, b: LostValue): boolean =>
  a.line === b.line && a.character === b.character && a.key === b.key;

const LONGEST_VALUE_SHOWN = 200;
/** Places that are named for one key. */
const PLACES_SHOWN = 20;

interface Stretch {
  /** The number of the section. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

/** One document of a report while it is written. */
export class ReportPage {
  readonly lines: string[] = [];
  readonly links: ReportLink[] = [];
  readonly #title: string;
  readonly #sources: readonly ReportSource[];
  readonly #address: ReportAddress;

  constructor(title: string, sources: readonly ReportSource[], address: ReportAddress) {
    this.#title = title;
    this.#sources = sources;
    this.#address = address;
  }

  addPages(page: number, count: number): void {
    let text = `Page ${counted(page + 1)} of ${counted(count)}`;
    const others = [
      ['first', 0],
      ['previous', page - 1],
      ['next', page + 1],
      ['last', count - 1],
    ] as const;
    for (const [name, number] of others) {
      if (number < 0 || number >= count || number === page) continue;
      const start = text.length + 3;
      text += `   ${name}`;
      const target = this.#address(`Page ${counted(number + 1)}`, `page-${number + 1}`);
      this.#link({ start, end: text.length, tooltip: `Show the ${name} page`, target });
    }
    this.lines.push(text);
  }

  /** Keys that several entries have; `count` is how many of them there are. */
  addKeys(keys: readonly (readonly [string, readonly KeyPlace[]])[], count: number): void {
    const them = count === 1 ? 'One key is' : `${counted(count)} keys are`;
    this.lines.push(`${them} used by several entries, and stayed as written:`);
    for (const [key, places] of keys) this.#addKey(key, places);
    if (keys.length === count) return;
    const all = `all ${counted(count)} keys`;
    this.#link({ start: 4, end: 4 + all.length, tooltip: 'Show all of them', target: this.#address(all, 'keys') });
    this.lines.push(`  … ${all}`);
  }

  #addKey(key: string, places: readonly KeyPlace[]): void {
    let text = `  ${oneLine(key)}: `;
    let last = this.#sources.length === 1 ? places[0]?.source : undefined;
    places.slice(0, PLACES_SHOWN).forEach((place, index) => {
      if (index > 0) text += place.source === last ? ', ' : '; ';
      if (place.source !== last) text += `${this.#sources[place.source]?.name ?? ''}, `;
      last = place.source;
      const shown = `line ${counted(place.line + 1)}`;
      const end = text.length + shown.length;
      const target = this.#targetOf(place.source, place);
      if (target !== undefined) this.#link({ start: text.length, end, tooltip: 'Go to the entry', target });
      text += shown;
    });
    const others = places.length - PLACES_SHOWN;
    this.lines.push(others > 0 ? `${text} … and ${counted(others)} more` : text);
  }

  addSection(section: Section, { number, from, to }: Stretch): void {
    const { isCapitals, values } = section;
    if (isCapitals) {
      const all = quantity(values.length, 'value');
      this.lines.push(`  Capitals are protected by braces in ${all}, which ${this.#title} cannot say:`);
      for (let at = from; at < to; at++) this.#addCapitals(section, number, at);
      this.lines.push('');
      return;
    }
    for (let at = from; at < to;) {
      const first = values[at];
      let end = at;
      for (let one = first; first && one && end < to && isSameEntry(first, one); one = values[end]) end += 1;
      this.#addEntry(section, { number, from: at, to: Math.max(end, at + 1) });
      at = Math.max(end, at + 1);
    }
  }

  #addEntry(section: Section, { number, from, to }: Stretch): void {
    const first = section.values[from];
    if (first === undefined) return;
    this.lines.push(this.#placed('  ', first, section));
    const byReason = new Map<LossReason, number[]>();
    for (let at = from; at < to; at++) {
      const reason = section.values[at]?.reason ?? 'no-slot';
      const same = byReason.get(reason);
      if (same) same.push(at);
      else byReason.set(reason, [at]);
    }
    for (const [reason, all] of byReason) {
      this.lines.push(`    ${reasonSentence(reason, this.#title)}:`);
      for (const at of all) this.#addValue('      ', section.values[at], `value-${number}-${at}`);
    }
    this.lines.push('');
  }

  #addCapitals(section: Section, number: number, at: number): void {
    const one = section.values[at];
    if (one) this.#addValue(`${this.#placed('    ', one, section)}, `, one, `value-${number}-${at}`);
  }

  /** The key, as a link to the entry, for the next line. */
  #placed(indent: string, one: LostValue, { number }: Section): string {
    const key = keyOf(one);
    const target = this.#targetOf(number, one);
    if (target === undefined) return indent + key;
    this.#link({ start: indent.length, end: indent.length + key.length, tooltip: 'Go to the entry', target });
    return `${indent}${key} (line ${one.line + 1})`;
  }

  /** Undefined for a source that nobody can look at. */
  #targetOf(source: number, place: Place): string | undefined {
    const { uri, text, name = '' } = this.#sources[source] ?? {};
    if (uri !== undefined) return uri + fragmentOf(place);
    return text === undefined ? undefined : this.#address(name, `source-${source}`, place);
  }

  #addValue(before: string, one: LostValue | undefined, query: string): void {
    if (one === undefined) return;
    const { field, value } = one;
    const shown = `${before}${oneLine(field)}: ${oneLine(value.slice(0, LONGEST_VALUE_SHOWN))}`;
    if (value.length <= LONGEST_VALUE_SHOWN) {
      this.lines.push(shown);
      return;
    }
    const whole = `all ${counted(value.length)} characters`;
    const start = shown.length + 2;
    const target = this.#address(`${oneLine(field)} of ${keyOf(one)}`, query);
    this.#link({ start, end: start + whole.length, tooltip: 'Show the whole value', target });
    this.lines.push(`${shown}… ${whole}`);
  }

  /** A link in the line that comes next. */
  #link(link: Omit<ReportLink, 'line'>): void {
    this.links.push({ line: this.lines.length, ...link });
  }
}

/** Editors understand a line and column in the fragment of an address. */
export const fragmentOf = ({ line, character }: Place): string => `#L${line + 1},${character + 1}`;

const keyOf = (one: LostValue): string => (isBetween(one) ? '(between the entries)' : oneLine(one.key) || '(no key)');

/** Whether it belongs to no entry. */
export const isBetween = ({ key, field }: LostValue): boolean =>
  key === '' && (field.startsWith('@') || /^(?:comment|text between )/u.test(field));

export const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
