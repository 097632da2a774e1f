/**
 * SQLite as this project uses it, over sql.js: statements are always freed, integers come back as bigint, and rows go in
 * a hundred at a time (measured fastest; one by one takes twice as long).
 */
import type { BindParams, Database, SqlJsStatic, SqlValue } from 'sql.js';
import type { Atoms } from '../domain/money.ts';
import { ATOMS_PER_UNIT } from '../domain/money.ts';

export type { Database, SqlJsStatic };

/** What a row can hold: INTEGER as bigint. */
export type Value = bigint | string | Uint8Array | null;

const ROWS_A_STATEMENT = 100;

/** All rows of a query. Integers are bigint, so none is rounded. */
export function rowsOf(database: Database, sql: string, params: BindParams = null): Value[][] {
  const statement = database.prepare(sql);
  try {
    statement.bind(params);
    const rows: Value[][] = [];
    // sql.js has this argument; its types do not know it yet
    const exact = statement as unknown as { get(params: null, config: { useBigInt: boolean }): Value[] };
    while (statement.step()) rows.push(exact.get(null, { useBigInt: true }));
    return rows;
  } finally {
    statement.free();
  }
}

/**
 * Calls `take` with each row of a query whose integers are known to fit a double exactly; the array is only valid
 * during the call. An integer beyond 2^53 stops with an error.
 */
export function eachRow(
  database: Database,
  sql: string,
  params: BindParams,
  take: (row: readonly SqlValue[]) => void,
): void {
  const steps = eachRowInTurns(database, sql, params, take);
  while (steps.next().done !== true);
}

/** Rows between two looks whether something else waits: about a millisecond. */
export const ROWS_A_TURN = 500;

/** The same in turns; each yields how many rows were taken so far. */
export function* eachRowInTurns(
  database: Database,
  sql: string,
  params: BindParams,
  take: (row: readonly SqlValue[]) => void,
): Generator<number, void> {
  const statement = database.prepare(sql);
  try {
    statement.bind(params);
    for (let taken = 1; statement.step(); taken++) {
      const row = statement.get();
      for (const value of row) {
        if (typeof value === 'number' && !Number.isSafeInteger(value))
          throw new RangeError(
            `the workspace holds ${value} where a whole number below 2^53 belongs; it was changed by another program`,
          );
      }
      take(row);
      if (taken % ROWS_A_TURN === 0) yield taken;
    }
  } finally {
    statement.free();
  }
}

/**
 * Inserts `count` rows. `fill` writes the values of one row into `values` from `place` on, in the order of `columns`.
 */
export function insertRows(
  database: Database,
  table: string,
  columns: readonly string[],
  count: number,
  fill: (row: number, values: SqlValue[], place: number) => void,
): void {
  const turns = insertRowsInTurns(database, table, columns, count, fill);
  while (turns.next().done !== true);
}

function* insertRowsInTurns(
  database: Database,
  table: string,
  columns: readonly string[],
  count: number,
  fill: (row: number, values: SqlValue[], place: number) => void,
): Generator<undefined, void> {
  const width = columns.length;
  const one = `(${columns.map(() => '?').join(',')})`;
  const insert = function* (from: number, rows: number, times: number): Generator<undefined, void> {
    const statement = database.prepare(
      `INSERT INTO ${table} (${columns.join(',')}) VALUES ${new Array(rows).fill(one).join(',')}`,
    );
    try {
      const values: SqlValue[] = new Array<SqlValue>(rows * width).fill(null);
      for (let time = 0; time < times; time++) {
        for (let row = 0; row < rows; row++) fill(from + time * rows + row, values, row * width);
        statement.run(values);
        yield;
      }
    } finally {
      statement.free();
    }
  };
  const whole = Math.floor(count / ROWS_A_STATEMENT);
  if (whole > 0) yield* insert(0, ROWS_A_STATEMENT, whole);
  const rest = count - whole * ROWS_A_STATEMENT;
  if (rest > 0) yield* insert(whole * ROWS_A_STATEMENT, rest, 1);
}

/** Inserts a row for each object. */
export function insertObjects<T>(...request: Parameters<typeof insertObjectsInTurns<T>>): void {
  const turns = insertObjectsInTurns(...request);
  while (turns.next().done !== true);
}

/** The same in turns, a statement each. */
export function insertObjectsInTurns<T>(
  database: Database,
  table: string,
  columns: readonly string[],
  objects: readonly T[],
  valuesOf: (object: T, index: number) => (string | number | null)[],
): Generator<undefined, void> {
  return insertRowsInTurns(database, table, columns, objects.length, (row, values, place) => {
    for (const [i, value] of valuesOf(objects[row]!, row).entries()) values[place + i] = value;
  });
}

/** The two columns of an exact decimal. Amounts that fit the model fit a double in both parts. */
export function wholePart(amount: Atoms): number {
  return Number(amount / ATOMS_PER_UNIT);
}
export function picoPart(amount: Atoms): number {
  return Number(amount % ATOMS_PER_UNIT);
}

/** Names of the two columns of an exact decimal. */
export function decimalColumns(name: string): [string, string] {
  return [`${name}_whole`, `${name}_pico`];
}
