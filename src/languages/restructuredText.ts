import type { Span } from '../text/span.ts';
import { behindKeyPrefix, withoutKeyPrefixes } from './keyPrefixes.ts';
import type {
  BibliographyDeclaration,
  Citation,
  CitationGroup,
  CitationSite,
  Include,
  Language,
  Manuscript,
} from './language.ts';
import { readRst } from './restructuredTextBlocks.ts';
import { restructuredTextProcessor } from './restructuredTextProcessor.ts';
import { restructuredTextWriting } from './roleWriting.ts';
import { listSite } from './slotSites.ts';
import { sphinxProjectFiles } from './sphinxProject.ts';
import { isCitingRole, roleGroup } from './sphinxRoles.ts';
import { slotAt } from './texCitations.ts';

/** reStructuredText with Sphinx and sphinxcontrib-bibtex. `[key]_` refers to what the document itself defines. */
export const restructuredText: Language = {
  id: 'restructuredText',
  languageIds: ['restructuredtext'],
  extensions: ['.rst', '.rest'],
  triggerCharacters: ['`', ',', ' ', ':', '-', '.', '/', '+'],
  projectFiles: sphinxProjectFiles,
  scan,
  citationSite,
  writeKey: (key, site) => (site?.form ?? '') + key,
  writing: restructuredTextWriting,
  processor: restructuredTextProcessor,
};

function scan(text: string): Manuscript {
  const found: Found = { text, groups: [], declarations: [], includes: [], prefixes: [] };
  for (const block of readRst(text)) {
    if (block.kind === 'text') readInline(found, block.span);
    else readers.get(block.name)?.(found, block.span, block.lines);
  }
  const { groups, declarations, includes, prefixes } = found;
  return {
    groups: withoutKeyPrefixes(text, groups, prefixes),
    declarations,
    includes,
    standalone: true,
    ...(prefixes.length > 0 && { keyPrefixes: prefixes }),
  };
}

function citationSite(text: string, manuscript: Manuscript, offset: number): CitationSite | undefined {
  const site = listSite(text, manuscript.groups, offset, { separators: ',', closers: '`{' });
  const { keyPrefixes = [] } = manuscript;
  const isListed = keyPrefixes.length > 0 && slotAt(manuscript.groups, offset)?.group.command === 'bibliography';
  return site === undefined || isListed ? site : behindKeyPrefix(site, keyPrefixes);
}

interface Found {
  readonly text: string;
  readonly groups: CitationGroup[];
  readonly declarations: BibliographyDeclaration[];
  readonly includes: Include[];
  /** Those of its bibliographies, empty for none. */
  readonly prefixes: string[];
}

/** Reads a paragraph: literals, and text in single backticks with the role before it. */
function readInline({ text, groups }: Found, { start, end }: Span): void {
  let at = start;
  let missing = false;
  while (at < end) {
    const char = text[at];
    if (char === '\\') at += 2;
    else if (char !== '`') at++;
    else if (text[at + 1] === '`' && !isEmptyRole(text, start, at)) {
      const close: number = missing ? -1 : indexWithin(text, '``', at + 2, end);
      missing ||= close < 0;
      at = close < 0 ? at + 2 : close + 2;
    } else {
      const role = roleBefore(text, start, at);
      const inside = interpreted(text, at + 1, end);
      const isClosed = text[inside.end] === '`' && inside.end < end;
      if (role !== undefined && isCitingRole(role.name)) {
        const span = { start: role.start, end: isClosed ? inside.end + 1 : inside.end };
        groups.push(roleGroup(text, span, role.name, { inside, separators: ',', isClosed }));
      }
      at = isClosed ? inside.end + 1 : Math.max(inside.end, at + 1);
    }
  }
}

