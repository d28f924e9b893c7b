import { canonicalFieldName } from '../data/fields.ts';
import { valueText } from '../model/describe.ts';
import { withoutCaseMarks } from '../model/markup.ts';
import { sortedName } from '../model/name.ts';
import type { Reference, SourceField, Value } from '../model/reference.ts';
import type { Loss, LossReason } from './loss.ts';

/**
 * The fields of one reference while a writer works through them. A writer takes what it writes; what nobody took is left, and a
 * writer returns it as losses: so no value can get lost unseen.
 */
export class FieldBag {
  readonly reference: Reference;
  readonly losses: Loss[] = [];
  /** Those of `losses` that are values of fields, by field. */
  readonly lost = new Map<string, Loss[]>();
  readonly #taken = new Set<string>();
  #sources: Map<string, SourceField[]> | undefined;

  constructor(reference: Reference) {
    this.reference = reference;
  }

  has(name: string): boolean {
    return this.reference.fields.has(name) && !this.#taken.has(name);
  }

  /** The value without taking it. */
  peek(name: string): Value | undefined {
    // Most fields that a writer asks for are not there.
    const value = this.reference.fields.get(name);
    return value === undefined || this.#taken.has(name) ? undefined : value;
  }

  /** The value, once: a field that is taken counts as written. */
  take(name: string): Value | undefined {
    const value = this.peek(name);
    if (value !== undefined) {
      this.#taken.add(name);
    }
    return value;
  }

  /** The value as one string with its markup, lists joined with "; "; undefined when missing or taken. Takes it. */
  takeText(name: string): string | undefined {
    const value = this.take(name);
    return value === undefined ? undefined : markupText(value);
  }

  /** A text field's value without taking it. */
  peekText(name: string): string | undefined {
    const value = this.peek(name);
    return value === undefined ? undefined : markupText(value);
  }

  /** Gives a field back that has no place after all. */
  putBack(name: string): void {
    this.#taken.delete(name);
  }

  /** Reports a value that was written, but not as it was, or not at all. Takes it. */
  lose(name: string, reason: LossReason): void {
    const value = this.reference.fields.get(name);
    this.#taken.add(name);
    // A parent that was found is in the reference: its key says nothing more.
    const isResolved = (name === 'crossref' || name === 'xdata') && this.reference.inherited?.has(name) === true;
    if (value !== undefined && !isResolved) {
      this.#sources ??= sourcesOf(this.reference);
      const { key } = this.reference;
      const text = wholeText(value);
      const sources = this.#sources.get(name) ?? this.#sources.get(`=${text}`) ?? [{ name, text }];
      const fresh = sources.map((source): Loss => ({
        key,
        field: source.name,
        // The name of a string says nothing to whoever does not have the file.
        value: source.expanded ?? source.text,
        reason,
      }));
      this.lost.set(name, [...(this.lost.get(name) ?? []), ...fresh]);
      for (const loss of fresh) this.losses.push(loss);
    }
  }

  /** What nobody has taken so far, in the order of the source. */
  *left(): IterableIterator<[string, Value]> {
    for (const [name, value] of this.reference.fields) {
      if (!this.#taken.has(name)) {
        yield [name, value];
      }
    }
  }

  /** Reports everything that is left. */
  loseRest(reason: LossReason = 'no-slot'): void {
    for (const [name] of [...this.left()]) {
      this.lose(name, reason);
    }
  }
}

/** What a value has lost that is carried as another one. */
export const narrowing = (before: Value, now: Value): LossReason =>
  withoutCaseMarks(markupText(before)) === markupText(now) && markupText(before) !== markupText(now)
    ? 'case'
    : 'narrowed';

/** A value as one string, markup kept. */
export const markupText = (value: Value): string =>
  value.kind === 'text' || value.kind === 'verbatim'
    ? value.text
    : value.kind === 'list' || value.kind === 'keywords'
      ? value.items.join('; ')
      : valueText(value);

/** Names with all their parts. */
const wholeText = (value: Value): string =>
  value.kind === 'names'
    ? [...value.names.map(sortedName), ...(value.others ? ['et al.'] : [])].join('; ')
    : valueText(value);

const dateFields = new Set(['date', 'year', 'month', 'day']);

/**
 * By field, the names and texts under which the source has it. In notations that do not tell into which field a member went, it is known
 * again by its text, which stands behind `=`.
 */
function sourcesOf({ source, fields }: Reference): Map<string, SourceField[]> {
  const isBibtex = source.format === 'bibtex' || source.format === 'biblatex';
  const sources = new Map<string, SourceField[]>();
  /** Where to go on counting. */
  const numbers = new Map<string, number>();
  /** A field that is there once more has a name of its own in the reference: `title+2`, or as it is written. */
  const nameOf = (written: string, canonical: string): string => {
    if (!isBibtex || !sources.has(canonical)) return canonical;
    const second = written === canonical ? `${canonical}+2` : written;
    if (fields.has(second) && !sources.has(second)) return second;
    let number = numbers.get(canonical) ?? 3;
    while (sources.has(`${canonical}+${String(number)}`)) number++;
    numbers.set(canonical, number);
    const next = `${canonical}+${String(number)}`;
    return fields.has(next) ? next : canonical;
  };
  const add = (name: string | undefined, field: SourceField): void => {
    if (name === undefined) return;
    const known = sources.get(name);
    if (known === undefined) sources.set(name, [field]);
    else known.push(field);
  };
  for (const field of source.fields) {
    if (field.field !== undefined || source.format === 'ris') {
      add(field.field, field);
      continue;
    }
    if (dateFields.has(field.name.toLowerCase())) add('date', field);
    const canonical = canonicalFieldName(field.name);
    if (canonical !== 'date') add(nameOf(field.name.toLowerCase(), canonical), field);
    if (!isBibtex) sources.set(`=${field.text}`, [field]);
  }
  return sources;
}
