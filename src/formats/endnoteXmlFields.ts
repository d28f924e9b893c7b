/** The field that an element holds in a record of a type; undefined for one that has none. */
export function fieldOf(element: string, type: string): string | undefined {
  const isArticle = articles.has(type);
  const isPart = parts.has(type);
  switch (element) {
    case 'secondary-title':
    case 'full-title':
      return isArticle
        ? 'journaltitle'
        : isPart
          ? 'booktitle'
          : wholes.has(type)
            ? 'series'
            : type === 'unpublished'
              ? 'eventtitle'
              : 'maintitle';
    case 'tertiary-title':
      return isPart ? 'series' : 'maintitle';
    case 'secondary-authors':
      return isArticle || isPart ? 'editor' : 'collection-editor';
    case 'tertiary-authors':
      return isPart ? 'collection-editor' : 'editor';
    case 'authors':
      return type === 'collection' ? 'editor' : 'author';
    case 'isbn':
      return isArticle ? 'issn' : type === 'report' || type === 'patent' || type === 'standard' ? 'number' : 'isbn';
    case 'publisher':
      return type === 'thesis' || type === 'report' ? 'institution' : type === 'online' ? 'organization' : 'publisher';
    case 'edition':
      return type === 'software' ? 'version' : 'edition';
    default:
      return Object.hasOwn(plain, element) ? plain[element] : undefined;
  }
}

const parts = new Set(['incollection', 'inbook', 'bookinbook', 'inproceedings', 'inreference']);
export const articles = new Set(['article', 'periodical']);
const wholes = new Set(['book', 'mvbook', 'collection', 'report', 'software', 'misc', 'booklet']);

const plain: Readonly<Record<string, string>> = {
  title: 'title',
  'short-title': 'shorttitle',
  'alt-title': 'shortjournal',
  'abbr-1': 'shortjournal',
  'translated-title': 'translatedtitle',
  'subsidiary-authors': 'translator',
  'translated-authors': 'translator',
  volume: 'volume',
  number: 'number',
  issue: 'issue',
  'num-vols': 'volumes',
  section: 'section',
  'pub-location': 'location',
  'electronic-resource-num': 'doi',
  abstract: 'abstract',
  notes: 'note',
  'research-notes': 'annotation',
  'call-num': 'library',
  'accession-num': 'eprint',
  'remote-database-name': 'eprinttype',
  'remote-database-provider': 'source',
  'auth-address': 'affiliation',
  caption: 'caption',
  'orig-pub': 'origtitle',
  'reviewed-item': 'reviewed-title',
  custom2: 'pmcid',
  availability: 'archive_location',
  'meeting-place': 'venue',
  size: 'dimensions',
  'access-date': 'urldate',
};
