/** The fake's `ipcMain`. */
import type { InvokeAnswer } from './peer.ts';
import { StandInError, strict } from './state.ts';
import { contentsOf } from './window.ts';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

const handlers = new Map<string, Handler>();

export const ipcMain = strict('ipcMain', {
  handle: (channel: string, handler: Handler) => {
    if (handlers.has(channel)) throw new StandInError(`${channel} has a handler already`);
    handlers.set(channel, handler);
  },
});

export async function invoke(of: {
  windowId: number;
  frameUrl: string;
  channel: string;
  args: unknown[];
}): Promise<InvokeAnswer> {
  const handler = handlers.get(of.channel);
  // Electron's own words.
  const prefix = `Error invoking remote method '${of.channel}': `;
  if (handler === undefined) return { ok: false, message: `${prefix}Error: No handler registered for '${of.channel}'` };
  const event = { sender: contentsOf(of.windowId), senderFrame: { url: of.frameUrl, parent: null } };
  try {
    return { ok: true, value: await handler(event, ...of.args) };
  } catch (error) {
    return { ok: false, message: `${prefix}${String(error)}` };
  }
}
