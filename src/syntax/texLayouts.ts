import {
  ARGUMENT,
  BOLD,
  BRACKETS,
  FONT,
  ITALIC,
  LAYOUT,
  LOWERED,
  LOWER_CASE,
  PARENTHESES,
  QUOTES,
  RAISED,
  SMALL_CAPITALS,
  UPPER_CASE,
} from './texOutput.ts';

/** What a command does with the argument behind it. */
export const ARGUMENT_KINDS = kinds({
  'emph textit textsl mkbibemph mkbibitalic mathit': LAYOUT + ITALIC,
  'textbf mkbibbold mathbf': LAYOUT + BOLD,
  'textsuperscript mkbibsuperscript textsup sp': LAYOUT + RAISED,
  'textsubscript mkbibsubscript textsub sb': LAYOUT + LOWERED,
  'textsc mkbibsc': LAYOUT + SMALL_CAPITALS,
  'enquote mkbibquote textquote': LAYOUT + QUOTES,
  'mkbibparens parentext': LAYOUT + PARENTHESES,
  'mkbibbrackets brackettext': LAYOUT + BRACKETS,
  'MakeUppercase uppercase': UPPER_CASE,
  'MakeLowercase lowercase': LOWER_CASE,
  'textrm textsf texttt textup textmd textnormal text mbox hbox': ARGUMENT,
});

/** Switches that hold to the end of the group. */
export const FONT_KINDS = kinds({
  'it em sl itshape slshape': FONT + ITALIC,
  'bf bfseries': FONT + BOLD,
  'sc scshape': FONT + SMALL_CAPITALS,
});

/** Commands whose argument is no TeX. */
export const VERBATIM_COMMANDS: ReadonlySet<string> = new Set(['url', 'nolinkurl', 'path', 'doi', 'verb', 'lstinline']);

/** Where the fonts of plain TeX have the accents that `\accent` names by number (The TeXbook, appendix F). */
export const NUMBERED_ACCENTS: Readonly<Record<number, string>> = {
  0o22: '\u0300',
  0o23: '\u0301',
  0o24: '\u030c',
  0o25: '\u0306',
  0o26: '\u0304',
  0o27: '\u030a',
  0o30: '\u0327',
  0o136: '\u0302',
  0o137: '\u0307',
  0o175: '\u030b',
  0o176: '\u0303',
  0o177: '\u0308',
};

function kinds(groups: Readonly<Record<string, number>>): ReadonlyMap<string, number> {
  return new Map(
    Object.entries(groups).flatMap(([names, kind]) => names.split(' ').map(name => [name, kind] as const)),
  );
}
