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
  readonly isSourceOnly?: true;
}

export const FORMAT_CHOICES: readonly FormatChoice[] = [
  {
    format: 'biblatex',
    title: 'BibLaTeX',
    description: 'for LaTeX with biblatex and biber, for Pandoc and Quarto',
    languageId: 'bibtex',
    extension: '.bib',
  },
  {
    format: 'bibtex',
    title: 'BibTeX',
    description: 'for LaTeX with BibTeX or natbib',
    languageId: 'bibtex',
    extension: '.bib',
  },
  {
    format: 'ris',
    title: 'RIS',
    description: 'for EndNote, Zotero, Mendeley and most databases',
    languageId: 'ris',
    extension: '.ris',
  },
  {
    format: 'csl-json',
    title: 'CSL-JSON',
    description: 'for Pandoc, Zotero and citeproc',
    languageId: 'json',
    extension: '.json',
  },
  {
    format: 'pubmed',
    title: 'PubMed/MEDLINE',
    description: 'for EndNote, Zotero and programs of medicine',
    languageId: 'plaintext',
    extension: '.nbib',
  },
  {
    format: 'refer',
    title: 'EndNote (Refer)',
    description: 'for EndNote, BibIX and refer',
    languageId: 'plaintext',
    extension: '.enw',
  },
  {
    format: 'wos',
    title: 'Web of Science',
    description: 'as exported by Web of Science',
    languageId: 'plaintext',
    extension: '.ciw',
    isSourceOnly: true,
  },
  {
    format: 'csl-yaml',
    title: 'CSL-YAML',
    description: 'for Pandoc and Quarto',
    languageId: 'yaml',
    extension: '.yaml',
  },
  {
    format: 'hayagriva',
    title: 'Hayagriva',
    description: 'for Typst',
    languageId: 'yaml',
    extension: '.yml',
  },
  {
    format: 'cff',
    title: 'CITATION.cff',
    description: 'for repositories of software and data',
    languageId: 'yaml',
    extension: '.cff',
  },
  {
    format: 'endnote-xml',
    title: 'EndNote XML',
    description: 'for EndNote and Zotero',
    languageId: 'xml',
    extension: '.xml',
  },
  {
    format: 'mods',
    title: 'MODS',
    description: 'as libraries export it',
    languageId: 'xml',
    extension: '.mods',
    isSourceOnly: true,
  },
];

export function formatChoice(format: ConversionFormat): FormatChoice {
  const found = FORMAT_CHOICES.find(choice => choice.format === format);
  if (!found) throw new Error(`No such format: ${format}`);
  return found;
}

/** The formats worth offering for what the sources hold: those first that are not the sources' own. */
export function targetChoices(recognised: readonly Recognition[]): FormatChoice[] {
  const present = new Set(recognised.flatMap(source => source.parts.map(part => part.format)));
  const only = present.size === 1 ? [...present][0] : undefined;
  return FORMAT_CHOICES.filter(choice => choice.format !== only && choice.isSourceOnly !== true);
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
  if (to !== 'csl-json') return texts.map(text => text.trimEnd()).join('\n\n') + '\n';
  const items = texts.flatMap(text => JSON.parse(text) as unknown[]);
  return `${JSON.stringify(items, undefined, 2)}\n`;
}

/** What ends the beginning of a text of several references, and what closes it. */
const FRAMES: Partial<Record<ConversionFormat, { readonly open: string; readonly close: string }>> = {
  'csl-yaml': { open: '\nreferences:\n', close: '...\n' },
  cff: { open: '\nreferences:\n', close: '' },
  'endnote-xml': { open: '<records>\n', close: '</records>\n</xml>\n' },
};
