/**
 * What the shell lets through, as pure functions: which addresses are ours, which requests may leave the page, who may
 * call. Everything that is not named here is refused. Addresses are compared part by part and never by prefix, because
 * `app://bundle.evil/` begins like ours does.
 */
export { CONTENT_SECURITY_POLICY, resolveAsset, SECURITY_HEADERS } from './setup/assets.mjs';

export const APP_SCHEME = 'app';
export const APP_HOST = 'bundle';
export const APP_ENTRY_URL = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Where pages of ours may come from: our own protocol and, in development only, one dev server. */
export interface Trust {
  readonly devServerUrl: string | null;
}

function parse(url: string): URL | null {
  try {
    return new URL(url);
  } catch {
    return null;
  }
}

/** True for the app's own pages and files. */
export function isAppUrl(url: string, trust: Trust): boolean {
  const parsed = parse(url);
  if (parsed === null || parsed.username !== '' || parsed.password !== '') return false;
  // The `origin` of a custom scheme is the string "null" in Node, so protocol and host are compared themselves.
  if (parsed.protocol === `${APP_SCHEME}:`) return parsed.host === APP_HOST;
  if (trust.devServerUrl === null) return false;
  const dev = parse(trust.devServerUrl);
  return dev !== null && parsed.protocol === dev.protocol && parsed.host === dev.host;
}

/** The part of Electron's `WebFrameMain` that tells who is calling. */
export interface CallingFrame {
  readonly url: string;
  readonly parent: unknown;
}

/** True for the main frame of a page of ours. A frame that is gone, or embedded in another, may not call. */
export function isTrustedFrame(frame: CallingFrame | null | undefined, trust: Trust): boolean {
  return frame !== null && frame !== undefined && frame.parent === null && isAppUrl(frame.url, trust);
}

/**
 * True for a request that may go out: our own files, what the page made itself (`data:`, `blob:` of our origin) and, in
 * development, the dev server with its reload socket and the developer tools.
 */
export function mayRequest(url: string, trust: Trust): boolean {
  if (isAppUrl(url, trust)) return true;
  const parsed = parse(url);
  if (parsed === null) return false;
  if (parsed.protocol === 'data:') return true;
  if (parsed.protocol === 'blob:') return isAppUrl(parsed.pathname, trust);
  if (trust.devServerUrl === null) return false;
  if (parsed.protocol === 'devtools:') return true;
  const dev = parse(trust.devServerUrl);
  return dev !== null && parsed.protocol === 'ws:' && parsed.host === dev.host;
}

/** No page of ours needs a camera, a place or a device, so every permission is denied whoever asks. */
export function mayUse(_permission: string): boolean {
  return false;
}

/** The workspace that a command line names: the last argument that is no switch and ends in `.drawdown`. */
export function documentArgument(args: readonly string[]): string | null {
  return args.findLast((arg) => !arg.startsWith('-') && arg.toLowerCase().endsWith('.drawdown')) ?? null;
}
