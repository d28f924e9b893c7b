import { commonKeyPrefix } from '../languages/keyPrefixes.ts';
import type { Affixes, CitationGroup, CitationSite, Language, Manuscript } from '../languages/language.ts';
import type { TextEdit } from '../text/edit.ts';
import type { Span } from '../text/span.ts';
import { slice } from '../text/span.ts';

/** A document that citations are inserted into. */
export interface CitedDocument {
  readonly language: Language;
  readonly text: string;
  readonly scanned: Manuscript;
}

export interface CitationChoice {
  readonly keys: readonly string[];
  /** The name of a form of the language. */
  readonly form: string;
  readonly affixes: Affixes;
}

export interface CitationInsertion {
  /** In order, none overlaps another. */
  readonly edits: readonly TextEdit[];
  /** For each selection the place behind what was inserted, in the text with the edits made. */
  readonly cursors: readonly number[];
}

/** Whether a word in a document is no key but what somebody typed to find one. */
export type IsQuery = (word: string) => boolean;

/** Where in a document a citation would go. */
export type CitationPlace =
  /** A new one has to be written. */
  | { readonly kind: 'new' }
  /** A word to search for takes the place of a key; it is replaced. */
  | { readonly kind: 'begun'; readonly group: CitationGroup; readonly site: CitationSite }
  /** A citation that has keys. */
  | { readonly kind: 'inside'; readonly group: CitationGroup };

export function citationPlace(document: CitedDocument, offset: number, isQuery: IsQuery): CitationPlace {
  const { text, scanned, language } = document;
  const group = groupAround(scanned.groups, offset);
  const site = language.citationSite(text, scanned, offset);
  if (site !== undefined) {
    const begun = group ?? groupAround(scanned.groups, site.replace.start);
    const word = slice(text, site.replace)
      .replace(/^[@<{]+/, '')
      .replace(/[>}]$/, '');
    if (begun !== undefined && (word === '' || isQuery(word))) return { kind: 'begun', group: begun, site };
  }
  return group === undefined ? { kind: 'new' } : { kind: 'inside', group };
}

/** The innermost citation that begins before an offset and ends there or behind. */
function groupAround(groups: readonly CitationGroup[], offset: number): CitationGroup | undefined {
  let low = 0;
  let high = groups.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((groups[middle]?.span.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= Math.max(0, low - deepest); index--) {
    const group = groups[index];
    if (group !== undefined && offset <= group.span.end && !isLabel(group)) return group;
  }
  return undefined;
}

/** A figure that is referred to takes no further keys. */
const isLabel = ({ citations }: CitationGroup): boolean =>
  citations.length > 0 && citations.every(citation => citation.isLabelLike === true);

/** More citations than this do not stand in one another. */
const deepest = 64;

/** The edits that cite the chosen references at each selection: in the citation that it stands in, else in a new one in its place. */
export function insertCitation(
  document: CitedDocument,
  selections: readonly Span[],
  choice: CitationChoice,
  isQuery: IsQuery,
): CitationInsertion {
  const made = selections.map(selection => editFor(document, selection, choice, isQuery));
  const edits: TextEdit[] = [];
  for (const edit of [...made].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end)) {
    const last = edits.at(-1);
    // Two cursors in one citation mean one change of it.
    const isSame = last?.span.start === edit.span.start && last.span.end === edit.span.end;
    if (last === undefined || (!isSame && edit.span.start >= last.span.end)) edits.push(edit);
  }
  return { edits, cursors: made.map(edit => placeBehind(edits, edit)) };
}

function editFor(document: CitedDocument, selection: Span, choice: CitationChoice, isQuery: IsQuery): TextEdit {
  const { text, language } = document;
  const { writing } = language;
  const offset = selection.end;
  const place = citationPlace(document, offset, isQuery);
  const prefix = commonKeyPrefix(document.scanned.keyPrefixes ?? []);
  const written = (keys: readonly string[]): string[] => keys.map(key => prefix + key);
  if (place.kind === 'new')
    return newCitation(document, selection, writing.write(written(choice.keys), choice.form, choice.affixes));
  const { group } = place;
  const cited = new Set(group.citations.map(citation => citation.key));
  if (place.kind === 'begun') {
    const isLone = group.command === '@' && group.citations.length < 2;
    const keys = choice.keys.filter(key => !cited.has(key) || isLone);
    if (isLone) {
      const span = { start: group.span.start, end: Math.max(group.span.end, place.site.replace.end) };
      return { span, newText: writing.write(keys, choice.form, choice.affixes) };
    }
    if (keys.length === 0) return nothingAt(offset);
    // A prefix that stands there already stays.
    const added = (place.site.form ?? '') === '' ? keys : written(keys);
    return { span: place.site.replace, newText: writing.fill(added, { text, group, site: place.site }) };
  }
  const keys = choice.keys.filter(key => !cited.has(key));
  return keys.length === 0 ? nothingAt(offset) : writing.join(written(keys), { text, group, offset });
}

const nothingAt = (offset: number): TextEdit => ({ span: { start: offset, end: offset }, newText: '' });

/** With the spaces that keep it from becoming part of a word. */
function newCitation({ text, language: { writing } }: CitedDocument, span: Span, written: string): TextEdit {
  const fitting = writing.fit?.(written, { text, span }) ?? written;
  const before = span.start > 0 && isWord(text, span.start - 1) && /^[@:\p{L}]/u.test(fitting) ? ' ' : '';
  const behind = span.end < text.length && isWord(text, span.end) && /[\p{L}\p{N}`]$/u.test(fitting) ? ' ' : '';
  return { span, newText: before + fitting + behind };
}

function isWord(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  const isSecondHalf = code >= 0xdc00 && code <= 0xdfff;
  return /[\p{L}\p{M}\p{N}]/u.test(String.fromCodePoint(text.codePointAt(isSecondHalf ? at - 1 : at) ?? 0));
}

/** Where the text of an edit ends once all are made; for one that was left out, that of the one that stands for it. */
function placeBehind(edits: readonly TextEdit[], wanted: TextEdit): number {
  let shift = 0;
  for (const { span, newText } of edits) {
    const isSame = span.start === wanted.span.start && span.end === wanted.span.end;
    const isOver = span.start < wanted.span.end && wanted.span.start < span.end;
    if (isSame || isOver) return span.start + shift + newText.length;
    if (span.start >= wanted.span.end) break;
    shift += newText.length - (span.end - span.start);
  }
  return wanted.span.end + shift;
}
