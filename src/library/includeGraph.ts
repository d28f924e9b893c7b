import type { Declarations, Include, Language, Manuscript } from '../languages/language.ts';
import { folderOf, pathCandidates } from './paths.ts';

/** What the scope of a document is made of: the files that are known. All addresses are canonical. */
export interface ScopeSource {
  /** A document that can cite; undefined for another file. */
  document(uri: string): ScopeDocument | undefined;
  documentUris(): Iterable<string>;
  bibliographyUris(): Iterable<string>;
  /** Whether there is such a file, on disk or only in an editor. */
  has(uri: string): boolean;
  /** What a file of metadata ("_quarto.yml") declares; undefined for another file. */
  metadata(uri: string): Declarations | undefined;
}

export interface ScopeDocument {
  readonly language: Language;
  readonly scanned: Manuscript;
}

/** Which documents belong together. To be dropped when files come and go or metadata changes, and when it is no more current. */
export interface IncludeGraph {
  /** Whether all documents still include what they did when the graph was built: most edits change no include. */
  isCurrent(): boolean;
  /** The documents in whose trees a document stands, itself among them when it stands alone; never empty. */
  rootsOf(uri: string): readonly string[];
  /** A document and all that it includes, in the order of the inclusion. `root` is the document that is processed. */
  treeOf(uri: string, root: string): readonly string[];
}

export function includeGraph(source: ScopeSource): IncludeGraph {
  const roots = new Map<string, string[]>();
  const grow = (root: string): void => {
    for (const uri of treeOf(source, root, root)) {
      const known = roots.get(uri);
      if (known === undefined) roots.set(uri, [root]);
      else if (!known.includes(root)) known.push(root);
    }
  };
  const parts: string[] = [];
  const scanned = new Map<string, Manuscript | undefined>();
  for (const uri of source.documentUris()) {
    scanned.set(uri, source.document(uri)?.scanned);
    if (source.document(uri)?.scanned.standalone === true) grow(uri);
    else parts.push(uri);
  }
  // A chapter that no document reaches may still stand above its own sections.
  const orphans = parts.filter(uri => !roots.has(uri));
  const included = new Set(orphans.flatMap(uri => linksOf(source, uri, uri)));
  for (const uri of orphans) if (!included.has(uri)) grow(uri);
  for (const uri of orphans) if (!roots.has(uri)) grow(uri);
  return {
    isCurrent: () => isCurrent(source, scanned),
    rootsOf: uri => roots.get(uri) ?? [uri],
    treeOf: (uri, root) => treeOf(source, uri, root),
  };
}

function isCurrent(source: ScopeSource, scanned: Map<string, Manuscript | undefined>): boolean {
  let count = 0;
  for (const uri of source.documentUris()) {
    count++;
    const before = scanned.get(uri);
    const now = source.document(uri)?.scanned;
    if (before === now) continue;
    if (before === undefined || now === undefined || !includesTheSame(before, now)) return false;
    scanned.set(uri, now);
  }
  return count === scanned.size;
}

const includesTheSame = (a: Manuscript, b: Manuscript): boolean =>
  a.standalone === b.standalone &&
  a.includes.length === b.includes.length &&
  a.includes.every(({ target }, index) => target === b.includes[index]?.target);

/** What a file, document or metadata, says about bibliographies. */
export const declarationsOf = (source: ScopeSource, uri: string): Declarations | undefined =>
  source.document(uri)?.scanned ?? source.metadata(uri);

/** Addresses that an include may mean: TeX looks from the folder of the document that is processed, most people from here. */
export const includeCandidates = (include: Include, uri: string, root: string): string[] =>
  pathCandidates(include.target, include.impliedExtensions, { folders: [...new Set([folderOf(root), folderOf(uri)])] });

function treeOf(source: ScopeSource, uri: string, root: string): string[] {
  const tree = new Set([uri]);
  for (const part of tree) for (const link of linksOf(source, part, root)) tree.add(link);
  return [...tree];
}

function linksOf(source: ScopeSource, uri: string, root: string): string[] {
  const { includes = [] } = declarationsOf(source, uri) ?? {};
  return includes.flatMap(include => includeCandidates(include, uri, root).find(one => source.has(one)) ?? []);
}
