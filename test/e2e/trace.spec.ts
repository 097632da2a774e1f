/** Support: a case is opened, and why it happened is found, by keyboard alone; then the same by pointer, figure by figure. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { downloadOf, openDemo } from './files.ts';

const tree = (page: Page): Locator => page.getByRole('treegrid');
const chosen = (page: Page): Locator => tree(page).locator('[aria-selected="true"]');
const event = (page: Page): Locator => page.getByRole('region', { name: 'Event by event' });

/** Presses a key until the selected row says so. */
async function walkTo(page: Page, key: string, text: string): Promise<void> {
  for (let step = 0; step < 80; step += 1) {
    if ((await chosen(page).textContent())?.includes(text) === true) return;
    await page.keyboard.press(key);
  }
  throw new Error(`no row says ${text}`);
}

/** Tab until the focused element is so named. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let step = 0; step < 60; step += 1) {
    await page.keyboard.press('Tab');
    const focused = page.locator(':focus');
    const label = (await focused.getAttribute('aria-label')) ?? (await focused.textContent()) ?? '';
    if (name.test(label)) return;
  }
  throw new Error(`nothing that takes the focus is named ${String(name)}`);
}

const isFocused = (locator: Locator): Promise<boolean> =>
  locator.evaluate((element) => element === document.activeElement);

test('support finds why the balance is negative on 9 March, by keyboard alone', async ({ page }) => {
  await openDemo(page);
  await tabTo(page, /Why is the balance negative on 9 March\?/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Trace');
  await expect(tree(page)).toBeFocused();
  await expect(page.getByLabel(/^As of/)).toHaveValue('9 Mar 2026 00:00:00');
  // each column adds up to the one at its right: 0 - 86.7122753
  await expect(
    tree(page)
      .getByRole('row', { name: /Balance/ })
      .first(),
  ).toContainText('−86.7122753');
  await expect(tree(page)).toContainText('Why credit did not cover it');
  await expect(tree(page)).toContainText('auto_recharge.monthly_limit');
  await expect(tree(page)).toContainText('scenario:21');

  // down to the row that no credit covered
  await walkTo(page, 'ArrowDown', 'Overrun');
  await expect(chosen(page)).toHaveAttribute('aria-level', '3');
  await page.keyboard.press('ArrowRight');
  await expect(tree(page)).toContainText('not covered');
  await expect(tree(page)).toContainText('quickstart.yaml#usage[1]');
  await walkTo(page, 'ArrowDown', 'not covered');
  await page.keyboard.press('ArrowRight');
  await expect(chosen(page)).toHaveAttribute('aria-expanded', 'true');
  await expect(tree(page)).toContainText('Covered by lot auto-19');
  await expect(event(page)).toContainText('8 Mar 2026 16:58:18.026 UTC');
  await expect(
    event(page)
      .getByRole('row', { name: /^Balance/ })
      .last(),
  ).toContainText('−0.0341003');

  // back on 9 March, and from there to the cut-off, event by event
  await page.keyboard.press('Home');
  await expect(event(page)).toContainText('8 Mar 2026 23:59:52.212 UTC');
  await tabTo(page, /Event after/);
  await expect(event(page)).toContainText('Event 71 of 136');
  for (let step = 0; step < 6; step += 1) {
    if ((await event(page).textContent())?.includes('Access cut off') === true) break;
    const before = await event(page).getByRole('heading', { level: 2 }).textContent();
    await page.keyboard.press('ArrowLeft');
    await expect(event(page).getByRole('heading', { level: 2 })).not.toHaveText(before ?? '');
  }
  await expect(event(page)).toContainText('8 Mar 2026 18:58:18.026 UTC');
  const access = event(page).getByRole('row', { name: /^Access (open|closed)/ });
  await expect(access).toContainText('open');
  await expect(access).toContainText('closed, credits used up');

  // the skipped recharge has a derivation of its own; Escape leads back
  for (let step = 0; step < 12 && !(await isFocused(tree(page))); step += 1) await page.keyboard.press('Shift+Tab');
  await walkTo(page, 'ArrowDown', 'Auto-recharge skipped');
  await page.keyboard.press('Enter');
  const trail = page.getByRole('navigation', { name: 'Traced figures' });
  await expect(trail).toContainText('Auto-recharge skipped: monthly limit 250.00');
  await expect(tree(page)).toContainText('Recharged in the month before it');
  await page.keyboard.press('Escape');
  await expect(trail.locator('[aria-current="page"]')).toHaveText('Balance −86.71');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Brightwater Analytics');
});

test('every figure opens: by click, by T on the selected row, by T on the chart', async ({ page }) => {
  await openDemo(page);
  const trail = page.getByRole('navigation', { name: 'Traced figures' });
  await page.getByLabel('Key figures').getByRole('button', { name: '242.37' }).click();
  await expect(trail).toContainText('Balance 242.37');
  await page.keyboard.press('1');
  await page.getByRole('tab', { name: /Invoices/ }).click();
  await page.getByRole('button', { name: '2,042.74' }).first().click();
  await expect(trail).toContainText('Usage 2,042.74');
  await expect(tree(page)).toContainText('invoice.rounding');
  await page.keyboard.press('1');
  await page.getByRole('tab', { name: /Lots/ }).click();
  await page.getByRole('grid', { name: 'Lots' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('t');
  await expect(trail).toContainText(/Lot \S+ /);
  await page.keyboard.press('1');
  await page.getByRole('application', { name: /Balance chart/ }).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('t');
  await expect(trail).toContainText('Balance');
  await page.getByRole('button', { name: 'Show on chart' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Brightwater Analytics');
});

test('as of any instant; the tree as text and as CSV; the screen is accessible', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('4');
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('What is a figure made of?');
  const empty = await new AxeBuilder({ page }).analyze();
  expect(empty.violations.map(({ id }) => id)).toEqual([]);
  await page.getByRole('button', { name: /made of\?/ }).click();
  await expect(tree(page)).toContainText('hm-embed');
  const full = await new AxeBuilder({ page }).analyze();
  expect(full.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
  const { name, bytes } = await downloadOf(page, () => page.getByRole('button', { name: 'CSV' }).click());
  expect(name).toMatch(/\.csv$/);
  expect(bytes.toString()).toContain('1,plus,hm-large,1427.64,USD');
  const asOf = page.getByLabel(/^As of/);
  await asOf.fill('yesterday');
  await asOf.press('Enter');
  await expect(page.getByRole('alert')).toContainText('Write an instant as');
  await asOf.fill('9 Mar 14:12');
  await asOf.press('Enter');
  const trail = page.getByRole('navigation', { name: 'Traced figures' });
  await expect(trail).toContainText('Balance 913.29');
});
