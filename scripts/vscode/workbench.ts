import { cp, mkdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { startBrowser, type Box, type Locator, type Page } from './browser.ts';
import { temporaryFolder } from './cleanup.ts';
import { installVscode, workFolder, type Release } from './install.ts';
import { remoteAddress, startServer, workbenchAddress } from './server.ts';

export interface WorkbenchOptions {
  /** User settings, besides those that keep the workbench quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Extensions that are installed beside Colophon, by their ids: empty ones. */
  readonly others?: readonly string[];
  /** The file to begin with, relative to the folder. */
  readonly file?: string;
  readonly release?: Release;
  readonly width?: number;
  readonly height?: number;
  /** Pixels of a picture per pixel of the page. */
  readonly scale?: number;
  /** Where `screenshot` stores; `.vscode-test/screenshots` when absent. */
  readonly pictures?: string;
}

/** VS Code as a user has it on the screen. Every method waits until what it does can be seen. */
export interface Workbench {
  readonly page: Page;
  /** The copy of the folder that is open: tests may change it. */
  readonly folder: string;
  openFile(name: string): Promise<void>;
  /** Saves the file in front, which was changed. */
  save(): Promise<void>;
  /** Puts the cursor behind the first place where the open editor shows this text, or before it. */
  placeCursor(text: string, side?: 'before' | 'after'): Promise<void>;
  selectAll(): Promise<void>;
  /** Types key by key, as a user does. */
  typeText(text: string): Promise<void>;
  press(...keys: readonly string[]): Promise<void>;
  /** The rows of the suggestion list once one of them matches: label, detail and description as shown, best first. */
  suggestions(containing?: string): Promise<string[]>;
  /** Accepts the suggestion with this label, once it is the selected one. */
  acceptSuggestion(label: string): Promise<void>;
  /** Shows the documentation beside the suggestion list; returns its text. */
  suggestionDetails(): Promise<string>;
  /** Points at a text in the editor; returns the text of the hover. */
  hoverAt(text: string): Promise<string>;
  /** Runs a command by its title in the command palette. */
  runCommand(title: string): Promise<void>;
  /** Chooses an entry of the quick pick that is open. */
  pick(label: string): Promise<void>;
  /** The texts of the notifications, once there is one that contains the text. */
  notification(containing: string): Promise<string>;
  /** What the active editor shows (visible lines only). */
  visibleText(): Promise<string>;
  /** Waits until the active editor shows this text. */
  seeText(text: string): Promise<void>;
  /** The text of a file on disk, in the copy of the folder. */
  readFile(name: string): Promise<string>;
  setClipboard(text: string): Promise<void>;
  clipboard(): Promise<string>;
  /** Stores a picture; of one element when given. Returns its path. */
  screenshot(name: string, element?: string): Promise<string>;
  close(): Promise<void>;
}

/** Nothing moves or fades, so that a picture shows one moment; the text has all the room. */
const stillSettings = {
  'workbench.reduceMotion': 'on',
  'editor.minimap.enabled': false,
  'editor.wordWrap': 'on',
  'editor.cursorBlinking': 'solid',
};

/** Starts VS Code with Colophon on a copy of a folder and waits until it is there. */
export async function openWorkbench(folder: string, options: WorkbenchOptions = {}): Promise<Workbench> {
  const temporary = temporaryFolder();
  const copy = join(temporary.path, basename(folder));
  await cp(folder, copy, { recursive: true });
  const server = await startServer(await installVscode(options.release ?? 'newest'), {
    dataFolder: join(temporary.path, 'data'),
    colophon: 'installed',
    settings: { ...stillSettings, ...options.settings },
    ...(options.others && { others: options.others }),
  });
  const browser = await startBrowser();
  const close = async (): Promise<void> => {
    await browser.close();
    await server.stop();
    temporary.remove();
  };
  try {
    const page = await browser.newPage({
      viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
      deviceScaleFactor: options.scale ?? 1,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const open =
      options.file === undefined ? [] : [['openFile', remoteAddress(server, join(copy, options.file))] as const];
    await page.goto(workbenchAddress(server, copy, [['skipWelcome', 'true'], ...open]));
    const workbench = await controls(page, copy, options.pictures ?? join(workFolder, 'screenshots'), close);
    await page.locator('.monaco-workbench .explorer-folders-view .monaco-list-row').first().waitFor();
    if (options.file !== undefined) await editorOf(page, options.file).waitFor();
    return workbench;
  } catch (error) {
    await close();
    throw error;
  }
}

async function controls(page: Page, folder: string, pictures: string, close: () => Promise<void>): Promise<Workbench> {
  await mkdir(pictures, { recursive: true });
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  const quickInput = async (opener: string, text: string): Promise<Locator> => {
    await press(opener);
    const input = page.locator(quickInputBox);
    await input.waitFor();
    await input.fill(text);
    return page.locator('.quick-input-widget .monaco-list-row');
  };
  return {
    page,
    folder,
    press,
    close,
    async openFile(name) {
      const rows = await quickInput('Control+p', name);
      // Enter could still take what the list showed before.
      await rows
        .filter({ hasText: basename(name) })
        .first()
        .click();
      await editorOf(page, name).waitFor();
      await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    },
    async save() {
      const dirty = page.locator('.editor-group-container.active .tab.active.dirty');
      await dirty.waitFor({ state: 'attached' });
      await press('Control+s');
      await dirty.waitFor({ state: 'detached' });
    },
    async placeCursor(text, side = 'after') {
      const box = await boxOfText(page, text);
      const x = side === 'after' ? box.x + box.width - 1 : box.x + 1;
      await page.mouse.click(x, box.y + box.height / 2);
    },
    async selectAll() {
      await press('Control+a');
    },
    async typeText(text) {
      await page.keyboard.type(text);
    },
    async suggestions(containing) {
      const rows = page.locator('.suggest-widget.visible .monaco-list-row');
      await (containing === undefined ? rows : rows.filter({ hasText: containing })).first().waitFor();
      return (await rows.allInnerTexts()).map(oneLine);
    },
    async acceptSuggestion(label) {
      await page.locator('.suggest-widget.visible .monaco-list-row.focused').filter({ hasText: label }).waitFor();
      await press('Enter');
      await page.locator('.suggest-widget.visible').waitFor({ state: 'hidden' });
    },
    async suggestionDetails() {
      const details = page.locator('.suggest-details-container .suggest-details');
      if (!(await details.isVisible())) await press('Control+Space');
      await details.waitFor();
      return plain(await details.innerText());
    },
    async hoverAt(text) {
      const hover = page.locator('.monaco-resizable-hover .monaco-hover:not(.hidden)');
      // What is asked before its language server runs has no answer, and is not asked again until the pointer comes back.
      for (let attempt = 1; !(await hover.isVisible()); attempt++) {
        const box = await boxOfText(page, text);
        await page.mouse.move(box.x + box.width / 2, box.y - 2 * box.height);
        await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
        await hover.waitFor({ timeout: 3000 }).catch((error: unknown) => {
          if (attempt === 10) throw error;
        });
      }
      return plain(await hover.locator('.monaco-hover-content').innerText());
    },
    async runCommand(title) {
      const rows = await quickInput('F1', `>${title}`);
      const row = rows.filter({ hasText: title }).first();
      await row.waitFor();
      await row.click();
    },
    async pick(label) {
      // A long list shows only what fits; what is typed brings the entry into view.
      await page.locator(quickInputBox).fill(label);
      const row = page.locator('.quick-input-widget .monaco-list-row').filter({ hasText: label }).first();
      await row.waitFor();
      await row.click();
    },
    async notification(containing) {
      const message = page.locator('.notification-list-item-message').filter({ hasText: containing }).first();
      await message.waitFor();
      return plain(await message.innerText());
    },
    async visibleText() {
      return plain(await page.locator(activeLines).first().evaluate(textOfLines, undefined));
    },
    async seeText(text) {
      await page
        .locator(activeLines)
        .filter({ hasText: asShown(text) })
        .first()
        .waitFor();
    },
    async readFile(name) {
      return readFile(join(folder, name), 'utf8');
    },
    async setClipboard(text) {
      await page.locator('body').evaluate((_body, value) => navigator.clipboard.writeText(value), text);
    },
    async clipboard() {
      return page.locator('body').evaluate(() => navigator.clipboard.readText(), undefined);
    },
    async screenshot(name, element) {
      const path = join(pictures, `${name.replaceAll(/[^\w-]+/g, '-')}.png`);
      const clip = element === undefined ? null : await page.locator(element).first().boundingBox();
      await page.screenshot(clip === null ? { path } : { path, clip });
      return path;
    },
  };
}

const quickInputBox = '.quick-input-widget .quick-input-box input';

/** The lines of the editor in front; another group beside it may show one as well. */
const activeLines = '.editor-group-container.active .editor-instance .view-lines';

/** A line of the editor of a file, once that is in front and has its text. */
function editorOf(page: Page, name: string): Locator {
  const group = `.editor-group-container.active:has(.tab.active[data-resource-name="${basename(name)}"])`;
  return page.locator(`${group} .editor-instance .view-line`).first();
}

async function boxOfText(page: Page, text: string): Promise<Box> {
  const lines = page.locator(activeLines).first();
  await page
    .locator(`${activeLines} .view-line`)
    .filter({ hasText: asShown(text) })
    .first()
    .waitFor();
  const box = await lines.evaluate(findText, text);
  if (box === undefined) throw new Error(`The editor does not show "${text}".`);
  return box;
}

/** Runs in the page: where in the lines of the editor a text stands. A line is cut into pieces by its colours. */
function findText(lines: Element, text: string): Box | undefined {
  for (const line of lines.querySelectorAll('.view-line')) {
    const at = line.textContent.replaceAll('\u00a0', ' ').indexOf(text);
    if (at === -1) continue;
    const range = document.createRange();
    let before = 0;
    let started = false;
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const length = node.textContent?.length ?? 0;
      if (!started && at < before + length) {
        range.setStart(node, at - before);
        started = true;
      }
      if (at + text.length <= before + length) {
        range.setEnd(node, at + text.length - before);
        break;
      }
      before += length;
    }
    const { x, y, width, height } = range.getBoundingClientRect();
    return { x, y, width, height };
  }
  return undefined;
}

/** Runs in the page: the lines from top to bottom, whatever their order in the document tree. */
function textOfLines(lines: Element): string {
  return [...lines.querySelectorAll('.view-line')]
    .map(line => ({ top: line.getBoundingClientRect().top, text: line.textContent }))
    .sort((a, b) => a.top - b.top)
    .map(line => line.text)
    .join('\n');
}

/** The editor shows spaces as no-break spaces. */
function asShown(text: string): RegExp {
  return new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`).replaceAll(' ', String.raw`[ \u00a0]`));
}

function plain(text: string): string {
  return text.replaceAll('\u00a0', ' ');
}

function oneLine(text: string): string {
  return plain(text)
    .split('\n')
    .filter(line => line.trim() !== '')
    .join(' ');
}
