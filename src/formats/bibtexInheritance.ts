import type { Value } from '../model/reference.ts';

interface Entry {
  readonly type: string;
  readonly fields: ReadonlyMap<string, Value>;
}

/** Never inherited (BibLaTeX manual, appendix B). */
const own = new Set(
  'ids crossref xref entryset entrysubtype execute label options presort related relatedoptions relatedstring relatedtype shorthand shorthandintro sortkey'.split(
    ' ',
  ),
);

const bookParts = ['inbook', 'bookinbook', 'suppbook'];

/** From which types to which, and the name that `title`, `subtitle` and `titleaddon` take then (BibLaTeX manual, appendix B). */
const titleRules: readonly {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly prefix: 'main' | 'book' | 'journal';
}[] = [
  { from: ['mvbook'], to: ['book', ...bookParts], prefix: 'main' },
  {
    from: ['mvcollection', 'mvreference'],
    to: ['collection', 'reference', 'incollection', 'inreference', 'suppcollection'],
    prefix: 'main',
  },
  { from: ['mvproceedings'], to: ['proceedings', 'inproceedings'], prefix: 'main' },
  { from: ['book'], to: bookParts, prefix: 'book' },
  { from: ['collection', 'reference'], to: ['incollection', 'inreference', 'suppcollection'], prefix: 'book' },
  { from: ['proceedings'], to: ['inproceedings'], prefix: 'book' },
  { from: ['periodical'], to: ['article', 'suppperiodical'], prefix: 'journal' },
];

const titleNames = {
  main: { title: 'maintitle', subtitle: 'mainsubtitle', titleaddon: 'maintitleaddon' },
  book: { title: 'booktitle', subtitle: 'booksubtitle', titleaddon: 'booktitleaddon' },
  journal: { title: 'journaltitle', subtitle: 'journalsubtitle', titleaddon: 'journaltitleaddon' },
} as const;

const titleOnly = new Set(['shorttitle', 'sorttitle', 'indextitle', 'indexsorttitle']);

/** The fields of a child with those of its `crossref` parent behind them; what the child has itself wins. */
export function inheritFrom(parent: Entry, child: Entry): Map<string, Value> {
  const rule = titleRules.find(one => one.from.includes(parent.type) && one.to.includes(child.type));
  const names: Readonly<Record<string, string>> = rule === undefined ? {} : titleNames[rule.prefix];
  const authorToo = (parent.type === 'mvbook' || parent.type === 'book') && bookParts.includes(child.type);
  const fields = new Map(child.fields);
  const add = (name: string, value: Value): void => {
    if (!fields.has(name)) {
      fields.set(name, value);
    }
  };
  for (const [name, value] of parent.fields) {
    if (own.has(name) || name === 'xdata' || (rule !== undefined && titleOnly.has(name))) {
      continue;
    }
    add(Object.hasOwn(names, name) ? (names[name] ?? name) : name, value);
    if (name === 'author' && authorToo) {
      add('bookauthor', value);
    }
  }
  return fields;
}

/** The fields of an entry with those of a data container behind them, under the same names (BibLaTeX manual §3.14.6). */
export function inheritPlain(
  container: ReadonlyMap<string, Value>,
  fields: ReadonlyMap<string, Value>,
): Map<string, Value> {
  const all = new Map(fields);
  for (const [name, value] of container) {
    if (!all.has(name) && name !== 'xdata' && name !== 'crossref' && name !== 'ids') {
      all.set(name, value);
    }
  }
  return all;
}
