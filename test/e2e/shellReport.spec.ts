/** The report as a PDF through the shell: a real file, of the report, on the paper that was chosen; loud where it is none. */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { extractText, getDocumentProxy } from 'unpdf';
import { openOctoberReport } from './octoberReport.ts';
import { expect, test, type Shell } from './shell.ts';

const NAME = 'Brightwater-Analytics-reconciliation-2026-10.pdf';

/** Points of a page of Letter. */
const LETTER = [612, 792];

async function answerSave(shell: Shell, filePath: string | null): Promise<void> {
  await shell.evaluate(({ dialog }, chosen) => {
    Object.assign(dialog, {
      showSaveDialog: () => Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' }),
    });
  }, filePath);
}

test('the report is saved as a PDF of itself; a closed dialog writes nothing; what is no PDF is said and not written', async ({
  shell,
  folder,
}) => {
  const { page } = shell;
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toBeVisible({ timeout: 30_000 });
  await openOctoberReport(page);
  const save = page.getByRole('button', { name: 'Save as PDF', exact: true });
  await answerSave(shell, null);
  await save.click();
  await expect(page.getByText(/^Saved /)).toHaveCount(0);
  expect((await readdir(folder)).filter((name) => name.endsWith('.pdf'))).toEqual([]);

  const file = path.join(folder, NAME);
  await answerSave(shell, file);
  await page.getByRole('button', { name: 'Letter', exact: true }).click();
  await save.click();
  await expect(page.getByRole('status').filter({ hasText: `Saved ${NAME}` })).toBeVisible({ timeout: 20_000 });
  const bytes = new Uint8Array(await readFile(file));
  expect(new TextDecoder('latin1').decode(bytes.subarray(0, 5))).toBe('%PDF-');
  const pdf = await getDocumentProxy(bytes);
  expect((await pdf.getPage(1)).view.slice(2).map(Math.round)).toEqual(LETTER);
  const { text } = await extractText(pdf);
  expect(text.length).toBeGreaterThan(1);
  expect(text[0]).toContain('Reconciliation of October 2026');
  for (const [index, of] of text.entries()) expect(of).toContain(`Page ${index + 1} of ${text.length}`);
  expect(text.join(' ')).toContain('Sign-off');
  expect(text.join(' ')).not.toContain('Save as PDF');

  // a file that stands there is worth more than something that no program opens
  await writeFile(file, 'what was there');
  await shell.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    Object.assign(window?.webContents ?? {}, { printToPDF: () => Promise.resolve(new Uint8Array([60, 104])) });
  }, null);
  await save.click();
  await expect(page.getByRole('alert')).toContainText(`${NAME} was not written`);
  expect(await readFile(file, 'utf8')).toBe('what was there');
});
