/**
 * The one door from the page into this process, and the only file that names `ipcMain`. A call is answered when its
 * sender is the main frame of a page of ours and its argument passes the method's guard; the answer is data either way.
 */
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { HOST_METHODS, HostError, type HostApi } from '../shared/contract/host.ts';
import { channelOf, type Answer, type HostMethod } from './answer.ts';
import { BadArgument, GUARDS } from './guards.ts';
import { isTrustedFrame, type Trust } from './security.ts';

/** The host of the window that a call came from. */
export type HostOf = (senderId: number) => HostApi | undefined;

/** Guards, then calls. The casts are sound: `GUARDS` is typed by the same method that is called. */
function call(host: HostApi, method: HostMethod, argument: unknown): Promise<unknown> {
  const guard: (argument: unknown) => unknown = GUARDS[method];
  const target = host[method].bind(host) as (argument: unknown) => Promise<unknown>;
  return target(guard(argument));
}

function failure(error: unknown): Answer {
  // Only these two are written for the page; another error's text may hold paths, and goes to the terminal.
  if (error instanceof HostError || error instanceof BadArgument) {
    return { ok: false, name: error.name, message: error.message };
  }
  console.error(error);
  return { ok: false, name: 'Error', message: 'The shell failed on its own account. Nothing was written.' };
}

export async function answer(
  event: Pick<IpcMainInvokeEvent, 'senderFrame' | 'sender'>,
  method: HostMethod,
  argumentsGiven: readonly unknown[],
  hostOf: HostOf,
  trust: Trust,
): Promise<Answer> {
  try {
    if (!isTrustedFrame(event.senderFrame, trust)) throw new BadArgument('the caller is not a page of this app');
    const host = hostOf(event.sender.id);
    if (host === undefined) throw new BadArgument('the caller has no window');
    if (argumentsGiven.length > 1) throw new BadArgument('one argument at most is taken');
    return { ok: true, value: await call(host, method, argumentsGiven[0]) };
  } catch (error) {
    return failure(error);
  }
}

export function serveHost(hostOf: HostOf, trust: Trust): void {
  for (const method of HOST_METHODS) {
    ipcMain.handle(channelOf(method), (event, ...argumentsGiven: unknown[]) =>
      answer(event, method, argumentsGiven, hostOf, trust),
    );
  }
}
