import type { ConversionFormat, Recognition } from './conversion.ts';

/** A format as a user chooses it. */
export interface FormatChoice {
  readonly format: ConversionFormat;
  readonly title: string;
  readonly description: string;
  /** The id under which VS Code knows the language of such a text. */
  readonly languageId: string;
  readonly extension: string;
  /** Read, but not written. */
  readonly isSourceOnly: boolean;
}

type Row = readonly [
  format: ConversionFormat,
  title: string,
  description: string,
  languageId: string,
  extension: string,
  isSourceOnly?: boolean,
];

export const FORMAT_CHOICES: readonly FormatChoice[] = (
  [
    ['biblatex', 'BibLaTeX', 'for LaTeX with biblatex and biber, for Pandoc and Quarto', 'bibtex', '.bib'],
    ['bibtex', 'BibTeX', 'for LaTeX with BibTeX or natbib', 'bibtex', '.bib'],
    ['ris', 'RIS', 'for EndNote, Zotero, Mendeley and most databases', 'ris', '.ris'],
    ['csl-json', 'CSL-JSON', 'for Pandoc, Zotero and citeproc', 'json', '.json'],
    ['pubmed', 'PubMed/MEDLINE', 'for EndNote, Zotero and programs of medicine', 'plaintext', '.nbib'],
    ['refer', 'EndNote (Refer)', 'for EndNote, BibIX and refer', 'plaintext', '.enw'],
    ['wos', 'Web of Science', 'as exported by Web of Science', 'plaintext', '.ciw', true],
    ['csl-yaml', 'CSL-YAML', 'for Pandoc and Quarto', 'yaml', '.yaml'],
    ['hayagriva', 'Hayagriva', 'for Typst', 'yaml', '.yml'],
    ['cff', 'CITATION.cff', 'for repositories of software and data', 'yaml', '.cff'],
    ['endnote-xml', 'EndNote XML', 'for EndNote and Zotero', 'xml', '.xml'],
    ['mods', 'MODS', 'as libraries export it', 'xml', '.mods', true],
  ] satisfies Row[]
).map(([format, title, description, languageId, extension, isSourceOnly = false]: Row) => ({
  format,
  title,
  description,
  languageId,
  extension,
  isSourceOnly,
}));

export function formatChoice(format: ConversionFormat): FormatChoice {
  const found = FORMAT_CHOICES.find(choice => choice.format === format);
  if (!found) throw new Error(`No such format: ${format}`);
  return found;
}

/** The formats worth offering for what the sources hold: those first that are not the sources' own. */
export function targetChoices(recognised: readonly Recognition[]): FormatChoice[] {
  const present = new Set(recognised.flatMap(source => source.parts.map(part => part.format)));
  const only = present.size === 1 ? [...present][0] : undefined;
  return FORMAT_CHOICES.filter(choice => choice.format !== only && !choice.isSourceOnly);
}

/** The formats worth offering for what goes into a document: those of its language, or any where it has none of them. */
export function documentChoices(languageId: string): FormatChoice[] {
  const fitting = targetChoices([]).filter(choice => choice.languageId === languageId && languageId !== 'plaintext');
  return fitting.length > 0 ? fitting : targetChoices([]);
}

/** The format that an editor's document takes; undefined where it takes any, or where its text does not tell. */
export function formatOfDocument(
  languageId: string,
  recognised: ConversionFormat | undefined,
): ConversionFormat | undefined {
  if (languageId === 'ris') return 'ris';
  if (languageId === 'bibtex') return recognised === 'bibtex' || recognised === 'biblatex' ? recognised : undefined;
  if (languageId === 'json') return recognised === 'csl-json' ? recognised : undefined;
  return undefined;
}

/** Whether a document may hold the target format in its own place, so that converting in place leaves a file named rightly. */
export function mayConvertInPlace(languageId: string, untitled: boolean, to: ConversionFormat): boolean {
  return untitled || languageId === 'plaintext' || languageId === formatChoice(to).languageId;
}

/**
 * The name for a converted file beside `fileName`: "refs.bib" to RIS is "refs.ris". Where that is the source itself, the format
 * is added: "refs-biblatex.bib". From the second copy on it carries a number.
 */
export function outputFileName(fileName: string, to: ConversionFormat, copy = 1): string {
  const dot = fileName.lastIndexOf('.');
  const stem = dot > 0 ? fileName.slice(0, dot) : fileName;
  const { extension } = formatChoice(to);
  const number = copy > 1 ? `-${copy}` : '';
  const isSource = `${stem}${extension}`.toLowerCase() === fileName.toLowerCase();
  return `${stem}${isSource ? `-${to}` : ''}${number}${extension}`;
}

/** The outputs of several sources as one text of the format. */
export function joinOutputs(texts: readonly string[], to: ConversionFormat): string {
  if (texts.length < 2) return texts.join('');
  const frame = FRAMES[to];
  if (frame) {
    const inner = texts.map(text =>
      text.slice(text.indexOf(frame.open) + frame.open.length, text.length - frame.close.length),
    );
    const [first = ''] = texts;
    return first.slice(0, first.indexOf(frame.open) + frame.open.length) + inner.join('') + frame.close;
  }
  if (to !== 'csl-json') return texts.map(text => text.replace(/\n$/u, '')).join('\n\n') + '\n';
  const items = texts.flatMap(text => JSON.parse(text) as unknown[]);
  return `${JSON.stringify(items, undefined, 2)}\n`;
}

/** What ends the beginning of a text of several references, and what closes it. */
const FRAMES: Partial<Record<ConversionFormat, { readonly open: string; readonly close: string }>> = {
  'csl-yaml': { open: '\nreferences:\n', close: '...\n' },
  cff: { open: '\nreferences:\n', close: '' },
  'endnote-xml': { open: '<records>\n', close: '</records>\n</xml>\n' },
};
