/** One meaning of a tag of the MEDLINE display (NLM, "MEDLINE/PubMed Data Element (Field) Descriptions"). */
export interface PubmedTagRow {
  readonly tag: string;
  readonly field: string;
  /** The BibLaTeX types for which this holds; absent: for all. */
  readonly types?: ReadonlySet<string>;
}

/**
 * Tag, field and, behind a colon, the types for which it holds; the first line that fits decides, in either direction. The order is the
 * one in which PubMed writes a record. Tags whose values say several things (names, identifiers, publication types) are read by
 * themselves; those with `-` are known, but have no field: they are kept under their own name (`pubmed-own`).
 */
const rows = `
PMID eprint
OWN -
STAT -
DRDT -
CTDT -
DA -
DCOM -
LR -
IS issn
ISBN isbn
PB institution : thesis report
PB publisher
VI volume
IP number
DP date
TI title
BTI title : book collection reference proceedings
BTI booktitle
VTI part-title
CTI series
EN edition
PG pages
LID doi
AB abstract
OAB -
OABL -
OCI -
CI copyright
FED editor
ED editor
FAU author
AU author
AD affiliation
AUID -
CN author
LA language
SI -
GR -
PT -
PTI -
DEP available-date
TT origtitle
PL location
TA shortjournal
JT journaltitle
JID -
RN -
NM -
SB -
CIN -
CON -
CRI -
CRF -
DDIN -
DRIN -
ECI -
ECF -
EFR -
EIN -
ORI -
PRIN -
PROF -
RIN -
ROF -
RPI -
RPF -
RRI -
RRF -
SPIN -
UIN -
UOF -
MH keywords
OTO -
OT keywords
GS -
PS -
FPS -
RF -
PMC pmcid
PMCR -
MID -
GN note
COIS -
FIR contributor
IR contributor
IRAD -
OID -
SFM -
EDAT -
MHDA -
CRDT -
CDAT -
PHST -
AID doi
PST -
PUBM -
UIC -
SO -
`;

/** All meanings, in the order of a record. */
const pubmedTagRows: readonly PubmedTagRow[] = rows
  .trim()
  .split('\n')
  .map(line => {
    const [tag = '', field = '', , ...types] = line.split(' ');
    return types.length === 0 ? { tag, field } : { tag, field, types: new Set(types) };
  });

/** The tags in the order of a record. */
export const pubmedTagOrder: readonly string[] = [...new Set(pubmedTagRows.map(row => row.tag))];

const knownTags: ReadonlySet<string> = new Set(pubmedTagOrder);

export const isPubmedTag = (tag: string): boolean => knownTags.has(tag);

/** The field that a tag fills in a record of a type; undefined when none is meant for it. */
export function fieldOfPubmedTag(tag: string, type: string): string | undefined {
  const field = pubmedTagRows.find(row => row.tag === tag && (row.types?.has(type) ?? true))?.field;
  return field === '-' ? undefined : field;
}

/** The tag that takes a field in a record of a type. */
export const pubmedTagOfField = (field: string, type: string): string | undefined =>
  pubmedTagRows.find(row => row.field === field && fieldOfPubmedTag(row.tag, type) === field)?.tag;

/** Publication types (MeSH) that tell the type of an entry, with the subtype behind a slash; the first that fits decides. */
export const pubmedTypes: readonly (readonly [work: string, type: string, subtype?: string])[] = [
  ['Book Chapter', 'incollection'],
  ['Book', 'book'],
  ['Academic Dissertation', 'thesis'],
  ['Technical Report', 'report'],
  ['Dataset', 'dataset'],
  ['Newspaper Article', 'article', 'newspaper'],
  ['Journal Article', 'article'],
  ['Preprint', 'online', 'preprint'],
  ['Unpublished Work', 'unpublished'],
  ['Legal Case', 'jurisdiction'],
  ['Legislation', 'legislation'],
  ['Congress', 'proceedings'],
  ['Webcast', 'video'],
  ['Web Archive', 'online'],
];
