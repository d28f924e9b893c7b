import { readTex } from './texReader.ts';

export { encodeTex } from './texEncode.ts';

const MARKUP = /[\\{}$~`]|--|''|\^\^/u;
const UNFOLDED = /[\t\n\v\f\r]|^ | $| {2}/u;

/**
 * The text of a value as the model holds it: Unicode with CSL's inline markup, mathematics that text cannot show between
 * dollar signs. `nocase: false` leaves out what braces protect from changes of case.
 */
export function decodeTex(tex: string, options: { readonly nocase?: boolean } = {}): string {
  return MARKUP.test(tex) ? readTex(tex, { plain: false, nocase: options.nocase !== false }) : folded(tex);
}

/** The text of a value for search and display, without markup. */
export function plainTex(tex: string): string {
  return MARKUP.test(tex) ? readTex(tex, { plain: true, nocase: false }) : folded(tex);
}

const folded = (text: string): string =>
  UNFOLDED.test(text) ? text.replace(/[ \t\n\v\f\r]+/gu, ' ').replace(/^ | $/gu, '') : text;
