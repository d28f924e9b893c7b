import type { Include } from '../languages/language.ts';
import { notebookOf } from './paths.ts';
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

/** What each file includes, depending on the document that is processed; found when somebody asks, and known until it may have changed. */
export class IncludeLinks {
  readonly #source: ScopeSource;
  /** By the file with the includes, then by the document that is processed. */
  readonly #known = new Map<string, Map<string, Links>>();
  /** Files whose includes depend on whether there is a file of an address. */
  readonly #askers = new Map<string, Set<string>>();
  readonly #places = new Map<string, readonly SearchPlace[]>();
  readonly #cells = new Map<string, string[]>();
  #files: FilesByName | undefined;

  constructor(source: ScopeSource) {
    this.#source = source;
  }

  of(uri: string, root: string): Links {
    let byRoot = this.#known.get(uri);
    if (byRoot === undefined) this.#known.set(uri, (byRoot = new Map<string, Links>()));
    let links = byRoot.get(root);
    if (links === undefined) byRoot.set(root, (links = this.#follow(uri, root)));
    return links;
  }

  /** The cells of the same notebook, which are one manuscript, in the order of their addresses. */
  cellsBeside(uri: string): readonly string[] {
    const notebook = notebookOf(uri);
    return notebook === undefined ? [] : (this.#cells.get(notebook) ?? []);
  }

  /** Forgets everything that followed from a file not being there, or being there. Whether that was anything. */
  cameOrWent(uri: string): boolean {
    const isCell = this.#countCell(uri);
    // Names were looked up among all files.
    if (this.#files !== undefined) return this.forgetAll();
    const askers = this.#askers.get(uri) ?? new Set();
    this.#askers.delete(uri);
    for (const asker of askers) this.#known.delete(asker);
    return isCell || askers.size > 0;
  }

  /** Forgets what a file includes. Whether somebody had asked for it. */
  forget(uri: string): boolean {
    return this.#known.delete(uri);
  }

  /** Forgets what followed from what macros stand for in a document that is processed. */
  forgetRoot(root: string): void {
    for (const byRoot of this.#known.values()) byRoot.delete(root);
  }

  forgetAll(): true {
    this.#known.clear();
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
    for (const cell of before) this.#known.delete(cell);
    return true;
  }

  #follow(uri: string, root: string): Links {
    const source = this.#source;
    const found = [...this.cellsBeside(uri)];
    const missing: string[] = [];
    const bodyOf = (name: string): string | undefined => source.document(root)?.scanned.macros?.get(name);
    const isThere = (address: string): boolean => {
      const askers = this.#askers.get(address);
      if (askers === undefined) this.#askers.set(address, new Set([uri]));
      else askers.add(uri);
      return source.has(address);
    };
    for (const include of declarationsOf(source, uri)?.includes ?? []) {
      const near = includeCandidates(include, uri, root, bodyOf);
      const there = near.find(isThere);
      if (there !== undefined) {
        found.push(there);
        continue;
      }
      const far = this.placesFor(root).flatMap(place =>
        placeCandidates(include.target, include.impliedExtensions, place),
      );
      const place = far.find(isThere);
      if (place !== undefined) found.push(place);
      else missing.push(...(isInstalledPackage(include) ? [] : near), ...far);
    }
    return { found, missing };
  }

  /** Where else the includes of a manuscript are looked for. */
  placesFor(root: string): readonly SearchPlace[] {
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
