/** The fake's `session` and `protocol`: they keep what the app says, and apply it to every request of the browser. */
import { EventEmitter } from 'node:events';
import { requireNotReady, requireReady } from './app.ts';
import { Preventable, StandInError, strict } from './state.ts';

type ProtocolHandler = (request: Request) => Response | Promise<Response>;
type RequestFilter = (details: { url: string }, callback: (answer: { cancel?: boolean }) => void) => void;

const privileged = new Set<string>();
const handlers = new Map<string, ProtocolHandler>();
let filter: RequestFilter | null = null;

interface CustomScheme {
  readonly scheme: string;
  readonly privileges?: Readonly<Record<string, boolean>>;
}

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged: (schemes: readonly CustomScheme[]) => {
    requireNotReady('protocol.registerSchemesAsPrivileged');
    if (privileged.size > 0) throw new StandInError('protocol.registerSchemesAsPrivileged may be called only once');
    for (const { scheme, privileges = {} } of schemes) {
      for (const unsafe of ['bypassCSP', 'corsEnabled', 'allowServiceWorkers']) {
        if (privileges[unsafe] === true) throw new StandInError(`${scheme}: the privilege ${unsafe} is unsafe here`);
      }
      privileged.add(scheme);
    }
  },
});

class Session extends EventEmitter {
  /** Handlers by name; the app must have set all of them before its first page. */
  readonly permissions = new Map<string, unknown>();
  readonly protocol = strict('session.protocol', {
    handle: (scheme: string, handler: ProtocolHandler) => {
      requireReady('session.protocol.handle');
      if (!privileged.has(scheme)) throw new StandInError(`the scheme ${scheme} was not declared`);
      if (handlers.has(scheme)) throw new StandInError(`the scheme ${scheme} has a handler already`);
      handlers.set(scheme, handler);
    },
  });
  readonly webRequest = strict('session.webRequest', {
    onBeforeRequest: (listener: RequestFilter) => {
      filter = listener;
    },
  });
  setPermissionRequestHandler(handler: unknown): void {
    this.permissions.set('request', handler);
  }
  setPermissionCheckHandler(handler: unknown): void {
    this.permissions.set('check', handler);
  }
  setDevicePermissionHandler(handler: unknown): void {
    this.permissions.set('device', handler);
  }
}

const defaultSession = strict('session.defaultSession', new Session());
export const session = strict('session', { defaultSession });

/** Throws unless the session is locked down; called before the first page loads. */
export function requireLockedSession(): void {
  for (const kind of ['request', 'check', 'device']) {
    if (!defaultSession.permissions.has(kind)) throw new StandInError(`no permission ${kind} handler was set`);
  }
  if (filter === null) throw new StandInError('no request filter was set');
  if (defaultSession.listenerCount('will-download') === 0) throw new StandInError('downloads are not handled');
}

export function mayRequest({ url }: { url: string }): boolean {
  let allowed = true;
  filter?.({ url }, ({ cancel }) => {
    allowed = cancel !== true;
  });
  return allowed;
}

export function mayDownload({ url }: { url: string }): boolean {
  const event = new Preventable();
  defaultSession.emit('will-download', event, { getURL: () => url });
  return !event.defaultPrevented;
}

export async function request({ url, method }: { url: string; method: string }): Promise<{
  status: number;
  headers: Record<string, string>;
  body: Uint8Array;
}> {
  const handler = handlers.get(new URL(url).protocol.slice(0, -1));
  if (handler === undefined) throw new StandInError(`no handler for ${url}`);
  const response = await handler(new Request(url, { method }));
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
  };
}
