import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { PackageManager, createVSIX, listFiles } from '@vscode/vsce';
import { ROOT, build } from './build.ts';
import { writeNotices } from './notices.ts';

/** Makes the `.vsix` and prints what is in it. */
async function main(): Promise<void> {
  const { inputs } = await build({ production: true });
  await writeNotices(inputs);
  const { name, version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<string, string>;
  const packagePath = join(ROOT, `${name ?? ''}-${version ?? ''}.vsix`);
  await createVSIX({
    cwd: ROOT,
    packagePath,
    // Everything needed is in the bundles.
    dependencies: false,
    // The pictures of the README are in the package, and there is no address yet that they could be shown from.
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  for (const file of (await listFiles({ cwd: ROOT, packageManager: PackageManager.None })).sort()) {
    console.log(`${kilobytes((await stat(join(ROOT, file))).size)}  ${file}`);
  }
  console.log(`${kilobytes((await stat(packagePath)).size)}  ${packagePath}`);
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1).padStart(8)} kB`;

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
