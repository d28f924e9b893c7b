import type { Span } from '../text/span.ts';
import type { BibliographyDeclaration } from './language.ts';

/** What a list of references in MyST says, where sphinxcontrib-bibtex makes it. */
export interface BibliographyDirective {
  readonly declarations: readonly BibliographyDeclaration[];
  /** What the keys are written with that it lists; empty for none. */
  readonly keyPrefix: string;
}

/** The lines from ```` ```{bibliography} a.bib b.bib ```` up to the fence that closes it, options such as `:keyprefix: x-` among them. */
export function readBibliographyDirective(text: string, { start, end }: Span): BibliographyDirective {
  const lineFeed = text.indexOf('\n', start);
  const firstEnd = lineFeed < 0 || lineFeed > end ? end : lineFeed;
  const from = text.indexOf('}', start) + 1;
  const declarations = [...text.slice(from, firstEnd).matchAll(/\S+/g)].map(({ 0: target, index }) => ({
    target,
    span: { start: from + index, end: from + index + target.length },
    kind: 'file' as const,
    impliedExtensions: [],
  }));
  const keyPrefix = /^[ \t]*:keyprefix:[ \t]*(\S+)/m.exec(text.slice(firstEnd, end))?.[1];
  return { declarations, keyPrefix: keyPrefix ?? '' };
}
