import type { Processor } from './language.ts';
import { insertion } from './writtenLists.ts';

export const typstProcessor: Processor = {
  reads: ['bibtex', 'biblatex', 'hayagriva'],
  isToldElsewhere: false,
  dialect: () => 'biblatex',
  declare: (text, _manuscript, path) => [
    insertion(
      text.length,
      `${text === '' ? '' : text.endsWith('\n') ? '\n' : '\n\n'}#bibliography(${JSON.stringify(path)})\n`,
    ),
  ],
};
