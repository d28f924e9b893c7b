import { projectFileOf } from '../languages/index.ts';
import type { Include } from '../languages/language.ts';
import { folderOf, pathOf } from './paths.ts';

/** A document that may include another. */
export interface Ancestor {
  readonly uri: string;
  readonly mayBeRoot: boolean;
}

/** Steps after which nobody looks for further documents that include one. */
const mostSteps = 20_000;

/**
 * Which documents may include a file, by its path: kept up to date document by document, so that nobody has to follow all includes of all
 * documents to find those of one. Errs only by naming too many.
 */
export class Includers {
  /** By a path as it is written, and by the address that it means from the folder of the document. */
  readonly #byPath = new Map<string, Set<string>>();
  readonly #byAddress = new Map<string, Set<string>>();
  /** By a file name where the path tells nothing; for paths that do, too, in the second. */
  readonly #byName = new Map<string, Set<string>>();
  readonly #byAnyName = new Map<string, Set<string>>();
  /** Documents that include others, by where they lie. */
  readonly #byPlace = new Map<string, Set<string>>();
  /** Those whose includes may mean files of any name. */
  readonly #nameless = new Set<string>();
  /** What each document stands under. */
  readonly #entries = new Map<string, (readonly [index: Map<string, Set<string>>, name: string])[]>();

  /** From now on a document includes just these. */
  set(by: string, includes: readonly Include[]): void {
    for (const [index, name] of this.#entries.get(by) ?? []) {
      const includers = index.get(name);
      includers?.delete(by);
      if (includers?.size === 0) index.delete(name);
    }
    this.#entries.delete(by);
    this.#nameless.delete(by);
    for (let up = 0; up <= mostUp && includes.length > 0; up++) {
      this.#enter(this.#byPlace, nameOfPlace({ folder: folderAbove(folderWithSlash(by), up), up }), by);
    }
    for (const include of includes) {
      const names = fileNames(include);
      if (names === undefined) {
        this.#nameless.add(by);
        continue;
      }
      for (const name of names) this.#enter(this.#byAnyName, name, by);
      const paths = relativePaths(include);
      for (const path of paths ?? []) {
        this.#enter(this.#byAddress, addressOf(path, by), by);
        if (include.isFromHere !== true) this.#enter(this.#byPath, path, by);
      }
      if (paths === undefined) for (const name of names) this.#enter(this.#byName, name, by);
    }
  }

