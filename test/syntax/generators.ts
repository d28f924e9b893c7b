import * as fc from 'fast-check';
import type { TextEdit } from '../../src/text/edit.ts';

/** Texts made of fragments of a syntax. */
export const lines = (fragments: readonly string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...fragments), { maxLength: 40, size: 'max' }).map(parts => parts.join(''));

/** An edit whose place is a share of the text it will meet. */
export interface PlannedEdit {
  readonly place: number;
  readonly removed: number;
  readonly newText: string;
}

export const plannedEdits = (texts: fc.Arbitrary<string>): fc.Arbitrary<PlannedEdit[]> =>
  fc.array(fc.record({ place: fc.double({ min: 0, max: 1, noNaN: true }), removed: fc.nat(6), newText: texts }), {
    minLength: 1,
    maxLength: 8,
  });

export function placed({ place, removed, newText }: PlannedEdit, text: string): TextEdit {
  const start = Math.floor(place * text.length);
  return { span: { start, end: Math.min(text.length, start + removed) }, newText };
}
