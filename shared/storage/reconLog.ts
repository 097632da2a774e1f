/** The log of reconciliation to its tables and back. The tables refuse that an entry is changed, removed or put between. */
import { FIRST_PREVIOUS, type LogRecord, type StoredLog } from '../domain/reconLog.ts';
import { insertObjects, rowsOf, type Database } from './sqlite.ts';

const COLUMNS = ['seq', 'at_ms', 'actor', 'period', 'kind', 'body', 'previous', 'hash'];

export function writeLog(database: Database, { records, head }: StoredLog): void {
  insertObjects(database, 'recon_entry', COLUMNS, records, ({ seq, at, actor, period, kind, body, previous, hash }) => [
    ...[seq, at, actor, period, kind, body, previous, hash],
  ]);
  insertObjects(database, 'recon_head', ['one', 'seq', 'hash'], [head], ({ seq, hash }) => [1, seq, hash]);
}

/** As it stands in the file: whether it is whole is for `chainFaults` to tell. */
export function readLog(database: Database): StoredLog {
  const records = rowsOf(database, `SELECT ${COLUMNS.join(', ')} FROM recon_entry ORDER BY seq`).map(
    ([seq, at, actor, period, kind, body, previous, hash]): LogRecord => ({
      ...{ seq: Number(seq), at: Number(at), actor: String(actor), kind: String(kind), body: String(body) },
      period: typeof period === 'string' ? period : null,
      ...{ previous: String(previous), hash: String(hash) },
    }),
  );
  const [[seq = 0n, hash = FIRST_PREVIOUS] = []] = rowsOf(database, 'SELECT seq, hash FROM recon_head');
  return { records, head: { seq: Number(seq), hash: String(hash) } };
}
