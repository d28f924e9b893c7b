/** An extension that offers references while somebody types, as Colophon does. */
export interface OtherExtension {
  /** As the marketplace has it, in small letters. */
  readonly id: string;
  readonly title: string;
  /** Ids of editors for the languages in which it does. */
  readonly languageIds: readonly string[];
}

export const OTHER_EXTENSIONS: readonly OtherExtension[] = [
  {
    id: 'james-yu.latex-workshop',
    title: 'LaTeX Workshop',
    languageIds: ['latex', 'tex', 'latex-expl3', 'doctex', 'rsweave', 'jlweave', 'pweave'],
  },
  { id: 'quarto.quarto', title: 'Quarto', languageIds: ['quarto'] },
  { id: 'notzaki.pandocciter', title: 'Pandoc Citer', languageIds: ['markdown', 'rmd', 'quarto', 'pandoc'] },
  { id: 'myriad-dreamin.tinymist', title: 'Tinymist', languageIds: ['typst'] },
];

/** Whether references are offered, as the user chose: `auto` leaves it to an extension that does the same. */
export type CompletionChoice = 'auto' | 'on' | 'off';

export const offersReferences = (
  choice: CompletionChoice,
  languageId: string,
  others: readonly OtherExtension[],
): boolean => (choice === 'auto' ? !others.some(one => one.languageIds.includes(languageId)) : choice === 'on');

/** Document languages for which references can be switched on and off, with the ids that editors have for them. */
export const COMPLETIONS: readonly {
  readonly key: string;
  readonly title: string;
  readonly languageIds: readonly string[];
}[] = [
  {
    key: 'latex',
    title: 'LaTeX',
    languageIds: ['latex', 'tex', 'latex-expl3', 'doctex', 'rsweave', 'jlweave', 'pweave'],
  },
  {
    key: 'markdown',
    title: 'Markdown, R Markdown and notebooks',
    languageIds: ['markdown', 'rmd', 'pandoc', 'raw'],
  },
  { key: 'quarto', title: 'Quarto', languageIds: ['quarto'] },
  { key: 'typst', title: 'Typst', languageIds: ['typst'] },
  { key: 'myst', title: 'MyST', languageIds: ['myst'] },
  { key: 'restructuredText', title: 'reStructuredText', languageIds: ['restructuredtext'] },
  { key: 'org', title: 'Org', languageIds: ['org'] },
  { key: 'asciidoc', title: 'AsciiDoc', languageIds: ['asciidoc'] },
];

/** The whole name of the setting for an editor's language; undefined where there is none. */
export function completionSetting(languageId: string): string | undefined {
  const language = COMPLETIONS.find(one => one.languageIds.includes(languageId));
  return language && `colophon.completion.${language.key}`;
}
