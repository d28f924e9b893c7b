import {
  OPERATOR_NAMES,
  SILENT_COMMANDS,
  SPACE_COMMANDS,
  TEX_ACCENTS,
  THIN_SPACE_COMMANDS,
} from '../data/texCommands.ts';
import type { TexOutput } from './texOutput.ts';
import { ARGUMENT, BOLD, LAYOUT, LOWERED, RAISED } from './texOutput.ts';
import { symbolOf } from './texTables.ts';

/** A piece of mathematics that text can show: characters, a mark for the next one, or the start and end of a group. */
type Step = { readonly text: string } | { readonly mark: string } | { readonly open: number } | 'close';

/** Where the mathematics that starts behind a dollar sign ends: at the next dollar sign, -1 without one. */
export function mathematicsEnd(tex: string, start: number): number {
  for (let at = start; at < tex.length; at++) {
    const char = tex.charCodeAt(at);
    if (char === 0x5c) at++;
    else if (char === 0x24) return at;
  }
  return -1;
}

/** Whether what stands between two dollar signs can be mathematics: no braces open, no two amounts of money ("$5 and $10"). */
export function isMathematics(tex: string, start: number, end: number): boolean {
  return !(isDigit(tex, start) && isDigit(tex, end + 1)) && isBalanced(tex.slice(start, end));
}

const isDigit = (tex: string, at: number): boolean => tex.charCodeAt(at) >= 0x30 && tex.charCodeAt(at) <= 0x39;

/** Whether every brace, escaped or not, has its partner: so BibTeX counts. */
export function isBalanced(tex: string): boolean {
  let depth = 0;
  for (let at = 0; at < tex.length && depth >= 0; at++) {
    const char = tex.charCodeAt(at);
    if (char === 0x7b) depth++;
    else if (char === 0x7d) depth--;
  }
  return depth === 0;
}

/** Writes what `readMathematics` found. */
export function writeMathematics(steps: readonly Step[], output: TexOutput): void {
  for (const step of steps) {
    if (step === 'close') output.close();
    else if ('text' in step) output.words(step.text);
    else if ('mark' in step) output.mark(step.mark);
    else output.open(step.open);
  }
}

