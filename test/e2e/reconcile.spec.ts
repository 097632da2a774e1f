/** Finance reconciles a month: from files to a sealed month that is still sealed when its file is opened again. */
import AxeBuilder from '@axe-core/playwright';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { atRest, choose, chooseFile, downloadOf, drop, openDemo } from './files.ts';

/** The tests with many looks at the whole page take their time on two cores. */
test.describe.configure({ timeout: 300_000 });

/** Copies of the sample files that tests carry with them. */
const SEEDS = path.resolve(import.meta.dirname, '../fuzz/seeds');

async function axe(page: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
}

/** The two statements of October are imported, and the place is opened on that month. */
async function october(page: Page): Promise<void> {
  await openDemo(page);
  // bytes, not text: the card's statement is in windows-1252
  const files = await Promise.all(
    ['stripe_invoices.csv', 'bank.ofx'].map(async (name) => ({
      name,
      base64: (await readFile(path.join(SEEDS, name))).toString('base64'),
    })),
  );
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, base64 } of dropped)
      data.items.add(new File([Uint8Array.from(atob(base64), (byte) => byte.charCodeAt(0))], name));
    return data;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  await page.getByRole('button', { name: 'Import 2 files', exact: true }).click();
  await expect(page.getByLabel('Import report')).toBeVisible();
  await atRest(page);
  await page.keyboard.press('6');
  await shown(page);
  await page.getByLabel('Month', { exact: true }).last().selectOption('October 2026');
  await shown(page);
}

async function shown(page: Page): Promise<void> {
  await page.locator('[data-recon=shown]').waitFor();
}

async function enterCreditNote(page: Page): Promise<void> {
  await page.getByRole('tab', { name: /^Match/ }).click();
  await page.getByRole('button', { name: 'Enter document…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Enter a document' });
  await dialog.getByLabel('Kind').selectOption('Credit note');
  await dialog.getByLabel('Number').fill('HLCN2K7Q-0014-CN-01');
  await dialog.getByLabel('Date').fill('2026-10-20');
  await dialog.getByLabel(/^Amount/).fill('250.00');
  await dialog.getByLabel('Text').fill('Refund of API credits');
  await dialog.getByRole('button', { name: 'Enter' }).click();
}

async function sign(page: Page, name: string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your name' });
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByRole('button', { name: 'Use this name' }).click();
  await expect(dialog).toBeHidden();
}

const groups = (page: Page): Locator => page.getByRole('grid', { name: 'Groups of items' });

