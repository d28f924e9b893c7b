import { append } from '../base/append.ts';
import type { Span } from '../text/span.ts';
import { behindKeyPrefix, withoutKeyPrefixes } from './keyPrefixes.ts';
import type { CitationSite, EmbeddedEntries, Language, Manuscript } from './language.ts';
import { blockReader, readBlock } from './markdownBlocks.ts';
import { readInline, readTexCommand } from './markdownInline.ts';
import { inlineReader } from './markdownSegment.ts';
import type { InlineReader } from './markdownSegment.ts';
import { readBibliographyDirective } from './mystDirectives.ts';
import { mystProjectFiles } from './mystProject.ts';
import { pandocProcessor } from './markdownProcessor.ts';
import { markdownWriting } from './markdownWriting.ts';
import { isCrossReference, keyEnd, writeMarkdownKey } from './pandocKeys.ts';
import { pandocCommandFiles } from './pandocCommands.ts';
import { quartoProjectFiles } from './quartoProject.ts';
import { siteProjectFiles } from './siteProject.ts';
import { sphinxProjectFiles } from './sphinxProject.ts';
import { rawTex } from './rawTex.ts';
import { isSearch, listSite, slotBefore } from './slotSites.ts';
import { otherKeys, slotAt, texCitationSite } from './texCitations.ts';
import type { SlotPlace } from './texCitations.ts';
import type { CitationCommands } from './texCommands.ts';
import { readMetadata } from './yamlMetadata.ts';
import type { Metadata } from './yamlMetadata.ts';

/** Pandoc Markdown with Quarto's, R Markdown's and bookdown's additions; cells of notebooks, raw ones for their metadata. */
export const markdown: Language = {
  id: 'markdown',
  languageIds: ['markdown', 'quarto', 'rmd', 'pandoc', 'raw'],
  extensions: ['.md', '.markdown', '.qmd', '.rmd'],
  triggerCharacters: ['@', '{', ',', ' ', ':', '-', '/', '+'],
  projectFiles: [
    ...quartoProjectFiles,
    ...mystProjectFiles,
    ...siteProjectFiles,
    ...sphinxProjectFiles,
    ...pandocCommandFiles,
  ],
  scan: (text, commands) => scanMarkdown(text, 'pandoc', commands),
  citationSite,
  writeKey: (key, site) => (site?.form === undefined ? writeMarkdownKey(key) : site.form + key),
  writing: markdownWriting,
  processor: pandocProcessor,
};

export function scanMarkdown(
  text: string,
  dialect: InlineReader['dialect'],
  commands: CitationCommands = new Map(),
): Manuscript {
  const blocks = blockReader(text);
  const reader = inlineReader(text, { tex: rawTex(text, commands), dialect });
  const declarations: Manuscript['declarations'][number][] = [];
  const embedded: EmbeddedEntries[] = [];
  const labelPrefixes: string[] = [];
  const keyPrefixes: string[] = [];
  // A byte order mark stands before the first line.
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const { block, end } = readBlock(blocks, at);
    at = end;
    if (block === undefined) continue;
    const { start, end: blockEnd } = block.span;
    if (block.kind === 'text') at = Math.max(end, readInline(reader, start, blockEnd));
    else if (block.kind === 'tex') readTex(reader, block.span);
    else if (block.kind === 'bibliography') {
      const directive = readBibliographyDirective(text, block.span);
      append(declarations, directive.declarations);
      keyPrefixes.push(directive.keyPrefix);
    } else {
      const metadata = readMetadataBlock(reader, block.span);
      append(declarations, metadata.declarations);
      append(embedded, metadata.embedded);
      append(labelPrefixes, metadata.labelPrefixes);
    }
  }
  reader.groups.sort((a, b) => a.span.start - b.span.start);
  return {
    groups: withoutKeyPrefixes(text, reader.groups, keyPrefixes),
    declarations,
    includes: reader.includes,
    standalone: true,
    ...(embedded.length > 0 && { embedded }),
    ...(reader.tex.own.size > 0 && { commands: reader.tex.own }),
    ...(labelPrefixes.length > 0 && { labelPrefixes }),
    ...(keyPrefixes.length > 0 && { keyPrefixes }),
    ...(reader.works.length > 0 && { works: reader.works }),
  };
}

