/** The console: completion, colours and places of a text, answers as columns and charts, queries that are kept. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readQueries, writeQueries } from '../../renderer/app/journalQueries.ts';
import { completionsAt } from '../../renderer/features/sql/completion.ts';
import { chartOf } from '../../renderer/features/sql/resultChart.ts';
import { resultColumns } from '../../renderer/features/sql/resultColumns.tsx';
import { truncatedText } from '../../renderer/features/sql/resultText.ts';
import { nameProblem, withoutQuery, withQuery } from '../../renderer/features/sql/savedQueries.ts';
import { createSqlSlice, type SqlSlice } from '../../renderer/features/sql/slice.ts';
import { faultRange, lineColumn, piecesOf } from '../../renderer/features/sql/sqlText.ts';
import { pointsOf, shownAtFirst } from '../../renderer/ui/charts/queryChartData.ts';
import type { SqlAnswer, SqlRows, SqlTable } from '../../shared/contract/journal.ts';
import { Cancelled } from '../../shared/contract/rpc.ts';
import { fakeClient, fakeEngine } from './fakeEngine.ts';

const column = (name: string): SqlTable['columns'][number] => ({ name, type: 'text', note: `the ${name}` });
const OUTLINE: readonly SqlTable[] = [
  { name: 'usage', kind: 'view', note: 'rows', columns: [column('at'), column('sku'), column('cost')] },
  { name: 'invoices', kind: 'view', note: 'months', columns: [column('period'), column('from')] },
  { name: 'exact_sum(amount)', kind: 'function', note: 'exact', columns: [] },
];

const offered = (sql: string, asked = false): string[] => {
  const caret = sql.indexOf('|');
  const text = sql.replace('|', '');
  return (completionsAt(text, caret, OUTLINE, asked)?.items ?? []).map(({ text: item }) => item);
};

describe('completion', () => {
  test('tables behind FROM, columns of the tables that are named', () => {
    expect(offered('SELECT * FROM us|')).toEqual(['usage']);
    expect(offered('SELECT * FROM |', true)).toEqual(['usage', 'invoices']);
    expect(offered('SELECT sk| FROM usage')).toEqual(['sku']);
    expect(offered('SELECT sk| FROM invoices')).toEqual([]);
    expect(offered('SELECT exa| FROM usage')).toContain('exact_sum(');
  });

  test('columns of a table or its alias behind a point, in quotes where SQL needs them', () => {
    expect(offered('SELECT i.| FROM invoices i')).toEqual(['period', '"from"']);
    expect(offered('SELECT u.c| FROM invoices JOIN usage AS u ON 1')).toEqual(['cost']);
    expect(offered('SELECT x.| FROM invoices i')).toEqual([]);
  });

  test('nothing inside texts and comments', () => {
    expect(offered("SELECT 'sel|' FROM usage", true)).toEqual([]);
    expect(offered('-- sel|', true)).toEqual([]);
    expect(offered("SELECT 'it''s', sk| FROM usage", true)).toEqual(['sku']);
  });

  test('answers on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.nat(60), (sql, caret) => {
        const found = completionsAt(sql, Math.min(caret, sql.length), OUTLINE, true);
        expect(found === null || found.from <= caret).toBe(true);
      }),
    );
  });
});

describe('the text', () => {
  test('the pieces are the text, whatever it is', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.constantFrom(...['SELECT', 'a', "'", '"', '-', '/', '*', '\n', '1', '.', ';', 'é', ' ']),
        }),
        (sql) => {
          expect(
            piecesOf(sql)
              .map(({ text }) => text)
              .join(''),
          ).toBe(sql);
        },
      ),
    );
    const kinds = piecesOf("select a, 'from' -- from\nFROM t").map(({ kind, text }) => [kind, text]);
    expect(kinds).toEqual([
      ['keyword', 'select'],
      ['plain', ' a, '],
      ['quoted', "'from'"],
      ['plain', ' '],
      ['comment', '-- from'],
      ['plain', '\n'],
      ['keyword', 'FROM'],
      ['plain', ' t'],
    ]);
  });

  test('a fault is its word, at its line and column', () => {
    const sql = 'SELECT a,\n  cosst FROM t';
    const range = faultRange(sql, { line: 2, column: 3 })!;
    expect(sql.slice(range.from, range.to)).toBe('cosst');
    expect(lineColumn(sql, range.from)).toEqual({ line: 1, column: 2 });
    // behind the last letter it still has a place
    expect(faultRange('SELECT', { line: 1, column: 7 })).toEqual({ from: 6, to: 7 });
    expect(faultRange(sql, { line: 9, column: 1 })).toBeNull();
    expect(faultRange(sql, { line: null, column: null })).toBeNull();
  });
});

const ROWS: Pick<SqlRows, 'columns' | 'rows'> = {
  columns: [
    { name: 'day', kind: 'text' },
    { name: 'sku', kind: 'text' },
    { name: 'cost', kind: 'amount' },
  ],
  rows: [
    ['2026-09-01', 'large', '1.5'],
    ['2026-09-01', 'small', '0.25'],
    ['2026-09-02', 'large', '2'],
  ],
};

describe('an answer', () => {
  test('has its figures at the right, and copies NULL as an empty cell', () => {
    const columns = resultColumns({ ...ROWS, rows: [['a', null, '1.50']] });
    expect(columns.map(({ align }) => align ?? 'left')).toEqual(['left', 'left', 'right']);
    expect(columns.map(({ text }) => text(['a', null, '1.50']))).toEqual(['a', '', '1.50']);
  });

  test('says why rows are missing', () => {
    expect(truncatedText({ rows: [], truncated: null })).toBeNull();
    const many = Array.from({ length: 1000 }, () => []);
    expect(truncatedText({ rows: many, truncated: 'rows' })).toContain('first 1,000 rows');
    expect(truncatedText({ rows: many, truncated: 'time' })).toContain('time was up');
  });

  test('is drawn by day, a series for each model', () => {
    const answer = chartOf(ROWS);
    if (!('chart' in answer)) throw new Error(answer.reason);
    const { figure, labels, places, series } = answer.chart;
    expect(figure).toBe('cost');
    expect(labels).toEqual(['2026-09-01', '2026-09-02']);
    expect(places).toEqual([Date.UTC(2026, 8, 1), Date.UTC(2026, 8, 2)]);
    expect(series.map(({ name, values, texts }) => [name, values, texts])).toEqual([
      ['large', [1.5, 2], ['1.5', '2']],
      ['small', [0.25, null], ['0.25', '']],
    ]);
  });

  test('without a figure behind the first column has no chart, and says so', () => {
    const { columns, rows } = ROWS;
    expect(chartOf({ columns: columns.slice(0, 2), rows: rows.map((row) => row.slice(0, 2)) })).toHaveProperty(
      'reason',
    );
    expect(chartOf({ columns, rows: [] })).toHaveProperty('reason');
  });

  test('is thinned without losing its extremes', () => {
    const values = Array.from({ length: 20_000 }, (_, row) => (row === 7_777 ? 900 : row === 12_345 ? -900 : row % 7));
    const series = [{ name: 'n', values, texts: values.map(String) }];
    const points = pointsOf({ along: 'x', figure: null, labels: values.map(String), places: null, series }, 400);
    expect(points.length).toBeLessThan(400 * 4 + 4);
    const drawn = points.map(({ row }) => row);
    for (const row of [0, 7_777, 12_345, 19_999]) expect(drawn).toContain(row);
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  });

  test('shows first the series of the first one’s size', () => {
    const of = (...values: number[]) => ({ name: '', values, texts: [] });
    expect(shownAtFirst([of(100), of(80), of(1), of(9000), of(60), of(50)])).toEqual([0, 1, 4]);
  });
});

describe('kept queries', () => {
  const query = (name: string, sql = 'SELECT 1') => ({ name, note: '', sql });

  test('are replaced by name, in any letters, and sorted', () => {
    const two = withQuery(withQuery([], query('b')), query('A'));
    expect(two.map(({ name }) => name)).toEqual(['A', 'b']);
    expect(withQuery(two, query('B', 'SELECT 2'))).toEqual([query('A'), query('B', 'SELECT 2')]);
    expect(withoutQuery(two, 'a')).toEqual([query('b')]);
  });

  test('have a name that is free', () => {
    expect(nameProblem('', [])).not.toBeNull();
    expect(nameProblem('overruns', [query('Overruns')])).not.toBeNull();
    expect(nameProblem('Mine', [query('Overruns')])).toBeNull();
  });

  test('are read back; what another program wrote there is none', () => {
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
    writeQueries([query('a')], storage);
    expect(readQueries(storage)).toEqual([query('a')]);
    const [key = ''] = kept.keys();
    for (const text of ['{', '{}', '[1, null, {"name": "x"}, {"name": "", "sql": ""}]']) {
      kept.set(key, text);
      expect(readQueries(storage)).toEqual([]);
    }
  });
});

/** The console over an engine that answers when it is told to. */
function made(answer: () => Promise<SqlAnswer>): () => SqlSlice {
  const engine = fakeClient({ ...fakeEngine(), query: answer });
  const held: { state: SqlSlice } = { state: null as unknown as SqlSlice };
  const set = (change: Partial<SqlSlice> | ((state: SqlSlice) => Partial<SqlSlice>)): void => {
    held.state = { ...held.state, ...(typeof change === 'function' ? change(held.state) : change) };
  };
  held.state = createSqlSlice(set, () => held.state, { engine, failed: () => undefined }, []);
  return () => held.state;
}

