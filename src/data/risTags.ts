/** One meaning of a RIS tag. */
export interface RisTagRow {
  readonly tag: string;
  /** `both`, `read` (never written), `write` (read as something else) or `narrow` (write, and the field's role gets lost). */
  readonly use: 'both' | 'read' | 'write' | 'narrow';
  readonly field: string;
  /** The RIS types for which this holds; absent: for all. */
  readonly types?: ReadonlySet<string>;
}

/** RIS types that treat a tag alike. */
const typeSets: Readonly<Record<string, string>> = {
  ARTICLES: 'JOUR EJOUR MGZN NEWS INPR ABST JFULL',
  BOOKS: 'BOOK EBOOK EDBOOK SER CLSWK ANCIENT MUSIC PAMP',
  WHOLES: 'BOOK EBOOK EDBOOK SER CLSWK ANCIENT MUSIC PAMP RPRT GOVDOC MAP COMP UNPB UNPD MANSCPT',
  PARTS: 'CHAP ECHAP CONF CPAPER ENCYC DICT CTLG',
  PAPERS: 'CONF CPAPER',
  CHAPTERS: 'CHAP ECHAP',
  SITES: 'ELEC BLOG ICOMM WEB MULTI',
  LAWS: 'BILL UNBILL STAT LEGAL CASE HEAR',
  REPORTS: 'RPRT GOVDOC THES',
  FILMS: 'MPCT VIDEO ADVS',
  PLAYED: 'MPCT VIDEO ADVS SOUND',
  SHAPED: 'ART MAP SLIDE SOUND VIDEO ADVS FIGURE CHART',
  PROGRAMS: 'COMP DATA AGGR DBASE',
};

/**
 * The union of the specifications of 2001 and 2011 with what programs in use made of them. A line is tag, use (`=` both directions,
 * `<` only read, `>` only written, `~` written with the role lost), field and, behind a colon, the types for which it holds. The first line that fits decides,
 * in either direction. The order of the tags is the order in which a record is written.
 */
const rows = `
TI = title
T1 < title
CT < title
BT < title : BOOKS UNPB UNPD MANSCPT
BT < booktitle
ST = shorttitle
TT = translatedtitle
AU = author
A1 < author
A3 = editor : WHOLES
A2 = collection-editor : WHOLES
A2 = performer : SOUND VIDEO ADVS SLIDE
A2 = recipient : PCOMM ICOMM
A2 = producer : DATA
A2 = authority : PAT
ED = editor : PAT CASE PCOMM ICOMM SOUND VIDEO ADVS SLIDE DATA BILL UNBILL
A2 < journaltitle : CASE
A2 = contributor : BILL UNBILL
A2 = editor
A3 = producer : FILMS
A3 = illustrator : BLOG
A3 = contributor : THES
A3 = collection-editor
A4 = performer : MPCT
A4 = producer : MUSIC
A4 = contributor : PAPERS CASE DATA GRANT GRNT
A4 = translator
A4 > translator
A5 < contributor
ED < editor
A2 ~ host
A2 ~ interviewer
A2 ~ organizer
A2 ~ recipient
A3 ~ producer
A3 ~ executive-producer
A3 ~ series-creator
A3 ~ illustrator
A4 ~ contributor
A4 ~ compiler
A4 ~ composer
A4 ~ curator
A4 ~ editorial-director
A4 ~ guest
A4 ~ narrator
A4 ~ performer
A4 ~ script-writer
A4 ~ afterword
T2 = journaltitle : ARTICLES SITES LAWS
T2 = series : WHOLES THES CTLG AGGR DBASE
T2 = eventtitle : SLIDE
T2 = booktitle
JF > journaltitle : PARTS WHOLES THES
T2 > journaltitle
T2 > eventtitle : PAPERS
JF < booktitle : PARTS
JF < journaltitle
JO < booktitle : PARTS
JO < journaltitle
J2 = shortjournal
JA < shortjournal
J1 < shortjournal
T3 = authority : BILL UNBILL HEAR
T3 = series
T3 > maintitle
PY < date
Y1 < date
DA < date
VL = version : PAT
VL = volume
VO < volume
NV = volumes
IS < volumes : CHAPTERS
IS = number : ARTICLES PAPERS SITES ENCYC DICT
IS < number
IS > issue : ARTICLES PAPERS
CP < number
SV = number : CHAPTERS
SP = dimensions : MPCT
C7 = eid : ARTICLES GEN
M1 = dimensions : ART
C3 = dimensions : SHAPED
M1 = number
M1 ~ dimensions
M1 ~ isan
M1 ~ ismn
M1 ~ isrn
M1 ~ iswc
M1 ~ eid
SP < pages
EP < pages
C1 = section : CHAPTERS SER
SE = chapter : CHAPTERS BOOK EBOOK EDBOOK SER
SE = section
SE > chapter
ET = version : PROGRAMS
ET = edition
PB = institution : REPORTS
PB = organization : SITES
PB = holder : PAT
PB = authority : CASE
PB = publisher
PB > institution
PB > organization
PU < institution : REPORTS
PU < publisher
C1 = scale : MAP
CY = venue : PAPERS SLIDE
C1 > location : PAPERS
CY = location
PP < location
C2 = bookauthor : CHAPTERS
C2 < number : NEWS
C2 = pmcid : ARTICLES
C3 = booktitle : PAPERS
C3 = jurisdiction : PAT
C5 = references : PAT
C6 = pubstate : PAT
OP = references : LAWS
OP = origtitle
RI = reviewed-title
SN < isbn
DO = doi
DI < doi
UR = url
LK < url
L2 < url
L1 = file
AN = eprint
DB = eprinttype
DP = source
H1 < source
AV = archive_location
AV > archive_collection
CN = library
H2 < library
LA = language
M3 = type
AB = abstract
N2 < abstract
KW = keywords
N1 = note
RN = annotation
LB = label
LB > shorthand
CA = caption
AD = affiliation
RP = reprintstatus
Y2 = urldate
U1 = usera
U2 = userb
U3 = userc
U4 = userd
U5 = usere
`;

