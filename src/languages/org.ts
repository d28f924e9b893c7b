import type { Span } from '../text/span.ts';
import type { CitationGroup, CitationSite, Language, Manuscript } from './language.ts';
import { readDeclaration } from './latexDeclarations.ts';
import { texDeclarations } from './latexFound.ts';
import type { TexDeclarations } from './latexFound.ts';
import { orgProcessor } from './orgProcessor.ts';
import { orgProjectFiles } from './orgProject.ts';
import { orgWriting } from './orgWriting.ts';
import type { RawTex } from './rawTex.ts';
import { rawTex, readRawCommand } from './rawTex.ts';
import { isSearch, listItems, listSite, slotBefore } from './slotSites.ts';
import { otherKeys, slotAt, texCitationSite } from './texCitations.ts';
import type { CitationCommands } from './texCommands.ts';
import { keyPlace } from './texCommands.ts';

/** Org with its own citations, those of org-ref 2 and 3, and raw LaTeX. */
export const org: Language = {
  id: 'org',
  languageIds: ['org'],
  extensions: ['.org'],
  triggerCharacters: ['@', '&', ':', '{', ',', ' ', '-', '.', '/', '+'],
  projectFiles: orgProjectFiles,
  scan,
  citationSite,
  writeKey: key => key,
  writing: orgWriting,
  processor: orgProcessor,
};

interface Pass {
  readonly text: string;
  readonly tex: RawTex;
  readonly found: TexDeclarations;
  readonly groups: CitationGroup[];
}

