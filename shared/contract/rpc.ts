/**
 * Typed calls over a message port: a request by name, an answer by number, progress on the way, cancel by number. Serves
 * the page's worker and, over a fake port, the tests.
 */

/** The part of `MessagePort`, `Worker` and `DedicatedWorkerGlobalScope` that is used. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

/** What crosses without a copy; structural, because this folder knows no DOM. */
export type Transferable = ArrayBufferLike;

/** How far long work has come. `done` of `total`, in the unit that `what` names. */
export interface Progress {
  readonly what: string;
  readonly done: number;
  readonly total: number;
  /** What is counted; things of `what`, where nothing is said. */
  readonly unit?: 'bytes';
}

export interface CallContext {
  /** Reports progress; each report is a message, so long work makes one for some 20 ms of it. */
  progress(progress: Progress): void;
  /** Throws `Cancelled` when the caller has cancelled; long work calls it between steps, after yielding. */
  throwIfCancelled(): void;
}

/** Thrown inside a call that its caller cancelled. */
export class Cancelled extends Error {
  override readonly name = 'Cancelled';
}

/** An interface whose methods take one clonable argument and a context, and return clonable data. */
export type Methods<M> = { [K in keyof M]: (argument: never, context: CallContext) => unknown };

type ArgumentOf<F> = F extends (argument: infer A, context: CallContext) => unknown ? A : never;
type AnswerOf<F> = F extends (argument: never, context: CallContext) => infer R ? Awaited<R> : never;

export interface PendingCall<T> {
  readonly result: Promise<T>;
  cancel(): void;
}

export type Client<M> = {
  [K in keyof M]: (
    argument: ArgumentOf<M[K]>,
    onProgress?: (progress: Progress) => void,
  ) => PendingCall<AnswerOf<M[K]>>;
};

type Request = { kind: 'call'; id: number; method: string; argument: unknown } | { kind: 'cancel'; id: number };
type Reply =
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'failure'; id: number; name: string; message: string }
  | { kind: 'progress'; id: number; progress: Progress };

/** Wraps an answer whose buffers should move instead of being copied. */
export class Transfer<T> {
  readonly value: T;
  readonly buffers: Transferable[];
  constructor(value: T, buffers: Transferable[]) {
    this.value = value;
    this.buffers = buffers;
  }
}

/** Answers calls that arrive at `port`. */
export function serve<M extends Methods<M>>(port: Port, methods: M): void {
  const byName = methods as unknown as Record<string, (argument: unknown, context: CallContext) => unknown>;
  const cancelled = new Set<number>();
  port.addEventListener('message', ({ data }) => {
    const request = data as Request;
    if (request.kind === 'cancel') {
      cancelled.add(request.id);
      return;
    }
    const { id } = request;
    const send = (reply: Reply, transfer: Transferable[] = []): void => {
      port.postMessage(reply, transfer);
    };
    const context: CallContext = {
      progress: (progress) => {
        send({ kind: 'progress', id, progress });
      },
      throwIfCancelled: () => {
        if (cancelled.has(id)) throw new Cancelled('cancelled');
      },
    };
    const answer = async (): Promise<void> => {
      try {
        const method = Object.hasOwn(byName, request.method) ? byName[request.method] : undefined;
        if (method === undefined) throw new TypeError(`no such method: ${request.method}`);
        const value: unknown = await method(request.argument, context);
        if (value instanceof Transfer) send({ kind: 'result', id, value: value.value }, value.buffers);
        else send({ kind: 'result', id, value });
      } catch (error) {
        const { name, message } = error instanceof Error ? error : new Error(String(error));
        send({ kind: 'failure', id, name, message });
      } finally {
        cancelled.delete(id);
      }
    };
    void answer();
  });
}

/** Calls the methods that `port`'s other end serves. A failed call rejects with an `Error` of the same name and message. */
export function client<M extends Methods<M>>(port: Port): Client<M> {
  let nextId = 1;
  const waiting = new Map<
    number,
    {
      resolve: (value: unknown) => void;
      reject: (error: Error) => void;
      onProgress: ((progress: Progress) => void) | undefined;
    }
  >();
  port.addEventListener('message', ({ data }) => {
    const reply = data as Reply;
    const call = waiting.get(reply.id);
    if (call === undefined) return;
    if (reply.kind === 'progress') {
      call.onProgress?.(reply.progress);
      return;
    }
    waiting.delete(reply.id);
    if (reply.kind === 'result') call.resolve(reply.value);
    else if (reply.name === 'Cancelled') call.reject(new Cancelled(reply.message));
    else call.reject(Object.assign(new Error(reply.message), { name: reply.name }));
  });
  return new Proxy({} as Client<M>, {
    get: (_target, method) => {
      if (typeof method !== 'string' || method === 'then') return undefined;
      return (argument: unknown, onProgress?: (progress: Progress) => void): PendingCall<unknown> => {
        const id = nextId++;
        const result = new Promise<unknown>((resolve, reject) => {
          waiting.set(id, { resolve, reject, onProgress });
        });
        port.postMessage({ kind: 'call', id, method, argument } satisfies Request);
        return {
          result,
          cancel: () => {
            port.postMessage({ kind: 'cancel', id } satisfies Request);
          },
        };
      };
    },
  });
}
