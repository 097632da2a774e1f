/** The page in a real browser: first window, a dropped log, and zooming a million events. */
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, BrowserType, Page } from 'playwright-core';
import { mainTasks } from '../e2e/mainTasks.ts';
import { median } from './processes.ts';

/** The page says itself when it is at rest. */
const isReady = (): boolean => document.documentElement.dataset['appState'] === 'ready';

export interface PageFigures {
  readonly firstWindowMs: number;
  readonly dropMs: number;
  readonly longTasks: ZoomFigures;
  /** The same in What-if's chart, and while places are switched. */
  readonly elsewhere: TaskFigures;
  readonly frames: { readonly medianMs: number; readonly worstMs: number };
  readonly whatIf: SliderFigures;
}

export interface SliderFigures {
  /** From the browser's input event to the end of the frame in which the changed line is painted. */
  readonly medianMs: number;
  readonly worstMs: number;
  /** Frames from the one that saw the event to that one. 1: the very next. */
  readonly frames: { readonly median: number; readonly worst: number };
  /** Tasks of the main thread while the hand moves. The browser reports those over 50 ms; none, where they are empty. */
  readonly longTasks: TaskFigures;
  /** Main thread's own time for a step, however busy the machine is. */
  readonly cpuMs: number;
  readonly steps: number;
}

export interface TaskFigures {
  readonly medianMs: number;
  readonly worstMs: number;
  readonly count: number;
}

/** Tasks over 50 ms as the browser counts them, and the longest of all in time that the main thread itself ran. */
export interface ZoomFigures extends TaskFigures {
  readonly longestOwnMs: number;
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
    await openWhatIf(page);
    const whatIf = await slide(page);
    const elsewhere = taskFigures([...(await zoomTasks(page)), ...(await switchPlaces(page))]);
    return { firstWindowMs: median(firsts), dropMs, ...zoomed, whatIf, elsewhere };
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
  await page.getByRole('button', { name: 'Open', exact: true }).click();
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
  await page.evaluate(() => {
    const measured = { frames: [] as number[] };
    Object.assign(globalThis, { measured });
    let last = performance.now();
    const frame = (now: number): void => {
      measured.frames.push(now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  let tasks: number[] = [];
  // a copy of the account is written meanwhile, and shares the cores
  const [longestOwnMs = 0] = await mainTasks(page, async () => {
    tasks = await zoomTasks(page);
  });
  const { frames } = await page.evaluate(() => (globalThis as unknown as { measured: { frames: number[] } }).measured);
  return {
    longTasks: { ...taskFigures(tasks), longestOwnMs },
    frames: { medianMs: median(frames), worstMs: Math.max(0, ...frames) },
  };
}

/** On the chart that is shown. */
async function zoomTasks(page: Page): Promise<number[]> {
  const box = await page.locator('[data-chart]').first().boundingBox();
  if (box === null) throw new Error('there is no chart to zoom');
  const tasks = await watchTasks(page);
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.4);
  for (let step = 0; step < 90; step++) {
    await page.mouse.wheel(step % 3 === 2 ? 120 : 0, step < 50 ? -120 : 120);
    await page.waitForTimeout(16);
  }
  await page.waitForTimeout(500);
  return tasks();
}

const PLACES = ['2', '3', '4', '5', '7'];

/** To every other place and back to the account, by key. The first time a place's own parts are loaded, which counts too. */
async function switchPlaces(page: Page): Promise<number[]> {
  const tasks = await watchTasks(page);
  for (const key of PLACES.flatMap((place) => [place, '1'])) {
    await page.locator('body').press(key);
    await page.waitForTimeout(400);
  }
  return tasks();
}

/** @returns asks for the tasks over 50 ms since now, in milliseconds */
async function watchTasks(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(globalThis, { tasks });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) tasks.push(duration);
    }).observe({ type: 'longtask' });
  });
  return () => page.evaluate(() => (globalThis as unknown as { tasks: number[] }).tasks);
}

function taskFigures(tasks: readonly number[]): TaskFigures {
  return { medianMs: tasks.length === 0 ? 0 : median([...tasks]), worstMs: Math.max(0, ...tasks), count: tasks.length };
}

async function openWhatIf(page: Page): Promise<void> {
  // the copy that is kept of an unsaved document takes the worker's time once, after the import
  await page
    .getByText(/copy kept/)
    .first()
    .waitFor({ timeout: 40_000 })
    .catch(() => undefined);
  await page.keyboard.press('2');
  await page.locator('[data-what-if=open] .balance-chart .balance-line').first().waitFor({ timeout: 30_000 });
  // the whole account: the line of every step differs, which a window between two recharges does not show
  await page.locator('.what-if-main').getByRole('button', { name: 'All', exact: true }).click();
}

/**
 * Drags auto-recharge's threshold, which moves every recharge of the log, to and fro in the What-if place. Each step runs
 * from the browser's event to the end of the frame in which the changed line is painted: that is the first frame after the
 * path has changed, and a task behind it.
 */
async function slide(page: Page): Promise<SliderFigures> {
  const slider = page.getByRole('slider', { name: 'Threshold', exact: true });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error('there is no slider to move');
  const tasks = await watchTasks(page);
  await page.evaluate(() => {
    const slid: { painted: number; frames: number }[] = [];
    Object.assign(globalThis, { slid });
    const chart = document.querySelector('.what-if-main [data-chart]');
    if (chart === null) return;
    let frame = 0;
    const count = (): void => {
      frame += 1;
      requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    let moved: { readonly at: number; readonly frame: number } | null = null;
    // moves of a pointer are handed over right before a frame's callbacks: its own is the one to be counted next
    addEventListener('input', ({ timeStamp }) => (moved ??= { at: timeStamp, frame: frame + 1 }), true);
    const changed = (records: readonly MutationRecord[]): void => {
      const isLine = ({ target }: MutationRecord): boolean =>
        target instanceof Element && target.classList.contains('balance-line');
      if (moved === null || !records.some(isLine)) return;
      const from = moved;
      moved = null;
      requestAnimationFrame(() => {
        const frames = frame - from.frame;
        // a task behind the frame: what was drawn is on its way to the screen
        setTimeout(() => slid.push({ painted: performance.now() - from.at, frames }), 0);
      });
    };
    new MutationObserver(changed).observe(chart, { subtree: true, attributes: true, attributeFilter: ['d'] });
  });
  const cpu = await cpuClock(page);
  const before = await cpu();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + box.width * 0.35, y);
  await page.mouse.down();
  for (let step = 0; step < 120; step++) {
    const part = step < 60 ? step / 60 : 2 - step / 60;
    // below these values a step moves the line by less than a tenth of a pixel, and nothing is drawn anew
    await page.mouse.move(box.x + box.width * (0.35 + 0.55 * part), y);
    await page.waitForTimeout(16);
  }
  await page.mouse.up();
  const used = (await cpu()) - before;
  await page.waitForTimeout(500);
  const slid = await page.evaluate(
    () => (globalThis as unknown as { slid: { painted: number; frames: number }[] }).slid,
  );
  if (slid.length === 0) throw new Error('the slider was moved and nothing was drawn');
  const painted = slid.map((step) => step.painted);
  const frames = slid.map((step) => step.frames);
  return {
    medianMs: median(painted),
    worstMs: Math.max(...painted),
    frames: { median: median(frames), worst: Math.max(...frames) },
    longTasks: taskFigures(await tasks()),
    cpuMs: used / slid.length,
    steps: slid.length,
  };
}

/** @returns asks for the time that the main thread has run, in milliseconds of its own */
async function cpuClock(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) * 1000;
  };
}
