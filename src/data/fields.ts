/** What a field holds; decides how its value is read and written. `range` and `key` are read as text. */
export type FieldKind = 'text' | 'verbatim' | 'list' | 'names' | 'date' | 'keywords' | 'range' | 'key';

/** A field of a reference. */
export interface Field {
  /** BibLaTeX's name; for what BibLaTeX cannot say, the name of the CSL variable in lower case, or a name of ours. */
  readonly name: string;
  readonly kind: FieldKind;
  /** The CSL 1.0.2 variable for the same thing, where it does not depend on the entry type. */
  readonly csl?: string;
  /** Whether BibLaTeX's data model knows the field. */
  readonly biblatex: boolean;
}

/** Each line: the name and, after `=`, its CSL variable. */
const biblatexFields: Readonly<Record<FieldKind, string>> = {
  text: `abstract=abstract addendum annotation=annote booksubtitle booktitle booktitleaddon chapter=chapter-number edition=edition eid
    entrysubtype eprintclass eprinttype eventtitle=event-title eventtitleaddon gender howpublished=medium indexsorttitle indextitle isan isbn=ISBN ismn
    isrn issn=ISSN issue issuesubtitle issuetitle=volume-title issuetitleaddon iswc journalsubtitle journaltitle journaltitleaddon label=citation-label
    langidopts library=call-number mainsubtitle maintitle maintitleaddon nameaddon note=note number origtitle=original-title pagetotal=number-of-pages part=part
    relatedstring reprinttitle series=collection-title shorthand shorthandintro shortjournal=container-title-short shortseries shorttitle=title-short
    sortkey sortshorthand sorttitle sortyear presort subtitle title=title titleaddon usera userb userc userd usere userf venue=event-place
    version=version volume=volume volumes=number-of-volumes options relatedoptions execute`,
  verbatim: 'doi=DOI eprint file url=URL verba verbb verbc crossref xref xdata ids entryset related',
  list: 'institution lista listb listc listd liste listf location organization origlocation=original-publisher-place origpublisher=original-publisher publisher=publisher language origlanguage',
  names: `afterword annotator author=author bookauthor=container-author commentator editor=editor editora editorb editorc foreword holder introduction
    namea nameb namec translator=translator shortauthor shorteditor sortname`,
  date: 'date=issued eventdate=event-date origdate=original-date urldate=accessed',
  keywords: 'keywords=keyword',
  range: 'pages=page',
  key: `authortype editoratype editorbtype editorctype editortype bookpagination nameatype namebtype namectype pagination pubstate=status type=genre
    langid=language`,
};

/** What only CSL or RIS can say. BibLaTeX carries these as unknown fields under the same name. */
const furtherFields: Readonly<Record<FieldKind, string>> = {
  text: `archive=archive archive_collection=archive_collection archive_location=archive_location archive-place=archive-place authority=authority
    dimensions=dimensions division=division jurisdiction=jurisdiction part-title=part-title printing=printing references=references
    reviewed-genre=reviewed-genre reviewed-title=reviewed-title scale=scale section=section source=source supplement=supplement
    volume-title-short=volume-title-short year-suffix=year-suffix citation-number=citation-number first-reference-note-number=first-reference-note-number
    locator=locator page-first=page-first pmcid=PMCID
    translatedtitle affiliation caption reprintstatus comment rights copyright`,
  verbatim: '',
  list: '',
  names: `chair=chair collection-editor=collection-editor compiler=compiler composer=composer contributor=contributor curator=curator director=director
    editorial-director=editorial-director executive-producer=executive-producer guest=guest host=host interviewer=interviewer illustrator=illustrator
    narrator=narrator organizer=organizer original-author=original-author performer=performer producer=producer recipient=recipient
    reviewed-author=reviewed-author script-writer=script-writer series-creator=series-creator`,
  date: 'available-date=available-date submitted=submitted',
  keywords: '',
  range: '',
  key: '',
};

/**
 * Other names of the same field: BibLaTeX's own aliases (manual §2.2.5) and names that are usual in the wild. `year`, `month` and `day`
 * are not here: together they are `date`. Nor are `pmid` and `arxiv`: they are `eprint` and `eprinttype` in one.
 */
const aliases: Readonly<Record<string, string>> = {
  address: 'location',
  annote: 'annotation',
  archiveprefix: 'eprinttype',
  journal: 'journaltitle',
  key: 'sortkey',
  pdf: 'file',
  primaryclass: 'eprintclass',
  school: 'institution',
  hyphenation: 'langid',
  keyword: 'keywords',
  notes: 'note',
  review: 'annotation',
  lccn: 'library',
  numpages: 'pagetotal',
  articleno: 'eid',
  'article-number': 'eid',
  issn_online: 'issn',
  author_keywords: 'keywords',
  abbrev_source_title: 'shortjournal',
  'journal-iso': 'shortjournal',
  document_type: 'entrysubtype',
  urlaccessdate: 'urldate',
  lastchecked: 'urldate',
  accessed: 'urldate',
  nationality: 'jurisdiction',
  assignee: 'holder',
  collaborator: 'contributor',
};

/** Every field we know, BibLaTeX's first. */
export const fields: readonly Field[] = [...rows(biblatexFields, true), ...rows(furtherFields, false)];

const byName: ReadonlyMap<string, Field> = new Map(fields.map(field => [field.name, field]));

/** The field of that name or alias, in any case; undefined for one we do not know. */
export const fieldNamed = (name: string): Field | undefined => byName.get(name) ?? byName.get(canonicalFieldName(name));

/** The name under which a reference holds a field: lower case, aliases resolved. */
export function canonicalFieldName(name: string): string {
  const lower = name.toLowerCase();
  return Object.hasOwn(aliases, lower) ? (aliases[lower] ?? lower) : lower;
}

/** How a field's value is read; unknown fields hold text. */
export const fieldKind = (name: string): FieldKind => fieldNamed(name)?.kind ?? 'text';

function rows(table: Readonly<Record<FieldKind, string>>, biblatex: boolean): Field[] {
  return (Object.entries(table) as [FieldKind, string][]).flatMap(([kind, words]) =>
    words
      .split(/\s/u)
      .filter(word => word !== '')
      .map(word => {
        const [name = '', csl] = word.split('=');
        return csl === undefined ? { name, kind, biblatex } : { name, kind, csl, biblatex };
      }),
  );
}
