/** The page in a real browser: first window, a dropped log, and zooming a million events. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, BrowserType, Page } from 'playwright-core';
import { median } from './processes.ts';

/** The page says itself when it is at rest. */
const isReady = (): boolean => document.documentElement.dataset['appState'] === 'ready';

export interface PageFigures {
  readonly firstWindowMs: number;
  readonly dropMs: number;
  readonly longTasks: { readonly medianMs: number; readonly worstMs: number; readonly count: number };
  readonly frames: { readonly medianMs: number; readonly worstMs: number };
  readonly whatIf: SliderFigures;
}

export interface SliderFigures {
  /** From a moved slider to the run that it asked for on the screen. */
  readonly medianMs: number;
  readonly worstMs: number;
  readonly longestTaskMs: number;
  readonly steps: number;
}

/** @param chromium the browser's program */
export async function pageFigures(
  root: string,
  chromium: string,
  files: { hundredThousand: string; million: string },
): Promise<PageFigures> {
  const port = 31_000 + (process.pid % 2000);
  const server = spawn(process.execPath, [path.join(root, 'main/setup/serve.mjs'), '--port', String(port)], {
    stdio: 'ignore',
  });
  // Playwright is not bundled: it finds its own parts beside itself
  const { chromium: launcher } = createRequire(path.join(root, 'package.json'))('playwright-core') as {
    chromium: BrowserType;
  };
  let browser: Browser | null = null;
  try {
    browser = await launcher.launch({ executablePath: chromium, chromiumSandbox: false });
    const url = `http://127.0.0.1:${port}/`;
    await answering(url);
    const firsts: number[] = [];
    for (let i = 0; i < 3; i++) firsts.push(await firstWindow(browser, url));
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    const dropMs = await openUsage(page, url, files.hundredThousand);
    await openUsage(page, url, files.million);
    const zoomed = await zoom(page);
    const whatIf = await slide(page);
    return { firstWindowMs: median(firsts), dropMs, ...zoomed, whatIf };
  } finally {
    await browser?.close();
    server.kill();
  }
}

async function answering(url: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    const ok = await fetch(url).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the page server does not answer');
}

async function firstWindow(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  const started = performance.now();
  await page.goto(url);
  await page.waitForFunction(isReady);
  const ms = performance.now() - started;
  await context.close();
  return ms;
}

/**
 * On the demo, from the moment the file is handed over to the chart drawn: read and shown, imported at once, the title new
 * and the page at rest.
 */
async function openUsage(page: Page, url: string, file: string): Promise<number> {
  await page.goto(url);
  await page.waitForFunction(isReady);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open' }).click();
  await page.getByRole('menuitem', { name: 'Import files' }).click();
  const heading = page.getByRole('heading', { level: 1 });
  const before = await heading.textContent();
  const picked = await chooser;
  const started = performance.now();
  await picked.setFiles(file);
  await page.getByRole('button', { name: 'Import 1 file' }).click({ timeout: 120_000 });
  await page.waitForFunction(
    (titles) =>
      !titles.includes(document.querySelector('h1')?.textContent ?? null) &&
      document.documentElement.dataset['appState'] === 'ready',
    [before, 'Import'],
    { timeout: 120_000 },
  );
  return performance.now() - started;
}

/** Wheel zoom in and out and pan for a few seconds; the browser itself counts tasks over 50 ms. */
async function zoom(page: Page): Promise<Pick<PageFigures, 'longTasks' | 'frames'>> {
  const box = await page.locator('[data-chart]').first().boundingBox();
  if (box === null) throw new Error('there is no chart to zoom');
  await page.evaluate(() => {
    const measured = { tasks: [] as number[], frames: [] as number[] };
    Object.assign(globalThis, { measured });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) measured.tasks.push(duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const frame = (now: number): void => {
      measured.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.4);
  for (let step = 0; step < 90; step++) {
    await page.mouse.wheel(step % 3 === 2 ? 120 : 0, step < 50 ? -120 : 120);
    await page.waitForTimeout(16);
  }
  await page.waitForTimeout(500);
  const { tasks, frames } = await page.evaluate(
    () => (globalThis as unknown as { measured: { tasks: number[]; frames: number[] } }).measured,
  );
  return {
    longTasks: {
      medianMs: tasks.length === 0 ? 0 : median(tasks),
      worstMs: Math.max(0, ...tasks),
      count: tasks.length,
    },
    frames: { medianMs: median(frames), worstMs: Math.max(0, ...frames) },
  };
}

/**
 * Drags auto-recharge's threshold, which moves every recharge of the log, to and fro in the What-if place. The time runs
 * from the browser's event to the frame after chart and figures changed.
 */
async function slide(page: Page): Promise<SliderFigures> {
  // the copy that is kept of an unsaved document takes the worker's time once, after the import
  await page
    .getByText(/copy kept/)
    .first()
    .waitFor({ timeout: 40_000 })
    .catch(() => undefined);
  await page.keyboard.press('2');
  await page.locator('[data-what-if=open] .balance-chart .balance-line').first().waitFor({ timeout: 30_000 });
  const slider = page.getByRole('slider', { name: 'Threshold', exact: true });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error('there is no slider to move');
  await page.evaluate(() => {
    const slid = { paints: [] as number[], tasks: [] as number[] };
    Object.assign(globalThis, { slid });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) slid.tasks.push(duration);
    }).observe({ type: 'longtask' });
    let moved: number | null = null;
    addEventListener('input', ({ timeStamp }) => (moved ??= timeStamp), true);
    const answered = document.querySelector('.what-if-main');
    if (answered === null) return;
    new MutationObserver(() => {
      if (moved === null) return;
      const from = moved;
      moved = null;
      // a task behind the frame: what was drawn is on its way to the screen
      requestAnimationFrame(() => setTimeout(() => slid.paints.push(performance.now() - from), 0));
    }).observe(answered, { subtree: true, childList: true, characterData: true });
  });
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.3, y);
  await page.mouse.down();
  for (let step = 0; step < 120; step++) {
    const part = step < 60 ? step / 60 : 2 - step / 60;
    await page.mouse.move(box.x + box.width * (0.1 + 0.8 * part), y);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  await page.waitForTimeout(500);
  const { paints, tasks } = await page.evaluate(
    () => (globalThis as unknown as { slid: { paints: number[]; tasks: number[] } }).slid,
  );
  if (paints.length === 0) throw new Error('the slider was moved and nothing was drawn');
  return {
    medianMs: median(paints),
    worstMs: Math.max(...paints),
    longestTaskMs: Math.max(0, ...tasks),
    steps: paints.length,
  };
}
