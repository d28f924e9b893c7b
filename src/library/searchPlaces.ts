import type { SearchFolder } from '../languages/language.ts';
import { folderOf, liesIn, pathCandidates, pathOf } from './paths.ts';

/** A folder in which TeX looks for files by name. */
export interface SearchPlace {
  /** Its address. */
  readonly folder: string;
  /** Addresses by file name of what lies in it and below; undefined: only the folder itself is meant. */
  readonly below?: FilesByName | undefined;
}

export type FilesByName = ReadonlyMap<string, readonly string[]>;

/** Where TeX looks for files besides the folders of a document: what the environment says of the machine. */
export interface TexPlaces {
  readonly bibliographies: readonly SearchPlace[];
  readonly documents: readonly SearchPlace[];
}

/** Addresses that a name may mean in a place, the likeliest first. A path from a folder that it names itself means nothing there. */
export function placeCandidates(target: string, extensions: readonly string[], place: SearchPlace): readonly string[] {
  if (/^(?:\/|\\|~|\.\.?[\\/]|[a-z]:)/i.test(target) || target.includes('://')) return [];
  const { folder, below } = place;
  if (below === undefined) return pathCandidates(target, extensions, { folders: [folder] });
  return [target, ...extensions.map(extension => target + extension)].flatMap(path =>
    (below.get(nameOf(path)) ?? []).filter(uri => liesIn(uri, folder) && pathOf(uri).endsWith(`/${path}`)),
  );
}

/** The files by their names. */
export function filesByName(uris: Iterable<string>): FilesByName {
  const files = new Map<string, string[]>();
  for (const uri of uris) {
    const name = nameOf(pathOf(uri));
    const others = files.get(name);
    if (others === undefined) files.set(name, [uri]);
    else others.push(uri);
  }
  return files;
}

/** Places that a project file names, from its own folder and from that of the document that is processed. */
export const placesOf = (
  folders: readonly SearchFolder[],
  holds: SearchFolder['holds'],
  from: { readonly by: string; readonly root: string; readonly home: string | undefined },
  files: () => FilesByName,
): SearchPlace[] =>
  folders
    .filter(folder => folder.holds === holds)
    .flatMap(({ path, isTree }) =>
      pathCandidates(path, [], {
        folders: [...new Set([folderOf(from.by), folderOf(from.root)])],
        home: from.home,
      }).flatMap(address => {
        const folder = address.replace(/\/$/, '');
        // Of a tree outside the workspace only the folder itself is at hand.
        return isTree ? [{ folder, below: files() }, { folder }] : [{ folder }];
      }),
    );

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