function scan(text: string, commands: CitationCommands = new Map()): Manuscript {
  const pass: Pass = { text, tex: rawTex(text, commands), found: texDeclarations(), groups: [] };
  let block = '';
  let behind = 0;
  for (let at = 0; at < text.length;) {
    const lineFeed = text.indexOf('\n', at);
    const next = lineFeed < 0 ? text.length : lineFeed + 1;
    const end = text[next - 2] === '\r' && lineFeed >= 0 ? next - 2 : lineFeed < 0 ? next : next - 1;
    const isProse = block === '' && /[^\s#:]/.test(text[at] ?? ' ');
    const head = isProse ? '' : text.slice(at, Math.min(end, at + 200)).trimStart();
    const fence = isProse ? null : /^#\+(begin|end)_(\w{1,40})/i.exec(head);
    if (block !== '') {
      if (fence?.[1]?.toLowerCase() === 'end' && fence[2]?.toLowerCase() === block) block = '';
    } else if (fence?.[1]?.toLowerCase() === 'begin') {
      const name = fence[2]?.toLowerCase() ?? '';
      const isLatex = name === 'export' && /^#\+begin_export\s{1,9}latex/i.test(head);
      if (verbatimBlocks.has(name) && !isLatex) block = name;
    } else if (head.startsWith('#+')) readKeyword(pass, { start: at + text.slice(at, end).indexOf('#+'), end });
    else if (!/^(?:#|:)(?:\s|$)/.test(head)) behind = readLine(pass, Math.max(at, behind), end);
    at = next;
  }
  const { declarations, includes } = pass.found;
  return {
    groups: pass.groups.sort((a, b) => a.span.start - b.span.start),
    declarations: declarations.sort((a, b) => a.span.start - b.span.start),
    includes,
    standalone: true,
    ...(pass.tex.own.size > 0 && { commands: pass.tex.own }),
  };
}

const verbatimBlocks: ReadonlySet<string> = new Set(['src', 'example', 'export', 'comment']);

/** `#+bibliography: file.bib`, and what other keywords say. */
function readKeyword(pass: Pass, { start, end }: Span): void {
  const { text, found } = pass;
  const head = /^#\+([\w-]{1,60}):[ \t]*/.exec(text.slice(start, Math.min(end, start + 200)));
  const name = head?.[1]?.toLowerCase();
  if (head === null || name === undefined) return;
  const value = valueAt(text, start + head[0].length, end);
  const target = text.slice(value.start, value.end);
  if (name === 'bibliography' && target !== '') {
    const kind = /^https?:\/\//i.test(target) ? 'url' : 'file';
    found.declarations.push({ target, span: value, kind, impliedExtensions: [] });
  } else if ((name === 'setupfile' || name === 'include') && target !== '' && !target.includes('://')) {
    found.includes.push({ target, span: value, isFromHere: true, impliedExtensions: [] });
  } else if (/^latex/.test(name) || textKeywords.has(name)) readLine(pass, value.start, end);
}

const textKeywords: ReadonlySet<string> = new Set(['title', 'subtitle', 'caption', 'nocite', 'beamer_header']);

/** A value in double quotes, else up to the end of the line or the options (`:lines "1-10"`). */
function valueAt(text: string, start: number, end: number): Span {
  if (text[start] === '"') {
    const close = text.indexOf('"', start + 1);
    return { start: start + 1, end: close < 0 || close > end ? end : close };
  }
  let stop = start;
  while (stop < end && !(text[stop] === ' ' && text[stop + 1] === ':')) stop++;
  while (stop > start && ' \t\r'.includes(text[stop - 1] ?? '')) stop--;
  return { start, end: stop };
}

/** Reads a line and returns where it ends: a citation may go on behind `end`. */
function readLine(pass: Pass, start: number, end: number): number {
  const { text } = pass;
  let at = start;
  while (at < end) {
    const char = text[at];
    if (char === '=' || char === '~') at = verbatimEnd(text, at, start, end);
    else if (char === '\\') at = readCommand(pass, at);
    else if (char === '[' && text.startsWith('[cite', at)) at = readCitationObject(pass, at);
    else if (char === ':') at = readLink(pass, at, start, end);
    else at++;
  }
  return at;
}

/** `=code=` and `~code~` begin behind a space and end before one (Org manual, "Emphasis and Monospace"). */
function verbatimEnd(text: string, at: number, start: number, end: number): number {
  const isOpening = at === start || ' \t-({\'"'.includes(text[at - 1] ?? ' ');
  if (!isOpening || ' \t'.includes(text[at + 1] ?? ' ')) return at + 1;
  const limit = Math.min(end, at + longestVerbatim);
  for (let close = at + 2; close < limit; close++) {
    const isClosing = text[close] === text[at] && !' \t'.includes(text[close - 1] ?? ' ');
    if (isClosing && (close + 1 >= end || ' \t-.,;:!?\'")}[\\'.includes(text[close + 1] ?? ' '))) return close + 1;
  }
  return at + 1;
}

const longestVerbatim = 300;

function readCommand({ tex, found, groups }: Pass, start: number): number {
  const { name, end, group } = readRawCommand(tex, start);
  if (group !== undefined) groups.push(group);
  else readDeclaration(tex.source, found, name, end);
  return end;
}

/** `[cite/style/variant:prefix @key suffix;…]` (Org manual, "Citations"). */
function readCitationObject({ text, groups }: Pass, start: number): number {
  const head = /^\[cite(?:\/[\w/-]{1,60})?:/.exec(text.slice(start, start + 80));
  if (head === null) return start + 1;
  const inside = start + head[0].length;
  const close = objectEnd(text, inside);
  // `[[cite:…]]` is a link of org-ref.
  if (text[start - 1] === '[' && !text.slice(inside, close).includes('@')) return start + 1;
  groups.push(signGroup(text, { start, end: close }, inside, '[cite', '@'));
  return close;
}

/** Behind the closing bracket; one that is not finished ends with its line. */
function objectEnd(text: string, start: number): number {
  const limit = Math.min(text.length, start + longestObject);
  let depth = 0;
  let line = -1;
  for (let at = start; at < limit; at++) {
    const char = text[at];
    if (char === '[') {
      if (text.startsWith('[cite', at)) break;
      depth++;
    } else if (char === ']' && depth-- === 0) return at + 1;
    else if (char === '\n') {
      if (line < 0) line = at;
      if (/^[ \t]{0,20}\r?(?:\n|\*|#)/.test(text.slice(at + 1, at + 30))) break;
    }
  }
  if (line >= 0) return line;
  let end = start;
  while (end < text.length && text[end] !== '\n' && !text.startsWith('[cite', end)) end++;
  return end;
}

const longestObject = 3000;

/** The group of the keys that a sign begins. */
function signGroup(text: string, span: Span, inside: number, command: string, sign: string): CitationGroup {
  const slots: Span[] = [];
  for (let at = inside; at < span.end; at++) {
    if (text[at] !== sign || /\w/.test(text[at - 1] ?? ' ')) continue;
    slots.push({ start: at + 1, end: keyEnd(text, at + 1, span.end) });
    at = Math.max(at, (slots.at(-1)?.end ?? 0) - 1);
  }
  const citations = slots
    .filter(slot => slot.end > slot.start)
    .map(slot => ({ key: text.slice(slot.start, slot.end), span: slot }));
  return { span, command, citations, slots };
}

/** The characters of keys in Org's own reading (`org-element-citation-key-re`). */
function keyEnd(text: string, start: number, limit: number): number {
  let at = start;
  while (at < limit && /[\p{L}\p{M}\p{N}\p{Cs}\-.:?!`'/*@+|(){}<>&_^$#%~]/u.test(text[at] ?? ' ')) at++;
  return at;
}

/** `cite:a,b`, `cite:&a;&b`, `[[cite:see &a p. 3]]`, `bibliography:a.bib,b.bib`; the colon is at `at`. */
function readLink(pass: Pass, at: number, lineStart: number, lineEnd: number): number {
  const { text, groups } = pass;
  let start = at;
  while (start > lineStart && start > at - 40 && /[A-Za-z*]/.test(text[start - 1] ?? ' ')) start--;
  const type = text.slice(start, at);
  const isDeclaration = /^(?:no)?bibliography\*?$|^addbibresource$/.test(type);
  if (!isDeclaration && !isCiting(type)) return at + 1;
  if (/[\p{L}\p{N}_/@:-]/u.test(text[start - 1] ?? ' ') && start > lineStart) return at + 1;
  const isBracketed = text.startsWith('[[', start - 2) && start - 2 >= lineStart;
  const inside = { start: at + 1, end: pathEnd(text, at + 1, lineEnd, isBracketed) };
  const isOpen = inside.start < lineEnd && /\s/.test(text[inside.start] ?? '') && !isBracketed;
  if (isOpen) return at + 1;
  if (isDeclaration) {
    for (const span of listItems(text, inside, ',')) {
      const target = text.slice(span.start, span.end);
      pass.found.declarations.push({ target, span, kind: 'file', impliedExtensions: ['.bib'] });
    }
    return inside.end;
  }
  const span = { start: isBracketed ? start - 2 : start, end: inside.end };
  const path = text.slice(inside.start, inside.end);
  if (path.includes('&')) groups.push(signGroup(text, span, inside.start, type, '&'));
  else {
    const citations = listItems(text, inside, ',').map(item => ({
      key: text.slice(item.start, item.end),
      span: item,
    }));
    groups.push({ span, command: type, citations: citations.filter(one => !/\s/.test(one.key)), slots: [inside] });
  }
  return inside.end;
}

const isCiting = (type: string): boolean =>
  /cite/i.test(type) && keyPlace(type.replace(/\*$/, '')) !== undefined && !/[A-Z]{2}/.test(type);

/** End of the path of a link; a plain one ends before the punctuation of the sentence. */
function pathEnd(text: string, start: number, limit: number, isBracketed: boolean): number {
  let end = start;
  if (isBracketed) {
    // A filled paragraph may break the path.
    const most = Math.min(text.length, start + longestObject);
    while (end < most && !'[]'.includes(text[end] ?? ']') && !isEmptyLine(text, end)) end++;
    return text[end] === ']' ? end : Math.max(start, Math.min(end, limit));
  }
  while (end < limit && !' \t\r()[]<>{}"'.includes(text[end] ?? ' ')) end++;
  while (end > start && ".;:!?'".includes(text[end - 1] ?? '')) end--;
  return end;
}

const isEmptyLine = (text: string, at: number): boolean =>
  text[at] === '\n' && /^\n[ \t]{0,40}(?:\r?\n|$)/.test(text.slice(at, at + 43));

function citationSite(text: string, manuscript: Manuscript, offset: number): CitationSite | undefined {
  const inside = slotAt(manuscript.groups, offset);
  const before = inside === undefined ? '' : (text[inside.slot.start - 1] ?? '');
  if (inside !== undefined && text[inside.group.span.start] === '\\') return texCitationSite(text, inside, offset);
  if (inside !== undefined && before === ':')
    return listSite(text, manuscript.groups, offset, { separators: ',', closers: ']' });
  const place = slotBefore(text, manuscript.groups, offset);
  const sign = text[(place?.slot.start ?? 0) - 1] ?? '';
  if (place === undefined || !'@&'.includes(sign) || sign === '' || offset > place.group.span.end) return undefined;
  const { group, slot } = place;
  const query = text.slice(slot.start, offset);
  if (!isSearch(query, slot.end - slot.start, false)) return undefined;
  const replace = { start: slot.start, end: Math.max(slot.end, keyEnd(text, offset, group.span.end)) };
  return { query, replace, taken: otherKeys(group, replace), maybeProse: query.includes(' ') };
}
