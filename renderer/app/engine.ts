/** Starts the worker that holds the ledger, and gives the typed way to ask it. */
import type { EngineApi } from '../../shared/contract/engine.ts';
import { client } from '../../shared/contract/rpc.ts';
import type { EngineClient } from '../ui/slice.ts';

/** `failed` is told when the worker itself breaks; calls that were under way never answer then. */
export function startEngine(failed: (error: Error) => void): EngineClient {
  const worker = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module', name: 'ledger' });
  worker.addEventListener('error', (event: Event) => {
    // A worker that could not be loaded gives an event without a message.
    const message = event instanceof ErrorEvent ? event.message : '';
    failed(new Error(message === '' ? 'the worker did not start' : message));
  });
  worker.addEventListener('messageerror', () => failed(new Error('an answer of the worker could not be read')));
  return client<EngineApi>({
    postMessage: (message) => worker.postMessage(message),
    addEventListener: (type, listener) =>
      worker.addEventListener(type, (event: MessageEvent<unknown>) => listener({ data: event.data })),
  });
}
