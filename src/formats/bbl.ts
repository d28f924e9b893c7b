import type { SourceField } from '../model/reference.ts';
import { commandsIn, skipSpace, texGroupEnd } from '../syntax/texItems.ts';
import { isBalanced } from '../syntax/texMathematics.ts';
import { slice, type Span } from '../text/span.ts';
import { biblatex } from './biblatex.ts';
import { documentBlocks, type DocumentEntry } from './documentDraft.ts';
import type { Format } from './format.ts';

/** The entries that Biber has made for BibLaTeX: `\entry{key}{type}{}\name{author}… \field{title}{…} \endentry`. */
export const bbl: Format = {
  name: 'bbl',
  title: 'BibLaTeX (.bbl)',
  extensions: [],
  recognise: () => 0,
  scan: text => documentBlocks(entriesIn(text).map(one => one.entry)),

  read(text, blocks, entry) {
    const own = slice(text, blocks.entrySpan(entry));
    const fields = fieldsIn(entriesIn(own)[0]?.body ?? '');
    const type = blocks.type(entry);
    const bibtex = `@${type}{key,\n${bibtexFields(fields)}}`;
    const reference = biblatex.read(bibtex, biblatex.scan(bibtex), 0);
    return { ...reference, key: blocks.key(entry), source: { format: 'bbl', type, fields } };
  },
};

interface BblEntry {
  readonly entry: DocumentEntry;
  readonly body: string;
}

const command = '\\entry';
const ending = '\\endentry';

/** An entry stands in every list that it is sorted into, each time the same: the first one counts. */
function entriesIn(text: string): BblEntry[] {
  const found: BblEntry[] = [];
  const keys = new Set<string>();
  const starts = commandsIn(text, command);
  for (const [index, start] of starts.entries()) {
    const limit = starts[index + 1] ?? text.length;
    const [key, type, options] = groupsFrom(text, start + command.length, limit, 3);
    if (key === undefined || type === undefined || options === undefined) continue;
    const name = slice(text, key).trim();
    const word = slice(text, type).trim();
    if (name === '' || keys.has(name) || !/^[a-z]{1,40}$/iu.test(word)) continue;
    keys.add(name);
    const close = text.slice(options.end, limit).indexOf(ending);
    const end = close < 0 ? start + text.slice(start, limit).trimEnd().length : options.end + close + ending.length;
    const keyStart = key.end - slice(text, key).trimStart().length;
    found.push({
      entry: {
        span: { start, end },
        key: name,
        keySpan: { start: keyStart, end: keyStart + name.length },
        type: word,
      },
      body: text.slice(options.end + 1, end),
    });
  }
  return found;
}

/** The insides of the groups from `start`, as many as are closed. */
function groupsFrom(text: string, start: number, limit: number, count: number): Span[] {
  const groups: Span[] = [];
  for (let at = start; groups.length < count;) {
    const open = skipSpace(text, at);
    const close =
      open < limit && text[open] === '{' ? texGroupEnd(text, open, Math.min(limit, open + longestValue)) : -1;
    if (close < 0) break;
    groups.push({ start: open + 1, end: close });
    at = close + 1;
  }
  return groups;
}

const longestValue = 50_000;

function fieldsIn(body: string): SourceField[] {
  const fields: SourceField[] = [];
  let unclosed = 0;
  for (let at = body.indexOf('\\'); at >= 0; at = body.indexOf('\\', at)) {
    const name = /^\\(field|strng|name|list|keyw|verb)(?![A-Za-z])/u.exec(body.slice(at, at + 10))?.[1];
    at += 1 + (name?.length ?? 1);
    if (name === undefined) continue;
    const count = groupCounts[name] ?? 2;
    const groups = groupsFrom(body, at, body.length, count);
    if (groups.length < count && ++unclosed > mostUnclosed) break;
    at = (groups.at(-1)?.end ?? at - 1) + 1;
    const [field, ...values] = groups.map(group => slice(body, group));
    const value = values.at(-1) ?? '';
    if (field === undefined) continue;
    if (name === 'field') fields.push({ name: field, text: value });
    else if (name === 'keyw') fields.push({ name: 'keywords', text: field });
    else if (name === 'name') fields.push({ name: field, text: peopleIn(value) });
    else if (name === 'list')
      fields.push({
        name: field,
        text: partsIn(value)
          .map(part => `{${part}}`)
          .join(' and '),
      });
    else if (name === 'verb') {
      const text = /^\s{0,99}\\verb ([^\r\n]{1,5000})/u.exec(body.slice(at, at + 5200))?.[1];
      if (text !== undefined) fields.push({ name: field, text });
    }
  }
  return fields;
}

