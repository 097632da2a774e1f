/** Finance in the journal and on the console: entries down to their rows, a balance that ties, queries that cannot harm. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { choose, downloadOf, drop, importStaged, openDemo } from './files.ts';

const LOG = [
  '{"id":"a","timestamp":"2026-10-01T00:00:00Z","model":"hm-large","cost":0.25}',
  '{"id":"b","timestamp":"2026-10-02T00:00:00Z","model":"hm-small","cost":0.5}',
  '',
].join('\n');

/** A first query waits for the copy of the account that it runs on. */
const SLOW = { timeout: 20_000 };

const RUNAWAY = 'WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n+1 FROM c) SELECT count(*) FROM c';

async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

async function openJournal(page: Page): Promise<Locator> {
  await openDemo(page);
  await page.keyboard.press('5');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Journal');
  const journal = page.getByRole('grid', { name: 'Journal' });
  await expect(journal.getByRole('row').nth(1)).toBeVisible();
  return journal;
}

async function openConsole(page: Page): Promise<Locator> {
  await openDemo(page);
  await page.keyboard.press('5');
  await page.getByRole('tab', { name: 'SQL' }).click();
  await expect(page.getByRole('button', { name: 'Overruns' })).toBeVisible();
  return page.getByRole('textbox', { name: 'Query' });
}

async function run(query: Locator, sql: string): Promise<void> {
  await query.fill(sql);
  await query.press('Control+Enter');
}

const rowsOf = async (grid: Locator): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1;

test('the journal is filtered, its sums and balances are of all entries, the trial balance ties', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  const journal = await openJournal(page);
  const all = await rowsOf(journal);
  const trial = page.getByRole('complementary', { name: 'Trial balance' });
  await expect(trial).toContainText('Ties, 0.00');
  expect(await axe(page)).toEqual([]);
  const accounts = page.getByRole('toolbar', { name: 'Accounts' });
  await accounts.getByRole('button', { name: 'Credits' }).click();
  await expect(page.getByText(`entries of ${all}`)).toBeVisible();
  // the customer's balance of the account's first figure, on the credit side
  await expect(page.getByRole('definition').last()).toHaveText(/^242\.36\d+Cr$/);
  const ofCredits = await rowsOf(journal);
  expect(ofCredits).toBeLessThan(all);
  await page.getByLabel('Kind').selectOption('Expiry');
  await expect.poll(() => rowsOf(journal)).toBe(1);
  await expect(journal.getByRole('row').nth(1)).toContainText('Revenue: breakage');
  await page.getByLabel('Least amount').fill('1000000');
  await page.getByLabel('Least amount').press('Enter');
  await expect(journal).toContainText('No entry passes the filter.');
  await page.getByRole('button', { name: 'Show all entries' }).click();
  await expect.poll(() => rowsOf(journal)).toBe(all);
  await page.keyboard.press('/');
  await page.keyboard.type('overrun receivable');
  await expect.poll(() => rowsOf(journal)).toBeLessThan(10);
  await page.keyboard.press('Escape');
  await page.getByLabel('From', { exact: true }).fill('2026-03');
  await page.getByLabel('From', { exact: true }).press('Enter');
  await expect(page.getByLabel('From', { exact: true })).toHaveValue('2026-03-01');
  await expect(journal.getByRole('row').nth(1)).toContainText('Mar 2026');
});

test('the trial balance ties at any instant, and its accounts choose the entries', async ({ page }) => {
  await page.setViewportSize({ width: 1600, height: 900 });
  await openJournal(page);
  const trial = page.getByRole('complementary', { name: 'Trial balance' });
  const cash = trial.getByRole('row', { name: /^Cash/ });
  const atEnd = await cash.textContent();
  await trial.getByLabel('As of').fill('2025-10');
  await trial.getByLabel('As of').press('Enter');
  await expect(cash).not.toHaveText(atEnd ?? '');
  await expect(trial).toContainText('Ties, 0.00');
  await trial.getByRole('button', { name: 'At the end' }).click();
  await expect(cash).toHaveText(atEnd ?? '');
  await trial.getByRole('button', { name: 'Tax payable' }).click();
  await expect(page.getByRole('columnheader', { name: 'Balance, Tax payable' })).toBeVisible();
});

