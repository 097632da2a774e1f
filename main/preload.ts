/**
 * Runs sandboxed beside the page, in a world of its own, and gives it `window.host`: the contract's methods and nothing
 * of Electron's. Built as CommonJS in one file, which is all that a sandboxed preload can load.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { HOST_METHODS } from '../shared/contract/host.ts';
import { channelOf, type Answer, type HostMethod } from './answer.ts';

function caller(method: HostMethod): (...argumentsGiven: unknown[]) => Promise<unknown> {
  return async (...argumentsGiven) => {
    const answer = (await ipcRenderer.invoke(channelOf(method), ...argumentsGiven)) as Answer;
    if (answer.ok) return answer.value;
    throw new Error(answer.message);
  };
}

contextBridge.exposeInMainWorld('host', Object.fromEntries(HOST_METHODS.map((method) => [method, caller(method)])));
