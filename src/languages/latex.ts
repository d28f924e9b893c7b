import type { Span } from '../text/span.ts';
import type { CitationGroup, CitationSite, Include, Language, Manuscript } from './language.ts';
import { readDeclaration, readSectionResources, texDeclarations } from './latexDeclarations.ts';
import type { TexDeclarations } from './latexDeclarations.ts';
import { readDefinition } from './latexDefinitions.ts';
import type { Definition } from './latexDefinitions.ts';
import { readEmacsRoot, readRootComment } from './latexMagicComments.ts';
import { latexProcessor } from './latexProcessor.ts';
import { latexWriting } from './latexWriting.ts';
import { conditionEnd, verbatim, verbatimArgumentEnd, verbatimEnvironmentEnd } from './latexVerbatim.ts';
import type { Verbatim } from './latexVerbatim.ts';
import type { TexSource } from './texArguments.ts';
import {
  BACKSLASH,
  closerOf,
  keyValues,
  lineEnd,
  OPEN_BRACE,
  PERCENT,
  skipTrivia,
  texSource,
  wordEnd,
} from './texArguments.ts';
import type { TexCommand } from './texCitations.ts';
import { isParameter, items, keyGroup, readCitation, slotAt, texCitationSite } from './texCitations.ts';
import type { KeyPlace } from './texCommands.ts';
import { citingEnvironments, keyPlace } from './texCommands.ts';

export const latex: Language = {
  id: 'latex',
  languageIds: ['latex', 'tex', 'latex-expl3', 'rsweave', 'rnoweb', 'jlweave'],
  extensions: ['.tex', '.ltx', '.sty', '.cls', '.rnw', '.rtex', '.jnw', '.tikz', '.pdf_tex'],
  triggerCharacters: ['{', ',', ' ', ':', '-', '.', '/', '+'],
  projectFiles: [],
  scan,
  citationSite,
  writeKey: key => key,
  writing: latexWriting,
  processor: latexProcessor,
};

/** Arguments are read ahead of the pass, which then goes through them, too: notes hold citations. */
function scan(text: string): Manuscript {
  const pass: Pass = {
    source: texSource(text),
    verbatim: verbatim(),
    found: texDeclarations(),
    groups: [],
    userCommands: new Map(),
    macro: undefined,
    rootComment: undefined,
    emacsRoot: undefined,
    hasDocument: false,
  };
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at = readCommand(pass, at);
    else if (code === PERCENT) at = readComment(pass, at);
    else at++;
  }
  const { declarations, includes } = pass.found;
  const root = pass.rootComment ?? pass.found.root ?? pass.emacsRoot;
  const standalone = pass.found.hasClass && pass.hasDocument;
  return { groups: pass.groups, declarations, includes, standalone, ...(root && { root }) };
}

function citationSite(text: string, manuscript: Manuscript, offset: number): CitationSite | undefined {
  const place = slotAt(manuscript.groups, offset);
  return place && texCitationSite(text, place, offset);
}

interface Pass {
  readonly source: TexSource;
  readonly verbatim: Verbatim;
  readonly found: TexDeclarations;
  readonly groups: CitationGroup[];
  /** Commands that the document defines, with the place of their keys. */
  readonly userCommands: Map<string, KeyPlace>;
  /** The definition whose body the pass is in. */
  macro: OpenMacro | undefined;
  rootComment: Include | undefined;
  emacsRoot: Include | undefined;
  hasDocument: boolean;
}

interface OpenMacro {
  readonly name: string;
  readonly body: Span;
  readonly places: readonly number[];
}

function readComment(pass: Pass, start: number): number {
  const { text } = pass.source;
  const end = lineEnd(text, start);
  let at = start;
  while (at < end && '% \t'.includes(text[at] ?? '')) at++;
  if (text[at] === '!') pass.rootComment ??= readRootComment(text.slice(start, end), start);
  else if (text.startsWith('TeX-master', at)) pass.emacsRoot ??= readEmacsRoot(text.slice(start, end), start);
  return end;
}

/** Takes in the command at `start` and returns where the pass goes on. */
function readCommand(pass: Pass, start: number): number {
  const { source } = pass;
  const end = wordEnd(source.text, start + 1);
  if (end === start + 1) return start + 2;
  const name = source.text.slice(start + 1, end);
  if (name === 'begin') return readEnvironment(pass, start, end);
  if (name === 'end') return source.text.startsWith('{document}', end) ? source.text.length : end;
  if (name === 'iffalse') return conditionEnd(source, pass.verbatim, start) ?? end;
  const verbatimEnd = verbatimArgumentEnd(source, name, end);
  if (verbatimEnd !== undefined) return verbatimEnd;
  const definition = readDefinition(source, name, end);
  if (definition !== undefined) return define(pass, definition);
  const place = placeOf(pass, name);
  if (place !== undefined) cite(pass, { name, start, end }, place);
  else if (name === 'DeclareAcronym') citeAcronym(pass, { name, start, end });
  else readDeclaration(source, pass.found, name, end);
  return end;
}

