/** What is selected in a table pastes into a spreadsheet: rows with their headers, cells apart by tabs, amounts exact. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { atRest, openDemo } from './files.ts';

const expect = expectSoon.configure({ timeout: 20_000 });

const SEEDS = path.resolve(import.meta.dirname, '../fuzz/seeds');

/** Selects the first two rows by keys alone and copies them. @returns the lines of the clipboard, cell by cell */
async function copied(page: Page, grid: Locator): Promise<string[][]> {
  await expect(grid.getByRole('row').nth(2)).not.toHaveText('');
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await expect.poll(() => grid.locator('[role=row][aria-selected=true]').count()).toBeGreaterThan(1);
  await page.evaluate(() => navigator.clipboard.writeText('nothing was copied'));
  await page.keyboard.press('Control+c');
  const text = await page.evaluate(() => navigator.clipboard.readText());
  return text.split('\n').map((line) => line.split('\t'));
}

const goTo = (page: Page, place: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name: place }).click();

async function dropStatements(page: Page): Promise<void> {
  const files = await Promise.all(
    ['stripe_invoices.csv', 'bank.ofx'].map(async (name) => ({
      name,
      base64: (await readFile(path.join(SEEDS, name))).toString('base64'),
    })),
  );
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, base64 } of dropped)
      data.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name));
    return data;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  await page.getByRole('button', { name: 'Import 2 files', exact: true }).click();
  await expect(page.getByLabel('Import report')).toBeVisible();
  await atRest(page);
}

test('rows of every table paste into a spreadsheet', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openDemo(page);

  for (const [name, header, cell] of [
    ['Timeline', 'Balance', /^-?\d+(\.\d+)?$/],
    ['Lots', 'Remaining', /^\d+(\.\d+)?$/],
    ['Invoices', 'Due', /^-?\d+(\.\d+)?$/],
    ['Usage', 'Cost USD', /^\d+\.\d+$/],
  ] as const) {
    await test.step(name, async () => {
      await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
      const [heads = [], ...rows] = await copied(page, page.getByRole('grid', { name }));
      expect(heads).toContain(header);
      expect(rows).toHaveLength(2);
      for (const row of rows) {
        expect(row).toHaveLength(heads.length);
        expect(row[heads.indexOf(header)]).toMatch(cell);
      }
    });
  }
  await test.step('more rows than can be copied', async () => {
    const usage = page.getByRole('grid', { name: 'Usage' });
    await page.keyboard.press('Shift+End');
    await page.evaluate(() => navigator.clipboard.writeText('as it was'));
    await usage.press('Control+c');
    await expect(page.getByText(/rows are selected; up to 5,000 can be copied at once/)).toBeVisible();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('as it was');
    await usage.press('ArrowUp');
    await expect(page.getByText(/can be copied at once/)).toBeHidden();
  });

  await test.step('Journal', async () => {
    await goTo(page, 'Journal');
    const [heads = [], ...rows] = await copied(page, page.getByRole('grid', { name: 'Journal' }));
    expect(heads).toEqual(expect.arrayContaining(['Debit', 'Credit']));
    expect(rows).toHaveLength(2);
  });
  await test.step('an answer of SQL', async () => {
    await page.getByRole('tab', { name: 'SQL' }).click();
    const query = page.getByRole('textbox', { name: 'Query' });
    await query.fill("SELECT column1 AS lot, column2 AS kind FROM (VALUES ('a', 'x'), ('b', 'y'))");
    await query.press('Control+Enter');
    expect(await copied(page, page.getByRole('grid', { name: 'Answer' }))).toEqual([
      ['lot', 'kind'],
      ['a', 'x'],
      ['b', 'y'],
    ]);
  });

  await dropStatements(page);
  await test.step('Files', async () => {
    await goTo(page, 'Data');
    const [heads = [], ...rows] = await copied(page, page.getByRole('grid', { name: /Files/ }));
    expect(heads).toContain('File');
    expect(rows.flat().join(' ')).toMatch(/bank\.ofx|stripe_invoices\.csv/);
  });
  await test.step('groups of Reconcile', async () => {
    await goTo(page, 'Reconcile');
    await page.locator('[data-recon=shown]').waitFor();
    await page.getByLabel('Month', { exact: true }).last().selectOption('October 2026');
    await page.locator('[data-recon=shown]').waitFor();
    const [heads = [], ...rows] = await copied(page, page.getByRole('grid', { name: 'Groups of items' }));
    expect(heads[0]).toBe('State');
    expect(rows.length).toBeGreaterThanOrEqual(2);
    for (const row of rows) expect(row).toHaveLength(heads.length);
  });
});
