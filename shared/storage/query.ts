/**
 * Queries that a person writes: on a workspace's bytes, reading only, row by row within a budget. SQLite is asked not to
 * write, and it works on a copy of its own, so no query can harm what is saved.
 */
import type { BindParams } from 'sql.js';
import { ATOMS_PER_UNIT, formatAtoms, parseAmount, type Atoms } from '../domain/money.ts';
import { MIGRATIONS } from './schema.ts';
import type { Database, SqlJsStatic, Value } from './sqlite.ts';

/** As `Value`, with REAL as a number. */
export type QueryValue = Value | number;

export interface QueryBudget {
  readonly rows: number;
  /** Characters and bytes of all values. */
  readonly size: number;
  /** Asked before each row: a query that makes none is not stopped by it. */
  readonly outOfTime: () => boolean;
}

export interface QueryResult {
  readonly names: readonly string[];
  readonly rows: readonly (readonly QueryValue[])[];
  readonly stopped: 'rows' | 'size' | 'time' | null;
}

/** The function that views' amounts are summed with. */
export const EXACT_SUM = 'exact_sum';

/** A workspace's database that only answers. @throws Error where the bytes are no database */
export function openForQueries(SQL: SqlJsStatic, bytes: Uint8Array): Database {
  return readOnly(new SQL.Database(bytes));
}

/** A workspace's database without a row: its tables and columns. */
export function emptyForQueries(SQL: SqlJsStatic): Database {
  const database = new SQL.Database();
  for (const migration of MIGRATIONS) database.exec(migration);
  return readOnly(database);
}

function readOnly(database: Database): Database {
  const withAggregates = database as Database & {
    create_aggregate(name: string, aggregate: ReturnType<typeof exactSum>): void;
  };
  withAggregates.create_aggregate(EXACT_SUM, exactSum());
  database.exec('PRAGMA query_only = ON');
  return database;
}

/** `sum()` of decimal text would go through binary floats. */
function exactSum(): {
  init: () => Atoms | null;
  step: (sum: Atoms | null, value: unknown) => Atoms | null;
  finalize: (sum: Atoms | null) => string | null;
} {
  return {
    init: () => null,
    step: (sum, value) => (value === null ? sum : (sum ?? 0n) + amountOf(value)),
    finalize: (sum) => (sum === null ? null : formatAtoms(sum)),
  };
}

function amountOf(value: unknown): Atoms {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value) * ATOMS_PER_UNIT;
  const amount = typeof value === 'string' ? parseAmount(value) : 'unreadable';
  if (typeof amount === 'bigint') return amount;
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 40) : 'a blob';
  throw new Error(`${EXACT_SUM}() takes decimal text of at most 12 digits after the point, not ${shown}`);
}

/** Runs one statement. @throws Error in SQLite's words */
export function readQuery(database: Database, sql: string, params: BindParams, budget: QueryBudget): QueryResult {
  const statement = database.prepare(sql);
  try {
    statement.bind(params);
    const names = statement.getColumnNames();
    const rows: QueryValue[][] = [];
    // sql.js has this argument; its types do not know it yet
    const exact = statement as unknown as { get(params: null, config: { useBigInt: boolean }): QueryValue[] };
    let size = 0;
    while (statement.step()) {
      if (rows.length >= budget.rows) return { names, rows, stopped: 'rows' };
      const row = exact.get(null, { useBigInt: true });
      for (const value of row) size += typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
      if (size > budget.size) return { names, rows, stopped: 'size' };
      rows.push(row);
      if (budget.outOfTime()) return { names, rows, stopped: 'time' };
    }
    return { names, rows, stopped: null };
  } finally {
    statement.free();
  }
}

/** Whether a statement can be prepared: null, or what SQLite says against it. */
export function faultOf(database: Database, sql: string): string | null {
  try {
    database.prepare(sql).free();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
