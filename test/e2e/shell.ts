/**
 * The desktop app under test: Electron itself where its program is found, else the stand-in. Each test's report notes
 * which it was; a test of what only Electron has skips itself with `needsElectron`.
 */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { _electron, test as base, type Page } from '@playwright/test';
import type * as Electron from 'electron';
import { findChromium } from '../../main/setup/chromium.mjs';
import { findElectron } from '../../main/setup/electron.mjs';
import { launchStandIn } from '../standin/launch.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const MAIN = path.join(ROOT, 'dist/main/main.js');

type MainApi = typeof Electron;

export interface Shell {
  readonly kind: 'electron' | 'stand-in';
  readonly page: Page;
  /** Runs a function in the main process; it may use nothing but its arguments. */
  evaluate<A, R>(run: (electron: MainApi, argument: A) => R, argument: A): Promise<Awaited<R>>;
  /** Resolves when the app has quit. */
  readonly exited: Promise<unknown>;
  /** What the app should have stopped and did not; always empty for Electron, where it is not seen from outside. */
  leaks(): readonly string[];
  close(): Promise<void>;
}

export type Launch = (args?: readonly string[]) => Promise<Shell>;

async function launchElectron(executablePath: string, args: readonly string[], profile: string): Promise<Shell> {
  // Chromium's sandbox refuses to run for root, as in a container.
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [...asRoot, `--user-data-dir=${profile}`, ROOT, ...args],
  });
  return {
    kind: 'electron',
    page: await app.firstWindow(),
    evaluate: (run, argument) => app.evaluate(run as never, argument),
    exited: app.waitForEvent('close'),
    leaks: () => [],
    close: () => app.close(),
  };
}

async function launchInstead(args: readonly string[], profile: string): Promise<Shell> {
  const executablePath = await findChromium();
  if (executablePath === null) throw new Error('The stand-in needs Chromium; set CHROMIUM to one.');
  const app = launchStandIn({ main: MAIN, args, executablePath, profile });
  return {
    kind: 'stand-in',
    page: await app.firstWindow(),
    evaluate: async (run, argument) => (await app.evaluate(run.toString(), argument)) as never,
    exited: app.exited,
    leaks: () => app.leaks,
    close: () => app.close(),
  };
}

export const test = base.extend<{ launch: Launch; shell: Shell; folder: string }>({
  /** A folder of the test's own for its files. */
  folder: async ({}, use) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'drawdown-shell-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  launch: async ({ folder }, use, testInfo) => {
    if (!existsSync(MAIN)) throw new Error('dist/main/main.js is missing; run `npm run build` first.');
    const electron = findElectron();
    testInfo.annotations.push({
      type: 'shell',
      description: electron ?? "stand-in: Electron's program is not on this machine",
    });
    const running: Shell[] = [];
    await use(async (args = []) => {
      const profile = path.join(folder, 'profile');
      const shell =
        electron === null ? await launchInstead(args, profile) : await launchElectron(electron, args, profile);
      running.push(shell);
      return shell;
    });
    for (const shell of running) await shell.close();
  },
  shell: async ({ launch }, use) => {
    await use(await launch());
  },
});

export function needsElectron(shell: Shell, what: string): void {
  test.skip(
    shell.kind !== 'electron',
    `${what} can only be seen in Electron itself, whose program is not on this machine`,
  );
}

export { expect } from '@playwright/test';
