/** The scenario as text: completed, explained, checked and run as it is typed, and the same values in What-if. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect as expectSoon, test, type Locator, type Page } from '@playwright/test';
import { drop, openDemo, SCENARIOS } from './files.ts';

test.describe.configure({ timeout: 120_000 });
const expect = expectSoon.configure({ timeout: 15_000 });

const NAME = 'hundreds-of-debt-on-five-dollars.yaml';

const text = (page: Page): Locator => page.locator('.cm-content');
const run = (page: Page): Locator => page.getByRole('complementary', { name: 'Run of the scenario' });
const place = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Places' }).getByRole('button', { name }).click();

async function openScenario(page: Page): Promise<void> {
  await openDemo(page);
  await drop(page, [{ name: NAME, text: await readFile(path.join(SCENARIOS, NAME), 'utf8') }]);
  await place(page, 'Scenario');
  await expect(run(page)).toContainText('6 expectations hold');
  await expect(text(page)).toContainText('title: A debt of 563.88 on five dollars');
}

/** Types over a word of the text. */
async function replace(page: Page, word: string, by: string): Promise<void> {
  await text(page).getByText(word, { exact: true }).first().dblclick();
  await page.keyboard.type(by);
}

test('a value that is typed is completed, explained, refused in place, and run; its expectations fail beside their lines', async ({
  page,
}) => {
  await openScenario(page);
  // completion, from the schema
  await text(page).getByText('opened', { exact: true }).first().click();
  await page.keyboard.press('End');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type(', curr');
  await expect(page.locator('.cm-tooltip-autocomplete')).toContainText('currency');
  // the editor takes an Enter right after a list came (75 ms) for one of the text, so that nobody accepts unseen
  await page.waitForTimeout(150);
  await page.keyboard.press('Enter');
  await expect(text(page)).toContainText(', currency: ');
  await page.keyboard.type('EUR');
  await expect(run(page)).toContainText('Balance EUR');
  // documentation under the pointer
  await text(page).getByText('delay', { exact: true }).first().hover();
  await expect(page.locator('.cm-tooltip-hover')).toContainText(/access|cut/i);

  // what cannot be read is said in place, and the last good run stays
  await replace(page, 'PT6H', 'soon');
  await expect(run(page)).toContainText(`Problems`);
  await expect(run(page)).toContainText('Last good run');
  await expect(page.locator('.cm-lintRange-error')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);

  // another delay is another run: what was expected does not hold any more, and what it has instead stands there
  await replace(page, 'soon', 'PT0S');
  await expect(run(page)).toContainText(/\d of 6 expectations fails?/);
  await expect(page.locator('.cm-mark-failed').first()).toBeVisible();
  await expect(page.locator('.cm-has').first()).toBeVisible();
});

test('text and controls are one: what is tried in What-if is written into the text, comments and all', async ({
  page,
}) => {
  await openScenario(page);
  await replace(page, 'PT6H', 'PT3H');
  await expect(run(page)).toContainText(/\d of 6 expectations fails?/);
  await place(page, 'What-if');
  const delay = page.getByRole('textbox', { name: 'Delay, value', exact: true });
  await expect(delay).toHaveValue('3 h');
  await delay.fill('90 min');
  await delay.press('Enter');
  await page.getByRole('button', { name: 'Apply to account' }).click();
  await expect(page.getByText('Pin, nothing is changed')).toBeVisible();
  await place(page, 'Scenario');
  await expect(text(page)).toContainText('PT1H30M');
  await expect(text(page)).toContainText('# Five dollars of credit');
});

test('a template takes the place of the text, with the shape of the usage that it generates', async ({ page }) => {
  await openScenario(page);
  await page.getByRole('button', { name: 'Templates' }).click();
  const dialog = page.getByRole('dialog', { name: 'Templates' });
  await dialog.getByLabel('Find a template').fill('generated');
  await dialog.getByRole('button', { name: /generated-usage\.yaml/ }).click();
  await expect(text(page)).toContainText('A month of generated usage');
  await expect(run(page)).toContainText('Generated usage');
  await expect(run(page)).toContainText('expectations hold');
});
