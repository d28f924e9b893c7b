export const isHayagrivaType = (type: string): boolean => Object.hasOwn(parentTypes, type.toLowerCase());

/** The types of entry and parent for a BibLaTeX type; the parent is empty where there is none. */
export function hayagrivaTypes(type: string, subtype: string | undefined): { entry: string; parent: string } {
  const rows = typePairs.filter(row => row.type === type && row.parent !== '*');
  return (
    rows.find(row => row.subtype === subtype) ??
    rows.find(row => row.subtype === undefined) ?? { entry: 'misc', parent: '' }
  );
}

/** The BibLaTeX type of an entry and its parent; undefined for an entry type that is not in the format. */
export function typeOfHayagriva(
  entry: string,
  parent: string,
): { readonly type: string; readonly subtype: string | undefined } | undefined {
  return (
    typePairs.find(row => row.entry === entry && row.parent === parent) ??
    typePairs.find(row => row.entry === entry && row.parent === '*') ??
    typePairs.find(row => row.entry === entry)
  );
}

/** Entry types with the type that a parent has when it names none (file format, "Entry Type"). */
export const parentTypes: Readonly<Record<string, string>> = {
  article: 'periodical',
  chapter: 'book',
  entry: 'reference',
  anthos: 'anthology',
  report: '',
  thesis: '',
  web: 'web',
  scene: 'video',
  artwork: 'exhibition',
  patent: '',
  case: '',
  newspaper: '',
  legislation: 'anthology',
  manuscript: '',
  tweet: 'tweet',
  post: 'post',
  misc: '',
  periodical: '',
  proceedings: '',
  book: '',
  blog: '',
  reference: '',
  conference: '',
  anthology: '',
  repository: '',
  thread: '',
  video: 'video',
  audio: 'audio',
  exhibition: '',
  performance: '',
  original: '',
};

/**
 * The types as pairs of entry and parent (0: none), each with the BibLaTeX type and subtype. The first line that fits is taken both ways;
 * a parent of `*` is any, and only read.
 */
const typePairs = `
article periodical article
anthos anthology incollection
chapter book inbook
entry reference inreference
web 0 online
blog 0 online blog
tweet 0 online post
article newspaper article newspaper
article proceedings inproceedings
article conference inproceedings
article blog online blog
article anthology incollection
article book incollection
article reference inreference
article thread online post
article web online
article * article
article 0 article
chapter book inbook
chapter anthology incollection
chapter reference inreference
chapter * inbook
chapter 0 inbook
anthos anthology incollection
anthos * incollection
anthos 0 incollection
book book bookinbook
entry reference inreference
entry * inreference
entry 0 inreference
misc book suppbook
misc anthology suppcollection
misc periodical suppperiodical
report 0 report
report * report
thesis 0 thesis
thesis * thesis
web 0 online
web * online
blog 0 online blog
tweet 0 online post
post 0 online post
thread 0 online post
book 0 book
anthology 0 collection
proceedings 0 proceedings
reference 0 reference
periodical 0 periodical
newspaper 0 periodical newspaper
manuscript 0 unpublished
repository 0 software
patent 0 patent
case 0 jurisdiction
legislation 0 legislation
artwork 0 artwork
video 0 video
audio 0 audio
performance 0 performance
misc 0 misc
conference 0 misc event
exhibition 0 misc exhibition
scene 0 video scene
scene * video scene
book 0 mvbook
book 0 booklet
book 0 manual
misc 0 dataset
`
  .trim()
  .split('\n')
  .map(line => {
    const [entry = '', parent = '', type = '', subtype] = line.split(' ');
    return { entry, parent: parent === '0' ? '' : parent, type, subtype };
  });
