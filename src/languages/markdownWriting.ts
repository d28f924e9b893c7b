import type { CitationForm } from '../protocol/citing.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Affixes, CitationGroup, CitationSurroundings, CitationWriting, JoinedCitation } from './language.ts';
import { latexWriting } from './latexWriting.ts';
import { writeMarkdownKey } from './pandocKeys.ts';
import { joinRole, mystRoles, writeMystRole } from './roleWriting.ts';
import { both, citationBefore, insertion, itemEnd, joinList, locatorOnly } from './writtenLists.ts';

/** Citations of Pandoc (manual, "Citation syntax"). */
const pandocForms: readonly CitationForm[] = [
  { name: '[@key]', effect: 'parenthetical', takes: both },
  { name: '@key', effect: 'textual', takes: locatorOnly },
  { name: '[-@key]', effect: 'suppressAuthor', takes: both },
];

/** Where nothing tells whether the document goes through MyST. */
const rolesToo: readonly CitationForm[] = mystRoles.map(form => ({ of: 'MyST', ...form }));

const footnote: CitationForm = { name: '^[@key]', effect: 'footnote', takes: locatorOnly };

export const markdownWriting: CitationWriting = {
  // A document with roles goes through MyST, where Sphinx may know no others.
  forms: text =>
    text.includes('{cite') ? [...mystRoles, ...pandocForms, footnote] : [...pandocForms, footnote, ...rolesToo],
  takesOthers: false,
  write,
  fit,
  fill,
  join,
};

/** MyST writes roles first. */
export const mystWriting: CitationWriting = { ...markdownWriting, forms: () => [...mystRoles, ...pandocForms] };

const noAffixes: Affixes = { prefix: '', locator: '' };

function write(keys: readonly string[], form: string, affixes: Affixes): string {
  if (form.startsWith('{')) return writeMystRole(keys, form, affixes);
  const { prefix, locator } = { prefix: escaped(affixes.prefix), locator: escaped(affixes.locator) };
  if (form === footnote.name) return `^[${write(keys, '@key', affixes)}]`;
  if (form === '@key') {
    const written = keys.map(key => `@${writeMarkdownKey(key)}`).join(', ');
    return locator === '' ? written : `${written} [${locator}]`;
  }
  const sign = form === '[-@key]' ? '-@' : '@';
  const written = keys.map(key => `${sign}${writeMarkdownKey(key)}`).join('; ');
  return `[${prefix === '' ? '' : `${prefix} `}${written}${locator === '' ? '' : `, ${locator}`}]`;
}

/** Signs behind it would go on with a key, or make it a link. */
function fit(written: string, { text, span }: CitationSurroundings): string {
  const behind = text.slice(span.end, span.end + 2);
  const goesOn = written.endsWith(']') ? /^[([{]/ : /^(?:[[{_]|[:.#$%&\-+?<>~/][\p{L}\p{N}_])/u;
  return !written.endsWith('`') && goesOn.test(behind) ? `${written} ` : written;
}

/** A bracket would end the citation. */
const escaped = (text: string): string => text.replace(/[[\]]/g, '\\$&');

function fill(
  keys: readonly string[],
  place: JoinedCitation & { readonly site: Parameters<CitationWriting['fill']>[1]['site'] },
): string {
  const { text, group } = place;
  if (isTag(text, group)) return keys.join(' ');
  if (isRole(text, group)) return keys.join(',');
  if (isTex(group)) return latexWriting.fill(keys, place);
  // The sign of the first key is there already.
  const [first = '', ...others] = keys.map(writeMarkdownKey);
  return [first, ...others.map(key => `@${key}`)].join(group.command === '[@' ? '; ' : ', ');
}

function join(keys: readonly string[], place: JoinedCitation & { readonly offset: number }): TextEdit {
  const { text, group, offset } = place;
  if (isTag(text, group)) return joinList(text, group, { offset, written: keys, usual: ' ' });
  if (isRole(text, group)) return joinRole(keys, place);
  if (isTex(group)) return latexWriting.join(keys, place);
  if (group.command !== '[@')
    return insertion(behindLocator(text, group.span.end), `, ${write(keys, '@key', noAffixes)}`);
  const inside = text[group.span.end - 1] === ']' ? group.span.end - 1 : group.span.end;
  const from = citationBefore(group, offset)?.span.end ?? group.slots.at(-1)?.end ?? inside;
  // Behind the brace of `@{key}` and the locator.
  const end = itemEnd(text, text[from] === '}' ? from + 1 : from, inside, ';');
  return insertion(end, keys.map(key => `; @${writeMarkdownKey(key)}`).join(''));
}

/** Behind the brackets that follow `@key`: they belong to it. */
function behindLocator(text: string, start: number): number {
  const locator = /^[ \t]?\[[^[\]\r\n]{0,500}\](?![([:])/.exec(text.slice(start, start + 504));
  return start + (locator?.[0].length ?? 0);
}

/** `{% cite a b %}` of jekyll-scholar. */
const isTag = (text: string, group: CitationGroup): boolean => text.startsWith('{%', group.span.start);
const isRole = (text: string, group: CitationGroup): boolean => text[group.span.start] === '{';
const isTex = (group: CitationGroup): boolean => /^[a-z]/i.test(group.command);
