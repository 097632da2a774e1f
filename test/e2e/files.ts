/** Files in and out of the page, as a user's hand would move them. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Download, type Page } from '@playwright/test';

export const FIXTURES = path.join(import.meta.dirname, 'fixtures');
export const SCENARIOS = path.resolve(import.meta.dirname, '../../scenarios');

export interface DroppedFile {
  readonly name: string;
  readonly text: string;
}

/** Opens the page and waits until the demo is drawn. Its file pickers are the browser's plain ones, which tests can answer. */
export async function openDemo(page: Page): Promise<void> {
  await page.addInitScript(() => {
    for (const name of ['showOpenFilePicker', 'showSaveFilePicker']) Reflect.deleteProperty(globalThis, name);
  });
  await page.goto('/');
  await atRest(page);
}

export async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() => document.documentElement.dataset['appState'] === 'ready', undefined, {
    timeout: 30_000,
  });
}

/** Drops files anywhere on the window. */
export async function drop(page: Page, files: readonly DroppedFile[]): Promise<void> {
  const transfer = await page.evaluateHandle((dropped) => {
    const data = new DataTransfer();
    for (const { name, text } of dropped) data.items.add(new File([text], name));
    return data;
  }, files);
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.dispatchEvent('body', type, { dataTransfer: transfer });
  await page.waitForTimeout(50);
  await atRest(page);
}

/** Imports what is staged and ready, and waits for the account. */
export async function importStaged(page: Page, label = 'Import 1 file'): Promise<void> {
  await page.getByRole('button', { name: label, exact: true }).click();
  await expect(page.getByLabel('Import report')).toBeVisible();
  await atRest(page);
}

/** Chooses an item of a menu of the header. */
export async function choose(page: Page, menu: 'Open' | 'Export', item: string): Promise<void> {
  await page.getByRole('button', { name: menu, exact: true }).click();
  await page.getByRole('menuitem', { name: item }).click();
}

/** Answers the file dialog that an action opens. */
export async function chooseFile(page: Page, action: () => Promise<void>, file: string): Promise<void> {
  const dialog = page.waitForEvent('filechooser');
  await action();
  await (await dialog).setFiles(file);
  await page.waitForTimeout(50);
  await atRest(page);
}

/** What an action hands to the user. */
export async function downloadOf(
  page: Page,
  action: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer; file: string }> {
  const waiting: Promise<Download> = page.waitForEvent('download');
  await action();
  const download = await waiting;
  const file = await download.path();
  return { name: download.suggestedFilename(), bytes: await readFile(file), file };
}