const BOLD_COMMANDS: ReadonlySet<string> = new Set(['mathbf', 'bm', 'boldsymbol', 'textbf', 'bold', 'pmb', 'mathbfit']);
const FAMILIES: ReadonlySet<string> = new Set(['mathbb', 'mathfrak', 'mathscr', 'frac', 'ding']);
const TRANSPARENT: ReadonlySet<string> = new Set(
  (
    'mathrm mathit mathsf mathtt mathnormal text textrm textsf texttt textnormal textit rm it bf em sf tt mbox hbox operatorname mathop mathrel ' +
    'mathbin mathord mathopen mathclose ensuremath mathcal cal'
  ).split(' '),
);
const NARROW = ',:;!>/';
const LITERAL = '&%#_{}$ ';
const FAMILY_ARGUMENT = /\{[A-Za-z0-9]+\}(?:\{[A-Za-z0-9]+\})?/uy;
/** A root reaches as far as its bar: without one only a single sign is told from what follows. */
const ONE_SIGN = /[A-Za-z0-9]|\{(?:[A-Za-z]|[0-9]+)\}/uy;
const ONE_DIGIT = /\{?\s?[0-9]/uy;
const ONE_SYMBOL = /\{\s?(?:\\[A-Za-z]+|[^\\{}\s])\s?\}|\\[A-Za-z]+|[^\\{}]/uy;
const FONT_ARGUMENT = /\\([A-Za-z]+)\s*\{/uy;
const NAME = /[A-Za-z]+\*?/uy;

/** Mathematics that plain text with raised and lowered parts can show; undefined for what needs more (roots, fractions, nested indexes). */
export function readMathematics(tex: string): Step[] | undefined {
  return new MathReader(tex).read();
}

class MathReader {
  readonly #tex: string;
  readonly #steps: Step[] = [];
  /** For each open brace whether it opened a step. */
  readonly #groups: number[] = [];
  #script = false;
  #at = 0;

  constructor(tex: string) {
    this.#tex = tex;
  }

  read(): Step[] | undefined {
    while (this.#at < this.#tex.length) {
      if (!this.#step(this.#character())) return undefined;
    }
    return this.#groups.length === 0 ? this.#steps : undefined;
  }

  #step(char: string): boolean {
    switch (char) {
      case '\\':
        return this.#command();
      case '^':
        return this.#scripted(LAYOUT + RAISED);
      case '_':
        return this.#scripted(LAYOUT + LOWERED);
      case '{':
        return this.#open(ARGUMENT);
      case '}':
        return this.#close();
      case '&':
      case '$':
        return false;
      case ')':
      case ']':
        if (this.#last() === ' ') this.#steps.pop();
        return this.#text(char);
      case ' ':
        return this.#last() === '(' || this.#last() === '[' ? true : this.#text(char);
      default:
        return this.#text(char === '~' ? ' ' : char === "'" ? '′' : char);
    }
  }

  /** The text before; empty behind a mark, and where a group begins or ends. */
  #last(): string {
    const step = this.#steps.at(-1);
    return typeof step === 'object' && 'text' in step ? step.text : '';
  }

  #character(): string {
    const char = String.fromCodePoint(this.#tex.codePointAt(this.#at) ?? 0);
    this.#at += char.length;
    return char;
  }

  #open(kind: number): boolean {
    if (kind !== ARGUMENT) this.#steps.push({ open: kind });
    this.#groups.push(kind);
    return true;
  }

  #close(): boolean {
    const kind = this.#groups.pop();
    if (kind === undefined) return false;
    if (kind !== ARGUMENT) this.#steps.push('close');
    if (kind === LAYOUT + RAISED || kind === LAYOUT + LOWERED) this.#script = false;
    return true;
  }

  #scripted(kind: number): boolean {
    if (this.#script) return false;
    this.#skipSpace();
    const char = this.#tex.charAt(this.#at);
    if (char === '{') {
      this.#at++;
      this.#script = true;
      return this.#open(kind);
    }
    if (char === '' || '}^_&$'.includes(char)) return false;
    const font = char === '\\' ? this.#fontArgument() : '';
    this.#script = true;
    this.#at += font.length;
    if (font !== '') return this.#open(kind);
    const before = this.#steps.length;
    const isRead = this.#step(this.#character());
    this.#script = false;
    const [made, ...more] = this.#steps.splice(before);
    if (!isRead || made === undefined || more.length > 0 || typeof made === 'string' || !('text' in made)) return false;
    if (made.text === '∘') this.#steps.push({ text: '°' });
    else if (made.text === '′') this.#steps.push(made);
    else this.#steps.push({ open: kind }, made, 'close');
    return true;
  }

  /** `_\mathrm{eff}`: the font and the brace behind it. */
  #fontArgument(): string {
    FONT_ARGUMENT.lastIndex = this.#at;
    const [all = '', name = ''] = FONT_ARGUMENT.exec(this.#tex) ?? [];
    return TRANSPARENT.has(name) ? all : '';
  }

  #command(): boolean {
    NAME.lastIndex = this.#at;
    const name = NAME.exec(this.#tex)?.[0];
    if (name === undefined) return this.#symbolCommand(this.#tex.charAt(this.#at++));
    this.#at += name.length;
    const isSpaced = this.#skipSpace();
    if (FAMILIES.has(name)) return this.#family(name);
    if (TRANSPARENT.has(name) || SILENT_COMMANDS.has(name)) return this.#silence(name);
    if (SPACE_COMMANDS.has(name)) return this.#text(' ');
    if (THIN_SPACE_COMMANDS.has(name)) return true;
    if (name === 'sp' || name === 'sb') return this.#scripted(LAYOUT + (name === 'sp' ? RAISED : LOWERED));
    if (BOLD_COMMANDS.has(name)) return this.#bold();
    if (Object.hasOwn(TEX_ACCENTS, name) && name.length > 1) return this.#mark(name);
    const isOperator = OPERATOR_NAMES.has(name);
    const text = isOperator ? name : symbolOf(name);
    if (text === undefined || (name === 'sqrt' && !this.#matches(ONE_SIGN))) return false;
    this.#text(text);
    return isSpaced && this.#isParted(text, isOperator) ? this.#text(' ') : true;
  }

  #text(text: string): boolean {
    this.#steps.push({ text });
    return true;
  }

  /** `\left.` stands for no delimiter at all. */
  #silence(name: string): boolean {
    if ((name === 'left' || name === 'right') && this.#tex.charAt(this.#at) === '.') this.#at++;
    return true;
  }

  /** An accent over several letters has no text. A digit has a bar, as in the indices of crystals, where a letter has a macron. */
  #mark(name: string): boolean {
    const mark = name === 'bar' && this.#matches(ONE_DIGIT) ? TEX_ACCENTS['overline'] : TEX_ACCENTS[name];
    this.#steps.push({ mark: mark ?? '' });
    return this.#matches(ONE_SYMBOL);
  }

  /** Whether white space behind a command is to be seen: it ends `\alpha x`, and parts `x \in X`. */
  #isParted(symbol: string, isOperator: boolean): boolean {
    const next = this.#tex.charAt(this.#at);
    if (this.#script || symbol === '√' || next === '' || "^_}'&".includes(next)) return false;
    return isOperator || !/^\p{L}/u.test(symbol) || !/[\p{L}\p{N}\\]/u.test(next);
  }

  #symbolCommand(char: string): boolean {
    if (char === '' || !(NARROW + LITERAL).includes(char)) return false;
    return NARROW.includes(char) ? true : this.#text(char);
  }

  #family(name: string): boolean {
    FAMILY_ARGUMENT.lastIndex = this.#at;
    const argument = FAMILY_ARGUMENT.exec(this.#tex)?.[0] ?? '';
    const text = symbolOf(name + argument);
    if (argument === '' || text === undefined) return false;
    this.#at += argument.length;
    this.#steps.push({ text });
    return true;
  }

  #bold(): boolean {
    if (this.#tex.charAt(this.#at) !== '{') return true;
    this.#at++;
    return this.#open(LAYOUT + BOLD);
  }

  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    return pattern.test(this.#tex);
  }

  #skipSpace(): boolean {
    const start = this.#at;
    while (this.#at < this.#tex.length && this.#tex.charAt(this.#at).trim() === '') this.#at++;
    return this.#at > start;
  }
}
