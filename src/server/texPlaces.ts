import { URI, Utils } from 'vscode-uri';
import type { Logger } from '../base/logger.ts';
import { readSearchPath } from '../languages/texSearchPath.ts';
import { filesByName } from '../library/searchPlaces.ts';
import type { SearchPlace, TexPlaces } from '../library/searchPlaces.ts';
import type { Host, TexEnvironment } from './host.ts';

/** Where TeX looks for files on this machine, besides the folders of a document. */
export interface TexFolders {
  /** As found by the last look; nothing before the first. */
  readonly places: TexPlaces;
  /** Looks anew, unless that was just done. */
  look(): Promise<void>;
}

const NOWHERE: TexPlaces = { bibliographies: [], documents: [] };
/** Milliseconds for which a look holds. */
const PACE = 60_000;

/** `changed` is called after a look that found something. */
export function createTexFolders(
  { tex, home }: Pick<Host, 'tex' | 'home'>,
  folders: readonly string[],
  logger: Logger,
  changed: (places: TexPlaces) => void,
): TexFolders {
  let places = NOWHERE;
  let lookedAt = -PACE;
  return {
    get places() {
      return places;
    },
    look: async () => {
      if (tex === undefined || performance.now() - lookedAt < PACE) return;
      lookedAt = performance.now();
      try {
        const found = await placesOf(tex, home, folders);
        if (sameFiles(found, places)) return;
        places = found;
        changed(places);
      } catch (error) {
        logger.error('Looking for the folders of TeX failed', error);
      }
    },
  };
}

async function placesOf(tex: TexEnvironment, home: string | undefined, folders: readonly string[]): Promise<TexPlaces> {
  const trees = treesOf(tex, home);
  const items = (variable: string, below: string): { folder: string; isTree: boolean }[] => [
    ...readSearchPath(tex.variable(variable) ?? '').flatMap(({ path, isTree }) =>
      addressesOf(path, home, folders).map(folder => ({ folder, isTree })),
    ),
    ...trees.map(tree => ({ folder: `${tree}/${below}`, isTree: true })),
  ];
  const list = async (wanted: ReturnType<typeof items>, extensions: readonly string[]): Promise<SearchPlace[]> => {
    const found: SearchPlace[] = [];
    for (const { folder, isTree } of wanted) {
      const files = await tex.filesIn(folder, { extensions, isTree });
      if (files.length > 0) found.push({ folder, below: filesByName(files) });
    }
    return found;
  };
  return {
    bibliographies: await list(items('BIBINPUTS', 'bibtex/bib'), ['.bib', '.bibtex', '.biblatex']),
    documents: await list(items('TEXINPUTS', 'tex'), ['.sty', '.cls', '.cbx', '.tex']),
  };
}

/** Trees of the user's own: that of the distribution holds nothing that a manuscript cites from. */
function treesOf(tex: TexEnvironment, home: string | undefined): string[] {
  const own = tex.variable('TEXMFHOME');
  const usual = tex.isMac ? '~/Library/texmf' : '~/texmf';
  const paths = [...readSearchPath(own ?? usual), ...readSearchPath(tex.variable('TEXMFLOCAL') ?? '')];
  return paths.flatMap(({ path }) => addressesOf(path, home, []));
}

/** A relative path begins at each folder of the workspace; `.` is looked through anyway. */
function addressesOf(path: string, home: string | undefined, folders: readonly string[]): string[] {
  if (path === '.') return [];
  if (path.startsWith('~/'))
    return home === undefined ? [] : [Utils.joinPath(URI.parse(home), path.slice(2)).toString()];
  if (path.startsWith('/') || /^[a-z]:\//i.test(path)) return [URI.file(path).toString()];
  return folders
    .filter(folder => folder.startsWith('file:'))
    .map(folder => Utils.resolvePath(URI.parse(folder), path).toString());
}

const sameFiles = (a: TexPlaces, b: TexPlaces): boolean => picture(a) === picture(b);

const picture = ({ bibliographies, documents }: TexPlaces): string =>
  [bibliographies, documents]
    .map(places =>
      places
        .map(({ folder, below }) => [folder, ...[...(below?.values() ?? [])].flat().sort()].join('\n'))
        .join('\n\n'),
    )
    .join('\n\n\n');
