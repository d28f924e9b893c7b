/** An entry type of BibLaTeX or BibTeX with the fields it takes. */
export interface EntryType {
  /** In lower case. */
  readonly name: string;
  /** What the type is for, one sentence. */
  readonly description: string;
  /** Every group needs one of its fields; the first is the one to offer. */
  readonly required: readonly (readonly string[])[];
  /** Required fields that may still be left out (manual §2.3.2): a check should be mild about them. */
  readonly omissible: readonly string[];
  readonly optional: readonly string[];
  /** The type that the backend turns this one into (manual §2.1.2). */
  readonly aliasOf?: string;
  /** The type whose driver the standard styles use for this one (manual §2.1.1, §2.1.3). */
  readonly formattedAs?: string;
}

const ONLINE_ACCESS = 'addendum pubstate doi eprint eprintclass eprinttype url urldate';
const ROLES = 'editora editorb editorc translator annotator commentator introduction foreword afterword';
const OWN_TITLE = 'subtitle titleaddon';
const MAIN_TITLE = 'maintitle mainsubtitle maintitleaddon';
const HOST_TITLE = `${MAIN_TITLE} booksubtitle booktitleaddon`;
const EVENT = 'eventtitle eventtitleaddon eventdate venue';
const PUBLISHED = 'series number note publisher location';
const EXTENT = 'isbn eid chapter pages';

const ARTICLE = `translator annotator commentator ${OWN_TITLE} editor editora editorb editorc journalsubtitle journaltitleaddon issuetitle issuesubtitle issuetitleaddon language origlanguage series volume number eid issue month pages version note issn ${ONLINE_ACCESS}`;
const MISC = `${OWN_TITLE} language howpublished type version note organization location month ${ONLINE_ACCESS}`;
const MULTI_VOLUME = `${ROLES} ${OWN_TITLE} language origlanguage edition volumes ${PUBLISHED} isbn pagetotal ${ONLINE_ACCESS}`;
const COLLECTION = `${ROLES} ${OWN_TITLE} ${MAIN_TITLE} language origlanguage volume part edition volumes ${PUBLISHED} ${EXTENT} pagetotal ${ONLINE_ACCESS}`;
const PART = `${ROLES} ${OWN_TITLE} ${HOST_TITLE} language origlanguage volume part edition volumes ${PUBLISHED} ${EXTENT} ${ONLINE_ACCESS}`;
const INBOOK = `bookauthor editor ${PART}`;
const REPORT = `${OWN_TITLE} language number version note location month isrn eid chapter pages pagetotal ${ONLINE_ACCESS}`;
const THESIS = `${OWN_TITLE} language note location month ${EXTENT} pagetotal ${ONLINE_ACCESS}`;
const INPROCEEDINGS = `editor ${OWN_TITLE} ${HOST_TITLE} ${EVENT} language volume part volumes series number note organization publisher location month ${EXTENT} ${ONLINE_ACCESS}`;
const ONLINE = `${OWN_TITLE} language version note organization month addendum pubstate eprintclass eprinttype urldate`;

/**
 * Every entry type of BibLaTeX 3.21: regular ones (manual §2.1.1), aliases (§2.1.2) and those without a driver in the standard styles (§2.1.3).
 * `/` separates alternatives, `?` marks an omissible group.
 */
