import '@citation-js/plugin-csl';
import { plugins } from '@citation-js/core';
import type { TextRun } from '../text/run.ts';
import { readFormattedHtml } from './formattedHtml.ts';

/** The CSL styles that come with citation-js (github.com/citation-style-language/styles), under their names there. */
export const STYLES = ['apa', 'vancouver', 'harvard1'] as const;
export type StyleName = (typeof STYLES)[number];

export interface StyleOptions {
  readonly style: StyleName;
  /** A BCP 47 language; one that has no CSL locale here falls back to that of the style. */
  readonly locale: string;
}

/** How a bibliography in the given style shows a CSL-JSON item. Loading this module costs some 40 ms, the first call 100 ms, each later one 3 ms. */
export function formatReference(item: Readonly<Record<string, unknown>>, options: StyleOptions): TextRun[] {
  const html = plugins.output.format('bibliography', [bibliographic(item)], {
    template: options.style,
    lang: options.locale,
    format: 'html',
  });
  return readFormattedHtml(html);
}

/** Not for a bibliography, and `note` may hold "key: value" lines that citeproc-js would take for variables. */
const LEFT_OUT = new Set(['abstract', 'annote', 'note', 'keyword', 'custom', 'categories']);
/** citeproc-js works on every value with many expressions; nobody reads a title this long. */
const LONGEST_VALUE = 2000;
const MOST_NAMES = 100;

function bibliographic(item: Readonly<Record<string, unknown>>): object {
  const kept: Record<string, unknown> = {};
  for (const [variable, value] of Object.entries(item)) {
    if (LEFT_OUT.has(variable)) continue;
    kept[variable] = shortened(value);
  }
  // citeproc-js keeps a registry by id; which one it is shows nowhere.
  return { ...kept, id: 'reference' };
}

function shortened(value: unknown): unknown {
  return Array.isArray(value) ? value.slice(0, MOST_NAMES).map(shortenedName) : shortenedText(value);
}

function shortenedName(name: unknown): unknown {
  if (typeof name !== 'object' || name === null) return name;
  return Object.fromEntries(Object.entries(name).map(([part, text]) => [part, shortenedText(text)]));
}

const shortenedText = (value: unknown): unknown =>
  typeof value === 'string' && value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
