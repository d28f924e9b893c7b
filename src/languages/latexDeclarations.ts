import type { Span } from '../text/span.ts';
import type { BibliographyDeclaration } from './language.ts';
import { addInclude, addressEnd, nameIn, pathAt, readArguments, targetOf, unfinishedEnd } from './latexFound.ts';
import type { Reader, TexDeclarations } from './latexFound.ts';
import { includeReaders } from './latexIncludes.ts';
import type { TexSource } from './texArguments.ts';
import { closerOf, keyValues, listItems, OPEN_BRACE, OPEN_BRACKET, skipTrivia, trim, unbrace } from './texArguments.ts';

/** Takes in a command that declares a bibliography or another file; `at` is the offset behind its name. */
export function readDeclaration(source: TexSource, found: TexDeclarations, name: string, at: number): void {
  const reader = readers.get(name) ?? includeReaders.get(name);
  if (reader !== undefined) reader(source, found, at);
  else if (name.startsWith('bibliography') && !name.startsWith('bibliographystyle'))
    suffixedList(source, found, name, at);
}

const bibTexList: Reader = (source, found, at) => {
  const { first } = readArguments(source, at);
  if (first !== undefined) addFiles(source, found, first, ['.bib']);
};

/** `\addbibresource` takes one file with its extension, an address or a pattern (BibLaTeX manual §3.8.1). */
const bibResource: Reader = (source, found, at) => {
  const open = skipTrivia(source.text, at);
  const hasOptions = source.text.charCodeAt(open) === OPEN_BRACKET;
  const options =
    hasOptions && closerOf(source, open) > 0 ? { start: open + 1, end: closerOf(source, open) } : undefined;
  const brace = skipTrivia(source.text, options === undefined ? open : options.end + 1);
  if (source.text.charCodeAt(brace) !== OPEN_BRACE) return;
  const values = options === undefined ? [] : keyValues(source, options);
  const valueOf = (name: string): string | undefined => {
    const value = values.find(pair => pair.name === name)?.value;
    return value === undefined ? undefined : source.text.slice(value.start, value.end);
  };
  const label = valueOf('label');
  const isUrl = valueOf('location') === 'remote' || isAddress(source.text.slice(brace + 1, brace + 9));
  const lineEnd = addressEnd(source.text, brace + 1);
  // Read as it stands, so that `%` is a part of the name where the brace is closed in the same line.
  const isVerbatim = isUrl || source.text[lineEnd] === '}';
  const closer = isVerbatim ? lineEnd : closerOf(source, brace);
  const inside = { start: brace + 1, end: closer < 0 ? unfinishedEnd(source.text, brace + 1) : closer };
  const name = isVerbatim ? trim(source.text, inside) : nameIn(source, inside);
  const isPattern = values.some(pair => pair.name === 'glob' && valueOf('glob') !== 'false');
  const span = isPattern ? name : unbrace(source.text, name);
  if (isUrl) {
    const target = source.text.slice(span.start, span.end);
    if (target !== '')
      found.declarations.push({ target, span, ...(label && { label }), kind: 'url', impliedExtensions: [] });
  } else {
    addFile(source, found, span, { ...(label && { label }), kind: isPattern ? 'glob' : 'file', impliedExtensions: [] });
  }
};

/** `\begin{refsection}[a.bib,label]`: a name without extension is a label (BibLaTeX manual §3.8.4). */
export function beginSection(source: TexSource, found: TexDeclarations, at: number, isEnvironment: boolean): void {
  const open = skipTrivia(source.text, at);
  const closer = source.text.charCodeAt(open) === OPEN_BRACKET ? closerOf(source, open) : -1;
  const items = closer < 0 ? [] : listItems(source, { start: open + 1, end: closer });
  const names: string[] = [];
  for (const item of items) {
    const span = unbrace(source.text, item);
    const name = pathAt(source, found, span);
    if (name === undefined) continue;
    names.push(name);
    if (name.includes('.')) addFile(source, found, span, { kind: 'file', impliedExtensions: [] });
  }
  found.openSections.push({ start: at, names, isEnvironment });
}

/** `\newrefsection[..]` ends the section before it, unless that is an environment. */
const newSection: Reader = (source, found, at) => {
  if (found.openSections.at(-1)?.isEnvironment === false) endSection(found, at);
  beginSection(source, found, at, false);
};

/** Ends the inner one of the sections. */
export function endSection(found: TexDeclarations, end: number): void {
  const section = found.openSections.pop();
  if (section !== undefined && section.names.length > 0)
    found.sections.push({ span: { start: section.start, end }, names: section.names });
}

