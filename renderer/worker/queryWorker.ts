/** The worker of queries: SQLite with a copy of the account's database. Ended from outside when a query does not end. */
import initSqlJs from 'sql.js';
import wasmUrl from 'sql.js/dist/sql-wasm.wasm?url';
import { serve, type Port } from '../../shared/contract/rpc.ts';
import { queryService } from '../../shared/session/sqlRunner.ts';

serve(
  self as unknown as Port,
  queryService(
    () => initSqlJs({ locateFile: () => wasmUrl }),
    () => performance.now(),
  ),
);
