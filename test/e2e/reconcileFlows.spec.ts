/** What finance does with a month that has everything: rules, splits, settings, notes, owners, causes, the next month. */
import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { BALANCES, CARD_OCTOBER, SCENARIO, STATEMENTS, USAGE, type TextFile } from '../reconcile/september.ts';
import { downloadOf, drop, importStaged, openDemo } from './files.ts';

test.describe.configure({ timeout: 240_000 });
/** The worker replays and matches between two looks. */
const WORK = { timeout: 20_000 };

async function shown(page: Page): Promise<void> {
  await page.locator('[data-recon=shown]').waitFor(WORK);
}

async function month(page: Page, name: string): Promise<void> {
  await page.getByLabel('Month', { exact: true }).last().selectOption(name);
  await expect(page.getByRole('group', { name: 'Month', exact: true })).toContainText(name);
  await shown(page);
}

async function september(page: Page, usage: TextFile = USAGE): Promise<void> {
  await openDemo(page);
  await drop(page, [SCENARIO]);
  await drop(page, [usage, ...STATEMENTS, BALANCES]);
  await importStaged(page, `Import ${STATEMENTS.length + 2} files`);
  await page.keyboard.press('6');
  await shown(page);
  await month(page, 'September 2026');
  await expect(toDecide(page, 3)).toBeVisible(WORK);
}

function toDecide(page: Page, count: number): Locator {
  return page.getByRole('button', {
    name: count === 0 ? 'Mark prepared' : `Mark prepared, ${count} to decide`,
    exact: true,
  });
}

const groups = (page: Page): Locator => page.getByRole('grid', { name: 'Groups of items' });
const inspector = (page: Page): Locator => page.locator('[data-inspector]');

/** Opens a group's inspector, at a tab of it. */
async function inspect(page: Page, row: RegExp, tab: string): Promise<void> {
  await groups(page).getByRole('row', { name: row }).first().click();
  await page.keyboard.press('Enter');
  await expect(inspector(page)).toBeVisible();
  await inspector(page)
    .getByRole('tab', { name: new RegExp(`^${tab}`) })
    .click();
}

async function tab(page: Page, name: string): Promise<void> {
  await page
    .locator('.reconcile-tabs')
    .getByRole('tab', { name: new RegExp(`^${name}`) })
    .click();
}

async function sign(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog', { name: 'Your name' });
  await dialog.getByLabel('Name').fill('A. Example');
  await dialog.getByRole('button', { name: 'Use this name' }).click();
  await expect(dialog).toBeHidden(WORK);
}

async function unexplained(page: Page, count: number): Promise<void> {
  await expect(page.getByRole('toolbar', { name: 'Steps of the bridge' }).getByText('Unexplained')).toHaveCount(count);
  await expect(page.locator('.bridge-amount.closes')).toHaveText(Array.from({ length: count }, () => '0.00'));
}

