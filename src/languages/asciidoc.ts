import type { Span } from '../text/span.ts';
import type {
  BibliographyDeclaration,
  Citation,
  CitationGroup,
  CitationSite,
  Declarations,
  Include,
  Language,
  Manuscript,
} from './language.ts';
import { asciidocProcessor } from './asciidocProcessor.ts';
import { asciidocWriting } from './asciidocWriting.ts';
import { listSite } from './slotSites.ts';

/** AsciiDoc with asciidoctor-bibtex and asciidoctor-bibliography. `<<key>>` refers to what the document itself defines. */
export const asciidoc: Language = {
  id: 'asciidoc',
  languageIds: ['asciidoc'],
  extensions: ['.adoc', '.asciidoc', '.asc'],
  triggerCharacters: ['[', ',', ' ', ':', '-', '.', '/', '+'],
  projectFiles: [
    { name: '.asciidoctorconfig', isRoot: false, scan: scanAttributes },
    { name: '.asciidoctorconfig.adoc', isRoot: false, scan: scanAttributes },
    { name: 'antora.yml', isRoot: true, scan: scanAttributes },
  ],
  scan,
  citationSite: (text, manuscript, offset): CitationSite | undefined =>
    listSite(text, manuscript.groups, offset, { separators: '', closers: '],(' }),
  writeKey: key => key,
  writing: asciidocWriting,
  processor: asciidocProcessor,
};

interface Found {
  readonly text: string;
  readonly groups: CitationGroup[];
  readonly declarations: BibliographyDeclaration[];
  readonly includes: Include[];
  /** What the document's own attributes stand for (`:name: value`). */
  readonly attributes: Map<string, string>;
}

const nothingFound = (text: string): Found => ({
  text,
  groups: [],
  declarations: [],
  includes: [],
  attributes: new Map(),
});

function scan(text: string): Manuscript {
  const found = nothingFound(text);
  let fence = '';
  for (let at = 0; at < text.length;) {
    const { end, next } = lineAt(text, at);
    const delimiter = delimiterAt(text, at, end);
    if (fence !== '') {
      if (text.slice(at, end) === fence) fence = '';
    } else if (delimiter === '```' || (delimiter !== undefined && at + delimiter.length === end)) fence = delimiter;
    else if (!text.startsWith('//', at)) readLine(found, at, end);
    at = next;
  }
  const { groups, declarations, includes } = found;
  return { groups, declarations, includes, standalone: true };
}

/** Signs that begin and end a block without substitutions; undefined for most lines. */
const delimiterAt = (text: string, start: number, end: number): string | undefined =>
  '-.+/`'.includes(text[start] ?? ' ')
    ? /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|```)/.exec(text.slice(start, Math.min(end, start + 80)))?.[0]
    : undefined;

/** Attributes that name bibliographies, in a file that has nothing but attributes. */
function scanAttributes(text: string): Declarations {
  const found = nothingFound(text);
  for (let at = 0; at < text.length;) {
    const { end, next } = lineAt(text, at);
    if (!/^\s*(?:\/\/|#)/.test(text.slice(at, Math.min(end, at + 80)))) readAttribute(found, at, end);
    at = next;
  }
  return { declarations: found.declarations, includes: [] };
}

function lineAt(text: string, start: number): { readonly end: number; readonly next: number } {
  const lineFeed = text.indexOf('\n', start);
  const next = lineFeed < 0 ? text.length : lineFeed + 1;
  let end = lineFeed < 0 ? text.length : lineFeed;
  while (end > start && ' \t\r'.includes(text[end - 1] ?? '')) end--;
  return { end, next };
}

function readLine(found: Found, start: number, end: number): void {
  const { text } = found;
  if (text[start] === ':' && readAttribute(found, start, end)) return;
  const isBlock = text.startsWith('include::', start) || text.startsWith('bibliography::', start);
  if (!isBlock || !readBlockMacro(found, start, end)) readInline(found, start, end);
}

/** `include::part.adoc[]`, `bibliography::refs.bib[]`. */
function readBlockMacro(found: Found, start: number, end: number): boolean {
  const { text, includes, attributes } = found;
  const block = /^(include|bibliography)::([^[\]\s]{0,500})\[/.exec(text.slice(start, Math.min(end, start + 600)));
  const written = block?.[2] ?? '';
  if (block === null || written === '') return false;
  const from = start + (block[1]?.length ?? 0) + 2;
  const span = { start: from, end: from + written.length };
  const target = withAttributes(written, attributes);
  if (block[1] === 'bibliography') {
    // Without an extension it names a list, not a file.
    if (/\.\w+$/.test(written)) addFiles(found, span);
  } else if (target !== undefined && !target.includes('://'))
    includes.push({ target, span, isFromHere: true, impliedExtensions: [] });
  return true;
}

/** `:bibtex-file: refs.bib`, `:bibliography-database: a.bib b.bib`, `:name: value`; in YAML without the first colon. */
function readAttribute(found: Found, start: number, end: number): boolean {
  const head = /^[ \t]{0,40}:?(\w[\w-]{0,60})@?:(?:[ \t]+|$)/.exec(found.text.slice(start, Math.min(end, start + 200)));
  const name = head?.[1];
  if (head === null || name === undefined) return false;
  const value = { start: Math.min(end, start + head[0].length), end };
  if (name === 'bibtex-file' || name === 'bibliography-database') addFiles(found, value);
  else if (value.end - value.start < longestValue) {
    const written = withAttributes(found.text.slice(value.start, value.end), found.attributes);
    if (written !== undefined) found.attributes.set(name, written);
  }
  return true;
}

/** Longer values of attributes are no paths. */
const longestValue = 500;

function addFiles({ text, declarations, attributes }: Found, { start, end }: Span): void {
  for (const { 0: word, index } of text.slice(start, end).matchAll(/[^\s"']+/g)) {
    // The folder of the document is where a path begins anyway.
    const written = word.replace(/^\{(?:docdir|asciidoctorconfigdir)\}\//, '');
    const target = withAttributes(written, attributes);
    if (target === undefined || target === '') continue;
    const from = start + index + word.length - written.length;
    const kind = /^https?:\/\//i.test(target) ? 'url' : /[*?]/.test(target) ? 'glob' : 'file';
    declarations.push({ target, span: { start: from, end: from + written.length }, kind, impliedExtensions: [] });
  }
}

/** A text with what its attributes (`{name}`) stand for; undefined where one is not known, or makes it too long. */
function withAttributes(text: string, attributes: ReadonlyMap<string, string>): string | undefined {
  if (!text.includes('{')) return text;
  const reference = /\{([\w-]+)\}/g;
  if ([...text.matchAll(reference)].some(match => !attributes.has(match[1] ?? ''))) return undefined;
  const made = text.replace(reference, (_, name: string) => attributes.get(name) ?? '');
  return made.length < longestValue ? made : undefined;
}

const macros: ReadonlySet<string> = new Set(
  (
    'cite citenp bibitem fullcite nocite citet citet* citealt citealt* citep citep* citealp citealp* citeauthor citeauthor* ' +
    'citeyear citeyearpar'
  ).split(' '),
);

function readInline({ text, groups }: Found, start: number, end: number): void {
  for (let at = start; at < end;) {
    const char = text[at];
    if (char === '+' || text.startsWith('pass:', at)) at = passthroughEnd(text, at, end);
    else if (char === ':') {
      const group = readMacro(text, at, start, end);
      if (group !== undefined) groups.push(group);
      at = group?.span.end ?? at + 1;
    } else at++;
  }
}

/** `+++text+++`, `` `+text+` `` and `pass:[text]` are not substituted. */
function passthroughEnd(text: string, at: number, end: number): number {
  let open = '+';
  let close = '+`';
  if (text[at] === 'p') {
    open = /^pass:[a-z,]{0,20}\[/.exec(text.slice(at, at + 40))?.[0] ?? '';
    close = ']';
  } else if (text.startsWith('+++', at)) open = close = '+++';
  else if (text[at - 1] !== '`') open = '';
  if (open === '') return at + 1;
  const limit = Math.min(end, at + longestPassthrough);
  for (let stop = at + open.length; stop < limit; stop++) if (text.startsWith(close, stop)) return stop + close.length;
  return at + open.length;
}

