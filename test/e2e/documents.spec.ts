/** An account as a document, in the plain page: kept without being saved, undone and redone, autosaved, and disputed. */
import { expect, test, type Page } from '@playwright/test';
import { atRest, choose, drop, importStaged, openDemo } from './files.ts';

const LOG = { name: 'log.csv', text: 'timestamp,id,model,cost\n2026-01-02T00:00:00Z,a,m,1.50\n' };
const MORE = { name: 'more.csv', text: 'timestamp,id,model,cost\n2026-01-03T00:00:00Z,b,m,2.25\n' };

/** The browser's dialogs answer with a file of its own storage, which has every ability of a user's file. */
async function openWithFile(page: Page, name: string): Promise<void> {
  await page.addInitScript((file) => {
    const handle = async (): Promise<FileSystemFileHandle> =>
      (await navigator.storage.getDirectory()).getFileHandle(file, { create: true });
    Object.assign(window, { showSaveFilePicker: handle, showOpenFilePicker: async () => [await handle()] });
  }, name);
  await page.goto('/');
  await atRest(page);
}

async function writeOutside(page: Page, name: string): Promise<void> {
  await page.evaluate(async (file) => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle(file);
    const stream = await handle.createWritable();
    await stream.write('by another program');
    await stream.close();
  }, name);
}

const stateOf = (page: Page) => page.locator('[data-document-state]');
const heading = (page: Page) => page.getByRole('heading', { level: 1 });

test('an import that was never saved is there after the tab was reloaded, and says so', async ({ page }) => {
  page.on('dialog', (dialog) => void dialog.accept());
  await openDemo(page);
  await drop(page, [LOG]);
  await importStaged(page);
  const title = await heading(page).textContent();
  await expect(stateOf(page)).toHaveText(/^Unsaved, copy kept \d\d:\d\d$/, { timeout: 5_000 });
  await page.reload();
  await atRest(page);
  const bar = page.getByLabel('Recovered work');
  await expect(bar).toContainText(/Recovered account .* from \d\d:\d\d\. At most the last few seconds are missing\./);
  await expect(heading(page)).toHaveText(title ?? '');
  await expect(stateOf(page)).toHaveText(/^Unsaved/);
  await bar.getByRole('button', { name: 'Keep' }).click();
  await expect(bar).toBeHidden();
  // Not saved yet, so that the next crash would find it too.
  await page.reload();
  await atRest(page);
  await bar.getByRole('button', { name: 'Discard' }).click();
  await expect(heading(page)).toHaveText('Brightwater Analytics');
  await page.reload();
  await atRest(page);
  await expect(heading(page)).toHaveText('Brightwater Analytics');
  await expect(bar).toBeHidden();
});

test('imports are undone and redone, by the buttons and by keys', async ({ page }) => {
  await openDemo(page);
  await drop(page, [LOG]);
  await importStaged(page);
  await drop(page, [MORE]);
  await importStaged(page);
  const rows = page.locator('.status-bar');
  await expect(rows).toContainText('2 usage rows');
  await page.getByRole('button', { name: 'Undo: Import of more.csv' }).click();
  await expect(rows).toContainText('1 usage row,');
  await page.keyboard.press('Control+z');
  await expect(heading(page)).toHaveText('Brightwater Analytics');
  await expect(page.getByRole('button', { name: 'Nothing to undo' })).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Control+Shift+Z');
  await expect(rows).toContainText('1 usage row,');
  await page.getByRole('button', { name: 'Redo: Import of more.csv' }).click();
  await expect(rows).toContainText('2 usage rows');
  await expect(stateOf(page)).toHaveText(/^Unsaved/);
});

test('an account with a file is saved by itself, and a file that another program wrote is not overwritten', async ({
  page,
}) => {
  await openWithFile(page, 'mine.drawdown');
  await drop(page, [LOG]);
  await importStaged(page);
  await page.keyboard.press('Control+s');
  await expect(stateOf(page)).toHaveText(/^Saved \d\d:\d\d$/);
  await expect(page.locator('.document-title strong')).toHaveText('mine.drawdown');
  await drop(page, [MORE]);
  await importStaged(page);
  await expect(stateOf(page)).toHaveText(/^Autosaved \d\d:\d\d$/, { timeout: 8_000 });
  await writeOutside(page, 'mine.drawdown');
  await page.keyboard.press('Control+z');
  const bar = page.getByLabel('The file');
  await expect(bar).toContainText(/mine\.drawdown was changed at \d\d:\d\d by another program/, { timeout: 8_000 });
  await expect(stateOf(page)).toHaveText(/^Unsaved/);
  await bar.getByRole('button', { name: 'Overwrite' }).click();
  await expect(bar).toBeHidden();
  await expect(stateOf(page)).toHaveText(/^Saved/);
  await page.reload();
  await atRest(page);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('menuitem', { name: 'mine.drawdown' }).click();
  await expect(page.locator('.status-bar')).toContainText('1 usage row,');
});

test('a new account asks what it needs, and unsaved work is asked about before it', async ({ page }) => {
  await openDemo(page);
  await drop(page, [LOG]);
  await importStaged(page);
  await choose(page, 'Open', 'New account…');
  const dialog = page.getByRole('dialog', { name: 'New account' });
  await dialog.getByLabel('Name').fill('Second: "ledger"');
  await dialog.getByLabel('Currency').fill('eur');
  await dialog.getByLabel('Time zone').fill('Europe/Berlin');
  await dialog.getByRole('button', { name: 'Create' }).click();
  const question = page.getByRole('dialog', { name: /^Save .* first\?$/ });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(heading(page)).toHaveText(/log\.csv/);
  await choose(page, 'Open', 'New account…');
  await dialog.getByLabel('Name').fill('Second: "ledger"');
  await dialog.getByRole('button', { name: 'Create' }).click();
  await question.getByRole('button', { name: 'Don’t save' }).click();
  await expect(heading(page)).toHaveText('Second: "ledger"');
  await expect(page.locator('.document-title strong')).toHaveText('Second: "ledger"');
});
