import { isWritable, type WritableFormat } from '../formats/format.ts';
import { formatNamed, recogniseFormat } from '../formats/index.ts';
import type { Loss } from '../formats/loss.ts';
import type { Bibliography } from '../library/bibliography.ts';
import type { Library, LibraryEntry } from '../library/library.ts';
import { manuscriptText, reachOf, type CitingDocument, type Reach } from '../library/reach.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { search } from '../library/search.ts';
import { identityOf, sameWork } from '../model/duplicates.ts';
import { titleOf } from '../model/describe.ts';
import type { Reference } from '../model/reference.ts';
import type { TextEdit } from '../text/edit.ts';
import { copyEntries, isBibtex, type CopiedEntry } from './copyEntries.ts';
import { findKnown } from './knownReferences.ts';
import { placeEntries } from './entryPlaces.ts';
import { newBibliography, type NewBibliography } from './newBibliography.ts';
import { wholeText } from '../text/fileText.ts';
import { TakenKeys, type KeyChange } from './pasteKeys.ts';

export interface AdoptionOptions {
  readonly scope: ScopeOptions;
  /** Absent: as is usual for the format of the bibliography. */
  readonly lossless?: boolean | undefined;
}

/** What has to be done so that a document can cite references, wherever they are. Nothing is done yet. */
export interface Adoption {
  /** By reference the key to cite it by. */
  readonly keys: readonly string[];
  /** Undefined where the document can cite all of them as it is. */
  readonly addition?: Addition;
}

export type Addition =
  | { readonly kind: 'copy'; readonly copy: BibliographyCopy }
  /** The document has no bibliography: one can be made. */
  | { readonly kind: 'create'; readonly creation: NewBibliography; readonly copy: BibliographyCopy }
  /** The document lies in no folder where one could be made. */
  | { readonly kind: 'impossible'; readonly reason: 'unsaved' | 'unwritable' };

/** Entries for one bibliography. */
export interface BibliographyCopy {
  readonly uri: string;
  readonly edits: readonly TextEdit[];
  /** Keys of the entries that the user asked for, as they are there then. */
  readonly keys: readonly string[];
  readonly losses: readonly Loss[];
  /** Keys that others have there. */
  readonly changes: readonly KeyChange[];
}

/** Plans the citation of references, in steps: who knows each work already has to be looked for. */
export function* adopting(
  library: Library,
  document: CitingDocument,
  references: readonly LibraryEntry[],
  options: AdoptionOptions,
): Generator<undefined, Adoption> {
  const reach = reachOf(library, document, options.scope);
  const usable = new Set(reach.usable);
  const keys = references.map(({ bibliography, entry }) => bibliography.key(entry));
  const others = references.map((one, index) => ({ one, index })).filter(({ one }) => !usable.has(one.bibliography));
  const missing: typeof others = [];
  const sameAs = new Map<number, number>();
  for (const { one, index } of others) {
    const known = yield* knownKey(one, reach.usable);
    const twin = missing.find(earlier => isSameWork(referenceOf(earlier.one), referenceOf(one)));
    if (known !== undefined) keys[index] = known;
    else if (twin === undefined) missing.push({ one, index });
    else sameAs.set(index, twin.index);
  }
  if (missing.length === 0) return { keys };
  const made = additionFor(
    library,
    document,
    reach,
    missing.map(({ one }) => one),
    options,
  );
  missing.forEach(({ index }, place) => {
    keys[index] = made.keys[place] ?? keys[index] ?? '';
  });
  for (const [index, twin] of sameAs) keys[index] = keys[twin] ?? '';
  return { keys, addition: made.addition };
}

const referenceOf = ({ bibliography, entry }: LibraryEntry): Reference => bibliography.reference(entry);

const isSameWork = (one: Reference, other: Reference): boolean => sameWork(identityOf(one), identityOf(other));

/** Bibliographies up to this size are looked through as a whole. */
const manyEntries = 10_000;
/** Entries with the words of a title that are compared with the work. */
const mostCandidates = 20;
const mostWords = 12;

