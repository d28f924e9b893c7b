import type { BibliographyDeclaration } from '../languages/language.ts';
import { resolvedPath } from '../languages/texPaths.ts';
import type { MacroBody } from '../languages/texPaths.ts';
import {
  folderOf,
  foldersDownTo,
  liesIn,
  matchesPattern,
  nameWithoutExtension,
  pathCandidates,
  pathOf,
} from './paths.ts';
import { declarationsOf, projectFilesOf } from './scopeSource.ts';
import type { ScopeSource } from './scopeSource.ts';
import { filesByName, placeCandidates, placesOf } from './searchPlaces.ts';
import type { SearchPlace, TexPlaces } from './searchPlaces.ts';
import { expandBraces } from '../text/braces.ts';

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
  /** What the environment of TeX says. */
  readonly tex?: TexPlaces;
}

/** A file whose declarations count, and the document whose folder their paths begin at. */
export interface Part {
  readonly uri: string;
  readonly root: string;
}

/** A declaration, and the files that it means as far as they are there. */
export interface LocatedBibliography extends DeclaredBibliography {
  readonly found: readonly string[];
}

interface LocateAllOptions {
  readonly options: ScopeOptions;
  readonly projectRoot: string | undefined;
  /** The document whose scope it is, then those that are processed. */
  readonly documents: readonly string[];
  /** Takes in addresses of files that would change the answer. */
  readonly wanted: Set<string>;
}

/** What the parts of a manuscript and its project declare, in their order. */
export function locateAll(source: ScopeSource, parts: readonly Part[], all: LocateAllOptions): LocatedBibliography[] {
  let known: readonly SearchPlace[] | undefined;
  const places = (): readonly SearchPlace[] => (known ??= bibliographyPlaces(source, all));
  const bodyOf = macrosOf(source, parts);
  return declaredIn(source, parts).flatMap(one => locate(source, one, { ...all, places, bodyOf }));
}

interface Declared {
  readonly by: string;
  readonly root: string;
  readonly declaration: BibliographyDeclaration;
}

function declaredIn(source: ScopeSource, parts: readonly Part[]): Declared[] {
  const hasSuffix = (suffix: string): boolean =>
    parts.some(({ uri }) => source.document(uri)?.scanned.suffixes?.has(suffix) === true);
  return parts.flatMap(({ uri, root }) =>
    (declarationsOf(source, uri)?.declarations ?? [])
      .filter(({ suffix }) => suffix === undefined || hasSuffix(suffix))
      .map(declaration => ({ by: uri, root, declaration })),
  );
}

/** What macros stand for in the documents of a manuscript, the first one that defines them counts. */
function macrosOf(source: ScopeSource, parts: readonly Part[]): MacroBody {
  return name => {
    for (const { uri } of parts) {
      const body = source.document(uri)?.scanned.macros?.get(name);
      if (body !== undefined) return body;
    }
    return undefined;
  };
}

/** Where TeX looks for bibliographies by their names alone: as the project's files say, then as the machine is set up. */
function bibliographyPlaces(source: ScopeSource, { documents, options, wanted }: LocateAllOptions): SearchPlace[] {
  if (source.document(documents[0] ?? '')?.language.id !== 'latex') return [];
  const files = filesByName(source.bibliographyUris());
  const usual = options.home === undefined ? [] : usualSettings.map(path => `${options.home ?? ''}/${path}`);
  for (const address of usual) if (!source.has(address)) wanted.add(address);
  const own = documents.flatMap(root =>
    [...projectFilesOf(source, root), ...usual].flatMap(by =>
      placesOf(
        source.metadata(by)?.searchFolders ?? [],
        'bibliographies',
        { by, root, home: options.home },
        () => files,
      ),
    ),
  );
  return [...own, ...(options.tex?.bibliographies ?? [])];
}

/** The user's own settings of latexmk, in the home folder. */
const usualSettings: readonly string[] = ['.latexmkrc', '.config/latexmk/latexmkrc'];

interface LocateOptions extends LocateAllOptions {
  readonly places: () => readonly SearchPlace[];
  readonly bodyOf: MacroBody;
}

/** The files that a declaration means; none when only TeX could say what its macros stand for. */
function locate(source: ScopeSource, declared: Declared, options: LocateOptions): LocatedBibliography[] {
  const { by, root, declaration } = declared;
  if (declaration.kind === 'url') return [{ by, declaration, candidates: [], found: [] }];
  if (declaration.hasMacros !== true)
    return [{ by, declaration, ...locatePath(source, declared, declaration.target, options) }];
  const path = resolvedPath(declaration.target, name =>
    name === 'jobname' ? nameWithoutExtension(root) : options.bodyOf(name),
  );
  // A macro may stand for a list of names.
  const paths = path === undefined || declaration.impliedExtensions.length === 0 ? [path ?? ''] : path.split(',');
  return paths
    .map(one => one.trim())
    .filter(one => one !== '')
    .map(one => ({ by, declaration, ...locatePath(source, declared, one, options) }));
}

/** For Typst a `/` leads to the folder that it is told of, which is mostly that of the workspace. */
function rootsAbove(source: ScopeSource, by: string, workspace: readonly string[]): readonly string[] {
  if (source.document(by)?.language.id !== 'typst') return [];
  return workspace.length === 0 ? [folderOf(by)] : foldersDownTo(by, workspace[0]);
}

/**
 * A path begins at the folder of the document that is processed, of the file with the declaration, or of the workspace; a name that
 * is in none of them is looked for where TeX does.
 */
function locatePath(
  source: ScopeSource,
  { by, root, declaration: { kind, impliedExtensions } }: Declared,
  path: string,
  { options, projectRoot, places }: LocateOptions,
): Pick<LocatedBibliography, 'candidates' | 'found'> {
  const isSaved = folderOf(by).includes('://');
  const workspace = options.folders.filter(folder => !isSaved || liesIn(by, folder));
  const folders = [...new Set([folderOf(root), folderOf(by), ...workspace])];
  const base = {
    folders,
    projectRoots: projectRoot === undefined ? rootsAbove(source, by, workspace) : [projectRoot],
    home: options.home,
  };
  const near = pathCandidates(path, impliedExtensions, base);
  if (kind === 'file') {
    const there = near.find(one => source.has(one));
    if (there !== undefined) return { candidates: near, found: [there] };
    const far = places().flatMap(place => placeCandidates(path, impliedExtensions, place));
    return { candidates: [...near, ...far], found: far.filter(one => source.has(one)).slice(0, 1) };
  }
  const patterns = expandBraces(path).flatMap(one => pathCandidates(one, impliedExtensions, base).map(pathOf));
  const found = [...source.bibliographyUris()].filter(one =>
    patterns.some(pattern => matchesPattern(pathOf(one), pattern)),
  );
  return { candidates: [], found };
}
