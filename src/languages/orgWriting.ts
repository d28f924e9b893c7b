import type { CitationEffect, CitationForm } from '../protocol/citing.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Affixes, CitationGroup, CitationWriting, JoinedCitation } from './language.ts';
import { latexWriting } from './latexWriting.ts';
import { both, citationBefore, insertion, itemEnd, joinList, neither } from './writtenLists.ts';

const form = (name: string, effect: CitationEffect): CitationForm => ({
  name,
  effect,
  takes: effect === 'listed' ? neither : both,
});

/** Org's own citations with the styles that its processors share (Org manual, "Citation export processors"). */
const ownForms: readonly CitationForm[] = [
  form('[cite:@key]', 'plain'),
  form('[cite/t:@key]', 'textual'),
  form('[cite/ft:@key]', 'footnote'),
  form('[cite/na:@key]', 'suppressAuthor'),
  form('[cite/a:@key]', 'author'),
  form('[cite/n:@key]', 'listed'),
];

/** Links of org-ref 3. */
const linkForms: readonly CitationForm[] = [
  form('cite:&key', 'plain'),
  form('citep:&key', 'parenthetical'),
  form('citet:&key', 'textual'),
  form('footcite:&key', 'footnote'),
  form('citeyearpar:&key', 'suppressAuthor'),
  form('citeauthor:&key', 'author'),
  form('citeyear:&key', 'year'),
].map(one => ({ ...one, of: 'org-ref' }));

export const orgWriting: CitationWriting = {
  forms: text => (usesLinks(text) ? [...linkForms, ...ownForms] : [...ownForms, ...linkForms]),
  takesOthers: false,
  write,
  fill: (keys, place) => {
    const { text, group, site } = place;
    if (isTex(text, group)) return latexWriting.fill(keys, place);
    const sign = text[site.replace.start - 1] ?? '';
    return '@&'.includes(sign) ? keys.join(`;${sign}`) : keys.join(',');
  },
  join: (keys, place) => {
    const { text, group, offset } = place;
    if (isTex(text, group)) return latexWriting.join(keys, place);
    const isOwn = group.command === '[cite';
    if (isOwn && group.slots.length === 0) return firstKeys(keys, place);
    const last = citationBefore(group, offset);
    const sign = text[(last?.span.start ?? group.slots.at(-1)?.start ?? 0) - 1] ?? '';
    if (sign !== '@' && sign !== '&') return joinList(text, group, { offset, written: keys, usual: ',' });
    const inside = isOwn && text[group.span.end - 1] === ']' ? group.span.end - 1 : group.span.end;
    const end = itemEnd(text, last?.span.end ?? inside, inside, ';');
    return insertion(end, keys.map(key => `;${sign}${key}`).join(''));
  },
};

/** For `[cite/t:]`, perhaps with a prefix, which ends in a blank. */
function firstKeys(keys: readonly string[], { text, group: { span } }: JoinedCitation): TextEdit {
  const end = text[span.end - 1] === ']' ? span.end - 1 : span.end;
  const gap = /[:\s]$/.test(text.slice(span.start, end)) ? '' : ' ';
  return insertion(end, gap + keys.map(key => `@${key}`).join(';'));
}

const isTex = (text: string, group: CitationGroup): boolean => text[group.span.start] === '\\';

/** Whether a document cites by links of org-ref and by nothing else. */
const usesLinks = (text: string): boolean => /cite[a-z]{0,40}:&/.test(text) && !text.includes('[cite');

function write(keys: readonly string[], form: string, { prefix, locator }: Affixes): string {
  const colon = form.indexOf(':');
  const before = prefix === '' ? '' : `${plain(prefix)} `;
  const behind = locator === '' ? '' : ` ${plain(locator)}`;
  if (form.startsWith('[')) return `${form.slice(0, colon + 1)}${before}@${keys.join(';@')}${behind}]`;
  const link = `${form.slice(0, colon + 1)}${before}&${keys.join(';&')}${behind}`;
  return prefix === '' && locator === '' ? link : `[[${link}]]`;
}

/** Signs that would end a citation, or begin another one. */
const plain = (text: string): string => text.replace(/[[\];]/g, '');