/** The key under which one of the bibliographies has the work. */
function* knownKey(found: LibraryEntry, usable: readonly Bibliography[]): Generator<undefined, string | undefined> {
  const reference = referenceOf(found);
  const words = (titleOf(reference) ?? '').split(/[^\p{L}\p{N}]+/u).slice(0, mostWords);
  for (const bibliography of usable) {
    const hits = words.length === 0 ? [] : search([bibliography], words.join(' '), mostCandidates);
    const hit = hits.find(({ entry }) => isSameWork(bibliography.reference(entry), reference));
    if (hit !== undefined) return bibliography.key(hit.entry);
    yield;
    if (bibliography.entryCount > manyEntries) continue;
    const { text, format, entries: blocks } = bibliography;
    const steps = findKnown([reference], { text: wholeText(text), format, blocks });
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) yield;
    const [known] = step.value;
    if (known !== undefined && known.knownAs !== '') return known.knownAs;
  }
  return undefined;
}

interface Made {
  readonly keys: readonly string[];
  readonly addition: Addition;
}

function additionFor(
  library: Library,
  document: CitingDocument,
  reach: Reach,
  missing: readonly LibraryEntry[],
  options: AdoptionOptions,
): Made {
  const { own } = reach;
  const creation = own === undefined ? newBibliography(library, document, reach) : undefined;
  const uri = own?.uri ?? (creation?.kind === 'possible' ? creation.uri : undefined);
  const whole = manuscriptText(library, document.uri, document.text);
  const target = targetOf(own, document.language.processor.dialect(whole));
  if (uri === undefined || target === undefined) {
    const reason = creation?.kind === 'unsaved' ? 'unsaved' : 'unwritable';
    return { keys: [], addition: { kind: 'impossible', reason } };
  }
  const taken = new TakenKeys(keysOf(own === undefined ? [] : reach.usable));
  const copies = bySource(missing).map(({ bibliography, entries }) =>
    copyEntries(bibliography, entries, {
      ...target,
      taken,
      lossless: options.lossless,
      entryWithKey: key => {
        const [entry] = own?.entriesWithKey(key) ?? [];
        return entry === undefined ? undefined : own?.reference(entry);
      },
    }),
  );
  const entries = copies.flatMap(one => one.entries);
  const asked = askedKeys(missing, copies);
  const copy: BibliographyCopy = {
    uri,
    edits: placeEntries(target, entries, [...new Set(copies.flatMap(one => one.strings))]),
    keys: asked,
    losses: copies.flatMap(one => one.losses),
    changes: copies.flatMap(one => one.changes),
  };
  if (creation?.kind !== 'possible') return { keys: asked, addition: { kind: 'copy', copy } };
  return { keys: asked, addition: { kind: 'create', creation, copy } };
}

/** In the order in which their files first occur. */
function bySource(
  found: readonly LibraryEntry[],
): { readonly bibliography: Bibliography; readonly entries: number[] }[] {
  const groups = new Map<Bibliography, number[]>();
  for (const { bibliography, entry } of found) groups.set(bibliography, [...(groups.get(bibliography) ?? []), entry]);
  return [...groups].map(([bibliography, entries]) => ({ bibliography, entries }));
}

/** The keys of the entries that were asked for: the first of each copy, in order. */
function askedKeys(
  missing: readonly LibraryEntry[],
  copies: readonly { readonly entries: readonly CopiedEntry[] }[],
): string[] {
  const sources = bySource(missing);
  const keys = new Map<LibraryEntry, string>();
  sources.forEach(({ bibliography }, source) => {
    missing
      .filter(one => one.bibliography === bibliography)
      .forEach((one, place) => {
        keys.set(one, copies[source]?.entries[place]?.key ?? '');
      });
  });
  return missing.map(one => keys.get(one) ?? '');
}

function* keysOf(bibliographies: readonly Bibliography[]): Generator<string> {
  for (const bibliography of bibliographies)
    for (let entry = 0; entry < bibliography.entryCount; entry++) yield bibliography.key(entry);
}

/** How a bibliography is written: a `.bib` in the words that it uses already, a new one in those that the processor wants. */
function targetOf(
  own: Bibliography | undefined,
  wanted: 'bibtex' | 'biblatex',
): { readonly text: string; readonly format: WritableFormat; readonly isClassical: boolean } | undefined {
  const text = wholeText(own?.text ?? '');
  if (own !== undefined && !isBibtex(own.format.name))
    return isWritable(own.format) ? { text, format: own.format, isClassical: false } : undefined;
  const hasEntries = own !== undefined && own.entryCount > 0;
  const isBiblatex = hasEntries && recogniseFormat(text, own.uri)?.name === 'biblatex';
  const dialect = isBiblatex ? 'biblatex' : wanted;
  const format = formatNamed(hasEntries && !isBiblatex ? 'bibtex' : dialect);
  return isWritable(format) ? { text, format, isClassical: dialect === 'bibtex' } : undefined;
}
