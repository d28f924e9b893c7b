import type { TexSource } from './texArguments.ts';
import {
  BACKSLASH,
  closerOf,
  isLetter,
  isLineBreak,
  lineEnd,
  OPEN_BRACE,
  OPEN_BRACKET,
  PERCENT,
  wordEnd,
} from './texArguments.ts';

/** What is known of the stretches that TeX does not read as text. */
export interface Verbatim {
  /** Environments, and marks that end chunks of code, that are nowhere behind the place where that was asked. */
  readonly unclosed: Set<string>;
  /** Offset of `\iffalse` and other conditions to that of the `\else` or `\fi` of it, -1 without one. */
  readonly conditions: Map<number, number>;
}

export const verbatim = (): Verbatim => ({ unclosed: new Set(), conditions: new Map() });

/** End of a verbatim environment whose content begins at `at`; undefined for another one and one that does not end. */
export function verbatimEnvironmentEnd(
  source: TexSource,
  known: Verbatim,
  name: string,
  at: number,
): number | undefined {
  if (!verbatimEnvironments.has(name) || known.unclosed.has(name)) return undefined;
  const end = source.text.indexOf(`\\end{${name}}`, at);
  if (end >= 0) return end;
  known.unclosed.add(name);
  return undefined;
}

/** End of the text that `\verb|…|`, `\url{…}` and the like take as it is; undefined for another command or an unfinished one. */
export function verbatimArgumentEnd(source: TexSource, command: string, at: number): number | undefined {
  switch (command) {
    case 'verb':
    case 'Verb':
      return delimitedEnd(source, source.text[at] === '*' ? at + 1 : at);
    case 'lstinline':
      return codeEnd(source, optionsEnd(source, at));
    case 'mintinline': {
      const language = optionsEnd(source, at);
      const closer = source.text.charCodeAt(language) === OPEN_BRACE ? closerOf(source, language) : -1;
      return closer < 0 ? undefined : codeEnd(source, closer + 1);
    }
    case 'url':
    case 'href':
    case 'path':
    case 'nolinkurl':
    case 'Sexpr':
    case 'rinline':
      return addressEnd(source, optionsEnd(source, at));
    default:
      return undefined;
  }
}

function optionsEnd(source: TexSource, at: number): number {
  const closer = source.text.charCodeAt(at) === OPEN_BRACKET ? closerOf(source, at) : -1;
  return closer < 0 ? at : closer + 1;
}

function codeEnd(source: TexSource, at: number): number | undefined {
  if (source.text.charCodeAt(at) !== OPEN_BRACE) return delimitedEnd(source, at);
  const closer = closerOf(source, at);
  return closer < 0 ? undefined : closer + 1;
}

const longestInlineCode = 1000;

export function delimitedEnd(source: TexSource, at: number): number | undefined {
  const delimiter = source.text[at];
  if (delimiter === undefined || /[\sA-Za-z*]/.test(delimiter)) return undefined;
  const line = source.text.slice(
    at + 1,
    lineEnd(source.text, at, Math.min(source.text.length, at + longestInlineCode)),
  );
  const end = line.indexOf(delimiter);
  return end < 0 ? undefined : at + end + 2;
}

/** In an address `%` begins no comment; a command or the line's end shows that the closing brace is missing. */
function addressEnd(source: TexSource, open: number): number | undefined {
  const { text } = source;
  if (text.charCodeAt(open) !== OPEN_BRACE) return undefined;
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isLineBreak(code) || (code === BACKSLASH && isLetter(text.charCodeAt(at + 1)))) return undefined;
    if (code === BACKSLASH) at++;
    else if (code === OPEN_BRACE) depth++;
    else if (text[at] === '}' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Where the text that `\iffalse` at `start` hides ends: its `\else` or `\fi`; undefined without one. */
export function conditionEnd(source: TexSource, known: Verbatim, start: number): number | undefined {
  if (!known.conditions.has(start)) matchConditions(source.text, known.conditions, start);
  const end = known.conditions.get(start) ?? -1;
  return end < 0 ? undefined : end;
}

/** Matches the condition at `start` and those inside it, once for all: a later question finds its answer kept. */
function matchConditions(text: string, conditions: Map<number, number>, start: number): void {
  const stack: number[] = [];
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === PERCENT) at = lineEnd(text, at);
    else if (code === BACKSLASH) {
      const end = Math.max(wordEnd(text, at + 1), at + 2);
      const name = text.slice(at + 1, end);
      const open = stack[stack.length - 1] ?? -1;
      if (primitiveConditions.has(name)) stack.push(at);
      else if (name === 'else' && !conditions.has(open)) conditions.set(open, at);
      else if (name === 'fi') {
        if (!conditions.has(open)) conditions.set(open, at);
        stack.pop();
      }
      if (stack.length === 0 || conditions.has(start)) return;
      at = end;
    } else at++;
  }
  for (const open of stack) if (!conditions.has(open)) conditions.set(open, -1);
}

/** Only TeX's own: `\ifthenelse{}{}{}` and the like have no `\fi`. */
const primitiveConditions: ReadonlySet<string> = new Set(
  (
    'if ifcat ifnum ifdim ifodd ifvmode ifhmode ifmmode ifinner ifvoid ifhbox ifvbox ifx ifeof iftrue iffalse ifcase ' +
    'ifdefined ifcsname iffontchar ifincsname ifpdf ifxetex ifluatex'
  ).split(' '),
);

const verbatimEnvironments: ReadonlySet<string> = new Set(
  (
    'verbatim verbatim* Verbatim Verbatim* BVerbatim LVerbatim SaveVerbatim spverbatim lstlisting minted comment ' +
    'filecontents filecontents* tcblisting luacode luacode* pycode pyblock sagesilent sageblock asy Sinput Soutput'
  ).split(' '),
);

const shortVerbs: ReadonlySet<string> = new Set([
  ...['MakeShortVerb', 'DeleteShortVerb', 'DefineShortVerb', 'UndefineShortVerb'],
  ...['lstMakeShortInline', 'lstDeleteShortInline'],
]);

/**
 * The character between which text is verbatim from now on, -1 for none, as `\MakeShortVerb{\|}`, `\DefineShortVerb[options]{\|}` or
 * `\lstMakeShortInline|` says; undefined for another command.
 */
export function readShortVerb(
  source: TexSource,
  command: string,
  at: number,
): { code: number; end: number } | undefined {
  if (!shortVerbs.has(command)) return undefined;
  const head = /^\*?(?:\[[^\]\r\n]{0,200}\])?\{?\\?([^\sA-Za-z{}\\%])\}?/.exec(source.text.slice(at, at + 220));
  if (head === null) return undefined;
  const isOver = /Delete|Undefine/.test(command);
  return { code: isOver ? -1 : (head[1] ?? '').charCodeAt(0), end: at + head[0].length };
}
