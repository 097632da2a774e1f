/** The account's chart: what others state on it, a second run beside it, and the picture as a file. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { atRest, choose, downloadOf, drop, openDemo } from './files.ts';
import { ACCOUNT, BALANCES, BANK, CREDITS, INVOICES, type StatedFile } from './statedFiles.ts';

/** Each opens several files, and looks at the whole page. */
test.slow();

async function openStated(page: Page, ...files: readonly StatedFile[]): Promise<void> {
  await openDemo(page);
  await drop(page, [ACCOUNT]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Halcyon credits');
  await drop(page, files);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByLabel('Import report')).toBeVisible();
  await atRest(page);
  await page.keyboard.press('1');
}

const chart = (page: Page) => page.getByRole('application', { name: /Balance chart/ });

test('stated balances stand on the line or beside it, and lead to their source', async ({ page }) => {
  await openStated(page, BALANCES);
  await expect(page.locator('[data-stated=agrees]')).toHaveCount(4);
  await expect(page.locator('[data-stated=differs]')).toHaveCount(2);
  await expect(page.locator('.minimap-differs')).toHaveCount(2);
  await expect(chart(page)).toContainText('−2.50');
  await expect(chart(page)).toContainText('+12.00');
  const diamond = page.locator('[data-stated=differs]').first().locator('.glyph-solid');
  const box = await diamond.boundingBox();
  if (box === null) throw new Error('no diamond is drawn');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  const card = page.locator('.hover-card');
  for (const text of ['File states', '62.50', 'replayed', '65.00', '−2.50', 'balances.csv:4'])
    await expect(card).toContainText(text);
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const source = page.getByRole('complementary', { name: 'Source, balances.csv' });
  await expect(source.getByRole('listitem').filter({ hasText: '62.50' })).toHaveAttribute('aria-current', 'true');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Escape');
  const entry = page.getByRole('switch', { name: /Stated balance 6/ });
  await entry.click();
  await expect(page.locator('[data-stated], .minimap-differs')).toHaveCount(0);
});

test('by keyboard alone the walk meets what happened and what was stated, in time', async ({ page }) => {
  await openStated(page, BALANCES);
  await chart(page).focus();
  await page.keyboard.press('Home');
  await expect(page.getByRole('status').filter({ hasText: 'Purchase paid' })).toBeAttached();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const spoken = page.getByRole('status');
  for (const text of ['A file states 95.00, which agrees', 'A file states 75.00', '−2.50 from the replayed balance']) {
    await page.keyboard.press('ArrowRight');
    await expect(spoken.filter({ hasText: text })).toBeAttached();
  }
  await page.keyboard.press('ArrowLeft');
  await expect(spoken.filter({ hasText: 'A file states 75.00' })).toBeAttached();
});

test('documents and bank lines of the vendor stand in their lane; a bar opens its line', async ({ page }) => {
  await openStated(page, INVOICES, BANK);
  await expect(page.locator('[data-statement=document]')).toHaveCount(2);
  await expect(page.locator('[data-statement=bank]')).toHaveCount(2);
  const bar = page.locator('[data-statement=document] .statement-hand').last();
  await bar.hover();
  for (const text of ['HM-0002', '50.00', 'document', 'invoices.csv:3'])
    await expect(page.locator('.hover-card')).toContainText(text);
  await bar.click();
  const source = page.getByRole('complementary', { name: 'Source, invoices.csv' });
  await expect(source.getByRole('listitem').filter({ hasText: 'HM-0002' })).toHaveAttribute('aria-current', 'true');
});

test('a balance without a time is asked about, and never taken unasked', async ({ page }) => {
  await openDemo(page);
  await drop(page, [ACCOUNT]);
  await drop(page, [CREDITS]);
  const file = page.getByRole('region', { name: 'credits.json' });
  await expect(file).toContainText('The file does not say when this balance held');
  await expect(page.getByRole('button', { name: 'Import 1 file' })).toHaveCount(0);
  const field = file.getByRole('textbox', { name: 'A day or an instant' });
  await field.fill('soon');
  await field.press('Enter');
  await expect(file.getByRole('alert')).toContainText('Write a day');
  await field.fill('2026-10-21 08:00 UTC');
  await field.press('Enter');
  await atRest(page);
  await page.getByRole('button', { name: 'Import 1 file', exact: true }).click();
  await atRest(page);
  await page.keyboard.press('1');
  // 150.00 less 45.00, where 50.00 were left
  await expect(page.locator('[data-stated=differs]')).toHaveCount(1);
  await expect(chart(page)).toContainText('+50.00');
});

