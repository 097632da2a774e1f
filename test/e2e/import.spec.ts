/** The way in: files are shown before they are kept, by hand and by keyboard, and an import can be taken back. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { drop, importStaged, openDemo } from './files.ts';

const BANK = [
  '"Kontoauszug";"Nordlicht Bank eG"',
  '"Anfangssaldo";"1.000,00 EUR"',
  '',
  'Buchungstag;Auftraggeber;Verwendungszweck;Soll;Haben;Währung;Saldo',
  '08.10.2026;HALCYON MODELS INC;Rechnung 0012;231,95;;EUR;768,05',
  '20.10.2026;Größe AG;Rechnung 118;;1.200,00;EUR;1.968,05',
  '',
  '"Endsaldo";"1.968,05 EUR"',
  '',
].join('\n');

/** Whether a day or a month comes first cannot be told from these, nor the currency. */
const AMBIGUOUS = ['Date,Description,Amount', '03/04/2026,Halcyon,-12.34', '05/06/2026,Halcyon,-2.50', ''].join('\n');

const LOG = [
  '{"id":"a","timestamp":"2026-10-01T00:00:00Z","model":"hm-large","cost":0.25,"region":"eu-west"}',
  '{"id":"b","timestamp":"2026-10-02T00:00:00Z","model":"hm-large","cost":0.5,"region":"eu-north"}',
  '{"id":"a","timestamp":"2026-10-01T00:00:00Z","model":"hm-large","cost":0.25,"region":"eu-west"}',
  '',
].join('\n');

async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

test('a statement is checked by its own arithmetic, line beside line', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'october.csv', text: BANK }]);
  const file = page.getByRole('region', { name: 'october.csv' });
  await expect(file).toContainText('This file ties');
  await expect(file).toContainText('1,968.05');
  const row = file.getByRole('row', { name: /HALCYON/ });
  await expect(row).toContainText('−231.95');
  await expect(row).toContainText('768.05');
  expect(await axe(page)).toEqual([]);
});

test('repeated ids are said before the import; the report, the files and the source follow it', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'events.ndjson', text: LOG }]);
  await expect(page.getByRole('region', { name: 'events.ndjson' })).toContainText('1 repeated id, 0.25 USD left out');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByLabel('Import report')).toContainText('Imported 1 file');
  await page.getByRole('tab', { name: /Usage/ }).click();
  await page.getByRole('button', { name: 'events.ndjson:2' }).click();
  const source = page.getByRole('complementary', { name: 'Source, events.ndjson' });
  await expect(source.getByRole('listitem').filter({ hasText: '"id":"b"' })).toHaveAttribute('aria-current', 'true');
  // Also what was not read is there.
  await expect(source).toContainText('eu-north');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(source).toBeHidden();
  await page.keyboard.press('7');
  await expect(page.getByRole('row', { name: /events\.ndjson/ })).toContainText('0.75 USD');
  expect(await axe(page)).toEqual([]);
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByRole('tabpanel').getByText('Took back events.ndjson')).toBeVisible();
  await expect(page.getByRole('row', { name: /events\.ndjson/ })).toBeHidden();
});

test('what a file leaves open is asked once, and is known of the next file with its header', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'team.csv', text: AMBIGUOUS }]);
  const file = page.getByRole('region', { name: 'team.csv' });
  const questions = file.getByRole('region', { name: 'Questions' });
  await expect(questions).toContainText('03/04/2026');
  await expect(page.getByRole('button', { name: 'Nothing to import' })).toHaveAttribute('aria-disabled', 'true');
  expect(await axe(page)).toEqual([]);
  await questions.getByRole('button', { name: 'Day first' }).click();
  await expect(questions.getByLabel('answered')).toHaveCount(1);
  await questions.getByRole('combobox').first().selectOption('EUR');
  await expect(questions.getByLabel('answered')).toHaveCount(2);
  await expect(file.getByRole('row', { name: /Halcyon/ }).first()).toContainText('3 Apr');
  await expect(page.getByRole('checkbox', { name: /Read files like this/ })).toBeChecked();
  await importStaged(page);
  await drop(page, [{ name: 'team-november.csv', text: AMBIGUOUS.replaceAll('Halcyon', 'Alder') }]);
  const next = page.getByRole('region', { name: 'team-november.csv' });
  await expect(next).toContainText('Read as you read the last file with this header');
  await page.getByRole('tab', { name: /Profiles/ }).click();
  await page.getByRole('button', { name: 'Delete the profile of team.csv' }).click();
  await expect(page.getByText('No profiles yet')).toBeVisible();
});

test('rows are pasted, chosen and imported by keyboard alone', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('7');
  await page.getByRole('button', { name: 'Paste rows' }).first().focus();
  await page.keyboard.press('Enter');
  await page.getByRole('textbox').fill('timestamp,id,model,cost\n2026-01-01T00:00:00Z,a,m,4\n');
  await page.keyboard.press('Control+Enter');
  const files = page.getByRole('navigation', { name: 'Files to import' });
  await expect(files).toContainText('pasted.txt');
  await drop(page, [{ name: 'october.csv', text: BANK }]);
  await files.getByRole('button', { name: /^october/ }).focus();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('region', { name: 'pasted.txt' })).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByLabel('Import report')).toContainText('Imported 2 files');
});

test('discarding keeps nothing', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'october.csv', text: BANK }]);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByText('Drop files anywhere in the window')).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('1');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Brightwater Analytics');
});
