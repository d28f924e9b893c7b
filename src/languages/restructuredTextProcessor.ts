import type { TextEdit } from '../text/edit.ts';
import type { Processor } from './language.ts';
import { insertion } from './writtenLists.ts';

/** sphinxcontrib-bibtex: `conf.py` names the files, a directive of any document prints the list. */
export const restructuredTextProcessor: Processor = {
  reads: ['bibtex', 'biblatex'],
  isToldElsewhere: false,
  dialect: () => 'bibtex',
  declare: (text, _manuscript, path) => {
    if (/^\.\. bibliography::/m.test(text)) return [];
    return [
      insertion(
        text.length,
        `${text.endsWith('\n') ? '\n' : '\n\n'}.. bibliography::${path === '' ? '' : ` ${path}`}\n`,
      ),
    ];
  },
  project: { name: 'conf.py', declare: declareInConfiguration },
};

/** `bibtex_bibfiles`, with the extension that reads it. */
function declareInConfiguration(text: string, file: string): readonly TextEdit[] {
  const path = JSON.stringify(file);
  const known = /^[ \t]*bibtex_bibfiles[ \t]*=[ \t]*\[/m.exec(text);
  if (known !== null) {
    const at = known.index + known[0].length;
    return [insertion(at, `${path}${/^\s*\]/.test(text.slice(at, at + 80)) ? '' : ', '}`)];
  }
  const extensions = /^[ \t]*extensions[ \t]*=[ \t]*\[/m.exec(text);
  const at = (extensions?.index ?? 0) + (extensions?.[0].length ?? 0);
  const isLoaded = text.includes('sphinxcontrib.bibtex');
  const loading =
    extensions === null || isLoaded
      ? []
      : [insertion(at, `"sphinxcontrib.bibtex"${/^\s*\]/.test(text.slice(at, at + 80)) ? '' : ', '}`)];
  const line = extensions === null && !isLoaded ? 'extensions = ["sphinxcontrib.bibtex"]\n' : '';
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return [...loading, insertion(text.length, `${gap}${line}bibtex_bibfiles = [${path}]\n`)];
}
