import type { Citation } from '../languages/language.ts';
import { entriesWithKey, type Library, type LibraryEntry } from '../library/library.ts';
import { reachOf, reads, rootOf, type CitingDocument, type Reach } from '../library/reach.ts';
import type { ScopeOptions } from '../library/scope.ts';
import { citedAt } from './citationAt.ts';
import { namingOf, type FileEdits } from './newBibliography.ts';

/** A citation whose entry stands in bibliographies only of which the document's processor does not know. */
export interface UnnamedSource {
  readonly citation: Citation;
  readonly remedies: readonly Remedy[];
  /** The address of the document's own bibliography, where the entry can go as well. */
  readonly own: string | undefined;
}

export interface Remedy {
  readonly source: LibraryEntry;
  /** The edits by file that make the document name the bibliography. */
  readonly declarations: readonly FileEdits[];
}

/** Bibliographies that are offered for one citation. */
const mostRemedies = 3;

/** What can be done for the citation at an offset; undefined where nothing has to be. */
export function unnamedSource(
  library: Library,
  document: CitingDocument,
  offset: number,
  options: ScopeOptions,
): UnnamedSource | undefined {
  const citation = citedAt(document.scanned, offset);
  if (citation === undefined) return undefined;
  const reach = reachOf(library, document, options);
  if (entriesWithKey(reach.named, citation.key).length > 0) return undefined;
  const { processor } = document.language;
  const sources = entriesWithKey([...reach.usable, ...reach.outside], citation.key)
    .filter(({ bibliography }) => reads(processor, bibliography))
    .slice(0, mostRemedies);
  const remedies = sources.flatMap(source => remedyFor(library, document, source) ?? []);
  const own = reach.own !== undefined && reach.named.includes(reach.own) ? reach.own.uri : undefined;
  return remedies.length === 0 ? undefined : { citation, remedies, own };
}

function remedyFor(library: Library, document: CitingDocument, source: LibraryEntry): Remedy | undefined {
  const declarations = completeNaming(library, document, source.bibliography.uri);
  return declarations.length === 0 ? undefined : { source, declarations };
}

/** None where a file would have to name the bibliography that is not there. */
function completeNaming(library: Library, document: CitingDocument, bibliography: string): readonly FileEdits[] {
  const { declarations, undeclaredIn } = namingOf(library, document, bibliography);
  return undeclaredIn === undefined ? declarations : [];
}

/** What makes a document that names no bibliography name its own; none where it need not, or where that is not known. */
export function ownNaming(
  library: Library,
  document: CitingDocument,
  bibliography: string,
  options: ScopeOptions,
): readonly FileEdits[] {
  if (document.language.processor.takesBeside || !isWhole(library, document.uri)) return [];
  return namesAny(reachOf(library, document, options)) ? [] : completeNaming(library, document, bibliography);
}

/** Citations that are looked at. */
const mostCitations = 200;

/**
 * The first citation of a document whose entry only Colophon finds, because the document names no bibliography, and its processor neither
 * looks for one nor can be told of one elsewhere.
 */
export function firstUnnamed(
  library: Library,
  document: CitingDocument,
  options: ScopeOptions,
): { readonly citation: Citation; readonly source: LibraryEntry } | undefined {
  const { scanned, language, uri } = document;
  const { isToldElsewhere, takesBeside = false } = language.processor;
  if (isToldElsewhere || takesBeside || scanned.groups.length === 0) return undefined;
  if (!isWhole(library, uri)) return undefined;
  const reach = reachOf(library, document, options);
  if (namesAny(reach)) return undefined;
  const citations = scanned.groups.flatMap(group => group.citations).slice(0, mostCitations);
  for (const citation of citations) {
    const [source] = entriesWithKey(reach.usable, citation.key);
    if (source !== undefined) return remedyFor(library, document, source) && { citation, source };
  }
  return undefined;
}

/** Whether all parts of the document that is processed are known: none that is missing could name a bibliography. */
function isWhole(library: Library, uri: string): boolean {
  const root = rootOf(library, uri);
  const graph = library.includeGraph();
  return (
    library.document(root)?.scanned.standalone === true &&
    [...graph.treeOf(root, root)].every(part => graph.missingIn(part, root).length === 0)
  );
}

const namesAny = ({ named, scope }: Reach): boolean =>
  named.length > 0 || scope.unresolved.length > 0 || scope.remote.length > 0;
