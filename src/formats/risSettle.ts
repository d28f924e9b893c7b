import { babelName } from '../data/languages.ts';
import { risWorkTypes } from '../data/risTags.ts';
import { rowOfRisType, rowOfType } from '../data/types.ts';
import type { FieldBag } from './fieldBag.ts';
import type { RisDraft } from './risDraft.ts';
import { isSame } from './risDraft.ts';

/**
 * The entry type of a record whose fields are read, and what depends on several of them. `unknownType` is a type that nobody knows; it
 * is kept as the subtype.
 */
export function settleRisDraft(ris: string, draft: RisDraft, unknownType: string): string {
  settleLanguage(draft);
  settleArchive(draft);
  if (unknownType !== '') {
    draft.setText('entrysubtype', unknownType);
  }
  return settleWork(ris, draft) ?? settleType(ris, draft);
}

/** One known language is babel's name of it; anything else stays as it is. */
function settleLanguage(draft: RisDraft): void {
  const language = draft.fields.get('language');
  const [only] = language?.kind === 'list' && language.items.length === 1 ? language.items : [];
  const known = only === undefined ? undefined : babelName(only);
  if (only !== undefined && known !== undefined) {
    // A name of babel's own stays: "ngerman" is more than "German".
    const isBabel = /^[a-z]{5,}$/u.test(only);
    draft.replace('language', 'langid', { kind: 'text', text: isBabel ? only : known });
  }
}

/** Archives that BibLaTeX knows by a name in lower case. */
const archives = new Set(['arxiv', 'pubmed', 'jstor']);

function settleArchive(draft: RisDraft): void {
  const archive = draft.text('eprinttype')?.toLowerCase();
  if (archive !== undefined && archives.has(archive)) {
    draft.setText('eprinttype', archive);
  }
}

/** The type that the type of work (M3) tells; M3 says no more than that then. */
function settleWork(ris: string, draft: RisDraft): string | undefined {
  const work = draft.text('type')?.toLowerCase();
  const row = risWorkTypes.find(candidate => candidate.ris === ris && candidate.work.toLowerCase() === work);
  if (row !== undefined) {
    const subtype = row.subtype;
    draft.replace('type', 'entrysubtype', subtype === undefined ? undefined : { kind: 'text', text: subtype });
  }
  return row?.type;
}

function settleType(ris: string, draft: RisDraft): string {
  const has = (field: string): boolean => draft.has(field);
  switch (ris) {
    case 'BOOK':
    case 'EBOOK':
      return !has('author') && has('editor') ? 'collection' : 'book';
    case 'SER':
      return has('issn') && !has('author') ? 'periodical' : 'book';
    case 'CHAP':
    case 'ECHAP':
      return has('editor') ? 'incollection' : 'inbook';
    case 'CONF':
      return isPaper(draft) ? 'inproceedings' : 'proceedings';
    case 'JOUR':
      return has('reviewed-title') ? 'review' : 'article';
    case 'UNPB':
    case 'UNPD':
      return 'unpublished';
    case 'ICOMM':
      draft.setText('entrysubtype', has('url') ? 'post' : 'email');
      return has('url') ? 'online' : 'letter';
    case 'INPR':
      if (!has('pubstate')) {
        draft.setText('pubstate', 'inpress');
      }
      return 'article';
    default: {
      const row = rowOfRisType(ris);
      if (row?.subtype !== undefined) {
        draft.setText('entrysubtype', row.subtype);
      }
      return row?.biblatex ?? 'misc';
    }
  }
}

/** CONF is the proceedings in the tables of 2011 and a paper in nearly every file. */
function isPaper(draft: RisDraft): boolean {
  const title = draft.fields.get('title');
  const hosts = ['booktitle', 'eventtitle', 'journaltitle'].map(name => draft.fields.get(name));
  const isElsewhere = hosts.some(host => host !== undefined && (title === undefined || !isSame(host, title)));
  return isElsewhere || draft.has('pages');
}

/** The RIS type of a reference that is written. Takes the fields that the type alone tells. */
export function chooseRisType(bag: FieldBag): string {
  const { type } = bag.reference;
  const subtype = bag.peekText('entrysubtype');
  const row = rowOfType(type, subtype);
  if (type !== 'article' || subtype !== undefined) {
    return row?.ris ?? 'GEN';
  }
  // An article is in a journal; without one, and in an archive, it is a preprint.
  const archive = bag.peekText('eprinttype') ?? 'arxiv';
  if (bag.has('eprint') && /rxiv|ssrn|osf|preprint/iu.test(archive) && !bag.has('journaltitle')) {
    return 'UNPB';
  }
  if (bag.peekText('pubstate') === 'inpress') {
    bag.take('pubstate');
    return 'INPR';
  }
  return 'JOUR';
}
