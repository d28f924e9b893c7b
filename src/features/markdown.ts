import type { TextRun } from '../text/run.ts';

/** Data as Markdown that shows exactly its characters: white space is one space, nothing is markup, link, HTML or icon. */
export function escapeMarkdown(text: string): string {
  return visible(text).replace(/[!-/:-@[-`{-~]/gu, sign => entities[sign] ?? `\\${sign}`);
}

/** Some readers of Markdown turn to HTML before they look for backslashes. */
const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Formatted text, its data escaped; what Markdown has no sign for (small capitals, raised text) stays plain. */
export function runsToMarkdown(runs: readonly TextRun[]): string {
  return runs
    .map((run, index) => {
      const mark = run.bold === true ? '**' : run.italic === true ? '*' : '';
      const text = visible(run.text, index > 0, index < runs.length - 1);
      const [, before = '', inner = '', after = ''] = /^(\s?)([^]*?)(\s?)$/u.exec(text) ?? [];
      const written = inner === '' ? '' : escapeMarkdown(inner);
      const canMark =
        mark !== '' && inner !== '' && endsWord(runs[index - 1], before) && beginsWord(runs[index + 1], after);
      return `${before}${canMark ? mark + written + mark : written}${after}`;
    })
    .join('');
}

/** A link to the web; undefined for addresses of any other kind, which are not to be offered. */
export function webLink(label: string, address: string): string | undefined {
  const trimmed = address.trim();
  return /^https?:\/\/[^/?#\s]/iu.test(trimmed) ? link(label, trimmed) : undefined;
}

/** A link to a DOI, given without resolver. */
export const doiLink = (doi: string): string => link(`doi:${doi}`, `https://doi.org/${encodeDoi(doi)}`);

/** A link to a line of a file of the library, counted from 1. The address comes from the editor. */
export const fileLink = (label: string, uri: string, line: number): string => link(label, `${uri}#L${String(line)}`);

/** Everything but the signs that an address is made of is percent-encoded, also what would end it in Markdown. */
function link(label: string, address: string): string {
  const encoded = wellFormed(address).replace(/[^\w\-.~:/?#@!$&+,;=%]/gu, encodeURIComponentStrictly);
  return `[${escapeMarkdown(label)}](${encoded.replaceAll('&', '&amp;')})`;
}

const encodeDoi = (doi: string): string => encodeURIComponent(wellFormed(doi)).replaceAll('%2F', '/');

const encodeURIComponentStrictly = (character: string): string => {
  const encoded = encodeURIComponent(character);
  return encoded === character ? `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}` : encoded;
};

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');

/** Without control characters and those that change the direction of what follows; white space as one space. */
function visible(text: string, keepsFirst = false, keepsLast = false): string {
  const single = wellFormed(text)
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\s\p{Cc}]+/gu, ' ');
  const start = !keepsFirst && single.startsWith(' ') ? 1 : 0;
  const end = !keepsLast && single.length > start && single.endsWith(' ') ? single.length - 1 : single.length;
  return single.slice(start, end);
}

/** Markdown takes `*` for a mark only at the border of a word. */
const endsWord = (before: TextRun | undefined, space: string): boolean =>
  space !== '' || before === undefined || /[\s!-/:-@[-`{-~]$/u.test(before.text);

const beginsWord = (after: TextRun | undefined, space: string): boolean =>
  space !== '' || after === undefined || /^[\s!-/:-@[-`{-~]/u.test(after.text);
