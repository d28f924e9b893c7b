import {
  DIMENSION_COMMANDS,
  LETTER_COMMANDS,
  SILENT_COMMANDS,
  SKIPPED_ARGUMENT,
  SPACE_COMMANDS,
  TEX_ACCENTS,
  THIN_SPACE_COMMANDS,
} from '../data/texCommands.ts';
import { isBalanced, mathematicsEnd, readMathematics, writeMathematics } from './texMath.ts';
import type { OutputOptions } from './texOutput.ts';
import {
  ARGUMENT,
  BOLD,
  BRACES,
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
  TexOutput,
  UPPER_CASE,
} from './texOutput.ts';
import { symbolOf } from './texTables.ts';

/** What a command does with the argument behind it. */
const ARGUMENT_KINDS: ReadonlyMap<string, number> = new Map([
  ...['emph', 'textit', 'textsl', 'mkbibemph', 'mkbibitalic', 'mathit'].map(name => [name, LAYOUT + ITALIC] as const),
  ...['textbf', 'mkbibbold', 'mathbf'].map(name => [name, LAYOUT + BOLD] as const),
  ...['textsuperscript', 'mkbibsuperscript', 'textsup', 'sp'].map(name => [name, LAYOUT + RAISED] as const),
  ...['textsubscript', 'mkbibsubscript', 'textsub', 'sb'].map(name => [name, LAYOUT + LOWERED] as const),
  ...['textsc', 'mkbibsc'].map(name => [name, LAYOUT + SMALL_CAPITALS] as const),
  ...['enquote', 'mkbibquote', 'qoute', 'textquote'].map(name => [name, LAYOUT + QUOTES] as const),
  ['mkbibparens', LAYOUT + PARENTHESES],
  ['parentext', LAYOUT + PARENTHESES],
  ['mkbibbrackets', LAYOUT + BRACKETS],
  ['brackettext', LAYOUT + BRACKETS],
  ['MakeUppercase', UPPER_CASE],
  ['uppercase', UPPER_CASE],
  ['MakeLowercase', LOWER_CASE],
  ['lowercase', LOWER_CASE],
]);

/** Switches that hold to the end of the group. */
const FONT_KINDS: ReadonlyMap<string, number> = new Map([
  ...['it', 'em', 'sl', 'itshape', 'slshape', 'bfit'].map(name => [name, FONT + ITALIC] as const),
  ['bf', FONT + BOLD],
  ['bfseries', FONT + BOLD],
  ['sc', FONT + SMALL_CAPITALS],
  ['scshape', FONT + SMALL_CAPITALS],
]);