test('an entry of usage opens to its rows and their lines, by keyboard alone', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'events.ndjson', text: LOG }]);
  await importStaged(page);
  await page.keyboard.press('5');
  const journal = page.getByRole('grid', { name: 'Journal' });
  await expect(journal.getByRole('row', { name: /2 usage rows/ })).toBeVisible();
  const closed = await rowsOf(journal);
  await journal.focus();
  await page.keyboard.press('Home');
  for (let step = 1; step < closed && !(await selectedText(journal)).includes('2 usage rows'); step += 1)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => rowsOf(journal)).toBe(closed + 2);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await selectedText(journal)).toContain('events.ndjson:2');
  expect(await selectedText(journal)).toContain('0.5');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const source = page.getByRole('complementary', { name: 'Source, events.ndjson' });
  await expect(source.getByRole('listitem').filter({ hasText: '"id":"b"' })).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Escape');
  await expect(source).toBeHidden();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect.poll(() => rowsOf(journal)).toBe(closed);
});

async function selectedText(grid: Locator): Promise<string> {
  return (await grid.locator('[role=row][aria-selected=true]').first().textContent()) ?? '';
}

test('the journal goes out as it is filtered, tables go out as spreadsheets', async ({ page }) => {
  const journal = await openJournal(page);
  const sheet = await downloadOf(page, async () => {
    await page.keyboard.press('1');
    await choose(page, 'Export', 'Lots as XLSX');
  });
  expect(sheet.name).toMatch(/-lots\.xlsx$/);
  expect(sheet.bytes.subarray(0, 2).toString()).toBe('PK');
  await page.keyboard.press('5');
  await page.getByRole('toolbar', { name: 'Accounts' }).getByRole('button', { name: 'Tax payable' }).click();
  await expect(page.getByRole('columnheader', { name: 'Balance, Tax payable' })).toBeVisible();
  const shown = await rowsOf(journal);
  const csv = await downloadOf(page, () => choose(page, 'Export', 'Journal as CSV'));
  const lines = csv.bytes.toString().trim().split('\r\n');
  expect(lines[0]).toBe('entry,at,debit,credit,amount,kind,of,cause,balance');
  expect(lines).toHaveLength(shown + 1);
  for (const line of lines.slice(1)) expect(line).toContain('tax_payable');
  const xlsx = await downloadOf(page, () => choose(page, 'Export', 'Journal as XLSX'));
  expect(xlsx.bytes.subarray(0, 2).toString()).toBe('PK');
});

test('a query answers as table, chart and files; a fault is shown in its place', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const query = await openConsole(page);
  await run(query, "SELECT 'a' AS name, 1 AS n, NULL AS absent, '' AS blank UNION ALL SELECT 'b', 2000, NULL, ''");
  const answer = page.getByRole('grid', { name: 'Answer' });
  await expect(answer.getByRole('row')).toHaveCount(3, SLOW);
  await expect(answer.getByRole('row').nth(2)).toContainText('2,000');
  await expect(answer.getByText('NULL')).toHaveCount(2);
  expect(await axe(page)).toEqual([]);
  const csv = await downloadOf(page, async () => {
    await page.getByRole('button', { name: 'Export answer' }).click();
    await page.getByRole('menuitem', { name: 'Answer as CSV' }).click();
  });
  expect(csv.bytes.toString()).toBe('name,n,absent,blank\r\na,1,,\r\nb,2000,,\r\n');
  await page.getByRole('toolbar', { name: 'Answer as' }).getByRole('button', { name: 'Chart' }).click();
  await expect(page.getByRole('img', { name: /^Bars of n over name, 2 rows/ })).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await run(query, 'SELECT at,\n  cosst\nFROM usage');
  const fault = page.getByRole('alert');
  await expect(fault).toContainText('did you mean cost', SLOW);
  await expect(fault).toContainText('Line 2, column 3');
  await fault.getByRole('button', { name: 'Show the place' }).click();
  expect(await query.evaluate((field: HTMLTextAreaElement) => [field.selectionStart, field.selectionEnd])).toEqual([
    13, 18,
  ]);
  expect(await axe(page)).toEqual([]);
  await page.keyboard.type('cos');
  await expect(page.getByRole('option', { name: /^cost/ }).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  await expect(query).toHaveValue('SELECT at,\n  cost\nFROM usage');
  await query.press('Control+Enter');
  await expect(page.getByText('Only the first 1,000 rows')).toBeVisible(SLOW);
  expect(problems).toEqual([]);
});

