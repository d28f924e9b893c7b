import type { BibliographyDeclaration, Include } from '../languages/language.ts';
import { declarationsOf, includeCandidates, includeGraph } from './includeGraph.ts';
import type { IncludeGraph, ScopeSource } from './includeGraph.ts';
import { folderOf, liesIn, matchesPattern, pathCandidates, pathOf } from './paths.ts';

/** Which bibliographies a document sees, and what it names in vain. */
export interface Scope {
  /** Each once, those that the document names first. */
  readonly bibliographies: readonly ScopedBibliography[];
  /** Named, but there is no such file. */
  readonly unresolved: readonly DeclaredBibliography[];
  /** Named by an address on the network, which nobody reads unasked. */
  readonly remote: readonly DeclaredBibliography[];
  /** Addresses that were looked for and are not known: should one of them exist, the answer changes. */
  readonly wanted: readonly string[];
}

export interface ScopedBibliography {
  readonly uri: string;
  readonly reason: ScopeReason;
}

export type ScopeReason =
  | {
      readonly kind: 'declared';
      /** The file with the declaration. */ readonly by: string;
      readonly declaration: BibliographyDeclaration;
    }
  /** Nothing is declared: it lies in the same folder, or anywhere in the workspace. */
  | { readonly kind: 'folder' | 'workspace' }
  /** Set by the user for all documents. */
  | { readonly kind: 'global' };

export interface DeclaredBibliography {
  /** The file with the declaration. */
  readonly by: string;
  readonly declaration: BibliographyDeclaration;
  /** Addresses where it was looked for, the likeliest first. */
  readonly candidates: readonly string[];
}

/** What decides, besides the documents themselves, which bibliographies a document sees. */
export interface ScopeOptions {
  /** Addresses of bibliographies that every document sees. */
  readonly globalBibliographies: readonly string[];
  /** Addresses of the workspace's folders. */
  readonly folders: readonly string[];
  /** Address of the user's folder. */
  readonly home?: string;
}

/** Answers for one document; who asks for many hands over the same graph. */
export function scopeOf(
  source: ScopeSource,
  uri: string,
  options: ScopeOptions,
  graph: IncludeGraph = includeGraph(source),
): Scope {
  const wanted = new Set<string>();
  const roots = rootsOf(source, uri, graph, wanted);
  const project = projectOf(source, uri, options, wanted);
  const declared = declaredIn(source, [...partsOf(uri, roots, graph), ...project.files], wanted).map(
    ({ by, root, declaration }) => locate(source, by, root, declaration, { options, projectRoot: project.root }),
  );
  const bibliographies = new Map<string, ScopeReason>();
  for (const { by, declaration, found } of declared) {
    for (const address of found)
      if (!bibliographies.has(address)) bibliographies.set(address, { kind: 'declared', by, declaration });
  }
  if (declared.length === 0) addNearby(source, [uri, ...roots], bibliographies);
  for (const address of options.globalBibliographies)
    if (!bibliographies.has(address)) bibliographies.set(address, { kind: 'global' });
  const missing = declared.filter(one => one.found.length === 0 && one.declaration.kind !== 'url');
  for (const { candidates } of missing) for (const address of candidates) wanted.add(address);
  return {
    bibliographies: [...bibliographies].map(([address, reason]) => ({ uri: address, reason })),
    unresolved: missing.map(({ by, declaration, candidates }) => ({ by, declaration, candidates })),
    remote: declared.flatMap(({ by, declaration }) =>
      declaration.kind === 'url' ? { by, declaration, candidates: [] } : [],
    ),
    wanted: [...wanted],
  };
}

/** The documents that are processed when this one is: the one it names, else those that reach it. */
function rootsOf(source: ScopeSource, uri: string, graph: IncludeGraph, wanted: Set<string>): readonly string[] {
  const chain = new Set([uri]);
  for (const current of chain) {
    const root = source.document(current)?.scanned.root;
    if (root === undefined) break;
    const candidates = includeCandidates(root, current, current);
    const found = candidates.find(one => source.has(one));
    if (found !== undefined) chain.add(found);
    else for (const address of candidates) wanted.add(address);
  }
  const named = [...chain].at(-1) ?? uri;
  return named === uri ? graph.rootsOf(uri) : [named];
}

/** A file whose declarations count, and the document whose folder their paths begin at. */
interface Part {
  readonly uri: string;
  readonly root: string;
}