const longestPassthrough = 1000;

/** `cite:see[a(12-14), b]`, `cite:[a, page=3]+[b]`; the colon is at `at`. */
function readMacro(text: string, at: number, lineStart: number, lineEnd: number): CitationGroup | undefined {
  let start = text[at - 1] === '*' ? at - 1 : at;
  while (start > lineStart && start > at - 20 && /[a-z]/.test(text[start - 1] ?? ' ')) start--;
  const command = text.slice(start, at);
  const isPart = start > lineStart && /[\p{L}\p{N}_\\]/u.test(text[start - 1] ?? ' ');
  if (isPart || !macros.has(command) || ': \t'.includes(text[at + 1] ?? ' ')) return undefined;
  const slots: Span[] = [];
  const citations: Citation[] = [];
  let end = at + 1;
  for (let next = targetEnd(text, at + 1, lineEnd); text[next] === '[' && next < lineEnd;) {
    end = readKeys(text, next + 1, lineEnd, { slots, citations });
    if (text[end] !== ']' || end >= lineEnd) break;
    end++;
    next = text[end] === '+' ? targetEnd(text, end + 1, lineEnd) : lineEnd;
  }
  return slots.length === 0 ? undefined : { span: { start, end }, command, citations, slots };
}

function targetEnd(text: string, start: number, limit: number): number {
  const most = Math.min(limit, start + 100);
  let at = start;
  while (at < most && !'[]: \t'.includes(text[at] ?? ' ')) at++;
  // The text before a citation may have several words: `cite:see also[a]`.
  const bracket = /^[^[\]:]*/.exec(text.slice(at, most))?.[0].length ?? 0;
  return text[at] === ' ' && text[at + bracket] === '[' ? at + bracket : at;
}

/** Reads the items in brackets up to `]`; pages in parentheses and `name=value` are no keys. Returns where they end. */
function readKeys(
  text: string,
  start: number,
  limit: number,
  { slots, citations }: { readonly slots: Span[]; readonly citations: Citation[] },
): number {
  let at = start;
  for (;;) {
    const from = at;
    let keyEnd = -1;
    let depth = 0;
    let isQuoted = false;
    for (; at < limit; at++) {
      const char = text[at];
      if (char === '"') isQuoted = !isQuoted;
      else if (isQuoted) continue;
      else if (char === '(') {
        if (depth++ === 0 && keyEnd < 0) keyEnd = at;
      } else if (char === ')') depth = Math.max(0, depth - 1);
      else if (char === ']' || (char === ',' && depth === 0)) break;
    }
    const slot = { start: from, end: keyEnd < 0 ? at : keyEnd };
    const written = text.slice(slot.start, slot.end);
    const key = written.trim();
    if (!/^\s*[\w-]+\s*=/.test(written)) {
      slots.push(slot);
      const keyStart = slot.start + written.indexOf(key);
      if (key !== '' && !/\s/.test(key)) citations.push({ key, span: { start: keyStart, end: keyStart + key.length } });
    }
    if (text[at] !== ',' || at >= limit) return at;
    at++;
  }
}
