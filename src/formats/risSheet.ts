import { fieldKind } from '../data/fields.ts';
import { risNoteLabels, risTagOrder, risTagsOfField } from '../data/risTags.ts';
import { withoutCaseMarks, withoutMarkup } from '../model/markup.ts';
import type { FieldBag } from './fieldBag.ts';
import type { RisLine } from './risLines.ts';
import { encodeEntities, oneLine, withoutTagMark } from './risValue.ts';

/** Tags that may stand several times in a record. */
const repeatable: ReadonlySet<string> = new Set('AU A2 A3 A4 ED KW N1 SN UR L1'.split(' '));

const places: ReadonlyMap<string, number> = new Map(risTagOrder.map((tag, place) => [tag, place]));

/** The place of a tag in the table; behind all others for one that is not in it. */
const placeOf = (tag: string): number => places.get(tag) ?? places.size;

/** The tags of a record while it is written. */
export class RisSheet {
  readonly #bag: FieldBag;
  readonly #ris: string;
  /** Whether notes may say in words what has no tag; otherwise that is reported, so that a sidecar can take it exactly. */
  readonly #hasLabels: boolean;
  readonly #tags = new Map<string, string[]>();
  readonly #narrowed = new Map<string, 'case' | 'narrowed'>();

  constructor(bag: FieldBag, ris: string, hasLabels: boolean) {
    this.#bag = bag;
    this.#ris = ris;
    this.#hasLabels = hasLabels;
  }

  /** Whether a tag has a value. */
  has(tag: string): boolean {
    return this.#tags.has(tag);
  }

  /** All lines in the order of the table. */
  lines(): RisLine[] {
    const lines: RisLine[] = [];
    for (const [tag, texts] of [...this.#tags].sort(([a], [b]) => placeOf(a) - placeOf(b))) {
      for (const text of texts) lines.push({ tag, text });
    }
    return lines;
  }

  /** The text of a field in one line and without markup that RIS does not have; reports what that costs. */
  plain(field: string, text: string): string {
    const bare = this.#bag.reference.source.format === 'ris' ? text : withoutMarkup(text);
    const whole = oneLine(bare);
    const line = withoutTagMark(whole);
    if (bare !== text || line !== whole || /[\r\n]/u.test(bare.trim())) {
      const isCase = line === withoutCaseMarks(text).trim();
      this.narrow(field, isCase ? 'case' : 'narrowed');
    }
    return fieldKind(field) === 'verbatim' && field !== 'doi' ? line : encodeEntities(line);
  }

  /** Reports once that a field is carried less exactly. */
  narrow(field: string, reason: 'case' | 'narrowed' = 'narrowed'): void {
    const known = this.#narrowed.get(field);
    if (known === undefined || (known === 'case' && reason === 'narrowed')) {
      this.#narrowed.set(field, reason);
      this.#bag.lose(field, reason);
    }
  }

  /** Takes a field as text on one line; undefined when it is missing, empty or already written. */
  take(field: string): string | undefined {
    const text = this.#bag.takeText(field);
    return text === undefined || text.trim() === '' ? undefined : this.plain(field, text);
  }

  /** Adds a value to a tag; empty ones are no values. */
  put(tag: string, text: string): void {
    if (text === '') {
      return;
    }
    const texts = this.#tags.get(tag);
    if (texts === undefined) {
      this.#tags.set(tag, [text]);
    } else {
      texts.push(text);
    }
  }

  /** Writes one value into the best tag that is free; false when there is none. */
  putField(field: string, text: string): boolean {
    for (const row of risTagsOfField(field, this.#ris)) {
      if (repeatable.has(row.tag) || !this.#tags.has(row.tag)) {
        this.put(row.tag, text);
        if (row.use === 'narrow') {
          this.narrow(field);
        }
        return true;
      }
    }
    return false;
  }

  /** A note behind the name of what it tells; false when the field has no place in the notes. */
  putNote(field: string, text: string): boolean {
    const label = this.#hasLabels && Object.hasOwn(risNoteLabels, field) ? risNoteLabels[field] : undefined;
    if (label === undefined) {
      return false;
    }
    this.put('N1', `${label}: ${text}`);
    return true;
  }

  /** Writes one value where it can stand; reports it, and false, where it cannot. */
  putOrLose(field: string, text: string): boolean {
    const isWritten = this.putField(field, text) || this.putNote(field, text);
    if (!isWritten) {
      this.#bag.lose(field, risTagsOfField(field, this.#ris).length > 0 ? 'slot-taken' : 'no-slot');
    }
    return isWritten;
  }
}
