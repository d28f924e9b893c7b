import type { EntryType } from './biblatexTypes.ts';

/** The fourteen entry types of the standard BibTeX styles ("BibTeXing", 1988, §3.1). */
export const BIBTEX_TYPES: readonly EntryType[] = [
  type('article', 'Article in a journal or magazine.', 'author title journal year', 'volume number pages month note'),
  type(
    'book',
    'Book with a named publisher.',
    'author/editor title publisher year',
    'volume number series address edition month note',
  ),
  type('booklet', 'Bound work without a publisher or sponsor.', 'title', 'author howpublished address month year note'),
  type(
    'conference',
    'Paper in the proceedings of a conference (Scribe name).',
    'author title booktitle year',
    'editor volume number series pages address month organization publisher note',
  ),
  type(
    'inbook',
    'Part of a book: a chapter, or a range of pages.',
    'author/editor title chapter/pages publisher year',
    'volume number series type address edition month note',
  ),
  type(
    'incollection',
    'Part of a book with a title of its own.',
    'author title booktitle publisher year',
    'editor volume number series type chapter pages address edition month note',
  ),
  type(
    'inproceedings',
    'Paper in the proceedings of a conference.',
    'author title booktitle year',
    'editor volume number series pages address month organization publisher note',
  ),
  type('manual', 'Technical documentation.', 'title', 'author organization address edition month year note'),
  type('mastersthesis', "Master's thesis.", 'author title school year', 'type address month note'),
  type('misc', 'Whatever fits no other type.', '', 'author title howpublished month year note'),
  type('phdthesis', 'PhD thesis.', 'author title school year', 'type address month note'),
  type(
    'proceedings',
    'Proceedings of a conference.',
    'title year',
    'editor volume number series address month organization publisher note',
  ),
  type(
    'techreport',
    'Report of a school or other institution, usually numbered in a series.',
    'author title institution year',
    'type number address month note',
  ),
  type(
    'unpublished',
    'Document with author and title that was never formally published.',
    'author title note',
    'month year',
  ),
];

/** The type of a name in lower case; undefined for one that BibTeX's styles do not know. */
export const bibtexType = (name: string): EntryType | undefined => BIBTEX_TYPES.find(known => known.name === name);

function type(name: string, description: string, required: string, optional: string): EntryType {
  return {
    name,
    description,
    required: required === '' ? [] : required.split(' ').map(group => group.split('/')),
    omissible: [],
    optional: optional.split(' '),
  };
}
