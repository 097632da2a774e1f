/** Product asks what a policy would have done: tries values on the account, pins three, compares, saves one. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { downloadOf, openDemo } from './files.ts';

async function openWhatIf(page: Page): Promise<void> {
  await openDemo(page);
  await page.keyboard.press('2');
  await expect(page.getByRole('heading', { level: 1, name: 'What-if' })).toBeVisible();
  await expect(figure(page, 'Overrun accepted')).toContainText('86.71');
}

function figure(page: Page, name: string): Locator {
  return page.getByRole('row', { name: new RegExp(`^${name}`) });
}

/** Drags a slider to a part of its track. */
async function drag(page: Page, name: string, to: number): Promise<void> {
  const slider = page.getByRole('slider', { name, exact: true });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error(`${name} is not in sight`);
  // the track lies half a thumb inside
  const x = (part: number): number => box.x + 8 + (box.width - 16) * part;
  await page.mouse.move(x(0.7), box.y + box.height / 2);
  await page.mouse.down();
  for (let step = 0; step <= 10; step++)
    await page.mouse.move(x(0.7 + ((to - 0.7) * step) / 10), box.y + box.height / 2);
  await page.mouse.up();
}

async function type(page: Page, name: string, text: string): Promise<void> {
  const field = page.getByRole('textbox', { name: `${name}, value`, exact: true });
  await field.fill(text);
  await field.press('Enter');
}

test('product drags the cut-off delay, pins three variants, compares them and saves one as a scenario', async ({
  page,
}) => {
  await openWhatIf(page);
  // at once instead of after two hours: what was accepted below zero goes to almost nothing
  await drag(page, 'Delay', 0);
  await expect(page.getByRole('textbox', { name: 'Delay, value', exact: true })).toHaveValue('0 min');
  const overrun = figure(page, 'Overrun accepted').getByRole('cell');
  await expect(overrun.nth(2)).toContainText('−86.');
  await expect(page.getByRole('button', { name: /^Delay: −2 h/ })).toBeVisible();
  await expect(page.getByRole('img', { name: /^Difference of A/ })).toBeVisible();
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByRole('button', { name: 'A, Delay 0 min' })).toHaveAttribute('aria-pressed', 'true');

  await page.getByRole('button', { name: 'Reset 1 change' }).click();
  await type(page, 'Delay', 'PT1H30M');
  await expect(page.getByRole('textbox', { name: 'Delay, value', exact: true })).toHaveValue('1 h 30 min');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByRole('button', { name: 'B, Delay 1 h 30 min' })).toBeVisible();

  await page.getByRole('button', { name: 'Reset 1 change' }).click();
  await type(page, 'Monthly limit', '2,500.00');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByRole('button', { name: 'C, Monthly limit 2,500.00' })).toBeVisible();
  // side by side: value and change of each
  await expect(overrun).toHaveCount(1 + 3 * 2 + 1);
  await expect(overrun.nth(5)).toHaveText('0.00');
  await expect(overrun.nth(6)).toHaveText('−86.71');

  await page.getByRole('button', { name: 'A in the chart' }).click();
  await expect(page.locator('.overlay-letter')).toHaveText(['A']);
  await page.getByRole('button', { name: 'B, Delay 1 h 30 min' }).click();
  await expect(page.getByRole('textbox', { name: 'Delay, value', exact: true })).toHaveValue('1 h 30 min');

  // pointed at in the table, a line is drawn in the chart; its letter there is its column, and chooses it
  const letters = page.locator('.overlay-letter');
  await page.getByRole('button', { name: 'C, Monthly limit 2,500.00' }).hover();
  await expect(letters).toHaveText(['A', 'C']);
  await page.locator('.overlay-run').first().hover();
  await expect(letters).toHaveText(['A']);
  await page.locator('.overlay-run').first().click();
  await expect(page.getByRole('textbox', { name: 'Delay, value', exact: true })).toHaveValue('0 min');

  await page.getByRole('button', { name: 'C, more' }).click();
  const saved = await downloadOf(page, () => page.getByRole('menuitem', { name: 'Save as scenario' }).click());
  expect(saved.name).toMatch(/\.yaml$/);
  const text = saved.bytes.toString();
  expect(text).toContain('monthly_limit: 2500');
  expect(text).toContain('# a batch job that nobody had announced');
});

test('a value that cannot be read keeps the last run and says why; undo goes all the way back', async ({ page }) => {
  await openWhatIf(page);
  await type(page, 'Monthly limit', '2500');
  await expect(figure(page, 'Overrun accepted').getByRole('cell').nth(1)).toHaveText('0.00');
  await type(page, 'Delay', '5 parsecs');
  await expect(page.getByRole('alert')).toContainText('has no unit parsecs');
  await expect(figure(page, 'Overrun accepted').getByRole('cell').nth(1)).toHaveText('0.00');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toHaveCount(0);

  const slider = page.getByRole('slider', { name: 'Threshold', exact: true });
  await slider.focus();
  await page.keyboard.press('ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '210.00');
  await page.keyboard.press('Shift+ArrowRight');
  await expect(slider).toHaveAttribute('aria-valuetext', '310.00');
  for (let step = 0; step < 3; step++) await page.keyboard.press('Control+Z');
  await expect(page.getByText('Pin, nothing is changed')).toBeVisible();
  await page.keyboard.press('Control+Shift+Z');
  await expect(page.getByRole('button', { name: 'Reset 1 change' })).toBeVisible();
});

test('the values are found by a word, and the tiers edited in a table', async ({ page }) => {
  await openWhatIf(page);
  await page.keyboard.press('/');
  await page.keyboard.type('trust');
  await page.getByRole('button', { name: 'Edit tiers' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Paid in all of tier 2').fill('never');
  await dialog.getByRole('button', { name: 'Try 4 tiers' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Tier 2, Paid in all');
  await dialog.getByLabel('Paid in all of tier 2').fill('2,000.00');
  await dialog.getByRole('button', { name: 'Try 4 tiers' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('button', { name: 'Reset 1 change' })).toBeVisible();
});

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in What-if, ${scheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: scheme });
    await openWhatIf(page);
    await type(page, 'Monthly limit', '2500');
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(page.getByRole('button', { name: 'A, Monthly limit 2,500.00' })).toBeVisible();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  });
}
