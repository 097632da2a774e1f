/**
 * A stand-in for Electron where its program cannot be had: the app's real main bundle in a child process with a fake
 * `electron`, its real preload, and its real page in Chromium. It proves the app's own code between the two; it does not
 * prove Electron. Its face is the part of Playwright's `ElectronApplication` that the tests use.
 */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core';
import { openPage } from './page.ts';
import { connect, type BrowserCalls, type MainCalls } from './peer.ts';

const CHILD = fileURLToPath(new URL('./child.mjs', import.meta.url));
const QUIET = ['--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];

export interface StandInOptions {
  /** The app's built main bundle. */
  readonly main: string;
  /** What follows the program and the app's folder on the command line. */
  readonly args: readonly string[];
  readonly executablePath: string;
  /** The app's own folder, which outlives a run; without one the app cannot ask for it. */
  readonly profile?: string;
}

export interface StandIn {
  firstWindow(): Promise<Page>;
  evaluate(source: string, argument: unknown): Promise<unknown>;
  /** Resolves with the exit code when the app has quit. */
  readonly exited: Promise<number | null>;
  /** What the main process has written so far. */
  log(): string;
  /** Requests, windows and downloads that the app should have stopped and did not. */
  readonly leaks: readonly string[];
  close(): Promise<void>;
}

export function launchStandIn({ main, args, executablePath, profile = '' }: StandInOptions): StandIn {
  // Only when there is a window to show: a main process that fails before costs no browser.
  let opened: Promise<{ browser: Browser; context: BrowserContext }> | null = null;
  const openBrowser = async (): Promise<{ browser: Browser; context: BrowserContext }> => {
    const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: QUIET });
    return { browser, context: await browser.newContext() };
  };
  const pages = new Map<number, Page>();
  const leaks: string[] = [];
  let written = '';
  let announce: (page: Page) => void = () => undefined;
  let giveUp: (error: Error) => void = () => undefined;
  const first = new Promise<Page>((resolve, reject) => {
    announce = resolve;
    giveUp = reject;
  });
  // A failure before anybody asks for the window is told to whoever asks later.
  first.catch(() => undefined);

  // As under Electron: the program, the app's folder, then the arguments.
  const child = fork(CHILD, [...args], {
    env: { ...process.env, STANDIN_MAIN: main, STANDIN_PROFILE: profile, NODE_OPTIONS: '' },
    serialization: 'advanced',
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (written += String(chunk)));

  const peer = connect<MainCalls, BrowserCalls>(
    {
      send: (message) => {
        // The app may quit between the two; what was to be said is then no longer of use.
        if (child.connected) child.send(message as object, () => undefined);
      },
      onMessage: (listener) => child.on('message', listener),
    },
    {
      load: async ({ windowId, url, preload }) => {
        const { context } = await (opened ??= openBrowser());
        const page = await openPage(
          { context, main: peer, windowId, onLeak: (leak) => leaks.push(leak) },
          url,
          preload,
        );
        pages.set(windowId, page);
        announce(page);
      },
      pdf: async ({ windowId, paper }) => {
        const page = pages.get(windowId);
        if (page === undefined) throw new Error('the window has no page');
        return page.pdf({ format: paper, printBackground: true });
      },
      close: async ({ windowId }) => {
        await pages.get(windowId)?.close();
      },
    },
  );

  const exited = new Promise<number | null>((resolve) => {
    child.once('exit', (code) => {
      const reason = `the main process ended with ${String(code)}\n${written}`;
      peer.abandon(reason);
      giveUp(new Error(reason));
      resolve(code);
    });
  });

  return {
    firstWindow: () => first,
    evaluate: (source, argument) => peer.call('evaluate', { source, argument }),
    exited,
    log: () => written,
    leaks,
    close: async () => {
      child.kill('SIGKILL');
      await exited;
      await (await opened)?.browser.close();
    },
  };
}
