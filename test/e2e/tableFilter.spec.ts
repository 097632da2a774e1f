/** The account's tables narrowed by words: key, count, a selection that stays, nothing found, Escape. */
import AxeBuilder from '@axe-core/playwright';
import { expect as expectSoon, test } from '@playwright/test';
import { openDemo } from './files.ts';

/** The worker looks through every row. */
const expect = expectSoon.configure({ timeout: 20_000 });

test('support narrows the timeline and the usage to what was asked about, and back', async ({ page }) => {
  await openDemo(page);
  const timeline = page.getByRole('grid', { name: 'Timeline' });
  await expect(timeline.getByRole('row').nth(1)).not.toHaveText('');
  const all = Number(await timeline.getAttribute('aria-rowcount')) - 1;
  await page.keyboard.press('/');
  const field = page.getByRole('searchbox', { name: 'Filter events' });
  await expect(field).toBeFocused();
  await field.fill('access restored 9 mar');
  await expect(page.locator('.table-filter')).toContainText(`1 of ${all}`);
  await expect(timeline).toHaveAttribute('aria-rowcount', '2');
  await expect(timeline.getByRole('row').nth(1)).toContainText('Access restored');
  await timeline.getByRole('row').nth(1).click();
  await expect(timeline.getByRole('row').nth(1)).toHaveAttribute('aria-selected', 'true');

  await field.fill('no such word');
  await expect(timeline).toContainText('No row has all of these words.');
  await expect(page.locator('.table-filter')).toContainText(`0 of ${all}`);
  expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
  await field.press('Escape');
  await expect(field).toHaveValue('');
  await expect(timeline).toBeFocused();
  await expect(timeline).toHaveAttribute('aria-rowcount', String(all + 1));
  // what was selected among the few is selected among all
  await expect(timeline.locator('[role=row][aria-selected=true]')).toContainText('Access restored');

  await page.getByRole('tab', { name: /^Usage/ }).click();
  const usage = page.getByRole('grid', { name: 'Usage' });
  await expect(usage.getByRole('row').nth(1)).not.toHaveText('');
  await page.keyboard.press('/');
  await page.keyboard.type('insufficient quota 9 march');
  await expect(page.locator('.table-filter')).toContainText(/^[1-9][\d,]* of /);
  await expect(usage.getByRole('row').nth(1)).toContainText('refused, insufficient quota');
  await expect(usage.getByRole('row').nth(1)).toContainText('9 Mar 2026');

  await page.getByRole('tab', { name: /^Lots/ }).click();
  await page.keyboard.press('/');
  await page.keyboard.type('grant');
  const lots = page.getByRole('grid', { name: 'Lots' });
  await expect(page.locator('.table-filter')).toContainText(/^2 of /);
  await expect(lots).toContainText('welcome');
  // each table keeps its own words
  await page.getByRole('tab', { name: /^Usage/ }).click();
  await expect(page.getByRole('searchbox', { name: 'Filter usage rows' })).toHaveValue('insufficient quota 9 march');
});