const uses: Readonly<Record<string, RisTagRow['use']>> = { '=': 'both', '<': 'read', '>': 'write', '~': 'narrow' };

/** All meanings; the first that fits a tag or a field and the type is the one. */
const risTagRows: readonly RisTagRow[] = rows
  .trim()
  .split('\n')
  .map(line => {
    const [tag = '', use = '', field = '', , ...types] = line.split(' ');
    const row = { tag, use: uses[use] ?? 'read', field };
    return types.length === 0 ? row : { ...row, types: new Set(types.flatMap(type => [...typeSet(type)])) };
  });

/** The tags in the order in which a record is written. */
export const risTagOrder: readonly string[] = [...new Set(risTagRows.map(row => row.tag))];

const byTag = grouped(
  risTagRows.filter(row => row.use === 'both' || row.use === 'read'),
  row => row.tag,
);
const byField = grouped(
  risTagRows.filter(row => row.use !== 'read'),
  row => row.field,
);

function grouped(
  list: readonly RisTagRow[],
  keyOf: (row: RisTagRow) => string,
): ReadonlyMap<string, readonly RisTagRow[]> {
  const groups = new Map<string, RisTagRow[]>();
  for (const row of list) {
    const group = groups.get(keyOf(row));
    if (group === undefined) {
      groups.set(keyOf(row), [row]);
    } else {
      group.push(row);
    }
  }
  return groups;
}

const holdsFor = (row: RisTagRow, type: string): boolean => row.types === undefined || row.types.has(type);

/** The field that a tag (upper case) fills in a record of a type; undefined when no field is meant for it. */
export const fieldOfRisTag = (tag: string, type: string): string | undefined =>
  byTag.get(tag)?.find(row => holdsFor(row, type))?.field;

/** The tags that can take a field in a record of a type, the best first. */
export const risTagsOfField = (field: string, type: string): readonly RisTagRow[] =>
  byField.get(field)?.filter(row => holdsFor(row, type)) ?? [];

type RisTypeSet = 'ARTICLES' | 'WHOLES' | 'PARTS' | 'PAPERS' | 'REPORTS';

/** Whether a type belongs to one of the sets of types that the table names. */
export const isRisTypeIn = (type: string, set: RisTypeSet): boolean => sets[set].has(type);

