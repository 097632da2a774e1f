/** The built page as a plain page: what every server of it must hold to. */
import { expect, test } from '@playwright/test';

test('loads under the strict policy without violating it', async ({ page }) => {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  const response = await page.goto('/');
  const headers = response?.headers() ?? {};
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['content-security-policy']).not.toContain('unsafe-inline');
  expect(headers['x-content-type-options']).toBe('nosniff');
  await expect(page).toHaveTitle(/Drawdown/);
  // Ready means that the worker has compiled its WebAssembly and replayed the first account.
  await expect(page.locator('html')).toHaveAttribute('data-app-state', 'ready');
  expect(problems).toEqual([]);
});

test('asks nothing of anybody but its own server', async ({ page, baseURL }) => {
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(baseURL ?? '') && !/^(data|blob):/.test(url)) elsewhere.push(url);
  });
  await page.goto('/');
  await page.waitForLoadState('networkidle');
  expect(elsewhere).toEqual([]);
});

test('the server refuses paths outside the page, other methods and other hosts', async ({ request, baseURL }) => {
  const status = async (
    path: string,
    init: { method?: string; headers?: Record<string, string> } = {},
  ): Promise<number> => (await request.fetch(path, init)).status();
  expect(await status('/..%2fmain%2fmain.js')).toBe(403);
  expect(await status('/.built')).toBe(403);
  expect(await status('/missing.js')).toBe(404);
  expect(await status('/', { method: 'POST' })).toBe(405);
  expect(await status(baseURL ?? '/', { headers: { host: 'evil.example' } })).toBe(403);
});
