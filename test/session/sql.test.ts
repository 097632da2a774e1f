/** The console: what it answers, what it refuses and where it says the fault is. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SqlAnswer, SqlError, SqlRequest, SqlRows } from '../../shared/contract/journal.ts';
import { formatAtoms } from '../../shared/domain/money.ts';
import { openScenario, type Account } from '../../shared/session/account.ts';
import { runQuery } from '../../shared/session/sqlConsole.ts';
import { outlineOf } from '../../shared/session/sqlOutline.ts';
import { SHIPPED_QUERIES } from '../../shared/session/sqlShipped.ts';
import { wordsOfSql } from '../../shared/session/sqlWords.ts';
import { newWork, saveAccount } from '../../shared/session/workspaceFile.ts';
import { emptyForQueries, openForQueries } from '../../shared/storage/query.ts';
import type { Database } from '../../shared/storage/sqlite.ts';
import { context, loadSql, surroundings } from '../surroundings.ts';

const SCENARIOS = path.join(import.meta.dirname, '../../scenarios');
const LOG = `timestamp,id,model,cost
2025-01-02T10:00:00Z,a,gpt,0.1
2025-01-02T11:00:00Z,b,gpt,0.2
2025-01-03T10:00:00Z,c,mini,40
2025-01-03T10:30:00Z,d,mini,1
`;
const SCENARIO = `drawdown: 1
title: small
account: {opened: 2025-01-01T00:00:00Z}
policy: {purchase: {tax_rate: 0.1}, cutoff: {delay: PT10M}}
usage: [{file: log.csv}]
events:
  - {at: 2025-01-01T00:00:00Z, type: purchase, amount: 10, id: first}
until: 2025-02-02T00:00:00Z
`;

let database: Database;

beforeAll(async () => {
  const bytes = new TextEncoder().encode(LOG);
  const account = await accountOf(SCENARIO, (name) => (name === 'log.csv' ? bytes : null));
  database = openForQueries(await loadSql(), saveAccount(await loadSql(), newWork(account)));
});
afterAll(() => {
  database.close();
});

async function accountOf(text: string, file: (name: string) => Uint8Array | null): Promise<Account> {
  const find = (name: string): Promise<{ name: string; content: Uint8Array } | null> => {
    const content = file(name);
    return Promise.resolve(content === null ? null : { name, content });
  };
  const outcome = await openScenario({ name: 'scenario.yaml', text }, { find, more: [] }, surroundings, context);
  if (!outcome.ok) throw new Error(outcome.problems.map(({ message }) => message).join('\n'));
  return outcome.account;
}

function ask(sql: string, more: Partial<SqlRequest> = {}): SqlAnswer {
  return runQuery(database, { sql, ...more }, surroundings.now);
}

function rowsOf(sql: string, more: Partial<SqlRequest> = {}): SqlRows {
  const answer = ask(sql, more);
  if ('error' in answer) throw new Error(answer.error.message);
  return answer;
}

function errorOf(sql: string, more: Partial<SqlRequest> = {}): SqlError {
  const answer = ask(sql, more);
  if (!('error' in answer)) throw new Error(`answered ${JSON.stringify(answer)}`);
  return answer.error;
}

describe('answers', () => {
  test('are exact, whatever SQLite holds', () => {
    const { columns, rows } = rowsOf(
      "SELECT 9007199254740993 AS big, 2 AS small, '12.50' AS amount, x'00ff' AS bytes, 9e999 AS endless, NULL AS none, '2025-01-01T00:00:00.000Z' AS at, 0.5 AS half",
    );
    expect(rows).toEqual([['9007199254740993', 2, '12.50', "x'00ff'", 'Inf', null, '2025-01-01T00:00:00.000Z', 0.5]]);
    expect(columns.map(({ kind }) => kind)).toEqual([
      'integer',
      'integer',
      'amount',
      'text',
      'real',
      'empty',
      'instant',
      'real',
    ]);
  });

  test('have the columns’ names also without a row, and twice where two are alike', () => {
    expect(rowsOf('SELECT at, at, sku FROM usage WHERE 0').columns).toEqual(
      ['at', 'at', 'sku'].map((name) => ({ name, kind: 'empty' })),
    );
  });

  test('stop at the limit and say so', () => {
    const endless = 'WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM c) SELECT x FROM c';
    expect(rowsOf(endless, { limit: 3 })).toMatchObject({ rows: [[1], [2], [3]], truncated: 'rows' });
    expect(rowsOf('SELECT id FROM usage', { limit: 4 })).toMatchObject({ truncated: null });
    expect(rowsOf('SELECT id FROM usage', { limit: 0 })).toMatchObject({ rows: [], truncated: 'rows' });
    expect(rowsOf('SELECT zeroblob(30000000) FROM usage').truncated).toBe('size');
    let time = 0;
    const answer = runQuery(database, { sql: endless, timeoutMs: 50 }, () => (time += 10));
    expect(answer).toMatchObject({ truncated: 'time' });
  });

  test('take values for parameters', () => {
    expect(
      rowsOf('SELECT count(*) FROM usage WHERE sku = ? AND cost_whole < ?', { params: ['mini', 10] }).rows,
    ).toEqual([[1]]);
    expect(rowsOf('SELECT :a || $b || @c', { params: { a: 'x', b: 'y', '@c': 'z' } }).rows).toEqual([['xyz']]);
    expect(errorOf('SELECT ?, ?', { params: [1] })).toMatchObject({
      column: 11,
      message: /no value for parameter 2/ as never,
    });
    expect(errorOf('SELECT 1', { params: [1] }).message).toMatch(/1 more value/);
    expect(errorOf('SELECT :a', { params: { b: 1 } }).message).toBe('line 1, column 8: there is no value for :a');
  });

  test('add decimal text up exactly, and refuse to where it is none', () => {
    expect(rowsOf('SELECT exact_sum(cost) AS cost FROM usage').rows).toEqual([['41.3']]);
    expect(rowsOf('SELECT exact_sum(cost) FROM usage WHERE 0').rows).toEqual([[null]]);
    expect(errorOf('SELECT exact_sum(sku) FROM usage').message).toMatch(/takes decimal text.*not gpt/);
    const amounts = fc.array(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(amounts, (values) => {
        const sql = `WITH v(a) AS (VALUES ${values.map(() => '(?)').join(',')}) SELECT exact_sum(a) FROM v`;
        const sum = values.reduce((all, value) => all + value, 0n);
        expect(rowsOf(sql, { params: values.map(formatAtoms) }).rows).toEqual([[formatAtoms(sum)]]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('nothing is written', () => {
  test.each([
    ...['INSERT INTO name VALUES (99, 1)', 'UPDATE run SET title = 1', 'DELETE FROM usage_row', 'DROP TABLE lot'],
    ...[
      'CREATE TABLE x (a)',
      "ATTACH ':memory:' AS x",
      'VACUUM',
      'BEGIN',
      'REINDEX',
      'ANALYZE',
      'CREATE TEMP TABLE x (a)',
    ],
    ...['PRAGMA query_only = OFF', 'PRAGMA query_only(0)', 'PRAGMA main.user_version = 7', 'PRAGMA "query_only" = 0'],
    ...['EXPLAIN PRAGMA query_only = 0', '\ufeffPRAGMA query_only = 0', '/* */ pragma journal_mode = wal'],
    ...[
      'WITH a AS (SELECT 1) DELETE FROM name',
      'REPLACE INTO name VALUES (1, 2)',
      'SELECT * FROM pragma_query_only(0)',
    ],
  ])('by %s', (sql) => {
    const before = rowsOf(
      'SELECT (SELECT count(*) FROM usage_row), (SELECT max(text) FROM name), (SELECT title FROM run)',
    ).rows;
    expect(errorOf(sql).message).not.toBe('');
    expect(rowsOf('PRAGMA query_only').rows).toEqual([[1]]);
    expect(rowsOf('PRAGMA database_list').rows).toHaveLength(1);
    expect(
      rowsOf('SELECT (SELECT count(*) FROM usage_row), (SELECT max(text) FROM name), (SELECT title FROM run)').rows,
    ).toEqual(before);
  });

  test.each([
    'PRAGMA table_info(usage)',
    'PRAGMA main.table_list',
    'EXPLAIN QUERY PLAN SELECT * FROM usage',
    'VALUES (1), (2);',
    ' ;SELECT 1; -- end',
  ])('%s is reading', (sql) => {
    expect(rowsOf(sql).rows.length).toBeGreaterThan(0);
  });
});

