import { append } from '../base/append.ts';
import { carrier } from '../formats/bibtexRestore.ts';
import { translateFile } from '../formats/bibtexFile.ts';
import { BibtexReader } from '../formats/bibtexRead.ts';
import type { WritableFormat } from '../formats/format.ts';
import type { Loss } from '../formats/loss.ts';
import { isUsableKey } from '../formats/risKey.ts';
import type { Bibliography } from '../library/bibliography.ts';
import { makeCitationKey } from '../model/citationKey.ts';
import { identityOf, sameWork } from '../model/duplicates.ts';
import type { Reference } from '../model/reference.ts';
import { bibtexEntries, scanBibtex } from '../syntax/bibtex.ts';
import { parseEntry } from '../syntax/bibtexEntry.ts';
import { applyEdits } from '../text/edit.ts';
import { slice } from '../text/span.ts';
import type { KeyChange, TakenKeys } from './pasteKeys.ts';
import { makeKeysFresh } from './pasteKeys.ts';

/** A file that takes copies of entries. */
export interface CopyTarget {
  readonly text: string;
  /** How entries from other notations are written. */
  readonly format: WritableFormat;
  /** Whether a copied BibTeX entry has to say all in the words of classical BibTeX. */
  readonly isClassical: boolean;
  readonly taken: TakenKeys;
  readonly lossless: boolean | undefined;
  /** The entry that the target has under a key, if any. */
  entryWithKey(key: string): Reference | undefined;
}

/** Entries as the target has them. */
export interface Copies {
  readonly entries: readonly CopiedEntry[];
  /** `@string` definitions that the target lacks, each a line. */
  readonly strings: readonly string[];
  readonly losses: readonly Loss[];
  readonly changes: readonly KeyChange[];
}

export interface CopiedEntry {
  readonly key: string;
  readonly text: string;
  /** Keys of entries that it inherits from. */
  readonly parents: readonly string[];
}

/** The key that a reference is given in another bibliography, if it is free there. */
export const keyForCopy = (reference: Reference, isBibtex: boolean): string =>
  isBibtex || isUsableKey(reference.key) ? reference.key : makeCitationKey(reference);

export const isBibtex = (name: string): boolean => name === 'bibtex' || name === 'biblatex';

/** Entries of one bibliography for another; BibTeX for BibTeX keeps its notation and brings along what it needs. */
export function copyEntries(source: Bibliography, entries: readonly number[], target: CopyTarget): Copies {
  return isBibtex(source.format.name) && isBibtex(target.format.name)
    ? copyBibtex(source, entries, target)
    : writeReferences(source, entries, target);
}

function writeReferences(source: Bibliography, entries: readonly number[], target: CopyTarget): Copies {
  const { format } = target;
  const lossless = target.lossless ?? format.sidecar !== 'notes';
  const losses: Loss[] = [];
  const changes: KeyChange[] = [];
  const copied = entries.map((entry): CopiedEntry => {
    const reference = source.reference(entry);
    const key = target.taken.take(keyForCopy(reference, isBibtex(source.format.name)));
    if (key !== reference.key) changes.push({ from: reference.key, to: key });
    const write = format.frame?.write ?? ((one: Reference) => format.write([one], { lossless }));
    const written = write({ ...reference, key }, { lossless });
    append(losses, written.losses);
    return { key, text: written.text.trim(), parents: [] };
  });
  return { entries: copied, strings: [], losses, changes };
}

function copyBibtex(source: Bibliography, wanted: readonly number[], target: CopyTarget): Copies {
  const chosen = withParents(source, wanted, target);
  const { texts, strings } = withStrings(source, chosen, target);
  const losses: Loss[] = [];
  let joined = texts.join('\n\n');
  if (target.isClassical) {
    const blocks = [...translateFile(joined, 'bibtex', { lossless: target.lossless ?? true })];
    joined = blocks.map(block => block.text).join('');
    for (const block of blocks) append(losses, block.losses);
  }
  const { text, changes } = makeKeysFresh(joined, target.format, target.taken);
  const blocks = target.format.scan(text);
  const copied = Array.from({ length: blocks.entryCount }, (_, entry): CopiedEntry => {
    const parents = parentKeys(target.format.read(text, blocks, entry));
    return { key: blocks.key(entry), text: slice(text, blocks.entrySpan(entry)).trim(), parents };
  });
  return { entries: copied, strings, losses, changes };
}

/** Entries with those that they inherit from and the target lacks, parents behind their children. */
function withParents(source: Bibliography, wanted: readonly number[], target: CopyTarget): number[] {
  const chosen = new Set(wanted);
  for (const entry of chosen) {
    for (const key of parentKeys(source.reference(entry))) {
      const [parent] = source.entriesWithKey(key);
      if (parent === undefined || chosen.size > mostEntries) continue;
      const there = target.entryWithKey(key);
      if (there === undefined || !isSame(there, source.reference(parent))) chosen.add(parent);
    }
  }
  return [...chosen];
}

/** More parents have no entry; a circle ends by itself. */
const mostEntries = 500;

const isSame = (one: Reference, other: Reference): boolean =>
  sameWork(identityOf(one), identityOf(other)) || JSON.stringify(one.source) === JSON.stringify(other.source);

/** Keys in `crossref` and `xdata`. */
const parentKeys = ({ fields }: Reference): string[] =>
  ['crossref', 'xdata'].flatMap(name => {
    const value = fields.get(name);
    const keys = value?.kind === 'verbatim' || value?.kind === 'text' ? value.text.split(',') : [];
    return keys.map(key => key.trim()).filter(key => key !== '');
  });

/** The texts of entries, and the strings that they need. Where the target means something else by a name, the text takes its place. */
function withStrings(
  source: Bibliography,
  entries: readonly number[],
  target: CopyTarget,
): { readonly texts: string[]; readonly strings: string[] } {
  const carry = carrier(source.text, source.entries);
  const there = new BibtexReader(target.text, bibtexEntries(target.text, scanBibtex(target.text)));
  const strings = new Map<string, string>();
  const texts = entries.map(entry => {
    const needed = Object.entries(carry(entry, source.reference(entry)).strings);
    const other = new Map<string, string>();
    for (const [name, meaning] of needed) {
      const known = there.macro(name);
      if (known === undefined) strings.set(name, `@string{${name} = {${meaning}}}`);
      else if (known !== meaning) other.set(name, meaning);
    }
    return spellOut(slice(source.text, source.entrySpan(entry)), other);
  });
  return { texts, strings: [...strings.values()] };
}

/** Replaces names of strings by their text. */
function spellOut(entry: string, strings: ReadonlyMap<string, string>): string {
  if (strings.size === 0) return entry;
  const pieces = parseEntry(entry, { start: 0, end: entry.length }).fields.flatMap(field => field.pieces);
  const edits = pieces.flatMap(piece => {
    const meaning = piece.kind === 'macro' ? strings.get(slice(entry, piece).toLowerCase()) : undefined;
    return meaning === undefined ? [] : [{ span: { start: piece.start, end: piece.end }, newText: `{${meaning}}` }];
  });
  return applyEdits(entry, edits);
}
