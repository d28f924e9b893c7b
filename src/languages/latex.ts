import { append } from '../base/append.ts';
import type { Span } from '../text/span.ts';
import type { CitationGroup, CitationSite, EmbeddedEntries, Include, Language, Manuscript } from './language.ts';
import { beginSection, endSection, readDeclaration } from './latexDeclarations.ts';
import { texDeclarations } from './latexFound.ts';
import type { TexDeclarations } from './latexFound.ts';
import { readDefinition } from './latexDefinitions.ts';
import type { Definition } from './latexDefinitions.ts';
import { readAcronym } from './latexAcronyms.ts';
import { chunkEnd, readChunk } from './latexChunks.ts';
import { documentationText } from './latexDocumentation.ts';
import { latexProjectFiles } from './latexProject.ts';
import { readEmacsRoot, readRootComment } from './latexMagicComments.ts';
import { isItemCommand, readFileContents, readItems } from './latexEmbedded.ts';
import { docTexProcessor, latexProcessor } from './latexProcessor.ts';
import { latexWriting } from './latexWriting.ts';
import {
  conditionEnd,
  delimitedEnd,
  readShortVerb,
  verbatim,
  verbatimArgumentEnd,
  verbatimEnvironmentEnd,
} from './latexVerbatim.ts';
import type { Verbatim } from './latexVerbatim.ts';
import type { TexSource } from './texArguments.ts';
import { BACKSLASH, lineEnd, PERCENT, texSource, wordEnd } from './texArguments.ts';
import type { TexCommand } from './texCitations.ts';
import { parametersIn, readCitation, slotAt, texCitationSite } from './texCitations.ts';
import type { CitationCommands, KeyPlace } from './texCommands.ts';
import { citingEnvironments, placeAmong } from './texCommands.ts';
import { isPathPart } from './texPaths.ts';

export const latex: Language = {
  id: 'latex',
  languageIds: ['latex', 'tex', 'latex-expl3', 'rsweave', 'rnoweb', 'jlweave', 'pweave'],
  extensions: [
    ...['.tex', '.ltx', '.latex', '.sty', '.cls', '.cbx', '.tikz', '.pgf', '.pdf_tex', '.bbl'],
    ...['.rnw', '.snw', '.rtex', '.jnw', '.jtexw', '.pnw', '.ptexw'],
  ],
  triggerCharacters: ['{', ',', ' ', ':', '-', '.', '/', '+'],
  projectFiles: latexProjectFiles,
  scan,
  citationSite,
  writeKey: key => key,
  writing: latexWriting,
  processor: latexProcessor,
};

/** Documented sources, whose text stands behind `%`. */
export const docTex: Language = {
  ...latex,
  languageIds: ['doctex'],
  extensions: ['.dtx'],
  processor: docTexProcessor,
  scan: (text, commands) => scan(documentationText(text), commands),
  citationSite: (text, manuscript, offset) => citationSite(documentationText(text), manuscript, offset),
};

/** Arguments are read ahead of the pass, which then goes through them, too: notes hold citations. */
function scan(text: string, commands: CitationCommands = new Map()): Manuscript {
  const pass: Pass = {
    source: texSource(text),
    verbatim: verbatim(),
    found: texDeclarations(),
    groups: [],
    embedded: [],
    known: commands,
    userCommands: new Map(),
    derived: new Map(),
    macro: undefined,
    shortVerb: -1,
    rootComment: undefined,
    chunkRoot: undefined,
    emacsRoot: undefined,
    hasDocument: false,
  };
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at = readCommand(pass, at);
    else if (code === PERCENT) at = readComment(pass, at);
    else if (code === pass.shortVerb) at = delimitedEnd(pass.source, at) ?? at + 1;
    else if (code === LESS_THAN && text.charCodeAt(at + 1) === LESS_THAN) at = skipChunk(pass, at);
    else at++;
  }
  return boilDown(pass);
}

function boilDown(pass: Pass): Manuscript {
  const { found, userCommands, emacsRoot } = pass;
  while (found.openSections.length > 0) endSection(found, pass.source.text.length);
  const macros = new Map([...found.macros].filter(([, body]) => isPathPart(body)));
  const root = pass.rootComment ?? found.root ?? pass.chunkRoot;
  const { declarations, includes } = found;
  return {
    groups: pass.groups,
    declarations,
    includes,
    standalone: found.hasClass && pass.hasDocument,
    ...(root && { root }),
    ...(emacsRoot && { emacsRoot }),
    ...(userCommands.size > 0 && { commands: userCommands }),
    ...(macros.size > 0 && { macros }),
    ...(found.suffixes.size > 0 && { suffixes: found.suffixes }),
    ...(found.sections.length > 0 && { sections: found.sections }),
    ...(pass.embedded.length > 0 && { embedded: pass.embedded }),
  };
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
  readonly embedded: EmbeddedEntries[];
  /** Commands known from elsewhere. */
  readonly known: CitationCommands;
  /** Commands that the document defines, with the place of their keys. */
  readonly userCommands: Map<string, KeyPlace>;
  /** Those that build on a command known from elsewhere: what other documents are told does not depend on what these tell. */
  readonly derived: Map<string, KeyPlace>;
  /** The character between which text is verbatim, as `\MakeShortVerb{\|}` sets it; -1 for none. */
  shortVerb: number;
  /** The definition whose body the pass is in. */
  macro: OpenMacro | undefined;
  rootComment: Include | undefined;
  chunkRoot: Include | undefined;
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
  else if (text.startsWith('begin.rcode', at)) return skipChunk(pass, at);
  else if (text.startsWith('TeX-master', at) || text.startsWith('-*-', at))
    pass.emacsRoot ??= readEmacsRoot(text.slice(start, end), start);
  return end;
}

