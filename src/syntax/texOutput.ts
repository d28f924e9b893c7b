import { SPACING_ACCENTS } from '../data/texCommands.ts';

/** Kinds of open groups. Layouts and fonts stand for an entry of `LAYOUTS`; a font ends with the group around it. */
export const BRACES = 0;
export const ARGUMENT = 1;
export const UPPER_CASE = 2;
export const LOWER_CASE = 3;
export const LAYOUT = 10;
export const FONT = 20;

/** Opening and closing text by layout. */
const LAYOUTS = [
  ['<i>', '</i>'],
  ['<b>', '</b>'],
  ['<sup>', '</sup>'],
  ['<sub>', '</sub>'],
  ['<span style="font-variant:small-caps;">', '</span>'],
  ['(', ')'],
  ['[', ']'],
  ['“', '”'],
  ['‘', '’'],
] as const;
export const [ITALIC, BOLD, RAISED, LOWERED, SMALL_CAPITALS, PARENTHESES, BRACKETS, QUOTES] = [
  0, 1, 2, 3, 4, 5, 6, 7,
] as const;
/** Quotation marks within quotation marks. */
const INNER_QUOTES = 8;

const NOCASE = ['<span class="nocase">', '</span>'] as const;
const CASED = /[\p{Lu}\p{Ll}\p{Lt}]/u;
const RAISABLE = /^[-+0-9]+$/;

/** What to write: text with markup, or text alone. */
export interface OutputOptions {
  readonly plain: boolean;
  readonly nocase: boolean;
}

/**
 * Collects the text of a value: folds white space, joins marks and letters, and closes what was opened.
 * Tags and spaces get an empty chunk where they may have to stand, filled once it is known that they must: nothing is cut or copied twice.
 */
export class TexOutput {
  readonly #options: OutputOptions;
  readonly #chunks: string[] = [];
  readonly #kinds: number[] = [];
  readonly #openedAt: number[] = [];
  readonly #textsBefore: number[] = [];
  readonly #casedBefore: number[] = [];
  /** Pairs of chunk indexes of groups in braces that hold letters, in the order of their ends. */
  readonly #protected: [number, number][] = [];
  #texts = 0;
  #cased = 0;
  #spaceAt = -1;
  #marks = '';
  #raised = 0;
  #upper = 0;
  #lower = 0;
  #quotes = 0;

  constructor(options: OutputOptions) {
    this.#options = options;
  }

  /** Whether nothing has been written since the innermost group opened. */
  get atGroupStart(): boolean {
    return this.#textsBefore.length > 0 && this.#textsBefore.at(-1) === this.#texts;
  }

  /** Adds white space; runs of it become one space, and none at the ends. */
  space(): void {
    if (this.#texts > 0 && this.#spaceAt < 0) this.#spaceAt = this.#chunks.push('') - 1;
  }

  /** Adds text that holds no white space to fold. */
  text(text: string): void {
    if (text === '') return;
    let shown = text;
    if (this.#marks !== '') shown = this.#accented(shown);
    if (this.#upper > 0) shown = shown.toUpperCase();
    else if (this.#lower > 0) shown = shown.toLowerCase();
    if (this.#raised > 0 && this.#options.plain && RAISABLE.test(shown)) shown = raised(shown);
    if (this.#options.nocase && CASED.test(shown)) this.#cased++;
    this.#write(shown);
  }

  /** Adds text with the white space in it. */
  words(text: string): void {
    for (const [index, word] of text.split(/[ \t\n\v\f\r]+/u).entries()) {
      if (index > 0) this.space();
      this.text(word);
    }
  }

  /** Adds a combining mark for the next letter; further marks go outside it. */
  mark(mark: string): void {
    this.#marks = mark + this.#marks;
  }

  get hasMarks(): boolean {
    return this.#marks !== '';
  }

  /** Writes marks that found no letter by themselves. */
  dropMarks(): void {
    if (this.#marks === '') return;
    const marks = this.#marks;
    this.#marks = '';
    this.text(SPACING_ACCENTS[marks] ?? `\u00a0${marks}`);
  }

  open(kind: number): void {
    if (kind === UPPER_CASE) this.#upper++;
    else if (kind === LOWER_CASE) this.#lower++;
    else if (kind === LAYOUT + RAISED) this.#raised++;
    else if (kind === LAYOUT + QUOTES) this.#quotes++;
    this.#kinds.push(kind);
    this.#openedAt.push(this.#chunks.push('') - 1);
    this.#textsBefore.push(this.#texts);
    this.#casedBefore.push(this.#cased);
  }

  /** Makes the innermost group, if it is one of plain braces, one that protects nothing. */
  unprotect(): void {
    if (this.#kinds.at(-1) === BRACES) this.#kinds[this.#kinds.length - 1] = ARGUMENT;
  }

  /** Closes the innermost group and the fonts chosen within it. Without a group it does nothing. */
  close(): void {
    this.dropMarks();
    while ((this.#kinds.at(-1) ?? 0) >= FONT) this.#closeInnermost();
    if (this.#kinds.length > 0) this.#closeInnermost();
  }

  toString(): string {
    this.dropMarks();
    while (this.#kinds.length > 0) this.#closeInnermost();
    if (this.#options.nocase) this.#protectCapitals();
    return this.#chunks.join('');
  }

  #write(text: string): void {
    if (this.#spaceAt >= 0) {
      this.#chunks[this.#spaceAt] = ' ';
      this.#spaceAt = -1;
    }
    this.#chunks.push(text);
    this.#texts++;
  }

  #accented(text: string): string {
    const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
    const base = first === 'ı' ? 'i' : first === 'ȷ' ? 'j' : first;
    const letter = (base + this.#marks).normalize('NFC');
    this.#marks = '';
    return letter + text.slice(first.length);
  }

  #closeInnermost(): void {
    const kind = this.#kinds.pop() ?? BRACES;
    const openedAt = this.#openedAt.pop() ?? 0;
    const isEmpty = this.#textsBefore.pop() === this.#texts;
    const isCased = this.#casedBefore.pop() !== this.#cased;
    if (kind === UPPER_CASE) this.#upper--;
    else if (kind === LOWER_CASE) this.#lower--;
    else if (kind === LAYOUT + RAISED) this.#raised--;
    else if (kind === LAYOUT + QUOTES) this.#quotes--;
    if (isEmpty) return;
    if (kind === BRACES && isCased) this.#protected.push([openedAt, this.#chunks.push('') - 1]);
    else if (kind >= LAYOUT) this.#layOut(kind % LAYOUT, openedAt);
  }

  #layOut(layout: number, openedAt: number): void {
    if (this.#options.plain && layout < PARENTHESES) return;
    const inner = layout === QUOTES && this.#quotes % 2 === 1;
    const [opening, closing] = LAYOUTS[inner ? INNER_QUOTES : layout] ?? ['', ''];
    this.#chunks[openedAt] = opening;
    this.#chunks.push(closing);
  }

  /** Braces within braces add nothing, and braces around the whole value are a way to write a value. */
  #protectCapitals(): void {
    const first = this.#chunks.findIndex(chunk => chunk !== '');
    const last = this.#chunks.findLastIndex(chunk => chunk !== '');
    let protectedUntil = -1;
    for (const [start, end] of this.#protected.sort(([a], [b]) => a - b)) {
      if (start < protectedUntil || (start <= first && last <= end)) continue;
      this.#chunks[start] = NOCASE[0];
      this.#chunks[end] = NOCASE[1];
      protectedUntil = end;
    }
  }
}

function raised(digits: string): string {
  return Array.from(digits, digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? (digit === '-' ? '⁻' : '⁺')).join('');
}
