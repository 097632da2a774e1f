/** sql.js as installed: its wasm file stays in its package. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { SqlJsStatic } from '../../shared/storage/sqlite.ts';

export async function loadSql(): Promise<SqlJsStatic> {
  const require = createRequire(import.meta.url);
  const init = require('sql.js') as (config: { wasmBinary: Uint8Array }) => Promise<SqlJsStatic>;
  return init({ wasmBinary: await readFile(require.resolve('sql.js/dist/sql-wasm.wasm')) });
}
