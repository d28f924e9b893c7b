import type { CitationEffect, CitationForm } from './citing.ts';
import type { RenamedKey } from './conversion.ts';
import { renamedSentence } from './conversionTexts.ts';
import { withoutLinks } from './messageText.ts';

const EFFECTS: Readonly<Record<CitationEffect, string>> = {
  plain: 'as the style does it',
  parenthetical: 'in parentheses: (Gillard, 2015)',
  textual: 'in the sentence: Gillard (2015)',
  footnote: 'in a footnote',
  suppressAuthor: 'without the author: (2015)',
  author: 'the author alone: Gillard',
  year: 'the year alone: 2015',
  full: 'the whole reference',
  listed: 'not in the text, only in the list of references',
};

/** What a citation looks like, for whoever chooses between several. */
export const formText = ({ effect, of }: CitationForm): string =>
  of === undefined ? EFFECTS[effect] : `${EFFECTS[effect]} · ${of}`;

/** How several references are chosen without a mouse. */
const CHOOSING = '↓ and Space choose several, ↑ leads back to the search';

/** What *Insert Citation* is about to do. */
export const insertTitle = (joins: boolean, form: string): string =>
  `Insert Citation: ${joins ? 'add to the citation at the cursor' : form} · ${CHOOSING}`;

export const INSERT_AS = 'Insert Citation As';
export const INSERT_AS_TITLE = `${INSERT_AS}: the form is asked for next · ${CHOOSING}`;

/** Asked for what stands beside so many references in the form that was chosen. */
export const affixPrompt = (affix: 'prefix' | 'locator', references: number): string => {
  const [one, several, example] =
    affix === 'prefix'
      ? ['before the citation', 'before the first reference', 'see']
      : ['behind it', 'behind the last reference', 'p. 7'];
  return `What stands ${references === 1 ? one : several}, such as “${example}”. Leave it empty for nothing.`;
};

/** What happened to a document's bibliography. */
export interface Addition {
  /** Name of the file. */
  readonly file: string;
  readonly keys: readonly string[];
  readonly isNew: boolean;
  readonly renamed: readonly RenamedKey[];
  /** Names of fields that did not go in. */
  readonly lostFields: readonly string[];
  /** Files that have to name the new bibliography and do not. */
  readonly undeclaredIn: readonly string[];
  /** The key that the citation still has, and the one that it should have. */
  readonly uncorrected?: RenamedKey;
}

/** "smith2020 was added to refs.bib. Not carried over: abstract." */
export function additionSentence({
  file,
  keys,
  isNew,
  renamed,
  lostFields,
  undeclaredIn,
  uncorrected,
}: Addition): string {
  const what = `${keys.slice(0, MOST_NAMED).join(', ')}${keys.length > MOST_NAMED ? ' …' : ''}`;
  const lost = [...new Set(lostFields)];
  const sentences = [
    `${what} ${keys.length === 1 ? 'was' : 'were'} added to ${isNew ? 'the new ' : ''}${file}.`,
    ...(renamed.length > 0 ? [renamedSentence(renamed)] : []),
    ...(lost.length > 0
      ? [`Not carried over unchanged: ${lost.slice(0, MOST_NAMED).join(', ')}${lost.length > MOST_NAMED ? ' …' : ''}.`]
      : []),
    ...undeclaredIn.map(one => undeclaredSentence(one, file)),
    ...(uncorrected ? [uncorrectedSentence(uncorrected)] : []),
  ];
  return withoutLinks(sentences.join(' '));
}

export const undeclaredSentence = (document: string, bibliography: string): string =>
  withoutLinks(`${document} does not name ${bibliography} yet.`);

/** The bibliography has the work under another key than the one that was inserted, and that could not be changed. */
export const uncorrectedSentence = ({ from, to }: RenamedKey): string =>
  withoutLinks(`The key is ${to}; the citation has ${from} and could not be changed.`);

const MOST_NAMED = 5;

/** Asked before a bibliography is created. */
export const createQuestion = (document: string, file: string): string =>
  withoutLinks(`${document} has no bibliography that could take the reference. Create ${file}?`);

/** Leads to what was added. */
export const SHOW_ENTRY = 'Show Entry';

export const createButton = (file: string): string => `Create ${file}`;

/** Offered where a citation is in a bibliography that the document does not name. */
export const nameTitle = (bibliography: string, document: string): string => `Name ${bibliography} in ${document}`;

export const copyTitle = (key: string, bibliography: string): string => `Copy ${key} to ${bibliography}`;

export const REFUSALS = {
  unsaved: 'The document has no bibliography yet. Save it first: a bibliography is created beside it.',
  unwritable: 'The bibliography of the document is of a format that nothing can be added to.',
  gone: 'The reference is not there any more; nothing was added.',
  unapplied: 'The bibliography is read-only or changed meanwhile; nothing was added.',
} as const;
