import type { Span } from '../text/span.ts';
import type { TexSource } from './texArguments.ts';
import { BACKSLASH, closerOf, OPEN_BRACE, OPEN_BRACKET, skipTrivia, trim, wordEnd } from './texArguments.ts';
import type { KeyPlace } from './texCommands.ts';

/** A command that a document defines. */
export interface Definition {
  readonly name: string;
  /** Where reading goes on: at the body, behind what is only named. */
  readonly end: number;
  readonly kind:
    | {
        readonly is: 'macro';
        readonly body: Span;
        /** Place among the braced arguments of parameters 1, 2, …; -1 for another one. */ readonly places: readonly number[];
      }
    | { readonly is: 'alias'; readonly of: string }
    | { readonly is: 'citation'; readonly place: KeyPlace };
}

/** Reads what follows a defining command (`\newcommand`, `\let`, …); undefined when it is none or unfinished. */
export function readDefinition(source: TexSource, command: string, at: number): Definition | undefined {
  switch (command) {
    case 'newcommand':
    case 'renewcommand':
    case 'providecommand':
    case 'DeclareRobustCommand':
    case 'newrobustcmd':
    case 'renewrobustcmd':
    case 'providerobustcmd':
      return newCommand(source, at, () => [1]);
    case 'newcommandx':
    case 'renewcommandx':
    case 'providecommandx':
      return newCommand(source, at, optionalOnes);
    case 'NewDocumentCommand':
    case 'RenewDocumentCommand':
    case 'ProvideDocumentCommand':
    case 'DeclareDocumentCommand':
    case 'NewExpandableDocumentCommand':
    case 'RenewExpandableDocumentCommand':
    case 'ProvideExpandableDocumentCommand':
    case 'DeclareExpandableDocumentCommand':
      return documentCommand(source, at);
    case 'def':
    case 'gdef':
    case 'edef':
    case 'xdef':
      return plainDefinition(source, at);
    case 'let':
    case 'LetLtxMacro':
    case 'NewCommandCopy':
    case 'RenewCommandCopy':
    case 'DeclareCommandCopy':
      return letCommand(source, at);
    case 'DeclareCiteCommand':
      return citeCommand(source, at);
    case 'DeclareMultiCiteCommand':
      return multiCiteCommand(source, at);
    default:
      return undefined;
  }
}

/** The command in `{\name}` or `\name`, and where it ends. */
function readName(source: TexSource, start: number): { name: string; end: number } | undefined {
  const { text } = source;
  let at = skipTrivia(text, start);
  if (text[at] === '*') at = skipTrivia(text, at + 1);
  const isBraced = text.charCodeAt(at) === OPEN_BRACE;
  if (isBraced) at = skipTrivia(text, at + 1);
  if (text.charCodeAt(at) !== BACKSLASH) return undefined;
  const end = wordEnd(text, at + 1);
  if (end === at + 1) return undefined;
  const name = text.slice(at + 1, end);
  if (!isBraced) return { name, end };
  const closer = skipTrivia(text, end);
  return text[closer] === '}' ? { name, end: closer + 1 } : undefined;
}

/** The inside of the bracket at or behind `start`, and the offset behind it. */
function readBracket(source: TexSource, start: number, opener: number): { inside: Span; end: number } | undefined {
  const open = skipTrivia(source.text, start);
  if (source.text.charCodeAt(open) !== opener) return undefined;
  const closer = closerOf(source, open);
  return closer < 0 ? undefined : { inside: { start: open + 1, end: closer }, end: closer + 1 };
}

/** Numbers of the parameters with defaults in `\newcommandx{\x}[3][1=a, 3=b]{body}` of xargs. */
const optionalOnes = (defaults: string): number[] =>
  [...defaults.slice(0, 300).matchAll(/([1-9])\s{0,9}=/g)].map(([, number]) => Number(number));

/** `\newcommand{\x}[2][default]{body}`: with a default, the first parameter is an optional one. */
function newCommand(
  source: TexSource,
  start: number,
  optional: (defaults: string) => readonly number[],
): Definition | undefined {
  const name = readName(source, start);
  if (name === undefined) return undefined;
  const count = readBracket(source, name.end, OPEN_BRACKET);
  const initial = count === undefined ? undefined : readBracket(source, count.end, OPEN_BRACKET);
  const body = readBracket(source, initial?.end ?? count?.end ?? name.end, OPEN_BRACE);
  if (body === undefined) return undefined;
  const inside = initial && source.text.slice(initial.inside.start, initial.inside.end);
  const without = inside === undefined ? [] : optional(inside);
  let braced = 0;
  const places = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(number => (without.includes(number) ? -1 : braced++));
  return macro(source, name.name, body.inside, places);
}

/** `\NewDocumentCommand{\x}{s o m}{body}`: letters are parameters, `m` a braced one (usrguide, "Creating document commands"). */
function documentCommand(source: TexSource, start: number): Definition | undefined {
  const name = readName(source, start);
  if (name === undefined) return undefined;
  const parameters = readBracket(source, name.end, OPEN_BRACE);
  if (parameters === undefined) return undefined;
  const body = readBracket(source, parameters.end, OPEN_BRACE);
  if (body === undefined) return undefined;
  const places: number[] = [];
  let braced = 0;
  const { start: from, end } = parameters.inside;
  for (let at = from; at < end; at++) {
    const letter = source.text[at] ?? '';
    if (letter === '{') at = Math.max(at, closerOf(source, at));
    else if (letter === 'm') places.push(braced++);
    else if ('sotdODrRgGeEvb'.includes(letter)) places.push(-1);
    if (letter === 't') at++;
    else if ('rRdD'.includes(letter)) at += 2;
  }
  return macro(source, name.name, body.inside, places);
}

/** `\def\x#1#2{body}`. */
function plainDefinition(source: TexSource, start: number): Definition | undefined {
  const name = readName(source, start);
  if (name === undefined) return undefined;
  const open = source.text.slice(name.end, name.end + 40).indexOf('{');
  const body = open < 0 ? undefined : readBracket(source, name.end + open, OPEN_BRACE);
  return body === undefined ? undefined : macro(source, name.name, body.inside, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

/** A body that is one command and nothing else is another name for it. */
function macro(source: TexSource, name: string, body: Span, places: readonly number[]): Definition {
  const inside = trim(source.text, body);
  if (source.text.charCodeAt(inside.start) === BACKSLASH && wordEnd(source.text, inside.start + 1) === inside.end) {
    return { name, end: body.end, kind: { is: 'alias', of: source.text.slice(inside.start + 1, inside.end) } };
  }
  return { name, end: body.start, kind: { is: 'macro', body, places } };
}

function letCommand(source: TexSource, start: number): Definition | undefined {
  const name = readName(source, start);
  if (name === undefined) return undefined;
  const equals = skipTrivia(source.text, name.end);
  const target = readName(source, source.text[equals] === '=' ? equals + 1 : equals);
  return target === undefined
    ? undefined
    : { name: name.name, end: target.end, kind: { is: 'alias', of: target.name } };
}

function citeCommand(source: TexSource, start: number): Definition | undefined {
  const name = readName(source, start);
  return name === undefined ? undefined : { name: name.name, end: name.end, kind: { is: 'citation', place: [0] } };
}

function multiCiteCommand(source: TexSource, start: number): Definition | undefined {
  const name = readName(source, start);
  return name === undefined ? undefined : { name: name.name, end: name.end, kind: { is: 'citation', place: 'every' } };
}
