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
