import type { Span } from '../text/span.ts';
import type { BibliographyDeclaration, BibliographySection, Include } from './language.ts';
import type { TexSource } from './texArguments.ts';
import { closerOf, OPEN_BRACE, OPEN_BRACKET, skipTrivia, trim } from './texArguments.ts';
import { pathText } from './texPaths.ts';

/** What commands of one document have declared so far. */
export interface TexDeclarations {
  readonly declarations: BibliographyDeclaration[];
  readonly includes: Include[];
  readonly sections: BibliographySection[];
  /** Sections that have not ended so far, the inner one last. */
  readonly openSections: OpenSection[];
  /** Suffixes of multibib's `\newcites{A,B}`. */
  readonly suffixes: Set<string>;
  /** Bodies of macros without parameters, for paths such as `\main/refs`. */
  readonly macros: Map<string, string>;
  /** Packages that the document loads, as far as somebody asks for them. */
  readonly packages: Set<string>;
  root: Include | undefined;
  hasClass: boolean;
}

interface OpenSection {
  readonly start: number;
  readonly names: readonly string[];
  /** Whether an environment began it, which ends it, too. */
  readonly isEnvironment: boolean;
}

export const texDeclarations = (): TexDeclarations => ({
  declarations: [],
  includes: [],
  sections: [],
  openSections: [],
  suffixes: new Set(),
  macros: new Map(),
  packages: new Set(),
  root: undefined,
  hasClass: false,
});

export type Reader = (source: TexSource, found: TexDeclarations, at: number) => void;

/** The brackets that follow a command: its first braced argument, the second, and the options before it. */
interface Arguments {
  readonly options: Span | undefined;
  readonly first: Span | undefined;
  readonly second: Span | undefined;
}

export function readArguments(source: TexSource, start: number): Arguments {
  const { text } = source;
  let options: Span | undefined;
  const braced: Span[] = [];
  let at = text[start] === '*' ? start + 1 : start;
  while (braced.length < 2) {
    at = skipTrivia(text, at);
    const code = text.charCodeAt(at);
    if (code !== OPEN_BRACKET && code !== OPEN_BRACE) break;
    const closer = closerOf(source, at);
    const inside = { start: at + 1, end: closer < 0 ? unfinishedEnd(text, at + 1) : closer };
    if (code === OPEN_BRACE) braced.push(inside);
    else options ??= inside;
    if (closer < 0) break;
    at = closer + 1;
  }
  return { options, first: braced[0], second: braced[1] };
}

/** End of an argument whose closing brace is not typed yet: the next line, brace or command. */
export function unfinishedEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !'\r\n{}\\%'.includes(text[end] ?? '')) end++;
  return end;
}

/** End of an address in braces, where `%` begins no comment. */
export function addressEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + longestAddress);
  let end = start;
  while (end < limit && !'\r\n{}'.includes(text[end] ?? '')) end++;
  return end;
}

const longestAddress = 2000;

/** What stands in an argument without the spaces and comments around it. */
export function nameIn({ text }: TexSource, argument: Span): Span {
  const start = Math.min(skipTrivia(text, argument.start), argument.end);
  const comment = /(?<!\\)%/.exec(text.slice(start, Math.min(argument.end, start + longestAddress)));
  return trim(text, { start, end: comment === null ? argument.end : start + comment.index });
}

export function addInclude(
  source: TexSource,
  found: TexDeclarations,
  span: Span,
  impliedExtensions: readonly string[],
): void {
  const target = pathAt(source, found, span);
  if (target !== undefined) found.includes.push({ ...targetOf(target, span), impliedExtensions });
}

export const targetOf = (target: string, span: Span): Pick<Include, 'target' | 'span' | 'hasMacros'> => ({
  target,
  span,
  ...(target.includes('\\') && { hasMacros: true }),
});

/** The path that a span spells; undefined when it is none. */
export const pathAt = (source: TexSource, found: TexDeclarations, span: Span): string | undefined =>
  pathText(source.text.slice(span.start, span.end), name => found.macros.get(name));
