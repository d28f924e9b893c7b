import { createRequire } from 'node:module';
import { installBrowser } from './install.ts';

/** The part of Playwright that is used here. Playwright itself is installed on first use, so its own types are not there. */
export interface Page {
  readonly keyboard: Keyboard;
  readonly mouse: Mouse;
  goto(address: string): Promise<unknown>;
  locator(selector: string): Locator;
  screenshot(options: { readonly path: string; readonly clip?: Box }): Promise<unknown>;
  exposeFunction(name: string, action: (...args: never[]) => void): Promise<unknown>;
  on(event: 'console', listener: (message: ConsoleMessage) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'crash', listener: () => void): void;
}

export interface Locator {
  locator(selector: string): Locator;
  first(): Locator;
  last(): Locator;
  nth(index: number): Locator;
  filter(options: { readonly hasText: string | RegExp }): Locator;
  waitFor(options?: {
    readonly state?: 'visible' | 'hidden' | 'attached' | 'detached';
    readonly timeout?: number;
  }): Promise<void>;
  click(options?: {
    readonly button?: 'left' | 'right';
    readonly position?: Point;
    readonly modifiers?: readonly string[];
  }): Promise<void>;
  hover(): Promise<void>;
  fill(text: string): Promise<void>;
  count(): Promise<number>;
  isVisible(): Promise<boolean>;
  innerText(): Promise<string>;
  allInnerTexts(): Promise<string[]>;
  getAttribute(name: string): Promise<string | null>;
  boundingBox(): Promise<Box | null>;
  evaluate<T, A>(action: (element: Element, argument: A) => T, argument: A): Promise<T>;
}

interface Mouse {
  move(x: number, y: number, options?: { readonly steps: number }): Promise<void>;
  down(): Promise<void>;
  up(): Promise<void>;
  click(x: number, y: number): Promise<void>;
}

interface Keyboard {
  down(key: string): Promise<void>;
  up(key: string): Promise<void>;
  press(key: string): Promise<void>;
  type(text: string, options?: { readonly delay?: number }): Promise<void>;
  insertText(text: string): Promise<void>;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

interface ConsoleMessage {
  type(): string;
  text(): string;
}

export interface Browser {
  newPage(options: PageOptions): Promise<Page>;
  close(): Promise<void>;
}

interface PageOptions {
  readonly viewport: { readonly width: number; readonly height: number };
  readonly deviceScaleFactor?: number;
  readonly permissions?: readonly string[];
}

interface Playwright {
  readonly chromium: { launch(options: LaunchOptions): Promise<Browser> };
}

interface LaunchOptions {
  readonly executablePath: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** Starts a headless Chrome or Chromium. */
export async function startBrowser(): Promise<Browser> {
  const program = await installBrowser();
  const playwright = createRequire(import.meta.url)(program.playwright) as Playwright;
  return playwright.chromium.launch({
    executablePath: program.executable,
    // Neither the sandbox nor much shared memory is to be had in a container, where this mostly runs.
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--font-render-hinting=none'],
    env: { ...process.env, ...program.environment },
  });
}
