/**
 * One entry type in the three vocabularies. Conversion in any direction takes the first row that fits, so a row above another is
 * the usual one. `subtype` is the value of `entrysubtype` that tells two of them apart.
 */
export interface TypeRow {
  readonly biblatex: string;
  readonly subtype?: string;
  readonly csl: string;
  readonly ris: string;
}

/** biblatex type (with subtype after a slash), CSL type, RIS type. */
const rows = `
article article-journal JOUR
article/magazine article-magazine MGZN
article/newspaper article-newspaper NEWS
online/preprint article UNPB
book book BOOK
booklet pamphlet PAMP
collection book EDBOOK
incollection chapter CHAP
inproceedings paper-conference CONF
proceedings book CONF
inreference entry-encyclopedia ENCYC
inreference/dictionary entry-dictionary DICT
inreference/entry entry CTLG
thesis thesis THES
report report RPRT
online webpage ELEC
online/blog post-weblog BLOG
online/post post ICOMM
misc document GEN
unpublished manuscript UNPB
unpublished/manuscript manuscript MANSCPT
unpublished/speech speech SLIDE
dataset dataset DATA
software software COMP
patent patent PAT
standard standard STAND
periodical periodical JFULL
letter personal_communication PCOMM
letter/email personal_communication ICOMM
artwork graphic ART
image graphic ART
image/figure figure FIGURE
image/chart figure CHART
audio song SOUND
audio/broadcast broadcast SOUND
movie motion_picture MPCT
video motion_picture VIDEO
video/broadcast broadcast VIDEO
music song SOUND
performance performance GEN
jurisdiction legal_case CASE
jurisdiction/hearing hearing HEAR
legislation legislation STAT
legislation/bill bill BILL
legislation/regulation regulation LEGAL
legal treaty LEGAL
review review JOUR
review/book review-book JOUR
book/classical classic CLSWK
book/score musical_score MUSIC
misc/archival collection GEN
misc/event event GEN
misc/interview interview PCOMM
misc/map map MAP
misc/grant document GRANT
misc/equation figure EQUA
inbook chapter CHAP
bookinbook book CHAP
suppbook chapter CHAP
suppcollection chapter CHAP
suppperiodical article-journal JOUR
manual report RPRT
mvbook book BOOK
mvcollection book EDBOOK
mvproceedings book CONF
mvreference book BOOK
reference book BOOK
commentary book BOOK
customa document GEN
customb document GEN
customc document GEN
customd document GEN
custome document GEN
customf document GEN
bibnote document GEN
set document GEN
xdata document GEN
`;

/** All rows, the usual ones first. */
export const typeRows: readonly TypeRow[] = rows
  .trim()
  .split('\n')
  .map(line => {
    const [type = '', csl = '', ris = ''] = line.split(' ');
    const [biblatex = '', subtype] = type.split('/');
    return subtype === undefined ? { biblatex, csl, ris } : { biblatex, subtype, csl, ris };
  });

/** RIS types that are only read (2011 list and spellings in use), each with the type and subtype it becomes. */
export const risTypesOnlyRead: Readonly<Record<string, readonly [type: string, subtype?: string]>> = {
  ABST: ['article'],
  ADVS: ['video'],
  AGGR: ['dataset'],
  ANCIENT: ['book', 'classical'],
  CPAPER: ['inproceedings'],
  DBASE: ['dataset'],
  EBOOK: ['book'],
  ECHAP: ['incollection'],
  EJOUR: ['article'],
  FILM: ['movie'],
  GOVDOC: ['report'],
  GRNT: ['misc', 'grant'],
  INPR: ['article'],
  MULTI: ['online'],
  SER: ['book'],
  STD: ['misc'],
  UNBILL: ['legislation', 'bill'],
  UNPD: ['unpublished'],
  WEB: ['online'],
};

/** Other names of a BibLaTeX type (manual §2.1.2), with the `type` field that BibLaTeX then assumes. */
const typeAliases: Readonly<Record<string, readonly [type: string, typeField?: string]>> = {
  conference: ['inproceedings'],
  electronic: ['online'],
  www: ['online'],
  mastersthesis: ['thesis', 'mathesis'],
  phdthesis: ['thesis', 'phdthesis'],
  techreport: ['report', 'techreport'],
};

/** Resolves an alias in any case: the BibLaTeX type and the `type` field the alias implies. */
export function canonicalType(type: string): { readonly type: string; readonly typeField?: string } {
  const lower = type.toLowerCase();
  const alias = Object.hasOwn(typeAliases, lower) ? typeAliases[lower] : undefined;
  if (alias === undefined) {
    return { type: lower };
  }
  return alias[1] === undefined ? { type: alias[0] } : { type: alias[0], typeField: alias[1] };
}

/** The row of a BibLaTeX type; the subtype decides where one fits, else the type alone. Unknown types have none. */
export function rowOfType(type: string, subtype?: string): TypeRow | undefined {
  const wanted = subtype?.toLowerCase();
  return (
    typeRows.find(row => row.biblatex === type && row.subtype === wanted) ??
    typeRows.find(row => row.biblatex === type && row.subtype === undefined)
  );
}

export const rowOfCslType = (type: string): TypeRow | undefined => typeRows.find(row => row.csl === type);

/** The row of a RIS type in upper case; those of `risTypesOnlyRead` included. */
export function rowOfRisType(type: string): TypeRow | undefined {
  const read = Object.hasOwn(risTypesOnlyRead, type) ? risTypesOnlyRead[type] : undefined;
  return read === undefined ? typeRows.find(row => row.ris === type) : rowOfType(...read);
}

/** What the keys of the `type` field mean (manual §4.9.2.13), in English. */
export const typeKeys: Readonly<Record<string, string>> = {
  bathesis: "Bachelor's thesis",
  mathesis: "Master's thesis",
  phdthesis: 'PhD thesis',
  candthesis: 'Candidate thesis',
  techreport: 'Technical report',
  resreport: 'Research report',
  software: 'Computer software',
  datacd: 'Data CD',
  audiocd: 'Audio CD',
  patent: 'Patent',
  patentde: 'German patent',
  patenteu: 'European patent',
  patentfr: 'French patent',
  patentuk: 'British patent',
  patentus: 'U.S. patent',
  patreq: 'Patent request',
  patreqde: 'German patent request',
  patreqeu: 'European patent request',
  patreqfr: 'French patent request',
  patrequk: 'British patent request',
  patrequs: 'U.S. patent request',
};

/** What databases call an entry type; in its `type` field such words would only repeat it. */
const usualNames: Readonly<Record<string, readonly string[]>> = {
  article: ['article', 'journal article'],
  book: ['book'],
  collection: ['book', 'edited book'],
  inbook: ['book chapter', 'book section', 'chapter'],
  incollection: ['book chapter', 'book section', 'chapter'],
  inproceedings: ['conference paper', 'conference proceedings', 'proceedings paper'],
  online: ['web page', 'webpage'],
  dataset: ['dataset', 'data set'],
};

/** Whether the text of a `type` field says nothing that the entry type does not. */
export const repeatsType = (type: string, text: string): boolean =>
  Object.hasOwn(usualNames, type) && usualNames[type]?.includes(text.trim().toLowerCase()) === true;
