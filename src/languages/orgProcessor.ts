import type { Processor } from './language.ts';
import { insertion } from './writtenLists.ts';

/** Org's own processors read BibTeX, BibLaTeX and CSL-JSON; `org-cite-global-bibliography` may name further files. */
export const orgProcessor: Processor = {
  reads: ['bibtex', 'biblatex', 'csl-json'],
  isToldElsewhere: true,
  dialect: () => 'biblatex',
  declare: (text, _manuscript, path) => {
    // Behind the keywords at the beginning.
    let head = 0;
    while (text.startsWith('#+', head) && text.includes('\n', head)) head = text.indexOf('\n', head) + 1;
    const declaration = insertion(head, `#+bibliography: ${path}\n`);
    if (/^#\+print_bibliography:/im.test(text)) return [declaration];
    return [declaration, insertion(text.length, `${text.endsWith('\n') ? '\n' : '\n\n'}#+print_bibliography:\n`)];
  },
};
