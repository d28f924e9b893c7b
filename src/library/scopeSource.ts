import type { Declarations, Include, Language, Manuscript } from '../languages/language.ts';
import { resolvedPath } from '../languages/texPaths.ts';
import type { MacroBody } from '../languages/texPaths.ts';
import { folderOf, foldersDownTo, nameWithoutExtension, pathCandidates } from './paths.ts';
import type { SearchPlace } from './searchPlaces.ts';

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
  /** LaTeX documents of which the user says that all others that cannot stand alone belong to them: the first that is there counts. */
  readonly chosenRoots?: readonly string[] | undefined;
}

export interface ScopeDocument {
  readonly language: Language;
  readonly scanned: Manuscript;
}

/** What a file, document or metadata, says about bibliographies. An open `conf.py` is a script, too, but speaks for its project. */
export const declarationsOf = (source: ScopeSource, uri: string): Declarations | undefined =>
  source.metadata(uri) ?? source.document(uri)?.scanned;

/** Addresses that an include may mean: TeX looks from the folder of the document that is processed, most people and programs from here. */
export function includeCandidates(include: Include, uri: string, root: string, bodyOf?: MacroBody): string[] {
  const macro: MacroBody = name => (name === 'jobname' ? nameWithoutExtension(root) : bodyOf?.(name));
  const target = include.hasMacros === true ? resolvedPath(include.target, macro) : include.target;
  if (target === undefined) return [];
  if (include.isFromHere !== true)
    return pathCandidates(target, include.impliedExtensions, {
      folders: [...new Set([folderOf(root), folderOf(uri)])],
    });
  const projectRoots = target.startsWith('/') ? foldersDownTo(uri) : [];
  return pathCandidates(target, include.impliedExtensions, { folders: [folderOf(uri)], projectRoots });
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
    for (const { address } of present) found.push(address);
    if (present.some(({ kind }) => kind.isRoot)) break;
  }
  return found;
}

/** The documents that the nearest project file says are processed, as far as they are there. */
export function projectRoots(source: ScopeSource, uri: string): readonly string[] {
  for (const file of projectFilesOf(source, uri)) {
    const roots = (source.metadata(file)?.roots ?? []).flatMap(
      root => includeCandidates(root, file, file).find(one => source.document(one) !== undefined) ?? [],
    );
    if (roots.length > 0) return roots;
  }
  return [];
}
