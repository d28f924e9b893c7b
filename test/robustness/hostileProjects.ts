import { fill, nested, text, type HostileText } from './hostileMakers.ts';

/** Files that speak for the documents of a project. */
export const HOSTILE_PROJECTS: readonly HostileText[] = [
  text('options in one line', 'Makefile', fill('-d ', 'pandoc ')),
  text('bibliographies in one line', 'Makefile', fill('--bibliography=a.bib ', 'pandoc ')),
  text('variables', 'Makefile', fill('A = $(A)\n', 'pandoc --bibliography=$(A)\n')),
  text('lists never closed', '.latexmkrc', fill('@default_files = "a",')),
  text('folders never closed', '.latexmkrc', fill('ensure_path("TEXINPUTS", "a"')),
  text('words never closed', '.latexmkrc', fill('@default_files = qw(a ')),
  text('a list that names nothing', '.latexmkrc', fill('"",', '@default_files = (', ');')),
  text('lists never closed', 'Tectonic.toml', fill('inputs = ["a",\n', '[[output]]\n')),
  text('folders never closed', 'Tectonic.toml', fill('extra_paths = ["a",\n', '[doc]\n')),
  text('lists never closed', 'conf.py', fill('bibtex_bibfiles = ["a.bib",\n')),
  text('texts never closed', 'conf.py', fill('"""', 'bibtex_bibfiles = [')),
  text('lists in lists', 'conf.py', nested('[', ']', 'bibtex_bibfiles = ', '')),
  text('lists in lists', '.dir-locals.el', nested('(', ')', '(org-cite-global-bibliography . ', ')')),
  text('variables', '.dir-locals.el', fill('(org-cite-global-bibliography . ("a.bib"')),
  text('texts never closed', '.dir-locals.el', fill('"\\"')),
  ...['_quarto.yml', '_config.yml', 'mkdocs.yml', 'myst.yml'].flatMap(file => [
    text('lists in lists', file, nested('[', ']', 'project:\n  type: x\nbibliography: ', '\n')),
    text('items of nothing', file, fill('- \n', 'plugins:\n')),
    text('lines that name nothing', file, fill('|\n', 'project:\n', 'bibliography: a.bib\n')),
  ]),
  text('packages', 'typst.toml', fill('entrypoint = "a.typ"\n')),
  text('attributes of attributes', '.asciidoctorconfig', fill(':bibtex-file: {bibtex-file}{bibtex-file}\n')),
];