export const BIBLATEX_TYPES: readonly EntryType[] = [
  type(
    'article',
    'Article with its own title in a journal, magazine or newspaper.',
    'author title journaltitle date/year',
    ARTICLE,
  ),
  type(
    'book',
    'Book in one volume by one or more authors who answer for the whole.',
    'author title date/year',
    `editor ${COLLECTION}`,
  ),
  type('mvbook', 'Book in several volumes.', 'author title date/year', `editor ${MULTI_VOLUME}`),
  type('inbook', 'Part of a book with a title of its own.', 'author title booktitle date/year', INBOOK),
  type(
    'bookinbook',
    'Work once published as a book, now part of another book.',
    'author title booktitle date/year',
    INBOOK,
    {
      formattedAs: 'inbook',
    },
  ),
  type(
    'suppbook',
    'Preface, introduction, afterword or the like of a book.',
    'author title booktitle date/year',
    INBOOK,
    { formattedAs: 'inbook' },
  ),
  type(
    'booklet',
    'Bound work without a publisher or sponsor.',
    'author/editor title date/year',
    `${OWN_TITLE} language howpublished type note location eid chapter pages pagetotal ${ONLINE_ACCESS}`,
  ),
  type(
    'collection',
    'Book in one volume with contributions by different authors, held together by an editor.',
    'editor title date/year',
    COLLECTION,
  ),
  type('mvcollection', 'Collection in several volumes.', 'editor title date/year', MULTI_VOLUME),
  type(
    'incollection',
    'Contribution with its own author and title to a collection.',
    'author title editor booktitle date/year',
    PART,
  ),
  type(
    'suppcollection',
    'Preface, introduction, afterword or the like of a collection.',
    'author title editor booktitle date/year',
    PART,
    { formattedAs: 'incollection' },
  ),
  type(
    'dataset',
    'Data set or similar body of mostly raw data.',
    'author/editor title date/year',
    `${OWN_TITLE} language edition type series number version note organization publisher location ${ONLINE_ACCESS}`,
    { formattedAs: 'misc' },
  ),
  type(
    'manual',
    'Technical or other documentation, printed or not.',
    'author/editor? title date/year',
    `${OWN_TITLE} language edition type series number version note organization publisher location ${EXTENT} pagetotal ${ONLINE_ACCESS}`,
  ),
  type('misc', 'Whatever fits no other type.', 'author/editor? title date/year?', MISC),
  type(
    'online',
    'Resource that exists on the web only, such as a web site.',
    'author/editor? title date/year? url/doi/eprint',
    ONLINE,
  ),
  type(
    'patent',
    'Patent or request for one.',
    'author title number date/year',
    `holder ${OWN_TITLE} type version location note month ${ONLINE_ACCESS}`,
  ),
  type(
    'periodical',
    'Complete issue of a periodical, such as a special issue of a journal.',
    'editor? title date/year',
    `editora editorb editorc ${OWN_TITLE} issuetitle issuesubtitle issuetitleaddon language series volume number issue month note issn ${ONLINE_ACCESS}`,
  ),
  type(
    'suppperiodical',
    'Column, obituary, letter to the editor or the like in a periodical.',
    'author title journaltitle date/year',
    ARTICLE,
    { formattedAs: 'article' },
  ),
  type(
    'proceedings',
    'Proceedings of a conference in one volume.',
    'title date/year',
    `editor ${OWN_TITLE} ${MAIN_TITLE} ${EVENT} language volume part volumes series number note organization publisher location month ${EXTENT} pagetotal ${ONLINE_ACCESS}`,
  ),
  type(
    'mvproceedings',
    'Proceedings of a conference in several volumes.',
    'title date/year',
    `editor ${OWN_TITLE} ${EVENT} language volumes series number note organization publisher location month isbn pagetotal ${ONLINE_ACCESS}`,
  ),
  type('inproceedings', 'Paper in the proceedings of a conference.', 'author title booktitle date/year', INPROCEEDINGS),
  type(
    'reference',
    'Encyclopedia, dictionary or other work of reference in one volume.',
    'editor title date/year',
    COLLECTION,
    {
      formattedAs: 'collection',
    },
  ),
  type('mvreference', 'Work of reference in several volumes.', 'editor title date/year', MULTI_VOLUME, {
    formattedAs: 'mvcollection',
  }),
  type('inreference', 'Article in a work of reference.', 'author title editor booktitle date/year', PART, {
    formattedAs: 'incollection',
  }),
  type(
    'report',
    'Technical or research report or white paper of an institution.',
    'author title type institution date/year',
    REPORT,
  ),
  type('set', 'Several entries that are cited as one.', 'entryset', ''),
  type('software', 'Computer program.', 'author/editor? title date/year?', MISC, { formattedAs: 'misc' }),
  type('thesis', 'Thesis written for a degree.', 'author title type institution date/year', THESIS),
  type(
    'unpublished',
    'Work with author and title that was never formally published, such as a manuscript or a talk.',
    'author title date/year',
    `${OWN_TITLE} type ${EVENT} language howpublished note location isbn month ${ONLINE_ACCESS}`,
  ),
  type('xdata', 'Holder of fields that other entries inherit; never cited itself.', '', ''),
  ...['a', 'b', 'c', 'd', 'e', 'f'].map(letter =>
    type(`custom${letter}`, 'Type for the use of special styles.', 'author/editor? title date/year?', MISC, {
      formattedAs: 'misc',
    }),
  ),
  type(
    'conference',
    'Paper in the proceedings of a conference (old name).',
    'author title booktitle date/year',
    INPROCEEDINGS,
    {
      aliasOf: 'inproceedings',
    },
  ),
  type('electronic', 'Web resource (old name).', 'author/editor? title date/year? url/doi/eprint', ONLINE, {
    aliasOf: 'online',
  }),
  type('mastersthesis', "Master's thesis.", 'author title institution date/year', `type ${THESIS}`, {
    aliasOf: 'thesis',
  }),
  type('phdthesis', 'PhD thesis.', 'author title institution date/year', `type ${THESIS}`, { aliasOf: 'thesis' }),
  type('techreport', 'Technical report.', 'author title institution date/year', `type ${REPORT}`, {
    aliasOf: 'report',
  }),
  type('www', 'Web resource (jurabib name).', 'author/editor? title date/year? url/doi/eprint', ONLINE, {
    aliasOf: 'online',
  }),
  unsupported('artwork', 'Painting, sculpture, installation or other work of visual art.'),
  unsupported('audio', 'Sound recording.'),
  type('bibnote', 'Note that a package puts into the bibliography; not for use in a file.', 'note', ''),
  unsupported('commentary', 'Commentary of a standing of its own, such as a legal one.'),
  unsupported('image', 'Picture, photograph or the like.'),
  unsupported('jurisdiction', 'Decision or record of a court.'),
  unsupported('legislation', 'Law, bill or proposal for one.'),
  unsupported('legal', 'Treaty or other legal document.'),
  unsupported('letter', 'Letter, e-mail, memorandum or other personal message.'),
  unsupported('movie', 'Film.'),
  unsupported('music', 'Recording of music.'),
  unsupported('performance', 'Performance of music, theatre or another art, as an event.'),
  type('review', 'Review of another work.', 'author title journaltitle date/year', ARTICLE, { formattedAs: 'article' }),
  unsupported('standard', 'Standard issued by a national or international body.'),
  unsupported('video', 'Moving pictures on a medium such as a DVD.'),
];

