import type { Loss, LossReason } from '../formats/loss.ts';
import { counted, quantity, reasonSentence } from '../protocol/conversionTexts.ts';
import { detached } from '../text/detached.ts';
import type { Place } from '../text/lineIndex.ts';
import { ReportPage, isBetween, isSameEntry, oneLine } from './lossReportPage.ts';
import type { LostValue, ReportAddress, ReportDocument, ReportSource, Section } from './lossReportPage.ts';
import type { KeyPlace } from './repeatedKeys.ts';

/** Values on one page. */
const PAGE = 1000;
/** A shorter report is its own summary. */
const MOST_WITHOUT_SUMMARY = 10;
/** Fields that a summary names for a reason, those with most losses first. */
const FIELDS_NAMED = 8;
const LONGEST_NAME = 60;
/** Repeated keys on the first page; all of them have a document of their own. */
const KEYS_SHOWN = 20;

interface FieldCount {
  /** As it is written first. */
  readonly field: string;
  count: number;
}

/**
 * What a conversion did not carry over, and keys that several entries have, for a person to act on: by entry, and there by reason.
 * However much it is, a page is made when it is asked for.
 */
export class LossReport {
  readonly #title: string;
  readonly #sources: ReportSource[] = [];
  readonly #sections: Section[] = [];
  /** By reason, how often each field, or type, was lost; by its name in small letters. */
  readonly #fields = new Map<LossReason, Map<string, FieldCount>>();
  readonly #keys: (readonly [key: string, places: readonly KeyPlace[]])[] = [];
  #others: Section | undefined;
  #capitals: Section | undefined;
  #entryCount = 0;
  #last: LostValue | undefined;
  /** Losses. */
  count = 0;
  /** Those of them that are only protected capitals. */
  capitals = 0;
  /** Characters that are kept for it. */
  size = 0;

  /** `title` is the name of the format that could not take the values. */
  constructor(title: string) {
    this.#title = title;
  }

  /** Keys that several entries have. */
  get repeatedKeys(): number {
    return this.#keys.length;
  }

  /** The first of these keys, and how many entries have each. */
  firstRepeated(count: number): { readonly key: string; readonly entries: number }[] {
    return this.#keys.slice(0, count).map(([key, places]) => ({ key, entries: places.length }));
  }

  /** What is added from now on comes from this source, whose number it gives. */
  begin(source: ReportSource): number {
    const number = this.#sources.length;
    this.#sources.push(source);
    this.#others = { source, number, isCapitals: false, values: [] };
    this.#capitals = { source, number, isCapitals: true, values: [] };
    this.#sections.push(this.#others, this.#capitals);
    this.#last = undefined;
    this.size += source.text?.length ?? 0;
    return number;
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
    this.size += value.length;
    this.#countField(one);
    if (reason === 'case') this.capitals += 1;
    (reason === 'case' ? this.#capitals : this.#others)?.values.push(one);
  }

  #countField({ reason, field: name, value }: LostValue): void {
    // A type has no field: which one it was says more.
    const field = reason === 'type' ? value : name;
    const fields = this.#fields.get(reason) ?? new Map<string, FieldCount>();
    this.#fields.set(reason, fields);
    const folded = field.toLowerCase();
    const known = fields.get(folded);
    if (known) known.count += 1;
    else fields.set(folded, { field, count: 1 });
  }

  /** Keys that several entries of one output have, with their places in the sources. */
  addRepeated(keys: ReadonlyMap<string, readonly KeyPlace[]>): void {
    for (const repeated of keys) this.#keys.push(repeated);
  }

  /** The document of a query that `address` was given; undefined when there is none. An empty one is the first page. */
  document(query: string, address: ReportAddress): ReportDocument | undefined {
    const [kind = '', number = '', index = ''] = query.split('-');
    if (kind === 'value') return plain(this.#sections[Number(number)]?.values[Number(index)]?.value);
    if (kind === 'source') return plain(this.#sources[Number(number)]?.text);
    if (kind === 'keys') return this.#allKeys(address);
    return this.#page(Math.min(Math.max(0, Number(number) - 1), this.#pageCount - 1), address);
  }

  get #pageCount(): number {
    return Math.max(1, Math.ceil(this.count / PAGE));
  }

  #page(page: number, address: ReportAddress): ReportDocument {
    const writer = new ReportPage(this.#title, this.#sources, address);
    const entries = quantity(this.#entryCount, 'entry', 'entries');
    const lost = `${quantity(this.count, 'value')} of ${entries} not carried over unchanged`;
    writer.lines.push(`Conversion to ${this.#title}: ${this.count === 0 ? 'everything was carried over' : lost}`);
    if (page === 0) this.#addHints(writer.lines);
    if (this.#pageCount > 1) writer.addPages(page, this.#pageCount);
    writer.lines.push('');
    if (page === 0 && this.#keys.length > 0) {
      writer.addKeys(this.#keys.slice(0, KEYS_SHOWN), this.#keys.length);
      writer.lines.push('');
    }
    let before = 0;
    let named: ReportSource | undefined;
    // Capitals are behind all other losses, of whatever source: they are many, and matter least.
    for (const isCapitals of [false, true]) {
      this.#sections.forEach((section, number) => {
        if (section.isCapitals !== isCapitals) return;
        const from = Math.max(0, page * PAGE - before);
        const to = Math.min(section.values.length, (page + 1) * PAGE - before);
        before += section.values.length;
        if (from >= to) return;
        if (section.source !== named) writer.lines.push(section.source.name, '');
        named = section.source;
        writer.addSection(section, { number, from, to });
      });
    }
    if (this.#pageCount > 1) writer.addPages(page, this.#pageCount);
    return { text: writer.lines.join('\n'), links: writer.links };
  }

  #addHints(lines: string[]): void {
    if (this.#fields.has('no-slot')) lines.push(LOSSLESS_HINT);
    if (this.count <= MOST_WITHOUT_SUMMARY) return;
    const reasons = [...this.#fields].map(([reason, byName]) => {
      const fields = [...byName.values()].sort((one, other) => other.count - one.count);
      return { reason, fields, count: fields.reduce((sum, one) => sum + one.count, 0) };
    });
    // Capitals stand at the end, here too.
    reasons.sort((a, b) => Number(a.reason === 'case') - Number(b.reason === 'case') || b.count - a.count);
    const width = reasons.reduce((widest, { count }) => Math.max(widest, counted(count).length), 0);
    lines.push('');
    for (const { reason, fields, count } of reasons) {
      const named = fields
        .slice(0, FIELDS_NAMED)
        .map(one => `${oneLine(one.field.slice(0, LONGEST_NAME))} (${counted(one.count)})`);
      const what = `${named.join(', ')}${fields.length > FIELDS_NAMED ? ' …' : ''}`;
      lines.push(`  ${counted(count).padStart(width)}  ${reasonSentence(reason, this.#title)}: ${what}`);
    }
  }

  #allKeys(address: ReportAddress): ReportDocument {
    const writer = new ReportPage(this.#title, this.#sources, address);
    writer.addKeys(this.#keys, this.#keys.length);
    return { text: writer.lines.join('\n'), links: writer.links };
  }
}

const plain = (text: string | undefined): ReportDocument | undefined =>
  text === undefined ? undefined : { text, links: [] };

const LOSSLESS_HINT =
  'The setting colophon.convert.lossless lets values without a field travel along, in notes or in fields of their own.';
