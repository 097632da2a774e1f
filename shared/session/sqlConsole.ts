/** One query on a database that only reads: checked, run within its limits, answered in exact values. */
import type { SqlAnswer, SqlCell, SqlColumn, SqlRequest } from '../contract/journal.ts';
import { readQuery, type QueryValue } from '../storage/query.ts';
import type { Database } from '../storage/sqlite.ts';
import { refusalOf } from './sqlCheck.ts';
import { explainFault } from './sqlFaults.ts';

const DEFAULT_ROWS = 1_000;
const MAX_ROWS = 100_000;
/** Characters and bytes of one answer. */
const MAX_SIZE = 64_000_000;
/** Bytes of a blob that are shown. */
const SHOWN_BYTES = 32;

export const DEFAULT_TIMEOUT_MS = 30_000;
const LONGEST_TIMEOUT_MS = 600_000;

export function timeoutOf({ timeoutMs }: SqlRequest): number {
  return Math.min(Math.max(timeoutMs ?? DEFAULT_TIMEOUT_MS, 1), LONGEST_TIMEOUT_MS);
}

/** @param now milliseconds of a clock; time is looked at between rows, so a query that makes none runs to its end */
export function runQuery(database: Database, request: SqlRequest, now: () => number): SqlAnswer {
  const refused = refusalOf(request);
  if (refused !== null) return { error: refused };
  const began = now();
  const deadline = began + timeoutOf(request);
  const limit = Math.min(Math.max(Math.floor(request.limit ?? DEFAULT_ROWS) || 0, 0), MAX_ROWS);
  try {
    const { names, rows, stopped } = readQuery(database, request.sql, bound(request), {
      rows: limit,
      size: MAX_SIZE,
      outOfTime: () => now() > deadline,
    });
    return {
      columns: names.map((name, column) => ({ name, kind: kindOf(rows, column) })),
      rows: rows.map((row) => row.map(cellOf)),
      truncated: stopped,
      ms: now() - began,
    };
  } catch (error) {
    // a fault of WebAssembly is no fault of the statement
    if (!(error instanceof Error) || error.name !== 'Error') throw error;
    return { error: explainFault(database, request.sql, error.message) };
  }
}

/** sql.js wants names with the sign before them. */
function bound({ params = [] }: SqlRequest): SqlCell[] | Record<string, SqlCell> {
  if (isList(params)) return [...params];
  const signed = Object.entries(params).flatMap(([name, value]) =>
    /^[:@$]/.test(name) ? [[name, value]] : [':', '@', '$'].map((sign) => [sign + name, value]),
  );
  return Object.fromEntries(signed) as Record<string, SqlCell>;
}

function isList(params: NonNullable<SqlRequest['params']>): params is readonly SqlCell[] {
  return Array.isArray(params);
}

function cellOf(value: QueryValue): SqlCell {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? value : value > 0 ? 'Inf' : '-Inf';
  if (!(value instanceof Uint8Array)) return value;
  const hex = Array.from(value.subarray(0, SHOWN_BYTES), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return value.length <= SHOWN_BYTES ? `x'${hex}'` : `x'${hex}...' (${value.length} bytes)`;
}

const AMOUNT = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

function kindOf(rows: readonly (readonly QueryValue[])[], column: number): SqlColumn['kind'] {
  let kind: SqlColumn['kind'] = 'empty';
  for (const row of rows) {
    const value = row[column] ?? null;
    if (value === null) continue;
    kind = together(kind, kindOfValue(value));
    if (kind === 'text') return kind;
  }
  return kind;
}

function kindOfValue(value: Exclude<QueryValue, null>): SqlColumn['kind'] {
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return 'real';
  if (typeof value !== 'string') return 'text';
  if (AMOUNT.test(value)) return 'amount';
  return INSTANT.test(value) ? 'instant' : 'text';
}

function together(a: SqlColumn['kind'], b: SqlColumn['kind']): SqlColumn['kind'] {
  if (a === 'empty' || a === b) return b;
  const numbers = [a, b];
  if (numbers.every((kind) => kind === 'integer' || kind === 'amount')) return 'amount';
  if (numbers.every((kind) => kind === 'integer' || kind === 'real')) return 'real';
  return 'text';
}
