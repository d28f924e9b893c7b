/** The languages, by the ids of editors, whose documents Colophon serves: those that cite, and bibliographies. */
export const LANGUAGE_IDS: readonly string[] = [
  'latex',
  'tex',
  'latex-expl3',
  'rsweave',
  'rnoweb',
  'jlweave',
  'pweave',
  'doctex',
  'markdown',
  'quarto',
  'rmd',
  'typst',
  'restructuredtext',
  'org',
  'asciidoc',
  'myst',
  'bibtex',
  'ris',
];

/** Languages of scripts that may have cells of text: served as well, but they do not start Colophon. */
export const SCRIPT_LANGUAGE_IDS: readonly string[] = ['python', 'r', 'julia'];

/** Documents that count by their name, where no extension of the editor claims them. */
export const DOCUMENT_EXTENSIONS: readonly string[] = [
  '.tex',
  '.ltx',
  '.latex',
  '.sty',
  '.cls',
  '.cbx',
  '.dtx',
  '.tikz',
  '.pgf',
  '.pdf_tex',
  '.qmd',
  '.rmd',
  '.Rmd',
  '.Rnw',
  '.rnw',
  '.Snw',
  '.snw',
  '.Rtex',
  '.rtex',
  '.jnw',
  '.jtexw',
  '.Pnw',
  '.pnw',
  '.ptexw',
  '.myst',
  '.adoc',
  '.asciidoc',
  '.org',
  '.rst',
  '.rest',
  '.typ',
];

/** Endings of files that are bibliographies of the workspace. */
export const BIBLIOGRAPHY_EXTENSIONS: readonly string[] = [
  '.bib',
  '.bibtex',
  '.biblatex',
  '.ris',
  '.nbib',
  '.enw',
  '.ciw',
  '.csljson',
  '.csl.json',
  '.csl.yaml',
  '.csl.yml',
];

/** Endings that say nothing of what a file holds. */
const GENERAL_EXTENSIONS: readonly string[] = ['.json', '.yaml', '.yml', '.xml'];

/**
 * Names under which bibliographies are kept in files that may hold anything; what they hold decides. Others with such an ending are read
 * when a document, a project or a setting names them.
 */
export const BIBLIOGRAPHY_NAMES: readonly string[] = [
  'references',
  'refs',
  'bibliography',
  'biblio',
  'bib',
  'citations',
  'hayagriva',
  'works',
  'My Library',
].flatMap(stem => GENERAL_EXTENSIONS.map(extension => stem + extension));

/**
 * Documents of papers that no language of an editor starts Colophon for: one of them in the workspace does. AsciiDoc, Org and
 * reStructuredText are manuals as often; for them a bibliography beside them does.
 */
export const PAPER_EXTENSIONS: readonly string[] = ['.typ', '.qmd', '.rmd', '.Rmd', '.rnw', '.Rnw'];

/** Whether a file may hold anything, by its ending. */
export const mayHoldAnything = (path: string): boolean =>
  GENERAL_EXTENSIONS.some(extension => path.toLowerCase().endsWith(extension));

/** A glob that matches the ending in small and capital letters, because globs care and file systems may not. */
export const anyCase = (extension: string): string =>
  `*${extension.replace(/[a-z]/g, letter => `[${letter}${letter.toUpperCase()}]`)}`;

export const BIBLIOGRAPHY_GLOB = `**/{${[...BIBLIOGRAPHY_EXTENSIONS.map(anyCase), ...BIBLIOGRAPHY_NAMES].join(',')}}`;
