import { projectFileOf } from '../languages/index.ts';
import type { Include, SearchFolder } from '../languages/language.ts';
import { IncludeLinks } from './includeLinks.ts';
import { Includers } from './includers.ts';
import { liesIn, notebookOf } from './paths.ts';
import { projectRoots } from './scopeSource.ts';
import type { ScopeSource } from './scopeSource.ts';

/** Documents of whose trees a document can be part; one that so many include is a template, and the first of them speak for all. */
const mostRoots = 50;

/**
 * Which documents belong together. Told of every file that came, went or changed, it forgets what that may have changed, and finds what
 * is asked for, but nothing more: a file that comes costs its own includes, not those of all others.
 */
export class IncludeGraph {
  readonly #source: ScopeSource;
  readonly #links: IncludeLinks;
  readonly #includers = new Includers();
  readonly #known = new Map<string, KnownFile>();
  readonly #trees = new Map<string, ReadonlySet<string>>();
  readonly #roots = new Map<string, readonly string[]>();
  /** Documents whose includes depend on macros. */
  readonly #withMacros = new Set<string>();
  /** Names of the folders in which project files say that files are looked for; undefined: of any. */
  readonly #searched = new Map<string, readonly (string | undefined)[]>();

  constructor(source: ScopeSource) {
    this.#source = source;
    this.#links = new IncludeLinks(source);
  }

  /** The documents in whose trees a document stands, itself among them when it stands alone; never empty. */
  rootsOf(uri: string): readonly string[] {
    let roots = this.#roots.get(uri);
    if (roots === undefined) this.#roots.set(uri, (roots = this.#findRoots(uri)));
    return roots;
  }

