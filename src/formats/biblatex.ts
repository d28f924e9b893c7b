import { bibtexFormat } from './bibtex.ts';

/** BibLaTeX: BibTeX's notation with the data model of its own manual. */
export const biblatex = bibtexFormat('biblatex', 'BibLaTeX', ['.bib', '.biblatex']);
