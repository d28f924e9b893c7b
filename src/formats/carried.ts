import type { CarriedEntry } from '../model/reference.ts';

/** What stands between two entries unless something else is said. */
const usualGap = '\n\n';

/** A carried entry as JSON takes it along, for `custom` of CSL-JSON and notes of RIS. */
export function writeCarried({ text, before, after, strings, inherited }: CarriedEntry): Record<string, unknown> {
  return {
    text,
    ...(before !== usualGap && { before }),
    ...(after !== '' && { after }),
    ...(Object.keys(strings).length > 0 && { strings }),
    ...(inherited.length > 0 && { inherited }),
  };
}

/** Undefined when it is nothing that `writeCarried` wrote. */
export function readCarried(value: unknown): CarriedEntry | undefined {
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  const { text, before = usualGap, after = '', strings, inherited } = value as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string' || typeof before !== 'string' || typeof after !== 'string') {
    return undefined;
  }
  return {
    text,
    before,
    after,
    strings:
      typeof strings === 'object' && strings !== null
        ? Object.fromEntries(Object.entries(strings).map(([name, meaning]) => [name, String(meaning)]))
        : {},
    inherited: Array.isArray(inherited) ? inherited.map(String) : [],
  };
}

/** The name of the sidecar that holds it. */
export const carriedName = 'bib:entry';
