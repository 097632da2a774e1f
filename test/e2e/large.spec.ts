/**
 * A million usage rows in the page: they are read, and the hand on the chart is never kept waiting. And an account with
 * nothing in it: every place says what to drop or do.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { writeUsageFile } from '../bench/usageFile.ts';
import { choose, downloadOf, openDemo } from './files.ts';
import { mainTasks } from './mainTasks.ts';

const ROWS = 1_000_000;
/** Two minutes on two cores; on a machine that is busy with other tests everything takes several times as long. */
test.describe.configure({ timeout: 420_000 });
/** A recording of the page would be work of the page, which is what is measured. */
test.use({ trace: 'off' });
const expect = expectSoon.configure({ timeout: 90_000 });

/**
 * The longest task of the main thread while a hand moves, in milliseconds of its own time: what other programs take away
 * in the middle of it is not counted. The goal is 50 ms, which `npm run bench` holds; twice that leaves room for a machine
 * whose caches are shared, and work that grows with the rows (a pass over a million takes hundreds) cannot stay under.
 */
const MOST_TASK_MS = 100;

/** The same in every other place, where tables, trees and editors are made anew: nobody sees a window stand still. */
const MOST_STEP_MS = 250;

const heading = (page: Page) => page.getByRole('heading', { level: 1 });

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

/** Does something and waits for its answer; no task of the main thread may be longer than `MOST_STEP_MS` meanwhile. */
async function answers(page: Page, what: string, act: () => Promise<unknown>): Promise<void> {
  await test.step(what, async () => {
    const began = Date.now();
    const tasks = await mainTasks(page, act);
    const text = `${what}: ${Date.now() - began} ms, longest tasks ${tasks.slice(0, 4).map(Math.round).join(', ')} ms`;
    test.info().annotations.push({ type: 'million rows', description: text });
    expect(tasks[0] ?? 0, text).toBeLessThan(MOST_STEP_MS);
  });
}

