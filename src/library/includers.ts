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
 * Which documents may include a file, by its name: kept up to date document by document, so that nobody has to follow all includes of all
 * documents to find those of one. Errs only by naming too many.
 */
export class Includers {
  /** By a path that goes straight down from a folder, and by the address that it means from that of the document. */
  readonly #byPath = new Map<string, Set<string>>();
  readonly #byAddress = new Map<string, Set<string>>();
  /** By a file name where the path is another; for paths straight down, too, in the second. */
  readonly #byName = new Map<string, Set<string>>();
  readonly #byAnyName = new Map<string, Set<string>>();
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
    for (const include of includes) {
      const names = fileNames(include);
      if (names === undefined) {
        this.#nameless.add(by);
        continue;
      }
      const paths = plainPaths(include);
      for (const path of paths ?? []) {
        this.#enter(this.#byPath, path, by);
        this.#enter(this.#byAddress, folderWithSlash(by) + path, by);
      }
      for (const name of names) this.#enter(this.#byAnyName, name, by);
      if (paths === undefined) for (const name of names) this.#enter(this.#byName, name, by);
    }
  }

  /**
   * Documents that may include one, through others, too, in the order of their addresses, itself among them; `mayBeRoot`: also when they
   * are processed. `beside`: the cells of the same notebook. `hasPlaces`: files are looked for in further folders than those of documents.
   */
  possibleAncestors(
    uri: string,
    { beside, hasPlaces }: { readonly beside: (uri: string) => readonly string[]; readonly hasPlaces: boolean },
  ): readonly Ancestor[] {
    const found = new Map<string, boolean>();
    const climb = new Climb();
    climb.to(uri, undefined);
    for (const by of this.#nameless) climb.to(by, undefined);
    const byName = hasPlaces ? this.#byAnyName : this.#byName;
    for (const { uri: one, folder } of climb.steps) {
      const mayBeRoot = folder === undefined || folder === folderWithSlash(one);
      found.set(one, mayBeRoot || found.get(one) === true);
      const [first] = beside(one);
      if (first !== undefined && climb.isFirst(`cells ${first}`, folder)) climb.toAll(beside(one), folder);
      const name = fileName(one);
      if (climb.isFirst(name, folder)) climb.toAll(byName.get(name) ?? [], folder);
      if (!hasPlaces) this.#climbByPath(climb, one, folder);
    }
    return [...found].map(([one, mayBeRoot]) => ({ uri: one, mayBeRoot })).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  /** Paths begin at the folder of the document with the include, or at that of the document that is processed. */
  #climbByPath(climb: Climb, uri: string, folder: string | undefined): void {
    climb.toAll(this.#byAddress.get(uri) ?? [], folder);
    for (let slash = uri.lastIndexOf('/'); slash > 0; slash = uri.lastIndexOf('/', slash - 1)) {
      const from = uri.slice(0, slash + 1);
      if (folder === undefined || folder === from) climb.toAll(this.#byPath.get(uri.slice(slash + 1)) ?? [], from);
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

/** A document that may include another, and the folder that the processed document has to lie in for that; undefined: any. */
interface Step {
  readonly uri: string;
  readonly folder: string | undefined;
}

/** The way upwards: each step once. */
class Climb {
  readonly steps: Step[] = [];
  readonly #seen = new Set<string>();

  to(uri: string, folder: string | undefined): void {
    if (this.steps.length < mostSteps && this.isFirst(`to ${uri}`, folder)) this.steps.push({ uri, folder });
  }

  toAll(uris: Iterable<string>, folder: string | undefined): void {
    for (const uri of uris) this.to(uri, folder);
  }

  /** Whether this is said for the first time. */
  isFirst(what: string, folder: string | undefined): boolean {
    const mark = `${folder ?? ''}\n${what}`;
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

/** The spellings of a path that goes straight down. */
function plainPaths({ target, impliedExtensions }: Include): readonly string[] | undefined {
  if (!/^[\w-][\w./-]*$/.test(target) || /\.\.?\/|\/\//.test(target)) return undefined;
  return [target, ...impliedExtensions.map(extension => target + extension)];
}

const nameIn = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const fileName = (uri: string): string => nameIn(/[%?#]/.test(uri) ? pathOf(uri) : uri);

function folderWithSlash(uri: string): string {
  const folder = folderOf(uri);
  return folder.endsWith('/') ? folder : `${folder}/`;
}
