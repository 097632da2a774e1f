/** The shell this page runs in: Electron's preload where it is, else the browser. Both are complete. */
import type { HostApi } from '../../shared/contract/host.ts';
import { browserHost } from './browser.ts';
import { electronHost } from './electron.ts';

/** @param now milliseconds since 1970 */
export function pickHost(now: () => number): HostApi {
  return electronHost() ?? browserHost(now);
}
