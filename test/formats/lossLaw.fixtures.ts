import type { FormatName } from '../../src/formats/format.ts';

/** By format texts that hold a value of every kind, in the shapes in which files have them, and things that no other format has a place for. */
export const lossLawTexts: Readonly<Partial<Record<FormatName, string>>> = {
  biblatex: `@string{jam = {Journal of Applied Matters}}

@article{full,
  author = {van der Berg, Jan and {World Health Organization} and family=Vries, given=Anna, prefix=de, useprefix=true and Smith, Jr, John and others},
  editor = {Loewenfeld, Samuel},
  editora = {Kaltenbrunner, Ferdinand},
  editoratype = {redactor},
  translator = {Le Roux, Yves},
  annotator = {Note, Anna},
  foreword = {Fore, Ward},
  title = {A {DNA} Title with $x^{2}$ \\& \\emph{marks}},
  subtitle = {And More},
  titleaddon = {Addition},
  shorttitle = {Short},
  journaltitle = jam,
  shortjournal = {J. Appl. Mat.},
  series = {2},
  volume = {42},
  number = {6},
  eid = {e017},
  pages = {682--694, 701},
  date = {2015-11-02/2016-01~},
  origdate = {1999},
  urldate = {2020-02-03},
  eventdate = {2014-05/..},
  langid = {english},
  langidopts = {variant=british},
  origlanguage = {german and french},
  doi = {https://doi.org/10.1007/s10488-014-0603-z},
  url = {https://example.org/a_b?c=1&d=%20#e},
  issn = {0894-587X, 1573-3289},
  eprint = {1501.00001},
  eprinttype = {arxiv},
  eprintclass = {cs.DL},
  keywords = {peer support, {models, animal}, mental health},
  note = {First.\\\\Second.},
  addendum = {Added later},
  annotation = {Worth reading},
  abstract = {Several

paragraphs.},
  pubstate = {inpress},
  usera = {own words},
  verba = {C:\\path\\to},
  mynote = {nobody knows this field},
  file = {paper.pdf:files/paper.pdf:PDF},
  ids = {older2014, oldest2013},
  sortkey = {zz},
  options = {useprefix=true},
  bdsk-url-2 = {https://mirror.example.org/x},
}

@string{unused = {nothing}}

@mvbook{dates, title = {Season}, date = {2012-21}, origdate = {-0044}, editor = {Roe, Ann}, editortype = {compiler}, isbn = {978-0-201-13447-6, 0-201-13447-0}, volumes = {3}, pagetotal = {xii+350}, edition = {2}, language = {german and english}}

@book{mask, title = {Sometime}, date = {199X}, author = {{Plato}}, publisher = {Press One and Press Two}, location = {Oxford and Cambridge}}

@book{timed, title = {To the Second}, date = {2001-01-03T15:00:00}, author = {Roe, Richard}, version = {1.3}}

@book{unsure, title = {Perhaps}, date = {1723?/1724~}, author = {d'Alembert, Jean}, shorthand = {D}}

@inbook{part, author = {Kant, Immanuel}, title = {Kritik}, crossref = {host}, pages = {v--x}, chapter = {III}}

@book{host, author = {Kant, Immanuel}, title = {Werke}, subtitle = {Gesamt}, date = {1968}, publisher = {de Gruyter}}

@inproceedings{paper, author = {Lee, Kim}, title = {A Paper}, booktitle = {Proceedings}, eventtitle = {Conference}, venue = {Oslo}, eventdate = {2010-05-03/2010-05-05}, organization = {Society}, publisher = {ACM}, xdata = {shared}}

@xdata{shared, location = {New York}, series = {Lecture Notes}}

@thesis{thesis, author = {Doe, Jane}, title = {Work}, type = {mathesis}, institution = {MIT}, date = {1999-05}}

@report{report, author = {Roe, R.}, title = {Found}, type = {techreport}, number = {TR-5}, institution = {Lab}, date = {2005}}

@patent{patent, author = {Sorace, R.}, holder = {{Hughes Aircraft}}, title = {Laser}, number = {US5668842}, type = {patentus}, location = {countryus}, date = {1997-09-16}}

@software{tool, title = {Tool}, version = {2.0}, author = {Poe, Edgar}, date = {2020}, swhid = {swh:1:dir:1ba0b67b5d0c;origin=https://example.org/x}}

@online{site, title = {Site}, url = {https://example.org/}, date = {2020}, entrysubtype = {blog}, organization = {Org}}

@collection{edited, editor = {Salamon, Lester}, title = {Edited}, date = {2004}, eprint = {12345}, eprinttype = {hdl}}

@dataset{data, title = {Data}, author = {Roe, A.}, date = {2001}, isbn = {ISBN 978-85-63994-24-0}}

@odd{odd, title = {Odd}, date = {in preparation}}

@article{dup, title = {Twice}, title = {Twice said}, journal = {J}, year = 2001, month = "10~" # jan, Note = "in quotes"}
`,

  bibtex: `@preamble{"\\newcommand{\\x}{y}"}
@STRING{acm = "Association"}

@Article{old:1,
  Author = "Knuth, Donald E. and {Free Software Foundation, Inc.} and others",
  Title = {The {\\TeX}book},
  Journal = {TUGboat},
  Year = 1984,
  Month = jan # "/" # feb,
  Pages = "1-20",
  Publisher = acm,
  Address = {Reading},
  Annote = {Good},
  Key = {knuth},
  Owner = {me},
  Timestamp = {2009.01.02},
}

@phdthesis{p, author = {A. B.}, title = {P}, school = {MIT}, year = {1999}, type = {Dissertation}}
@mastersthesis{m, author = {A. B.}, title = {M}, school = {MIT}, year = {1999--2000}}
@techreport{t, author = {A. B.}, title = {T}, institution = {Lab}, year = {May 1999}, number = 7}
@misc{w, title = {W}, howpublished = {\\url{http://example.org/~x}}, year = {n.d.}, pmid = {123}, language = {Klingon}}
@conference{c, author = {A. B.}, title = {C}, booktitle = {B}, editor = {E. F. and G. H.}, year = 2000, organization = {O}, address = {Rome}}
`,

  ris: `TY  - JOUR
ID  - gillard2015
T1  - Peer &amp; workers
AU  - van der Berg, Jan, Jr.
AU  - World Health Organization
AU  - et al.
A2  - Editor, Ed
A4  - Le Roux, Yves
JF  - Administration and Policy
J2  - Adm Policy
VL  - 42
IS  - 6
SP  - 682
EP  - 94
PY  - 2015
DA  - 2015/11/02/Autumn
Y2  - 2020/02/03
SN  - 0894-587X
SN  - 1573-3289
DO  - https://doi.org/10.1007/x1
UR  - https://example.org/a;https://example.org/b
UR  - https://example.org/c
L1  - file:///paper.pdf
L2  - https://example.org/full
N1  - First note
N1  - Second note
AB  - One abstract
N2  - Another abstract that is longer
KW  - Models, Animal
KW  - peer support; mental health
LA  - eng
AN  - 25503741
DB  - PubMed
DP  - NLM
M1  - 99
M3  - Journal Article
C1  - Custom one
C5  - Custom five
U1  - User one
RP  - IN FILE
AD  - Department, City
CR  - Cited, 1999
XX  - unknown tag
ER  - 

TY  - CONF
TI  - Paper
AU  - Lee, Kim
T2  - Conference
C3  - Proceedings
C1  - Oslo
PY  - 2012///Spring
DA  - 2011/05
SP  - 5-9
ER  - 

TY  - BOOK
TI  - Book
A2  - Series, Ed
AU  - Doe, J.
T2  - Lectures
PY  - in press
ET  - 2nd
SP  - 350
CY  - Oxford
PB  - Press
LA  - Klingon
ER  - 

TY  - ICOMM
TI  - Mail
AU  - Doe, J.
PY  - 2001
ER  - 

TY  - WEIRD
TI  - Nobody knows
ER  - 
`,

  'csl-json': JSON.stringify(
    [
      {
        id: 'csl1',
        type: 'article-journal',
        author: [
          { family: 'Berg', given: 'Jan', 'non-dropping-particle': 'van der', suffix: 'Jr.' },
          { literal: 'World Health Organization' },
          { family: 'Humboldt', given: 'Alexander', 'dropping-particle': 'von' },
        ],
        editor: [{ family: 'Roe', given: 'Ann' }],
        'reviewed-author': [{ family: 'Poe', given: 'Edgar' }],
        title: 'A <i>title</i> with <span class="nocase">Case</span>',
        'container-title': 'Journal',
        'container-title-short': 'J.',
        'title-short': 'Title',
        volume: 42,
        issue: '6',
        page: '682-694',
        number: 'e017',
        issued: {
          'date-parts': [
            [2015, 11],
            [2016, 1],
          ],
          circa: true,
        },
        accessed: { 'date-parts': [[2020, 2, 3]] },
        'original-date': { literal: 'long ago' },
        submitted: { raw: '2014-05' },
        DOI: '10.1007/x1',
        URL: 'https://example.org/a?b=1&c=2',
        ISSN: '0894-587X',
        PMCID: 'PMC12345',
        language: 'en-GB',
        keyword: 'peer support, mental health',
        note: 'First.\n\nSecond.',
        annote: 'Annotated',
        abstract: 'Some words',
        status: 'in press',
        dimensions: '2 m',
        categories: ['one', 'two'],
        custom: { own: 'value', deep: { list: [1, 'two'] } },
        myfield: 'unknown',
      },
      { id: 'csl2', type: 'book', title: 'No date parts', issued: { 'date-parts': [[]] }, author: [{ family: 'Roe' }] },
      {
        id: 'csl3',
        type: 'chapter',
        title: 'Season',
        issued: { 'date-parts': [[2012]], season: 2 },
        'container-title': 'Host',
        'collection-title': 'Series',
        'collection-number': 7,
      },
      {
        id: 'csl4',
        type: 'report',
        title: 'Zero',
        issued: { 'date-parts': [[0]] },
        genre: 'Working paper',
        number: 5,
        publisher: 'Lab',
        authority: 'Court',
      },
      {
        id: 'csl5',
        type: 'strange',
        title: 'Text date',
        issued: '2001-05-03',
        accessed: { 'date-parts': [['2012', '40']] },
      },
      {
        id: 'csl6',
        type: 'book',
        title: 'Broken date',
        issued: { 'date-parts': [['2012a']], note: 'x' },
        edition: '2nd',
      },
    ],
    null,
    2,
  ),

  'csl-yaml': `---
references:
- id: yaml1
  type: book
  title: "A title: with a colon"
  author:
  - family: Doe
    given: Jane
  issued:
  - year: 2001
    month: 5
  - year: 2002
  volume: 007
  isbn-extra: 12
- id: yaml2
  type: article-magazine
  title: 'It''s'
  issued: 2003-04
  language: de
  page: 5--9
...
`,

  hayagriva: `kinetics:
  type: article
  title: { value: "Kinetics of {DNA}", short: Kinetics, translation: Kinetik }
  author: ["Doan, T. D.", "von Haug, Hartmut", { name: Roe, given-name: Ann, alias: annie }]
  serial-number: { doi: 10.1103/PhysRevB.102.165126, hal: hal-123 }
  page-range: 5-9
  date: ~2020-10-14
  tongus: 2
  language: en-GB
  url: { value: "https://example.org/x", date: 2021-02-03 }
  parent:
    - { type: periodical, title: Physical Review B, volume: 102, issue: 16, publisher: { name: APS, location: College Park } }
    - { type: conference, title: Meeting, date: 2019-05, location: Boston, time-range: 1-2 }
film:
  type: video
  title: Film
  affiliated:
    - { role: director, names: "Cameron, James" }
    - { role: gaffer, names: ["Roe, Ann", "Doe, Jane"] }
  runtime: 01:42:21
chapter1:
  type: chapter
  title: One
  parent: { type: book, title: Host, editor: "Roe, Ann", parent: { type: anthology, title: Series, note: deep } }
`,

  cff: `cff-version: 1.2.0
message: Please cite.
title: A Tool
authors:
- family-names: Doe
  given-names: Jane
  name-particle: de
  orcid: https://orcid.org/0000-0000-0000-0001
  affiliation: University
- name: Group
  city: Rome
contact:
- family-names: Help
  email: help@example.org
version: 1.0
date-released: 2021-02-03
license: MIT
repository-code: https://example.org/code
commit: abcdef
keywords: [one, two]
identifiers:
- type: doi
  value: 10.5281/zenodo.1
  description: This version
preferred-citation:
  type: article
  title: A Paper
  authors:
  - family-names: Roe
  journal: Journal
  volume: 4
  start: 5
  end: 9
  year: 2020
  month: 7
references:
- type: conference-paper
  title: Talk
  authors:
  - name: Body
  conference:
    name: Conf
    city: Oslo
    date-start: 2019-05-01
    date-end: 2019-05-03
  publisher:
    name: P
    city: C
    website: https://p.example.org
  languages: [en, de]
  loc-start: 12
`,

  'endnote-xml': `<?xml version="1.0" encoding="UTF-8"?><xml><records><record><database name="My Library.enl" path="C:\\x">My Library.enl</database><source-app name="EndNote" version="20.0">EndNote</source-app><rec-number>17</rec-number><foreign-keys><key app="EN" db-id="5z2wfr" timestamp="1444228">4711</key></foreign-keys><ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">van der Berg, Jan</style></author><author>World Body</author></authors><secondary-authors><author>Roe, Ann</author></secondary-authors></contributors><auth-address>Department</auth-address><titles><title><style face="normal">On </style><style face="italic">E. coli</style></title><secondary-title>Journal</secondary-title><alt-title>J.</alt-title></titles><periodical><full-title>Journal</full-title></periodical><alt-periodical><full-title>Other</full-title></alt-periodical><pages>5-9</pages><volume>4</volume><number>2</number><keywords><keyword>Models, Animal</keyword><keyword>peer</keyword></keywords><dates><year>2001</year><pub-dates><date>May</date></pub-dates></dates><isbn>0894-587X</isbn><accession-num>25503741</accession-num><label>A&amp;B1</label><notes>A note</notes><abstract>Abstract</abstract><urls><related-urls><url>https://x.org/?a=1&amp;b=2</url><url>https://y.org/</url></related-urls><pdf-urls><url>internal-pdf://paper.pdf</url></pdf-urls></urls><custom5>kept</custom5><electronic-resource-num>10.1/abc</electronic-resource-num><language>eng</language><research-notes>Mine</research-notes><modified-date>42</modified-date></record></records></xml>`,

  pubmed: `PMID- 25503741
OWN - NLM
STAT- MEDLINE
DCOM- 20160822
IS  - 1573-3289 (Electronic)
IS  - 0894-587X (Linking)
VI  - 42
IP  - 6
DP  - 2015 Nov-Dec
TI  - Introducing peer worker roles into UK mental health service teams: a
      qualitative analysis.
PG  - 682-94
LID - 10.1007/s10488-014-0603-z [doi]
AB  - The provision of peer support is expanding.
CI  - (c) 2015 Somebody
FAU - van der Berg, Jan P
AU  - van der Berg JP
AD  - Department, City.
FAU - Smith, John A Jr
AU  - Smith JA Jr
CN  - Study Group
LA  - eng
LA  - ger
GR  - G0802635/MRC_/Medical Research Council/United Kingdom
PT  - Journal Article
PT  - Research Support, Non-U.S. Gov't
DEP - 20150124
PL  - United States
TA  - Adm Policy
JT  - Administration and policy
MH  - *Peer Group
OTO - NOTNLM
OT  - peer support
PMC - PMC4637161
AID - 603 [pii]
SO  - Adm Policy. 2015 Nov;42(6):682-94.
`,

  refer: `%0 Journal Article
%A van der Berg, Hans, Jr.
%A WHO
%E Roe, Ann
%T Title
%J Nature
%B Other
%O Nat.
%V 4
%N 2
%P 682-94
%D 2015
%8 November 2
%@ 0894-587X
%R 10.1000/abc
%U https://example.org/
%K one
two
%X Abstract
%Z Note one
%Z Note two
%1 Custom
%= modified
%F key1
%G English
%[ 2020/02/03

%0 Scroll
%T Odd
%D long ago
`,

  wos: `FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU van der Berg, J
   Roe, A
AF van der Berg, Jan
   Roe, Ann
TI A title over
   two lines
SO JOURNAL OF THINGS
LA English
DT Article
DE peer support; mental health
ID PLUS; WORDS
AB Abstract
C1 [Roe, Ann] Univ, City
RP Roe, A (corresponding author), Univ.
EM roe@example.org
NR 12
TC 3
Z9 4
PU PRESS
PI LONDON
SN 0894-587X
EI 1573-3289
J9 J THINGS
JI J. Things
PD NOV
PY 2015
VL 42
IS 6
BP 682
EP 694
DI 10.1007/x1
UT WOS:000363
ER

EF
`,

  mods: `<modsCollection xmlns="http://www.loc.gov/mods/v3"><mods ID="k1"><titleInfo><nonSort>The</nonSort><title>Title</title><subTitle>Sub</subTitle><partNumber>2</partNumber></titleInfo><titleInfo type="alternative"><title>Other Title</title></titleInfo><name type="personal"><namePart type="family">Doe</namePart><namePart type="given">Jane</namePart><namePart type="date">1950-</namePart><role><roleTerm type="code">aut</roleTerm></role></name><name type="corporate"><namePart>Body</namePart><role><roleTerm type="text">funder</roleTerm></role></name><typeOfResource>text</typeOfResource><genre>journal article</genre><originInfo><place><placeTerm>Rome</placeTerm></place><publisher>Press</publisher><dateIssued>2001-05</dateIssued><dateCaptured>2002</dateCaptured><edition>2</edition></originInfo><language><languageTerm type="code">ger</languageTerm></language><physicalDescription><extent>350 p.</extent></physicalDescription><abstract>Words</abstract><note>Note</note><subject><topic>peer</topic><geographic>Rome</geographic></subject><classification authority="lcc">Q1</classification><relatedItem type="host"><titleInfo><title>Journal</title></titleInfo><part><detail type="volume"><number>4</number></detail><extent unit="pages"><start>5</start><end>9</end></extent></part></relatedItem><relatedItem type="series"><titleInfo><title>Series</title></titleInfo></relatedItem><identifier type="doi">10.1/x</identifier><identifier type="lccn">99</identifier><location><url>https://example.org/</url><shelfLocator>S 1</shelfLocator></location><accessCondition>open</accessCondition><tableOfContents>contents</tableOfContents><recordInfo><recordIdentifier>r1</recordIdentifier></recordInfo></mods></modsCollection>`,
};