describe('a run', () => {
  const rows: SqlRows = { columns: [{ name: 'n', kind: 'integer' }], rows: [[1]], truncated: null, ms: 2 };

  test('shows its answer, and of a fault both the words and the answer before', async () => {
    let answer: SqlAnswer = rows;
    const slice = made(() => Promise.resolve(answer));
    await slice().sqlRun();
    expect(slice().sqlResult?.rows).toEqual(rows);
    answer = { error: { message: 'no', line: 1, column: 2 } };
    slice().sqlWrite('SELECT x');
    await slice().sqlRun();
    expect(slice().sqlFault).toEqual({ sql: 'SELECT x', error: answer.error });
    expect(slice().sqlResult?.rows).toEqual(rows);
    expect(slice().sqlRunning).toBeNull();
  });

  test('that is cancelled is no fault', async () => {
    const slice = made(() => Promise.reject(new Cancelled('cancelled')));
    await slice().sqlRun();
    expect(slice().sqlCancelled).toBe(true);
    expect(slice().sqlFault).toBeNull();
  });

  test('does not answer for another account; an answer of the same one grows old', async () => {
    let give = (_answer: SqlAnswer): void => undefined;
    const slice = made(() => new Promise((resolve) => (give = resolve)));
    const first = slice().sqlRun();
    await new Promise((resolve) => setTimeout(resolve, 1));
    slice().sqlForget(false);
    give(rows);
    await first;
    expect(slice().sqlResult).toBeNull();
    const second = slice().sqlRun();
    await new Promise((resolve) => setTimeout(resolve, 1));
    give(rows);
    await second;
    slice().sqlForget(true);
    expect(slice().sqlResult?.stale).toBe(true);
  });
});
