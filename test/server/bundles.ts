import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from '../../scripts/build.ts';
import type { BuildResult } from '../../scripts/build.ts';

let built: Promise<BuildResult> | undefined;

/** The bundles of the present sources, made once for all tests, in a folder that goes away with the process. */
export function bundles(): Promise<BuildResult> {
  built ??= makeBundles();
  return built;
}

async function makeBundles(): Promise<BuildResult> {
  const outdir = mkdtempSync(join(tmpdir(), 'colophon-bundles-'));
  process.once('exit', () => {
    rmSync(outdir, { recursive: true, force: true });
  });
  return build({ production: true, outdir });
}