/** Each is looked through as far as a value may go. */
const mostUnclosed = 50;

/** Number of groups behind a command: the name of the field, and what else there is. */
const groupCounts: Readonly<Record<string, number>> = { name: 4, list: 3, keyw: 1, verb: 1 };

/** The insides of the groups that stand beside each other. */
const partsIn = (text: string): string[] =>
  groupsFrom(text, 0, text.length, mostParts).map(group => slice(text, group));

/** `{{un=0,hash=…}{family={Doe}, given={Jane}}}` for each person. */
function peopleIn(text: string): string {
  const people = partsIn(text).map(person => {
    const parts = new Map<string, string>();
    const written = partsIn(person).at(-1) ?? '';
    for (const { index, 0: head, 1: part = '' } of written.matchAll(
      /(?<![a-z])(family|given|prefix|suffix)=(?=\{)/gu,
    )) {
      const [value] = groupsFrom(written, index + head.length, written.length, 1);
      if (value !== undefined) parts.set(part, asBibtex(slice(written, value)));
    }
    const [family = '', given] = [parts.get('family'), parts.get('given')];
    if (given === undefined) return `{${family}}`;
    const before = parts.has('prefix') ? `${parts.get('prefix') ?? ''} ` : '';
    const middle = parts.has('suffix') ? `, ${parts.get('suffix') ?? ''}` : '';
    return `${before}{${family}}${middle}, ${given}`;
  });
  return people.join(' and ');
}

const mostParts = 10_000;

/** Without what BibLaTeX sets between the parts of a name or of a range, and with braces that are balanced as BibTeX counts them. */
const asBibtex = (text: string): string =>
  (isBalanced(text) ? text : text.replace(/\\[\\{}]/gu, brace => braces[brace] ?? brace))
    .replace(/\\bibrangedash(?![A-Za-z])\s*/gu, '--')
    .replace(/\\bibrangessep(?![A-Za-z])\s*/gu, ', ')
    .replace(/\\(?:bibnamedelim[a-z]|bibinitdelim|bibinithyphendelim|bibinitperiod)(?![A-Za-z])\s*/gu, ' ');

/** BibTeX counts escaped braces as well. */
const braces: Readonly<Record<string, string>> = { '\\{': '\\textbraceleft{}', '\\}': '\\textbraceright{}' };

function bibtexFields(fields: readonly SourceField[]): string {
  const values = new Map(fields.map(({ name, text }) => [name, asBibtex(text)]));
  for (const prefix of ['', 'url', 'orig', 'event']) {
    const date = [dateOf(values, prefix), dateOf(values, `${prefix}end`)].filter(part => part !== '').join('/');
    if (date !== '') values.set(`${prefix}date`, date);
  }
  return [...values].map(([name, text]) => (isInternal(name) ? '' : `  ${name} = {${text}},\n`)).join('');
}

/** `2015-03-07` of the fields that hold its parts. */
function dateOf(values: Map<string, string>, prefix: string): string {
  const parts = ['year', 'month', 'day'].map(part => values.get(prefix + part));
  for (const part of ['year', 'month', 'day', 'dateera', 'season']) values.delete(prefix + part);
  const known = parts.slice(0, parts.includes(undefined) ? parts.indexOf(undefined) : parts.length);
  return known.map(part => (part ?? '').padStart(2, '0')).join('-');
}

/** What Biber writes for sorting and labels. */
const isInternal = (name: string): boolean => /^(?:sort|label|extra|single|unique|clone|true|gender)|hash$/u.test(name);
