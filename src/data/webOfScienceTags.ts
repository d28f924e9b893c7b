/** One meaning of a field tag of Web of Science (Clarivate, "Web of Science Core Collection Field Tags"). */
export interface WebOfScienceTagRow {
  readonly tag: string;
  readonly field: string;
  /** The BibLaTeX types for which this holds; absent: for all. */
  readonly types?: ReadonlySet<string>;
}

/**
 * Tag, field and, behind a colon, the types for which it holds; the first line that fits decides. Tags with `-` are known, but have no
 * field: they are kept under their own name (`wos-wc`).
 */
const rows = `
PT -
AU author
AF author
BA bookauthor
BF bookauthor
CA author
GP bookauthor
BE editor
ED editor
TI title
SO title : book collection
SO journaltitle : article review
SO booktitle
SE series
BS -
LA language
DT -
CT eventtitle
CY eventdate
CL venue
SP -
HO -
DE keywords
ID keywords
AB abstract
C1 affiliation
C3 -
RP -
EM -
RI -
OI -
FU -
FP -
FX -
CR references
NR -
TC -
Z9 -
U1 -
U2 -
PU publisher
PI location
PA -
SN issn
EI issn
BN isbn
J9 -
JI shortjournal
PD date
PY date
VL volume
IS number
PN part
SU supplement
SI -
MA -
BP pages
EP pages
AR eid
DI doi
DL -
D2 -
EA available-date
EY -
PG pagetotal
P2 -
WC -
WE -
SC -
GA -
UT -
PM eprint
OA -
HC -
HP -
DA -
`;

const webOfScienceTagRows: readonly WebOfScienceTagRow[] = rows
  .trim()
  .split('\n')
  .map(line => {
    const [tag = '', field = '', , ...types] = line.split(' ');
    return types.length === 0 ? { tag, field } : { tag, field, types: new Set(types) };
  });

const known: ReadonlySet<string> = new Set(webOfScienceTagRows.map(row => row.tag));

export const isWebOfScienceTag = (tag: string): boolean => known.has(tag);

/** The field that a tag fills in a record of a type; undefined when none is meant for it. */
export function fieldOfWebOfScienceTag(tag: string, type: string): string | undefined {
  const field = webOfScienceTagRows.find(row => row.tag === tag && (row.types?.has(type) ?? true))?.field;
  return field === '-' ? undefined : field;
}

/** Document types (DT) that the type of the entry tells already. */
export const plainDocumentTypes: Readonly<Record<string, string>> = {
  article: 'article',
  book: 'book',
  'book chapter': 'incollection',
  'proceedings paper': 'inproceedings',
};
