/** An extension that offers references while somebody types, as Colophon does. */
export interface OtherExtension {
  /** As the marketplace has it, in small letters. */
  readonly id: string;
  readonly title: string;
  /** Ids of editors for the languages in which it does. */
  readonly languageIds: readonly string[];
  /** Schemes of the documents in which it does; absent: of any. */
  readonly schemes?: readonly string[];
}

const TEX_LANGUAGE_IDS: readonly string[] = ['latex', 'tex', 'latex-expl3', 'doctex', 'rsweave', 'jlweave', 'pweave'];

export const OTHER_EXTENSIONS: readonly OtherExtension[] = [
  {
    id: 'james-yu.latex-workshop',
    title: 'LaTeX Workshop',
    languageIds: TEX_LANGUAGE_IDS,
  },
  { id: 'quarto.quarto', title: 'Quarto', languageIds: ['quarto'] },
  { id: 'notzaki.pandocciter', title: 'Pandoc Citer', languageIds: ['markdown', 'rmd', 'quarto'] },
  {
    id: 'myriad-dreamin.tinymist',
    title: 'Tinymist',
    languageIds: ['typst'],
    // Files of a remote machine are `file:` there. On vscode.dev it lists nothing.
    schemes: ['file', 'untitled', 'vscode-remote'],
  },
];

/** A document as far as it decides who offers references in it. */
export interface OfferedDocument {
  readonly uri: string;
  readonly languageId: string;
}

/** Whether an extension offers references in a document. */
export const isOfferedBy = ({ languageIds, schemes }: OtherExtension, { uri, languageId }: OfferedDocument): boolean =>
  languageIds.includes(languageId) && schemes?.includes(uri.slice(0, uri.indexOf(':'))) !== false;

/** Whether references are offered, as the user chose: `auto` leaves it to an extension that does the same; none does so in cells. */
export type CompletionChoice = 'auto' | 'on' | 'off';

export const offersReferences = (
  choice: CompletionChoice,
  document: OfferedDocument,
  others: readonly OtherExtension[],
): boolean =>
  choice === 'auto'
    ? document.uri.startsWith('vscode-notebook-cell:') || !others.some(one => isOfferedBy(one, document))
    : choice === 'on';

/** Settings `completion.…` with the ids that editors have for the languages they are about. */
export const COMPLETION_LANGUAGES: readonly (readonly [setting: string, ...languageIds: string[]])[] = [
  ['latex', ...TEX_LANGUAGE_IDS, 'rnoweb'],
  ['markdown', 'markdown', 'rmd', 'pandoc', 'raw'],
  ['quarto', 'quarto'],
  ['typst', 'typst'],
  ['myst', 'myst'],
  ['restructuredText', 'restructuredtext'],
  ['org', 'org'],
  ['asciidoc', 'asciidoc'],
];

/** The whole name of the setting for an editor's language; undefined where there is none. */
export function completionSetting(languageId: string): string | undefined {
  const language = COMPLETION_LANGUAGES.find(([, ...languageIds]) => languageIds.includes(languageId));
  return language && `colophon.completion.${language[0]}`;
}
