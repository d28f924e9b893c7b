import { parseDate } from '../model/date.ts';
import type { Reference, Value } from '../model/reference.ts';
import { commandsIn, skipSpace, texGroupEnd } from '../syntax/texItems.ts';
import { plainTex } from '../syntax/tex.ts';
import { slice } from '../text/span.ts';
import { documentBlocks, type DocumentEntry } from './documentDraft.ts';
import type { Format } from './format.ts';

/** The list that LaTeX itself knows, typed or made by BibTeX: `\bibitem[label]{key}` and its text, which says what it says. */
export const thebibliography: Format = {
  name: 'thebibliography',
  title: 'thebibliography',
  extensions: [],
  recognise: () => 0,
  scan: text => documentBlocks(itemsIn(text).map(item => item.entry)),

  read(text, blocks, entry) {
    const [item] = itemsIn(slice(text, blocks.entrySpan(entry)));
    const label = item?.label ?? '';
    const words = wordsOf(item?.text ?? '');
    const cited = /^(.{1,500}?)\s?\((\d{4})/su.exec(wordsOf(label));
    const year = cited?.[2] ?? /(?<!\d)(?:1[5-9]|20)\d\d(?![\d-])/u.exec(words)?.[0];
    const fields = new Map<string, Value>([['title', { kind: 'text', text: words }]]);
    if (cited?.[1] !== undefined)
      fields.set('author', { kind: 'names', names: [{ literal: cited[1] }], others: false });
    if (year !== undefined) fields.set('date', { kind: 'date', date: parseDate(year) });
    return {
      key: blocks.key(entry),
      type: 'misc',
      fields,
      source: { format: 'thebibliography', type: '', fields: [{ name: 'bibitem', text: item?.text ?? '' }] },
    } satisfies Reference;
  },
};

interface Item {
  readonly entry: DocumentEntry;
  /** As natbib writes it: `Gillard et~al.(2015)Gillard and Holley`. */
  readonly label: string;
  readonly text: string;
}

const command = '\\bibitem';

function itemsIn(text: string): Item[] {
  const starts = commandsIn(text, command);
  const listEnd = text.indexOf('\\end{thebibliography}');
  const last = listEnd < 0 ? text.length : listEnd;
  return starts.flatMap((start, index) => itemAt(text, start, Math.max(start, starts[index + 1] ?? last)) ?? []);
}

function itemAt(text: string, start: number, end: number): Item | undefined {
  let at = skipSpace(text, start + command.length);
  let label = '';
  if (text[at] === '[') {
    const close = texGroupEnd(text, at, Math.min(end, at + longestLabel));
    if (close < 0) return undefined;
    label = text.slice(at + 1, close);
    at = skipSpace(text, close + 1);
  }
  const close = text[at] === '{' ? texGroupEnd(text, at, Math.min(end, at + longestLabel)) : -1;
  const key = text.slice(at + 1, close).trim();
  if (close < 0 || key.includes('#')) return undefined;
  const keyStart = close - text.slice(at + 1, close).trimStart().length;
  return {
    entry: {
      span: { start, end: start + text.slice(start, end).trimEnd().length },
      key,
      keySpan: { start: keyStart, end: keyStart + key.length },
      type: '',
    },
    label,
    text: text.slice(close + 1, end).trim(),
  };
}

const longestLabel = 3000;

/** What a reader sees; REVTeX names the parts of an item in commands of their own. */
const wordsOf = (tex: string): string =>
  plainTex(
    tex
      .replace(/(?<!\\)%[^\n]*(?:\n[ \t]*)?/gu, '')
      .replace(/\\(?:bibinfo|bibfield|href@noop)\s*\{[^{}]*\}/gu, '')
      .replace(/\\(?:BibitemShut\s*\{[^{}]*\}|BibitemOpen|newblock|protect)(?![A-Za-z])/gu, ' '),
  )
    .replace(/\s+/gu, ' ')
    .trim();
