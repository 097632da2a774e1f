/** The console: the text of the query, what is known of the database, the query that runs, the last answer. */
import type { SavedQuery, SqlAnswer, SqlError, SqlRows, SqlTable } from '../../../shared/contract/journal.ts';
import { Cancelled } from '../../../shared/contract/rpc.ts';
import type { GetSlice, SetSlice, SliceDeps } from '../../ui/slice.ts';

export interface SqlRunning {
  readonly sql: string;
  readonly cancel: () => void;
}

export interface SqlResult {
  /** The query that it answers. */
  readonly sql: string;
  readonly rows: SqlRows;
  /** The account has changed since. */
  readonly stale: boolean;
}

export interface SqlSlice {
  readonly sqlText: string;
  readonly sqlLimit: number;
  readonly sqlTimeoutMs: number;
  readonly sqlShown: 'table' | 'chart';
  readonly sqlShipped: readonly SavedQuery[];
  /** The user's own: kept with the account, and on this computer for every account. */
  readonly sqlKept: readonly SavedQuery[];
  readonly sqlSaved: readonly SavedQuery[];
  /** Null until it has been read. */
  readonly sqlOutline: readonly SqlTable[] | null;
  readonly sqlRunning: SqlRunning | null;
  readonly sqlResult: SqlResult | null;
  /** What is wrong with a query, and with which. */
  readonly sqlFault: { readonly sql: string; readonly error: SqlError } | null;
  /** The last run was cancelled. */
  readonly sqlCancelled: boolean;
  readonly sqlSelected: number | null;
  sqlLoad(): void;
  sqlWrite(sql: string): void;
  sqlRun(): Promise<void>;
  sqlShow(shown: 'table' | 'chart'): void;
  sqlBound(bounds: { readonly limit?: number; readonly timeoutMs?: number }): void;
  sqlSelect(row: number | null): void;
  sqlKeptShow(queries: readonly SavedQuery[]): void;
  sqlSavedShow(queries: readonly SavedQuery[]): void;
  sqlForget(sameAccount: boolean): void;
}

const FIRST_QUERY = `SELECT debit, credit, count(*) AS entries, exact_sum(amount) AS amount
FROM journal
GROUP BY debit, credit
ORDER BY entries DESC`;

export function createSqlSlice(
  set: SetSlice<SqlSlice>,
  get: GetSlice<SqlSlice>,
  { engine, failed }: SliceDeps,
  saved: readonly SavedQuery[],
): SqlSlice {
  const took = (sql: string, answer: SqlAnswer): void => {
    if ('error' in answer) set({ sqlFault: { sql, error: answer.error } });
    else set({ sqlResult: { sql, rows: answer, stale: false }, sqlFault: null, sqlSelected: null });
  };
  return {
    sqlText: FIRST_QUERY,
    sqlLimit: 1_000,
    sqlTimeoutMs: 30_000,
    sqlShown: 'table',
    sqlShipped: [],
    sqlKept: [],
    sqlSaved: saved,
    sqlOutline: null,
    sqlRunning: null,
    sqlResult: null,
    sqlFault: null,
    sqlCancelled: false,
    sqlSelected: null,
    sqlLoad: () => {
      if (get().sqlOutline !== null) return;
      engine.shippedQueries({}).result.then((sqlShipped) => set({ sqlShipped }), failed);
      engine.schemaOutline({}).result.then((sqlOutline) => set({ sqlOutline }), failed);
    },
    sqlWrite: (sqlText) => set({ sqlText }),
    sqlRun: async () => {
      const { sqlText: sql, sqlLimit: limit, sqlTimeoutMs: timeoutMs } = get();
      if (get().sqlRunning !== null || sql.trim() === '') return;
      const call = engine.query({ sql, limit, timeoutMs });
      const running = { sql, cancel: () => call.cancel() };
      set({ sqlRunning: running, sqlFault: null, sqlCancelled: false });
      try {
        const answer = await call.result;
        // An answer of an account that is no longer open is of no use.
        if (get().sqlRunning === running) took(sql, answer);
      } catch (error) {
        if (get().sqlRunning !== running) return;
        if (error instanceof Cancelled) set({ sqlCancelled: true });
        else {
          const message = error instanceof Error ? error.message : String(error);
          set({ sqlFault: { sql, error: { message, line: null, column: null } } });
        }
      } finally {
        if (get().sqlRunning === running) set({ sqlRunning: null });
      }
    },
    sqlShow: (sqlShown) => set({ sqlShown }),
    sqlBound: ({ limit, timeoutMs }) =>
      set(({ sqlLimit, sqlTimeoutMs }) => ({ sqlLimit: limit ?? sqlLimit, sqlTimeoutMs: timeoutMs ?? sqlTimeoutMs })),
    sqlSelect: (sqlSelected) => set({ sqlSelected }),
    sqlKeptShow: (sqlKept) => set({ sqlKept }),
    sqlSavedShow: (sqlSaved) => set({ sqlSaved }),
    sqlForget: (sameAccount) => {
      const { sqlRunning, sqlResult } = get();
      sqlRunning?.cancel();
      set({
        sqlRunning: null,
        sqlFault: null,
        sqlCancelled: false,
        sqlResult: sameAccount && sqlResult !== null ? { ...sqlResult, stale: true } : null,
      });
    },
  };
}
