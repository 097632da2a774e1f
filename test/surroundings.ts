/** What the app's shells lend to the shared code, for tests: a clock that stands still and a real turn of the event loop. */
import { createRequire } from 'node:module';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { CallContext, Progress } from '../shared/contract/rpc.ts';
import { Cancelled } from '../shared/contract/rpc.ts';
import type { Surroundings } from '../shared/session/surroundings.ts';
import type { SqlJsStatic } from '../shared/storage/sqlite.ts';

export const surroundings: Surroundings = {
  now: () => 0,
  today: () => Date.UTC(2026, 10, 5, 9, 2),
  yieldToHost: () => new Promise((resolve) => setImmediate(resolve)),
  yieldToHands: () => new Promise((resolve) => setImmediate(resolve)),
  deflate: promisify(deflateRaw),
  inflate: promisify(inflateRaw),
};

export const context: CallContext = { progress: () => undefined, throwIfCancelled: () => undefined };

/** A context that reports its progress and is cancelled once so much is done. */
export function cancelledAt(done: number): CallContext & { readonly seen: Progress[] } {
  const seen: Progress[] = [];
  return {
    seen,
    progress: (progress) => seen.push(progress),
    throwIfCancelled: () => {
      if ((seen.at(-1)?.done ?? 0) >= done) throw new Cancelled('cancelled');
    },
  };
}

let sql: Promise<SqlJsStatic> | null = null;

/** The real SQLite. */
export function loadSql(): Promise<SqlJsStatic> {
  const init = createRequire(import.meta.url)('sql.js') as () => Promise<SqlJsStatic>;
  return (sql ??= init());
}
