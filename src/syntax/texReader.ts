import {
  DIMENSION_COMMANDS,
  LETTER_COMMANDS,
  SILENT_COMMANDS,
  SKIPPED_ARGUMENT,
  SPACE_COMMANDS,
  TEX_ACCENTS,
  THIN_SPACE_COMMANDS,
} from '../data/texCommands.ts';
import { writeChemistry } from './texChemistry.ts';
import { ARGUMENT_KINDS, FONT_KINDS, NUMBERED_ACCENTS, VERBATIM_COMMANDS } from './texLayouts.ts';
import { isBalanced, isMathematics, mathematicsEnd, readMathematics, writeMathematics } from './texMathematics.ts';
import type { OutputOptions } from './texOutput.ts';
import { ARGUMENT, BRACES, TexOutput } from './texOutput.ts';
import { symbolOf } from './texTables.ts';

const NAME = /[A-Za-z]+/uy;
const NUMBER = /[ \t\n\r]*(?:"([0-9A-Fa-f]{1,6})|'([0-7]{1,7})|`\\?([^\\])|`\\(\\)|([0-9]{1,7})) ?/uy;
const DIMENSION = /[ \t]*=?[ \t]*[-+]?[0-9.]*[ \t]*(?:em|ex|pt|mm|cm|in|bp|pc|mu|sp)? ?/uy;
const HEXADECIMAL_PAIR = /[0-9a-f]{2}/uy;
const CLOSING_QUOTE = /['’](?![\p{L}\p{N}])/uy;
const OPTIONAL_ARGUMENT = /\[[^[\]{}]{0,200}\]\s?(?=\{)/uy;
const LONGEST_SYMBOL_ARGUMENT = 8;
const LONGEST_VERBATIM = 2000;

/** 1: ends a run of text. 2: white space. */
const CLASSES = new Uint8Array(128);
for (const char of "\\{}$~-'`^?!") CLASSES[char.charCodeAt(0)] = 1;
for (const char of ' \t\n\v\f\r') CLASSES[char.charCodeAt(0)] = 2;
const classOf = (tex: string, at: number): number => CLASSES[tex.charCodeAt(at)] ?? 0;

/** Reads the TeX of a value. Any text is read: what is not TeX stands for itself. */
export function readTex(tex: string, options: OutputOptions): string {
  return new TexReader(tex, options).read();
}

class TexReader {
  readonly #tex: string;
  readonly #plain: boolean;
  readonly #output: TexOutput;
  #at = 0;
  #openQuotes = 0;
  /** Before these places it is known that no dollar sign, `\else` or bracketed mathematics is to be found. */
  #noDollarBefore = 0;
  #noElseBefore = 0;
  #noMathematicsBefore = 0;
  #partners: Int32Array | undefined;

  constructor(tex: string, options: OutputOptions) {
    this.#tex = tex;
    this.#plain = options.plain;
    this.#output = new TexOutput(options);
  }

  read(): string {
    while (this.#at < this.#tex.length) {
      const kind = classOf(this.#tex, this.#at);
      if (kind === 0) {
        this.#run();
      } else if (kind === 1) {
        this.#special(this.#tex.charAt(this.#at++));
      } else {
        this.#at++;
        // An accent takes the next letter, however far away.
        if (!this.#output.hasMarks) this.#output.space();
      }
    }
    return this.#output.toString();
  }

  /** Single spaces between words stay in the run. */
  #run(): void {
    const start = this.#at;
    const end = this.#tex.length;
    let at = start + 1;
    while (at < end) {
      const kind = classOf(this.#tex, at);
      const isSingleSpace = this.#tex.charCodeAt(at) === 0x20 && at + 1 < end && classOf(this.#tex, at + 1) === 0;
      if (kind !== 0 && !isSingleSpace) break;
      at++;
    }
    this.#at = at;
    this.#output.text(this.#tex.slice(start, at));
  }

  #special(char: string): void {
    if (char === '\\') this.#command();
    else if (char === '{') this.#output.open(this.#output.hasMarks ? ARGUMENT : BRACES);
    else if (char === '}') this.#output.close();
    else if (char === '$') this.#dollar();
    else if (char === '~') this.#tie('\u00a0');
    else if (char === '^') this.#circumflex();
    else this.#output.text(this.#ligature(char));
  }

  /** The ligatures of TeX's text fonts. */
  #ligature(char: string): string {
    const next = this.#tex.charAt(this.#at);
    if (char === '-' && next === '-') {
      return this.#tex.charAt(this.#at + 1) === '-' ? this.#eat(2, '—') : this.#eat(1, '–');
    }
    if (char === '`') {
      if (next === '`') return this.#eat(1, '“');
      this.#openQuotes++;
      return '‘';
    }
    if (char === "'") {
      if (next === "'") return this.#eat(1, '”');
      return this.#closesQuote() ? '’' : "'";
    }
    if (next === '`' && (char === '?' || char === '!')) return this.#eat(1, char === '?' ? '¿' : '¡');
    return char;
  }

  #eat(count: number, text: string): string {
    this.#at += count;
    return text;
  }

  /** Whether this apostrophe ends a quotation that a lone grave accent opened. */
  #closesQuote(): boolean {
    CLOSING_QUOTE.lastIndex = this.#at - 1;
    if (this.#openQuotes === 0 || !CLOSING_QUOTE.test(this.#tex)) return false;
    this.#openQuotes--;
    return true;
  }

  #tie(space: string): void {
    if (this.#plain) this.#output.space();
    else this.#output.text(space);
  }

  /** `^^e9` is the character of that number. */
  #circumflex(): void {
    HEXADECIMAL_PAIR.lastIndex = this.#at + 1;
    const pair = this.#tex.charAt(this.#at) === '^' ? HEXADECIMAL_PAIR.exec(this.#tex)?.[0] : undefined;
    if (pair === undefined) {
      this.#output.text('^');
    } else {
      this.#at += 3;
      this.#character(Number.parseInt(pair, 16));
    }
  }

  #character(code: number): void {
    if (code <= 0x20) this.#output.space();
    else if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) this.#output.text(String.fromCodePoint(code));
  }

  /** A dollar sign without a partner, or with braces open up to it, is one of money. */
  #dollar(): void {
    const end = this.#at < this.#noDollarBefore ? -1 : mathematicsEnd(this.#tex, this.#at);
    if (end < 0) this.#noDollarBefore = this.#tex.length;
    if (end >= 0 && isMathematics(this.#tex, this.#at, end)) this.#mathematics(this.#tex.slice(this.#at, end), end + 1);
    else this.#output.text('$');
  }

  #mathematics(content: string, next: number): void {
    this.#at = next;
    const steps = readMathematics(content);
    if (steps === undefined) this.#output.text(`$${content.replace(/[ \t\n\v\f\r]+/gu, ' ')}$`);
    else writeMathematics(steps, this.#output);
  }

  #command(): void {
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#tex)?.[0];
    if (name === undefined) {
      this.#symbolCommand(this.#tex.charAt(this.#at++));
      return;
    }
    this.#at += name.length;
    const isSpaced = this.#skipSpace();
    const mark = LETTER_COMMANDS.has(name) || !Object.hasOwn(TEX_ACCENTS, name) ? undefined : TEX_ACCENTS[name];
    if (mark !== undefined) this.#accent(mark);
    else if (LETTER_COMMANDS.has(name)) this.#letter(name);
    else if (!this.#layout(name) && !this.#silence(name) && !this.#ownArgument(name)) this.#symbol(name, isSpaced);
  }

  /** BibTeX takes braces that begin with an accent for one letter: they protect nothing. */
  #accent(mark: string): void {
    if (this.#output.atGroupStart) this.#output.unprotect();
    this.#output.mark(mark);
  }

  #letter(name: string): void {
    if (this.#output.atGroupStart) this.#output.unprotect();
    this.#output.text(symbolOf(name) ?? name);
  }

  #symbolCommand(char: string): void {
    const mark = Object.hasOwn(TEX_ACCENTS, char) ? TEX_ACCENTS[char] : undefined;
    if (mark !== undefined) this.#accent(mark);
    else if (char === '(' || char === '[') this.#bracketed(char);
    else if (char === '') this.#output.text('\\');
    else if (char === '\\' || classOf(char, 0) === 2) this.#output.space();
    else if (THIN_SPACE_COMMANDS.has(char)) this.#tie('\u2009');
    else if (classOf(char, 0) === 0 && !')]/@'.includes(char)) this.#at--;
    else if ('{}$?'.includes(char)) this.#output.text(char);
  }

  /** `\(x\)` and `\[x\]` are other words for dollar signs. */
  #bracketed(char: string): void {
    if (this.#at < this.#noMathematicsBefore) return;
    const end = this.#tex.indexOf(char === '(' ? '\\)' : '\\]', this.#at);
    const content = end < 0 ? undefined : this.#tex.slice(this.#at, end);
    if (content !== undefined && isFreeOfDollars(content)) this.#mathematics(content, end + 2);
    else this.#noMathematicsBefore = end < 0 ? this.#tex.length : end;
  }

  #layout(name: string): boolean {
    const kind = ARGUMENT_KINDS.get(name);
    const font = FONT_KINDS.get(name);
    if (kind !== undefined) this.#argument(kind);
    else if (font !== undefined) this.#font(font);
    return kind !== undefined || font !== undefined;
  }

  #argument(kind: number): void {
    if (this.#tex.charAt(this.#at) === '*') {
      this.#at++;
      this.#skipSpace();
    }
    if (this.#openArgument(kind) || this.#at >= this.#tex.length || classOf(this.#tex, this.#at) !== 0) return;
    const letter = String.fromCodePoint(this.#tex.codePointAt(this.#at) ?? 0);
    this.#at += letter.length;
    this.#output.open(kind);
    this.#output.text(letter);
    this.#output.close();
  }

  #font(kind: number): void {
    if (this.#output.atGroupStart) this.#output.unprotect();
    this.#output.open(kind);
  }

  /** Commands that print a space or nothing. */
  #silence(name: string): boolean {
    if (SPACE_COMMANDS.has(name)) {
      this.#output.space();
    } else if (THIN_SPACE_COMMANDS.has(name)) {
      this.#tie('\u2009');
    } else if (DIMENSION_COMMANDS.has(name)) {
      DIMENSION.lastIndex = this.#at;
      this.#at += DIMENSION.exec(this.#tex)?.[0].length ?? 0;
    } else if (SKIPPED_ARGUMENT.has(name)) {
      this.#at = Math.max(this.#at, this.#argumentEnd() + 1);
      this.#openArgument(ARGUMENT);
    } else if (name === 'ifmmode') {
      this.#skipToElse();
    } else {
      return SILENT_COMMANDS.has(name);
    }
    return true;
  }

  /** Of two ways to write a letter the second is the one for text. */
  #skipToElse(): void {
    if (this.#at < this.#noElseBefore) return;
    const end = this.#tex.indexOf('\\else', this.#at);
    if (end < 0) this.#noElseBefore = this.#tex.length;
    else this.#at = end + 5;
    this.#skipSpace();
  }

  /** Commands whose argument is mathematics, a formula, a number or no TeX at all. */
  #ownArgument(name: string): boolean {
    if (name === 'char' || name === 'symbol' || name === 'accent') return this.#numbered(name === 'accent');
    if (VERBATIM_COMMANDS.has(name)) return this.#verbatim();
    const end = name === 'ensuremath' || name === 'ce' || name === 'ch' ? this.#argumentEnd() : -1;
    if (end < Math.max(this.#noMathematicsBefore, 0)) return false;
    const content = this.#tex.slice(this.#at + 1, end);
    if (name === 'ensuremath' && isFreeOfDollars(content)) this.#mathematics(content, end + 1);
    else if (name !== 'ensuremath' && writeChemistry(content, this.#output)) this.#at = end + 1;
    else this.#noMathematicsBefore = end;
    return this.#at === end + 1;
  }

  #numbered(isAccent: boolean): boolean {
    const braced = this.#tex.charAt(this.#at) === '{';
    NUMBER.lastIndex = this.#at + (braced ? 1 : 0);
    const match = NUMBER.exec(this.#tex);
    if (match === null || (braced && this.#tex.charAt(NUMBER.lastIndex) !== '}')) return false;
    const [, hexadecimal, octal, character, backslash, decimal] = match;
    const code =
      hexadecimal !== undefined
        ? Number.parseInt(hexadecimal, 16)
        : octal !== undefined
          ? Number.parseInt(octal, 8)
          : ((character ?? backslash)?.codePointAt(0) ?? Number(decimal));
    const mark = isAccent ? NUMBERED_ACCENTS[code] : undefined;
    if (isAccent && mark === undefined) return false;
    this.#at = NUMBER.lastIndex + (braced ? 1 : 0);
    if (mark === undefined) this.#character(code);
    else this.#accent(mark);
    return true;
  }

  /** `\url{…}` and `\verb|…|`. Programs escape in addresses as if they were TeX. */
  #verbatim(): boolean {
    const braces = this.#argumentEnd();
    const delimiter = this.#tex.charAt(this.#at);
    const isDelimited = braces < 0 && delimiter !== '' && !/[\s\\{}\p{L}]/u.test(delimiter);
    const length = isDelimited ? this.#tex.slice(this.#at + 1, this.#at + LONGEST_VERBATIM).indexOf(delimiter) : -1;
    const end = length < 0 ? braces : this.#at + 1 + length;
    if (end < 0) return false;
    const content = this.#tex.slice(this.#at + 1, end).replace(/\\([_&%#$~])(?:\{\})?/gu, '$1');
    this.#output.words(content);
    this.#at = end + 1;
    return true;
  }

  /** Symbols such as `\mathbb{R}` have their argument in their name. A command nobody knows shows its argument. */
  #symbol(name: string, isSpaced: boolean): void {
    const end = this.#argumentEnd();
    const argument = end - this.#at < LONGEST_SYMBOL_ARGUMENT ? this.#tex.slice(this.#at, end + 1) : '';
    const long = argument === '' ? undefined : symbolOf(name + argument);
    const symbol = long ?? symbolOf(name);
    if (long !== undefined) this.#at = end + 1;
    if (symbol === undefined) this.#unknown(name, isSpaced);
    else this.#output.text(symbol);
  }

  /**
   * Without an argument a command nobody knows is the name of something when it begins with a capital (`\XML`), a change of
   * font when it begins a group of more, or else stands for itself.
   */
  #unknown(name: string, isSpaced: boolean): void {
    OPTIONAL_ARGUMENT.lastIndex = this.#at;
    this.#at += OPTIONAL_ARGUMENT.exec(this.#tex)?.[0].length ?? 0;
    const isCapital = name.charCodeAt(0) < 0x61;
    if (isCapital && this.#tex.startsWith('{}', this.#at)) this.#at += 2;
    else if (this.#openArgument(ARGUMENT)) return;
    if (!isCapital && isSpaced && this.#output.atGroupStart && this.#tex.charAt(this.#at) !== '}') {
      this.#output.unprotect();
      return;
    }
    this.#output.text(isCapital ? name : `\\${name}`);
    if (isSpaced) this.#output.space();
  }

  #openArgument(kind: number): boolean {
    if (this.#tex.charAt(this.#at) !== '{') return false;
    this.#at++;
    this.#output.open(kind);
    return true;
  }

  #skipSpace(): boolean {
    const start = this.#at;
    while (classOf(this.#tex, this.#at) === 2) this.#at++;
    return this.#at > start;
  }

  /** The end of the braces that start here; -1 without braces, or when they stay open. */
  #argumentEnd(): number {
    if (this.#tex.charAt(this.#at) !== '{') return -1;
    this.#partners ??= partners(this.#tex);
    return (this.#partners[this.#at] ?? 0) - 1;
  }
}

const isFreeOfDollars = (content: string): boolean => isBalanced(content) && mathematicsEnd(content, 0) < 0;

/** For each opening brace one more than the place of its partner, 0 without one. Escaped braces are text. */
function partners(tex: string): Int32Array {
  const ends = new Int32Array(tex.length);
  const open: number[] = [];
  for (let at = 0; at < tex.length; at++) {
    const char = tex.charCodeAt(at);
    if (char === 0x5c) at++;
    else if (char === 0x7b) open.push(at);
    else if (char === 0x7d) {
      const start = open.pop();
      if (start !== undefined) ends[start] = at + 1;
    }
  }
  return ends;
}
