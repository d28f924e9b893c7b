import { URI, Utils } from 'vscode-uri';

/** From where a path written in a document is followed. */
export interface PathBase {
  /** Addresses of folders, the likeliest first. */
  readonly folders: readonly string[];
  /** Folders that a leading `/` means first (Quarto, Typst), the likeliest first. */
  readonly projectRoots?: readonly string[];
  /** Address of the user's folder, for `~/`. */
  readonly home?: string | undefined;
}

/** Canonical addresses that a path may mean, the likeliest first: as written, then with each of the extensions. */
export function pathCandidates(target: string, extensions: readonly string[], base: PathBase): string[] {
  // No address can hold half of a pair of surrogates.
  if (!isWellFormed(target)) return [];
  // A document that was never saved lies in no folder.
  const folders = base.folders.filter(folder => folder.includes('://'));
  const from = { ...base, folders };
  const spellings = [target, ...extensions.filter(one => !target.toLowerCase().endsWith(one)).map(one => target + one)];
  const found = new Set<string>();
  const add = (address: string | undefined): void => {
    if (address !== undefined && isAtHand(address, folders)) found.add(address);
  };
  for (const spelling of spellings) for (const address of follow(spelling, from)) add(address);
  // Some write paths as they stand in addresses: `my%20refs.bib`.
  if (target.includes('%')) {
    for (const spelling of spellings) {
      const decoded = decode(spelling);
      if (decoded !== undefined && decoded !== spelling) for (const address of follow(decoded, from)) add(address);
    }
  }
  return [...found];
}

/** Whether a file lies on this machine or where the workspace lies: to look for one on a foreign share would tell it who is here. */
const isAtHand = (address: string, folders: readonly string[]): boolean =>
  !/^file:\/\/[^/]/.test(address) || folders.some(folder => hostOf(folder) === hostOf(address));

const hostOf = (address: string): string | undefined => /^file:\/\/([^/]*)/.exec(address)?.[1];

const isWellFormed = (text: string): boolean => !/\p{Surrogate}/u.test(text);

/** The notebook that a cell belongs to; undefined for what is no cell. Its fragment ends with the scheme of the notebook in Base64. */
export function notebookOf(uri: string): string | undefined {
  if (!uri.startsWith('vscode-notebook-cell:')) return undefined;
  const cell = URI.parse(uri);
  const scheme = /s([\w-]{1,40})=*$/.exec(cell.fragment)?.[1];
  if (scheme === undefined) return undefined;
  try {
    return cell.with({ scheme: atob(scheme.replaceAll('-', '+').replaceAll('_', '/')), fragment: '' }).toString();
  } catch {
    return undefined;
  }
}

/** The folder that a file or folder, or the notebook of a cell, lies in. */
export function folderOf(address: string): string {
  const uri = notebookOf(address) ?? address;
  const slash = uri.lastIndexOf('/');
  // `file:///a` lies in the root, which keeps its slash.
  return slash > uri.indexOf('://') + 2 && uri[slash - 1] !== '/' ? uri.slice(0, slash) : uri.slice(0, slash + 1);
}

/** The folder of a file and those above it, as far as `top` where that is one of them; the topmost comes first. */
export function foldersDownTo(address: string, top?: string): string[] {
  const folders: string[] = [];
  for (
    let folder = folderOf(address);
    isBelowAuthority(folder) && folder !== folders.at(-1);
    folder = folderOf(folder)
  ) {
    folders.push(folder);
    if (folder === top) break;
  }
  return folders.reverse();
}

/** Whether an address has a path behind its `scheme://authority`. */
const isBelowAuthority = (address: string): boolean => {
  const colon = address.indexOf('://');
  return colon > 0 && address.includes('/', colon + 3);
};

