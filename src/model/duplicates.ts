import { authorsOf, doiOf, titleOf, yearOf } from './describe.ts';
import { familyName } from './name.ts';
import type { Reference } from './reference.ts';

/**
 * What tells that two references describe one work: the DOI, and title with year and first author. Two references are the same work
 * when they share the DOI, or share the second where not both have a DOI.
 */
export interface WorkIdentity {
  readonly doi: string | undefined;
  readonly title: string | undefined;
}

export function identityOf(reference: Reference): WorkIdentity {
  const title = letterOnly(titleOf(reference) ?? '');
  const [first] = authorsOf(reference);
  const author = first === undefined ? '' : letterOnly(familyName(first));
  return {
    doi: doiOf(reference)?.toLowerCase(),
    title: title === '' ? undefined : `${title}|${yearOf(reference) ?? ''}|${author}`,
  };
}

export const sameWork = (a: WorkIdentity, b: WorkIdentity): boolean =>
  a.doi !== undefined && b.doi !== undefined ? a.doi === b.doi : a.title !== undefined && a.title === b.title;

/** Groups references that are one work, in the order of their first member; a lone reference is a group of one. */
export function groupByWork(references: readonly Reference[]): Reference[][] {
  const groups: { identity: WorkIdentity; members: Reference[] }[] = [];
  const byDoi = new Map<string, number>();
  const byTitle = new Map<string, number>();
  for (const reference of references) {
    const identity = identityOf(reference);
    const sameDoi = identity.doi === undefined ? undefined : byDoi.get(identity.doi);
    const sameTitle = identity.title === undefined ? undefined : byTitle.get(identity.title);
    const titleGroup = sameTitle === undefined ? undefined : groups[sameTitle];
    const at = sameDoi ?? (titleGroup !== undefined && sameWork(titleGroup.identity, identity) ? sameTitle : undefined);
    const group = at === undefined ? undefined : groups[at];
    const place = group === undefined || at === undefined ? groups.length : at;
    if (group === undefined) {
      groups.push({ identity, members: [reference] });
    } else {
      group.members.push(reference);
      group.identity = { doi: group.identity.doi ?? identity.doi, title: group.identity.title ?? identity.title };
    }
    if (identity.doi !== undefined) {
      byDoi.set(identity.doi, place);
    }
    if (identity.title !== undefined && !byTitle.has(identity.title)) {
      byTitle.set(identity.title, place);
    }
  }
  return groups.map(group => group.members);
}

/** Letters and digits only, accents and case away. */
const letterOnly = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
