/** `drawdown sql`: what it prints and the status it ends with. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { BadInput } from '../../main/cli/badInput.ts';
import { importCommand } from '../../main/cli/import.ts';
import { sqlCommand } from '../../main/cli/sqlCommand.ts';

let folder: string;
let workspace: string;
let out: string;

function watch(): void {
  out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-sql-'));
  workspace = path.join(folder, 'account.drawdown');
  const log = path.join(folder, 'log.csv');
  writeFileSync(log, 'timestamp,id,model,cost\n2025-01-02T10:00:00Z,a,gpt,0.1\n2025-01-02T11:00:00Z,b,=mini,0.2\n');
  watch();
  await importCommand([log, '--workspace', workspace]);
  vi.restoreAllMocks();
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(watch);
afterEach(() => {
  vi.restoreAllMocks();
});

test('prints rows as a table, as JSON and as CSV in which nothing runs', async () => {
  const query = 'SELECT sku, exact_sum(cost) AS cost, 9007199254740993 AS n FROM usage GROUP BY sku ORDER BY sku DESC';
  expect(await sqlCommand([workspace, query])).toBe(0);
  expect(out).toBe('sku    cost                 n\ngpt     0.1  9007199254740993\n=mini   0.2  9007199254740993\n');
  out = '';
  expect(await sqlCommand([workspace, query, '--json'])).toBe(0);
  expect(out.split('\n')[1]).toBe('{"sku":"=mini","cost":"0.2","n":"9007199254740993"}');
  out = '';
  expect(await sqlCommand([workspace, query, '--csv'])).toBe(0);
  expect(out).toBe("sku,cost,n\r\ngpt,0.1,9007199254740993\r\n'=mini,0.2,9007199254740993\r\n");
});

test('runs a shipped query by its name, and says where rows are left out', async () => {
  expect(await sqlCommand([workspace, 'cost by model and day', '--limit', '1', '--csv'])).toBe(1);
  expect(out).toBe("day,sku,usage_rows,cost,rows_without_cost\r\n2025-01-02,'=mini,1,0.2,0\r\n");
});

test('refuses what is no reading query, and leaves the workspace as it is', async () => {
  const before = readFileSync(workspace);
  await expect(sqlCommand([workspace, 'DELETE FROM usage_row'])).rejects.toThrow(/this console only reads/);
  await expect(sqlCommand([workspace, 'SELECT nothing'])).rejects.toThrow(BadInput);
  await expect(sqlCommand([path.join(folder, 'none'), 'SELECT 1'])).rejects.toThrow(/cannot be read/);
  await expect(sqlCommand([path.join(folder, 'log.csv'), 'SELECT 1'])).rejects.toThrow(BadInput);
  await expect(sqlCommand([workspace])).rejects.toThrow(BadInput);
  await expect(sqlCommand([workspace, 'SELECT 1', '--limit', 'all'])).rejects.toThrow(/--limit all/);
  expect(readFileSync(workspace).equals(before)).toBe(true);
});
