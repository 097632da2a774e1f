/** The habits of the window: palette, keys alone, settings, what is kept with an account, a run handed on. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { strFromU8, unzipSync } from 'fflate';
import { choose, chooseFile, downloadOf, openDemo } from './files.ts';

/** A workspace is opened and replayed. */
const SLOW = { timeout: 30_000 };

const axe = async (page: Page): Promise<readonly string[]> => {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
};

async function openPalette(page: Page, query = ''): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const field = page.getByRole('combobox', { name: /^Go to/ });
  await expect(field).toBeFocused();
  await page.keyboard.type(query);
  return field;
}

const active = (page: Page): Locator => page.locator('[role=option][aria-selected=true]');

async function go(page: Page, query: string, title: string | RegExp): Promise<void> {
  await openPalette(page, query);
  await expect(active(page)).toContainText(title);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toBeHidden();
}

test('by keyboard alone: a figure is traced down to its rows, and a table is exported', async ({ page }) => {
  await openDemo(page);
  await go(page, 'debt', 'Debt');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const tree = page.getByRole('treegrid').or(page.getByRole('tree')).first();
  await expect(tree).toBeVisible();
  await page.keyboard.press('Escape');
  // the day on which it went wrong, and the event itself
  await go(page, '8 mar', '8 Mar 2026');
  await expect(page.getByText('8 Mar 2026', { exact: false }).first()).toBeVisible();
  await go(page, 'access cut', 'Access cut off');
  const timeline = page.getByRole('grid', { name: 'Timeline' });
  await expect(timeline.locator('[aria-selected=true]')).toContainText('Access cut off');
  await page.keyboard.press('t');
  await expect(page.getByRole('button', { name: 'Trace', exact: true })).toHaveAttribute('aria-current', 'page');
  await page.keyboard.press('1');
  const { name, bytes } = await downloadOf(page, () => go(page, 'timeline csv', 'Timeline as CSV'));
  expect(name).toBe('Brightwater-Analytics-timeline.csv');
  expect(bytes.toString().split('\r\n')[0]).toContain('balance');
  // what was chosen comes first the next time
  await openPalette(page);
  await expect(page.getByRole('option').first()).toContainText('Timeline as CSV');
});

