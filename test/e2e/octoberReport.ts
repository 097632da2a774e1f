/** October with its documents and its card, and the report of it, in the page or in the shell. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, type Page } from '@playwright/test';
import { OCTOBER } from '../report/october.ts';
import { choose, drop, importStaged } from './files.ts';

const SEEDS = path.join(import.meta.dirname, '../fuzz/seeds');

/** From an account that is shown to October's report. */
export async function openOctoberReport(page: Page): Promise<void> {
  await drop(page, [{ name: 'october.yaml', text: OCTOBER }]);
  const files = ['stripe_invoices.csv', 'bank.ofx'].map(async (name) => ({
    name,
    text: await readFile(path.join(SEEDS, name), 'latin1'),
  }));
  await drop(page, await Promise.all(files));
  await importStaged(page, 'Import 2 files');
  await choose(page, 'Export', 'Report of the last month…');
  await expect(page.getByRole('heading', { name: 'Reconciliation of October 2026' })).toBeVisible({ timeout: 20_000 });
}