const goTo = (page: Page, place: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();

async function chooseMillion(page: Page, file: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await choose(page, 'Open', 'Import files');
  await (await chooser).setFiles(file);
}

const selectedRow = (grid: Locator): Locator => grid.locator('[role=row][aria-selected=true]');

/** Presses a key in a table and waits until the row that it leads to is selected and has its text. */
async function keyTo(grid: Locator, key: string, row: number): Promise<void> {
  await grid.press(key);
  await expect(selectedRow(grid)).toHaveAttribute('aria-rowindex', String(row + 1));
  await expect(selectedRow(grid)).not.toHaveText('');
}

async function walkTables(page: Page): Promise<void> {
  await answers(page, 'undone and redone', async () => {
    await page.getByRole('button', { name: 'Undo: Import of million.csv' }).click();
    await expect(heading(page)).toHaveText('Brightwater Analytics');
    await page.getByRole('button', { name: 'Redo: Import of million.csv' }).click();
    await expect(heading(page)).toHaveText(/^million\.csv/);
  });
  await goTo(page, 'Account');
  for (const name of ['Timeline', 'Lots', 'Invoices', 'Usage']) {
    await answers(page, `${name}: its last row and its first`, async () => {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      const grid = page.getByRole('grid', { name });
      await expect(grid.getByRole('row').nth(1)).not.toHaveText('');
      const rows = Number(await grid.getAttribute('aria-rowcount')) - 1;
      if (name === 'Usage') expect(rows).toBe(ROWS);
      await keyTo(grid, 'End', rows);
      await keyTo(grid, 'Home', 1);
    });
  }
  const usage = page.getByRole('grid', { name: 'Usage' });
  await answers(page, 'Usage: scrolled through', async () => {
    await usage.hover();
    for (let turn = 0; turn < 15; turn += 1) await page.mouse.wheel(0, 40_000);
    await expect(usage.getByRole('row').nth(8)).not.toHaveText('');
  });
  await filterUsage(page);
}

async function filterUsage(page: Page): Promise<void> {
  const usage = page.getByRole('grid', { name: 'Usage' });
  const count = page.locator('.table-filter-count');
  for (const [words, found] of [
    ['nano jun', /^\d+,\d+ of 1,000,000$/],
    ['998.04', /^\d+ of 1,000,000$/],
    ['nothing says this', /^0 of 1,000,000$/],
  ] as const) {
    await answers(page, `Usage: filtered by ${words}`, async () => {
      await usage.press('/');
      await page.getByRole('searchbox', { name: 'Filter usage rows' }).fill(words);
      await expect(count).toHaveText(found);
    });
  }
  await page.keyboard.press('Escape');
  await expect(usage).toHaveAttribute('aria-rowcount', String(ROWS + 1));
}

async function walkWhatIf(page: Page): Promise<void> {
  await answers(page, 'What-if: opened, dragged, pinned', async () => {
    await goTo(page, 'What-if');
    const slider = page.getByRole('slider', { name: 'Threshold', exact: true });
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    if (box === null) throw new Error('the slider is not in sight');
    await page.mouse.move(box.x + box.width * 0.3, box.y + box.height / 2);
    await page.mouse.down();
    for (let step = 0; step < 10; step += 1)
      await page.mouse.move(box.x + box.width * (0.3 + step * 0.04), box.y + box.height / 2);
    await page.mouse.up();
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(page.getByRole('button', { name: /^A, Threshold/ })).toHaveAttribute('aria-pressed', 'true');
    await expect(page.getByRole('img', { name: /^Difference of A/ })).toBeVisible();
    await page.getByRole('button', { name: 'Reset 1 change' }).click();
  });
}

async function walkScenario(page: Page): Promise<void> {
  const run = page.getByRole('complementary', { name: 'Run of the scenario' });
  const text = page.locator('.cm-content');
  await answers(page, 'Scenario: a value typed and run, and taken back', async () => {
    await goTo(page, 'Scenario');
    await expect(run).toContainText('Balance USD998.04');
    await text.getByText('200', { exact: true }).first().dblclick();
    await page.keyboard.type('2000');
    await expect(run).not.toContainText('Balance USD998.04');
    await page.keyboard.press('Control+Z');
    await expect(run).toContainText('Balance USD998.04');
  });
}

async function walkTrace(page: Page): Promise<void> {
  const tree = page.getByRole('treegrid');
  const event = page.getByRole('region', { name: 'Event by event' });
  const opened = async (name: string): Promise<void> => {
    await goTo(page, 'Account');
    await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
    const grid = page.getByRole('grid', { name });
    await keyTo(grid, 'End', Number(await grid.getAttribute('aria-rowcount')) - 1);
    await grid.press('t');
    await expect(tree.getByRole('row').nth(1)).toBeVisible();
  };
  await answers(page, 'Trace: the balance, the last usage row, lot and invoice', async () => {
    await goTo(page, 'Account');
    await page.getByLabel('Key figures').getByRole('button').first().click();
    await expect(tree).toContainText('Lots');
    for (const name of ['Usage', 'Lots', 'Invoices']) await opened(name);
  });
  await answers(page, 'Trace: as of an instant, a row on, an event back', async () => {
    const asOf = page.getByLabel(/^As of/);
    await asOf.fill('2024-06-09 14:12');
    await asOf.press('Enter');
    await expect(event).toContainText('9 Jun 2024');
    for (const name of ['Row after', 'Event before']) {
      const before = await event.textContent();
      await page.getByRole('button', { name }).click();
      await expect(event).not.toHaveText(before ?? '');
    }
  });
}

async function walkJournal(page: Page): Promise<void> {
  const journal = page.getByRole('grid', { name: 'Journal' });
  const trial = page.getByRole('complementary', { name: 'Trial balance' });
  await answers(page, 'Journal: its entries, the balance as of an instant, a part of it as CSV', async () => {
    await goTo(page, 'Journal');
    await expect(journal.getByRole('row').nth(1)).not.toHaveText('');
    await expect(trial).toContainText('Ties, 0.00');
    await trial.getByLabel('As of').fill('2024-06');
    await trial.getByLabel('As of').press('Enter');
    await expect(trial.getByRole('button', { name: 'At the end' })).toBeVisible();
    await expect(trial).toContainText('Ties, 0.00');
    const all = await journal.getAttribute('aria-rowcount');
    await page.getByLabel('Words').fill('cash');
    await expect(journal).not.toHaveAttribute('aria-rowcount', all ?? '');
    const { bytes } = await downloadOf(page, async () => {
      await page.getByRole('button', { name: 'Export', exact: true }).click();
      await page.getByRole('menuitem', { name: 'Journal as CSV' }).click();
    });
    expect(bytes.toString()).toContain(',cash,');
  });
  await answers(page, 'SQL: a count by model, a query that never ends', async () => {
    await page.getByRole('tab', { name: 'SQL' }).click();
    const query = page.getByRole('textbox', { name: 'Query' });
    const panel = page.getByRole('tabpanel');
    await query.fill('SELECT sku, count(*) AS n FROM usage GROUP BY sku');
    await query.press('Control+Enter');
    await expect(panel).toContainText('gpt-5-nano');
    await query.fill('WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c) SELECT count(*) FROM c');
    await query.press('Control+Enter');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect(page.getByRole('button', { name: 'Cancel' })).toBeHidden();
  });
}

async function walkReconcileAndData(page: Page): Promise<void> {
  await answers(page, 'Reconcile: a month', async () => {
    await goTo(page, 'Reconcile');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Reconcile');
  });
  await answers(page, 'Data: the file, and a line of it', async () => {
    await goTo(page, 'Data');
    await expect(page.getByRole('grid', { name: /Files/ })).toContainText('million.csv');
    await goTo(page, 'Account');
    await page.getByRole('tab', { name: /^Usage/ }).click();
    const usage = page.getByRole('grid', { name: 'Usage' });
    await keyTo(usage, 'End', ROWS);
    await usage.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Source, million.csv' })).toContainText('1,000,001');
    await page.keyboard.press('Escape');
  });
}

/** @returns the saved workspace */
async function walkFiles(page: Page): Promise<string> {
  const cancel = page.getByRole('button', { name: 'Cancel, write no file' });
  await answers(page, 'Usage as CSV, given up', async () => {
    await page.getByRole('button', { name: 'CSV', exact: true }).click();
    await cancel.click();
    await expect(cancel).toBeHidden();
  });
  let saved = '';
  await answers(page, 'saved', async () => {
    ({ file: saved } = await downloadOf(page, () => page.keyboard.press('Control+s')));
  });
  return saved;
}

/** The base is there before the first change, which is then kept at once; a start after a crash has both. */
async function changeCrashAndRecover(page: Page): Promise<void> {
  await expect.poll(() => keptRecords(page), 'the base, made ahead').toEqual({ bases: 1, copies: 0 });
  await goTo(page, 'What-if');
  const pin = page.getByRole('button', { name: 'Pin', exact: true });
  await page.getByRole('slider', { name: 'Threshold', exact: true }).press('ArrowRight');
  await pin.click();
  await expect(page.getByText(/copy kept/).first()).toBeVisible();
  await expect.poll(() => keptRecords(page), 'what changed').toEqual({ bases: 1, copies: 1 });
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByLabel('Recovered work')).toContainText('At most the last few seconds are missing');
  await expect(page.locator('.status-bar')).toContainText('1,000,000 usage rows');
  await goTo(page, 'What-if');
  await expect(page.getByRole('button', { name: /^A, Threshold/ })).toBeVisible();
}