/** Goes past code of R, Python or Julia, and takes in the documents that it names. */
function skipChunk(pass: Pass, start: number): number {
  const { source, found } = pass;
  const end = chunkEnd(source.text, pass.verbatim, start);
  if (end === undefined) return start + 2;
  const { children, parent } = readChunk(source.text, { start, end });
  append(found.includes, children);
  pass.chunkRoot ??= parent;
  return end;
}

/** Takes in the command at `start` and returns where the pass goes on. */
function readCommand(pass: Pass, start: number): number {
  const { source } = pass;
  const end = wordEnd(source.text, start + 1);
  if (end === start + 1) return start + 2;
  const name = source.text.slice(start + 1, end);
  if (name === 'begin') return readEnvironment(pass, start, end);
  if (name === 'end') return readEnd(pass, end);
  if (name === 'iffalse') return conditionEnd(source, pass.verbatim, start) ?? end;
  const shortVerb = readShortVerb(source, name, end);
  if (shortVerb !== undefined) {
    pass.shortVerb = shortVerb.code;
    return shortVerb.end;
  }
  const verbatimEnd = verbatimArgumentEnd(source, name, end);
  if (verbatimEnd !== undefined) return verbatimEnd;
  const definition = readDefinition(source, name, end);
  if (definition !== undefined) return define(pass, definition);
  const place = placeOf(pass, name);
  if (place !== undefined) cite(pass, { name, start, end }, place);
  else if (name === 'DeclareAcronym') append(pass.groups, readAcronym(source, { name, start, end }));
  else if (isItemCommand(name)) readItems(pass.embedded, source.text, name, start);
  else {
    readDeclaration(source, pass.found, name, end);
    // `\citefield[12]{field}{key}`, unlike that of BibLaTeX.
    if (name === 'usepackage' && pass.found.packages.has('jurabib')) pass.userCommands.set('citefield', [1]);
  }
  return end;
}

function placeOf(pass: Pass, name: string): KeyPlace | undefined {
  const knowing = [pass.userCommands, pass.derived].find(commands => commands.has(name)) ?? pass.known;
  return placeAmong(knowing, name);
}

/** Whether only other files say that a command cites. */
const isFromElsewhere = (pass: Pass, name: string): boolean =>
  !pass.userCommands.has(name) && (pass.derived.has(name) || pass.known.has(name));

/** The end of the document is the end of all that TeX reads. */
function readEnd({ source, found }: Pass, end: number): number {
  if (source.text.startsWith('{document}', end)) return source.text.length;
  if (source.text.startsWith('{refsection}', end)) endSection(found, end);
  return end;
}

function readEnvironment(pass: Pass, start: number, end: number): number {
  const { source } = pass;
  const name = /^\{([A-Za-z]{1,40}\*?)\}/.exec(source.text.slice(end, end + 44))?.[1];
  if (name === undefined) return end;
  const behind = end + name.length + 2;
  const verbatimEnd = verbatimEnvironmentEnd(source, pass.verbatim, name, behind);
  if (verbatimEnd !== undefined) {
    if (name.startsWith('filecontents')) readFileContents(pass.embedded, source.text, behind, verbatimEnd);
    return verbatimEnd;
  }
  const place = citingEnvironments.get(name);
  if (place !== undefined) cite(pass, { name, start, end: behind }, place);
  else if (name === 'document') pass.hasDocument = true;
  else if (name === 'refsection') beginSection(source, pass.found, behind, true);
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

/** A command that hands its argument to a citation command is one itself. */
function learn(pass: Pass, command: TexCommand, parameters: readonly number[]): void {
  const { macro } = pass;
  if (macro === undefined || parameters.length === 0 || command.start >= macro.body.end) return;
  const into = isFromElsewhere(pass, command.name) ? pass.derived : pass.userCommands;
  const before = into.get(macro.name) ?? [];
  const places = new Set(typeof before === 'string' ? [] : before);
  for (const number of parameters) {
    const place = macro.places[number - 1] ?? -1;
    if (place >= 0) places.add(place);
  }
  into.set(macro.name, [...places]);
}

function define(pass: Pass, { name, end, kind }: Definition): number {
  if (kind.is === 'citation') pass.userCommands.set(name, kind.place);
  else if (kind.is === 'alias') {
    const place = placeOf(pass, kind.of);
    if (place !== undefined) (isFromElsewhere(pass, kind.of) ? pass.derived : pass.userCommands).set(name, place);
    // The body may stand in a path: `\newcommand\bibs{\main}`.
    else pass.found.macros.set(name, `\\${kind.of}`);
  } else {
    pass.macro = { name, body: kind.body, places: kind.places };
    const beginning = pass.source.text.slice(kind.body.start, Math.min(kind.body.end, kind.body.start + 300));
    // `\newcommand{\needcite}[1]{[#1]}` has the word in its name only.
    if (/cite/i.test(name) && !/[Cc]ite/.test(beginning)) pass.userCommands.set(name, []);
    if (!beginning.includes('#')) pass.found.macros.set(name, beginning.trim());
  }
  return end;
}

const LESS_THAN = 60;
