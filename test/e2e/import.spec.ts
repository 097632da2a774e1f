/** The way in: files are shown before they are kept, by hand and by keyboard, and an import can be taken back. */
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { atRest, chooseFile, drop, importStaged, openDemo } from './files.ts';

/** Files as vendors make them, which the importers' tests begin with. */
const SEEDS = path.resolve(import.meta.dirname, '../fuzz/seeds');

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

const UNPRICED = [
  '{"id":"a","timestamp":"2026-10-01T00:00:00Z","model":"alto-2","input_tokens":1000000}',
  '{"id":"b","timestamp":"2026-10-02T00:00:00Z","model":"alto-2","input_tokens":2000000}',
  '',
].join('\n');

test('usage without a price is said to be so, and a price that is added prices it', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'tokens.ndjson', text: UNPRICED }]);
  await expect(page.getByRole('region', { name: 'tokens.ndjson' })).toContainText('No price is known for alto-2');
  await importStaged(page);
  const figures = page.getByLabel('Key figures');
  await expect(figures).toContainText('0.00');
  await expect(page.getByRole('note', { name: 'Usage without a price' })).toContainText('2 rows without a price');
  await page.getByRole('button', { name: 'Incomplete: 2 rows without a price' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Prices');
  await expect(
    page
      .getByRole('row', { name: /^gpt-5-mini/ })
      .or(page.getByText('claude-opus-4-1'))
      .first(),
  ).toBeVisible();
  expect(await axe(page)).toEqual([]);
  await page.getByRole('region', { name: 'Without a price' }).getByRole('button', { name: 'alto-2' }).click();
  const editor = page.getByRole('dialog');
  await editor.getByRole('textbox', { name: 'From' }).fill('2026-01-01');
  await editor.getByRole('textbox', { name: 'input', exact: true }).fill('0.50');
  await editor.getByRole('button', { name: 'Keep 1 dated price' }).click();
  await expect(editor).toBeHidden();
  await expect(page.getByRole('button', { name: /^Incomplete/ })).toBeHidden();
  await page.keyboard.press('1');
  await expect(figures).toContainText('1.50');
  await expect(page.getByRole('note', { name: 'Usage without a price' })).toBeHidden();
});

test('costs that a file states are checked against prices', async ({ page }) => {
  const lines = [
    '{"id":"a","timestamp":"2026-10-01T00:00:00Z","model":"gpt-5-mini","input_tokens":1000000,"cost":0.25}',
    '{"id":"b","timestamp":"2026-10-02T00:00:00Z","model":"gpt-5-mini","input_tokens":1000000,"cost":0.75}',
    '',
  ];
  await openDemo(page);
  await drop(page, [{ name: 'priced.ndjson', text: lines.join('\n') }]);
  await importStaged(page);
  await page.keyboard.press('7');
  await page.getByRole('tab', { name: 'Price check' }).click();
  await expect(page.getByRole('heading', { name: /^Stated 1\.00 USD, priced 0\.50/ })).toBeVisible();
  await expect(page.getByText('1 model and day differs, +0.50')).toBeVisible();
  expect(await axe(page)).toEqual([]);
});

test('usage with costs counts, or is only compared: chosen before it is taken, or later, and undone', async ({
  page,
}) => {
  await openDemo(page);
  const costs = (id: string, cost: string): string =>
    ['timestamp,id,model,cost', `2026-10-01T00:00:00Z,${id},hm-large,${cost}`, ''].join('\n');
  await drop(page, [{ name: 'vendor.csv', text: costs('v1', '0.25') }]);
  const purpose = page.getByRole('toolbar', { name: 'What the file is for' });
  await expect(purpose.getByRole('button', { name: 'Counts as usage' })).toHaveAttribute('aria-pressed', 'true');
  await purpose.getByRole('button', { name: 'Only compare (evidence)' }).click();
  await expect(page.getByRole('region', { name: 'vendor.csv' })).toContainText('Its rows count for nothing.');
  await importStaged(page);

  // the next file with this header counts, unless it is said again
  await drop(page, [{ name: 'own.csv', text: costs('o1', '0.5') }]);
  await expect(purpose.getByRole('button', { name: 'Counts as usage' })).toHaveAttribute('aria-pressed', 'true');
  await importStaged(page);
  await page.keyboard.press('7');
  await expect(page.getByRole('row', { name: /vendor\.csv/ })).toContainText('Compared');
  await page.getByRole('row', { name: /own\.csv/ }).click();
  const own = page.getByRole('complementary', { name: 'own.csv' });
  await own.getByRole('button', { name: 'Use only to compare' }).click();
  await expect(own).toContainText('Its usage does not count.');
  await expect(page.getByRole('row', { name: /own\.csv/ })).toContainText('Compared');
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('row', { name: /own\.csv/ })).not.toContainText('Compared');
  await expect(page.getByRole('row', { name: /vendor\.csv/ })).toContainText('Compared');
});