/** Between the backticks of a role nothing is typed yet: no literal begins. */
const isEmptyRole = (text: string, limit: number, at: number): boolean =>
  !/[\w`]/.test(text[at + 2] ?? ' ') && roleBefore(text, limit, at) !== undefined;

/** `:cite:p:` before a backtick. */
function roleBefore(text: string, limit: number, at: number): { name: string; start: number } | undefined {
  const from = Math.max(limit, at - 60);
  const head = /(?:^|[^\w:\\`])(:[a-z][\w:+.-]*:)$/i.exec(text.slice(from, at))?.[1];
  return head === undefined ? undefined : { name: head.slice(1, -1), start: at - head.length };
}

/** The text between backticks; one that is not finished ends with its line or before the next role. */
function interpreted(text: string, start: number, limit: number): Span {
  let close = start;
  while (close < limit && text[close] !== '`') close++;
  const role = close < limit ? roleBefore(text, start, close) : undefined;
  if (close < limit && role === undefined) return { start, end: close };
  const stop = role?.start ?? close;
  let end = start;
  while (end < stop && text[end] !== '\n' && text[end] !== '\r') end++;
  return { start, end };
}

type DirectiveReader = (found: Found, argument: Span, lines: readonly Span[]) => void;

/** `.. bibliography:: a.bib b.bib` with options, then keys, one on a line. */
const readBibliography: DirectiveReader = (found, argument, lines) => {
  const { text } = found;
  const slots: Span[] = [];
  let prefix = '';
  addFiles(found, argument);
  for (const line of lines) {
    const written = text.slice(line.start, Math.min(line.end, line.start + 200));
    const option = /^:([a-z]+):[ \t]*/.exec(written);
    if (option?.[1] === 'keyprefix') prefix = text.slice(line.start + option[0].length, line.end);
    else if (option === null && /\.(?:bib|bibtex)(?:\s|$)/.test(written)) addFiles(found, line);
    else if (option === null && !/\s/.test(written)) slots.push(line);
  }
  found.prefixes.push(prefix);
  const first = slots[0];
  if (first === undefined) return;
  const citations: Citation[] = slots.map(span => ({ key: text.slice(span.start, span.end), span }));
  const span = { start: first.start, end: slots.at(-1)?.end ?? first.end };
  found.groups.push({ span, command: 'bibliography', citations, slots });
};

function addFiles({ text, declarations }: Found, { start, end }: Span): void {
  for (const { 0: target, index } of text.slice(start, end).matchAll(/\S+/g)) {
    const span = { start: start + index, end: start + index + target.length };
    declarations.push({ target, span, kind: 'file', impliedExtensions: [] });
  }
}

const readInclude: DirectiveReader = ({ text, includes }, { start, end }) => {
  const written = text.slice(start, end);
  const target = written.trim();
  // `<isonum.txt>` comes with docutils.
  if (target === '' || target.startsWith('<')) return;
  const from = start + written.indexOf(target);
  includes.push({ target, span: { start: from, end: from + target.length }, isFromHere: true, impliedExtensions: [] });
};

/** Documents of a table of contents: `name`, or `Title <name>`. */
const readContents: DirectiveReader = ({ text, includes }, _argument, lines) => {
  for (const line of lines) {
    const written = text.slice(line.start, Math.min(line.end, line.start + 500));
    const isTitled = written.endsWith('>') && written.includes('<');
    const target = isTitled ? written.slice(written.lastIndexOf('<') + 1, -1) : written;
    if (target === '' || target === 'self' || /^:|[*?]|:\/\//.test(target)) continue;
    const start = line.start + written.lastIndexOf(target);
    includes.push({
      target,
      span: { start, end: start + target.length },
      isFromHere: true,
      impliedExtensions: ['.rst', '.txt'],
    });
  }
};

const readers: ReadonlyMap<string, DirectiveReader> = new Map([
  ['bibliography', readBibliography],
  ['include', readInclude],
  ['toctree', readContents],
]);

/** Looks no further than `end`, unlike `indexOf`. */
function indexWithin(text: string, what: string, start: number, end: number): number {
  for (let at = start; at + what.length <= end; at++) if (text.startsWith(what, at)) return at;
  return -1;
}
