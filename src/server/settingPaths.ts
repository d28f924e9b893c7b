import { URI, Utils } from 'vscode-uri';

/** The addresses that the paths in a setting mean: absolute, from the home folder (`~`), or from each folder of the workspace. */
export function addressesOfPaths(
  paths: readonly string[],
  folders: readonly string[],
  home: string | undefined,
): string[] {
  return paths.flatMap(path => {
    // Nobody reads the network unasked.
    if (/^(?:https?|ftp):\/\//i.test(path)) return [];
    if (/^[a-z][a-z\d+.-]+:\/\//i.test(path)) return [URI.parse(path).toString()];
    const plain = path.replaceAll('\\', '/');
    if (plain.startsWith('~/'))
      return home === undefined ? [] : [Utils.joinPath(URI.parse(home), plain.slice(2)).toString()];
    const isAbsolute = plain.startsWith('/') || /^[a-z]:\//i.test(plain);
    if (!isAbsolute) return folders.map(folder => Utils.joinPath(URI.parse(folder), plain).toString());
    // An absolute path is one on the machine that the workspace is on.
    const [first] = folders;
    const { scheme, authority } = first === undefined ? { scheme: 'file', authority: '' } : URI.parse(first);
    if (scheme === 'file') return [URI.file(plain).toString()];
    return [URI.from({ scheme, authority, path: plain.startsWith('/') ? plain : `/${plain}` }).toString()];
  });
}