test('usage that was only compared is let count: the figures follow, and undo takes it back', async ({ page }) => {
  await openDemo(page);
  const rows = (...all: readonly string[]): string => ['timestamp,id,model,cost', ...all, ''].join('\n');
  const [first, second] = ['2026-10-01T00:00:00Z,a1,hm-large,0.25', '2026-10-02T00:00:00Z,a2,hm-large,0.50'] as const;
  await drop(page, [{ name: 'own.csv', text: rows(first) }]);
  await importStaged(page);
  await drop(page, [{ name: 'vendor.csv', text: rows(first, second) }]);
  await page.getByRole('button', { name: 'Only compare (evidence)' }).click();
  await expect(page.getByRole('region', { name: 'vendor.csv' })).toContainText('Its rows count for nothing.');
  await importStaged(page);
  const status = page.locator('.status-bar');
  await expect(status).toContainText('1 usage row,');

  await page.keyboard.press('7');
  const [vendor, own] = ['vendor.csv', 'own.csv'].map((name) => page.getByRole('row', { name: new RegExp(name) }));
  await vendor!.click();
  const detail = page.getByRole('complementary', { name: 'vendor.csv' });
  await detail.getByRole('button', { name: 'Count this usage' }).click();
  await expect(vendor!).not.toContainText('Compared');
  await expect(status).toContainText('2 usage rows');
  await page.keyboard.press('Control+z');
  await expect(vendor!).toContainText('Compared');
  await expect(status).toContainText('1 usage row,');
  await page.keyboard.press('Control+Shift+Z');
  await expect(status).toContainText('2 usage rows');

  // the other is compared instead: what was left out for its sake is back, and the window says so
  await own!.click();
  await page
    .getByRole('complementary', { name: 'own.csv' })
    .getByRole('button', { name: 'Use only to compare' })
    .click();
  await expect(page.getByText('Left out before as repeats of it, and back: 1 row of vendor.csv.')).toBeVisible();
  await expect(own!).toContainText('Compared');
  await expect(status).toContainText('2 usage rows');
});

test('a profile that was kept is applied to the next file, also after the window was closed', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'team.csv', text: AMBIGUOUS }]);
  const questions = page.getByRole('region', { name: 'Questions' });
  await questions.getByRole('button', { name: 'Day first' }).click();
  await questions.getByRole('combobox').first().selectOption('EUR');
  await importStaged(page);
  await page.reload();
  await atRest(page);
  await drop(page, [{ name: 'team-november.csv', text: AMBIGUOUS.replaceAll('Halcyon', 'Alder') }]);
  const next = page.getByRole('region', { name: 'team-november.csv' });
  await expect(next).toContainText('Read as you read the last file with this header');
  await expect(next.getByRole('row', { name: /Alder/ }).first()).toContainText('3 Apr');
  await expect(page.getByRole('button', { name: 'Import 1 file', exact: true })).toBeVisible();
});

test('a PDF is read in the worker, and the page breaks none of its own rules', async ({ page }) => {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content Security Policy/.test(message.text())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(error.message));
  await openDemo(page);
  await page.keyboard.press('7');
  await chooseFile(
    page,
    () => page.getByRole('button', { name: 'Add files' }).first().click(),
    path.join(SEEDS, 'stripe_invoice.pdf'),
  );
  const file = page.getByRole('region', { name: 'stripe_invoice.pdf' });
  await expect(file).toContainText('Stripe invoice or receipt PDF');
  await expect(file.getByRole('row', { name: /HLCN2K7Q/ })).toBeVisible();
  await importStaged(page);
  expect(said).toEqual([]);
});

test('files that wait are read anew against the account that is opened meanwhile', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'events.ndjson', text: LOG }]);
  await importStaged(page);
  await drop(page, [{ name: 'copy.ndjson', text: LOG }]);
  const copy = page.getByRole('region', { name: 'copy.ndjson' });
  await expect(copy).toContainText('the same bytes are in the account');
  await page.getByRole('tab', { name: /^Files/ }).click();
  await page.getByRole('button', { name: 'Undo import' }).click();
  await expect(page.getByRole('tabpanel').getByText('Took back events.ndjson')).toBeVisible();
  await page.getByRole('tab', { name: /^Import/ }).click();
  await expect(copy).toContainText('1 repeated id, 0.25 USD left out');
});
