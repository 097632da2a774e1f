/** `npm run screens`: pictures of the window in its states, both themes, 1280 and 1920 wide, to be looked at. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { findChromium } from '../../main/setup/chromium.mjs';
import { ensureBuild, ensureDependencies } from '../../main/setup/ensure.mjs';
import { ROOT } from '../../main/setup/run.mjs';

const FOLDER = path.join(ROOT, 'test/screens');
/** Pictures that the README shows are kept; all others are for the eye and ignored by git. */
const OTHERS = path.join(FOLDER, 'out');
/** Key and name of the places beside the account. */
const PLACES = /** @type {const} */ ([
  ['2', 'what-if'],
  ['3', 'scenario'],
  ['4', 'trace'],
  ['5', 'journal'],
  ['6', 'reconcile-demo'],
]);
/** What a place shows when it is asked. @type {Readonly<Record<string, {role: 'button' | 'tab', opens: RegExp, name: string}>>} */
const DEEPER = {
  trace: { role: 'button', opens: /Why is the balance negative/, name: 'trace-answer' },
  journal: { role: 'tab', opens: /^SQL/, name: 'sql' },
};
/** A month of a vendor's documents and of a card. */
const OCTOBER = ['stripe_invoices.csv', 'bank.ofx'];
/** Tabs of the Reconcile place beside its first. */
const RECONCILE_TABS = ['Usage', 'Balance', 'Match', 'Roll-forward'];

/** A statement that ties. */
const BANK = [
  '"Kontoauszug";"Nordlicht Bank eG"',
  '"Anfangssaldo";"12.450,00 EUR"',
  '',
  'Buchungstag;Wertstellung;Empfänger;Verwendungszweck;Soll;Haben;Währung;Saldo',
  '08.10.2026;08.10.2026;HALCYON MODELS INC;Rechnung HLCN2K7Q-0012;231,95;;EUR;12.218,05',
  '12.10.2026;12.10.2026;Nordlicht Bank eG;Auslandseinsatzentgelt 1,75 %;4,06;;EUR;12.213,99',
  '20.10.2026;20.10.2026;Größe AG;Rechnung BW-2026-118;;1.200,00;EUR;13.413,99',
  '30.10.2026;30.10.2026;HALCYON MODELS INC;Rechnung HLCN2K7Q-0015;1.010,12;;EUR;12.403,87',
  '',
  '"Endsaldo";"12.403,87 EUR"',
  '',
].join('\n');

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
      // a browser of its own for each, in which nothing is kept of the one before
      const takes = [takeDemo, takeStatements, takeDecisions];
      for (const take of viewport.width === 1440 ? [...takes, takeKept] : takes) {
        const page = await browser.newPage({ viewport, colorScheme });
        await take(page, `${viewport.width}-${colorScheme}`);
        await page.close();
      }
    }
  }
} finally {
  await browser.close();
  server.kill();
}

/** @param {import('@playwright/test').Page} page @param {string} suffix */
async function takeDemo(page, suffix) {
  const shot = shooting(page, suffix);
  await openDemo(page);
  await shot('demo');
  for (const tab of ['Lots', 'Invoices', 'Usage']) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await page.waitForTimeout(200);
    await shot(`tab-${tab.toLowerCase()}`);
  }
  for (const [key, name] of PLACES) {
    await page.keyboard.press(key);
    await page.waitForTimeout(1500);
    await shot(name);
    const deeper = DEEPER[name];
    if (deeper === undefined) continue;
    await page.getByRole(deeper.role, { name: deeper.opens }).click();
    await page.waitForTimeout(1500);
    await shot(deeper.name);
  }
  await page.keyboard.press('1');
  await page.waitForTimeout(300);
  await page.keyboard.press('?');
  await shot('keys');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await shot('palette');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+,');
  await shot('settings');
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
  for (const tab of ['Prices', 'Price check']) {
    await page.getByRole('tab', { name: tab, exact: true }).click();
    await page.waitForTimeout(1000);
    await shot(tab.toLowerCase().replace(' ', '-'));
  }
}

/** @param {import('@playwright/test').Page} page @param {string} suffix */
async function takeStatements(page, suffix) {
  const shot = shooting(page, suffix);
  await openDemo(page);
  await drop(page, 'bank.csv', BANK);
  await shot('import-statement');
  await openOctober(page);
  await shot('reconcile');
  for (const tab of RECONCILE_TABS) {
    await page.getByRole('tab', { name: new RegExp(`^${tab}`) }).click();
    await page.waitForTimeout(1000);
    await shot(`reconcile-${tab.toLowerCase()}`);
  }
}

