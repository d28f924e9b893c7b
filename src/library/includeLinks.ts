import type { Include } from '../languages/language.ts';
import { folderOf, notebookOf } from './paths.ts';
import { declarationsOf, includeCandidates, projectFilesOf } from './scopeSource.ts';
import type { ScopeSource } from './scopeSource.ts';
import { filesByName, placeCandidates, placesOf } from './searchPlaces.ts';
import type { FilesByName, SearchPlace } from './searchPlaces.ts';

/** What a file includes directly. */
export interface Links {
  readonly found: readonly string[];
  /** Addresses of files that are not there; those of packages that TeX has are not among them. */
  readonly missing: readonly string[];
}

/** One include, and where it was looked for. */
interface Followed {
  readonly of: FollowedFile;
  readonly include: Include;
  readonly near: readonly string[];
  readonly far: readonly string[];
  /** What it means; undefined until somebody asks, and when that may have changed. */
  links: Links | undefined;
}

/** All includes of a file. */
interface FollowedFile {
  readonly includes: readonly Followed[];
  links: Links | undefined;
}

/** What each file includes, depending on the document that is processed; found when somebody asks, and known until it may have changed. */
export class IncludeLinks {
  readonly #source: ScopeSource;
  /** By the file with the includes, then by what of the processed document they depend on. */
  readonly #known = new Map<string, Map<string, FollowedFile>>();
  /** Includes whose meaning depends on whether there is a file of an address. */
  readonly #askers = new Map<string, Set<Followed>>();
  /** Files whose includes depend on macros of the processed document, not only on its folder and language. */
  readonly #withMacros = new Set<string>();
  readonly #kinds = new Map<string, string>();
  readonly #places = new Map<string, readonly SearchPlace[]>();
  readonly #cells = new Map<string, string[]>();
  #files: FilesByName | undefined;

  constructor(source: ScopeSource) {
    this.#source = source;
  }

  of(uri: string, root: string): Links {
    let byRoot = this.#known.get(uri);
    if (byRoot === undefined) this.#known.set(uri, (byRoot = new Map<string, FollowedFile>()));
    let file = byRoot.get(this.#withMacros.has(uri) ? root : this.#kindOf(root));
    if (file === undefined) {
      file = this.#follow(uri, root);
      if (file.includes.some(({ include }) => include.hasMacros === true)) this.#withMacros.add(uri);
      byRoot.set(this.#withMacros.has(uri) ? root : this.#kindOf(root), file);
    }
    return (file.links ??= this.#linksOf(uri, file));
  }

  #kindOf(root: string): string {
    let kind = this.#kinds.get(root);
    if (kind === undefined)
      this.#kinds.set(root, (kind = `${this.#source.document(root)?.language.id ?? ''} ${folderOf(root)}`));
    return kind;
  }

  /** The cells of the same notebook, which are one manuscript, in the order of their addresses. */
  cellsBeside(uri: string): readonly string[] {
    const notebook = notebookOf(uri);
    return notebook === undefined ? [] : (this.#cells.get(notebook) ?? []);
  }

  /** Forgets everything that followed from a file not being there, or being there. Whether that was anything. */
  cameOrWent(uri: string): boolean {
    this.forget(uri);
    this.#kinds.delete(uri);
    const isCell = this.#countCell(uri);
    // Names were looked up among all files.
    if (this.#files !== undefined) return this.forgetAll();
    const askers = this.#askers.get(uri) ?? new Set();
    for (const asker of askers) {
      asker.links = undefined;
      asker.of.links = undefined;
    }
    return isCell || askers.size > 0;
  }

  /** Forgets what a file includes. Whether somebody had asked for it. */
  forget(uri: string): boolean {
    for (const file of this.#known.get(uri)?.values() ?? []) this.#stopAsking(file);
    this.#withMacros.delete(uri);
    return this.#known.delete(uri);
  }

  /** Forgets what followed from what macros stand for in a document that is processed. */
  forgetRoot(root: string): void {
    for (const uri of this.#withMacros) {
      const byRoot = this.#known.get(uri);
      const file = byRoot?.get(root);
      if (file !== undefined) this.#stopAsking(file);
      byRoot?.delete(root);
    }
  }

  forgetAll(): true {
    this.#known.clear();
    this.#withMacros.clear();
    this.#kinds.clear();
    this.#askers.clear();
    this.#places.clear();
    this.#files = undefined;
    return true;
  }

  #countCell(uri: string): boolean {
    const notebook = notebookOf(uri);
    if (notebook === undefined) return false;
    const before = this.#cells.get(notebook) ?? [];
    const others = before.filter(cell => cell !== uri);
    const isThere = this.#source.document(uri) !== undefined;
    this.#cells.set(notebook, isThere ? [...others, uri].sort((a, b) => (a < b ? -1 : 1)) : others);
    for (const cell of before) this.forget(cell);
    return true;
  }

  #follow(uri: string, root: string): FollowedFile {
    const bodyOf = (name: string): string | undefined => this.#source.document(root)?.scanned.macros?.get(name);
    const includes: Followed[] = [];
    const file: FollowedFile = { includes, links: undefined };
    for (const include of declarationsOf(this.#source, uri)?.includes ?? []) {
      const { target, impliedExtensions } = include;
      const near = includeCandidates(include, uri, root, bodyOf);
      const far = this.#placesFor(root).flatMap(place => placeCandidates(target, impliedExtensions, place));
      const followed: Followed = { of: file, include, near, far, links: undefined };
      for (const address of near) this.#ask(address, followed);
      for (const address of far) this.#ask(address, followed);
      includes.push(followed);
    }
    return file;
  }

  #ask(address: string, asker: Followed): void {
    const askers = this.#askers.get(address);
    if (askers === undefined) this.#askers.set(address, new Set([asker]));
    else askers.add(asker);
  }

  #stopAsking({ includes }: FollowedFile): void {
    for (const followed of includes) {
      for (const address of [...followed.near, ...followed.far]) {
        const askers = this.#askers.get(address);
        askers?.delete(followed);
        if (askers?.size === 0) this.#askers.delete(address);
      }
    }
  }

  #linksOf(uri: string, { includes }: FollowedFile): Links {
    const found = [...this.cellsBeside(uri)];
    const missing: string[] = [];
    for (const followed of includes) {
      followed.links ??= this.#meaning(followed);
      for (const address of followed.links.found) found.push(address);
      for (const address of followed.links.missing) missing.push(address);
    }
    return { found, missing };
  }

  #meaning({ include, near, far }: Followed): Links {
    const isThere = (address: string): boolean => this.#source.has(address);
    const found = near.find(isThere) ?? far.find(isThere);
    if (found !== undefined) return { found: [found], missing: [] };
    return { found: [], missing: [...(isInstalledPackage(include) ? [] : near), ...far] };
  }

  /** Where else the includes of a manuscript are looked for. */
  #placesFor(root: string): readonly SearchPlace[] {
    const source = this.#source;
    let found = this.#places.get(root);
    if (found === undefined) {
      const own = projectFilesOf(source, root).flatMap(by =>
        placesOf(source.metadata(by)?.searchFolders ?? [], 'documents', { by, root, home: undefined }, () => {
          this.#files ??= filesByName(source.documentUris());
          return this.#files;
        }),
      );
      found = [...own, ...(source.documentPlaces ?? [])];
      this.#places.set(root, found);
    }
    return found;
  }
}

/** A package named without a folder mostly comes with TeX. */
const isInstalledPackage = ({ target, impliedExtensions }: Include): boolean =>
  !target.includes('/') && impliedExtensions.some(extension => /^\.(?:sty|cls|cbx)$/.test(extension));
