/**
 * EndNote's import format is refer's with letters for all of EndNote's fields, and RIS (2011) is another lettering of the same fields: each
 * tag of the one is a tag of the other. The tag without its percent sign, the RIS tag, and, behind it, the field as EndNote's generic
 * reference calls it. The first line of a RIS tag is the one that is written. The order is the one in which a record is written.
 */
const rows = `
F ID Label
A AU Author
T TI Title
! ST Short Title
Q TT Translated Title
E A2 Secondary Author
Y A3 Tertiary Author
? A4 Subsidiary Author
H TA Translated Author
J JF Journal
B T2 Secondary Title
O J2 Alternate Title
S T3 Tertiary Title
I PB Publisher
C CY Place Published
D PY Year
8 DA Date
V VL Volume
6 NV Number of Volumes
N IS Number
N M1 Number
N SV Number
P SP Pages
& SE Section
7 ET Edition
9 M3 Type of Work
@ SN ISBN/ISSN
R DO DOI
U UR URL
> L1 Link to PDF
M AN Accession Number
~ DB Name of Database
W DP Database Provider
L CN Call Number
G LA Language
X AB Abstract
K KW Keywords
Z N1 Notes
< RN Research Notes
^ CA Caption
+ AD Author Address
( OP Original Publication
) RP Reprint Edition
* RI Reviewed Item
[ Y2 Access Date
1 C1 Custom 1
2 C2 Custom 2
3 C3 Custom 3
4 C4 Custom 4
# C5 Custom 5
$ C6 Custom 6
] C7 Custom 7
`;

const pairs = rows
  .trim()
  .split('\n')
  .map(line => line.split(' ', 2))
  .map(([tag = '', ris = '']) => [tag, ris] as const);

/** The RIS tag for a tag of refer; undefined for one that EndNote does not know, or of which RIS has none ("=", when last modified). */
export const risTagOfReferTag = (tag: string): string | undefined => pairs.find(([own]) => own === tag)?.[1];

/** The tag for one of RIS. */
export const referTagOfRisTag = (ris: string): string | undefined => pairs.find(([, other]) => other === ris)?.[0];

/** The tags in the order in which a record is written. */
export const referTagOrder: readonly string[] = [...new Set(pairs.map(([tag]) => tag))];

/** The types of `%0`, each with its RIS type; the first of a RIS type is the one that is written. */
const types = `
JOUR Journal Article
BOOK Book
CHAP Book Section
EDBOOK Edited Book
CONF Conference Proceedings
CPAPER Conference Paper
THES Thesis
RPRT Report
ELEC Web Page
ELEC Electronic Source
GEN Generic
AGGR Aggregated Database
ANCIENT Ancient Text
ART Artwork
ADVS Audiovisual Material
BILL Bill
BLOG Blog
CASE Case
CTLG Catalog
CHART Chart or Table
CLSWK Classical Work
COMP Computer Program
DATA Dataset
DICT Dictionary
EJOUR Electronic Article
EBOOK Electronic Book
ECHAP Electronic Book Section
ENCYC Encyclopedia
EQUA Equation
FIGURE Figure
MPCT Film or Broadcast
GOVDOC Government Document
GRANT Grant
HEAR Hearing
LEGAL Legal Rule or Regulation
MGZN Magazine Article
MANSCPT Manuscript
MAP Map
MUSIC Music
NEWS Newspaper Article
DBASE Online Database
MULTI Online Multimedia
PAMP Pamphlet
PAT Patent
PCOMM Personal Communication
SER Serial
SER Serial Publication
STAND Standard
STAT Statute
UNPB Unpublished Work
ICOMM Discussion Forum
ICOMM Social Media
PCOMM Interview
SOUND Podcast
SOUND Music Recording
VIDEO Television Episode
JFULL Journal
SLIDE Presentation
`;

const typePairs = types
  .trim()
  .split('\n')
  .map(line => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const);

/** The RIS type of a type of `%0`; undefined for one that nobody knows. */
export function risTypeOfReferType(type: string): string | undefined {
  const lower = type.trim().toLowerCase();
  return typePairs.find(([, words]) => words.toLowerCase() === lower)?.[0];
}

/** The type of `%0` for a RIS type. */
export const referTypeOfRisType = (ris: string): string | undefined => typePairs.find(([own]) => own === ris)?.[1];
