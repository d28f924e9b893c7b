import type { Loss, LossReason } from '../formats/loss.ts';
import { detached } from '../text/detached.ts';
import type { Place } from '../text/lineIndex.ts';

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
interface LostValue extends Place {
  readonly key: string;
  readonly field: string;
  readonly value: string;
  readonly reason: LossReason;
}

interface Section {
  readonly source: ReportSource;
  /** The number of the source. */
  readonly number: number;
  /** One loss of nearly every title: in one list, so that it does not bury the others. */
  readonly isCapitals: boolean;
  readonly values: LostValue[];
}

/** Values on one page. */
const PAGE = 1000;
const LONGEST_VALUE_SHOWN = 200;
/** Fields that a long report names on its first page, those with most losses first. */
const FIELDS_NAMED = 8;

/**
 * Everything that a conversion did not carry over, for a person to act on: by entry, and there by reason. However much it is, a page is
 * made when it is asked for.
 */
export class LossReport {
  readonly #title: string;
  readonly #sections: Section[] = [];
  readonly #fields = new Map<string, number>();
  #others: Section | undefined;
  #capitals: Section | undefined;
  #entryCount = 0;
  #last: LostValue | undefined;
  /** Losses. */
  count = 0;
  /** Those of them that are only protected capitals. */
  capitals = 0;

  /** `title` is the name of the format that could not take the values. */
  constructor(title: string) {
    this.#title = title;
  }

  /** What is added from now on comes from this source. */
  begin(source: ReportSource): void {
    const number = this.#sections.length / 2;
    this.#others = { source, number, isCapitals: false, values: [] };
    this.#capitals = { source, number, isCapitals: true, values: [] };
    this.#sections.push(this.#others, this.#capitals);
    this.#last = undefined;
  }

  /** In the order of the source. */
  add({ key, field, value, reason }: Loss, { line, character }: Place): void {
    const last = this.#last;
    // Views of the source would keep all of it in memory.
    const ownKey = last?.key === key ? last.key : detached(key);
    const one: LostValue = { key: ownKey, field: detached(field), value: detached(value), reason, line, character };
    if (!isBetween(one) && (last === undefined || !isSameEntry(last, one))) this.#entryCount += 1;
    this.#last = one;
    this.count += 1;
    this.#fields.set(one.field, (this.#fields.get(one.field) ?? 0) + 1);
    if (reason === 'case') this.capitals += 1;
    (reason === 'case' ? this.#capitals : this.#others)?.values.push(one);
  }

  /** The document of a query that `address` was given; undefined when there is none. An empty one is the first page. */
  document(query: string, address: ReportAddress): ReportDocument | undefined {
    const [kind = '', number = '', index = ''] = query.split('-');
    if (kind === 'value') return plain(this.#sections[Number(number)]?.values[Number(index)]?.value);
    if (kind === 'source') return plain(this.#sections[2 * Number(number)]?.source.text);
    return this.#page(Math.min(Math.max(0, Number(number) - 1), this.#pageCount - 1), address);
  }

  get #pageCount(): number {
    return Math.max(1, Math.ceil(this.count / PAGE));
  }

  #page(page: number, address: ReportAddress): ReportDocument {
    const writer = new PageWriter(this.#title, address);
    const entries = quantity(this.#entryCount, 'entry', 'entries');
    const values = quantity(this.count, 'value');
    writer.lines.push(`Conversion to ${this.#title}: ${values} of ${entries} not carried over unchanged`);
    if (page === 0) this.#addHints(writer.lines);
    if (this.#pageCount > 1) writer.addPages(page, this.#pageCount);
    writer.lines.push('');
    let before = 0;
    let named: ReportSource | undefined;
    this.#sections.forEach((section, number) => {
      const from = Math.max(0, page * PAGE - before);
      const to = Math.min(section.values.length, (page + 1) * PAGE - before);
      before += section.values.length;
      if (from >= to) return;
      if (section.source !== named) writer.lines.push(section.source.name, '');
      named = section.source;
      writer.addSection(section, { number, from, to });
    });
    if (this.#pageCount > 1) writer.addPages(page, this.#pageCount);
    return { text: writer.lines.join('\n'), links: writer.links };
  }

  #addHints(lines: string[]): void {
    if (this.#sections.some(section => section.values.some(one => one.reason === 'no-slot'))) {
      lines.push(LOSSLESS_HINT);
    }
    if (this.count <= PAGE) return;
    const most = [...this.#fields].sort(([, a], [, b]) => b - a);
    const named = most.slice(0, FIELDS_NAMED).map(([field, count]) => `${oneLine(field)} (${counted(count)})`);
    lines.push(`Most of them: ${named.join(', ')}${most.length > FIELDS_NAMED ? ' …' : ''}`);
  }
}

const plain = (text: string | undefined): ReportDocument | undefined =>
  text === undefined ? undefined : { text, links: [] };

const isSameEntry = (a: LostValue, b: LostValue): boolean =>
  a.line === b.line && a.character === b.character && a.key === b.key;

interface Stretch {
  /** The number of the section. */
  readonly number: number;
  readonly from: number;
  readonly to: number;
}

class PageWriter {
  readonly lines: string[] = [];
  readonly links: ReportLink[] = [];
  readonly #title: string;
  readonly #address: ReportAddress;

  constructor(title: string, address: ReportAddress) {
    this.#title = title;
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
      this.lines.push(`    ${reasonHeading(reason, this.#title)}`);
      for (const at of all) this.#addValue('      ', section.values[at], `value-${number}-${at}`);
    }
    this.lines.push('');
  }

  #addCapitals(section: Section, number: number, at: number): void {
    const one = section.values[at];
    if (one) this.#addValue(`${this.#placed('    ', one, section)}, `, one, `value-${number}-${at}`);
  }

  /** The key, as a link to the entry, for the next line. */
  #placed(indent: string, one: LostValue, { source, number }: Section): string {
    const key = keyOf(one);
    const { uri, text, name } = source;
    if (uri === undefined && text === undefined) return indent + key;
    const target = uri === undefined ? this.#address(name, `source-${number}`, one) : uri + fragmentOf(one);
    this.#link({ start: indent.length, end: indent.length + key.length, tooltip: 'Go to the entry', target });
    return `${indent}${key} (line ${one.line + 1})`;
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
const isBetween = ({ key, field }: LostValue): boolean =>
  key === '' && (field.startsWith('@') || /^(?:comment|text between )/u.test(field));

const LOSSLESS_HINT =
  'The setting colophon.convert.lossless lets values without a field travel along, in notes or in fields of their own.';

/** Why the values below it were not carried over, with the name of the target. */
function reasonHeading(reason: LossReason, title: string): string {
  switch (reason) {
    case 'no-slot':
      return `${title} has no field for:`;
    case 'slot-taken':
      return `${title} has room for one such value, and another one took it:`;
    case 'narrowed':
      return 'Carried over, but less exactly than written:';
    case 'case':
      return 'Carried over, but without the protection of its capitals:';
    case 'type':
      return `${title} has no such type of entry; the nearest one was taken for:`;
    case 'differs':
      return 'Another record of the same work says this; the one that was kept says something else:';
    case 'unreadable':
      return 'Could not be read as what the field should hold:';
  }
}

const counted = (count: number): string => count.toLocaleString('en');

const quantity = (count: number, noun: string, plural = `${noun}s`): string =>
  `${counted(count)} ${count === 1 ? noun : plural}`;

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