  /** A document and all that it includes, in the order of the inclusion. `root` is the document that is processed. */
  treeOf(uri: string, root: string): ReadonlySet<string> {
    const name = `${root}\n${uri}`;
    let tree = this.#trees.get(name);
    if (tree === undefined) {
      const parts = new Set([uri]);
      for (const part of parts) for (const link of this.#links.of(part, root).found) parts.add(link);
      this.#trees.set(name, (tree = parts));
    }
    return tree;
  }

  /** Addresses of files that a document includes and that are not there; those of packages that TeX has are not among them. */
  missingIn(uri: string, root: string): readonly string[] {
    return this.#links.of(uri, root).missing;
  }

  /** A file came, went or has another text. */
  changed(uri: string): void {
    const before = this.#known.get(uri);
    const now = knownFile(this.#source, uri);
    if (now === undefined) this.#known.delete(uri);
    else this.#known.set(uri, now);
    let isOther = false;
    if (isProjectFile(uri)) {
      const folders = (this.#source.metadata(uri)?.searchFolders ?? []).filter(({ holds }) => holds === 'documents');
      if (folders.length > 0) this.#searched.set(uri, folders.map(folderName));
      else this.#searched.delete(uri);
      isOther = this.#links.forgetAll();
    } else if (before?.language !== now?.language) {
      isOther = this.#links.cameOrWent(uri);
      this.#roots.clear();
    } else if (now?.language === '') isOther = this.#links.forget(uri);
    if (!sameIncludes(before?.includes, now?.includes)) {
      this.#includers.set(uri, now?.includes ?? []);
      if (now?.includes?.some(({ hasMacros }) => hasMacros === true) === true) this.#withMacros.add(uri);
      else this.#withMacros.delete(uri);
      this.#links.forget(uri);
      isOther = true;
    }
    if (before?.standalone !== now?.standalone) this.#roots.clear();
    if (this.#withMacros.size > 0 && !sameMacros(before?.macros, now?.macros)) {
      this.#links.forgetRoot(uri);
      isOther = true;
    }
    if (isOther) this.#forgetTrees();
  }

  /** Files may be found elsewhere now. */
  placesChanged(): void {
    this.#links.forgetAll();
    this.#forgetTrees();
  }

  #forgetTrees(): void {
    this.#trees.clear();
    this.#roots.clear();
  }

  #findRoots(uri: string): readonly string[] {
    const names = new Set([...this.#searched.values()].flat());
    const places = this.#source.documentPlaces ?? [];
    const ancestors = this.#includers.possibleAncestors(uri, {
      beside: cell => this.#links.cellsBeside(cell),
      isSearched: one =>
        [...names].some(name => name === undefined || one.includes(`/${name}/`)) ||
        places.some(({ folder }) => liesIn(one, folder)),
    });
    const includes = (root: string): boolean => this.treeOf(root, root).has(uri);
    const standalone = ancestors.filter(one => one.mayBeRoot && this.#isRoot(one.uri)).map(one => one.uri);
    const reaching = firstOf(standalone, includes);
    if (reaching.length > 0) return reaching;
    const named = projectRoots(this.#source, uri);
    if (named.length > 0) return named;
    const parts = ancestors
      .map(one => one.uri)
      .filter(one => this.#source.document(one) !== undefined && !this.#isRoot(one));
    for (const part of parts) {
      const roots = projectRoots(this.#source, part);
      if (roots.some(includes)) return roots;
    }
    return this.#orphanRoots(uri, parts, standalone);
  }

  /** A chapter that no document reaches may still stand above its own sections. */
  #orphanRoots(uri: string, parts: readonly string[], standalone: readonly string[]): readonly string[] {
    const reached = new Set(standalone.flatMap(root => [...this.treeOf(root, root)]));
    const orphans = parts.filter(part => !reached.has(part) && projectRoots(this.#source, part).length === 0);
    const included = new Set(orphans.flatMap(part => this.#links.of(part, part).found));
    const above = firstOf(
      orphans.filter(part => !included.has(part)),
      root => this.treeOf(root, root).has(uri),
    );
    if (above.length > 0) return above;
    // They include each other.
    const grown: string[] = [];
    const below = new Set<string>();
    for (const root of orphans) {
      if (below.has(root) || grown.length >= mostRoots) continue;
      const tree = this.treeOf(root, root);
      if (!tree.has(uri)) continue;
      grown.push(root);
      for (const part of tree) below.add(part);
    }
    return grown.length === 0 ? [uri] : grown;
  }

  /** Whether a document is processed by itself; of the cells of a notebook the first stands for all. */
  #isRoot(uri: string): boolean {
    if (notebookOf(uri) !== undefined) return this.#links.cellsBeside(uri)[0] === uri;
    return this.#source.document(uri)?.scanned.standalone === true;
  }
}

/** The graph of files of which none changes any more. */
export function includeGraph(source: ScopeSource): IncludeGraph {
  const graph = new IncludeGraph(source);
  for (const uri of source.documentUris()) graph.changed(uri);
  return graph;
}

/** What of a file decides which documents belong together. */
interface KnownFile {
  /** The language of a document; empty for another file. */
  readonly language: string;
  readonly standalone?: boolean;
  readonly includes?: readonly Include[];
  readonly macros?: ReadonlyMap<string, string> | undefined;
}

function knownFile(source: ScopeSource, uri: string): KnownFile | undefined {
  const document = source.document(uri);
  if (document === undefined) return source.has(uri) ? { language: '' } : undefined;
  const { standalone, includes, macros } = document.scanned;
  return { language: document.language.id, standalone, includes, macros };
}

const sameIncludes = (a: readonly Include[] = [], b: readonly Include[] = []): boolean =>
  a.length === b.length &&
  a.every(({ target, impliedExtensions, isFromHere }, index) => {
    const other = b[index];
    return (
      target === other?.target &&
      isFromHere === other.isFromHere &&
      String(impliedExtensions) === String(other.impliedExtensions)
    );
  });

function sameMacros(a: ReadonlyMap<string, string> = new Map(), b: ReadonlyMap<string, string> = new Map()): boolean {
  if (a.size !== b.size) return false;
  for (const [name, body] of a) if (b.get(name) !== body) return false;
  return true;
}

/** The name of a folder as it stands in addresses; undefined where the path does not tell it. */
function folderName({ path }: SearchFolder): string | undefined {
  const name = path.split('/').findLast(part => part !== '');
  return name === undefined || /^\.\.?$|[^\w.-]/.test(name) ? undefined : name;
}

const isProjectFile = (uri: string): boolean => projectFileOf(uri) !== undefined;

function firstOf(uris: readonly string[], isWanted: (uri: string) => boolean): string[] {
  const found: string[] = [];
  for (const uri of uris) {
    if (found.length >= mostRoots) break;
    if (isWanted(uri)) found.push(uri);
  }
  return found;
}
