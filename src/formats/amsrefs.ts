import type { SourceField } from '../model/reference.ts';
import { commandsIn, skipSpace, texGroupEnd } from '../syntax/texItems.ts';
import { slice } from '../text/span.ts';
import { biblatex } from './biblatex.ts';
import { documentBlocks, type DocumentEntry } from './documentDraft.ts';
import type { Format } from './format.ts';

/** The entries of amsrefs: `\bib{key}{type}{title={…}, author={…}, author={…}}` (amsrefs user's guide, "\bib"). */
export const amsrefs: Format = {
  name: 'amsrefs',
  title: 'amsrefs',
  extensions: [],
  recognise: () => 0,
  scan: text => documentBlocks(entriesIn(text).map(one => one.entry)),

  read(text, blocks, entry) {
    const own = slice(text, blocks.entrySpan(entry));
    const fields = fieldsIn(entriesIn(own)[0]?.body ?? '');
    const type = blocks.type(entry);
    const bibtex = `@${types[type] ?? 'misc'}{key,\n${bibtexFields(fields)}}`;
    const reference = biblatex.read(bibtex, biblatex.scan(bibtex), 0);
    return { ...reference, key: blocks.key(entry), source: { format: 'amsrefs', type, fields } };
  },
};

interface BibEntry {
  readonly entry: DocumentEntry;
  readonly body: string;
}

const command = '\\bib';

function entriesIn(text: string): BibEntry[] {
  const found: BibEntry[] = [];
  let behind = 0;
  let unclosed = 0;
  for (const start of commandsIn(text, command)) {
    // A work may stand in another one.
    if (start < behind) continue;
    const groups = groupsFrom(text, start + command.length + (text[start + command.length] === '*' ? 1 : 0));
    const [key, type, body] = groups;
    if (type !== undefined && body === undefined && ++unclosed > mostUnclosed) break;
    if (key === undefined || type === undefined || body === undefined) continue;
    behind = body.end + 1;
    const name = slice(text, key).trim();
    if (name.includes('#')) continue;
    const keyStart = key.end - slice(text, key).trimStart().length;
    found.push({
      entry: {
        span: { start, end: behind },
        key: name,
        keySpan: { start: keyStart, end: keyStart + name.length },
        type: slice(text, type).trim(),
      },
      body: slice(text, body),
    });
  }
  return found;
}

/** The insides of the three groups of an entry, as many as are closed. */
function groupsFrom(text: string, start: number): { start: number; end: number }[] {
  const groups: { start: number; end: number }[] = [];
  let at = start;
  for (const longest of [longestName, longestName, longestBody]) {
    const open = skipSpace(text, at);
    const close = text[open] === '{' ? texGroupEnd(text, open, Math.min(text.length, open + longest)) : -1;
    if (close < 0) return groups;
    groups.push({ start: open + 1, end: close });
    at = close + 1;
  }
  return groups;
}

/** Each is looked through as far as an entry may go. */
const mostUnclosed = 50;
const longestName = 1000;
const longestBody = 50_000;

/** `name={value}`, parted by commas. */
function fieldsIn(body: string): SourceField[] {
  const fields: SourceField[] = [];
  for (let at = 0; at < body.length;) {
    const equals = body.indexOf('=', at);
    if (equals < 0) break;
    const open = skipSpace(body, equals + 1);
    const close = body[open] === '{' ? texGroupEnd(body, open) : -1;
    if (close < 0) break;
    const name = /([A-Za-z][\w-]{0,40})\s{0,9}$/u.exec(body.slice(Math.max(at, equals - 60), equals))?.[1];
    if (name !== undefined) fields.push({ name: name.toLowerCase(), text: body.slice(open + 1, close) });
    at = close + 1;
  }
  return fields;
}

const types: Readonly<Record<string, string>> = {
  article: 'article',
  book: 'book',
  'collection.article': 'incollection',
  conference: 'inproceedings',
  'proceedings.article': 'inproceedings',
  proceedings: 'proceedings',
  collection: 'collection',
  thesis: 'thesis',
  report: 'report',
  webpage: 'online',
  periodical: 'periodical',
  miscellaneous: 'misc',
};

/** Names of amsrefs that BibLaTeX has under others. */
const names: Readonly<Record<string, string>> = { place: 'location', address: 'location', how: 'howpublished' };

/** People stand in one field each. */
function bibtexFields(fields: readonly SourceField[]): string {
  const values = new Map<string, string>();
  for (const { name, text } of fields) {
    const field = names[name] ?? name;
    const before = values.get(field);
    values.set(field, before === undefined ? text : `${before}${isPeople(field) ? ' and ' : '; '}${text}`);
  }
  return [...values].map(([name, text]) => `  ${name} = {${text}},\n`).join('');
}

const isPeople = (field: string): boolean => field === 'author' || field === 'editor' || field === 'translator';
