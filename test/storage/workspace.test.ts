/** A workspace file: what was open comes back the same, and plain SQLite reads it. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { KeptWork } from '../../shared/contract/kept.ts';
import { resultOf } from '../../shared/engine/resultJson.ts';
import { openScenario, type Account } from '../../shared/session/account.ts';
import { newWork, openSaved, saveAccount } from '../../shared/session/workspaceFile.ts';
import { atOnce } from '../../shared/session/inPieces.ts';
import { MIGRATIONS } from '../../shared/storage/schema.ts';
import { rowsOf, type Database, type SqlJsStatic } from '../../shared/storage/sqlite.ts';
import { readWorkspace, WorkspaceError } from '../../shared/storage/workspace.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const USAGE = `id,timestamp,project,api_key_id,model,input_tokens,cached_input_tokens,output_tokens,cost
r1,2025-01-01T01:00:00Z,atlas,key-1,gpt-4o,1200,200,80,0.0041
r2,2025-01-01T02:00:00.5Z,atlas,key-2,gpt-4o-mini,1200,0,80,0.000000000001
r1,2025-01-01T03:00:00Z,atlas,key-1,gpt-4o,1200,200,80,0.0041
ü-é-日,2025-01-01T04:00:00Z,borealis,key-1,gpt-4o,0,0,0,2000000000000.25
r5,2025-01-02T04:00:00Z,borealis,key-1,gpt-4o,1,1,1,-0.5
`;
const KEPT: KeptWork = {
  variants: [
    { id: 'variant-2', name: 'More a month', set: { 'auto_recharge.monthly_limit': '2500' } },
    { id: 'variant-1', name: 'At once, “held”', set: { 'cutoff.delay': '0' }, hold: ['cutoff.delay'] },
  ],
  queries: [{ name: 'Zwölf größte', note: '', sql: "SELECT 'a'';' FROM usage\nLIMIT 12" }],
};
const SCENARIO = `drawdown: 1
title: saved
account: {opened: 2025-01-01T00:00:00Z, timezone: Europe/Berlin}
policy: {cutoff: {delay: PT30M}, purchase: {posting_delay: PT2M, tax_rate: 0.19}}
usage:
  - {file: usage.csv}
  - generate: {from: 2025-01-01T05:00:00Z, to: 2025-01-02T00:00:00Z, seed: 3, rate: 60/h, cost: {uniform: {min: 0.01, max: 0.4}}, sku: {a: 1, b: 3}}
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 20, id: first}
  - {at: 2025-01-01T00:30:00Z, type: grant, amount: 5, expires_at: 2025-01-01T06:00:00Z, id: promo}
until: 2025-02-03T00:00:00Z
`;

let SQL: SqlJsStatic;
let account: Account;
let bytes: Uint8Array;
let database: Database;

beforeAll(async () => {
  SQL = await loadSql();
  const content = new TextEncoder().encode(USAGE);
  const find = (): Promise<{ name: string; content: Uint8Array }> => Promise.resolve({ name: 'usage.csv', content });
  const outcome = await openScenario({ name: 'saved.yaml', text: SCENARIO }, { find, more: [] }, surroundings, context);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  ({ account } = outcome);
  bytes = saveAccount(SQL, { ...newWork(account), kept: KEPT });
  database = new SQL.Database(bytes);
});

afterAll(() => {
  database.close();
});

describe('reopening', () => {
  test('replays to the identical result', () => {
    const again = openSaved(SQL, bytes, surroundings);
    if (!again.ok) throw new Error(again.problems[0]?.message);
    expect(resultOf(again.account.run, { usageRows: true })).toEqual(resultOf(account.run, { usageRows: true }));
    expect(again.account.scenario).toEqual(account.scenario);
  });

  test('brings back variants and queries, in their order', () => {
    expect(atOnce(readWorkspace(SQL, bytes)).kept.queries).toEqual(KEPT.queries);
    const again = openSaved(SQL, bytes, surroundings);
    expect(again.ok && again.kept).toEqual(KEPT);
  });

  test('a variant that another program spoiled is named', () => {
    const spoiled = new SQL.Database(bytes);
    spoiled.exec(`UPDATE variant SET set_values = '{"cutoff.delay": 5}' WHERE id = 'variant-1'`);
    expect(() => openSaved(SQL, spoiled.export(), surroundings)).toThrow(
      /variants of this workspace are damaged.*held/,
    );
    spoiled.close();
  });

  test('brings back every column of every source and what its import reported', () => {
    const { sources } = atOnce(readWorkspace(SQL, bytes));
    for (const [i, { batch, ...kept }] of sources.entries()) {
      const before = account.sources[i]!;
      // Node packs into its own kind of array
      const pieces = before.text?.pieces.map((piece) => ({ ...piece, deflated: Uint8Array.from(piece.deflated) }));
      const text = pieces === undefined ? null : { pieces };
      expect({ ...kept, batch: null }).toEqual({ ...before, text, batch: null });
      expect(batch.at).toEqual(before.batch.at.slice(0, batch.count));
      expect(rowsAsText(batch)).toEqual(rowsAsText(before.batch));
    }
    expect(sources).toHaveLength(2);
  });

  test('saving again gives the same rows', () => {
    const again = openSaved(SQL, bytes, surroundings);
    if (!again.ok) throw new Error(again.problems[0]?.message);
    const second = new SQL.Database(saveAccount(SQL, again));
    for (const table of [
      'usage',
      'timeline',
      'lots',
      'journal',
      'invoices',
      'source_file',
      'import_problem',
      'variant',
      'saved_query',
    ])
      expect(rowsOf(second, `SELECT * FROM ${table}`)).toEqual(rowsOf(database, `SELECT * FROM ${table}`));
    second.close();
  });

  test('a file of the version before replays to its run, and is saved in the present format', () => {
    const packed = readFileSync(path.join(import.meta.dirname, 'fixtures/format1.drawdown.gz'));
    const older = new Uint8Array(gunzipSync(packed));
    const opened = openSaved(SQL, older, surroundings);
    if (!opened.ok) throw new Error(opened.problems[0]?.message);
    const [before, now] = [new SQL.Database(older), new SQL.Database(saveAccount(SQL, opened))];
    expect(rowsOf(now, 'PRAGMA user_version')).toEqual([[BigInt(MIGRATIONS.length)]]);
    for (const table of ['timeline', 'lots', 'journal', 'invoices', 'run', 'rejected_usage'])
      expect(rowsOf(now, `SELECT * FROM ${table}`)).toEqual(rowsOf(before, `SELECT * FROM ${table}`));
    before.close();
    now.close();
  });

  test.each([
    ['bytes that are no database', new Uint8Array(4096).fill(7), /not a readable SQLite database/],
    ['nothing at all', new Uint8Array(0), /not a Drawdown workspace|not a readable/],
  ])('%s are refused in words', (_name, wrong, message) => {
    expect(() => atOnce(readWorkspace(SQL, wrong))).toThrow(WorkspaceError);
    expect(() => atOnce(readWorkspace(SQL, wrong))).toThrow(message);
  });

  test('a file of a newer version, and somebody else’s database, are refused', () => {
    const newer = new SQL.Database(bytes);
    newer.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`);
    expect(() => atOnce(readWorkspace(SQL, newer.export()))).toThrow(/newer Drawdown/);
    newer.exec('PRAGMA application_id = 1');
    expect(() => atOnce(readWorkspace(SQL, newer.export()))).toThrow(/not a Drawdown workspace/);
    newer.close();
  });
});

describe('plain SQL', () => {
  test('the file is whole, and its tables are strict', () => {
    expect(rowsOf(database, 'PRAGMA integrity_check')).toEqual([['ok']]);
    const loose = rowsOf(
      database,
      "SELECT name FROM pragma_table_list WHERE type = 'table' AND schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
    );
    expect(loose).toEqual([]);
  });

  test('usage rows are exact, in file order, without the repeated id', () => {
    const rows = rowsOf(database, "SELECT line, at, sku, project, key, id, cost FROM usage WHERE file = 'usage.csv'");
    expect(rows).toEqual([
      [2n, '2025-01-01T01:00:00.000Z', 'gpt-4o', 'atlas', 'key-1', 'r1', '0.004100000000'],
      [3n, '2025-01-01T02:00:00.500Z', 'gpt-4o-mini', 'atlas', 'key-2', 'r2', '0.000000000001'],
      [5n, '2025-01-01T04:00:00.000Z', 'gpt-4o', 'borealis', 'key-1', 'ü-é-日', '2000000000000.250000000000'],
    ]);
    expect(
      rowsOf(
        database,
        "SELECT rows_read, rows_stored, rows_duplicate, adjustments FROM source_file WHERE name = 'usage.csv'",
      ),
    ).toEqual([[5n, 3n, 1n, 1n]]);
  });

  test('the journal balances, and its customer accounts are the balance of the run', () => {
    const sums = rowsOf(
      database,
      `SELECT sum(CASE account WHEN 'credits' THEN side WHEN 'overrun_receivable' THEN side END * whole), sum(CASE account WHEN 'credits' THEN side WHEN 'overrun_receivable' THEN side END * pico),
       sum(side * whole), sum(side * pico)
       FROM (SELECT credit AS account, 1 AS side, amount_whole AS whole, amount_pico AS pico FROM journal_entry UNION ALL SELECT debit, -1, amount_whole, amount_pico FROM journal_entry)`,
    );
    const [[whole, pico, allWhole, allPico]] = sums as [[bigint, bigint, bigint, bigint]];
    expect([allWhole, allPico]).toEqual([0n, 0n]);
    const [[balanceWhole, balancePico]] = rowsOf(database, 'SELECT balance_whole, balance_pico FROM run') as [
      [bigint, bigint],
    ];
    expect(whole * 10n ** 12n + pico).toBe(balanceWhole * 10n ** 12n + balancePico);
  });

  test('the sqlite3 program opens it', ({ skip }) => {
    if (spawnSync('sqlite3', ['--version']).error !== undefined) skip('the sqlite3 program is not installed');
    const folder = mkdtempSync(path.join(os.tmpdir(), 'drawdown-'));
    const file = path.join(folder, 'saved.drawdown');
    writeFileSync(file, bytes);
    const { stdout } = spawnSync(
      'sqlite3',
      [file, 'PRAGMA integrity_check; SELECT count(*) FROM usage; SELECT title FROM run;'],
      { encoding: 'utf8' },
    );
    expect(stdout.split('\n').slice(0, 3)).toEqual(['ok', String(account.run.input.log.count), 'saved']);
    expect(readFileSync(file).subarray(0, 15).toString()).toBe('SQLite format 3');
    rmSync(folder, { recursive: true });
  });
});

function rowsAsText({ count, sku, project, key, cost, meters, line }: Account['sources'][number]['batch']): string[] {
  return Array.from({ length: count }, (_, row) =>
    JSON.stringify([
      ...[
        sku.names[sku.codes[row]!],
        project?.names[project.codes[row]!] ?? '',
        key?.names[key.codes[row]!] ?? '',
        line?.[row] ?? null,
      ],
      ...[cost.whole[row], cost.pico?.[row] ?? 0],
      ...[...meters]
        .sort(([a], [b]) => a.localeCompare(b))
        .map(([name, column]) => [name, column.whole[row], column.pico?.[row] ?? 0]),
    ]),
  );
}