  /**
   * Documents that may include one, through others, too, in the order of their addresses, itself among them; `mayBeRoot`: also when they
   * are processed. `beside`: the cells of the same notebook. `isSearched`: whether files are looked for where one lies, by their names.
   */
  possibleAncestors(
    uri: string,
    {
      beside,
      isSearched,
    }: { readonly beside: (uri: string) => readonly string[]; readonly isSearched: (uri: string) => boolean },
  ): readonly Ancestor[] {
    const found = new Map<string, boolean>();
    const climb = new Climb();
    climb.to(uri, undefined);
    for (const by of this.#nameless) climb.to(by, undefined);
    for (const { uri: one, place } of climb.steps) {
      found.set(one, liesAt(one, place) || found.get(one) === true);
      const [first] = beside(one);
      if (first !== undefined && climb.isFirst(`cells ${first}`, place)) climb.toAll(beside(one), place);
      const name = fileName(one);
      const byName = isSearched(one) ? this.#byAnyName : this.#byName;
      if (climb.isFirst(name, place)) climb.toAll(byName.get(name) ?? [], place);
      if (byName === this.#byName) this.#climbByPath(climb, one, place);
    }
    return [...found].map(([one, mayBeRoot]) => ({ uri: one, mayBeRoot })).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  /**
   * Paths begin at the folder of the document with the include, or at that of the document that is processed. Of the latter there may be
   * fewer than of the former, where many folders have the same layout: then those count instead.
   */
  #climbByPath(climb: Climb, uri: string, place: Place | undefined): void {
    climb.toAll(this.#byAddress.get(uri) ?? [], place);
    for (let slash = uri.lastIndexOf('/'); slash > 0; slash = uri.lastIndexOf('/', slash - 1)) {
      const folder = uri.slice(0, slash + 1);
      const path = uri.slice(slash + 1);
      for (let up = 0; up <= mostUp; up++) {
        const includers = this.#byPath.get('../'.repeat(up) + path);
        const from = includers && meet(place, { folder, up });
        if (includers === undefined || from === undefined) continue;
        const roots: ReadonlySet<string> = this.#byPlace.get(nameOfPlace(from)) ?? new Set();
        climb.toAll(includers.size <= roots.size ? includers : roots, from);
      }
    }
  }

  #enter(index: Map<string, Set<string>>, name: string, by: string): void {
    const includers = index.get(name);
    if (includers?.has(by) === true) return;
    if (includers === undefined) index.set(name, new Set([by]));
    else includers.add(by);
    const entries = this.#entries.get(by);
    if (entries === undefined) this.#entries.set(by, [[index, name]]);
    else entries.push([index, name]);
  }
}

/** Where a document lies: this many levels below a folder. */
interface Place {
  /** With a slash at the end. */
  readonly folder: string;
  readonly up: number;
}

/** Paths that begin with more `../` are looked up by the name of the file. */
const mostUp = 3;

const nameOfPlace = ({ folder, up }: Place): string => `${up} ${folder}`;

const liesAt = (uri: string, place: Place | undefined): boolean =>
  place === undefined || folderAbove(folderWithSlash(uri), place.up) === place.folder;

/** Where a document lies that lies at both; undefined where none can. */
function meet(a: Place | undefined, b: Place): Place | undefined {
  if (a === undefined) return b;
  const [outer, inner] = a.up >= b.up ? [a, b] : [b, a];
  return folderAbove(inner.folder, outer.up - inner.up) === outer.folder ? inner : undefined;
}

/** The folder so many levels above one, at most the topmost: so do paths end that lead higher. */
function folderAbove(folder: string, levels: number): string {
  const top = folder.indexOf('/', folder.indexOf('://') + 3);
  let end = folder.length - 1;
  for (let level = 0; level < levels && end > top; level++) end = folder.lastIndexOf('/', end - 1);
  return folder.slice(0, end + 1);
}

/** What a path means from the folder of a document. */
function addressOf(path: string, by: string): string {
  const up = levelsUp(path);
  return folderAbove(folderWithSlash(by), up) + path.slice(3 * up);
}

function levelsUp(path: string): number {
  let up = 0;
  while (path.startsWith('../', 3 * up)) up++;
  return up;
}

/** A document that may include another, and where the processed document has to lie for that; undefined: anywhere. */
interface Step {
  readonly uri: string;
  readonly place: Place | undefined;
}

/** The way upwards: each step once. */
class Climb {
  readonly steps: Step[] = [];
  readonly #seen = new Set<string>();

  to(uri: string, place: Place | undefined): void {
    if (this.steps.length < mostSteps && this.isFirst(`to ${uri}`, place)) this.steps.push({ uri, place });
  }

  toAll(uris: Iterable<string>, place: Place | undefined): void {
    for (const uri of uris) this.to(uri, place);
  }

  /** Whether this is said for the first time. */
  isFirst(what: string, place: Place | undefined): boolean {
    const mark = `${place === undefined ? '' : nameOfPlace(place)}\n${what}`;
    if (this.#seen.has(mark)) return false;
    this.#seen.add(mark);
    return true;
  }
}

/** Names that what an include means may have; undefined where it may have any. */
function fileNames(include: Include): readonly string[] | undefined {
  const { target, impliedExtensions } = include;
  // A file of metadata includes others in its turn.
  if (/[\\%]|^[a-z][a-z\d+.-]+:/i.test(target) || /\.ya?ml(?:\.local)?$/i.test(target)) return undefined;
  const name = nameIn(target);
  if (name === '' || name === '.' || name === '..' || projectFileOf(name) !== undefined) return undefined;
  return [name, ...impliedExtensions.map(extension => name + extension)];
}

/** The spellings of a path that goes straight down, or a few levels up and then down. */
function relativePaths({ target, impliedExtensions }: Include): readonly string[] | undefined {
  const path = target.startsWith('./') ? target.slice(2) : target;
  const up = levelsUp(path);
  const down = path.slice(3 * up);
  if (up > mostUp || !/^[\w-][\w./-]*$/.test(down) || /\.\.?\/|\/\//.test(down)) return undefined;
  return [path, ...impliedExtensions.map(extension => path + extension)];
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const fileName = (uri: string): string => nameIn(/[%?#]/.test(uri) ? pathOf(uri) : uri);

function folderWithSlash(uri: string): string {
  const folder = folderOf(uri);
  return folder.endsWith('/') ? folder : `${folder}/`;
}