test('a query that is saved is there in the next session', async ({ page }) => {
  const query = await openConsole(page);
  await query.fill('SELECT count(*) AS entries FROM journal');
  await page.getByRole('button', { name: 'Save query' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill('Overruns');
  await dialog.getByLabel('Name').press('Enter');
  await expect(dialog).toContainText('A query of the app has this name');
  await dialog.getByRole('button', { name: 'On this computer' }).click();
  await dialog.getByLabel('Name').fill('How many entries');
  await dialog.getByLabel('Name').press('Enter');
  await expect(dialog).toBeHidden();
  const again = await openConsole(page);
  await page.getByRole('button', { name: 'How many entries', exact: true }).click();
  await expect(again).toHaveValue('SELECT count(*) AS entries FROM journal');
  // what was written before comes back
  await page.keyboard.press('Control+Z');
  await expect(again).not.toHaveValue('SELECT count(*) AS entries FROM journal');
  await page.getByRole('button', { name: 'Remove How many entries' }).click();
  await expect(page.getByRole('button', { name: 'How many entries', exact: true })).toBeHidden();
});

test('a runaway query is stopped by hand and by time, and harms nothing', async ({ page }) => {
  const query = await openConsole(page);
  await page.keyboard.press('Escape');
  const entries = (await page.getByRole('tab', { name: /Journal/ }).textContent()) ?? '';
  await run(query, RUNAWAY);
  await expect(page.getByText('Running', { exact: true })).toBeVisible();
  // the window works on while the query runs
  await page.getByRole('tab', { name: /Journal/ }).click();
  await page.getByRole('toolbar', { name: 'Accounts' }).getByRole('button', { name: 'Cash' }).click();
  await expect(page.getByRole('columnheader', { name: 'Balance, Cash' })).toBeVisible();
  await page.getByRole('tab', { name: 'SQL' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('The query was cancelled; nothing is changed.')).toBeVisible();
  await run(query, 'SELECT count(*) AS entries FROM journal');
  const count = entries.replace(/\D/g, '');
  const answer = page.getByRole('grid', { name: 'Answer' });
  await expect(answer.getByRole('row').nth(1)).toHaveText(count, SLOW);
  await page.getByLabel('Longest time').selectOption('stop after 5 s');
  await run(query, RUNAWAY);
  await expect(page.getByRole('alert')).toContainText('stopped after 5 s; nothing is changed', SLOW);
  await run(query, 'DELETE FROM journal_entry');
  await expect(page.getByRole('alert')).toBeVisible();
  await run(query, 'SELECT count(*) + 1 AS entries FROM journal');
  await expect(answer.getByRole('row').nth(1)).toHaveText(String(Number(count) + 1), SLOW);
  await page.keyboard.press('Escape');
  await page.getByRole('heading', { level: 1 }).click();
  await page.keyboard.press('1');
  await expect(page.getByText('Trial balance ties, 0.00')).toBeVisible();
  await expect(page.getByLabel('Key figures')).toContainText('242.37');
});
