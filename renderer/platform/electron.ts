/** The host that Electron's preload puts on the window; null in a plain page. */
import { HOST_METHODS, type HostApi } from '../../shared/contract/host.ts';

declare global {
  interface Window {
    /** Set by the preload, before the page's first script. */
    readonly host?: HostApi;
  }
}

export function electronHost(): HostApi | null {
  const { host } = window;
  if (host === undefined) return null;
  return HOST_METHODS.every((method) => typeof host[method] === 'function') ? host : null;
}
