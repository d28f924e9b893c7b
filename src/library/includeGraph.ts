import type { Declarations, Include, Language, Manuscript } from '../languages/language.ts';
import { resolvedPath } from '../languages/texPaths.ts';
import type { MacroBody } from '../languages/texPaths.ts';
import { folderOf, nameWithoutExtension, notebookOf, pathCandidates } from './paths.ts';
import { filesByName, placeCandidates, placesOf } from './searchPlaces.ts';
import type { FilesByName, SearchPlace } from './searchPlaces.ts';

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
  /** Where TeX looks for documents, besides their own folders. */
  readonly documentPlaces?: readonly SearchPlace[] | undefined;
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
  /** Addresses of files that a document includes and that are not there; those of packages that TeX has are not among them. */
  missingIn(uri: string, root: string): readonly string[];
  /** Whether it depends on what macros stand for. */
  readonly usesMacros: boolean;
}

export function includeGraph(source: ScopeSource): IncludeGraph {
  const links = linksIn(source);
  const trees = new Map<string, readonly string[]>();
  const treeOf = (uri: string, root: string): readonly string[] => {
    const name = `${root}\n${uri}`;
    const known = trees.get(name);
    if (known !== undefined) return known;
    const tree = new Set([uri]);
    for (const part of tree) for (const link of links.of(part, root).found) tree.add(link);
    const found = [...tree];
    trees.set(name, found);
    return found;
  };
  const roots = new Map<string, string[]>();
  const grow = (root: string): void => {
    for (const uri of treeOf(root, root)) {
      const known = roots.get(uri);
      if (known === undefined) roots.set(uri, [root]);
      else if (!known.includes(root)) known.push(root);
    }
  };
  const parts: string[] = [];
  const scanned = new Map<string, Manuscript | undefined>();
  for (const uri of source.documentUris()) {
    scanned.set(uri, source.document(uri)?.scanned);
    const isRoot = isCell(uri) ? links.of(uri, uri).found[0] === uri : source.document(uri)?.scanned.standalone;
    if (isRoot === true) grow(uri);
    else parts.push(uri);
  }
  const grown = new Set<string>();
  for (const uri of parts) {
    if (roots.has(uri)) continue;
    const named = projectRoots(source, uri);
    for (const root of named.filter(one => !grown.has(one))) {
      grown.add(root);
      for (const part of treeOf(root, root)) if (!roots.has(part)) roots.set(part, [...named]);
    }
    if (named.length > 0 && !roots.has(uri)) roots.set(uri, [...named]);
  }
  // A chapter that no document reaches may still stand above its own sections.
  const orphans = parts.filter(uri => !roots.has(uri));
  const included = new Set(orphans.flatMap(uri => links.of(uri, uri).found));
  for (const uri of orphans) if (!included.has(uri)) grow(uri);
  for (const uri of orphans) if (!roots.has(uri)) grow(uri);
  return {
    isCurrent: () => isCurrent(source, scanned),
    rootsOf: uri => roots.get(uri) ?? [uri],
    treeOf,
    missingIn: (uri, root) => links.of(uri, root).missing,
    usesMacros: [...scanned.values()].some(one => one?.includes.some(include => include.hasMacros === true)),
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
export function includeCandidates(include: Include, uri: string, root: string, bodyOf?: MacroBody): string[] {
  const macro: MacroBody = name => (name === 'jobname' ? nameWithoutExtension(root) : bodyOf?.(name));
  const target = include.hasMacros === true ? resolvedPath(include.target, macro) : include.target;
  if (target === undefined) return [];
  return pathCandidates(target, include.impliedExtensions, { folders: [...new Set([folderOf(root), folderOf(uri)])] });
}

/** The project files in the folders from a document upwards, the nearest first, as far as the root of a project. */
export function projectFilesOf(source: ScopeSource, uri: string): string[] {
  const kinds = source.document(uri)?.language.projectFiles ?? [];
  const found: string[] = [];
  for (
    let folder = folderOf(uri), below = '';
    kinds.length > 0 && folder !== below && folder.includes('://');
    below = folder, folder = folderOf(folder)
  ) {
    const here = kinds.map(kind => ({ kind, address: `${folder.replace(/\/$/, '')}/${kind.name}` }));
    const present = here.filter(({ address }) => source.has(address));
    found.push(...present.map(({ address }) => address));
    if (present.some(({ kind }) => kind.isRoot)) break;
  }
  return found;
}

/** The documents that the nearest project file says are processed, as far as they are there. */
function projectRoots(source: ScopeSource, uri: string): readonly string[] {
  for (const file of projectFilesOf(source, uri)) {
    const roots = (source.metadata(file)?.roots ?? []).flatMap(
      root => includeCandidates(root, file, file).find(one => source.document(one) !== undefined) ?? [],
    );
    if (roots.length > 0) return roots;
  }
  return [];
}

interface Links {
  readonly found: readonly string[];
  readonly missing: readonly string[];
}

/** What each file includes; found once. */
function linksIn(source: ScopeSource): { of(uri: string, root: string): Links } {
  const known = new Map<string, Links>();
  const places = new Map<string, readonly SearchPlace[]>();
  let files: FilesByName | undefined;
  const placesFor = (root: string): readonly SearchPlace[] => {
    let found = places.get(root);
    if (found === undefined) {
      const own = projectFilesOf(source, root).flatMap(by =>
        placesOf(source.metadata(by)?.searchFolders ?? [], 'documents', { by, root, home: undefined }, () => {
          files ??= filesByName(source.documentUris());
          return files;
        }),
      );
      found = [...own, ...(source.documentPlaces ?? [])];
      places.set(root, found);
    }
    return found;
  };
  let notebooks: ReadonlyMap<string, readonly string[]> | undefined;
  const cellsBeside = (uri: string): readonly string[] => {
    const notebook = notebookOf(uri);
    if (notebook === undefined) return [];
    notebooks ??= cellsByNotebook(source.documentUris());
    return notebooks.get(notebook) ?? [];
  };
  const follow = (uri: string, root: string): Links => {
    const found = [...cellsBeside(uri)];
    const missing: string[] = [];
    const bodyOf = (name: string): string | undefined => source.document(root)?.scanned.macros?.get(name);
    for (const include of declarationsOf(source, uri)?.includes ?? []) {
      const near = includeCandidates(include, uri, root, bodyOf);
      const there = near.find(one => source.has(one));
      if (there !== undefined) {
        found.push(there);
        continue;
      }
      const far = placesFor(root).flatMap(place => placeCandidates(include.target, include.impliedExtensions, place));
      const place = far.find(one => source.has(one));
      if (place !== undefined) found.push(place);
      else missing.push(...(isInstalledPackage(include) ? [] : near), ...far);
    }
    return { found, missing };
  };
  return {
    of: (uri, root) => {
      const name = `${root}\n${uri}`;
      let links = known.get(name);
      if (links === undefined) {
        links = follow(uri, root);
        known.set(name, links);
      }
      return links;
    },
  };
}

const isCell = (uri: string): boolean => notebookOf(uri) !== undefined;

/** The cells of a notebook are one manuscript: the first of them stands for all. */
function cellsByNotebook(uris: Iterable<string>): ReadonlyMap<string, readonly string[]> {
  const notebooks = new Map<string, string[]>();
  for (const uri of uris) {
    const notebook = notebookOf(uri);
    if (notebook === undefined) continue;
    const cells = notebooks.get(notebook);
    if (cells === undefined) notebooks.set(notebook, [uri]);
    else cells.push(uri);
  }
  return notebooks;
}

/** A package named without a folder mostly comes with TeX. */
const isInstalledPackage = ({ target, impliedExtensions }: Include): boolean =>
  !target.includes('/') && impliedExtensions.some(extension => /^\.(?:sty|cls|cbx)$/.test(extension));
