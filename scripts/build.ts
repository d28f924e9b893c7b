import { mkdir, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import * as esbuild from 'esbuild';
import { writeNotices } from './notices.ts';

/** Bundles Colophon into `dist/`. As a command: `tsx scripts/build.ts [--watch] [--production]`. */
export async function build(options: BuildOptions = {}): Promise<BuildResult> {
  const outdir = options.outdir ?? join(ROOT, 'dist');
  if (options.production) await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const results = await Promise.all(BUNDLES.map(bundle => esbuild.build(settingsOf(bundle, outdir, options))));
  const inputs = new Set(results.flatMap(result => Object.keys(result.metafile.inputs)));
  const sizes = new Map<string, number>();
  for (const bundle of BUNDLES) sizes.set(bundle.file, (await stat(join(outdir, bundle.file))).size);
  return { outdir, sizes, inputs: [...inputs] };
}

export interface BuildOptions {
  /** Leaves nothing from earlier builds and writes no source maps: what is packaged. */
  readonly production?: boolean;
  /** Where the files go; `dist` of the repository when absent. */
  readonly outdir?: string;
}

export interface BuildResult {
  readonly outdir: string;
  /** Bytes by file name. */
  readonly sizes: ReadonlyMap<string, number>;
  /** Every source file that went into a bundle, relative to the repository. */
  readonly inputs: readonly string[];
}

export const ROOT = resolve(__dirname, '..');

interface Bundle {
  readonly file: string;
  readonly entry: string;
  /** What the bundle may find around it. `browser` fails on any `node:` module, so it serves what must run everywhere. */
  readonly platform: 'node' | 'browser';
  readonly format: 'cjs' | 'iife';
  /** Run as a program. */
  readonly isProgram?: true;
}

const BUNDLES: readonly Bundle[] = [
  { file: 'extension.node.js', entry: 'src/client/node.ts', platform: 'node', format: 'cjs' },
  { file: 'extension.web.js', entry: 'src/client/web.ts', platform: 'browser', format: 'cjs' },
  { file: 'server.js', entry: 'src/server/node.ts', platform: 'node', format: 'cjs' },
  { file: 'server.web.js', entry: 'src/server/web.ts', platform: 'browser', format: 'iife' },
  { file: 'core.js', entry: 'src/core.ts', platform: 'browser', format: 'cjs' },
  { file: 'cli.js', entry: 'src/cli/main.ts', platform: 'node', format: 'cjs', isProgram: true },
  { file: 'styles.js', entry: 'src/styles/formatReference.ts', platform: 'browser', format: 'cjs' },
];

const settingsOf = (bundle: Bundle, outdir: string, options: BuildOptions) =>
  ({
    absWorkingDir: ROOT,
    entryPoints: [bundle.entry],
    outfile: join(outdir, bundle.file),
    bundle: true,
    platform: bundle.platform,
    format: bundle.format,
    target: bundle.platform === 'node' ? 'node20' : 'es2022',
    // One spelling of each package in all bundles: its ES modules where it has them.
    mainFields: bundle.platform === 'node' ? ['module', 'main'] : ['browser', 'module', 'main'],
    external: ['vscode'],
    plugins: [stylesApart, noNetwork, noVersionCheck, noUnusedFeatures],
    // A file that another one loads when it is first needed is required, not imported: its exports are named at run time.
    supported: { 'dynamic-import': false },
    minify: true,
    keepNames: false,
    legalComments: 'none',
    sourcemap: options.production ? false : 'linked',
    sourcesContent: false,
    metafile: true,
    ...(bundle.isProgram && { banner: { js: '#!/usr/bin/env node' } }),
    logLevel: 'warning',
  }) satisfies esbuild.BuildOptions;

/** Citation styles are large and seldom the first thing needed: a bundle of their own, loaded on demand. */
const stylesApart: esbuild.Plugin = {
  name: 'styles-apart',
  setup(setup) {
    setup.onResolve({ filter: /\/styles\/formatReference\.ts$/ }, found =>
      found.kind === 'dynamic-import' ? { path: './styles.js', external: true } : undefined,
    );
  },
};

/** citation-js can fetch; Colophon never lets it. */
const noNetwork: esbuild.Plugin = {
  name: 'no-network',
  setup(setup) {
    setup.onResolve({ filter: /^(sync-fetch|fetch-ponyfill|node-fetch)$/ }, found => ({
      path: found.path,
      namespace: 'no-network',
    }));
    setup.onLoad({ filter: /./, namespace: 'no-network' }, found => ({
      contents: `
        const refuse = () => { throw new Error('Colophon does not use the network here.'); };
        module.exports = ${found.path === 'fetch-ponyfill' ? '() => ({ fetch: refuse, Headers: Map })' : 'refuse'};`,
    }));
  },
};

/** The language client asks for VS Code 1.91; the manifest already does, for more, and a seventeenth of the bundle is saved. */
const noVersionCheck: esbuild.Plugin = {
  name: 'no-version-check',
  setup(setup) {
    setup.onResolve({ filter: /^semver\/functions\/(parse|satisfies)$/ }, found => ({
      path: found.path,
      namespace: 'no-version-check',
    }));
    setup.onLoad({ filter: /./, namespace: 'no-version-check' }, () => ({ contents: 'module.exports = () => ({});' }));
  },
};

/** Parts of the language client, each with the capability of a server that it is for: Colophon's has none of these. */
export const UNUSED_FEATURES: Readonly<Record<string, string>> = {
  callHierarchy: 'callHierarchyProvider',
  colorProvider: 'colorProvider',
  declaration: 'declarationProvider',
  diagnostic: 'diagnosticProvider',
  documentHighlight: 'documentHighlightProvider',
  documentLink: 'documentLinkProvider',
  formatting: 'documentFormattingProvider',
  implementation: 'implementationProvider',
  inlayHint: 'inlayHintProvider',
  inlineCompletion: 'inlineCompletionProvider',
  inlineValue: 'inlineValueProvider',
  linkedEditingRange: 'linkedEditingRangeProvider',
  notebook: 'notebookDocumentSync',
  selectionRange: 'selectionRangeProvider',
  semanticTokens: 'semanticTokensProvider',
  signatureHelp: 'signatureHelpProvider',
  textDocumentContent: 'textDocumentContentProvider',
  typeDefinition: 'typeDefinitionProvider',
  typeHierarchy: 'typeHierarchyProvider',
};

/** A sixth of the language client, which every window would load for nothing. */
const noUnusedFeatures: esbuild.Plugin = {
  name: 'no-unused-features',
  setup(setup) {
    const names = Object.keys(UNUSED_FEATURES).join('|');
    const filter = new RegExp(String.raw`vscode-languageclient[\\/]lib[\\/]common[\\/](?:${names})\.js$`);
    setup.onLoad({ filter }, () => ({
      contents: `
        class NoFeature {
          static CellScheme = 'vscode-notebook-cell';
          fillClientCapabilities() {}
          initialize() {}
          getState() { return { kind: 'static' }; }
          clear() {}
        }
        module.exports = new Proxy({}, { get: () => NoFeature });`,
    }));
  },
};

async function watch(): Promise<void> {
  for (const bundle of BUNDLES) {
    const context = await esbuild.context({ ...settingsOf(bundle, join(ROOT, 'dist'), {}), logLevel: 'info' });
    await context.watch();
  }
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--watch')) return watch();
  const result = await build({ production: args.includes('--production') });
  await writeNotices(result.inputs);
  for (const [file, size] of result.sizes) console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  dist/${file}`);
}

if (basename(process.argv[1] ?? '') === 'build.ts') {
  main(process.argv.slice(2)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
}
