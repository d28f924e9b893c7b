import type { CitationGroup, CitationSite } from './language.ts';

/*
 * A bibliography of sphinxcontrib-bibtex, in reStructuredText or MyST, may have a prefix (`:keyprefix: x-`): only citations that are written with it are in its list,
 * in whatever document of the project they stand.
 */

/** Every citation is compared with each; nobody has more. */
const mostPrefixes = 100;

/** With a prefix `x-` a reference `doe` is cited as `x-doe`. */
export function withoutKeyPrefixes(
  text: string,
  groups: readonly CitationGroup[],
  prefixes: readonly string[],
): readonly CitationGroup[] {
  const written = [...new Set(prefixes)].filter(one => one !== '').slice(0, mostPrefixes);
  if (written.length === 0) return groups;
  return groups.map(group => {
    // The keys that the bibliography itself lists have no prefix.
    if (group.command === 'bibliography') return group;
    const citations = group.citations.map(citation => {
      const { start, end } = citation.span;
      const prefix = written.find(one => citation.key.startsWith(one) && citation.key !== one);
      // One key, one prefix.
      if (prefix === undefined || !/[\s,`{}]/.test(text[start - 1] ?? ' ')) return citation;
      return { key: citation.key.slice(prefix.length), span: { start: start + prefix.length, end } };
    });
    return { ...group, citations };
  });
}

/** The place of a key behind its prefix; where all bibliographies have the same one, it is written with the key. */
export function behindKeyPrefix(site: CitationSite, prefixes: readonly string[]): CitationSite {
  const prefix = prefixes.find(one => one !== '' && site.query.startsWith(one));
  if (prefix !== undefined) {
    const { start, end } = site.replace;
    return { ...site, query: site.query.slice(prefix.length), replace: { start: start + prefix.length, end } };
  }
  const only = commonKeyPrefix(prefixes);
  return only === '' ? site : { ...site, form: only };
}

/** What every key is written with; empty where the bibliographies differ. */
export function commonKeyPrefix(prefixes: readonly string[]): string {
  const [only = '', ...others] = new Set(prefixes);
  return others.length > 0 ? '' : only;
}
