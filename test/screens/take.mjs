/** `npm run screens`: pictures of the window in its states, both themes, 1280 and 1920 wide, to be looked at. */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../main/setup/chromium.mjs';
import { ensureBuild, ensureDependencies } from '../../main/setup/ensure.mjs';
import { ROOT } from '../../main/setup/run.mjs';

const FOLDER = path.join(ROOT, 'test/screens');
/** Pictures that the README shows are kept; all others are for the eye and ignored by git. */
const OTHERS = path.join(FOLDER, 'out');
const PORT = 27_500 + (process.pid % 1000);

await ensureDependencies();
await ensureBuild();
const executablePath = await findChromium();
if (executablePath === null) throw new Error('There is no Chromium; npm test installs one.');
mkdirSync(OTHERS, { recursive: true });
const server = spawn(process.execPath, [path.join(ROOT, 'main/setup/serve.mjs'), '--port', String(PORT)], {
  stdio: 'ignore',
});
const browser = await chromium.launch({ executablePath, chromiumSandbox: false });
try {
  for (const viewport of [
    { width: 1280, height: 800 },
    { width: 1440, height: 900 },
    { width: 1920, height: 1080 },
  ]) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      const page = await browser.newPage({ viewport, colorScheme });
      await takeAll(page, `${viewport.width}-${colorScheme}`);
      if (viewport.width === 1440) await takeOne(page, path.join(FOLDER, `account-${colorScheme}.png`));
      await page.close();
    }
  }
} finally {
  await browser.close();
  server.kill();
}

/** @param {import('@playwright/test').Page} page @param {string} suffix */
async function takeAll(page, suffix) {
  const shot = (/** @type {string} */ name) => page.screenshot({ path: path.join(OTHERS, `${name}-${suffix}.png`) });
  await openDemo(page);
  await shot('demo');
  for (const tab of ['Lots', 'Invoices', 'Usage']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await page.waitForTimeout(200);
    await shot(`tab-${tab.toLowerCase()}`);
  }
  await page.keyboard.press('?');
  await shot('keys');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await shot('menu');
  await page.keyboard.press('Escape');
  const wrong = 'drawdown: 1\nacount: {}\nevents:\n  - {at: 2025-01-01, type: purchase, amount: 5}\n';
  await drop(page, 'wrong.yaml', wrong);
  await shot('problems');
  await drop(
    page,
    'usage.csv',
    'timestamp,id,model,cost\n2026-01-01T00:00:00Z,a,m,4\n2026-01-02T00:00:00Z,b,m,two\n2026-01-02T00:00:00Z,a,m,4\n',
  );
  await shot('import');
  await page.keyboard.press('Control+Enter');
  await atRest(page);
  await shot('imported');
  await page.keyboard.press('7');
  await page.waitForTimeout(300);
  await shot('files');
}

/** @param {import('@playwright/test').Page} page @param {string} file */
async function takeOne(page, file) {
  await openDemo(page);
  await page.screenshot({ path: file });
}

/** @param {import('@playwright/test').Page} page */
async function openDemo(page) {
  await page.goto(`http://127.0.0.1:${PORT}/`);
  await atRest(page);
}

/** @param {import('@playwright/test').Page} page */
async function atRest(page) {
  await page.waitForFunction(() => document.documentElement.dataset['appState'] === 'ready');
  await page.waitForTimeout(500);
}

/** @param {import('@playwright/test').Page} page @param {string} name @param {string} text */
async function drop(page, name, text) {
  const dataTransfer = await page.evaluateHandle(([file, content]) => {
    const data = new DataTransfer();
    data.items.add(new File([content], file));
    return data;
  }, /** @type {const} */ ([name, text]));
  for (const type of ['dragenter', 'dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer });
  await page.waitForTimeout(100);
  await atRest(page);
}