test('a rule from an example, a note, an owner, an accepted cent, an ignored line; then the next month', async ({
  page,
}) => {
  await september(page);
  await unexplained(page, 2);
  await expect(page.getByText('3 differences to decide')).toBeVisible();
  await expect(page.locator('.reconcile-verdict')).not.toHaveClass(/tone-credit/);

  // another product of the vendor: a rule takes it, and says before what it takes
  await tab(page, 'Match');
  const bank = page.getByRole('listbox', { name: 'Bank lines not matched' });
  await bank.getByText('HALCYON* TEAM SEATS').click();
  await page.getByRole('button', { name: 'Rule from it…' }).click();
  const rule = page.getByRole('dialog', { name: 'Rule for bank items' });
  await expect(rule.getByText('Takes 1 item of this month, 1 item of all months.')).toBeVisible(WORK);
  await rule.getByRole('button', { name: 'Keep rule, takes 1 item here' }).click();
  await sign(page);
  await expect(toDecide(page, 2)).toBeVisible(WORK);

  await tab(page, 'Purchases');
  await inspect(page, /API USAGE/, 'Evidence');
  await inspector(page).getByLabel('Who looks after it').fill('R. Olsen');
  await inspector(page).getByRole('button', { name: 'Set owner' }).click();
  await inspector(page)
    .getByRole('tab', { name: /^History/ })
    .click();
  await expect(inspector(page).getByText('Break given to R. Olsen')).toBeVisible(WORK);
  await inspector(page)
    .getByRole('tab', { name: /^Notes/ })
    .click();
  await inspector(page).getByRole('textbox', { name: 'Note' }).fill('Asked the vendor on 2 October');
  await inspector(page).getByRole('button', { name: 'Add note' }).click();
  await expect(inspector(page).getByText('Asked the vendor on 2 October')).toBeVisible(WORK);

  // ignored with a reason there is nothing to explain; it can be heeded again
  await page.keyboard.press('Escape');
  await groups(page)
    .getByRole('row', { name: /API USAGE/ })
    .click();
  await page.keyboard.press('i');
  const reason = page.getByRole('dialog', { name: /^Ignore/ });
  await reason.getByLabel('Reason').fill('Invoice of August, on its way');
  await page.keyboard.press('Enter');
  await expect(toDecide(page, 1)).toBeVisible(WORK);
  // ignored lines come last: it is found by its words
  await page.getByLabel('Find groups').fill('api usage');
  await inspect(page, /API USAGE/, 'Explain');
  await expect(inspector(page)).toContainText('Ignored: Invoice of August, on its way. It counts in no total');
  await inspector(page).getByRole('button', { name: 'Heed again' }).click();
  await page.getByLabel('Find groups').press('Escape');
  await expect(toDecide(page, 2)).toBeVisible(WORK);
  await page.keyboard.press('Control+z');
  await expect(toDecide(page, 1)).toBeVisible(WORK);

  await page.keyboard.press('Escape');
  await groups(page)
    .getByRole('row', { name: /Suggested/ })
    .click();
  await page.keyboard.press('m');
  await expect(toDecide(page, 0)).toBeVisible(WORK);
  await unexplained(page, 2);
  await expect(page.getByText('Reconciled but for items in transit')).toBeVisible();

  // what is in transit says until when it may be, and is found in the next month's statement
  await inspect(page, /In transit/, 'Evidence');
  await expect(inspector(page)).toContainText('Timing until 6 Oct 2026, a break from then on.');
  await drop(page, [CARD_OCTOBER]);
  await importStaged(page);
  await page.keyboard.press('6');
  await shown(page);
  await expect(groups(page).getByRole('row', { name: /HLCN2K7Q-0039/ })).toContainText(
    'not in September 2026, booked 2 Oct',
    WORK,
  );
  await month(page, 'October 2026');
  await expect(groups(page).getByRole('row', { name: /HLCN2K7Q-0039/ })).toContainText('2 Oct', WORK);
  await expect(page.getByRole('toolbar', { name: 'Steps of the bridge' })).toContainText('+272.19Prior period');
});

