import type { CitationGroup, CitationSite, Declarations, Language, Manuscript } from './language.ts';
import { isSearch, slotBefore } from './slotSites.ts';
import { otherKeys, slotAt } from './texCitations.ts';
import { isReference, referenceEnd } from './typstLexis.ts';
import { typstProcessor } from './typstProcessor.ts';
import { readTypst } from './typstReader.ts';
import { typstWriting, writeTypstKey } from './typstWriting.ts';

export const typst: Language = {
  id: 'typst',
  languageIds: ['typst'],
  extensions: ['.typ'],
  triggerCharacters: ['@', '<', '"', ' ', ':', '-', '.', '/', '+'],
  projectFiles: [{ name: 'typst.toml', isRoot: true, scan: scanPackage }],
  scan,
  citationSite,
  writeKey,
  writing: typstWriting,
  processor: typstProcessor,
};

function scan(text: string): Manuscript {
  const { groups, declarations, includes, labels } = readTypst(text);
  const isElsewhere = ({ command, citations }: CitationGroup): boolean =>
    command !== 'cite' && citations.some(({ key }) => labels.has(key) || isCrossReference(key));
  return {
    groups: groups.filter(group => !isElsewhere(group)).sort((a, b) => a.span.start - b.span.start),
    declarations,
    includes,
    standalone: true,
  };
}

/** Labels of figures and sections are set in other files, too; nobody names a reference like this. */
const isCrossReference = (key: string): boolean =>
  /^(?:figure|fig|table|tab|tbl|equation|eqt|eq|section|sec|chapter|chap|listing|lst|algorithm|alg|theorem|thm|lemma|lem|definition|def|corollary|cor|appendix|app)[:-]/.test(
    key,
  );

function citationSite(text: string, manuscript: Manuscript, offset: number): CitationSite | undefined {
  const inside = slotAt(manuscript.groups, offset);
  if (inside !== undefined && inside.group.command !== '@') {
    const { group, slot } = inside;
    const query = text.slice(slot.start, offset);
    const isClosed = '>"'.includes(text[slot.end] ?? ' ');
    const form = text[slot.start - 1] === '<' ? 'label' : 'string';
    const end = isClosed ? slot.end : Math.max(offset, slot.start + text.slice(slot.start, slot.end).search(/\s|$/));
    // The brackets of `<key>` are written anew with the key.
    const replace =
      form === 'label' ? { start: slot.start - 1, end: text[end] === '>' ? end + 1 : end } : { start: slot.start, end };
    return { query, replace, taken: otherKeys(group, replace), maybeProse: !isClosed && query.includes(' '), form };
  }
  const place = slotBefore(text, manuscript.groups, offset);
  if (place?.group.command !== '@') return undefined;
  const { slot } = place;
  const query = text.slice(slot.start, offset);
  if (!isSearch(query, slot.end - slot.start, true)) return undefined;
  const replace = { start: slot.start - 1, end: Math.max(slot.end, offset, referenceEnd(text, offset)) };
  return { query, replace, taken: [], maybeProse: query.includes(' '), form: '@' };
}

/** `@key`, `<key>` in code; `label("key")` where a key has characters that no label has. */
function writeKey(key: string, site?: CitationSite): string {
  if (site?.form === 'string' || site?.form === 'label') return writeTypstKey(key, site.form);
  return isReference(key) ? `@${key}` : `#cite(${writeTypstKey(key, 'label')})`;
}

/** `entrypoint = "main.typ"`: what the main file declares speaks for the files beside it. */
function scanPackage(text: string): Declarations {
  const includes = [...text.matchAll(/^[ \t]*entrypoint[ \t]*=[ \t]*"([^"\r\n]{1,500})"/gm)].map(match => {
    const target = match[1] ?? '';
    const start = match.index + match[0].length - 1 - target.length;
    return { target, span: { start, end: start + target.length }, impliedExtensions: [] };
  });
  return { declarations: [], includes };
}