test('October is reconciled, prepared, reviewed and sealed; its file is still sealed', async ({ page }) => {
  await october(page);
  await expect(page.getByRole('button', { name: 'Mark prepared, 1 to decide' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
  await enterCreditNote(page);
  // the first decision asks whose it is
  await sign(page, 'A. Example');
  await page.getByRole('tab', { name: /^Purchases/ }).click();
  const table = groups(page);
  await expect(table.getByRole('row', { name: /Matched 8/ })).toBeVisible();
  await expect(table.getByRole('row', { name: /In transit/ })).toContainText('not yet on the bank, expected by 6 Nov');
  await expect(table.getByRole('row', { name: /HLCN2K7Q-0014-CN-01/ })).toContainText('−250.00');
  await expect(page.getByRole('toolbar', { name: 'Steps of the bridge' })).toContainText('0.00Unexplained');
  await expect(page.getByText('Reconciled but for items in transit')).toBeVisible();

  // a step of the bridge lists what it is made of
  await page.getByRole('button', { name: /In transit/ }).click();
  await expect(table.getByRole('row', { name: /Matched 1/ })).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();

  await page.getByRole('button', { name: 'Mark prepared' }).click();
  await page.getByRole('button', { name: 'Mark reviewed' }).click();
  await page.getByRole('button', { name: 'Seal October' }).click();
  await expect(page.getByText(/^Sealed .* by A\. Example, hash/)).toBeVisible();
  await expect(page.getByText(/one person prepared, reviewed and sealed it; nothing has changed since/)).toBeVisible();

  // a sealed month refuses, and says why
  await table.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('u');
  await expect(page.getByRole('alert')).toContainText('is sealed');
  // and asks for nothing that it would refuse
  await page.getByRole('tab', { name: /^Match/ }).click();
  await expect(page.getByRole('button', { name: 'Enter document…' })).toHaveAttribute('aria-disabled', 'true');

  const saved = await downloadOf(page, () => page.keyboard.press('Control+s'));
  const file = test.info().outputPath('october.drawdown');
  await writeFile(file, saved.bytes);
  await page.reload();
  await atRest(page);
  await chooseFile(page, () => choose(page, 'Open', 'Workspace'), file);
  // a key that is pressed before the file is there would be the demo's
  await expect(page.getByRole('banner')).toContainText('october.drawdown', { timeout: 20_000 });
  await page.keyboard.press('6');
  await shown(page);
  await page.getByLabel('Month', { exact: true }).last().selectOption('October 2026');
  await expect(page.getByText(/^Sealed .* by A\. Example, hash/)).toBeVisible();
  await expect(groups(page).getByRole('row', { name: /Matched 8/ })).toBeVisible();

  await page.getByRole('button', { name: 'Reopen…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reopen October 2026' });
  await dialog.getByLabel('Reason').fill('A document came late');
  await dialog.getByRole('button', { name: 'Reopen October 2026' }).click();
  await expect(page.getByRole('button', { name: 'Mark prepared' })).toBeVisible();
});

test('lines are matched, ignored and taken back by keyboard alone', async ({ page }) => {
  await october(page);
  // let go of one match, so that both panes have something
  const table = groups(page);
  await page.keyboard.press('/');
  await page.keyboard.type('HLCN2K7Q-0015');
  // its section's title, and it
  await expect(table).toHaveAttribute('aria-rowcount', '3');
  await page.keyboard.press('Tab');
  await expect(table).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.locator('.groups .table-row.chosen').first()).toContainText('HLCN2K7Q-0015');
  await page.keyboard.press('u');
  await expect(page.getByRole('dialog', { name: 'Your name' })).toBeVisible();
  await page.keyboard.type('R. Olsen');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Mark prepared, 3 to decide' })).toBeVisible();

  await page.getByRole('tab', { name: /^Purchases/ }).focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('tab', { name: /^Match/ })).toBeFocused();
  await expect(page.getByLabel('Filter lines')).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type('1088');
  await page.keyboard.press('Escape');
  const bank = page.getByRole('listbox', { name: 'Bank lines not matched' });
  await expect(bank).toBeFocused();
  await walkTo(bank, '1,088.75');
  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  const other = page.getByRole('listbox', { name: 'Documents and purchases not matched' });
  await expect(other).toBeFocused();
  await walkTo(other, '1,088.75');
  await page.keyboard.press('Space');
  await expect(page.getByLabel('Difference', { exact: true })).toContainText('0.00');
  await page.keyboard.press('m');
  await expect(page.getByRole('button', { name: 'Mark prepared, 1 to decide' })).toBeVisible();
  await page.keyboard.press('Control+z');
  await expect(page.getByRole('button', { name: 'Mark prepared, 3 to decide' })).toBeVisible();
  await page.keyboard.press('Control+Shift+z');
  await expect(page.getByRole('button', { name: 'Mark prepared, 1 to decide' })).toBeVisible();

  // what is left, the refund on the card, is ignored with a reason
  await bank.focus();
  await walkTo(bank, '−250.00');
  await page.keyboard.press('i');
  await expect(page.getByRole('dialog', { name: /^Ignore/ })).toBeVisible();
  await page.keyboard.type('Agreed with the vendor');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Mark prepared', exact: true })).toBeVisible();
});

/** Down to the line with a text; a key is pressed once the one before it was answered. */
async function walkTo(list: Locator, text: string): Promise<void> {
  const focused = (): Promise<string | null> => list.getAttribute('aria-activedescendant');
  for (let step = 0; step < 6 && !(await focusedText(list)).includes(text); step += 1) {
    const before = await focused();
    await list.page().keyboard.press('ArrowDown');
    await expect.poll(focused).not.toBe(before);
  }
}

async function focusedText(list: Locator): Promise<string> {
  const id = await list.getAttribute('aria-activedescendant');
  return id === null ? '' : ((await list.page().locator(`[id="${id}"]`).textContent()) ?? '');
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`every tab, the inspector and the dialogs can be read by anyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 1440, height: 900 });
    await october(page);
    expect(await axe(page)).toEqual([]);
    await groups(page).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('e');
    const inspector = page.locator('[data-inspector]');
    await expect(inspector.getByRole('heading', { level: 3 })).not.toHaveText(/^Looking/, { timeout: 20_000 });
    expect(await axe(page)).toEqual([]);
    for (const tab of ['Evidence', 'History', 'Notes']) {
      await inspector.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      expect(await axe(page), tab).toEqual([]);
    }
    for (const tab of ['Usage', 'Balance', 'Match', 'Roll-forward']) {
      await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
      await page.waitForTimeout(200);
      expect(await axe(page), tab).toEqual([]);
    }
    await page.getByRole('tab', { name: /^Match/ }).click();
    for (const [button, name] of [
      ['Enter document…', 'Enter a document'],
      ['Settings…', 'Settings of matching'],
    ] as const) {
      await page.getByRole('button', { name: button }).click();
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      expect(await axe(page), name).toEqual([]);
      await page.keyboard.press('Escape');
    }
  });
}

test('a small window and large text lose nothing', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await october(page);
  await groups(page).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const inspector = page.locator('[data-inspector]');
  await expect(inspector).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(inspector).toBeHidden();
  await page.evaluate(() => (document.documentElement.style.fontSize = '200%'));
  await expect(page.getByRole('toolbar', { name: 'Steps of the bridge' })).toBeVisible();
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(wide).toBeLessThanOrEqual(0);
});

test('where no month can be shown, the place says what belongs there', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'empty.yaml', text: 'drawdown: 1\n' }]);
  await page.keyboard.press('6');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Reconcile');
});
