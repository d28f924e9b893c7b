import { BibtexReader } from '../formats/bibtexRead.ts';
import type { Blocks, Format } from '../formats/format.ts';
import { scanning } from '../formats/scanning.ts';
import type { Reference } from '../model/reference.ts';
import { bibtexEntries, scanBibtex, type BibtexEntries } from '../syntax/bibtex.ts';
import { parseEntry } from '../syntax/bibtexEntry.ts';
import { applyEdits, type TextEdit } from '../text/edit.ts';
import type { FileText } from '../text/fileText.ts';
import { slice } from '../text/span.ts';

/** BibTeX entries with the `@string` definitions that they need and do not bring along. */
export function withStrings(entries: string, source: string, into: string): string {
  const resolved = resolveStrings(entries, source, into);
  const lines = resolved.definitions.map(definition => `${definition}\n`).join('');
  return lines === '' ? resolved.entries : `${lines}\n${resolved.entries}`;
}

/** Entries, and the definitions that have to stand before them. */
interface Resolved {
  readonly definitions: readonly string[];
  readonly entries: string;
}

/**
 * The `@string` definitions that entries need and do not bring along, taken from the text that they come from. What the document they
 * go into defines alike is left out; where it means something else by a name, the text takes the place of the name.
 */
export function resolveStrings(entries: string, source: FileText, into: string): Resolved {
  const own = scanned(entries);
  const macros = macrosIn(entries, own.blocks);
  const undefinedNames = new Set(macros.map(macro => macro.name).filter(name => own.reader.macro(name) === undefined));
  if (undefinedNames.size === 0) return { definitions: [], entries };
  const from = scanned(source).reader;
  const there = scanned(into).reader;
  const definitions: string[] = [];
  const others = new Map<string, string>();
  for (const name of undefinedNames) {
    const meaning = from.macro(name);
    const known = there.macro(name);
    if (meaning === undefined || meaning === known) continue;
    if (known === undefined) definitions.push(`@string{${name} = {${meaning}}}`);
    else others.set(name, meaning);
  }
  const edits = macros.flatMap(({ name, start, end }): TextEdit[] => {
    const meaning = others.get(name);
    return meaning === undefined ? [] : [{ span: { start, end }, newText: `{${meaning}}` }];
  });
  return { definitions, entries: applyEdits(entries, edits) };
}

/**
 * The entries that some inherit from, directly or through another, and that are not among them; parents behind children. Step by step;
 * the document that they go into is read only where there are any.
 */
export function* parentsOf(
  { text, format, blocks }: { readonly text: string; readonly format: Format; readonly blocks: Blocks },
  entries: readonly number[],
  into: string,
): Generator<undefined, number[]> {
  let byKey: Map<string, number> | undefined;
  let there: Set<string> | undefined;
  const chosen = new Set(entries);
  for (const entry of chosen) {
    for (const key of parentKeys(format.read(text, blocks, entry))) {
      byKey ??= new Map([...keysOf(blocks)].map((one, index) => [one, index] as const).reverse());
      there ??= new Set(keysOf(yield* scanning(format, into)));
      const parent = byKey.get(key.toLowerCase());
      if (parent !== undefined && !there.has(key.toLowerCase())) chosen.add(parent);
    }
    yield;
  }
  return [...chosen].slice(entries.length);
}

/** Keys of the entries that an entry inherits from. */
export const parentKeys = ({ fields }: Reference): string[] =>
  ['crossref', 'xdata'].flatMap(name => {
    const value = fields.get(name);
    const keys = value?.kind === 'verbatim' || value?.kind === 'text' ? value.text.split(',') : [];
    return keys.map(key => key.trim()).filter(key => key !== '');
  });

function* keysOf(blocks: Blocks): Generator<string> {
  for (let entry = 0; entry < blocks.entryCount; entry++) yield blocks.key(entry).toLowerCase();
}

function scanned(text: FileText): { readonly blocks: BibtexEntries; readonly reader: BibtexReader } {
  const blocks = bibtexEntries(text, scanBibtex(text));
  return { blocks, reader: new BibtexReader(text, blocks) };
}

interface Macro {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The names that stand for strings in the values of entries. */
function macrosIn(text: string, blocks: BibtexEntries): Macro[] {
  const found: Macro[] = [];
  for (let entry = 0; entry < blocks.entryCount; entry++) {
    const span = blocks.entrySpan(entry);
    const own = slice(text, span);
    for (const { pieces } of parseEntry(own, { start: 0, end: own.length }).fields) {
      for (const piece of pieces) {
        if (piece.kind !== 'macro') continue;
        const start = span.start + piece.start;
        found.push({ name: slice(own, piece).toLowerCase(), start, end: span.start + piece.end });
      }
    }
  }
  return found;
}