const sets: Readonly<Record<RisTypeSet, ReadonlySet<string>>> = {
  ARTICLES: typeSet('ARTICLES'),
  WHOLES: typeSet('WHOLES'),
  PARTS: typeSet('PARTS'),
  PAPERS: typeSet('PAPERS'),
  REPORTS: typeSet('REPORTS'),
};

function typeSet(name: string): ReadonlySet<string> {
  return new Set((typeSets[name] ?? name).split(' '));
}

/** Fields that have no tag of their own and stand in a note behind these words. */
export const risNoteLabels: Readonly<Record<string, string>> = {
  titleaddon: 'Title addon',
  eventtitle: 'Event',
  eventdate: 'Event date',
  venue: 'Venue',
  issuetitle: 'Issue title',
  issue: 'Issue',
  version: 'Version',
  howpublished: 'How published',
  addendum: 'Addendum',
  reprinttitle: 'Reprinted as',
  pubstate: 'Status',
  maintitle: 'Main title',
  bookauthor: 'Book author',
  holder: 'Holder',
  publisher: 'Publisher',
  institution: 'Institution',
  organization: 'Organization',
  location: 'Place',
  translator: 'Translator',
  editora: 'Editor (a)',
  editorb: 'Editor (b)',
  editorc: 'Editor (c)',
  annotator: 'Annotator',
  commentator: 'Commentator',
  foreword: 'Foreword',
  afterword: 'Afterword',
  introduction: 'Introduction',
  contributor: 'Contributor',
  chair: 'Chair',
  director: 'Director',
  eid: 'Article number',
  pmcid: 'PMCID',
  pagetotal: 'Number of pages',
  mrnumber: 'MR number',
  zblnumber: 'Zbl number',
  mrclass: 'MR class',
  eprintclass: 'Eprint class',
  origlanguage: 'Original language',
  indextitle: 'Index title',
  issuesubtitle: 'Issue subtitle',
  shortauthor: 'Short author',
  shorteditor: 'Short editor',
  license: 'License',
  country: 'Country',
  pii: 'PII',
  coden: 'CODEN',
  rights: 'Rights',
  copyright: 'Copyright',
  comment: 'Comment',
  references: 'References',
  'available-date': 'Available',
  submitted: 'Submitted',
  'original-author': 'Original author',
  'reviewed-author': 'Reviewed author',
};

/** Types as words, as some exports have them; in lower case. */
export const risTypeWords: Readonly<Record<string, string>> = {
  'journal article': 'JOUR',
  journal: 'JOUR',
  journ: 'JOUR',
  article: 'JOUR',
  'magazine article': 'MGZN',
  'newspaper article': 'NEWS',
  book: 'BOOK',
  'book section': 'CHAP',
  'book chapter': 'CHAP',
  chapter: 'CHAP',
  'conference paper': 'CPAPER',
  'conference proceedings': 'CONF',
  thesis: 'THES',
  dissertation: 'THES',
  report: 'RPRT',
  'web page': 'ELEC',
  patent: 'PAT',
  generic: 'GEN',
  unpublished: 'UNPB',
  dataset: 'DATA',
};

/**
 * Entry types that share a RIS type with a more usual one; the type of work (M3) tells them apart. BibLaTeX type with subtype behind a slash,
 * RIS type, M3.
 */
export const risWorkTypes: readonly { type: string; subtype?: string; ris: string; work: string }[] = [
  { type: 'online', subtype: 'preprint', ris: 'UNPB', work: 'Preprint' },
  { type: 'performance', ris: 'GEN', work: 'Performance' },
  { type: 'misc', subtype: 'event', ris: 'GEN', work: 'Event' },
  { type: 'misc', subtype: 'archival', ris: 'GEN', work: 'Archival collection' },
  { type: 'misc', subtype: 'interview', ris: 'PCOMM', work: 'Interview' },
  { type: 'manual', ris: 'RPRT', work: 'Manual' },
  { type: 'legal', ris: 'LEGAL', work: 'Treaty' },
  { type: 'audio', subtype: 'broadcast', ris: 'SOUND', work: 'Broadcast' },
  { type: 'video', subtype: 'broadcast', ris: 'VIDEO', work: 'Broadcast' },
  { type: 'music', ris: 'SOUND', work: 'Music' },
  { type: 'image', ris: 'ART', work: 'Image' },
];
