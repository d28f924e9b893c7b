import type { Span } from '../text/span.ts';
import type { CitationGroup } from './language.ts';
import { listItems } from './slotSites.ts';

/** Roles of sphinxcontrib-bibtex and of MyST: `cite`, `cite:p`, `footcite:t`. */
export const isCitingRole = (name: string): boolean =>
  /^(?:cite|footcite)(?::(?:p|ps|t|ts|ct|cts|alp|alps|label|labelpar|year|yearpar|author|authors|authorpar|authorpars|cauthor|cauthors|empty))?$/.test(
    name,
  );

/** The citation that a role with its content makes; texts in braces before and behind a key are none of it. */
export function roleGroup(
  text: string,
  span: Span,
  command: string,
  { inside, separators, isClosed }: { readonly inside: Span; readonly separators: string; readonly isClosed: boolean },
): CitationGroup {
  const slots = outsideBraces(text, inside);
  const citations = slots.flatMap(slot =>
    listItems(text, slot, separators)
      .map(item => ({ key: text.slice(item.start, item.end), span: item }))
      .filter(({ key }) => isClosed || !/\s/.test(key)),
  );
  return { span, command, citations, slots };
}

function outsideBraces(text: string, { start, end }: Span): Span[] {
  const slots: Span[] = [];
  let from = start;
  for (let at = start; at < end; at++) {
    if (text[at] === '{') {
      if (at > from) slots.push({ start: from, end: at });
      while (at < end && text[at] !== '}') at++;
      from = Math.min(at + 1, end);
    }
  }
  if (end > from || slots.length === 0) slots.push({ start: from, end });
  return slots;
}
