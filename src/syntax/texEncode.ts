import { LETTER_COMMANDS, TEX_ACCENTS } from '../data/texCommands.ts';
import { isBalanced, isMathematics, mathematicsEnd, readMathematics } from './texMathematics.ts';
import { nameOf } from './texTables.ts';

const SPECIAL = /[\\{}$&%#_~^<`–—“”\u00a0\u2009]|--|''/u;
const NOT_ASCII = /[^\0-\x7f]/u;
const ESCAPED: Readonly<Record<string, string>> = {
  '&': '\\&',
  '%': '\\%',
  '#': '\\#',
  _: '\\_',
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '`': '\\textasciigrave{}',
  '\u00a0': '~',
  '\u2009': '\\,',
  '–': '--',
  '—': '---',
  '“': '``',
  '”': "''",
};
const TAG = /<(\/?)(?:(i|b|sup|sub|sc)|span( class="nocase"| style="font-variant: ?small-caps;?")?)>/uy;
const ANY_TAG = /<\/?(?:i|b|su[bp]|sc|span)[ >]/u;
const RUN = /[^\\{}$&%#_~^<`'–—“”\u00a0\u2009-]+/uy;
const COMMANDS: Readonly<Record<string, string>> = {
  i: '\\emph{',
  b: '\\textbf{',
  sup: '\\textsuperscript{',
  sub: '\\textsubscript{',
  sc: '\\textsc{',
  smallCapitals: '\\textsc{',
  nocase: '{',
};

/**
 * Writes text with CSL's inline markup as TeX: the inverse of reading it. `ascii` writes letters outside ASCII as commands
 * where there are such. Braces are balanced as BibTeX counts them, whatever the text.
 */
export function encodeTex(text: string, options: { readonly ascii?: boolean } = {}): string {
  const ascii = options.ascii === true && NOT_ASCII.test(text);
  return ascii || SPECIAL.test(text) ? new TexWriter(text, ascii).write() : text;
}

class TexWriter {
  readonly #text: string;
  readonly #ascii: boolean;
  readonly #chunks: string[] = [];
  readonly #open: { readonly name: string; readonly element: string; readonly chunk: number }[] = [];
  readonly #counts = { span: 0 } as Record<string, number>;
  readonly #braces: readonly [string, string];
  #dollarsEnd = false;
  #at = 0;

  constructor(text: string, ascii: boolean) {
    this.#text = text;
    this.#ascii = ascii;
    this.#braces = isBalanced(text) ? ['\\{', '\\}'] : ['\\textbraceleft{}', '\\textbraceright{}'];
  }

  write(): string {
    while (this.#at < this.#text.length) {
      RUN.lastIndex = this.#at;
      const run = RUN.exec(this.#text)?.[0];
      if (run !== undefined) {
        this.#at += run.length;
        this.#add(this.#ascii ? asciiTex(run) : run);
      } else this.#special(this.#text.charAt(this.#at));
    }
    return this.#chunks.join('');
  }

  #special(char: string): void {
    if (char === '<' && this.#tag()) return;
    if (char === '$' && this.#mathematics()) return;
    this.#at++;
    if (char === '{') this.#add(this.#braces[0]);
    else if (char === '}') this.#add(this.#braces[1]);
    else if (char === '$') this.#add('\\$');
    else this.#add(ESCAPED[char] ?? char);
  }

  /** Characters that would become a ligature with what stands before are kept apart. */
  #add(tex: string): void {
    const before = this.#chunks.at(-1)?.at(-1) ?? '';
    const first = tex.charAt(0);
    const joins =
      (first === '-' && before === '-') ||
      (first === "'" && before === "'") ||
      (first === '`' && (before === '`' || before === '?' || before === '!'));
    this.#chunks.push(joins ? `{}${tex}` : tex);
  }

  /** Mathematics that text cannot show stands between dollar signs in the text as in TeX. Other dollar signs are signs of money. */
  #mathematics(): boolean {
    const end = this.#dollarsEnd ? -1 : mathematicsEnd(this.#text, this.#at + 1);
    if (end < 0) {
      this.#dollarsEnd = true;
      return false;
    }
    const content = this.#text.slice(this.#at + 1, end);
    const isKept = isMathematics(this.#text, this.#at + 1, end) && !ANY_TAG.test(content);
    if (!isKept || readMathematics(content) !== undefined) return false;
    this.#add(`$${content}$`);
    this.#at = end + 1;
    return true;
  }

  #tag(): boolean {
    TAG.lastIndex = this.#at;
    const match = TAG.exec(this.#text);
    if (match === null) return false;
    const [tag, slash, simple, attribute] = match;
    const element = simple ?? 'span';
    if (
      slash === '/' ? attribute !== undefined || !this.#close(element) : simple === undefined && attribute === undefined
    )
      return false;
    this.#at += tag.length;
    if (slash === '/') return true;
    const name = simple ?? (attribute?.includes('nocase') === true ? 'nocase' : 'smallCapitals');
    this.#counts[element] = (this.#counts[element] ?? 0) + 1;
    this.#open.push({ name, element, chunk: this.#chunks.push(tag) - 1 });
    return true;
  }

  /** Closes the innermost element of that name; what was opened within it and not closed stays as text. */
  #close(element: string): boolean {
    if ((this.#counts[element] ?? 0) === 0) return false;
    for (;;) {
      const opened = this.#open.pop();
      if (opened === undefined) return false;
      this.#counts[opened.element] = (this.#counts[opened.element] ?? 0) - 1;
      if (opened.element !== element) continue;
      const isEmpty = opened.chunk === this.#chunks.length - 1;
      this.#chunks[opened.chunk] = isEmpty ? '' : (COMMANDS[opened.name] ?? '{');
      if (!isEmpty) this.#chunks.push('}');
      return true;
    }
  }
}

const COMMAND_OF_MARK: ReadonlyMap<string, string> = new Map(
  Object.entries(TEX_ACCENTS)
    .map(([name, mark]) => [mark, name] as const)
    .reverse(),
);

function asciiTex(text: string): string {
  return text.normalize('NFC').replace(/[^\0-\x7f]\p{M}*|[A-Za-z]\p{M}+/gu, asciiCharacter);
}

function asciiCharacter(character: string): string {
  const name = nameOf(character);
  if (name !== undefined) {
    if (name.startsWith('$')) return `\\ensuremath{\\${name.slice(1)}}`;
    return LETTER_COMMANDS.has(name) ? `{\\${name}}` : `\\${name}{}`;
  }
  const [base = '', ...marks] = character.normalize('NFD');
  if (marks.length === 0 || !/[A-Za-z]/u.test(base)) return character;
  let tex = base;
  for (const mark of marks) {
    const command = COMMAND_OF_MARK.get(mark);
    if (command === undefined) return character;
    tex = tex.length === 1 && !/[A-Za-z]/u.test(command) ? `\\${command}${tex}` : `\\${command}{${tex}}`;
  }
  return `{${tex}}`;
}
