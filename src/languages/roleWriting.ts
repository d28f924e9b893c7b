import type { CitationEffect, CitationForm } from '../protocol/citing.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Affixes, CitationSurroundings, CitationWriting, JoinedCitation } from './language.ts';
import { both, insertion, separatorIn } from './writtenLists.ts';

/** The roles of sphinxcontrib-bibtex (usage, "Roles and Directives"); MyST has them with the same names. */
const roles: readonly (readonly [name: string, effect: CitationEffect])[] = [
  ['cite:p', 'parenthetical'],
  ['cite:t', 'textual'],
  ['cite', 'plain'],
  ['cite:yearpar', 'suppressAuthor'],
  ['cite:author', 'author'],
  ['cite:year', 'year'],
  ['footcite:p', 'footnote'],
  ['footcite:t', 'footnote'],
];

const rolesAs = (frame: (name: string) => string): readonly CitationForm[] =>
  roles.map(([name, effect]) => ({ name: frame(name), effect, takes: both }));

/** Footnotes are Sphinx's. */
export const mystRoles = rolesAs(name => `{${name}}`).map(form =>
  form.effect === 'footnote' ? { ...form, of: 'Sphinx' } : form,
);

/** A role of MyST: `` {cite:p}`a,b` ``. */
export const writeMystRole = (keys: readonly string[], form: string, affixes: Affixes): string =>
  `${form}\`${content(keys, affixes)}\``;

export const restructuredTextWriting: CitationWriting = {
  forms: () => rolesAs(name => `:${name}:`),
  takesOthers: false,
  write: (keys, form, affixes) => `${form}\`${content(keys, affixes)}\``,
  fit: fitRole,
  fill: (keys, { text, group }) => keys.join(separatorIn(text, group, ',')),
  join: (keys, place) => {
    const { text, group } = place;
    if (text[group.span.start] === ':') return joinRole(keys, place);
    // The content of the directive `bibliography`: one key on a line.
    const column = group.span.start - text.lastIndexOf('\n', group.span.start - 1) - 1;
    return insertion(group.span.end, keys.map(key => `\n${' '.repeat(column)}${key}`).join(''));
  },
};

/** A role is read only between blanks and some signs (reStructuredText specification, "Inline markup recognition rules"). */
function fitRole(written: string, { text, span }: CitationSurroundings): string {
  const before = /[^\s\p{L}\p{N}\-:/'"<([{\u0080-\uffff]/u.test(text[span.start - 1] ?? ' ') ? ' ' : '';
  const behind = /[^\s\p{L}\p{N}'")\]}>\-/\\:.,;!?\u0080-\uffff]/u.test(text[span.end] ?? ' ') ? ' ' : '';
  return before + written + behind;
}

/** Braces hold what stands before the first key and behind the last. */
const content = (keys: readonly string[], { prefix, locator }: Affixes): string =>
  `${braced(prefix)}${keys.join(',')}${braced(locator)}`;

const braced = (text: string): string => (text === '' ? '' : `{${text.replace(/[{}`]/g, '')}}`);

/** At the end of a role: what stands in braces belongs to the keys beside it. */
export function joinRole(keys: readonly string[], { text, group }: JoinedCitation): TextEdit {
  const isClosed = text[group.span.end - 1] === '`' && group.span.end - 1 >= (group.slots[0]?.start ?? 0);
  const end = isClosed ? group.span.end - 1 : group.span.end;
  const separator = separatorIn(text, group, ',');
  return insertion(end, group.citations.length === 0 ? keys.join(separator) : separator + keys.join(separator));
}
