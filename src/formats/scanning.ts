import type { Blocks, Format } from './format.ts';

/** Finds the entries of a text in steps where the format can, so that others can work in between. */
export function* scanning(format: Format, text: string): Generator<undefined, Blocks> {
  return format.scanning === undefined ? format.scan(text) : yield* format.scanning(text);
}
