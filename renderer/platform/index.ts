/** The shell this page runs in: Electron's preload where it is, else the browser. Both are complete. */
import type { HostApi } from '../../shared/contract/host.ts';
import { browserHost } from './browser.ts';
import { electronHost } from './electron.ts';

export function pickHost(): HostApi {
  return electronHost() ?? browserHost();
}