test('the chart as SVG opens by itself, and its figures are those of the account', async ({ page, context }) => {
  await openStated(page, BALANCES);
  const { name, bytes } = await downloadOf(page, () => choose(page, 'Export', 'Chart as SVG'));
  expect(name).toBe('Halcyon-credits.svg');
  const text = bytes.toString();
  expect(text).not.toMatch(/var\(|class=|href=|<style|currentcolor/i);
  for (const word of [
    'Halcyon credits',
    'Balance in USD, ',
    'UTC',
    'IBM Plex Sans',
    'Stated balance',
    '−2.50',
    '30.00',
  ])
    expect(text).toContain(word);
  const alone = await context.newPage();
  await alone.setContent(text);
  const found = await alone.evaluate(() => {
    const ticks = Array.from(document.querySelectorAll<SVGTextElement>('text[data-value]'), (tick) => ({
      value: Number(tick.dataset['value']),
      y: tick.getBBox().y,
    })).sort((a, b) => a.value - b.value);
    const [low, high] = [ticks[0]!, ticks.at(-1)!];
    const line = document.querySelector<SVGPathElement>('path[vector-effect]');
    const zero = document.querySelector<SVGTextElement>('text[data-value="0"]')!;
    const offset = zero.getBBox().y;
    const perUnit = (low.y - high.y) / (high.value - low.value);
    const length = line!.getTotalLength();
    const values = Array.from({ length: 4000 }, (_, step) => line!.getPointAtLength((length * step) / 3999).y);
    return { values, offset, perUnit, height: zero.getBBox().height, own: Number(zero.getAttribute('y')) };
  });
  // a tick's words stand 4 px below its line
  const balances = found.values.map((y) => Math.round((found.own - 4 - y) / found.perUnit));
  const levels = new Set(balances);
  // every level that the account rested at is a level of the line, and its ends are the first and the last balance
  for (let level = 100; level >= 15; level -= 5) expect(levels).toContain(level);
  expect(balances[0]).toBe(100);
  expect(balances.at(-1)).toBe(30);
  expect(Math.max(...balances)).toBe(100);
});

test('a second run from another file is laid over the account, with the difference below', async ({ page }) => {
  await openDemo(page);
  await drop(page, [ACCOUNT]);
  const other = ACCOUNT.text.replace('amount: 50, id: second', 'amount: 20, id: second').replace('Halcyon', 'Smaller');
  await page.getByRole('button', { name: 'Compare with' }).click();
  const dialog = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: 'Another scenario or workspace…' }).click();
  await (await dialog).setFiles({ name: 'other.yaml', mimeType: 'text/yaml', buffer: Buffer.from(other) });
  const strip = page.getByRole('img', { name: 'Difference of the account and Smaller credits' });
  await expect(strip).toContainText('+30.00');
  // the other one ends at its own balance
  await expect(chart(page)).toContainText('S 30.00');
  await expect(chart(page).locator('path.baseline-line')).toHaveCount(1);
  // both balances of an instant, and how far they are apart
  await page.getByRole('row', { name: /50\.00.*10\.00/ }).hover();
  await expect(page.locator('.hover-card')).toContainText('Smaller credits, difference +30.00');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: 'Stop comparing with Smaller credits' }).click();
  await expect(strip).toHaveCount(0);
});

test('a pinned variant is compared with on the account’s own chart', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('2');
  const delay = page.getByRole('textbox', { name: 'Delay, value', exact: true });
  await delay.fill('0 min');
  await delay.press('Enter');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByRole('button', { name: 'A, Delay 0 min' })).toBeVisible();
  await page.keyboard.press('1');
  await page.getByRole('button', { name: 'Compare with' }).click();
  await page.getByRole('menuitemradio', { name: /^A / }).click();
  await expect(page.getByRole('img', { name: /^Difference of the account and A / })).toBeVisible();
  await expect(page.locator('.difference-edge').first()).toBeAttached();
});

test('chart and tables show each other what is under the pointer, and select each other', async ({ page }) => {
  await openDemo(page);
  await drop(page, [ACCOUNT]);
  const surface = page.locator('[data-chart-surface]');
  // a row shows its place on the chart
  await page.getByRole('row', { name: /50\.00.*10\.00/ }).hover();
  await expect(page.locator('.hover-card')).toContainText('20 Oct 2026 09:00:00');
  // a mark shows its row, and selects its lot where lots are open
  await page.getByRole('tab', { name: /^Lots/ }).click();
  const mark = page.locator('[data-chart-mark=purchase]').last();
  await mark.hover({ force: true });
  const lot = page.getByRole('row', { name: /second/ });
  await expect(lot).toHaveClass(/lit/);
  const box = await mark.boundingBox();
  if (box === null) throw new Error('no mark is drawn');
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await expect(lot).toHaveAttribute('aria-selected', 'true');
  // a place on the line selects the row of usage that made it, and the other way round
  await page.getByRole('tab', { name: /^Usage/ }).click();
  const plot = await surface.boundingBox();
  if (plot === null) throw new Error('no chart is drawn');
  await page.mouse.click(plot.x + plot.width * 0.3, plot.y + 12);
  await expect(page.getByRole('row', { selected: true })).toContainText('5.00');
  await page.getByRole('tab', { name: /^Invoices/ }).click();
  await page.mouse.click(plot.x + plot.width * 0.3, plot.y + 12);
  await expect(page.getByRole('row', { selected: true })).toContainText('120.00');
});