function readMetadataBlock(reader: InlineReader, inside: Span): Metadata {
  const metadata = readMetadata(reader.text, inside);
  const { includes, nocite, texts } = metadata;
  append(reader.includes, includes);
  for (const span of texts) readInline(reader, span.start, span.end);
  for (const span of nocite) readNocite(reader, span);
  return metadata;
}

/** All keys of `nocite` are one group, where `@*` stands for every reference. */
function readNocite(reader: InlineReader, { start, end }: Span): void {
  const inner = inlineReader(reader.text, { ...reader, place: 'nocite' });
  readInline(inner, start, end);
  const slots = inner.groups.flatMap(group => group.slots);
  const citations = inner.groups.flatMap(group => group.citations);
  const first = inner.groups[0];
  if (first === undefined) return;
  const last = inner.groups.reduce((end, group) => Math.max(end, group.span.end), 0);
  reader.groups.push({ span: { start: first.span.start, end: last }, command: '@', citations, slots });
}

function readTex(reader: InlineReader, { start, end }: Span): void {
  let at = start;
  while (at < end) {
    const next = reader.text.indexOf('\\', at);
    if (next < 0 || next >= end) return;
    at = readTexCommand(reader, next, end);
  }
}

function citationSite(text: string, manuscript: Manuscript, offset: number): CitationSite | undefined {
  const inside = slotAt(manuscript.groups, offset);
  const site = inside && listedSite(text, manuscript, { ...inside, offset });
  // No braces around odd keys there.
  if (site !== undefined) return behindKeyPrefix({ ...site, form: '' }, manuscript.keyPrefixes ?? []);
  if (inside !== undefined && !/^[@[]/.test(inside.group.command)) return undefined;
  const place = slotBefore(text, manuscript.groups, offset);
  if (place === undefined || !/^[@[]/.test(place.group.command)) return undefined;
  const { group, slot } = place;
  const query = text.slice(slot.start, offset);
  if (!isSearch(query, slot.end - slot.start, group.command !== '[@')) return undefined;
  // The braces of `@{key}` are written anew with the key.
  const start = text[slot.start - 1] === '{' ? slot.start - 1 : slot.start;
  const replace = { start, end: replaceEnd(text, place, offset) };
  const isLabelLike = isCrossReference(query, '');
  return {
    query,
    replace,
    taken: otherKeys(group, replace),
    maybeProse: query.includes(' '),
    ...(isLabelLike && { isLabelLike }),
  };
}

/** A place in a list of keys, as roles, tags and commands of TeX have it. */
function listedSite(
  text: string,
  { groups }: Manuscript,
  { offset, ...place }: SlotPlace & { readonly offset: number },
): CitationSite | undefined {
  const { command, span } = place.group;
  if (text.startsWith('{%', span.start)) return wordSite(text, place, offset);
  if (text[span.start] === '{') return listSite(text, groups, offset, { separators: ',;', closers: '`{' });
  if (command === 'data-cite') return listSite(text, groups, offset, { separators: ',', closers: `"'` });
  return /^[a-z]/i.test(command) ? texCitationSite(text, place, offset) : undefined;
}

/** A key of a list with spaces between. */
function wordSite(text: string, { group, slot }: SlotPlace, offset: number): CitationSite {
  let { start, end } = { start: offset, end: offset };
  while (start > slot.start && !/\s/.test(text[start - 1] ?? ' ')) start--;
  while (end < slot.end && !/\s/.test(text[end] ?? ' ')) end++;
  const replace = { start, end };
  return { query: text.slice(start, offset), replace, taken: otherKeys(group, replace), maybeProse: false };
}

/** A search of several words in brackets is replaced up to the end of its item; a key alone leaves a locator behind it. */
function replaceEnd(text: string, { group, slot }: SlotPlace, offset: number): number {
  const lineFeed = text.indexOf('\n', offset);
  const lineEnd = lineFeed < 0 ? text.length : lineFeed;
  if (text[slot.start - 1] === '{') return text[slot.end] === '}' ? slot.end + 1 : Math.max(slot.end, offset);
  const hasWords = text.slice(slot.start, offset).includes(' ');
  if (!hasWords) return Math.max(slot.end, keyEnd(text, offset, lineEnd));
  const isClosed = text[group.span.end - 1] === ']' && offset < group.span.end;
  if (!isClosed) return keyEnd(text, offset, lineEnd);
  let end = offset;
  while (end < lineEnd && !';,]\r'.includes(text[end] ?? '')) end++;
  while (end > offset && text[end - 1] === ' ') end--;
  return end;
}
