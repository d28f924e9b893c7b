import { join } from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { TemporaryFolder } from './cleanup.ts';
import { repository, versions, type Release } from './install.ts';

/** Which VS Code: the desktop one, downloaded by `@vscode/test-electron`, or the one from npm packages alone. */
export type Edition = 'desktop' | 'npm';

/** `COLOPHON_VSCODE` decides; otherwise the desktop VS Code, except on Linux, where often there is no desktop. */
export function chosenEdition(): Edition {
  const chosen = process.env.COLOPHON_VSCODE ?? '';
  if (chosen === 'desktop' || chosen === 'npm') return chosen;
  if (chosen !== '') throw new Error(`COLOPHON_VSCODE is "${chosen}"; it can be "desktop" or "npm".`);
  return process.platform === 'linux' ? 'npm' : 'desktop';
}

export interface EditorRun {
  readonly edition: Edition;
  readonly release: Release;
  readonly host: 'node' | 'web';
  /** The folder of the extension. */
  readonly extension: string;
  /** The bundle whose `run()` is called in the extension host, without `.js`. */
  readonly program: string;
  /** The folder that is open is `workspace` in it. */
  readonly temporary: TemporaryFolder;
}

/** Runs a program in an extension host of a VS Code of its own. Returns why it did not end well; undefined when it did. */
export async function runInEditor(run: EditorRun): Promise<string | undefined> {
  const { temporary, edition, release } = run;
  return runTests({
    ...(edition === 'npm'
      ? { vscodeExecutablePath: join(repository, 'scripts/vscode/launch.sh') }
      : { version: versions[release].vscode }),
    extensionDevelopmentPath: run.extension,
    extensionTestsPath: run.program,
    extensionTestsEnv: { COLOPHON_RELEASE: release },
    launchArgs: [
      join(temporary.path, 'workspace'),
      `--user-data-dir=${join(temporary.path, 'user')}`,
      `--extensions-dir=${join(temporary.path, 'extensions')}`,
      ...(run.host === 'web' ? ['--extensionDevelopmentKind=web'] : []),
    ],
  }).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : 'The run broke off.'),
  );
}
