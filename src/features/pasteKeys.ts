import type { Format } from '../formats/format.ts';
import { keySuffix } from '../model/citationKey.ts';
import { parseEntry } from '../syntax/bibtexEntry.ts';
import type { FieldNode } from '../syntax/bibtexEntry.ts';
import { applyEdits } from '../text/edit.ts';
import type { TextEdit } from '../text/edit.ts';
import { slice } from '../text/span.ts';

/** Keys of a document and of what is pasted into it. BibTeX takes keys that differ only in letter case for one. */
export class TakenKeys {
  readonly #folded = new Set<string>();
  readonly #nextSuffix = new Map<string, number>();

  constructor(keys: Iterable<string>) {
    for (const key of keys) this.#folded.add(key.toLowerCase());
  }

  /** The key itself where it is free, else with the first letters behind it that make it so; taken from now on. */
  take(key: string): string {
    const folded = key.toLowerCase();
    let free = key;
    if (this.#folded.has(folded)) {
      let count = this.#nextSuffix.get(folded) ?? 0;
      while (this.#folded.has(folded + keySuffix(count))) count += 1;
      free = key + keySuffix(count);
      this.#nextSuffix.set(folded, count + 1);
    }
    this.#folded.add(free.toLowerCase());
    return free;
  }
}

export interface KeyChange {
  readonly from: string;
  readonly to: string;
}

/** A text whose keys are fresh, and what they were before. */
export interface FreshlyKeyed {
  readonly text: string;
  readonly changes: readonly KeyChange[];
}

/**
 * Gives the entries of a converted text keys that are not taken, and takes them. `known` are references that were left out because
 * the document has them under another key: who names them as parent names that one.
 */
export function makeKeysFresh(
  text: string,
  format: Format,
  taken: TakenKeys,
  known: readonly KeyChange[] = [],
): FreshlyKeyed {
  const blocks = format.scan(text);
  const edits: TextEdit[] = [];
  const changes: KeyChange[] = [];
  const renamed = new Map(known.filter(({ from, to }) => from !== to).map(({ from, to }) => [from, to]));
  for (let entry = 0; entry < blocks.entryCount; entry += 1) {
    const from = blocks.key(entry);
    const span = blocks.keySpan(entry);
    if (from === '' || slice(text, span) !== from) continue;
    const to = taken.take(from);
    if (to === from) continue;
    changes.push({ from, to });
    if (!renamed.has(from)) renamed.set(from, to);
    const isNumber = format.name === 'csl-json' && text[span.start - 1] !== '"';
    edits.push({ span, newText: isNumber ? JSON.stringify(to) : to });
  }
  if (renamed.size > 0 && (format.name === 'bibtex' || format.name === 'biblatex')) {
    for (let entry = 0; entry < blocks.entryCount; entry += 1) {
      for (const edit of relationEdits(text, blocks.entrySpan(entry).start, blocks.entrySpan(entry).end, renamed)) {
        edits.push(edit);
      }
    }
  }
  return { text: edits.length === 0 ? text : applyEdits(text, edits), changes };
}

/** Fields that name other entries. */
const RELATIONS = new Set(['crossref', 'xref', 'xdata', 'related', 'entryset']);

function relationEdits(text: string, start: number, end: number, renamed: ReadonlyMap<string, string>): TextEdit[] {
  const fields = parseEntry(text, { start, end }).fields.filter(({ name }) =>
    RELATIONS.has(text.slice(start + name.start, start + name.end).toLowerCase()),
  );
  return fields.flatMap(field => namesIn(field).flatMap(piece => keyEdits(piece)));

  function namesIn({ pieces }: FieldNode): { readonly from: number; readonly value: string }[] {
    return pieces
      .filter(piece => piece.kind === 'braced' || piece.kind === 'quoted')
      .map(piece => ({
        from: start + piece.start + 1,
        value: text.slice(start + piece.start + 1, start + piece.end - (piece.isClosed ? 1 : 0)),
      }));
  }

  function keyEdits({ from, value }: { readonly from: number; readonly value: string }): TextEdit[] {
    const edits: TextEdit[] = [];
    let at = from;
    for (const part of value.split(',')) {
      const key = part.trim();
      const newText = renamed.get(key);
      const keyStart = at + part.indexOf(key);
      if (newText !== undefined) edits.push({ span: { start: keyStart, end: keyStart + key.length }, newText });
      at += part.length + 1;
    }
    return edits;
  }
}
