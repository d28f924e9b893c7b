import type { Processor } from './language.ts';
import { insertion } from './writtenLists.ts';

/** asciidoctor-bibtex. */
export const asciidocProcessor: Processor = {
  reads: ['bibtex', 'biblatex'],
  isToldElsewhere: false,
  takesBeside: true,
  dialect: () => 'bibtex',
  declare: (text, _manuscript, path) => {
    // Attributes stand in the header: the title and what follows up to an empty line.
    const title = /^= [^\n]*\n/.exec(text)?.[0].length ?? 0;
    const attribute = `:bibtex-file: ${path}\n`;
    const declaration = insertion(title, title === 0 && !/^:/.test(text) ? `${attribute}\n` : attribute);
    if (/^bibliography::/m.test(text)) return [declaration];
    return [declaration, insertion(text.length, `${text.endsWith('\n') ? '\n' : '\n\n'}bibliography::[]\n`)];
  },
};
