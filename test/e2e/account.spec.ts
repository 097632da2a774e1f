/** The first window as its three kinds of users use it. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { choose, chooseFile, downloadOf, drop, FIXTURES, importStaged, openDemo, SCENARIOS } from './files.ts';

const figure = 'Key figures';

test('first start: the demo is replayed, on one finished screen', async ({ page }) => {
  await openDemo(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Brightwater Analytics');
  const figures = page.getByLabel(figure);
  for (const text of ['242.37', 'Open', 'Tier 3', '10,835.13', '784.03', '86.71'])
    await expect(figures).toContainText(text);
  await expect(page.getByText('Trial balance ties, 0.00')).toBeVisible();
  await expect(page.getByText('6 expectations hold')).toBeVisible();
  await expect(page.getByRole('tab', { name: /Timeline/ })).toHaveAttribute('aria-selected', 'true');
  await page.getByRole('tab', { name: /Invoices/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('2,042.74');
  await page.getByRole('tab', { name: /Lots/ }).click();
  await expect(page.getByRole('tabpanel')).toContainText('welcome');
});

test('finance drops a cost export: it is recognised, counted and replayed to the last digit', async ({ page }) => {
  await openDemo(page);
  const text = await readFile(path.join(FIXTURES, 'openai_cost_export.csv'), 'utf8');
  await drop(page, [{ name: 'openai_cost_export.csv', text }]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Import');
  const file = page.getByRole('region', { name: 'openai_cost_export.csv' });
  await expect(file).toContainText('21 usage rows');
  await expect(file).toContainText('3.9538109');
  await expect(file).toContainText('cover a day each');
  // Each row as one, not in hourly slices, so that its costs can be added up here.
  await file.getByRole('button', { name: 'At its start' }).click();
  await expect(file.getByRole('button', { name: 'At its start' })).toHaveAttribute('aria-pressed', 'true');
  // Nothing is kept before the user agrees.
  await expect(page.getByText(/^Unsaved/)).toBeHidden();
  await importStaged(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('openai_cost_export.csv on prepaid credits');
  const report = page.getByLabel('Import report');
  await expect(report).toContainText('openai-cost');
  await expect(report).toContainText('21');
  const { bytes } = await downloadOf(page, () => choose(page, 'Export', 'Usage as CSV'));
  const costs = bytes
    .toString()
    .trim()
    .split('\r\n')
    .slice(1)
    .map((line) => line.split(','));
  expect(costs).toHaveLength(21);
  // the whole cost in 10^-12, by integers
  const total = costs
    .map((cells) => cells.at(-6)!)
    .reduce((sum, cost) => {
      const [whole = '0', fraction = ''] = cost.split('.');
      return sum + BigInt(whole + fraction.padEnd(12, '0'));
    }, 0n);
  expect(total).toBe(3_953_810_900_000n);
});

test('the same file again is not counted twice, and that is said', async ({ page }) => {
  await openDemo(page);
  const text = await readFile(path.join(FIXTURES, 'openai_cost_export.csv'), 'utf8');
  await drop(page, [{ name: 'openai_cost_export.csv', text }]);
  await importStaged(page);
  const before = await page.getByLabel(figure).textContent();
  await drop(page, [{ name: 'copy of it.csv', text }]);
  const files = page.getByRole('navigation', { name: 'Files to import' });
  await expect(files).toContainText('copy of it.csv');
  await expect(files).toContainText('imported before, nothing to store');
  await expect(page.getByRole('button', { name: 'Nothing to import' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('1');
  expect(await page.getByLabel(figure).textContent()).toBe(before);
});

test('a usage export without costs is priced by the published prices', async ({ page }) => {
  await openDemo(page);
  await chooseFile(
    page,
    () => choose(page, 'Open', 'Import files'),
    path.join(FIXTURES, 'completions_usage_2026-10-02_2026-10-03.csv'),
  );
  await importStaged(page);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('completions_usage');
  await page.getByRole('tab', { name: /Usage/ }).click();
  // 17,830 x 0.25 + 12,288 x 0.025 + 11,902 x 2, per million
  await expect(page.getByRole('tabpanel')).toContainText('0.0285687');
});

test('support opens a case and reads why access was cut off', async ({ page }) => {
  await openDemo(page);
  const scenario = path.join(SCENARIOS, 'hundreds-of-debt-on-five-dollars.yaml');
  await chooseFile(page, () => choose(page, 'Open', 'Open scenario'), scenario);
  await expect(page.getByLabel(figure)).toContainText('−463.88');
  const row = page.getByRole('row', { name: /Access cut off/ });
  await expect(row).toBeVisible();
  await row.click();
  await expect(row).toHaveAttribute('aria-selected', 'true');
});

test('a scenario with mistakes lists each with its place, and the account that was open stays', async ({ page }) => {
  await openDemo(page);
  const text = 'drawdown: 1\nacount: {plan: prepaid}\nevents:\n  - {at: 2025-01-01, type: purchase, amount: 5}\n';
  await drop(page, [{ name: 'wrong.yaml', text }]);
  const report = page.getByLabel('Import report');
  await expect(report).toContainText('wrong.yaml:2:1');
  await expect(report).toContainText('did you mean account');
  await expect(report).toContainText('wrong.yaml:4:10');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Brightwater Analytics');
});

test('saved, reopened: the workspace shows the identical account', async ({ page }) => {
  await openDemo(page);
  const text = await readFile(path.join(FIXTURES, 'openai_cost_export.csv'), 'utf8');
  await drop(page, [{ name: 'openai_cost_export.csv', text }]);
  await importStaged(page);
  const before = await page.getByLabel(figure).textContent();
  const saved = await downloadOf(page, () => page.keyboard.press('Control+S'));
  expect(saved.bytes.subarray(0, 15).toString()).toBe('SQLite format 3');
  await page.reload();
  await openDemo(page);
  await chooseFile(page, () => choose(page, 'Open', 'Open workspace'), saved.file);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('openai_cost_export.csv on prepaid credits');
  expect(await page.getByLabel(figure).textContent()).toBe(before);
});

test('the chart goes out as a PNG, tables as CSV', async ({ page }) => {
  await openDemo(page);
  const png = await downloadOf(page, () => page.keyboard.press('Control+E'));
  expect(png.name).toMatch(/\.png$/);
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.readUInt32BE(16)).toBeGreaterThan(1500);
  const csv = await downloadOf(page, () => choose(page, 'Export', 'Lots as CSV'));
  expect(csv.bytes.toString().split('\r\n')[0]).toBe(
    'id,kind,bought_at,posted_at,expires_at,priority,amount,settled,drawn,expired,refunded,remaining',
  );
});

test('the chart is zoomed and walked by keyboard, and reads events out', async ({ page }) => {
  await openDemo(page);
  const chart = page.getByLabel(/^Balance chart/);
  await chart.focus();
  // its name says what it shows: the range and the grain
  const range = async (): Promise<string | null> => chart.getAttribute('aria-label');
  await page.keyboard.press('0');
  const whole = await range();
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(range).not.toBe(whole);
  await page.keyboard.press('0');
  await expect.poll(range).toBe(whole);
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[aria-live="polite"]').first()).toContainText('2026');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Chart as PNG');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openDemo(page);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
}
