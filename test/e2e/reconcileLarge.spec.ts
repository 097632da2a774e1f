/** A month of twenty thousand items a side: cancelled and gone on with, scrolled, filtered, decided, taken back. */
import { expect as expectSoon, test, type Page } from '@playwright/test';
import { manyItems } from '../session/reconcile/many.ts';
import { drop, openDemo } from './files.ts';
import { mainTasks } from './mainTasks.ts';

const ITEMS = 20_000;
/** Half a minute on two quiet cores; several times as long where the machine is busy with other tests. */
test.describe.configure({ timeout: 420_000 });
/** A recording of the page would be work of the page, which is what is measured. */
test.use({ trace: 'off' });
const expect = expectSoon.configure({ timeout: 120_000 });

/**
 * Milliseconds of its own time that a task of the main thread takes at most. The goal is 200; twice that leaves room for a
 * machine whose caches are shared, and copying all groups to the page (seconds) cannot stay under.
 */
const MOST_TASK_MS = 400;

async function expectFluid(page: Page, act: () => Promise<void>): Promise<void> {
  const tasks = await mainTasks(page, act);
  expect(tasks[0], `longest tasks: ${tasks.slice(0, 8).map(Math.round).join(', ')} ms`).toBeLessThan(MOST_TASK_MS);
}

/** How many groups wait for a decision, as the button says. */
async function toDecide(page: Page): Promise<number> {
  const button = page.getByRole('button', { name: /^Mark prepared, .* to decide$/ });
  await expect(button).toBeVisible();
  return Number(/, ([\d,]+) to decide/.exec((await button.textContent()) ?? '')?.[1]?.replaceAll(',', ''));
}

test('twenty thousand items a side: nothing stands still', async ({ page }) => {
  const { scenario, files } = manyItems(ITEMS, 1);
  await openDemo(page);
  await drop(page, [{ name: 'many.yaml', text: scenario }]);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('bench');
  const text = new TextDecoder();
  await drop(
    page,
    files.map(({ name, content }) => ({ name, text: text.decode(content as Uint8Array) })),
  );
  await page.getByRole('button', { name: 'Import 2 files', exact: true }).click();
  await expect(page.getByLabel('Import report')).toBeVisible();

  // the first matching is told, given up, and gone on with
  await page.keyboard.press('6');
  await page.locator('.reconcile-bar').getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('Matching was cancelled')).toBeVisible();
  await page.getByRole('button', { name: 'Go on matching' }).click();
  await page.locator('[data-recon=shown]').waitFor({ timeout: 120_000 });

  const table = page.getByRole('grid', { name: 'Groups of items' });
  const chosen = table.locator('.table-row.chosen').first();
  await expect(table.getByRole('row', { name: /^To decide/ })).toBeVisible();
  expect(Number(await table.getAttribute('aria-rowcount'))).toBeGreaterThan(ITEMS);
  await expectFluid(page, async () => {
    await table.focus();
    await page.keyboard.press('End');
    await expect(chosen).toBeInViewport();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('PageUp');
    await page.keyboard.press('Home');
    await expect(chosen).toContainText('BNCH-');
    await page
      .getByRole('toolbar', { name: 'Steps of the bridge' })
      .getByRole('button', { name: /Not simulated/ })
      .click();
    await expect(page.getByText('only Not simulated')).toBeVisible();
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect(table.getByRole('row', { name: /^To decide/ })).toBeVisible();
    await page.keyboard.press('/');
    await page.keyboard.type('bnch-000049');
    // its title and the group
    await expect(table).toHaveAttribute('aria-rowcount', '3');
    await page.keyboard.press('Escape');
    await expect(table.getByRole('row', { name: /^To decide/ })).toBeVisible();
  });

  const before = await toDecide(page);
  await expectFluid(page, async () => {
    await page.getByRole('tab', { name: /^Match/ }).click();
    const other = page.getByRole('listbox', { name: 'Documents and purchases not matched' });
    await expect(other.getByRole('option').first()).toBeVisible();
    await page.getByLabel('Filter lines').fill('bnch-000049');
    await expect(other.getByRole('option')).toHaveCount(1);
    await other.focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('i');
    await page
      .getByRole('dialog', { name: /^Ignore/ })
      .getByLabel('Reason')
      .fill('Other product');
    await page.keyboard.press('Enter');
    const sign = page.getByRole('dialog', { name: 'Your name' });
    await sign.getByLabel('Name').fill('A. Example');
    await page.keyboard.press('Enter');
    await expect.poll(() => toDecide(page)).toBeLessThan(before);
    await expect(other.getByRole('option')).toHaveCount(0);
    await page.getByRole('button', { name: 'Undo', exact: true }).click();
    await expect.poll(() => toDecide(page)).toBe(before);
    await expect(other.getByRole('option')).toHaveCount(1);
  });
});
