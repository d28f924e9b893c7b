import { isKeyMadeFrom } from '../model/citationKey.ts';
import type { CarriedRecord, Reference, Value } from '../model/reference.ts';
import { slice } from '../text/span.ts';
import { canCarry, usualGap } from './carried.ts';
import { sameValue } from './cslCustom.ts';
import type { Blocks, Format, WritableFormat, Written } from './format.ts';
import { isWritable } from './format.ts';

/** Records of a file as they are carried along through another format; undefined for a format whose records are not. */
export function recordCarrier(
  text: string,
  blocks: Blocks,
  source: Format,
): ((entry: number) => CarriedRecord) | undefined {
  if (!canCarry(source.name)) {
    return undefined;
  }
  const last = blocks.entryCount - 1;
  return entry => {
    const { start, end } = blocks.entrySpan(entry);
    if (source.frame !== undefined) {
      return { format: source.name, text: text.slice(indentedStart(text, start), end), before: usualGap, after: '' };
    }
    const before = text.slice(entry === 0 ? 0 : blocks.entrySpan(entry - 1).end, start);
    return { format: source.name, text: text.slice(start, end), before, after: entry === last ? text.slice(end) : '' };
  };
}

/** The start of the line when only blanks stand before the entry. */
function indentedStart(text: string, start: number): number {
  let at = start;
  while (at > 0 && (text[at - 1] === ' ' || text[at - 1] === '\t')) at--;
  return at === 0 || text[at - 1] === '\n' || text[at - 1] === '\r' ? at : start;
}

/** Puts carried records back into a file of the format that they were in. */
export class RecordRestorer {
  readonly #source: Format;
  readonly #target: WritableFormat;
  readonly #lossless: boolean;

  constructor(source: Format, target: WritableFormat, lossless: boolean) {
    this.#source = source;
    this.#target = target;
    this.#lossless = lossless;
  }

  /**
   * The record, with the text before and behind it where the format has no frame: as it was, or, where the reference says something
   * else by now, with that written anew. Undefined for what is no record of the format.
   */
  restore(reference: Reference, carried: CarriedRecord): Written | undefined {
    const own = carried.format === this.#target.name ? this.#only(carried.text) : undefined;
    if (own === undefined) {
      return undefined;
    }
    const { text, losses } = this.#record(reference, carried, own);
    const { frame } = this.#target;
    if (frame !== undefined) {
      return { text: frame.between === '' ? `${text.trimEnd()}\n` : text, losses };
    }
    const { before, after } = carried;
    return { text: isGap(before) && isGap(after) ? before + text + after : usualGap + text, losses };
  }

  #record(reference: Reference, record: CarriedRecord, own: OwnRecord): Written {
    const expected = this.#reread({ ...own.reference, record });
    const isKeySame = reference.key === expected.key || (own.isKeyMade && isKeyMadeFrom(reference.key, expected.key));
    const names = new Set([...own.reference.fields.keys(), ...expected.fields.keys(), ...reference.fields.keys()]);
    const changed = new Set(
      [...names].filter(name => !sameValue(expected.fields.get(name), reference.fields.get(name))),
    );
    const isTypeSame = reference.type === expected.type;
    if (isKeySame && isTypeSame && changed.size === 0) {
      return { text: record.text, losses: [] };
    }
    const mixed: Reference = {
      key: isKeySame ? own.reference.key : reference.key,
      type: isTypeSame ? own.reference.type : reference.type,
      fields: mixedFields(own.reference, reference, changed),
      source: own.reference.source,
    };
    const written = this.#write(mixed);
    const untold = this.#untold(reference, mixed, written.text, record);
    return untold.size === 0 ? written : this.#write({ ...mixed, fields: new Map([...mixed.fields, ...untold]) });
  }

  #write(reference: Reference): Written {
    const options = { lossless: this.#lossless };
    const { frame } = this.#target;
    const written = frame === undefined ? this.#target.write([reference], options) : frame.write(reference, options);
    return frame === undefined ? { ...written, text: written.text.trimEnd() } : written;
  }

  /** Fields that come from the record and are none of it, as the spelling of a language: where their field is gone, nothing tells them. */
  #untold(reference: Reference, mixed: Reference, text: string, record: CarriedRecord): ReadonlyMap<string, Value> {
    const further = [...reference.fields].filter(([name]) => !mixed.fields.has(name));
    if (further.length === 0) return new Map();
    const own = this.#only(text);
    const told = own === undefined ? mixed.fields : this.#reread({ ...own.reference, record }).fields;
    return new Map(further.filter(([name, value]) => !sameValue(told.get(name), value)));
  }

  /** What a record says after a way through the other format on which nobody changed anything. */
  #reread(own: Reference): Reference {
    if (!isWritable(this.#source)) {
      return own;
    }
    const { text } = this.#source.write([own], { lossless: true });
    const blocks = this.#source.scan(text);
    return blocks.entryCount === 1 ? this.#source.read(text, blocks, 0) : own;
  }

  /** The reference of a text that is one record of the target and nothing else. */
  #only(text: string): OwnRecord | undefined {
    const { open, close } = this.#target.frame ?? { open: '', close: '' };
    const whole = open + text + close;
    const blocks = this.#target.scan(whole);
    if (blocks.entryCount !== 1 || slice(whole, blocks.entrySpan(0)).trim() !== text.trim()) {
      return undefined;
    }
    const reference = this.#target.read(whole, blocks, 0);
    return { reference, isKeyMade: slice(whole, blocks.keySpan(0)) !== reference.key };
  }
}

interface OwnRecord {
  readonly reference: Reference;
  /** Whether the record has no key of its own. */
  readonly isKeyMade: boolean;
}

/** Whether a text between records is none that could add to the records around it. */
const isGap = (text: string): boolean => text.trim() === '';

/** The fields of the record, those that changed since as they are now. */
function mixedFields(own: Reference, reference: Reference, changed: ReadonlySet<string>): Map<string, Value> {
  const fields = new Map<string, Value>();
  for (const [name, value] of own.fields) {
    const now = changed.has(name) ? reference.fields.get(name) : value;
    if (now !== undefined) {
      fields.set(name, now);
    }
  }
  for (const name of changed) {
    const value = reference.fields.get(name);
    if (value !== undefined) {
      fields.set(name, value);
    }
  }
  return fields;
}
