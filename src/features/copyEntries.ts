import { append } from '../base/append.ts';
import { translateFile } from '../formats/bibtexFile.ts';
import type { WritableFormat } from '../formats/format.ts';
import type { Loss } from '../formats/loss.ts';
import { isUsableKey } from '../formats/risKey.ts';
import type { Bibliography } from '../library/bibliography.ts';
import { makeCitationKey } from '../model/citationKey.ts';
import { identityOf, sameWork } from '../model/duplicates.ts';
import type { Reference } from '../model/reference.ts';
import { slice } from '../text/span.ts';
import { parentKeys, resolveStrings } from './entryStrings.ts';
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
  const wanting = chosen.map(entry => slice(source.text, source.entrySpan(entry))).join('\n\n');
  const { definitions, entries } = resolveStrings(wanting, source.text, target.text);
  const losses: Loss[] = [];
  let joined = entries;
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
  return { entries: copied, strings: definitions, losses, changes };
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
