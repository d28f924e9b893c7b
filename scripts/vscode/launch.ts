import { fstatSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, parseArgs } from 'node:util';
import { startBrowser, type Page } from './browser.ts';
import { temporaryFolder } from './cleanup.ts';
import { installVscode, workFolder, type Release } from './install.ts';
import { testLine } from '../../test/vscode/testLine.ts';
import { remoteAddress, startServer, workbenchAddress, type Payload } from './server.ts';

/** What a desktop VS Code takes on its command line for a test run. */
interface Request {
  readonly folder: string;
  readonly extension: string;
  readonly tests: string;
  readonly release: Release;
  readonly webHost: boolean;
}

/**
 * Stands in for the desktop VS Code: takes its arguments, runs the tests in the npm-only one, ends with their exit code.
 * `COLOPHON_RELEASE` chooses the release.
 */
async function main(): Promise<number> {
  const request = readArguments(process.argv.slice(2));
  const data = temporaryFolder();
  const server = await startServer(await installVscode(request.release), {
    dataFolder: data.path,
    colophon: 'development',
  });
  const browser = await startBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const address = (path: string): string => remoteAddress(server, path);
    const payload: Payload = [
      ['extensionDevelopmentPath', address(request.extension)],
      ['extensionTestsPath', address(request.tests)],
      ['skipWelcome', 'true'],
      ...(request.webHost ? [['extensionDevelopmentKind', 'web'] as const] : []),
    ];
    return await runInPage(page, workbenchAddress(server, request.folder, payload));
  } finally {
    await browser.close();
    await server.stop();
    data.remove();
  }
}

function readArguments(args: string[]): Request {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    // The desktop VS Code has many more switches; they mean nothing here.
    strict: false,
    options: {
      extensionDevelopmentPath: { type: 'string' },
      extensionTestsPath: { type: 'string' },
      extensionDevelopmentKind: { type: 'string' },
    },
  });
  const [folder] = positionals;
  const { extensionDevelopmentPath: extension, extensionTestsPath: tests, extensionDevelopmentKind: kind } = values;
  if (folder === undefined || typeof extension !== 'string' || typeof tests !== 'string') {
    throw new Error('Usage: launch FOLDER --extensionDevelopmentPath=… --extensionTestsPath=…');
  }
  const release = process.env.COLOPHON_RELEASE === 'oldest' ? 'oldest' : 'newest';
  return { folder, extension, tests, release, webHost: kind === 'web' };
}

const limit = Number(process.env.COLOPHON_TEST_MINUTES ?? '5') * 60_000;

/** Resolves with the exit code that the workbench reports when the tests have run. */
async function runInPage(page: Page, address: string): Promise<number> {
  const exited = new Promise<number>((done, fail) => {
    const failWith = (reason: string): void => {
      fail(new Error(reason));
    };
    page.on('crash', () => {
      failWith('The page of the workbench crashed.');
    });
    setTimeout(failWith, limit, `The tests did not end within ${limit / 60_000} minutes.`).unref();
    page.exposeFunction('codeAutomationExit', done).catch(fail);
  });
  let ended = false;
  await page.exposeFunction('codeAutomationLog', (type: string, args: readonly unknown[]) => {
    // What an extension host says while it is taken down is of no interest.
    if (!ended) showLog(type, args);
  });
  try {
    await page.goto(address);
    const code = await exited;
    ended = true;
    return code;
  } catch (error) {
    const picture = join(workFolder, 'screenshots/stuck.png');
    console.error(`The workbench at that moment: ${picture}`);
    await page.screenshot({ path: picture });
    throw error;
  }
}

/** Lines of the test run, and of everything else the errors, except those that a machine like this expects. */
function showLog(type: string, args: readonly unknown[]): void {
  const text = args.map(arg => (typeof arg === 'string' ? arg : inspect(arg))).join(' ');
  if (text.startsWith(testLine)) console.log(text.slice(testLine.length));
  else if (showAll) console.log(`[${type}] ${text}`);
  else if (concerns(type, text)) console.log(`[${type}] ${text.split('\n').slice(0, 6).join('\n')}`);
}

function concerns(type: string, text: string): boolean {
  if (type === 'warn') return text.includes('colophon');
  return type === 'error' && !expected.test(text);
}

const showAll = process.env.COLOPHON_VERBOSE === '1';
/** Native modules that were not built, a service worker that is not served, the gallery out of reach; a summary of failures. */
const expected =
  /Could not locate the bindings file|native-watchdog|\[Service Worker\]|ENOTFOUND|ECONNREFUSED|ERR_NAME_NOT_RESOLVED|extensionGallery|FetchError|Failed to fetch|editor tests failed|authentication provider/;

/** The test run is no use to a parent that has gone; its end of our input tells. */
function endWithParent(): void {
  if (!fstatSync(0).isSocket()) return;
  process.stdin.on('end', () => process.exit(1)).resume();
}

endWithParent();
main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