/** The document with what it includes, then the rest of the documents it belongs to. */
function partsOf(uri: string, roots: readonly string[], graph: IncludeGraph): Part[] {
  const parts = new Map<string, Part>();
  const add = (from: string, root: string): void => {
    for (const part of graph.treeOf(from, root)) if (!parts.has(part)) parts.set(part, { uri: part, root });
  };
  for (const root of roots) add(uri, root);
  for (const root of roots) add(root, root);
  return [...parts.values()];
}

interface Project {
  readonly files: readonly Part[];
  readonly root: string | undefined;
}

/** The project files in the folders from the document upwards, with the files of metadata that they name. */
function projectOf(source: ScopeSource, uri: string, options: ScopeOptions, wanted: Set<string>): Project {
  const kinds = source.document(uri)?.language.projectFiles ?? [];
  const isOutside = !options.folders.some(folder => liesIn(uri, folder));
  const files: Part[] = [];
  for (
    let folder = folderOf(uri), below = '';
    kinds.length > 0 && folder !== below && folder.includes('://');
    below = folder, folder = folderOf(folder)
  ) {
    const here = kinds.map(kind => ({ kind, address: `${folder.replace(/\/$/, '')}/${kind.name}` }));
    const present = here.filter(({ address }) => source.has(address));
    for (const { address } of present) {
      files.push({ uri: address, root: address });
      for (const include of declarationsOf(source, address)?.includes ?? []) {
        const found = followInclude(source, include, address, wanted);
        if (found !== undefined) files.push({ uri: found, root: address });
      }
    }
    if (present.some(({ kind }) => kind.isRoot)) return { files, root: folder };
    // What lies in the workspace is known; of a file opened alone the folders above are not.
    if (isOutside) for (const { address } of here) if (!source.has(address)) wanted.add(address);
  }
  return { files, root: undefined };
}

function followInclude(source: ScopeSource, include: Include, by: string, wanted: Set<string>): string | undefined {
  const candidates = includeCandidates(include, by, by);
  const found = candidates.find(one => source.has(one));
  if (found === undefined) for (const address of candidates) wanted.add(address);
  return found;
}

interface Declared {
  readonly by: string;
  readonly root: string;
  readonly declaration: BibliographyDeclaration;
}

function declaredIn(source: ScopeSource, parts: readonly Part[], wanted: Set<string>): Declared[] {
  return parts.flatMap(({ uri, root }) => {
    const { declarations = [], includes = [] } = declarationsOf(source, uri) ?? {};
    for (const include of includes) {
      if (isInstalledPackage(include)) continue;
      const candidates = includeCandidates(include, uri, root);
      if (!candidates.some(one => source.has(one))) for (const address of candidates) wanted.add(address);
    }
    return declarations.map(declaration => ({ by: uri, root, declaration }));
  });
}

/** A package named without a folder mostly comes with TeX. */
const isInstalledPackage = ({ target, impliedExtensions }: Include): boolean =>
  !target.includes('/') && impliedExtensions.some(extension => extension === '.sty' || extension === '.cls');

interface Located extends DeclaredBibliography {
  readonly found: readonly string[];
}

interface LocateOptions {
  readonly options: ScopeOptions;
  readonly projectRoot: string | undefined;
}

/** A path begins at the folder of the document that is processed, of the file with the declaration, or of the workspace. */
function locate(
  source: ScopeSource,
  by: string,
  root: string,
  declaration: BibliographyDeclaration,
  { options, projectRoot }: LocateOptions,
): Located {
  const { kind, target, impliedExtensions } = declaration;
  if (kind === 'url') return { by, declaration, candidates: [], found: [] };
  const isSaved = by.includes('://');
  const workspace = options.folders.filter(folder => !isSaved || liesIn(by, folder));
  const folders = [...new Set([folderOf(root), folderOf(by), ...workspace])];
  const candidates = pathCandidates(target, impliedExtensions, { folders, projectRoot, home: options.home });
  if (kind === 'file')
    return { by, declaration, candidates, found: candidates.filter(one => source.has(one)).slice(0, 1) };
  const patterns = candidates.map(pathOf);
  const found = [...source.bibliographyUris()].filter(one =>
    patterns.some(pattern => matchesPattern(pathOf(one), pattern)),
  );
  return { by, declaration, candidates: [], found };
}

/** Where nothing is declared: the bibliographies beside the document or its root, else all. */
function addNearby(source: ScopeSource, documents: readonly string[], bibliographies: Map<string, ScopeReason>): void {
  const folders = new Set(documents.map(folderOf));
  const all = [...source.bibliographyUris()];
  const beside = all.filter(address => folders.has(folderOf(address)));
  const kind = beside.length > 0 ? 'folder' : 'workspace';
  for (const address of beside.length > 0 ? beside : all) bibliographies.set(address, { kind });
}
