import type { Connection } from 'vscode-languageserver';
import type { Files } from './files.ts';
import type { Styles } from './styles.ts';

/** The environment in which TeX runs on this machine. */
export interface TexEnvironment {
  readonly variable: (name: string) => string | undefined;
  readonly isMac: boolean;
  /** Files with one of the extensions in a folder, of a tree also in those below it; of a huge one only as far as it was looked through. */
  filesIn(
    folder: string,
    wanted: { readonly extensions: readonly string[]; readonly isTree: boolean },
  ): Promise<readonly string[]>;
}

/** What differs between a process and a web worker. */
export interface Host {
  readonly connection: Connection;
  /** The disk, where there is one; `folders` are the workspace's, asked for whenever files are looked for. */
  readonly disk: ((folders: () => readonly string[]) => Files) | undefined;
  /** Whether messages carry bytes as they are, as those between workers do. */
  readonly carriesBytes?: boolean;
  /** The address of the user's home folder, where there is one. */
  readonly home: string | undefined;
  /** What the machine is set up to, where it can have TeX. */
  readonly tex?: TexEnvironment;
  loadStyles(): Promise<Styles>;
}
