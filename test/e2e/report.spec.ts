/** Finance takes October's report out: read over the window, printed on either paper, saved as files. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { extractText, getDocumentProxy } from 'unpdf';
import { OCTOBER } from '../report/october.ts';
import { choose, downloadOf, drop, openDemo } from './files.ts';
import { openOctoberReport } from './octoberReport.ts';

async function openReport(page: Page): Promise<void> {
  await openDemo(page);
  await openOctoberReport(page);
}

async function pagesOf(page: Page, format: 'A4' | 'Letter'): Promise<string[]> {
  const bytes = await page.pdf({ format, printBackground: true });
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
  return text;
}

test('the report is read, printed on A4 and Letter, and left again', async ({ page }) => {
  await openReport(page);
  const report = page.getByRole('main', { name: 'Report of 2026-10' });
  await expect(report).toContainText('Not reconciled: there are breaks');
  await expect(page.getByRole('table', { name: 'Roll-forward' })).toContainText('1,380.50');
  await expect(page.getByRole('table', { name: 'Sources' })).toContainText('bank.ofx');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);

  await page.getByRole('button', { name: 'Seller' }).click();
  await expect(page.getByRole('table', { name: 'Breakage' })).toBeVisible();
  for (const format of ['A4', 'Letter'] as const) {
    const pages = await pagesOf(page, format);
    expect(pages.length).toBeGreaterThan(1);
    for (const [index, text] of pages.entries()) {
      expect(text).toContain(`Page ${index + 1} of ${pages.length}`);
      expect(text).toContain('Reconciliation report');
      expect(text).toContain('Brightwater Analytics, Halcyon, 2026-10');
      // the bar is no part of the paper
      expect(text).not.toContain('Save as PDF');
    }
    expect(pages.join(' ')).toContain('Sign-off');
    expect(pages.join(' ')).toMatch(/[0-9a-f]{64}/);
  }
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Brightwater Analytics');
});

test('the run leaves as FOCUS and as a journal', async ({ page }) => {
  await openDemo(page);
  await drop(page, [{ name: 'october.yaml', text: OCTOBER }]);
  const focus = await downloadOf(page, () => choose(page, 'Export', 'Run as FOCUS 1.2'));
  expect(focus.name).toBe('Brightwater-Analytics-FOCUS.csv');
  expect(focus.bytes.toString('utf8')).toContain('HLCN2K7Q-0015');
  const journal = await downloadOf(page, () => choose(page, 'Export', 'Journal for hledger'));
  expect(journal.bytes.toString('utf8')).toContain('commodity 1000.00 USD');
});