function placeOf(pass: Pass, name: string): KeyPlace | undefined {
  const defined = pass.userCommands.get(name);
  if (defined === undefined) return keyPlace(name);
  return defined.length === 0 ? undefined : defined;
}

function readEnvironment(pass: Pass, start: number, end: number): number {
  const { source } = pass;
  const name = /^\{([A-Za-z]{1,40}\*?)\}/.exec(source.text.slice(end, end + 44))?.[1];
  if (name === undefined) return end;
  const behind = end + name.length + 2;
  const verbatimEnd = verbatimEnvironmentEnd(source, pass.verbatim, name, behind);
  if (verbatimEnd !== undefined) return verbatimEnd;
  const place = citingEnvironments.get(name);
  if (place !== undefined) cite(pass, { name, start, end: behind }, place);
  else if (name === 'document') pass.hasDocument = true;
  else if (name === 'refsection') readSectionResources(source, pass.found, behind);
  // bibtopic: `\begin{btSect}[style]{a,b}`.
  else if (name === 'btSect') readDeclaration(source, pass.found, 'bibliography', behind);
  return behind;
}

function cite(pass: Pass, command: TexCommand, place: KeyPlace): void {
  const group = readCitation(pass.source, command, place);
  if (group === undefined) return;
  const parameters = group.slots.flatMap(slot => parametersIn(pass.source.text, slot));
  learn(pass, command, parameters);
  if (parameters.length === 0 || group.citations.length > 0) pass.groups.push(group);
}

/** Numbers of the parameters (`#1`) among the keys. */
function parametersIn(text: string, slot: Span): number[] {
  if (
    text.charCodeAt(slot.start) !== HASH &&
    !text.slice(slot.start, Math.min(slot.end, slot.start + 99)).includes('#')
  )
    return [];
  const keys = items(text, slot).map(item => text.slice(item.start, item.end));
  return keys.filter(isParameter).map(key => Number(key[1]));
}

/** A command that hands its argument to a citation command is one itself. */
function learn(pass: Pass, command: TexCommand, parameters: readonly number[]): void {
  const { macro } = pass;
  if (macro === undefined || parameters.length === 0 || command.start >= macro.body.end) return;
  const before = pass.userCommands.get(macro.name) ?? [];
  const places = new Set(typeof before === 'string' ? [] : before);
  for (const number of parameters) {
    const place = macro.places[number - 1] ?? -1;
    if (place >= 0) places.add(place);
  }
  pass.userCommands.set(macro.name, [...places]);
}

function define(pass: Pass, { name, end, kind }: Definition): number {
  if (kind.is === 'citation') pass.userCommands.set(name, kind.place);
  else if (kind.is === 'alias') {
    const place = placeOf(pass, kind.of);
    if (place !== undefined) pass.userCommands.set(name, place);
  } else {
    pass.macro = { name, body: kind.body, places: kind.places };
    const beginning = pass.source.text.slice(kind.body.start, Math.min(kind.body.end, kind.body.start + 300));
    // `\newcommand{\needcite}[1]{[#1]}` has the word in its name only.
    if (/cite/i.test(name) && !/[Cc]ite/.test(beginning)) pass.userCommands.set(name, []);
    if (!beginning.includes('#')) pass.found.macros.set(name, beginning.trim());
  }
  return end;
}

/** `\DeclareAcronym{id}{short = …, cite = key}` of the acro package. */
function citeAcronym(pass: Pass, command: TexCommand): void {
  const { source } = pass;
  const open = skipTrivia(source.text, command.end);
  const closer = source.text.charCodeAt(open) === OPEN_BRACE ? closerOf(source, open) : -1;
  const options = closer < 0 ? -1 : skipTrivia(source.text, closer + 1);
  if (source.text.charCodeAt(options) !== OPEN_BRACE) return;
  const end = closerOf(source, options);
  if (end < 0) return;
  for (const { name, value } of keyValues(source, { start: options + 1, end })) {
    if (name === 'cite' && value !== undefined)
      pass.groups.push(keyGroup(source.text, { start: command.start, end: end + 1 }, command.name, [value]));
  }
}

const HASH = 35;