/** What is asked and answered on the way to a sealed month. @param {import('@playwright/test').Page} page @param {string} suffix */
async function takeDecisions(page, suffix) {
  const shot = shooting(page, suffix);
  const press = (/** @type {string | RegExp} */ name) => page.getByRole('button', { name }).first().click();
  const asked = async (/** @type {string} */ name) => {
    await page.getByRole('dialog').waitFor();
    await page.waitForTimeout(700);
    await shot(`reconcile-${name}`);
    await page.keyboard.press('Escape');
  };
  await openOctober(page);
  await page.getByRole('grid', { name: 'Groups of items' }).focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('e');
  await page.getByRole('button', { name: 'Stop' }).waitFor({ state: 'hidden' });
  await page.waitForTimeout(3000);
  await shot('reconcile-explain');
  for (const tab of ['Evidence', 'Notes']) {
    await page.locator('[data-inspector]').getByRole('tab', { name: tab }).click();
    await page.waitForTimeout(300);
    await shot(`reconcile-${tab.toLowerCase()}`);
  }
  await page.keyboard.press('i');
  await asked('ignore');
  await page.keyboard.press('Escape');
  await page.getByRole('tab', { name: /^Match/ }).click();
  await page.getByRole('listbox', { name: 'Bank lines not matched' }).getByText('250.00').click();
  await page.waitForTimeout(300);
  await shot('reconcile-chosen');
  for (const [button, name] of /** @type {const} */ ([
    ['Split…', 'split'],
    ['Rule from it…', 'rule'],
    ['Settings…', 'settings'],
  ])) {
    await press(button);
    await asked(name);
  }
  await press('Enter document…');
  await page.getByLabel('Kind').selectOption('Credit note');
  await page.getByLabel('Number').fill('HLCN2K7Q-0014-CN-01');
  await page.getByLabel('Date').fill('2026-10-20');
  await page.getByLabel(/^Amount/).fill('250.00');
  await page.getByLabel('Text').fill('Refund of API credits');
  await shot('reconcile-document');
  await press('Enter credit note');
  await page.getByRole('dialog', { name: 'Your name' }).getByLabel('Name').fill('A. Example');
  await shot('reconcile-name');
  await page.keyboard.press('Enter');
  for (const step of ['Mark prepared', 'Mark reviewed', 'Seal October']) await press(step);
  await page.getByText(/^Sealed /).waitFor();
  await shot('reconcile-sealed');
  await press('Reopen…');
  await asked('reopen');
}

/** @param {import('@playwright/test').Page} page @param {string} suffix */
function shooting(page, suffix) {
  return (/** @type {string} */ name) => page.screenshot({ path: path.join(OTHERS, `${name}-${suffix}.png`) });
}

/** The pictures that the README shows. @param {import('@playwright/test').Page} page @param {string} suffix */
async function takeKept(page, suffix) {
  const colours = suffix.split('-')[1];
  const keep = (/** @type {string} */ name) => page.screenshot({ path: path.join(FOLDER, `${name}-${colours}.png`) });
  await openDemo(page);
  await keep('account');
  await page.keyboard.press('2');
  await tryValue(page, 'Delay', '15 min');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await page.getByRole('button', { name: 'Reset 1 change' }).click();
  await tryValue(page, 'Monthly limit', '2500');
  await keep('what-if');
  await openOctober(page);
  await keep('reconcile');
}

/** @param {import('@playwright/test').Page} page @param {string} name @param {string} text */
async function tryValue(page, name, text) {
  const field = page.getByRole('textbox', { name: `${name}, value`, exact: true });
  await field.fill(text);
  await field.press('Enter');
  await page.waitForTimeout(1000);
}

/** The Reconcile place with its first difference chosen. @param {import('@playwright/test').Page} page */
async function openOctober(page) {
  await openDemo(page);
  for (const name of OCTOBER) await drop(page, name, readFileSync(path.join(ROOT, 'test/fuzz/seeds', name), 'latin1'));
  await page.keyboard.press('Control+Enter');
  await page.waitForTimeout(1000);
  await atRest(page);
  await page.keyboard.press('6');
  await page.getByRole('grid', { name: 'Groups of items' }).waitFor();
  await page.waitForTimeout(1000);
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