/** The type of a name in lower case; undefined for one that BibLaTeX does not know. */
export const biblatexType = (name: string): EntryType | undefined => BIBLATEX_TYPES.find(known => known.name === name);

/** Fields that every type takes and the lists of the manual leave out (§2.1.1, §2.2.2, §2.2.3). */
export const GENERIC_FIELDS: readonly string[] = words(
  'abstract annotation authortype bookpagination crossref editoratype editorbtype editorctype editortype entryset entrysubtype execute file gender ids indexsorttitle indextitle isan ismn iswc keywords label langid langidopts library nameaddon options origdate origlocation origpublisher origtitle pagination presort related relatedoptions relatedstring relatedtype reprinttitle shortauthor shorteditor shorthand shorthandintro shortjournal shortseries shorttitle sortkey sortname sortshorthand sorttitle sortyear xdata xref',
);

function type(
  name: string,
  description: string,
  required: string,
  optional: string,
  relation: { readonly aliasOf: string } | { readonly formattedAs: string } | Record<string, never> = {},
): EntryType {
  const groups = words(required).map(group => ({
    fields: group.replace('?', '').split('/'),
    omissible: group.endsWith('?'),
  }));
  return {
    name,
    description,
    required: groups.map(group => group.fields),
    omissible: groups.filter(group => group.omissible).flatMap(group => group.fields),
    optional: words(optional),
    ...relation,
  };
}

function unsupported(name: string, description: string): EntryType {
  return type(name, description, 'author/editor? title date/year?', MISC, { formattedAs: 'misc' });
}

function words(list: string): string[] {
  return list === '' ? [] : list.split(' ');
}
