/** The plain page's half of the host's contract, in a real browser: its storage, its locks, its file handles. */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { build } from 'vite';
import { CASES } from '../main/hostContract.ts';
import type { HostInPage } from './hostInPage.ts';

let code = '';

test.beforeAll(async () => {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      target: 'chrome140',
      lib: { entry: path.join(import.meta.dirname, 'hostInPage.ts'), formats: ['iife'], name: 'unused' },
    },
  });
  const [first] = Array.isArray(built) ? built : [];
  const chunk = first?.output[0];
  code = chunk?.type === 'chunk' ? chunk.code : '';
  expect(code).toContain('hostInPage');
});

for (const { name } of CASES) {
  test(`the page's host: ${name}`, async ({ page }) => {
    await page.route('**/blank.html', (route) => route.fulfill({ contentType: 'text/html', body: '<body></body>' }));
    await page.goto('/blank.html');
    await page.evaluate(code);
    await page.evaluate(
      ([wanted, bundle]) => (window as unknown as { hostInPage: HostInPage }).hostInPage.run(wanted, bundle),
      [name, code] as const,
    );
  });
}
