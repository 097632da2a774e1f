/**
 * Calls by name between the test's process and the child that runs the app's main process, over Node's own channel with
 * structured clones.
 */

/** What the child answers. Addresses are the app's own (`app://`), never the browser's. */
export interface MainCalls {
  /** The answer of the app's protocol handler. */
  request(of: { url: string; method: string }): { status: number; headers: Record<string, string>; body: Uint8Array };
  /** Whether the app's filter lets a request out. */
  mayRequest(of: { url: string }): boolean;
  mayNavigate(of: { windowId: number; url: string; isMainFrame: boolean }): boolean;
  mayOpen(of: { windowId: number; url: string }): boolean;
  mayDownload(of: { url: string }): boolean;
  invoke(of: { windowId: number; frameUrl: string; channel: string; args: unknown[] }): InvokeAnswer;
  evaluate(of: { source: string; argument: unknown }): unknown;
  quit(of: null): void;
}

export type InvokeAnswer =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };

/** What the test's process answers. */
export interface BrowserCalls {
  load(of: { windowId: number; url: string; preload: string }): void;
  close(of: { windowId: number }): void;
  pdf(of: { windowId: number; paper: 'A4' | 'Letter' }): Uint8Array;
}

type Api = MainCalls | BrowserCalls;
export type Handlers<A extends Api> = {
  [K in keyof A]: A[K] extends (of: infer Of) => infer Answer ? (of: Of) => Answer | Promise<Awaited<Answer>> : never;
};

export interface Channel {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
}

type Message =
  | { kind: 'call'; id: number; name: string; of: unknown }
  | { kind: 'value'; id: number; value: unknown }
  | { kind: 'error'; id: number; message: string };

export interface Peer<A extends Api> {
  call<K extends keyof A & string>(
    name: K,
    of: A[K] extends (of: infer Of) => unknown ? Of : never,
  ): Promise<A[K] extends (of: never) => infer Answer ? Answer : never>;
  /** Fails every call that waits, when the other side is gone. */
  abandon(reason: string): void;
}

export function connect<Theirs extends Api, Ours extends Api>(
  channel: Channel,
  handlers: Handlers<Ours>,
): Peer<Theirs> {
  let nextId = 1;
  let abandoned: string | null = null;
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();

  async function answer(id: number, name: string, of: unknown): Promise<void> {
    try {
      const handler = (handlers as Record<string, (of: unknown) => unknown>)[name];
      if (handler === undefined) throw new Error(`no such call: ${name}`);
      channel.send({ kind: 'value', id, value: await handler(of) } satisfies Message);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      channel.send({ kind: 'error', id, message } satisfies Message);
    }
  }

  channel.onMessage((received) => {
    const message = received as Message;
    if (message.kind === 'call') {
      void answer(message.id, message.name, message.of);
      return;
    }
    const call = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'value') call?.resolve(message.value);
    else call?.reject(new Error(message.message));
  });

  return {
    call: (name, of) =>
      new Promise((resolve, reject) => {
        if (abandoned !== null) {
          reject(new Error(abandoned));
          return;
        }
        const id = nextId++;
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
        channel.send({ kind: 'call', id, name, of } satisfies Message);
      }),
    abandon: (reason) => {
      abandoned = reason;
      for (const { reject } of waiting.values()) reject(new Error(reason));
      waiting.clear();
    },
  };
}