/** What the browser keeps of unsaved work. */
function keptRecords(page: Page): Promise<{ bases: number; copies: number }> {
  return page.evaluate(async () => {
    const opened = indexedDB.open('drawdown');
    const database = await new Promise<IDBDatabase>((resolve) => {
      opened.addEventListener('success', () => resolve(opened.result));
    });
    const asked = database.transaction('recovery').objectStore('recovery').getAll();
    const records = await new Promise<object[]>((resolve) => {
      asked.addEventListener('success', () => resolve(asked.result as object[]));
    });
    database.close();
    const bases = records.filter((record) => 'of' in record).length;
    return { bases, copies: records.length - bases };
  });
}

test('a million rows: read, given up and read again, zoomed and panned, and every place answers', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'drawdown-large-'));
  try {
    const file = path.join(folder, 'million.csv');
    writeUsageFile(file, ROWS);
    await openDemo(page);
    await test.step('an import is given up', async () => {
      await chooseMillion(page, file);
      await page.getByRole('button', { name: 'Cancel, keep nothing' }).click();
      await expect(page.getByRole('button', { name: 'Cancel, keep nothing' })).toBeHidden();
      await expect(page.getByRole('tabpanel')).toContainText('Drop files anywhere in the window');
      await goTo(page, 'Account');
      await expect(heading(page)).toHaveText('Brightwater Analytics');
    });
    await test.step('the import', async () => {
      await chooseMillion(page, file);
      await page.getByRole('button', { name: 'Import 1 file', exact: true }).click({ timeout: 180_000 });
      await expect(heading(page)).toHaveText(/^million\.csv/);
    });
  } finally {
    await rm(folder, { recursive: true });
  }
  // asked right after the import, while the copy that is kept of unsaved work is made
  await walkTrace(page);
  await expect(page.getByText(/copy kept/).first()).toBeVisible();

  await goTo(page, 'Account');
  await expectFluid(page, () => zoomAndPan(page));
  await walkTables(page);
  await walkJournal(page);
  await walkScenario(page);
  await walkWhatIf(page);
  await walkReconcileAndData(page);
  const saved = await walkFiles(page);

  await test.step('the workspace is opened again', async () => {
    const chooser = page.waitForEvent('filechooser');
    await choose(page, 'Open', 'Import files');
    await (await chooser).setFiles(saved);
    await expect(page.locator('.document-title strong')).toHaveText(path.basename(saved));
    await expect(page.locator('.status-bar')).toContainText('1,000,000 usage rows');
  });
  await test.step('a change is kept, and is there after a crash', () => changeCrashAndRecover(page));
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
