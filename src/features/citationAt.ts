import type { Citation, CitationGroup, Manuscript } from '../languages/language.ts';
import { contains } from '../text/span.ts';

/** The citation, or link to a work, whose key stands at an offset, its end included. */
export const citationAt = (manuscript: Manuscript, offset: number): Citation | undefined =>
  citedAt(manuscript, offset) ?? manuscript.works?.find(({ span }) => contains(span, offset));

/** The citation whose key stands at an offset. */
export function citedAt({ groups }: Manuscript, offset: number): Citation | undefined {
  // Groups may stand in each other (a citation in the note of another), so the one that begins last need not be the one.
  for (let index = lastGroupFrom(groups, offset); index >= 0; index--) {
    const group = groups[index];
    const citation = group?.citations.find(({ span }) => contains(span, offset));
    if (citation !== undefined) return citation;
    if (group === undefined || (!contains(group.span, offset) && lastGroupFrom(groups, offset) - index > deepest))
      return undefined;
  }
  return undefined;
}

/** More groups than this do not begin inside of one another. */
const deepest = 16;

/** The last group that begins at or before an offset. */
function lastGroupFrom(groups: readonly CitationGroup[], offset: number): number {
  let low = 0;
  let high = groups.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((groups[middle]?.span.start ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