/** The name of a file without its extension, unescaped. */
export function nameWithoutExtension(uri: string): string {
  const path = pathOf(uri);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Whether a file, or the notebook of a cell, lies in a folder or below it. */
export const liesIn = (uri: string, folder: string): boolean =>
  (notebookOf(uri) ?? uri).startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** The path of an address, unescaped. */
export const pathOf = (uri: string): string => URI.parse(uri).path;

function follow(path: string, base: PathBase): (string | undefined)[] {
  // Most paths are this plain, and joining text is many times faster than parsing addresses.
  if (/^[\w-][\w./-]*$/.test(path) && !/\.\.?\/|\/\//.test(path)) return base.folders.map(folder => join(folder, path));
  const slashed = path.replaceAll('\\', '/');
  if (/^[a-z][a-z\d+.-]+:\//i.test(slashed)) return [parse(slashed)];
  if (/^[a-z]:\//i.test(slashed)) return [absolute(base, '', `/${slashed}`)];
  if (slashed.startsWith('//')) {
    // A share of the network: `\\server\share\refs.bib`.
    const slash = slashed.indexOf('/', 2);
    return slash < 0 ? [] : [absolute(base, slashed.slice(2, slash), slashed.slice(slash))];
  }
  if (slashed.startsWith('/')) {
    const inProject = (base.projectRoots ?? []).map(root => resolve(root, slashed.slice(1)));
    return [...inProject, absolute(base, undefined, slashed)];
  }
  if (slashed.startsWith('~/') && base.home !== undefined) return [resolve(base.home, slashed.slice(2))];
  return base.folders.map(folder => resolve(folder, slashed));
}

const join = (folder: string, path: string): string => (folder.endsWith('/') ? folder + path : `${folder}/${path}`);

const resolve = (folder: string, path: string): string => Utils.resolvePath(URI.parse(folder), path).toString();

/** An absolute path on the machine of the first folder; another authority for a path on a network share. */
function absolute({ folders }: PathBase, authority: string | undefined, path: string): string | undefined {
  const folder = URI.parse(folders[0] ?? 'file:///');
  const place = folder.with({ path: '/', ...(authority !== undefined && folder.scheme === 'file' && { authority }) });
  return Utils.resolvePath(place, path).toString();
}

/** A path that no address can have (`file:////x`) leads nowhere. */
function parse(address: string): string | undefined {
  try {
    return URI.parse(address).toString();
  } catch {
    return undefined;
  }
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

/** How a document in a folder writes the path to a file; with the whole address where they lie on different machines. */
export function relativePath(folder: string, address: string): string {
  const [from, to] = [URI.parse(folder), URI.parse(address)];
  if (from.scheme !== to.scheme || from.authority !== to.authority) return address;
  const [down, up] = [to.path.split('/'), from.path.replace(/\/$/, '').split('/')];
  let same = 0;
  while (same < up.length && up[same] === down[same]) same++;
  // From one drive of Windows to another no way leads.
  if (same < 2 && /^[a-z]:$/i.test(down[1] ?? '')) return to.path.slice(1);
  return [...up.slice(same).map(() => '..'), ...down.slice(same)].join('/');
}

/**
 * Whether a path matches a pattern of `*`, `?`, `[a-z]` and `[!a]`, none of which matches a `/`, and of `**` for any number of folders. After
 * a mismatch only the last `*` of a part, and the last `**`, is tried again, so the cost is at most the square of both lengths.
 */
export function matchesPattern(path: string, pattern: string): boolean {
  const parts = path.split('/');
  const patterns = pattern.split('/');
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < parts.length) {
    if (patterns[next] === '**') {
      star = next++;
      starAt = at;
    } else if (next < patterns.length && matchesPart(parts[at] ?? '', patterns[next] ?? '')) {
      at++;
      next++;
    } else if (star >= 0) {
      next = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (patterns[next] === '**') next++;
  return next === patterns.length;
}

function matchesPart(name: string, pattern: string): boolean {
  let at = 0;
  let next = 0;
  let star = -1;
  let starAt = 0;
  while (at < name.length) {
    const step = pattern[next] === '*' ? 0 : matchLength(name[at] ?? '', pattern, next);
    if (pattern[next] === '*') {
      star = next++;
      starAt = at;
    } else if (step > 0) {
      at++;
      next += step;
    } else if (star >= 0) {
      next = star + 1;
      at = ++starAt;
    } else return false;
  }
  while (pattern[next] === '*') next++;
  return next === pattern.length;
}

/** Length of the part of a pattern at `next` that stands for a character, 0 if it does not. */
function matchLength(char: string, pattern: string, next: number): number {
  if (pattern[next] === '?') return 1;
  const close = pattern[next] === '[' ? pattern.indexOf(']', next + 2) : -1;
  if (close > 0) return isInClass(char, pattern.slice(next + 1, close)) ? close + 1 - next : 0;
  return pattern[next] === char ? 1 : 0;
}

/** Whether a character is one of `abc`, in a range like `a-z`, or, behind a `!` or `^`, none of these. */
function isInClass(char: string, members: string): boolean {
  const isNegated = members.length > 1 && /^[!^]/.test(members);
  let isMember = false;
  for (let at = isNegated ? 1 : 0; at < members.length; at++) {
    const first = members[at] ?? '';
    const isRange = members[at + 1] === '-' && at + 2 < members.length;
    if (isRange) at += 2;
    if (first <= char && char <= (isRange ? (members[at] ?? '') : first)) isMember = true;
  }
  return isMember !== isNegated;
}