test('a month is worked by keys alone: after each act they go on from the row that took the place', async ({
  page,
}) => {
  await september(page);
  const table = groups(page);
  const chosen = table.locator('.table-row.chosen').first();
  const key = (name: string): Promise<void> => page.keyboard.press(name);

  // nothing has the focus: an arrow finds the list
  await key('ArrowDown');
  await expect(table).toBeFocused();
  await expect(chosen).toContainText(/TEAM SEATS|API USAGE|Suggested/, WORK);
  const first = await chosen.textContent();
  await key('ArrowDown');
  await expect(chosen).not.toHaveText(first ?? '', WORK);
  const second = await chosen.textContent();
  await key('ArrowUp');
  await expect(chosen).toHaveText(first ?? '', WORK);

  // given up: back on the row; done, with a reason and a name: on the next
  await key('i');
  await expect(page.getByRole('dialog', { name: /^Ignore/ })).toBeVisible(WORK);
  await key('Escape');
  await expect(table).toBeFocused();
  await key('i');
  await page.getByRole('dialog', { name: /^Ignore/ }).waitFor(WORK);
  await page.keyboard.type('Other product');
  await key('Enter');
  await page.getByRole('dialog', { name: 'Your name' }).waitFor(WORK);
  await page.keyboard.type('A. Example');
  await key('Enter');
  await expect(toDecide(page, 2)).toBeVisible(WORK);
  await expect(table).toBeFocused();
  await expect(chosen).toHaveText(second ?? '', WORK);
  await key('Control+z');
  await expect(toDecide(page, 3)).toBeVisible(WORK);
  await expect(table).toBeFocused();

  // from the drawer: a note, then an act whose button is another row's the next moment
  await key('Enter');
  await expect(inspector(page)).toBeFocused(WORK);
  await inspector(page)
    .getByRole('tab', { name: /^Explain/ })
    .focus();
  for (const _ of [1, 2, 3]) await key('ArrowRight');
  await inspector(page).getByRole('textbox', { name: 'Note' }).focus();
  await page.keyboard.type('Asked the vendor');
  await key('Tab');
  await key('Enter');
  await expect(inspector(page).getByText('Asked the vendor')).toBeVisible(WORK);
  await expect(table).toBeFocused();
  await inspector(page)
    .getByRole('button', { name: /^Ignore/ })
    .focus();
  await key('Enter');
  await page.getByRole('dialog', { name: /^Ignore/ }).waitFor(WORK);
  await page.keyboard.type('Other product');
  await key('Enter');
  await expect(toDecide(page, 2)).toBeVisible(WORK);
  await expect(table).toBeFocused();
  await key('Escape');
  await expect(inspector(page)).toBeHidden();
  await expect(table).toBeFocused();

  // what was matched and no list has any more: the row in its place is selected, and the arrows go on from it
  await table
    .getByRole('row', { name: /HLCN2K7Q-0038/ })
    .first()
    .click();
  await key('u');
  await expect(toDecide(page, 4).or(toDecide(page, 5))).toBeVisible(WORK);
  await expect(table).toBeFocused();
  await expect(chosen).toBeVisible();

  // the workbench, from a row that only hands can match: its pane has the focus
  await key('Home');
  await expect(chosen).toBeVisible(WORK);
  await key('m');
  const panes = page.locator('.match-pane.active');
  await expect(panes).toBeFocused(WORK);

  const bank = page.getByRole('listbox', { name: 'Bank lines not matched' });
  await bank.focus();
  await expect(bank.locator('.match-line.focused')).toHaveCount(1, WORK);
  await page.getByRole('button', { name: 'Split…' }).focus();
  await key('Enter');
  await page.getByRole('dialog', { name: /^Split/ }).waitFor(WORK);
  await page.keyboard.type('1');
  await page.getByRole('button', { name: /^Take the rest/ }).focus();
  await key('Enter');
  await page.getByRole('button', { name: 'Split into 2' }).focus();
  await key('Enter');
  await expect(bank).toBeFocused(WORK);
  await key('ArrowDown');
  await expect(bank.locator('.match-line.focused')).toHaveCount(1);
});

test('settings are changed and undone; a line is split and matched in parts', async ({ page }) => {
  await september(page);
  await tab(page, 'Match');
  await page.getByRole('button', { name: 'Settings…' }).click();
  const settings = page.getByRole('dialog', { name: 'Settings of matching' });
  await settings.getByLabel('Days after').fill('0');
  await settings.getByRole('button', { name: 'Save and match again' }).click();
  await sign(page);
  await expect(toDecide(page, 3)).toBeHidden(WORK);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(toDecide(page, 3)).toBeVisible(WORK);

  // of one account alone: what it would change is said before
  await page.getByRole('button', { name: 'Settings…' }).click();
  const account = settings.getByLabel('For which lines').locator('option', { hasText: 'card_september.csv' });
  await settings.getByLabel('For which lines').selectOption((await account.getAttribute('value')) ?? '');
  await settings.getByLabel('Days after').fill('0');
  await expect(settings.getByRole('status')).toHaveText(
    /^Changes \d+ groups? of September 2026: 3 → \d+ to decide/,
    WORK,
  );
  await settings.getByRole('button', { name: 'Save and match again' }).click();
  await expect(toDecide(page, 3)).toBeHidden(WORK);
  await page.getByRole('button', { name: 'Settings…' }).click();
  await expect(settings.getByLabel('For which lines')).toContainText(
    'Bank: lines as in card_september.csv, 1 of its own',
  );
  await settings.getByLabel('For which lines').selectOption((await account.getAttribute('value')) ?? '');
  await settings.getByRole('button', { name: 'Nothing of its own' }).click();
  await settings.getByRole('button', { name: 'Save and match again' }).click();
  await expect(toDecide(page, 3)).toBeVisible(WORK);

  await tab(page, 'Purchases');
  await groups(page)
    .getByRole('row', { name: /HLCN2K7Q-0038/ })
    .click();
  await page.keyboard.press('u');
  await expect(toDecide(page, 5).or(toDecide(page, 6))).toBeVisible(WORK);
  await tab(page, 'Match');
  const bank = page.getByRole('listbox', { name: 'Bank lines not matched' });
  await bank.getByText('544.38').click();
  await page.getByRole('button', { name: 'Split…' }).click();
  const split = page.getByRole('dialog', { name: /^Split/ });
  await split.getByLabel('Part 1').fill('500');
  await split.getByRole('button', { name: 'Take the rest, 44.38' }).click();
  await split.getByRole('button', { name: 'Split into 2' }).click();
  await expect(bank.getByText('44.38')).toBeVisible(WORK);
  await bank.getByText('500.00').click();
  await bank.getByText('44.38').click();
  await page.getByRole('listbox', { name: 'Documents and purchases not matched' }).getByText('HLCN2K7Q-0038').click();
  await expect(page.getByLabel('Difference', { exact: true })).toHaveText(/^0\.00/);
  await page.keyboard.press('m');
  await expect(bank.getByText('44.38')).toBeHidden(WORK);
  await tab(page, 'Purchases');
  await expect(groups(page).getByRole('row', { name: /HLCN2K7Q-0038/ })).toContainText('(part 1 of 2)', WORK);
  await unexplained(page, 2);
});

