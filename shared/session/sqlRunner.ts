/**
 * Where queries run. SQLite in WebAssembly cannot be interrupted, so in the app a second worker runs them: it holds a
 * database of the open account, made when the first query comes, and is ended where a query is cancelled or out of time;
 * the next query begins another. On the command line and in tests queries run in the calling thread, where time is only
 * looked at between rows.
 */
import type { SqlAnswer, SqlRequest } from '../contract/journal.ts';
import { client, type CallContext, type Client, type Port } from '../contract/rpc.ts';
import { openForQueries } from '../storage/query.ts';
import type { Database, SqlJsStatic } from '../storage/sqlite.ts';
import { runQuery, timeoutOf } from './sqlConsole.ts';

/** What the database is made of: `state` stands for the account as it is, and changes with it. */
export interface QuerySource {
  readonly state: object;
  readonly bytes: () => Promise<Uint8Array>;
}

export interface QueryRunner {
  run(source: QuerySource, request: SqlRequest, context: CallContext): Promise<SqlAnswer>;
}

/** What the worker of queries serves. */
export interface QueryApi {
  load(request: { readonly bytes: Uint8Array }, context: CallContext): Promise<boolean>;
  run(request: SqlRequest, context: CallContext): Promise<SqlAnswer>;
}

/** Serves one database and queries on it. */
export function queryService(loadSql: () => Promise<SqlJsStatic>, now: () => number): QueryApi {
  let database: Database | null = null;
  return {
    load: async ({ bytes }) => {
      const SQL = await loadSql();
      database?.close();
      database = openForQueries(SQL, bytes);
      return true;
    },
    run: (request) => {
      if (database === null) throw new Error('no database is loaded');
      return Promise.resolve(runQuery(database, request, now));
    },
  };
}

/** Runs queries in the calling thread. */
export function queriesHere(loadSql: () => Promise<SqlJsStatic>, now: () => number): QueryRunner {
  const service = queryService(loadSql, now);
  let loaded: WeakRef<object> | null = null;
  return {
    run: async ({ state, bytes }, request, context) => {
      if (loaded?.deref() !== state) {
        await service.load({ bytes: await bytes() }, context);
        loaded = new WeakRef(state);
      }
      context.throwIfCancelled();
      return service.run(request, context);
    },
  };
}

/** A worker that serves `QueryApi`. */
export interface QueryWorker extends Port {
  terminate(): unknown;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'error', listener: () => void): void;
}

export interface WorkerHost {
  spawn(): QueryWorker;
  /** Calls again and again; what it returns ends that. */
  every(ms: number, call: () => void): () => void;
  now(): number;
}

/** How often a running query is looked at. */
const LOOK_MS = 50;
/** A query that makes rows ends by itself when its time is up; one that does not is ended this much later. */
const GRACE_MS = 250;

/** Runs queries in a worker of their own, one after the other. */
export function queriesInWorker(host: WorkerHost): QueryRunner {
  let running: Running | null = null;
  let last: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    running?.worker.terminate();
    running = null;
  };

  const run = async (source: QuerySource, request: SqlRequest, context: CallContext): Promise<SqlAnswer> => {
    context.throwIfCancelled();
    if (running?.loaded.deref() !== source.state) {
      end();
      running = await begun(host, source, context);
    }
    const { api, failed } = running;
    const watch = watched(host, timeoutOf(request) + GRACE_MS, context);
    try {
      return await Promise.race([api.run(request).result, failed, watch.stopped]);
    } catch (error) {
      end();
      if (error === OUT_OF_TIME) return { error: outOfTime(request) };
      // WebAssembly's own faults: nothing but the worker, which has ended, is harmed
      if (error instanceof Error && error.name === 'RuntimeError') return { error: OUT_OF_MEMORY };
      throw error;
    } finally {
      watch.end();
    }
  };

  return {
    run: (source, request, context) => {
      const answer = last.then(() => run(source, request, context));
      last = answer.catch(() => undefined);
      return answer;
    },
  };
}

interface Running {
  readonly worker: QueryWorker;
  readonly api: Client<QueryApi>;
  readonly loaded: WeakRef<object>;
  /** Rejects where the worker cannot go on. */
  readonly failed: Promise<never>;
}

async function begun(host: WorkerHost, { state, bytes }: QuerySource, context: CallContext): Promise<Running> {
  const content = await bytes();
  const worker = host.spawn();
  const failed = new Promise<never>((_resolve, reject) => {
    worker.addEventListener('error', () => {
      reject(new Error('the worker of queries ended; run the query again'));
    });
  });
  // seen by whoever races against it, and by nobody while no query runs
  failed.catch(() => undefined);
  const api = client<QueryApi>({
    addEventListener: (type, listener) => {
      worker.addEventListener(type, listener);
    },
    // the database moves instead of being copied
    postMessage: (message) => {
      worker.postMessage(message, isLoading(message) ? [content.buffer] : []);
    },
  });
  const watch = watched(host, Infinity, context);
  try {
    await Promise.race([api.load({ bytes: content }).result, failed, watch.stopped]);
    return { worker, api, loaded: new WeakRef(state), failed };
  } catch (error) {
    worker.terminate();
    throw error;
  } finally {
    watch.end();
  }
}

function isLoading(message: unknown): boolean {
  return (message as { readonly method?: unknown }).method === 'load';
}

const OUT_OF_TIME = new Error('out of time');

/** Rejects when the caller cancels, or after so long. */
function watched(
  host: WorkerHost,
  timeoutMs: number,
  context: CallContext,
): { readonly stopped: Promise<never>; readonly end: () => void } {
  const began = host.now();
  let end = (): void => undefined;
  const stopped = new Promise<never>((_resolve, reject) => {
    end = host.every(LOOK_MS, () => {
      try {
        context.throwIfCancelled();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
      if (host.now() - began > timeoutMs) reject(OUT_OF_TIME);
    });
  });
  stopped.catch(() => undefined);
  return {
    stopped,
    end: () => {
      end();
    },
  };
}

const OUT_OF_MEMORY = {
  message: 'the query needed more memory than there is and was stopped; nothing is changed. Take fewer rows or columns',
  line: null,
  column: null,
};

function outOfTime(request: SqlRequest): { message: string; line: null; column: null } {
  const seconds = timeoutOf(request) / 1000;
  return {
    message: `the query was stopped after ${seconds} s; nothing is changed. Take fewer rows, or give it more time`,
    line: null,
    column: null,
  };
}
