/**
 * One story for each kind of person who keeps the window open all day, told whole: finance from an export to the line
 * behind an invoice, product from a slider to a scenario file, support from a case to the event that made it.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { atRest, downloadOf, drop, FIXTURES, importStaged, openDemo, SCENARIOS } from './files.ts';

const expect = expectSoon.configure({ timeout: 20_000 });

const heading = (page: Page): Locator => page.getByRole('heading', { level: 1 });
const tree = (page: Page): Locator => page.getByRole('treegrid');
const figure = (page: Page, name: string): Locator => page.getByRole('row', { name: new RegExp(`^${name}`) });
const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name: `${name}, value`, exact: true });

const STATEMENT = [
  'Date,Description,Amount,Currency,Balance',
  '2026-09-28,Opening,0.00,USD,500.00',
  '2026-10-02,OPENAI *CREDITS 0012,-20.00,USD,480.00',
  '2026-10-09,Payroll refund,12.50,USD,492.50',
  '',
].join('\n');

test('finance imports an export and a statement, reads an invoice, and traces one of its lines to the imported row', async ({
  page,
}) => {
  await openDemo(page);
  const text = await readFile(path.join(FIXTURES, 'openai_cost_export.csv'), 'utf8');
  await drop(page, [
    { name: 'openai_cost_export.csv', text },
    { name: 'bank.csv', text: STATEMENT },
  ]);
  const files = page.getByRole('navigation', { name: 'Files to import' });
  await expect(files).toContainText('bank.csv');
  await files.getByRole('button', { name: /^bank/ }).click();
  await expect(page.getByRole('region', { name: 'bank.csv' })).toContainText('OPENAI *CREDITS 0012');
  await files.getByRole('button', { name: /^openai/ }).click();
  const usage = page.getByRole('region', { name: 'openai_cost_export.csv' });
  await expect(usage).toContainText('3.9538109');
  // each row as one, so that an invoice line is the rows of the file
  await usage.getByRole('button', { name: 'At its start' }).click();
  await expect(usage.getByRole('button', { name: 'At its start' })).toHaveAttribute('aria-pressed', 'true');
  await importStaged(page, 'Import 2 files');
  await expect(heading(page)).toHaveText('openai_cost_export.csv and 1 more on prepaid credits');

  // the invoice of September: what it used, to the cent
  await page.getByRole('tab', { name: /Invoices/ }).click();
  const invoice = page.getByRole('row', { name: /September 2026/ });
  await invoice.getByRole('button').first().click();
  await expect(heading(page)).toHaveText('Trace');
  await expect(tree(page)).toContainText('invoice.rounding');

  // a line of it, and of that line a row of the export
  const line = tree(page)
    .getByRole('row', { name: /gpt-4\.1-2025-04-14/ })
    .first();
  await line.click();
  const source = tree(page)
    .getByRole('button', { name: /openai_cost_export\.csv:\d+/ })
    .first();
  // Right opens a row, and then goes into it
  for (let deeper = 0; deeper < 8 && !(await source.isVisible()); deeper += 1) {
    await page.keyboard.press('ArrowRight');
    await page.waitForTimeout(300);
  }
  await expect(source).toBeVisible();
  const place = (await source.textContent()) ?? '';
  const number = Number(/:(\d+)/.exec(place)?.[1]);
  await source.click();
  const drawer = page.getByRole('complementary', { name: 'Source, openai_cost_export.csv' });
  // the very line of the file, as it was
  const told = text.split('\n')[number - 1] ?? 'no such line';
  await expect(drawer.locator('[aria-current="true"]')).toContainText(told.slice(0, 60));
  await page.keyboard.press('Escape');
  await page.keyboard.press('7');
  await expect(page.getByRole('row', { name: /bank\.csv/ })).toBeVisible();
});

test('product drags a value, pins three variants, compares them, saves one as a scenario and reopens it', async ({
  page,
}) => {
  await openDemo(page);
  await page.keyboard.press('2');
  await expect(heading(page)).toHaveText('What-if');
  const overrun = figure(page, 'Overrun accepted').getByRole('cell');
  await expect(overrun.first()).toHaveText('86.71');

  // access closed at once instead of after two hours
  const slider = page.getByRole('slider', { name: 'Delay', exact: true });
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error('the delay has no slider');
  const at = (part: number): number => box.x + 8 + (box.width - 16) * part;
  await page.mouse.move(at(0.7), box.y + box.height / 2);
  await page.mouse.down();
  for (const part of [0.5, 0.3, 0.1, 0]) await page.mouse.move(at(part), box.y + box.height / 2);
  await page.mouse.up();
  await expect(field(page, 'Delay')).toHaveValue('0 min');
  await expect(overrun.nth(2)).toContainText('−86.');
  await page.keyboard.press('p');
  await expect(page.getByRole('button', { name: 'A, Delay 0 min' })).toBeVisible();

  for (const [name, value, pinned] of [
    ['Monthly limit', '2500', 'B, Monthly limit 2,500.00'],
    ['Threshold', '400', 'C, Threshold 400.00'],
  ] as const) {
    await page.getByRole('button', { name: /^Reset \d+ change/ }).click();
    await field(page, name).fill(value);
    await field(page, name).press('Enter');
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(page.getByRole('button', { name: pinned })).toBeVisible();
  }
  // the three side by side: a value and a change each, after the saved run's
  await expect(overrun).toHaveCount(1 + 3 * 2 + 1);
  await page.getByRole('button', { name: 'A in the chart' }).click();
  await page.getByRole('button', { name: 'B in the chart' }).click();
  await expect(page.locator('.overlay-letter')).toHaveText(['A', 'B']);
  const wanted = await overrun.nth(3).textContent();

  await page.getByRole('button', { name: 'B, more' }).click();
  const saved = await downloadOf(page, () => page.getByRole('menuitem', { name: 'Save as scenario' }).click());
  expect(saved.bytes.toString()).toContain('monthly_limit: 2500');

  // in another window, later: the file is the account under that value
  await page.keyboard.press('1');
  await drop(page, [{ name: saved.name, text: saved.bytes.toString() }]);
  const answer = page.getByRole('dialog').getByRole('button', { name: 'Don’t save' });
  if (await answer.isVisible()) await answer.click();
  await atRest(page);
  await page.keyboard.press('2');
  await expect(field(page, 'Monthly limit')).toHaveValue('2,500.00');
  await page.getByRole('button', { name: /more, 0 or none in every run$/ }).click();
  await expect(overrun.first()).toHaveText(wanted ?? '');
});

test('support opens a case, finds why the balance is negative and access closed, and steps through it both ways', async ({
  page,
}) => {
  await openDemo(page);
  const name = 'hundreds-of-debt-on-five-dollars.yaml';
  await drop(page, [{ name, text: await readFile(path.join(SCENARIOS, name), 'utf8') }]);
  await expect(heading(page)).toHaveText(/A debt of 563\.88/);
  const figures = page.getByLabel('Key figures');
  await expect(figures).toContainText('−463.88');
  await expect(figures).toContainText('Closed');

  // why: the balance is lots less debt, and the debt is what was accepted after the credits were gone
  await figures.getByRole('button', { name: '−463.88' }).first().click();
  await expect(tree(page).getByRole('row', { name: /Debt/ }).first()).toContainText('463.88');
  await expect(page.getByRole('region', { name: 'Event by event' })).toBeVisible();

  // as of the cut-off: access open before it, closed after it, by its delay
  const asOf = page.getByLabel(/^As of/);
  await asOf.fill('24 Apr 2026 15:30');
  await asOf.press('Enter');
  const event = page.getByRole('region', { name: 'Event by event' });
  await expect(event).toContainText('24 Apr 2026 15:30');
  const access = event.getByRole('row', { name: /^Access (open|closed)/ });
  const title = event.getByRole('heading', { level: 2 });
  const number = async (): Promise<number> => Number(/Event ([\d,]+) of/.exec((await title.textContent()) ?? '')?.[1]);
  const step = async (key: 'ArrowLeft' | 'ArrowRight'): Promise<void> => {
    const before = await title.textContent();
    await event.getByRole('button', { name: key === 'ArrowLeft' ? 'Event before' : 'Event after' }).click();
    await expect(title).not.toHaveText(before ?? '');
  };
  for (let steps = 0; steps < 6 && !(await event.textContent())?.includes('Access cut off'); steps += 1)
    await step('ArrowLeft');
  await expect(access).toContainText('open');
  await expect(access).toContainText('closed');
  await expect(event.getByRole('row', { name: /^Balance/ }).last()).toContainText('−563.88');
  const here = await number();

  // forwards: the purchase goes into the debt as a whole; and back to where we were
  for (let steps = 0; steps < 6 && !(await event.textContent())?.includes('−463.88'); steps += 1)
    await step('ArrowRight');
  await expect(event).toContainText('24 Apr 2026 18:00');
  await expect(event.getByRole('row', { name: /^Balance/ }).last()).toContainText('−463.88');
  while ((await number()) > here) await step('ArrowLeft');
  await expect(event.getByRole('row', { name: /^Balance/ }).last()).toContainText('−563.88');
});