test('a cause is found and adopted; figures follow, the seal and verify accept it', async ({ page }) => {
  await september(page);
  await page.getByRole('button', { name: /221\.90\s*Tax/ }).click();
  await page.keyboard.press('e');
  const panel = inspector(page);
  const proposal = panel.getByText(/If purchases are taxed at 8\.875 %/).first();
  await expect(proposal).toBeVisible(WORK);
  await panel.getByRole('button', { name: 'Adopt for Halcyon Models, Inc.' }).first().click();
  await sign(page);
  await expect(page.getByText('1 adopted value')).toBeVisible(WORK);
  const bridge = page.getByRole('toolbar', { name: 'Steps of the bridge' });
  await expect(bridge).toContainText('2,721.90Simulated', WORK);
  await expect(bridge).not.toContainText('Tax');
  await unexplained(page, 2);

  await page.keyboard.press('Escape');
  for (const [row, key] of [
    [/TEAM SEATS/, 'i'],
    [/API USAGE/, 'i'],
    [/Suggested/, 'm'],
  ] as const) {
    await groups(page).getByRole('row', { name: row }).first().click();
    await page.keyboard.press(key);
    if (key === 'i') {
      await page
        .getByRole('dialog', { name: /^Ignore/ })
        .getByLabel('Reason')
        .fill('Other product');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog')).toBeHidden(WORK);
    }
    await shown(page);
  }
  await toDecide(page, 0).click();
  await page.getByRole('button', { name: 'Mark reviewed' }).click();
  await page.getByRole('button', { name: 'Seal September' }).click();
  await expect(page.getByText(/^Sealed .* by A\. Example, hash/)).toBeVisible(WORK);
  const saved = await downloadOf(page, () => page.keyboard.press('Control+s'));
  const file = test.info().outputPath('september.drawdown');
  await writeFile(file, saved.bytes);
  const root = path.resolve(import.meta.dirname, '../..');
  const { stdout } = await promisify(execFile)(process.execPath, ['main/setup/drawdown.mjs', 'verify', file], {
    cwd: root,
  });
  expect(stdout).toMatch(/1 sealed month[^]*Everything holds/);
});

test('looking for a cause says how far it is and can be stopped; what was found stays', async ({ page }) => {
  const rows = Array.from({ length: 8_000 }, (_, row) => {
    const at = new Date(Date.UTC(2026, 8, 1) + row * 300_000).toISOString();
    return `${at},r${row},model-${row % 37},project-${row % 53},100,10,0.01${row % 9}`;
  });
  await september(page, { name: USAGE.name, text: `${USAGE.text}${rows.join('\n')}\n` });
  await tab(page, 'Balance');
  await page
    .getByRole('row', { name: /Differs/ })
    .first()
    .click();
  await page.keyboard.press('e');
  await expect(inspector(page).getByRole('progressbar', { name: 'Looking for causes' })).toBeVisible(WORK);
  // the first piece of the answer is there
  await expect(inspector(page)).toContainText(/ tried in /, WORK);
  await inspector(page).getByRole('button', { name: 'Stop' }).click();
  await expect(inspector(page).getByRole('progressbar')).toBeHidden();
  await expect(inspector(page)).toContainText('Stopped before everything was tried.');
});
