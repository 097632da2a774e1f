/** `drawdown reconcile` and `drawdown verify`: what they print and the status they end with. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { BadInput } from '../../main/cli/badInput.ts';
import { importCommand } from '../../main/cli/import.ts';
import { reconcileCommand } from '../../main/cli/reconcile.ts';
import { verifyCommand } from '../../main/cli/verify.ts';
import type { Reconciliation } from '../../shared/contract/reconcile.ts';
import { loadSql } from '../surroundings.ts';
import { useTerminal } from './terminal.ts';

const SEEDS = path.join(import.meta.dirname, '../fuzz/seeds');
const terminal = useTerminal();
let workspace: string;

beforeAll(async () => {
  workspace = terminal.path('october.drawdown');
  await importCommand([path.join(SEEDS, 'stripe_invoices.csv'), '--workspace', workspace]);
});

test('a month beside a statement, as text and as JSON; the workspace is not written', async () => {
  const before = readFileSync(workspace);
  const args = ['--workspace', workspace, '--statement', path.join(SEEDS, 'bank.ofx')];
  expect(await reconcileCommand([...args, '--json'])).toBe(1);
  const shown = JSON.parse(terminal.out) as Reconciliation;
  expect([shown.period.period, shown.verdict, shown.period.toDecide]).toEqual(['2026-10', 'breaks', 1]);
  terminal.clear();
  expect(await reconcileCommand([...args, '--period', '2026-10'])).toBe(1);
  expect(terminal.out).toContain('Vendor documents                 2626.17');
  expect(terminal.out).toContain('To decide: 1');
  expect(readFileSync(workspace).equals(before)).toBe(true);
});

test('a month that nothing is known of and a workspace that is not there are bad input', async () => {
  await expect(reconcileCommand(['--workspace', workspace, '--period', '2031-01'])).rejects.toThrow(BadInput);
  await expect(reconcileCommand(['--workspace', terminal.path('none.drawdown')])).rejects.toThrow(BadInput);
  await expect(verifyCommand([terminal.path('none.drawdown')])).rejects.toThrow(BadInput);
});

test('a workspace as it was saved holds; one that was changed does not, and it says where', async () => {
  expect(await verifyCommand([workspace])).toBe(0);
  expect(terminal.out).toContain('Everything holds');
  const SQL = await loadSql();
  const database = new SQL.Database(readFileSync(workspace));
  database.exec("UPDATE run SET title = 'another'");
  const changed = terminal.path('changed.drawdown');
  writeFileSync(changed, database.export());
  database.close();
  terminal.clear();
  expect(await verifyCommand([changed])).toBe(1);
  expect(terminal.out).toContain('results, run: A replay gives another row 1 of run than the file holds');
});
