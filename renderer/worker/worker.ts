/** The worker: all parsing, SQL and replay of the page, behind `EngineApi`. A composition root: clock and wasm enter here. */
import initSqlJs from 'sql.js';
import wasmUrl from 'sql.js/dist/sql-wasm.wasm?url';
import { serve, type Port } from '../../shared/contract/rpc.ts';
import { engineService } from '../../shared/session/engineService.ts';
import { queriesInWorker, type QueryWorker } from '../../shared/session/sqlRunner.ts';
import type { SqlJsStatic } from '../../shared/storage/sqlite.ts';

let loading: Promise<SqlJsStatic> | null = null;

/** SQLite is half of the worker's weight: loaded when a workspace is first saved or opened. */
function loadSql(): Promise<SqlJsStatic> {
  return (loading ??= initSqlJs({ locateFile: () => wasmUrl }));
}

/** A message channel's turn: lets a waiting cancel in without a timer's delay. */
function yieldToHost(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** Who drags or zooms asks more often than this. */
const QUIET_MS = 150;
let lastAsked = -Infinity;
self.addEventListener('message', () => (lastAsked = performance.now()));

async function yieldToHands(mostMs: number): Promise<void> {
  await yieldToHost();
  const latest = performance.now() + mostMs;
  for (;;) {
    const rest = Math.min(lastAsked + QUIET_MS, latest) - performance.now();
    if (rest <= 0) return;
    await new Promise((resolve) => setTimeout(resolve, rest));
  }
}

/** Bytes through one of the platform's own streams, which work beside this thread. */
async function through(bytes: Uint8Array, stream: CompressionStream | DecompressionStream): Promise<Uint8Array> {
  const packed = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(stream);
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Queries run in a worker of their own, which is ended where one does not end. */
const queries = queriesInWorker({
  spawn: () => {
    const worker = new Worker(new URL('./queryWorker.ts', import.meta.url), { type: 'module', name: 'queries' });
    return worker as unknown as QueryWorker;
  },
  every: (ms, call) => {
    const timer = setInterval(call, ms);
    return () => {
      clearInterval(timer);
    };
  },
  now: () => performance.now(),
});

serve(
  self as unknown as Port,
  engineService(
    loadSql,
    {
      now: () => performance.now(),
      today: () => Date.now(),
      yieldToHost,
      yieldToHands,
      deflate: (bytes) => through(bytes, new CompressionStream('deflate-raw')),
      inflate: (bytes) => through(bytes, new DecompressionStream('deflate-raw')),
    },
    queries,
  ),
);