/** `\putbib[a,b]` of bibunits. */
const unitList: Reader = (source, found, at) => {
  const open = skipTrivia(source.text, at);
  const closer = source.text.charCodeAt(open) === OPEN_BRACKET ? closerOf(source, open) : -1;
  if (closer > 0) addFiles(source, found, { start: open + 1, end: closer }, ['.bib']);
};

const cslSetup: Reader = (source, found, at) => {
  const { first } = readArguments(source, at);
  if (first !== undefined) cslResources(source, found, first);
};

/** `bib-resource={a.bib,b.json}` of citation-style-language. */
function cslResources(source: TexSource, found: TexDeclarations, options: Span): void {
  for (const { name, value } of keyValues(source, options)) {
    if (name === 'bib-resource' && value !== undefined) addFiles(source, found, value, []);
  }
}

/** A package or class may be a file of the project that declares bibliographies. */
const localPackage: Reader = (source, found, at) => {
  const { options, first } = readArguments(source, at);
  if (first === undefined) return;
  for (const item of listItems(source, first)) {
    const name = source.text.slice(item.start, item.end);
    addInclude(source, found, item, ['.sty']);
    found.packages.add(name);
    if (options === undefined) continue;
    if (name === 'citation-style-language') cslResources(source, found, options);
    else if (name === 'biblatex') citationStyle(source, found, options);
  }
};

/** `\usepackage[style=mine]{biblatex}`: the citation commands of a style may be a file of the project. */
function citationStyle(source: TexSource, found: TexDeclarations, options: Span): void {
  for (const { name, value } of keyValues(source, options))
    if ((name === 'style' || name === 'citestyle') && value !== undefined) addInclude(source, found, value, ['.cbx']);
}

const newCites: Reader = (source, found, at) => {
  const { first } = readArguments(source, at);
  if (first === undefined) return;
  for (const item of listItems(source, first)) found.suffixes.add(source.text.slice(item.start, item.end));
};

/** `\bibliographysec{a}` where multibib's `\newcites{sec}{…}`, or that of another file, has made it a command. */
function suffixedList(source: TexSource, found: TexDeclarations, name: string, at: number): void {
  const suffix = name.slice('bibliography'.length);
  const before = found.declarations.length;
  bibTexList(source, found, at);
  // A capital tells enough: `\bibliographyA`.
  if (found.suffixes.has(suffix) || /^[A-Z]/.test(suffix)) return;
  const own = found.declarations.splice(before);
  for (const declaration of own) found.declarations.push({ ...declaration, suffix });
}

function addFiles(source: TexSource, found: TexDeclarations, inside: Span, impliedExtensions: readonly string[]): void {
  for (const item of listItems(source, inside))
    addFile(source, found, unbrace(source.text, item), { kind: 'file', impliedExtensions });
}

function addFile(
  source: TexSource,
  found: TexDeclarations,
  span: Span,
  rest: Pick<BibliographyDeclaration, 'kind' | 'impliedExtensions' | 'label'>,
): void {
  const target = rest.kind === 'glob' ? patternAt(source, found, span) : pathAt(source, found, span);
  if (target === undefined) return;
  // A macro may stand for a list: `\newcommand\bibs{a,b} \bibliography{\bibs}`.
  const isList = rest.impliedExtensions.length > 0 && source.text[span.start] === '\\' && target.includes(',');
  for (const one of isList ? target.split(',').map(part => part.trim()) : [target]) {
    if (one === '') continue;
    const isUrl = isAddress(one);
    found.declarations.push({
      ...targetOf(one, span),
      ...rest,
      ...(isUrl && { kind: 'url', impliedExtensions: [] }),
    });
  }
}

/** Braces in a pattern hold alternatives: `bib/{a,b}.bib`. */
function patternAt(source: TexSource, found: TexDeclarations, span: Span): string | undefined {
  const written = source.text.slice(span.start, span.end);
  return written.includes('{') && !written.includes('\\') ? written : pathAt(source, found, span);
}

const isAddress = (target: string): boolean => /^(?:https?|ftp):\/\//i.test(target);

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['bibliography', bibTexList],
  ['nobibliography', bibTexList],
  ['defaultbibliography', bibTexList],
  ['multibibliography', bibTexList],
  ['setbib', bibTexList],
  ['setbiber', bibTexList],
  ['gammbibfilename', bibTexList],
  ['makebibliography', bibTexList],
  ['setupbibentry', bibTexList],
  ['BibFile', bibTexList],
  ['addbibresource', bibResource],
  ['addglobalbib', bibResource],
  ['addsectionbib', bibResource],
  ['addmhbibresource', bibResource],
  ['AddBibFile', bibResource],
  ['newrefsection', newSection],
  ['putbib', unitList],
  ['cslsetup', cslSetup],
  ['usepackage', localPackage],
  ['RequirePackage', localPackage],
  ['RequirePackageWithOptions', localPackage],
  ['newcites', newCites],
]);