describe('a fault', () => {
  test.each([
    ['SELECT *\nFORM usage', 2, 1, 'FORM is not expected here'],
    ["SELECT 'a, b', max(a,b,) FROM usage", 1, 24, ') is not expected here'],
    ['SELECT a a a FROM usage', 1, 12, 'a is not expected here'],
    ['SELECT * FROM usag', 1, 15, 'there is no table usag; did you mean usage?'],
    ["SELECT 'amuont', j.amuont FROM journal j", 1, 18, 'there is no column j.amuont; did you mean amount?'],
    ['SELECT exactsum(cost) FROM usage', 1, 8, 'there is no function exactsum; did you mean exact_sum?'],
    ['SELECT at FROM usage JOIN timeline', 1, 8, 'at is in several tables; write the table before it, as in t.at'],
    ["SELECT '\u{1f600}', 'open", 1, 13, "this ' has no end"],
    ['SELECT count(* FROM usage', 1, 16, 'FROM is not expected here'],
    ['SELECT id FROM', 1, 15, 'the statement is not finished'],
    ['SELECT 1; SELECT 2', 1, 11, 'a second statement begins; run one at a time, or join them with UNION ALL'],
    ['SELECT 1 \0', 1, 10, 'a NUL character ends a statement for SQLite; remove it'],
  ])('in %j is shown where it is', (sql, line, column, message) => {
    expect(errorOf(sql)).toEqual({ line, column, message: `line ${line}, column ${column}: ${message}` });
  });

  test('without a place has words all the same', () => {
    expect(errorOf('')).toMatchObject({ line: null, column: null, message: /no statement/ as never });
    expect(errorOf(' -- nothing\n;').message).toMatch(/no statement/);
    expect(errorOf('SELECT sum(x) FROM (SELECT 9223372036854775807 AS x UNION ALL SELECT 1)').message).toMatch(
      /beyond 2\^63/,
    );
    expect(errorOf('SELECT zeroblob(2000000000)').message).toBe('string or blob too big');
  });

  test('is an answer, whatever is asked', () => {
    const words = fc.constantFrom(
      'SELECT',
      'FROM',
      'usage',
      '*',
      '(',
      ')',
      ',',
      "'",
      '"',
      '--',
      '/*',
      ';',
      '?',
      ':a',
      '1',
      'WITH',
      'é',
      '\u{1f600}',
      '\n',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(words, { maxLength: 12 }).map((each) => each.join(' ')),
    );
    fc.assert(
      fc.property(text, (sql) => {
        const answer = ask(sql, { limit: 5 });
        if ('error' in answer) expect(answer.error.message).not.toBe('');
        else expect(answer.rows.length).toBeLessThanOrEqual(5);
        expect(
          wordsOfSql(sql).every(({ text: word, start, end }) => sql.slice(start, end) === word && end > start),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

test('the outline tells every table and column of the database, the views first', async () => {
  const empty = emptyForQueries(await loadSql());
  const outline = outlineOf(empty);
  expect(
    outline.filter(({ kind, note, columns }) => note === '' || (kind !== 'function' && columns.length === 0)),
  ).toEqual([]);
  expect(outline.flatMap(({ columns }) => columns).filter(({ note, type }) => note === '' || type === '')).toEqual([]);
  expect(outline.slice(0, 7).map(({ name }) => name)).toEqual([
    'usage',
    'timeline',
    'lots',
    'journal',
    'invoices',
    'statements',
    'statement_lines',
  ]);
  const usage = outline.find(({ name }) => name === 'usage');
  expect(usage?.columns.map(({ name }) => name)).toEqual(rowsOf('SELECT * FROM usage').columns.map(({ name }) => name));
  empty.close();
});

describe('the shipped queries', () => {
  test('answer on an account, and on none', async () => {
    const empty = emptyForQueries(await loadSql());
    for (const { name, sql } of SHIPPED_QUERIES) {
      for (const on of [database, empty])
        expect([name, runQuery(on, { sql }, surroundings.now)]).not.toHaveProperty('1.error');
    }
    empty.close();
    const answer = (name: string): SqlRows['rows'] =>
      rowsOf(SHIPPED_QUERIES.find((query) => query.name === name)?.sql ?? '').rows;
    expect(answer('Cost by model and day')).toEqual([
      ['2025-01-02', 'gpt', 2, '0.3', 0],
      ['2025-01-03', 'mini', 2, '41', 0],
    ]);
    expect(answer('Purchases and tax by month')).toEqual([['2025-01', 1, 0, '10', '1', '11']]);
    expect(answer('Overruns')).toEqual([
      ['2025-01-03T10:00:00.000Z', '30.300000000000', 3, '2025-01-01T00:00:00.000Z posting'],
    ]);
    expect(answer('Largest usage rows').map(([, , cost, , , , , file, line]) => [cost, file, line])[0]).toEqual([
      '40.000000000000',
      'log.csv',
      4,
    ]);
  });

  test('find no rejection without a reason in any scenario', async () => {
    const { sql = '' } = SHIPPED_QUERIES.find(({ name }) => name.startsWith('Rejections')) ?? {};
    let rejected = 0;
    for (const name of readdirSync(SCENARIOS).filter((each) => /\.yaml$/.test(each))) {
      const account = await accountOf(readFileSync(path.join(SCENARIOS, name), 'utf8'), (file) =>
        readFileSync(path.join(SCENARIOS, file)),
      );
      const on = openForQueries(await loadSql(), saveAccount(await loadSql(), newWork(account)));
      expect([name, runQuery(on, { sql }, surroundings.now)]).toMatchObject([name, { rows: [] }]);
      rejected += account.run.state.rejected.size;
      on.close();
    }
    expect(rejected).toBeGreaterThan(0);
  });
});
