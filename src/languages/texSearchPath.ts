import type { SearchFolder } from './language.ts';

/**
 * The folders of a search path as TeX programs read one from the environment (kpathsea manual, "Path specifications"): parts between
 * `:`, on Windows `;`; an empty part stands for what is usual; a trailing `//` takes in all folders below.
 */
export function readSearchPath(path: string): Pick<SearchFolder, 'path' | 'isTree'>[] {
  return path
    .slice(0, longestSearchPath)
    .split(/;|(?<!(?:^|[;:])!{0,2}[A-Za-z]):(?!\/\/)|(?<=(?:^|[;:])[A-Za-z]):(?![\\/])/)
    .map(part => part.trim().replace(/^!!/, '').replaceAll('\\', '/'))
    .filter(part => part !== '' && !/[$%{}*]/.test(part))
    .map(part => {
      const tree = part.indexOf('//', 1);
      return { path: (tree < 0 ? part : part.slice(0, tree)).replace(/(?<=[^/])\/$/, ''), isTree: tree >= 0 };
    });
}

const longestSearchPath = 10_000;
