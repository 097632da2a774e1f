/** Queries in a worker of their own: what does not end is ended, and the next one is answered. */
import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { Cancelled, type CallContext } from '../../shared/contract/rpc.ts';
import { queriesHere, queriesInWorker, type QueryRunner, type QueryWorker } from '../../shared/session/sqlRunner.ts';
import { emptyForQueries } from '../../shared/storage/query.ts';
import { context, loadSql } from '../surroundings.ts';

/** Counts for ever without a row. */
const ENDLESS = 'WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c';

/** What the page's worker of queries does, without a build: real SQLite in a real thread. */
const WORKER = `
const { parentPort, workerData } = require('node:worker_threads');
const ready = require(workerData)();
let database = null;
parentPort.on('message', async ({ id, method, argument }) => {
  const SQL = await ready;
  if (method === 'load') {
    database = new SQL.Database(argument.bytes);
    parentPort.postMessage({ kind: 'result', id, value: true });
  } else if (argument.sql === 'fall over') throw new Error('over');
  else if (argument.sql === 'use up memory')
    parentPort.postMessage({ kind: 'failure', id, name: 'RuntimeError', message: 'memory access out of bounds' });
  else {
    const [{ columns, values } = { columns: [], values: [] }] = database.exec(argument.sql);
    parentPort.postMessage({ kind: 'result', id, value: { columns, rows: values, truncated: null, ms: 0 } });
  }
});`;

const workers: Worker[] = [];
let bytes: Uint8Array;

beforeAll(async () => {
  const empty = emptyForQueries(await loadSql());
  bytes = empty.export();
  empty.close();
});

afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate();
});

function spawn(): QueryWorker {
  const worker = new Worker(WORKER, { eval: true, workerData: createRequire(import.meta.url).resolve('sql.js') });
  workers.push(worker);
  return {
    postMessage: (message, transfer = []) => {
      worker.postMessage(message, transfer as ArrayBuffer[]);
    },
    terminate: () => worker.terminate(),
    addEventListener: (type: string, listener: (event: { readonly data: unknown }) => void) => {
      worker.on(type, (data: unknown) => {
        listener({ data });
      });
    },
  };
}

function runner(): QueryRunner {
  return queriesInWorker({
    spawn,
    every: (ms, call) => {
      const timer = setInterval(call, ms);
      return () => {
        clearInterval(timer);
      };
    },
    now: () => performance.now(),
  });
}

/** An account as it is; `made` counts how often its database was. */
function source(): { state: object; bytes: () => Promise<Uint8Array>; made: number } {
  const of = {
    made: 0,
    state: {},
    bytes: () => {
      of.made++;
      return Promise.resolve(bytes.slice());
    },
  };
  return of;
}

describe('in a worker', () => {
  test('one database serves until the account changes', async () => {
    const queries = runner();
    const [first, second] = [source(), source()];
    for (const of of [first, first, second, second])
      expect(await queries.run(of, { sql: 'SELECT 1' }, context)).toMatchObject({ rows: [[1]] });
    expect([first.made, second.made, workers.length]).toEqual([1, 1, 2]);
  });

  test('a query that does not end is stopped when its time is up, and the next is answered', async () => {
    const queries = runner();
    const of = source();
    const answer = await queries.run(of, { sql: ENDLESS, timeoutMs: 100 }, context);
    expect(answer).toMatchObject({ error: { message: /stopped after 0.1 s; nothing is changed/ as never } });
    expect(await queries.run(of, { sql: 'SELECT 2' }, context)).toMatchObject({ rows: [[2]] });
    expect([of.made, workers.length]).toEqual([2, 2]);
  });

  test('a query that is cancelled ends at once, and one that waits behind it is answered', async () => {
    const queries = runner();
    const of = source();
    let cancelled = false;
    const cancellable: CallContext = {
      progress: () => undefined,
      throwIfCancelled: () => {
        if (cancelled) throw new Cancelled('cancelled');
      },
    };
    const endless = queries.run(of, { sql: ENDLESS }, cancellable);
    const waiting = queries.run(of, { sql: 'SELECT 3' }, context);
    setTimeout(() => (cancelled = true), 200);
    await expect(endless).rejects.toThrow(Cancelled);
    expect(await waiting).toMatchObject({ rows: [[3]] });
    await expect(queries.run(of, { sql: 'SELECT 4' }, cancellable)).rejects.toThrow(Cancelled);
  });

  test('a query that uses up the memory of its worker is told so, and another worker begins', async () => {
    const queries = runner();
    const of = source();
    const answer = await queries.run(of, { sql: 'use up memory' }, context);
    expect(answer).toMatchObject({ error: { message: /more memory than there is/ as never } });
    expect(await queries.run(of, { sql: 'SELECT 6' }, context)).toMatchObject({ rows: [[6]] });
    expect(workers).toHaveLength(2);
  });

  test('a worker that falls over is said, and another begins', async () => {
    const queries = runner();
    const of = source();
    await expect(queries.run(of, { sql: 'fall over' }, context)).rejects.toThrow(/run the query again/);
    expect(await queries.run(of, { sql: 'SELECT 5' }, context)).toMatchObject({ rows: [[5]] });
  });
});

test('in the calling thread the database is made once for an account, too', async () => {
  let time = 0;
  const queries = queriesHere(loadSql, () => (time += 10));
  const of = source();
  expect(await queries.run(of, { sql: 'SELECT count(*) FROM usage' }, context)).toMatchObject({ rows: [[0]] });
  expect(await queries.run(of, { sql: 'SELECT x' }, context)).toMatchObject({ error: { line: 1, column: 8 } });
  const endless = 'WITH RECURSIVE c(x) AS (VALUES(1) UNION ALL SELECT x + 1 FROM c) SELECT x FROM c';
  expect(await queries.run(of, { sql: endless, timeoutMs: 90 }, context)).toMatchObject({ truncated: 'time' });
  expect(of.made).toBe(1);
});