const VERBATIM_COMMANDS: ReadonlySet<string> = new Set(['url', 'nolinkurl', 'path', 'doi']);
const NAME = /[A-Za-z]+/uy;
const NUMBER = /[ \t\n\r]*(?:"([0-9A-Fa-f]{1,6})|'([0-7]{1,7})|([0-9]{1,7})) ?/uy;
const DIMENSION = /[ \t]*=?[ \t]*[-+]?[0-9.]*[ \t]*(?:em|ex|pt|mm|cm|in|bp|pc|mu|sp)?/uy;
const HEXADECIMAL_PAIR = /[0-9a-f]{2}/uy;
const CLOSING_QUOTE = /['’](?![\p{L}\p{N}])/uy;

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
  #dollarsEnd = false;
  #openQuotes = 0;
  #partners: Int32Array | undefined;

  constructor(tex: string, options: OutputOptions) {
    this.#tex = tex;
    this.#plain = options.plain;
    this.#output = new TexOutput(options);
  }

  read(): string {
    while (this.#at < this.#tex.length) {
      const kind = classOf(this.#tex, this.#at);
      if (kind === 0) this.#run();
      else if (kind === 1) this.#special(this.#tex.charAt(this.#at++));
      else {
        this.#at++;
        if (!this.#output.hasMarks) this.#output.space();
      }
    }
    return this.#output.toString();
  }

  /** Single spaces between words stay in the run. */
  #run(): void {
    const start = this.#at;
    let at = start + 1;
    while (at < this.#tex.length) {
      const kind = classOf(this.#tex, at);
      const goesOn =
        kind === 0 ||
        (this.#tex.charCodeAt(at) === 0x20 && at + 1 < this.#tex.length && classOf(this.#tex, at + 1) === 0);
      if (!goesOn) break;
      at++;
    }
    this.#at = at;
    this.#output.text(this.#tex.slice(start, at));
  }

  #special(char: string): void {
    switch (char) {
      case '\\':
        return this.#command();
      case '{':
        return this.#output.open(this.#output.hasMarks ? ARGUMENT : BRACES);
      case '}':
        return this.#output.close();
      case '$':
        return this.#dollar();
      case '~':
        return this.#tie('\u00a0');
      case '^':
        return this.#circumflex();
      default:
        return this.#output.text(this.#ligature(char));
    }
  }

  /** The ligatures of TeX's text fonts. */
  #ligature(char: string): string {
    const next = this.#tex.charAt(this.#at);
    if (char === '-' && next === '-')
      return this.#tex.charAt(this.#at + 1) === '-' ? this.#eat(2, '—') : this.#eat(1, '–');
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

  /** An apostrophe that ends a quotation opened by a lone grave accent. */
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
    if (pair === undefined) return this.#output.text('^');
    this.#at += 3;
    this.#character(Number.parseInt(pair, 16));
  }

  #character(code: number): void {
    if (code <= 0x20) this.#output.space();
    else if (code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) this.#output.text(String.fromCodePoint(code));
  }

  #dollar(): void {
    const end = this.#dollarsEnd ? -1 : mathematicsEnd(this.#tex, this.#at);
    if (end < 0) {
      this.#dollarsEnd = true;
      return this.#output.text('$');
    }
    const content = this.#tex.slice(this.#at, end);
    if (!isBalanced(content)) return this.#output.text('$');
    this.#mathematics(content, end + 1);
  }

  #mathematics(content: string, next: number): void {
    this.#at = next;
    const steps = readMathematics(content);
    if (steps === undefined) this.#output.mathematics(`$${content.replace(/\s+/gu, ' ')}$`);
    else writeMathematics(steps, this.#output);
  }

  #command(): void {
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#tex)?.[0];
    if (name === undefined) return this.#symbolCommand(this.#tex.charAt(this.#at++));
    const start = this.#at - 1;
    this.#at += name.length;
    if (this.#accentOrLetter(name)) return;
    const space = this.#skipSpace();
    const kind = ARGUMENT_KINDS.get(name);
    if (kind !== undefined) return this.#argument(kind);
    const font = FONT_KINDS.get(name);
    if (font !== undefined) return this.#font(font);
    if (SPACE_COMMANDS.has(name)) return this.#output.space();
    if (THIN_SPACE_COMMANDS.has(name)) return this.#tie('\u2009');
    if (SILENT_COMMANDS.has(name)) return;
    if (this.#skippingCommand(name) || this.#verbatimCommand(name)) return;
    const symbol = this.#symbol(name);
    if (symbol !== undefined) return this.#output.text(symbol);
    this.#unknown(start, space);
  }

  #accentOrLetter(name: string): boolean {
    const isLetter = LETTER_COMMANDS.has(name);
    const mark = isLetter || !Object.hasOwn(TEX_ACCENTS, name) ? undefined : TEX_ACCENTS[name];
    if (!isLetter && mark === undefined) return false;
    if (this.#output.atGroupStart) this.#output.unprotect();
    if (mark !== undefined) this.#output.mark(mark);
    this.#skipSpace();
    if (isLetter)
      this.#output.text(name === 'i' || name === 'j' ? (name === 'i' ? 'ı' : 'ȷ') : (symbolOf(name) ?? name));
    return true;
  }

  #symbolCommand(char: string): void {
    const mark = Object.hasOwn(TEX_ACCENTS, char) ? TEX_ACCENTS[char] : undefined;
    if (mark !== undefined) {
      if (this.#output.atGroupStart) this.#output.unprotect();
      return this.#output.mark(mark);
    }
    if (char === '') return this.#output.text('\\');
    if (char === '(' || char === '[') return this.#bracketed(char);
    if (char === ')' || char === ']' || '-/@!'.includes(char)) return;
    if (char === '\\' || char.trim() === '') return this.#output.space();
    if (THIN_SPACE_COMMANDS.has(char)) return this.#tie('\u2009');
    this.#output.text(char);
  }

  /** `\(x\)` and `\[x\]` are other words for dollar signs. */
  #bracketed(char: string): void {
    const end = this.#tex.indexOf(char === '(' ? '\\)' : '\\]', this.#at);
    const content = end < 0 ? '' : this.#tex.slice(this.#at, end);
    if (end >= 0 && isBalanced(content) && mathematicsEnd(content, 0) < 0) this.#mathematics(content, end + 2);
  }

  #argument(kind: number): void {
    if (this.#tex.charAt(this.#at) === '*') {
      this.#at++;
      this.#skipSpace();
    }
    const char = this.#tex.charAt(this.#at);
    if (char === '{') {
      this.#at++;
      return this.#output.open(kind);
    }
    const point = this.#tex.codePointAt(this.#at);
    if (point === undefined || classOf(this.#tex, this.#at) !== 0) return;
    const letter = String.fromCodePoint(point);
    this.#at += letter.length;
    this.#output.open(kind);
    this.#output.text(letter);
    this.#output.close();
  }

  #font(kind: number): void {
    if (this.#output.atGroupStart) this.#output.unprotect();
    this.#output.open(kind);
  }

  #skippingCommand(name: string): boolean {
    if (DIMENSION_COMMANDS.has(name)) {
      DIMENSION.lastIndex = this.#at;
      DIMENSION.test(this.#tex);
      this.#at = Math.max(this.#at, DIMENSION.lastIndex);
      return true;
    }
    if (!SKIPPED_ARGUMENT.has(name.toLowerCase()) && !SKIPPED_ARGUMENT.has(name)) return false;
    const end = this.#argumentEnd();
    if (end >= 0) this.#at = end + 1;
    this.#openArgument();
    return true;
  }

  #verbatimCommand(name: string): boolean {
    const end = this.#argumentEnd();
    if (name === 'ensuremath' && end >= 0) {
      const content = this.#tex.slice(this.#at + 1, end);
      if (isBalanced(content) && mathematicsEnd(content, 0) < 0) {
        this.#mathematics(content, end + 1);
        return true;
      }
    }
    if (name === 'char' || name === 'symbol') return this.#characterCommand();
    if (!VERBATIM_COMMANDS.has(name) || end < 0) return false;
    this.#output.text(
      this.#tex
        .slice(this.#at + 1, end)
        .replace(/\s+/gu, ' ')
        .trim(),
    );
    this.#at = end + 1;
    return true;
  }

  #characterCommand(): boolean {
    const braced = this.#tex.charAt(this.#at) === '{';
    NUMBER.lastIndex = this.#at + (braced ? 1 : 0);
    const match = NUMBER.exec(this.#tex);
    if (match === null || (braced && this.#tex.charAt(NUMBER.lastIndex) !== '}')) return false;
    this.#at = NUMBER.lastIndex + (braced ? 1 : 0);
    const [, hexadecimal, octal, decimal] = match;
    this.#character(
      hexadecimal !== undefined
        ? Number.parseInt(hexadecimal, 16)
        : octal !== undefined
          ? Number.parseInt(octal, 8)
          : Number(decimal),
    );
    return true;
  }

  /** Symbols such as `\mathbb{R}` have their argument in their name. */
  #symbol(name: string): string | undefined {
    const end = this.#argumentEnd();
    if (end >= 0 && end - this.#at < 8) {
      const symbol = symbolOf(name + this.#tex.slice(this.#at, end + 1));
      if (symbol !== undefined) {
        this.#at = end + 1;
        return symbol;
      }
    }
    return symbolOf(name);
  }

  /** A command nobody knows shows its argument, or without one itself. */
  #unknown(start: number, space: boolean): void {
    if (this.#openArgument()) return;
    this.#output.text(this.#tex.slice(start, this.#at).trimEnd());
    if (space) this.#output.space();
  }

  #openArgument(): boolean {
    if (this.#tex.charAt(this.#at) !== '{') return false;
    this.#at++;
    this.#output.open(ARGUMENT);
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