test('the palette is a combobox: arrows move, disabled commands say why, nothing found says what can be', async ({
  page,
}) => {
  await openDemo(page);
  const field = await openPalette(page);
  expect(await axe(page)).toEqual([]);
  await expect(active(page)).toContainText('Account');
  await page.keyboard.press('ArrowDown');
  await expect(active(page)).toContainText('What-if');
  await expect(field).toHaveAttribute('aria-activedescendant', (await active(page).getAttribute('id')) ?? '');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('option').last()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.type('redo');
  await expect(active(page)).toContainText('nothing to redo');
  await page.keyboard.press('Enter');
  await expect(field).toBeVisible();
  await field.fill('zzzz');
  await expect(page.getByText('Nothing is called “zzzz”')).toBeVisible();
  expect(await axe(page)).toEqual([]);
  // rows of the account: a lot by its id, an invoice by its month
  await field.fill('rescue');
  await expect(page.getByRole('option', { name: /Lot rescue/ })).toBeVisible();
  await field.fill('invoice march');
  await expect(page.getByRole('option', { name: /Invoice of March 2026/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  // a field of the page does not keep the window's keys from it
  await page.keyboard.press('5');
  const words = page.getByRole('textbox', { name: 'Words' });
  await expect(words).toBeVisible();
  await page.keyboard.press('/');
  await expect(words).toBeFocused();
  await openPalette(page, 'settings');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('every key is on the list', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'All keys' });
  for (const text of ['Ctrl K', 'Try other values', 'Filter what is listed here', 'Trace what is selected', 'Settings'])
    await expect(keys).toContainText(text);
  expect(await axe(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await page.keyboard.press('w');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What-if');
  const find = page.getByRole('searchbox', { name: 'Find a value' });
  await expect(find).toBeVisible();
  await page.keyboard.press('/');
  await expect(find).toBeFocused();
});

test('settings take effect at once, and stay', async ({ page }) => {
  await openDemo(page);
  await page.getByRole('button', { name: 'Settings' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Dark' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await axe(page)).toEqual([]);
  await settings.getByLabel('Form of figures and days').selectOption({ label: 'German' });
  await expect(settings).toContainText('−1.242,07, 14. Okt. 2026');
  await settings.getByRole('button', { name: 'Comfortable' }).click();
  await settings.getByRole('button', { name: 'None' }).click();
  await settings.getByLabel('Your name').fill('Ada');
  await settings.getByRole('button', { name: '125 %' }).click();
  await page.keyboard.press('Escape');
  const check = async (): Promise<void> => {
    await expect(page.getByLabel('Key figures')).toContainText('10.835,13');
    const row = page.getByRole('grid', { name: 'Timeline' }).getByRole('row').nth(2);
    expect((await row.boundingBox())?.height).toBeCloseTo(40, 0);
    await expect(page.locator('html')).toHaveAttribute('data-motion', 'reduced');
  };
  await check();
  // files keep plain decimals and ISO instants
  const { bytes } = await downloadOf(page, () => choose(page, 'Export', 'Timeline as CSV'));
  expect(bytes.toString()).toContain('2026-03-08T18:58:18.026Z');
  expect(bytes.toString()).toMatch(/,-86\.71\d*/);
  await openDemo(page);
  await check();
  await page.keyboard.press('Control+,');
  await expect(settings.getByLabel('Your name')).toHaveValue('Ada');
});

test('reduced motion: nothing moves, by the system or by the setting', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openDemo(page);
  const moving = (): Promise<number> =>
    page.evaluate(() => document.getAnimations().filter(({ playState }) => playState === 'running').length);
  for (const key of ['2', '4', '1']) {
    await page.keyboard.press(key);
    expect(await moving()).toBe(0);
  }
});

test('variants and own queries go with the workspace', async ({ page }) => {
  await openDemo(page);
  await page.keyboard.press('w');
  const delay = page.getByRole('textbox', { name: /^Delay/ }).first();
  await delay.fill('0');
  await delay.press('Enter');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByText(/^Unsaved/)).toBeVisible();
  await go(page, 'sql console', 'SQL console');
  await page.getByRole('textbox', { name: 'Query' }).fill('SELECT count(*) FROM lots');
  await page.getByRole('button', { name: 'Save query' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('How many lots');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Own queries' })).toContainText('How many lots');
  await page.keyboard.press('1');
  const saved = await downloadOf(page, () => page.keyboard.press('Control+s'));
  // the demo anew has neither
  await openDemo(page);
  await page.keyboard.press('w');
  await expect(page.getByText('Pin, nothing is changed')).toBeVisible();
  await page.keyboard.press('1');
  await chooseFile(page, () => choose(page, 'Open', 'Open workspace…'), saved.file);
  await expect(page.getByRole('banner')).not.toContainText('Demo account', SLOW);
  await page.keyboard.press('w');
  await expect(page.getByRole('columnheader', { name: /Delay 0/ })).toBeVisible(SLOW);
  await openPalette(page, 'how many lots');
  await expect(active(page)).toContainText('How many lots');
});

test('a run is handed on as scenario and workspace', async ({ page }) => {
  await openDemo(page);
  const { name, bytes } = await downloadOf(page, () => choose(page, 'Export', 'Run as scenario and workspace'));
  expect(name).toBe('Brightwater-Analytics.zip');
  const files = unzipSync(new Uint8Array(bytes));
  expect(Object.keys(files)).toEqual(['quickstart.yaml', 'Brightwater-Analytics.drawdown']);
  expect(strFromU8(files['quickstart.yaml'] ?? new Uint8Array(0))).toContain('drawdown: 1');
  expect(strFromU8((files['Brightwater-Analytics.drawdown'] ?? new Uint8Array(0)).slice(0, 15))).toBe(
    'SQLite format 3',
  );
});

for (const place of ['account', 'whatIf', 'scenario', 'trace', 'journal', 'data'])
  test(`text at 200 %, ${place}: nothing leaves the window, and what is cut can be scrolled to`, async ({ page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.addInitScript(() => localStorage.setItem('drawdown.settings', JSON.stringify({ textSize: 200 })));
    await openDemo(page);
    await page.keyboard.press(
      { account: '1', whatIf: '2', scenario: '3', trace: '4', journal: '5', data: '7' }[place]!,
    );
    await page.waitForTimeout(600);
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(beyond).toBeLessThanOrEqual(0);
    // words of controls that are cut off without a way to them
    const cut = await page.evaluate(() =>
      Array.from(document.querySelectorAll<HTMLElement>('main button, main h1, main [role=tab], nav button')).flatMap(
        (element) => {
          const box = element.getBoundingClientRect();
          if (box.width === 0 || getComputedStyle(element).visibility === 'hidden') return [];
          for (let up = element.parentElement; up !== null; up = up.parentElement) {
            const style = getComputedStyle(up);
            if (/(auto|scroll)/.test(`${style.overflowX} ${style.overflowY}`)) return [];
            if (!/(hidden|clip)/.test(style.overflowX)) continue;
            const frame = up.getBoundingClientRect();
            // a round button may reach into the space beside its column
            if (box.right > frame.right + 10 || box.left < frame.left - 10) return [element.textContent];
          }
          return [];
        },
      ),
    );
    expect(cut).toEqual([]);
  });
