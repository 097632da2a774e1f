/**
 * A million usage rows in the page: they are read, and the hand on the chart is never kept waiting. And an account with
 * nothing in it: every place says what to drop or do.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect as expectSoon, test, type Page } from '@playwright/test';
import { writeUsageFile } from '../bench/usageFile.ts';
import { choose, openDemo } from './files.ts';

const ROWS = 1_000_000;
/** A minute on two quiet cores; on a machine that is busy with other tests everything takes several times as long. */
test.describe.configure({ timeout: 420_000 });
const expect = expectSoon.configure({ timeout: 90_000 });

/**
 * The longest task of the main thread while a hand moves, in milliseconds of its own time: what other programs take away
 * in the middle of it is not counted. The goal is 50 ms, which `npm run bench` holds; twice that leaves room for a machine
 * whose caches are shared, and work that grows with the rows (a pass over a million takes hundreds) cannot stay under.
 */
const MOST_TASK_MS = 100;

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds that the thread itself ran. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/** Tasks of the page's main thread while something is done, longest first, in milliseconds of its own time. */
async function mainTasks(page: Page, act: () => Promise<void>): Promise<number[]> {
  const session = await page.context().newCDPSession(page);
  const events: TraceEvent[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  const includedCategories = ['toplevel', '__metadata'];
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } });
  await act();
  const ended = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()));
  await session.send('Tracing.end');
  await ended;
  await session.detach();
  const threadOf = ({ pid, tid }: TraceEvent): string => `${pid}:${tid}`;
  const mains = events
    .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
    .map(threadOf);
  const times = new Map(mains.map((thread) => [thread, [] as number[]]));
  for (const event of events)
    if (event.ph === 'X' && event.name.endsWith('RunTask')) times.get(threadOf(event))?.push((event.tdur ?? 0) / 1000);
  // of the pages that share the browser, the one that was busy
  const sum = (all: readonly number[]): number => all.reduce((total, time) => total + time, 0);
  const [busiest = []] = [...times.values()].sort((a, b) => sum(b) - sum(a));
  return busiest.sort((a, b) => b - a);
}

async function zoomAndPan(page: Page): Promise<void> {
  const box = await page.locator('[data-chart]').first().boundingBox();
  if (box === null) throw new Error('there is no chart');
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.4);
  for (let turn = 0; turn < 40; turn += 1) {
    await page.mouse.wheel(turn % 3 === 2 ? 120 : 0, turn < 24 ? -120 : 120);
    await page.waitForTimeout(16);
  }
}

async function expectFluid(page: Page, act: () => Promise<void>): Promise<void> {
  const tasks = await mainTasks(page, act);
  expect(tasks.length, 'tasks were seen').toBeGreaterThan(10);
  expect(tasks[0], `longest tasks: ${tasks.slice(0, 8).map(Math.round).join(', ')} ms`).toBeLessThan(MOST_TASK_MS);
}

test('a million rows are read, kept as a copy, and zoomed and panned without a long task', async ({ page }) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'drawdown-large-'));
  try {
    const file = path.join(folder, 'million.csv');
    writeUsageFile(file, ROWS);
    await openDemo(page);
    const chooser = page.waitForEvent('filechooser');
    await choose(page, 'Open', 'Import files');
    await (await chooser).setFiles(file);
    await page.getByRole('button', { name: 'Import 1 file', exact: true }).click({ timeout: 180_000 });
    await expect(heading(page)).toHaveText(/^million\.csv/);
  } finally {
    await rm(folder, { recursive: true });
  }
  // the copy that is kept of unsaved work is made once after an import
  await expect(page.getByText(/copy kept/).first()).toBeVisible();

  await expectFluid(page, () => zoomAndPan(page));
});

test('an empty account: every place says what to drop or do', async ({ page }) => {
  await openDemo(page);
  await choose(page, 'Open', 'New account…');
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByLabel('Name').fill('Acme');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(heading(page)).toHaveText('Acme');

  const empty = page.getByRole('region', { name: 'Empty account' });
  await expect(empty).toContainText('Drop usage logs, cost exports or statements anywhere in the window');
  for (const [tab, words] of [
    ['Timeline', 'Nothing has happened yet'],
    ['Lots', 'No credits yet'],
    ['Invoices', 'No invoice yet'],
    ['Usage', 'Drop a usage export'],
  ] as const) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await expect(page.getByRole('tabpanel')).toContainText(words);
  }
  await page.keyboard.press('2');
  await expect(empty).toContainText('every step of a control replays the account');
  await page.keyboard.press('4');
  await expect(page.getByRole('main')).toContainText('Click any figure');
  await page.keyboard.press('5');
  await expect(page.getByRole('grid', { name: 'Journal' })).toContainText('Drop a usage export');
  await page.getByRole('tab', { name: 'SQL' }).click();
  await expect(page.getByRole('tabpanel')).toContainText('Run a query');
  await page.keyboard.press('7');
  await expect(page.getByRole('tabpanel')).toContainText('Drop usage logs, cost exports or statements anywhere');
  await page.keyboard.press('1');
  await empty.getByRole('button', { name: 'Write its purchases and grants' }).click();
  await expect(heading(page)).toHaveText('Scenario');
});
