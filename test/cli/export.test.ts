/** `drawdown export`: what it writes of a saved workspace, and what it refuses. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { BadInput } from '../../main/cli/badInput.ts';
import { exportCommand } from '../../main/cli/export.ts';
import { runCommand } from '../../main/cli/run.ts';
import { sheetsOf } from '../export/readBack.ts';
import { OCTOBER } from '../report/october.ts';
import { useTerminal } from './terminal.ts';

const terminal = useTerminal();
let workspace: string;

beforeAll(async () => {
  workspace = terminal.path('account.drawdown');
  await runCommand([terminal.write('october.yaml', OCTOBER), '--save', workspace]);
});

test('the run as FOCUS on standard output, and as a journal in a file', async () => {
  expect(await exportCommand(['--workspace', workspace, '--form', 'focus'])).toBe(0);
  expect(terminal.out).toMatch(/^BilledCost,BillingAccountId,/);
  expect(terminal.out.split('\r\n').filter((line) => line.startsWith('1000,org-brightwater'))).toHaveLength(1);
  const file = terminal.path('run.hledger');
  expect(await exportCommand(['--workspace', workspace, '--form', 'hledger', '--out', file])).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('2026-10-23 * (HLCN2K7Q-0015)');
});

test('a month as the buyer books it, as a spreadsheet, as CSV and JSON', async () => {
  const month = ['--workspace', workspace, '--period', '2026-10'];
  expect(await exportCommand([...month, '--form', 'hledger'])).toBe(0);
  // no bank and no document: nothing is settled
  expect(terminal.out).toContain('2026-10-23 ! (HLCN2K7Q-0015)');
  expect(terminal.out).toContain('= 1380.50 USD');
  terminal.clear();
  expect(await exportCommand([...month, '--form', 'json', '--view', 'seller'])).toBe(0);
  expect(JSON.parse(terminal.out)).toMatchObject({ account: 'org-brightwater', rollForward: { view: 'seller' } });
  const file = terminal.path('october.xlsx');
  expect(await exportCommand([...month, '--form', 'xlsx', '--out', file])).toBe(0);
  expect((await sheetsOf(readFileSync(file))).map(({ name }) => name)).toContain('Matches');
  await expect(exportCommand([...month, '--form', 'xlsx'])).rejects.toThrow(BadInput);
  await expect(exportCommand(['--workspace', workspace, '--form', 'csv'])).rejects.toThrow(BadInput);
  await expect(exportCommand(['--workspace', workspace, '--form', 'csv', '--period', '2031-01'])).rejects.toMatchObject(
    {
      lines: ['drawdown export: nothing is known of 2031-01'],
    },
  );
});

test('says what is missing', async () => {
  await expect(exportCommand(['--form', 'focus'])).rejects.toThrow(BadInput);
  await expect(exportCommand(['--workspace', workspace, '--form', 'pdf'])).rejects.toMatchObject({
    lines: [expect.stringContaining('--form pdf is none of')],
  });
  await expect(exportCommand(['--workspace', `${workspace}x`, '--form', 'focus'])).rejects.toMatchObject({
    lines: [expect.stringContaining('cannot be read')],
  });
});
