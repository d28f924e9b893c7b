import { projectFileOf } from '../languages/index.ts';
import type { Include } from '../languages/language.ts';
import { folderOf, pathOf } from './paths.ts';

/** One include, as seen from what it includes. */
interface Inclusion {
  readonly by: string;
  /** How the path may go on behind a folder; undefined where only following it tells. */
  readonly paths: readonly string[] | undefined;
}

/** A document that may include another, and the folder that the processed document has to lie in for that; undefined: any. */
interface Step {
  readonly uri: string;
  readonly folder: string | undefined;
}

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
  readonly #byName = new Map<string, Map<string, Inclusion[]>>();
  /** Those whose includes may mean files of any name. */
  readonly #anyName = new Set<string>();
  readonly #namesOf = new Map<string, ReadonlySet<string>>();

  /** From now on a document includes just these. */
  set(by: string, includes: readonly Include[]): void {
    for (const name of this.#namesOf.get(by) ?? []) {
      const inclusions = this.#byName.get(name);
      inclusions?.delete(by);
      if (inclusions?.size === 0) this.#byName.delete(name);
    }
    this.#namesOf.delete(by);
    this.#anyName.delete(by);
    const all = new Set<string>();
    for (const include of includes) {
      const names = fileNames(include);
      if (names === undefined) this.#anyName.add(by);
      else for (const name of names) this.#add(name, { by, paths: plainPaths(include) });
      for (const name of names ?? []) all.add(name);
    }
    if (all.size > 0) this.#namesOf.set(by, all);
  }

  /**
   * Documents that may include one, through others, too, in the order of their addresses, itself among them; `mayBeRoot`: also when they
   * are processed. `beside`: the cells of the same notebook. `hasPlaces`: files are looked for in further folders than those of documents.
   */
  possibleAncestors(
    uri: string,
    { beside, hasPlaces }: { readonly beside: (uri: string) => Iterable<string>; readonly hasPlaces: boolean },
  ): readonly Ancestor[] {
    const found = new Map([[uri, true]]);
    const seen = new Set<string>();
    const steps: Step[] = [{ uri, folder: undefined }];
    // What only these could include is found from every document, so once is enough.
    for (const by of this.#anyName) steps.push({ uri: by, folder: undefined });
    for (const step of steps) {
      const mark = `${step.folder ?? ''}\n${step.uri}`;
      if (seen.has(mark) || seen.size > mostSteps) continue;
      seen.add(mark);
      const mayBeRoot = step.folder === undefined || step.folder === folderWithSlash(step.uri);
      found.set(step.uri, mayBeRoot || found.get(step.uri) === true);
      for (const cell of beside(step.uri)) steps.push({ ...step, uri: cell });
      for (const inclusions of this.#byName.get(fileName(step.uri))?.values() ?? [])
        for (const inclusion of inclusions) steps.push(...stepsTo(inclusion, step, hasPlaces));
    }
    return [...found].map(([one, mayBeRoot]) => ({ uri: one, mayBeRoot })).sort((a, b) => (a.uri < b.uri ? -1 : 1));
  }

  #add(name: string, inclusion: Inclusion): void {
    let inclusions = this.#byName.get(name);
    if (inclusions === undefined) this.#byName.set(name, (inclusions = new Map<string, Inclusion[]>()));
    const known = inclusions.get(inclusion.by);
    if (known === undefined) inclusions.set(inclusion.by, [inclusion]);
    else known.push(inclusion);
  }
}

/** Paths begin at the folder of the document with the include, or at that of the document that is processed. */
function stepsTo({ by, paths }: Inclusion, { uri, folder }: Step, hasPlaces: boolean): Step[] {
  if (paths === undefined || hasPlaces) return [{ uri: by, folder }];
  return paths.flatMap(path => {
    if (!uri.endsWith(`/${path}`)) return [];
    const from = uri.slice(0, -path.length);
    if (from === folderWithSlash(by)) return [{ uri: by, folder }];
    return folder === undefined || folder === from ? [{ uri: by, folder: from }] : [];
  });
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
