/** `drawdown sql`: what it prints and the status it ends with. */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { BadInput } from '../../main/cli/badInput.ts';
import { importCommand } from '../../main/cli/import.ts';
import { sqlCommand } from '../../main/cli/sqlCommand.ts';
import { useTerminal } from './terminal.ts';

const terminal = useTerminal();
let workspace: string;

beforeAll(async () => {
  workspace = terminal.path('account.drawdown');
  const log = 'timestamp,id,model,cost\n2025-01-02T10:00:00Z,a,gpt,0.1\n2025-01-02T11:00:00Z,b,=mini,0.2\n';
  await importCommand([terminal.write('log.csv', log), '--workspace', workspace]);
});

test('prints rows as a table, as JSON and as CSV in which nothing runs', async () => {
  const query = 'SELECT sku, exact_sum(cost) AS cost, 9007199254740993 AS n FROM usage GROUP BY sku ORDER BY sku DESC';
  expect(await sqlCommand([workspace, query])).toBe(0);
  expect(terminal.out).toBe(
    'sku    cost                 n\ngpt     0.1  9007199254740993\n=mini   0.2  9007199254740993\n',
  );
  terminal.clear();
  expect(await sqlCommand([workspace, query, '--json'])).toBe(0);
  expect(terminal.out.split('\n')[1]).toBe('{"sku":"=mini","cost":"0.2","n":"9007199254740993"}');
  terminal.clear();
  expect(await sqlCommand([workspace, query, '--csv'])).toBe(0);
  expect(terminal.out).toBe("sku,cost,n\r\ngpt,0.1,9007199254740993\r\n'=mini,0.2,9007199254740993\r\n");
});

test('runs a shipped query by its name, and says where rows are left out', async () => {
  expect(await sqlCommand([workspace, 'cost by model and day', '--limit', '1', '--csv'])).toBe(1);
  expect(terminal.out).toBe("day,sku,usage_rows,cost,rows_without_cost\r\n2025-01-02,'=mini,1,0.2,0\r\n");
});

test('refuses what is no reading query, and leaves the workspace as it is', async () => {
  const before = readFileSync(workspace);
  await expect(sqlCommand([workspace, 'DELETE FROM usage_row'])).rejects.toThrow(/this console only reads/);
  await expect(sqlCommand([workspace, 'SELECT nothing'])).rejects.toThrow(BadInput);
  await expect(sqlCommand([terminal.path('none'), 'SELECT 1'])).rejects.toThrow(/cannot be read/);
  await expect(sqlCommand([terminal.path('log.csv'), 'SELECT 1'])).rejects.toThrow(BadInput);
  await expect(sqlCommand([workspace])).rejects.toThrow(BadInput);
  await expect(sqlCommand([workspace, 'SELECT 1', '--limit', 'all'])).rejects.toThrow(/--limit all/);
  expect(readFileSync(workspace).equals(before)).toBe(true);
});
