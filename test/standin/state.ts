/** What the fake's parts share: the channel to the test's process, and a way to be strict about the rest. */
import { connect, type BrowserCalls, type Handlers, type MainCalls, type Peer } from './peer.ts';

let browser: Peer<BrowserCalls> | null = null;

export function serveCalls(handlers: Handlers<MainCalls>): void {
  browser = connect<BrowserCalls, MainCalls>(
    {
      send: (message) => process.send?.(message),
      onMessage: (listener) => process.on('message', listener),
    },
    handlers,
  );
}

export function channel(): Peer<BrowserCalls> {
  if (browser === null) throw new Error('stand-in: not connected');
  return browser;
}

export class StandInError extends Error {
  override readonly name = 'StandInError';
}

/** Lets through what is implemented; anything else throws, so that nothing passes because the fake kept silent. */
export function strict<T extends object>(name: string, target: T): T {
  const known = (key: string | symbol): boolean =>
    typeof key === 'symbol' || key === 'then' || Reflect.has(target, key);
  return new Proxy(target, {
    get: (object, key, receiver) => {
      if (!known(key)) throw new StandInError(`${name}.${String(key)} is not implemented in the stand-in`);
      return Reflect.get(object, key, receiver) as unknown;
    },
    set: (object, key, value) => {
      if (!known(key)) throw new StandInError(`${name}.${String(key)} is not implemented in the stand-in`);
      return Reflect.set(object, key, value);
    },
  });
}

/** An event that a listener may prevent. */
export class Preventable {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}
