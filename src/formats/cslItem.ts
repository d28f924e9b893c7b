import type { Reference } from '../model/reference.ts';
import { carriedName, readCarried, recordIn } from './carried.ts';
import { addCustom, applyCustom } from './cslCustom.ts';
import type { CslItem } from './cslFields.ts';
import { readPlain, readType } from './cslRead.ts';
import { ItemWriter } from './cslWrite.ts';
import type { Loss } from './loss.ts';

/** A reference as formatting engines want it; what CSL has no variable for is left out. */
export const toCsl = (reference: Reference): CslItem => new ItemWriter(reference).write({ notes: 'none' }).item;

/** Writes one reference. With `lossless`, what does not read back the same travels in `custom`. */
export function writeItem(
  reference: Reference,
  options: { readonly lossless: boolean },
): { item: CslItem; losses: Loss[] } {
  const writer = new ItemWriter(reference);
  const { item, bag } = writer.write({ notes: options.lossless ? 'addresses' : 'facts' });
  if (!options.lossless) {
    bag.loseRest();
    // A type that is said only more broadly; an unknown one is among the losses already.
    const { key, type, source } = reference;
    if (readType(item).type !== type && !bag.losses.some(loss => loss.reason === 'type')) {
      bag.losses.push({ key, field: 'type', value: source.type === '' ? type : source.type, reason: 'type' });
    }
    return { item, losses: bag.losses };
  }
  addCustom(item, reference);
  return { item, losses: [] };
}

/** Reads one item. `custom` as this module writes it gives back what CSL could not say. */
export function readItem(item: Readonly<Record<string, unknown>>): Omit<Reference, 'source'> {
  const plain = readPlain(item);
  const custom = item['custom'];
  if (typeof custom !== 'object' || custom === null || Array.isArray(custom)) {
    return plain;
  }
  const members = custom as Record<string, unknown>;
  const reference = applyCustom(plain, item, members);
  const carried = readCarried(members[carriedName], reference.fields);
  const record = recordIn(members)?.(reference.fields);
  return {
    ...reference,
    ...(carried !== undefined && { carried }),
    ...(record !== undefined && { record }),
  };
}
